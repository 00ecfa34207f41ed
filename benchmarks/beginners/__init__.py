"""Mistakes that beginners make, and what a reader made of what they hear.

The mistakes were written from what the lessons ask and from nothing else: whoever wrote them knew
neither the checks nor their known slips, so they show how a check fares with an answer that nobody
foresaw. Then another reader judged each message. ``heard.toml`` keeps that judgement, with the
words on which it rests, so that it is made anew wherever they are no longer said.

There are two sets, a folder each. By the first set the checks were mended, so the second was
written to see how they fare since; its judgements are kept as they were first made, too.
"""

import importlib
import pkgutil
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from tqdm import tqdm

from benchmarks.processes import ROOT
from benchmarks.report import Table, page
from course_utils.grading.trial import Lesson, Outcome, load_lessons

F = TypeVar("F", bound=Callable[..., Any])

MISTAKES: list["Mistake"] = []

#: What a message tells: its cause; a fact that is true and of use; neither; or what is not so.
CAUSE, FACT, NOTHING, MISLED = "cause", "fact", "nothing", "misled"
HEADER = [
    "Lesson", "Mistakes", "Cause", "Fact", "Nothing", "Misled", "To be judged", "Full marks",
    "Longest visible check, s",
]  # fmt: skip
SETS = ("first", "second")


@dataclass(frozen=True)
class Mistake:
    """A beginner's answer with a single mistake in it, and what the beginner did wrong."""

    set: str
    lesson: str
    exercise: str
    function: Callable[..., Any]
    cause: str

    @property
    def name(self) -> str:
        """Exercise and function, as ``heard.toml`` has them."""
        return f"{self.exercise}.{self.function.__name__}"


@dataclass(frozen=True)
class Hearing:
    """What the checks made of a mistake.

    Attributes
    ----------
    mistake : Mistake
    outcome : Outcome
    told : str
        ``CAUSE``, ``FACT``, ``NOTHING`` or ``MISLED``; empty if it has to be judged anew.
    """

    mistake: Mistake
    outcome: Outcome
    told: str


def mistake(exercise: str, *, cause: str) -> Callable[[F], F]:
    """Register a wrong answer to an exercise of the lesson in whose module it stands."""

    def register(function: F) -> F:
        *_, chosen, module = function.__module__.split(".")
        MISTAKES.append(Mistake(chosen, module.removeprefix("lesson_"), exercise, function, cause))
        return function

    return register


@cache
def mistakes() -> Sequence[Mistake]:
    """Load the mistakes of all lessons, in order."""
    for folder in SETS:
        package = importlib.import_module(f"{__name__}.{folder}")
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
            importlib.import_module(f"{package.__name__}.{found.name}")
    return tuple(MISTAKES)


@cache
def judgements() -> dict[str, list[str]]:
    """Read what was judged.

    By the name of a mistake: what it hears, the words that count, and what it heard when it was
    first judged, if that was another kind.
    """
    return {
        name: judged
        for folder in SETS
        for name, judged in tomllib.loads(
            (Path(__file__).parent / folder / "heard.toml").read_text(encoding="utf-8")
        ).items()
    }


@cache
def _lessons() -> dict[str, Lesson]:
    return {lesson.name: lesson for lesson in load_lessons(ROOT)}


def is_in_keras(one: Mistake) -> bool:
    """Say whether a mistake is one in Keras, where a check takes seconds."""
    parts = _exercise(one).parts.values()
    return any(check.describe or check.prepare for check, _ in parts)


def _exercise(one: Mistake) -> Any:
    lesson = _lessons()[one.lesson]
    return next(exercise for exercise in lesson.exercises if exercise.name == one.exercise)


def hear(one: Mistake) -> Hearing:
    """Hand a mistake in, and say what it hears, by the judgement that is on file."""
    lesson = _lessons()[one.lesson]
    outcome = lesson.try_answer(_exercise(one), one.function, np.random.default_rng(0))
    told, words, *_ = judgements().get(one.name, ("", ""))
    message = " ".join(outcome.message.split())
    return Hearing(one, outcome, told if words in message else "")


def tables(*, quick: bool = False) -> list[Table]:
    """List the lessons whose mistakes are handed in; a trial leaves those in Keras out."""
    first, second = (_chosen(name, quick=quick) for name in SETS)
    text = (
        "# What beginners hear\n\n"
        f"{len(first)} mistakes, written by a reader of the exercises who knew neither checks nor "
        "slips. Another reader judged what each of them hears: its *cause*; a *fact* that is true "
        "and helps to find it; *nothing* of use; or something that *misleads*. At first 222 heard "
        "their cause, 29 a fact, 21 nothing, and 8 were misled; their messages have been mended "
        "since, so the table no longer tells how a check fares with mistakes that nobody has "
        "seen. A visible check is what a learner waits for, all its cases asked."
    )
    counts = Counter(_first_judged(one) for one in second)
    judged = ", ".join(f"{counts[kind]} {kind}" for kind in (CAUSE, FACT, NOTHING, MISLED))
    further = (
        "## A second set\n\n"
        f"{len(second)} further mistakes, written in the same way by others once the checks had "
        "been mended by the first set. When they were first judged, before anything was mended by "
        f"them: {judged}. The table is of today: where a message has been mended since, other "
        "readers judged it again. It is no measure of how a check fares with new mistakes."
    )
    return [
        Table(text, HEADER, [(name,) for name in _names(first)]),
        Table(further, HEADER, [(name,) for name in _names(second)]),
    ]


def _first_judged(one: Mistake) -> str:
    told, _, *first = judgements()[one.name]
    return first[0] if first else told


@cache
def waited(one: Mistake) -> float:
    """Say how many seconds the slowest visible check of an exercise takes for a mistake."""
    seconds = []
    for check, _ in _exercise(one).parts.values():
        begun = time.perf_counter()
        check.examine(check.asker(one.function))
        seconds.append(time.perf_counter() - begun)
    return max(seconds)


def measure(*, quick: bool = False) -> str:
    """Hand in every mistake, and count by lesson what is heard."""
    filled = []
    for name, table in zip(SETS, tables(quick=quick), strict=True):
        heard = [hear(one) for one in tqdm(_chosen(name, quick=quick), name, leave=False)]
        groups = [[one for one in heard if one.mistake.lesson == row] for (row,) in table.labels]
        filled.append(table.filled(map(_row, [*groups[:-1], heard])))
    return page(*filled)


def _chosen(name: str, *, quick: bool) -> list[Mistake]:
    return [one for one in mistakes() if one.set == name and not (quick and is_in_keras(one))]


def _names(chosen: Sequence[Mistake]) -> list[str]:
    return [*dict.fromkeys(one.lesson for one in chosen), "all"]


def _row(heard: Sequence[Hearing]) -> list[object]:
    counts = Counter(one.told for one in heard)
    full = sum(one.outcome.earned == one.outcome.possible for one in heard)
    told = [counts[kind] for kind in (CAUSE, FACT, NOTHING, MISLED, "")]
    return [len(heard), *told, full, f"{max(waited(one.mistake) for one in heard):.2f}"]


def share(heard: Iterable[Hearing], *kinds: str) -> float:
    """Say which share hears one of these kinds."""
    told = [one.told for one in heard]
    return sum(one in kinds for one in told) / len(told)

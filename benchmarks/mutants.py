"""Measure what the checks make of one-edit mutants of the right answers.

``python -m benchmarks.mutants 09_convolution`` does it for one lesson, and shows the source of each
mutant that ought to fare otherwise.
"""

import contextlib
import os
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Annotated

import typer
from tqdm import tqdm

from benchmarks.processes import ROOT
from benchmarks.report import Table, markdown_table, page
from course_utils.environment import quiet_tensorflow
from course_utils.grading.fates import N_FRESH, N_FRESH_IF_SLOW, Fate, Trial
from course_utils.grading.mutants import Mutant
from course_utils.grading.trial import load_lessons

MOST_SLOW = 12  # mutants of an exercise that ask Keras or scikit-learn by the way
MOST_IN_KERAS = 3  # mutants of an exercise whose check asks Keras: each takes up to a minute
QUICK = (3, 5)  # mutants of an exercise of either kind, fresh inputs
MOST_ROWS = 200

#: Those that earn full marks and are right, as a reader found who tried to tell them from the
#: answer: by exercise and answer, the lines that are written otherwise, and why that is the same.
EQUIVALENT: dict[str, dict[str, list[list[str]]]] = tomllib.loads(
    (ROOT / "benchmarks" / "equivalent.toml").read_text(encoding="utf-8")
)


_KNOWN = {
    (answer, changed)
    for exercise in EQUIVALENT.values()
    for answer, listed in exercise.items()
    for changed, _ in listed
}


def is_known(mutant: Mutant) -> bool:
    """Say whether a mutant is known to be right."""
    return (mutant.answer.__name__, mutant.changed) in _KNOWN


def survives(fate: Fate) -> bool:
    """Say whether a mutant earns full marks of which nobody knows that it is right."""
    return not fate.is_refused and not is_known(fate.mutant)


#: What the columns count.
_COLUMNS: dict[str, Callable[[Fate], bool]] = {
    "Mutants": lambda fate: True,
    "Equivalent": lambda fate: not fate.is_refused and is_known(fate.mutant),
    "Survived": survives,
    "Killed": lambda fate: fate.is_refused,
    "Cause named": lambda fate: bool(fate.cause),
    "Fact said": lambda fate: bool(fate.fact) and not fate.cause,
    "Nothing said": lambda fate: fate.hears_nothing,
    "False": lambda fate: fate.is_false,
}
HEADER = ["Lesson", "Exercise", *_COLUMNS]


@dataclass(frozen=True)
class Place:
    """An exercise in its lesson."""

    lesson: str
    trial: Trial

    @property
    def label(self) -> tuple[str, str]:
        """The lesson's number and the exercise; with a star if all its mutants are slow."""
        star = " \\*" if self.trial.in_keras else ""
        return self.lesson[:2], f"`{self.trial.exercise.name}`{star}"


def places(names: list[str] | None = None, *, quick: bool = False) -> list[Place]:
    """List the exercises of all lessons, or of these."""
    fresh = QUICK[1] if quick else N_FRESH
    return [
        Place(lesson.name, Trial(exercise, n_fresh=fresh))
        for lesson in load_lessons(ROOT, names)
        for exercise in lesson.exercises
    ]


def fates(place: Place, *, quick: bool = False) -> list[Fate]:
    """Try the mutants of an exercise."""
    most_slow = MOST_IN_KERAS if place.trial.in_keras else MOST_SLOW
    chosen = place.trial.mutants(*((QUICK[0], 1) if quick else (None, most_slow)))
    title = place.trial.exercise.name
    return [place.trial.fate(mutant) for mutant in tqdm(chosen, desc=title, leave=False)]


def tables(*, quick: bool = False) -> list[Table]:
    """List every exercise."""
    n_fresh, most = (QUICK[1], QUICK[0]) if quick else (N_FRESH, "all")
    most_slow, most_in_keras = (1, 1) if quick else (MOST_SLOW, MOST_IN_KERAS)
    text = (
        "# Mutants of the right answers\n\n"
        "Each differs from a right answer on file by one edit, as a beginner's slip does. Tried "
        f"are {most} of each exercise; of those that ask Keras or scikit-learn {most_slow} that "
        f"were drawn, and {most_in_keras} in an exercise with a star, whose check asks Keras. "
        "*Equivalent* are those that earn full marks and are right: `benchmarks/equivalent.toml` "
        "says why of each. *Survived* are all others that earn them, *killed* those that a visible "
        "or hidden case refuses. Of these it is counted whether a *cause is named*, or else a "
        "*fact said*, or *nothing*. *False* is a named cause that is known to give another result "
        f"than the mutant on one of {n_fresh} fresh inputs on which it is wrong "
        f"({N_FRESH_IF_SLOW} for those that were drawn); inputs on which it stops do not count "
        "where the message says that there are some."
    )
    labels = [place.label for place in places(quick=quick)]
    return [Table(text, HEADER, [*labels, ("all", "")])]


def measure(*, quick: bool = False) -> str:
    """Try the mutants of every exercise, as many exercises at once as there are processors."""
    (table,) = tables(quick=quick)
    tasks = [(place.lesson, place.trial.exercise.name, quick) for place in places(quick=quick)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        found = list(tqdm(pool.map(tried, *zip(*tasks, strict=True)), "exercises", len(tasks)))
    sums = [sum(column) for column in zip(*(one.counts for one in found), strict=True)]
    figures = [[f"{count:,}" for count in row] for row in [*(one.counts for one in found), sums]]
    return page(table.filled(figures), *(listed(found, title) for title, _ in KINDS))


@dataclass(frozen=True)
class Tried:
    """What became of the mutants of an exercise: how many of each kind, and lines to be mended."""

    counts: Sequence[int]
    lines: Mapping[str, Sequence[str]]


def tried(lesson: str, exercise: str, quick: bool) -> Tried:
    """Try the mutants of an exercise, in whatever process this is."""
    (place,) = (
        place for place in places([lesson], quick=quick) if place.trial.exercise.name == exercise
    )
    with aside():
        return summary(place, fates(place, quick=quick))


def summary(place: Place, fated: Sequence[Fate]) -> Tried:
    """Count what the columns count, and write a line about each mutant that is to be mended."""
    lines = {
        title: [_line(place, fate) for fate in fated if is_listed(fate)]
        for title, is_listed in KINDS
    }
    return Tried(counts(fated), lines)


def _line(place: Place, fate: Fate) -> str:
    """Say where it is, which answer, its edit, and what it hears."""
    hears = f'; hears "{fate.cause}"' if fate.cause else ""
    answer = f"`{fate.mutant.answer.__name__}` {fate.mutant.says}"
    return f"- {place.label[0]} `{place.trial.exercise.name}`, {answer}{hears}"


def counts(fated: Sequence[Fate]) -> list[int]:
    """Count what the columns count."""
    return [sum(map(is_counted, fated)) for is_counted in _COLUMNS.values()]


#: What is listed below the table, to be mended.
KINDS: list[tuple[str, Callable[[Fate], bool]]] = [
    ("Survived", survives),
    ("Falsely named", lambda fate: fate.is_false),
]


def listed(found: Sequence[Tried], title: str) -> str:
    """List mutants of one kind."""
    lines = [line for one in found for line in one.lines[title]]
    more = [f"- and {len(lines) - MOST_ROWS:,} more"] if len(lines) > MOST_ROWS else []
    return "\n".join([f"## {title}\n", *(lines[:MOST_ROWS] + more or ["None."])])


@contextlib.contextmanager
def aside() -> Iterator[None]:
    """Work in a folder that goes away: a mutant may write where it should not."""
    quiet_tensorflow()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        yield


def show_lessons(
    names: Annotated[list[str], typer.Argument(metavar="LESSONS")],
    silent: Annotated[bool, typer.Option(help="Show those that hear nothing, too.")] = False,
) -> None:
    """Try the mutants of some lessons, and show those that ought to fare otherwise."""
    rows = []
    for place in places(names):
        with aside():
            fated = fates(place)
        rows.append([*place.label, *counts(fated)])
        for fate in fated:
            if survives(fate) or fate.is_false or (silent and fate.hears_nothing):
                kind = "survives" if survives(fate) else fate.cause or "hears nothing"
                typer.echo(f"# {place.trial.exercise.name}: {fate.mutant.says}: {kind}")
                typer.echo(f"{fate.mutant.source}\n")
    typer.echo(markdown_table(HEADER, rows))


if __name__ == "__main__":
    typer.run(show_lessons)

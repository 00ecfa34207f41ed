"""What becomes of mutants on the checks that grade students: refused, or not, and what is said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from course_utils.checks.asking import Answer
from course_utils.checks.check import STOPS, Asker, Case, Check
from course_utils.checks.comparing import alike
from course_utils.grading.exercise import Exercise
from course_utils.grading.mutants import LIMIT, Mutant, mutants

#: How many fresh inputs say whether a mutant is a right answer, and whether what it hears is true.
N_FRESH = 200
#: The same for a slow mutant.
N_FRESH_IF_SLOW = 5
#: How long a slow mutant may take, in seconds.
SLOW_LIMIT = 60.0
_SLOW = ("keras", "sklearn", "tensorflow")


@dataclass(frozen=True)
class Fate:
    """What the checks make of a mutant, and whether that is right.

    Attributes
    ----------
    mutant : Mutant
        The mutant.
    is_wrong : bool
        Whether it is not right on every fresh input.
    is_refused : bool
        Whether a visible or a hidden case objects.
    cause : str
        What the check names as the cause: a known slip, or another explanation.
    fact : str
        What the check says without knowing the cause.
    is_false : bool
        Whether the named slip gives another result on a fresh input on which the mutant is wrong.
        Inputs on which it stops do not count where the message says that there are some.
    """

    mutant: Mutant
    is_wrong: bool = False
    is_refused: bool = False
    cause: str = ""
    fact: str = ""
    is_false: bool = False

    @property
    def survived(self) -> bool:
        """Whether it earns full marks and should not."""
        return self.is_wrong and not self.is_refused

    @property
    def is_equivalent(self) -> bool:
        """Whether it is a right answer, as far as anybody can tell."""
        return not self.is_wrong and not self.is_refused

    @property
    def hears_nothing(self) -> bool:
        """Whether it is refused without a word on the cause."""
        return self.is_refused and not self.cause and not self.fact


class Trial:
    """An exercise, with the hidden cases and the fresh inputs on which its mutants are tried.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    seed : int, default 0
        Of what is drawn.
    n_fresh : int, default 200
        How many fresh inputs of each part; for a slow mutant at most 5.
    """

    def __init__(self, exercise: Exercise, seed: int = 0, n_fresh: int = N_FRESH) -> None:
        self.exercise = exercise
        self.in_keras = any(check.describe or check.prepare for check, _ in exercise.parts.values())
        self.n_fresh = n_fresh
        self._seed = seed

    def is_slow(self, mutant: Mutant) -> bool:
        """Say whether a mutant asks a large library, whose calls take up to seconds."""
        return self.in_keras or any(name in mutant.source for name in _SLOW)

    @cached_property
    def hidden(self) -> dict[str, list[Case]]:
        """The hidden cases of each part, as a student's grade would meet them."""
        rng = np.random.default_rng(self._seed)
        return {part: self.exercise.hidden_cases(part, rng) for part in self.exercise.parts}

    @cached_property
    def fresh(self) -> dict[str, list[Case]]:
        """Inputs of each part that no check asks; the visible ones where none can be drawn."""
        rng = np.random.default_rng([self._seed, 1])
        found: dict[str, list[Case]] = {}
        for part, (check, draw) in self.exercise.parts.items():
            cases: list[Case] = []
            wanted = min(self.n_fresh, N_FRESH_IF_SLOW) if self.in_keras else self.n_fresh
            while draw and len(cases) < wanted:
                cases += self.exercise.hidden_cases(part, rng)
            found[part] = cases[:wanted] if draw else list(check.cases)
        return found

    def mutants(self, most: int | None = None, most_slow: int | None = None) -> list[Mutant]:
        """List the mutants of the right answers and of a reference that is one.

        Parameters
        ----------
        most, most_slow : int, optional
            How many of the quick and of the slow ones, drawn by the seed. By default all.

        Returns
        -------
        list of Mutant
            The quick ones, then the slow ones, each in the order of the answers and their lines.
        """
        answers = list(self.exercise.right_answers)
        if not self.exercise.expect:  # otherwise it may be a part of an answer
            answers.insert(0, self.exercise.reference)
        found = [mutant for answer in answers for mutant in mutants(answer)]
        quick = [mutant for mutant in found if not self.is_slow(mutant)]
        slow = [mutant for mutant in found if self.is_slow(mutant)]
        return [*self._drawn(quick, most), *self._drawn(slow, most_slow)]

    def _drawn(self, found: list[Mutant], most: int | None) -> list[Mutant]:
        if most is None or len(found) <= most:
            return found
        chosen = np.random.default_rng(self._seed).choice(len(found), most, replace=False)
        return [found[i] for i in sorted(chosen)]

    def fate(self, mutant: Mutant) -> Fate:
        """Try a mutant on the checks, then on fresh inputs."""
        fate = Fate(mutant)
        for part, (check, _) in self.exercise.parts.items():
            ask = check.asker(mutant.function, SLOW_LIMIT if self.is_slow(mutant) else LIMIT)
            verdict = check.examine(ask) or check.examine(ask, self.hidden[part])
            new = verdict.reason if not fate.cause else ""
            keys = {key for key in self._slips[part] if key[0] == new}
            fresh = self.fresh[part][: N_FRESH_IF_SLOW if self.is_slow(mutant) else None]
            is_wrong, fits = _on_fresh_inputs(
                check, ask, fresh, keys, stops=STOPS.partition("{")[0] in verdict.message
            )
            fate = replace(
                fate,
                is_wrong=fate.is_wrong or is_wrong,
                is_refused=fate.is_refused or bool(verdict),
                cause=fate.cause or new,
                fact=fate.fact or verdict.fact,
                is_false=fate.is_false or not fits,
            )
        return fate

    @cached_property
    def _slips(self) -> dict[str, set[tuple[str, int]]]:
        """The known slips of each part, by name and number."""
        return {
            part: {
                key for case in [*check.cases, *self.hidden[part]] for key in check.slips_of(case)
            }
            for part, (check, _) in self.exercise.parts.items()
        }


def _on_fresh_inputs(
    check: Check,
    ask: Asker,
    cases: Sequence[Case],
    keys: set[tuple[str, int]],
    *,
    stops: bool,
) -> tuple[bool, bool]:
    """Say whether a function is wrong, and whether one of these slips gives all that is.

    Where it is known that the function `stops` with some inputs, those tell nothing of the slip.
    """
    alone = replace(check, whole=None)  # which looks at several cases together
    is_wrong, fitting = False, keys
    for case in cases:
        answer = ask(check.arguments(case))
        if not alone.judge([case], [answer]):
            continue
        is_wrong = True
        if stops and answer.error:
            continue
        known = check.slips_of(case) if keys else {}
        fitting = {key for key in fitting if key in known and _is(check, answer, known[key])}
        if not fitting:  # as from the start, if no slip was named
            break
    return is_wrong, bool(fitting) or not keys


def _is(check: Check, answer: Answer, value: Any) -> bool:
    """Say whether an answer is what a slip gives."""
    if answer.error:
        return False
    try:
        result = check.form(answer.returned)
        result = check.compared(result)
    except Exception:  # a result of another form
        return False
    return alike(result, value, check.tolerance)

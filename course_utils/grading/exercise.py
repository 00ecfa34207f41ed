"""An exercise as its author knows it: reference, hidden cases, right and wrong answers."""

import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.showing import show

Answer = Callable[..., Any]
AnyAnswer = TypeVar("AnyAnswer", bound=Answer)
#: Draws the arguments of hidden cases.
Draw = Callable[[np.random.Generator], Iterator[tuple[Any, ...]]]


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that must lose marks."""

    answer: Answer
    misconception: str  # the belief that leads to it
    says: str  # a part of the message that names the misconception


@dataclass
class Exercise:
    """What ``solutions/<lesson>/answers.py`` holds about one exercise.

    Attributes
    ----------
    reference : callable
        A right answer, from which the expected results of hidden cases are calculated.
    parts : mapping of str to (Check, callable or None)
        By the ``grade_id`` of each graded cell: its check, and ``draw(rng)``, which yields the
        arguments of hidden cases, or None if there are none to draw.
    expect : callable, optional
        ``expect(*arguments)`` returns what is expected, if that differs from what the reference
        returns.
    promises : mapping of str to callable
        By ``grade_id``: whether arguments are such as the task promises for this part, where those
        that a check makes smaller by itself might not be.
    right_answers : list of callable
        Different right answers. They must earn full marks.
    wrong_answers : list of WrongAnswer
        They must lose marks. Every slip of the check is a wrong answer already, so these are the
        ones that no formula expresses, and some that were written without looking at the slips.

    Examples
    --------
    >>> check = Check("double(x)", [(1, 2)])
    >>> def draw(rng):
    ...     yield (int(rng.integers(9)),)
    >>> double = Exercise(lambda x: 2 * x, {"double_check": (check, draw)})
    >>> @double.right
    ... def by_addition(x):
    ...     return x + x
    >>> @double.wrong("Doubling is squaring", says="squared")
    ... def squared(x):
    ...     return x * x
    >>> double.name, len(double.right_answers), len(double.wrong_answers)
    ('double', 1, 1)
    """

    reference: Answer
    parts: Mapping[str, tuple[Check, Draw | None]]
    expect: Answer | None = None
    promises: Mapping[str, Callable[..., bool]] = field(default_factory=dict)
    right_answers: list[Answer] = field(default_factory=list)
    wrong_answers: list[WrongAnswer] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The function that the learner writes."""
        return next(check.name for check, _ in self.parts.values())

    def hidden_cases(self, grade_id: str, rng: np.random.Generator) -> list[Case]:
        """Draw the hidden cases of a graded cell: arguments, then each expected result."""
        check, draw = self.parts[grade_id]
        # Whatever settings for overflow and warnings the student has made.
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            drawn = list(draw(rng)) if draw else []
            for case in drawn:
                if not isinstance(case, tuple) or len(case) != len(check.parameters):
                    raise ValueError(
                        f"The draw of {grade_id} must yield tuples of {', '.join(check.parameters)}"
                        f"; got {show(case)}. A tuple of one needs a comma."
                    )
            return [(*case, *self.expected(check, case)) for case in drawn]

    def expected(self, check: Check, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Calculate each result that a check expects for these arguments."""
        result = (self.expect or self.reference)(*arguments)
        return tuple(result) if check.n_expected > 1 else (result,)

    def right(self, answer: AnyAnswer) -> AnyAnswer:
        """Register a right answer. Use it as a decorator.

        Parameters
        ----------
        answer : callable
            A different way to solve the exercise.

        Returns
        -------
        callable
            The same function.
        """
        self.right_answers.append(answer)
        return answer

    def wrong(self, misconception: str, *, says: str) -> Callable[[AnyAnswer], AnyAnswer]:
        """Register a wrong answer. Use it as a decorator.

        Parameters
        ----------
        misconception : str
            The belief that leads to it.
        says : str
            A part of the check's message that names the misconception.

        Returns
        -------
        callable
            The decorator.
        """

        def register(answer: AnyAnswer) -> AnyAnswer:
            self.wrong_answers.append(WrongAnswer(answer, misconception, says))
            return answer

        return register

    def slips(self) -> list["Slip"]:
        """List the known slips of the checks, each as a wrong answer: a test submits them all."""
        found: dict[tuple[Any, ...], Slip] = {}
        for check, _ in self.parts.values():
            for case in check.cases:
                for key in check.slips_of(case):
                    found.setdefault((check.slips, check.result, *key), Slip(self, check, *key))
        return list(found.values())


@dataclass(frozen=True)
class Slip:
    """A known slip of a check, which can be called like a learner's function."""

    exercise: Exercise
    check: Check
    name: str  # the message of the check
    count: int  # which one of several with the same name

    def __call__(self, *arguments: Any) -> Any:
        """Return the slip's result, or the right one if the slip has none for these arguments."""
        expected = self.exercise.expected(self.check, arguments)
        known = self.check.slips_of((*arguments, *expected))
        if (self.name, self.count) not in known:
            return expected if len(expected) > 1 else expected[0]
        given = known[self.name, self.count]
        if len(expected) == 1 or self.check.together:
            return given
        return tuple(given if i == self.check.result else one for i, one in enumerate(expected))

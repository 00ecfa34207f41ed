"""An exercise as its author knows it: reference, random cases, right and wrong answers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

Answer = Callable[..., Any]
AnyAnswer = TypeVar("AnyAnswer", bound=Answer)


def _close(expected: Any, received: Any) -> bool:
    """Whether two results are the same numbers; of a tuple, each part on its own."""
    if isinstance(expected, tuple):
        return len(expected) == len(received) and all(map(_close, expected, received))
    wanted, got = (np.asarray(value, dtype=np.float64) for value in (expected, received))
    return wanted.shape == got.shape and np.allclose(got, wanted, rtol=1e-4, atol=1e-5)


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that must lose marks.

    Attributes
    ----------
    answer : callable
        The function that a learner might hand in.
    misconception : str
        The belief that leads to it.
    says : str
        A part of the message that names the misconception.
    """

    answer: Answer
    misconception: str
    says: str


@dataclass
class Exercise:
    """What ``solutions/<lesson>/answers.py`` keeps of one exercise.

    Attributes
    ----------
    name : str
        The function that the learner writes. The notebook's graded cells call it by this name.
    reference : callable
        A right answer, from which expected results are calculated.
    cases : callable
        ``cases(rng)`` yields random argument tuples: arrays, numbers, strings, lists.
    agree : callable
        ``agree(expected, received)`` says whether a result is as good as the reference's. By
        default numbers must be close; an exercise with many right results brings its own.
    right_answers : list of callable
        Different right answers. They must earn full marks.
    wrong_answers : list of WrongAnswer
        They must lose marks.

    Examples
    --------
    >>> double = Exercise("double", lambda x: 2 * x, lambda rng: iter([(int(rng.integers(9)),)]))
    >>> @double.right
    ... def by_addition(x):
    ...     return x + x
    >>> @double.wrong("Doubling is squaring", says="squared")
    ... def squared(x):
    ...     return x * x
    >>> len(double.right_answers), len(double.wrong_answers)
    (1, 1)
    """

    name: str
    reference: Answer
    cases: Callable[[np.random.Generator], Iterator[tuple[Any, ...]]]
    agree: Callable[[Any, Any], bool] = _close
    right_answers: list[Answer] = field(default_factory=list)
    wrong_answers: list[WrongAnswer] = field(default_factory=list)

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

"""What facts are found in: a question with its answer, read as numbers once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.checks.comparing import Numbers
from course_utils.checks.showing import show

FEWEST = 3  # failing cases, and different results among them: what fits two is an accident
_MOST_NUMBERS = 20_000  # in an array: what many images tell, a few tell sooner
_TRIED = 10_000  # some two hundred relations, fifty to one
TOLERANCE = 1e-5  # tighter than a check's, or a rounded result would equal many things


@dataclass(frozen=True)
class Asked:
    """One question and what came back, all plain data.

    Attributes
    ----------
    arguments : tuple
    expected : object
        One result.
    received : object
    is_right : bool
        As the check judges it.
    """

    arguments: tuple[Any, ...]
    expected: Any
    received: Any
    is_right: bool


@dataclass(frozen=True)
class Fact:
    """What holds of everything that was asked.

    Attributes
    ----------
    text : str
        Whole sentences.
    question : str
        What it may come from, asked and never asserted.
    """

    text: str
    question: str = ""

    def where_wrong(self) -> "Fact":
        """Say it of the wrong results alone; why only they are so, no question can tell."""
        told = self.text.replace("Your result", "it", 1)
        return Fact(f"Where your result is wrong, {told[0].lower()}{told[1:]}")


@dataclass(frozen=True)
class Seen:
    """A question with its numbers; None stands for what are no numbers."""

    asked: Asked
    given: Mapping[str, Any]  # the arguments by name
    numbers: Mapping[str, Numbers | None]  # the same as numbers
    expected: Numbers | None
    received: Numbers | None

    @property
    def is_right(self) -> bool:
        """Whether the check is content."""
        return self.asked.is_right

    def with_result(self, expected: Any, received: Any, is_right: bool) -> "Seen":
        """Look at a part of the result alone."""
        asked = replace(self.asked, expected=expected, received=received, is_right=is_right)
        return replace(self, asked=asked, expected=read(expected), received=read(received))


def see(asked: Asked, parameters: Sequence[str]) -> Seen:
    """Read a question's values as numbers."""
    given = dict(zip(parameters, asked.arguments, strict=False))
    *numbers, expected, received = (
        None if values is None or values.size > _MOST_NUMBERS else values
        for values in map(read, (*given.values(), asked.expected, asked.received))
    )
    return Seen(asked, given, dict(zip(given, numbers, strict=True)), expected, received)


def read(value: Any) -> Numbers | None:
    """Read a value as an array of numbers, if it is one.

    Examples
    --------
    >>> read([1, 2]), read("12"), read([[1], [2, 3]])
    (array([1., 2.]), None, None)
    """
    if not isinstance(value, np.ndarray | np.generic | bool | int | float | list | tuple):
        return None
    try:
        array = np.asarray(value)
        return array.astype(np.float64) if array.dtype.kind in "biuf" else None
    except (ValueError, TypeError, OverflowError):
        return None


def close(left: Numbers, right: Numbers, tolerance: float = TOLERANCE) -> bool:
    """Say whether two arrays agree in shape and in every number: whole ones exactly.

    Examples
    --------
    >>> close(np.array([0.1, np.nan]), np.array([0.1000001, np.nan]))
    True
    >>> close(np.array(400_000.0), np.array(400_001.0))
    False
    """
    if left.shape != right.shape:
        return False
    near = np.abs(left - right) <= tolerance * (0.1 + np.abs(right))
    near &= (left != np.rint(left)) | (right != np.rint(right))
    return bool((near | (left == right) | (np.isnan(left) & np.isnan(right))).all())


def n_different(values: Iterable[Numbers | None]) -> int:
    """Count different arrays.

    Examples
    --------
    >>> n_different([np.array(0.0), np.array(1.0), np.array(-0.0)])
    2
    """
    arrays = [np.round(value, 9) + 0.0 for value in values if value is not None]
    return len({(array.shape, array.tobytes()) for array in arrays})


def are_telling(seen: Sequence[Seen]) -> bool:
    """Say whether results are so many and so different that a relation is no accident.

    Three results are hit by chance sooner if they are small whole numbers: what is hit has to be
    less probable than all the relations that are tried are many.
    """
    results = [one.received for one in seen if one.received is not None]
    wrong = [one.expected for one in seen if not one.is_right]
    if min(len(wrong), n_different(wrong), n_different(results)) < FEWEST:
        return False
    numbers = np.concatenate([np.ravel(result) for result in results])
    is_whole = numbers == np.rint(numbers)
    whole = is_whole.sum() * np.log(max(1, len(np.unique(numbers[is_whole]))))
    return bool(whole + (~is_whole).sum() * np.log(1 / TOLERANCE) > np.log(_TRIED))


def mark(name: str) -> str:
    """Write a name as code.

    Examples
    --------
    >>> mark("len(labels)")
    '`len(labels)`'
    """
    return f"`{name}`"


def figure(number: float) -> str:
    """Write a number for a sentence.

    Examples
    --------
    >>> figure(-0.0), figure(0.25), figure(np.inf)
    ('0', '0.25', 'infinity')
    """
    return show(number + 0.0).removesuffix(".0").replace("inf", "infinity")

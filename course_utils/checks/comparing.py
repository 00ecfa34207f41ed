"""How what came back is compared with what was expected."""

import contextlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks.asking import Described, Foreign

EXACT = 1e-12  # for counts: a tolerance would pass one bias too many among ten thousand weights
TOLERANCE = 1e-4  # float32 has about seven digits, and sums, exp and log lose some of them

Numbers = NDArray[Any]
#: A slip's name, as a hint, and what it may return on the input at hand: one value, or several.
Slips = Sequence[tuple[Any, ...]]

#: What is said of an answer that comes of no calculation at all.
HARD_CODED = "You hard-coded an answer that was shown to you. Calculate from the arguments."
ZERO = "Every value is 0. Where on the way did the numbers get lost?"
#: What is left of a negative number by the leaky ReLUs that are in use.
LEAKS = (0.01, 0.1, 0.2, 0.3)


def lazy(shape: tuple[int, ...], answers: Sequence[Any]) -> Slips:
    """List what comes of no calculation at all: zeros, and the answers that were shown."""
    return [
        (ZERO, np.zeros(shape)),
        (HARD_CODED, *(answer for answer in answers if np.any(answer))),
    ]


def as_arrays(*cases: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    """Make arrays of the lists in cases; of a list of tuples, of the lists in these.

    Examples
    --------
    >>> as_arrays(([1, 2.5], 3))
    [(array([1. , 2.5]), 3)]
    """

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return as_arrays(*value) if isinstance(value[0], tuple) else np.array(value)

    return [tuple(map(read, case)) for case in cases]


def is_numeric(value: Any) -> bool:
    """Say whether a value can be read as an array of numbers."""
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except (ValueError, TypeError):  # rows of unequal lengths
        return False


def n_numbers(value: Any) -> int:
    """Count what a value holds, in lists and arrays too.

    Examples
    --------
    >>> n_numbers([np.zeros((2, 3)), "a", 1.5])
    8
    """
    if isinstance(value, list | tuple):
        return sum(map(n_numbers, value))
    return value.size if isinstance(value, np.ndarray) else 1


def alike(received: Any, value: Any, tolerance: float = TOLERANCE) -> bool:
    """Say whether two results agree, in shape and in every value.

    Examples
    --------
    >>> alike([1, 2], np.array([1.0, 2.0])), alike("learning", "learning"), alike("1", 1)
    (True, True, False)
    """
    if isinstance(value, Described):
        with contextlib.suppress(ValueError):  # what a generator handed out may be arrays
            return bool(received == value)
        return False
    if isinstance(value, str):
        return isinstance(received, str) and received == value
    if not is_numeric(value):
        return False
    length = len(value) if np.ndim(value) else None
    if isinstance(received, list | tuple) and len(received) != length:
        return False  # at once, because a long list takes a while to become an array
    if not is_numeric(received) or np.shape(received) != np.shape(value):
        return False
    left, right = np.asarray(received, np.float64), np.asarray(value, np.float64)
    return bool(np.allclose(left, right, tolerance, tolerance, equal_nan=True))


def first_difference(received: Any, expected: Any, tolerance: float) -> tuple[int, ...]:
    """Find where two arrays of one shape first differ."""
    got, wanted = np.asarray(received, np.float64), np.asarray(expected, np.float64)
    apart = ~np.isclose(got, wanted, tolerance, tolerance, equal_nan=True)
    return tuple(int(place) for place in np.argwhere(apart)[0])


def kind_remark(received: Any) -> str:
    """Say what a result is that should have been numbers.

    Examples
    --------
    >>> kind_remark("12")
    "That is text: '1' is text, 1 is a number."
    """
    if received is None:
        return "That is None. Does a function that you call end without `return`?"
    if isinstance(received, Foreign):
        if received.is_callable:
            if "function" in received.kind or "method" in received.kind:
                return "That is a function or method which was not called: brackets () are missing."
            return f"That is of type {received.kind}, which can be called: are brackets () missing?"
        if received.items is not None:
            return "That hands out its values one by one. Put list( ) around it."
        return f"That is of type {received.kind}: NumPy sees no numbers in it."
    try:
        is_text = np.asarray(received).dtype.kind in "US"
    except ValueError:
        return "Its rows have unequal lengths."
    return (
        "That is text: '1' is text, 1 is a number." if is_text else "NumPy sees no numbers in it."
    )

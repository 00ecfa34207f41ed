"""How a check recognises a known slip: what it would have given on the same input."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from course_utils.checks.outcome import CheckError, expect_equal, show

EXACT = 1e-12  # for counts: a tolerance would pass one bias too many among ten thousand weights
TOLERANCE = 1e-4  # float32 has about seven digits, and sums, exp and log lose some of them

#: A slip's name, as a hint, and what it would return on the input at hand.
Slips = Sequence[tuple[str, Any]]


def likely(received: Any, slips: Slips, tolerance: float = TOLERANCE) -> str:
    """Name the slip that gives what was received, or nothing."""
    return next((hint for hint, value in slips if alike(received, value, tolerance)), "")


def alike(received: Any, value: ArrayLike, tolerance: float = TOLERANCE) -> bool:
    """Say whether two results agree, in shape and in every value."""
    if not is_numeric(received) or np.shape(received) != np.shape(value):
        return False
    left, right = np.asarray(received, np.float64), np.asarray(value, np.float64)
    return bool(np.allclose(left, right, tolerance, tolerance, equal_nan=True))


def is_numeric(value: Any) -> bool:
    """Say whether a value can be read as an array of numbers."""
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except (ValueError, TypeError):  # lists of unequal lengths, or what refuses to be an array
        return False


def expect_numbers(name: str, received: Any) -> None:
    """Raise if a result is a function, or anything else that is no array of numbers."""
    if callable(received):
        raise CheckError(f"{name}: that is a function which was not called. Brackets are missing.")
    if not is_numeric(received):
        raise CheckError(f"{name}: expected numbers, received {show(received)}.")


def expect_result(name: str, received: Any, expected: Any, given: str, known: Slips) -> None:
    """Raise unless two results agree, and name the slip that explains the difference."""
    expect_numbers(name, received)
    hint = "" if alike(received, expected) else likely(received, known)
    expect_equal(name, received, expected, given, hint, TOLERANCE)

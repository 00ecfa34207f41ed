"""How a check recognises a known slip: what it would have given on the same input."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

EXACT = 1e-12  # for counts: a tolerance would pass one bias too many among ten thousand weights
TOLERANCE = 1e-4  # float32 has about seven digits, and sums, exp and log lose some of them

#: What is said of an answer that comes of no calculation at all.
HARD_CODED = "You hard-coded an answer that was shown to you. Calculate from the arguments."
ZERO = "Every value is 0. Calculate from the arguments."

#: A slip's name, as a hint, and what it would return on the input at hand.
Slips = Sequence[tuple[str, Any]]


def likely(received: Any, slips: Slips, tolerance: float = TOLERANCE) -> str:
    """Name the slip that gives what was received, or nothing."""
    return next((hint for hint, value in slips if alike(received, value, tolerance)), "")


def lazy(shape: tuple[int, ...], answers: Iterable[Any]) -> Slips:
    """List what comes of no calculation at all: zeros, and the answers that were shown."""
    return [(ZERO, np.zeros(shape)), *((HARD_CODED, answer) for answer in answers)]


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

"""What wrong numbers share within a result, though not between cases: an amount, a factor."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from course_utils.checks.comparing import Numbers
from course_utils.checks.facts.seen import FEWEST, Fact, Seen, close

Axis = int | None
Pair = tuple[Numbers, Numbers]  # received, expected
_MOST_COMPARED = 50  # numbers of a group, each with each other one
_FEWEST_IN_ORDER = 4  # numbers in a group, or their order says nothing
_TELLING_PAIRS = 200  # of numbers whose order is right, or it may be an accident


def _moved(x: Numbers, y: Numbers, axis: Axis) -> Numbers:
    return np.asarray(y + np.median(x - y, axis=axis, keepdims=True))


def _scaled(x: Numbers, y: Numbers, axis: Axis) -> Numbers:
    factors = np.where(np.abs(y) > 1e-9, x / y, np.nan)
    return np.asarray(y * np.nanmedian(factors, axis=axis, keepdims=True))


def _both(x: Numbers, y: Numbers, axis: Axis) -> Numbers:
    middle = x.mean(axis=axis, keepdims=True)
    steps = y - y.mean(axis=axis, keepdims=True)
    slope = (steps * (x - middle)).sum(axis=axis, keepdims=True)
    slope /= (steps**2).sum(axis=axis, keepdims=True)
    return np.asarray(middle + steps * np.nan_to_num(slope))


#: How the numbers of a group are even, how to make them so of the expected ones, and how many
#: numbers a group needs for this to tell anything.
_WAYS: list[tuple[str, Callable[[Numbers, Numbers, Axis], Numbers], int]] = [
    ("every number differs from the expected one by the same amount", _moved, 3),
    ("every number is the expected one times the same factor", _scaled, 3),
    ("every number is the expected one times one factor, plus one amount", _both, 4),
]
_GROUPS: list[tuple[str, Axis]] = [("result", None), ("row", -1), ("column", 0)]


def find_evenness(seen: Sequence[Seen]) -> Fact | None:
    """Say that all numbers of a wrong result, or of its rows or columns, are off in one way."""
    known, groups = _wrong_pairs(seen)
    for (told, make, least), (group, axis) in product(_WAYS, groups):
        n_telling = sum(_is_telling(x, y, axis, least) for x, y in known)
        fits = (close(make(x, y, axis), x, 1e-4) for x, y in known)
        if n_telling >= FEWEST and all(fits):
            return Fact(f"Within each {group}, {told}.")
    return None


def find_order(seen: Sequence[Seen]) -> Fact | None:
    """Say that wrong numbers are in the order of the expected ones, or in the opposite order."""
    known, groups = _wrong_pairs(seen)
    if any(np.isclose(x, y).any() for x, y in known):  # "not the expected ones" is said of all
        return None
    for group, axis in groups:
        if any((y.size if axis is None else y.shape[axis]) < _FEWEST_IN_ORDER for _, y in known):
            continue
        signs = [(_signs(x, axis), _signs(y, axis)) for x, y in known]
        n_told = sum(int((y != 0).sum()) for _, y in signs)
        if n_told < _TELLING_PAIRS or any(not y.size for _, y in signs):
            continue
        told = f"Within each {group}, your numbers are in the"
        if all(np.array_equal(x, y) for x, y in signs):
            return Fact(f"{told} right order of size, but they are not the expected ones.")
        if all(np.array_equal(x, -y) for x, y in signs):
            return Fact(
                f"{told} opposite order of size: the greatest stands where the least should."
            )
    return None


def _signs(values: Numbers, axis: Axis) -> Numbers:
    """Compare each number of a group with each other one; too many are not compared."""
    rows = values.reshape(1, -1) if axis is None else np.moveaxis(values, axis, -1)
    if rows.shape[-1] > _MOST_COMPARED:
        return np.zeros(0)
    steps = rows[..., :, None] - rows[..., None, :]
    return np.where(np.abs(steps) > 1e-9, np.sign(steps), 0)


def _wrong_pairs(seen: Sequence[Seen]) -> tuple[list[Pair], list[tuple[str, Axis]]]:
    """Take wrong results of the right shape with what is expected, and the groups they have."""
    wrong = [one for one in seen if not one.is_right]
    pairs = [(one.received, one.expected) for one in wrong]
    known = [(x, y) for x, y in pairs if x is not None and y is not None and x.shape == y.shape]
    if len(known) < max(FEWEST, len(pairs)) or any(not y.ndim or not y.size for _, y in known):
        return [], []
    return known, _GROUPS if all(y.ndim > 1 for _, y in known) else _GROUPS[:1]


def _is_telling(x: Numbers, y: Numbers, axis: Axis, least: int) -> bool:
    """Say whether groups hold numbers enough, and different ones, for a way to be no accident."""
    n = y.size if axis is None else y.shape[axis]
    spread = min(np.ptp(x, axis=axis).min(), np.ptp(y, axis=axis).min())
    return n >= least and spread > 1e-3 and not close(x, y, 1e-3)

"""At which places of a result numbers are wrong, and what stands there."""

from collections.abc import Callable, Iterator, Sequence
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks.comparing import Numbers
from course_utils.checks.facts.conditions import ODDS, log_chance
from course_utils.checks.facts.seen import FEWEST, TOLERANCE, Fact, Seen, figure, mark

_MOST = 0.9  # of all places: "nearly everywhere" is no place
_LEAST = 0.7  # of such numbers are wrong, or "where they are positive" says too little

#: Places by the rows i of n and the columns j of m.
_BY_INDEX: list[tuple[str, Callable[..., Any]]] = [
    ("in the last {row}", lambda i, n: i == n - 1),
    ("in the first {row}", lambda i, n: i == 0),
    ("in all {rows} but the first", lambda i, n: i > 0),
    ("in all {rows} but the last", lambda i, n: i < n - 1),
    ("in every second {row}", lambda i, n: i % 2 == 1),
    ("in the last column", lambda i, n, j, m: j == m - 1),
    ("in the first column", lambda i, n, j, m: j == 0),
    ("in all columns but the first", lambda i, n, j, m: j > 0),
    ("in all columns but the last", lambda i, n, j, m: j < m - 1),
    ("in every second column", lambda i, n, j, m: j % 2 == 1),
    ("at the border", lambda i, n, j, m: (i % (n - 1) == 0) | (j % (m - 1) == 0)),
    ("inside the border", lambda i, n, j, m: (i % (n - 1) > 0) & (j % (m - 1) > 0)),
    ("in the last row and the last column", lambda i, n, j, m: (i == n - 1) | (j == m - 1)),
    ("on the diagonal", lambda i, n, j, m: i == j),
    ("off the diagonal", lambda i, n, j, m: i != j),
    ("above the diagonal", lambda i, n, j, m: i < j),
    ("below the diagonal", lambda i, n, j, m: i > j),
]
#: Places by the numbers there: of what is expected, and of each argument of the same shape.
_BY_NUMBER: list[tuple[str, Callable[[Numbers], Any]]] = [
    ("where {a} is 0", lambda v: v == 0),
    ("where {a} is negative", lambda v: v < 0),
    ("where {a} is positive", lambda v: v > 0),
    ("where {a} is not 0", lambda v: v != 0),
    ("where {a} is above 1", lambda v: v > 1),
    ("where {a} is 255", lambda v: v == 255),
    ("where {a} is nan", np.isnan),
]


def find_place(seen: Sequence[Seen]) -> str:
    """Say at which places of results all that is wrong lies, or nothing; the narrowest place."""
    pairs = [(one, apart) for one in seen if (apart := _apart(one)) is not None and apart.ndim]
    if len(pairs) < len(seen) or sum(bool(apart.any()) for _, apart in pairs) < FEWEST:
        return ""
    wrong = np.concatenate([apart.ravel() for _, apart in pairs])
    places = [dict(_places(one, apart.shape)) for one, apart in pairs]
    found = {}
    for said in places[0]:
        if all(said in named for named in places):
            marks = [named[said] for named in places]
            marked = np.concatenate([mark_.ravel() for mark_ in marks])
            chance = sum(
                log_chance(int(mark_.sum()), apart.size, int(apart.sum()))
                for mark_, (_, apart) in zip(marks, pairs, strict=True)
            )
            is_full = said.startswith(("in ", "on ", "at ", "off ", "above ", "below ")) or (
                wrong.sum() > _LEAST * marked.sum()
            )
            # Where a result is wrong it has to have other places, too.
            here = [
                mark_.mean() for mark_, (_, apart) in zip(marks, pairs, strict=True) if apart.any()
            ]
            is_rare = (
                chance < -log(ODDS * len(places[0])) and max(np.mean(here), marked.mean()) < _MOST
            )
            if is_rare and not (wrong & ~marked).any() and is_full:
                found[said] = int(marked.sum())
    if not found:
        return ""
    row, rows = ("entry", "entries") if pairs[0][1].ndim == 1 else ("row", "rows")
    where = min(found, key=found.__getitem__).replace("{row}", row).replace("{rows}", rows)
    if where.startswith("in all"):  # of which few may be wrong
        axis, line = (1, "column") if "columns" in where else (0, row)
        return _but_one(f"{where.partition(' but ')[2]} {line}", line, axis, pairs)
    return f"Your result is wrong only {where}, and right everywhere else."


def _but_one(
    right: str, line: str, axis: int, pairs: Sequence[tuple[Seen, NDArray[np.bool_]]]
) -> str:
    """Say in which lines along an axis numbers are wrong, where they are right in one at an end."""
    of_lines = [np.moveaxis(apart, axis, 0).reshape(apart.shape[axis], -1) for _, apart in pairs]
    if len({len(lines) for lines in of_lines}) > 1:
        return f"All numbers in {right} are right. The wrong ones stand elsewhere."
    wrong = np.flatnonzero(sum(lines.any(axis=1) for lines in of_lines))
    if len(wrong) == len(of_lines[0]) - 1:
        return f"Wrong numbers stand everywhere but in {right}, where all are right."
    *before, last = map(str, wrong)
    named = f"{', '.join(before)} and {last}" if before else last
    lines = {"entry": "entries"}.get(line, f"{line}s") if before else line
    return (
        f"Your result is wrong only in the {lines} {named}, counted from 0, and right everywhere "
        "else."
    )


def _apart(one: Seen) -> Any:
    """Mark what is wrong in a result of the right shape."""
    x, y = one.received, one.expected
    if x is None or y is None or x.shape != y.shape:
        return None
    if one.is_right:
        return np.zeros(x.shape, bool)
    are_whole = (x == np.rint(x)) & (y == np.rint(y))  # among large counts 1 is a small part
    return ~np.isclose(x, y, 10 * TOLERANCE, TOLERANCE, equal_nan=True) | (are_whole & (x != y))


def _places(one: Seen, shape: tuple[int, ...]) -> Iterator[tuple[str, Numbers]]:
    index = np.indices(shape)
    for said, place in _BY_INDEX:
        n_axes = place.__code__.co_argcount // 2
        if n_axes <= len(shape):
            known = [part for axis in range(n_axes) for part in (index[axis], shape[axis])]
            yield said, place(*known)
    values = {"the expected number": one.expected}
    values |= {mark(name): numbers for name, numbers in one.numbers.items()}
    for name, numbers in values.items():
        if numbers is not None and numbers.shape == shape:
            for said, test in _BY_NUMBER:
                yield said.replace("{a}", name), test(numbers)


def find_filling(seen: Sequence[Seen]) -> Fact | None:
    """Say which number stands wherever one is wrong."""
    received = []
    for one in seen:
        apart = _apart(one)
        if apart is None or one.received is None:
            return None
        received += one.received[apart].tolist()
    if len(received) < 2 * FEWEST or not np.allclose(received, received[0], 1e-9, 1e-9, True):
        return None
    is_number = all(one.received is not None and not one.received.ndim for one in seen)
    where = (
        "Wherever your result is wrong, it" if is_number else "Wherever a number is wrong, yours"
    )
    return Fact(f"{where} is {figure(received[0])}.")


def are_two_numbers(seen: Sequence[Seen]) -> bool:
    """Say whether all that is expected is one of two numbers, so that a wrong one is the other."""
    numbers = [number for one in seen if one.expected is not None for number in one.expected.flat]
    return len(set(numbers)) < FEWEST

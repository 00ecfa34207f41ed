"""For which arguments results are wrong.

A condition is told only if chance would hardly have parted the right from the wrong results as it
does, counting how many conditions are tried.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import lgamma, log
from typing import Any, NamedTuple

import numpy as np

from course_utils.checks.comparing import Numbers
from course_utils.checks.facts.seen import FEWEST, Seen, mark
from course_utils.checks.showing import show

ODDS = 50  # to one against chance
_HALF = 0.6  # of the cases that a condition names are wrong at least, or it is told of too many

Test = Callable[[Numbers], Any]

_OF_NUMBERS: list[tuple[str, Test]] = [
    ("{a} is 0", lambda v: v == 0),
    ("{a} is not 0", lambda v: v != 0),
    ("{a} is 1", lambda v: v == 1),
    ("{a} is not 1", lambda v: v != 1),
    ("{a} is negative", lambda v: v < 0),
    ("{a} is positive", lambda v: v > 0),
    ("{a} is above 1", lambda v: v > 1),
    ("{a} is below 1", lambda v: v < 1),
    ("{a} is even", lambda v: v % 2 == 0),
    ("{a} is odd", lambda v: v % 2 == 1),
    ("{a} is not a whole number", lambda v: v != np.rint(v)),
]
_OF_LENGTHS: list[tuple[str, Test]] = [
    ("{a} is empty", lambda v: v.size == 0),
    ("{a} has one entry", lambda v: len(v) == 1),
    ("{a} has more than one entry", lambda v: len(v) > 1),
]
_OF_ARRAYS: list[tuple[str, Test]] = [
    ("{a} holds a negative number", lambda v: v.min() < 0),
    ("{a} holds no negative number", lambda v: v.min() >= 0),
    ("{a} holds a 0", lambda v: (v == 0).any()),
    ("{a} holds no 0", lambda v: (v != 0).all()),
    ("{a} holds nan", lambda v: np.isnan(v).any()),
    ("{a} holds a number above 1", lambda v: v.max() > 1),
    ("{a} holds a number above 255", lambda v: v.max() > 255),
    ("{a} holds a number above 100 or below −100", lambda v: np.abs(v).max() > 100),
    ("all values of {a} are the same", lambda v: v.min() == v.max()),
]
_OF_ROWS: list[tuple[str, Test]] = [
    ("{a} holds a value twice", lambda v: len(np.unique(v)) < v.size),
    ("{a} holds no value twice", lambda v: len(np.unique(v)) == v.size),
    ("the greatest value of {a} stands there more than once", lambda v: (v == v.max()).sum() > 1),
    ("the least value of {a} stands there more than once", lambda v: (v == v.min()).sum() > 1),
    ("{a} is not in rising order", lambda v: (np.diff(v) < 0).any()),
    ("the last entry of {a} is its greatest", lambda v: v[-1] == v.max()),
    ("the first entry of {a} is its greatest", lambda v: v[0] == v.max()),
]
_OF_SHAPES: list[tuple[str, Test]] = [
    ("{a} is not square", lambda v: v.shape[0] != v.shape[1]),
    ("{a} is square", lambda v: v.shape[0] == v.shape[1]),
    ("{a} is wider than high", lambda v: v.shape[0] < v.shape[1]),
    ("{a} is higher than wide", lambda v: v.shape[0] > v.shape[1]),
]
_OF_TABLES: list[tuple[str, Test]] = [
    ("the greatest value of a row of {a} stands there more than once",
     lambda v: ((v == v.max(axis=-1, keepdims=True)).sum(axis=-1) > 1).any()),
    ("a row of {a} holds only zeros", lambda v: (v == 0).all(axis=-1).any()),
    ("a column of {a} holds only zeros", lambda v: (v == 0).all(axis=0).any()),
    ("a row of {a} holds one value throughout", lambda v: (v.min(-1) == v.max(-1)).any()),
    ("a column of {a} holds one value throughout", lambda v: (v.min(0) == v.max(0)).any()),
]  # fmt: skip
#: Of one whole number or size: a function may be written for that of an example.
_WRITTEN_OUT = (2, 3, 10, 28)
#: Of two whole numbers or sizes.
_OF_PAIRS: list[tuple[str, Callable[[float, float], bool]]] = [
    ("{a} is greater than {b}", lambda a, b: a > b),
    ("{a} is less than {b}", lambda a, b: a < b),
    ("{a} and {b} differ", lambda a, b: a != b),
    ("{a} and {b} are equal", lambda a, b: a == b),
    ("{a} is not a multiple of {b}", lambda a, b: b > 1 and a % b != 0),
    ("{a} is a multiple of {b}", lambda a, b: b > 1 and a % b == 0),
    ("{b} is not a multiple of {a}", lambda a, b: a > 1 and b % a != 0),
    ("{b} is a multiple of {a}", lambda a, b: a > 1 and b % a == 0),
]


class _Condition(NamedTuple):
    """What may be said of a case, and the arguments of which it tells."""

    said: str
    a: str
    b: str = ""
    about: tuple[str, ...] = ()


def find_condition(seen: Sequence[Seen]) -> str:
    """Say which property of the arguments the wrong results have in common, or nothing.

    The narrowest is told. Where several are equally narrow, they are the same to what was asked,
    and only if they speak of the same arguments is the plainest of them told.
    """
    wrong = np.array([not one.is_right for one in seen])
    n_wrong, n_all = int(wrong.sum()), len(seen)
    if min(n_wrong, n_all - n_wrong) < FEWEST:
        return ""
    # Values do not change a shape, so what fits them is an accident.
    sizes_only = all(_has_other_shape(one) for one in seen if not one.is_right)
    tables = [dict(_conditions(one, sizes_only=sizes_only)) for one in seen]
    tried: dict[tuple[bool, ...], list[_Condition]] = {}
    for condition in dict.fromkeys(condition for table in tables for condition in table):
        holds = tuple(table.get(condition, False) for table in tables)
        tried.setdefault(holds, []).append(condition)
    fitting = {}
    for holds, listed in tried.items():
        marked = sum(holds)
        price = 1 if len(listed[0].about) == 1 else 200  # of pairs there are many, few with sense
        odds = ODDS * len(tried) * price
        is_rare = log_chance(marked, n_all, n_wrong) < -log(odds)
        if is_rare and np.array(holds)[wrong].all() and _HALF * marked <= n_wrong:
            fitting[holds] = listed
    least = min(map(sum, fitting), default=0)
    narrowest = [listed for holds, listed in fitting.items() if sum(holds) == least]
    if len(narrowest) != 1:
        return ""
    said, about = ({told[place] for told in narrowest[0]} for place in (0, 3))
    if min(len(said), len(about)) > 1:  # of sizes that are always the same, one is enough
        return ""
    plainest = narrowest[0][0]
    where = plainest.said.format(a=plainest.a, b=plainest.b)
    told = f"whenever {where}, and right otherwise" if least == n_wrong else f"only where {where}"
    return f"In the cases that were asked, your result is wrong {told}."


def log_chance(marked: int, n_all: int, n_wrong: int) -> float:
    """Take the logarithm of the chance that all wrong ones lie among those marked."""
    if marked < n_wrong:
        return 0.0
    return _log_choose(marked, n_wrong) - _log_choose(n_all, n_wrong)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _has_other_shape(one: Seen) -> bool:
    x, y = one.received, one.expected
    return x is not None and y is not None and x.shape != y.shape


def _conditions(one: Seen, *, sizes_only: bool) -> Iterator[tuple[_Condition, bool]]:
    """List what may be said of a case, with whether it holds."""
    sizes: list[tuple[str, str, int]] = []
    widths: list[tuple[str, str, int]] = []
    for name, value in one.given.items():
        numbers, about = one.numbers[name], (name,)
        if isinstance(value, str | bool):
            yield _Condition(f"{{a}} is {show(value)}", mark(name), about=about), True
        elif numbers is None and isinstance(value, list | tuple):
            sizes.append((name, f"len({name})", len(value)))
        elif numbers is not None:
            for said, holds in _of_array(numbers, sizes_only=sizes_only):
                yield _Condition(said, mark(name), about=about), holds
            if isinstance(value, np.ndarray):
                yield _Condition(f"{{a}} is of dtype {value.dtype}", mark(name), about=about), True
            if numbers.ndim:
                sizes.append((name, f"len({name})", len(numbers)))
                widths += [
                    (name, f"{name}.shape[{axis}]", numbers.shape[axis])
                    for axis in range(1, numbers.ndim)
                ]
            elif float(numbers).is_integer():
                sizes.append((name, name, int(numbers)))
    for name, called, size in [*sizes, *widths]:
        for usual in _WRITTEN_OUT:
            known = _Condition(f"{{a}} is not {usual}", mark(called), about=(name,))
            yield known, size != usual
            yield known._replace(said=f"{{a}} is above {usual}"), size > usual
    for (a, p, x), (b, q, y) in combinations(sizes, 2):
        for said, test in _OF_PAIRS:
            yield _Condition(said, mark(p), mark(q), (a, b)), test(x, y)
    is_number = not isinstance(one.asked.expected, bool | np.bool_)
    if one.expected is not None and not one.expected.ndim and is_number:
        for said, holds in _of_array(one.expected, sizes_only=False):
            yield _Condition(said, "the expected number"), holds


def _of_array(numbers: Numbers, *, sizes_only: bool) -> Iterator[tuple[str, bool]]:
    """List what may be said of an argument; of what is empty, that it is."""
    if not numbers.size:
        yield _OF_LENGTHS[0][0], True
        return
    if not numbers.ndim:
        told = _OF_NUMBERS
    else:
        told = _OF_LENGTHS + (_OF_SHAPES if numbers.ndim > 1 else [])
        if not sizes_only:
            told = told + (_OF_TABLES if numbers.ndim > 1 else _OF_ROWS) + _OF_ARRAYS
    for said, test in told:
        yield said, bool(test(numbers))

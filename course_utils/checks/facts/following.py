"""Which arguments a result follows: none at all, or all but one."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from course_utils.checks.facts.seen import FEWEST, Fact, Seen, figure, mark, read
from course_utils.checks.showing import show


def find_constant(seen: Sequence[Seen]) -> Fact | None:
    """Say what comes back whatever is asked."""
    expected = {_key(one.asked.expected) for one in seen}
    if len(seen) <= FEWEST or len(expected) < 2:
        return None
    if len({_key(one.asked.received) for one in seen}) == 1:
        return Fact(f"It returns {show(seen[0].asked.received, 60)}, whatever it is given.")
    arrays = [np.ravel(one.received) for one in seen if one.received is not None]
    if len(arrays) == len(seen) and len(expected) >= FEWEST:
        numbers = np.concatenate(arrays)
        if numbers.size and np.ptp(numbers) == 0:
            return Fact(f"Every number is {figure(numbers[0])}, whatever it is given.")
    return None


def find_ignored(seen: Sequence[Seen]) -> Fact | None:
    """Say which argument makes no difference, where pairs differ in it alone."""
    ignored = [mark(name) for name in seen[0].given if _is_ignored(seen, name)]
    if not ignored:
        return None
    names = " or ".join(ignored)
    return Fact(f"Your result stays the same when only {names} changes, and it should not.")


def _is_ignored(seen: Sequence[Seen], name: str) -> bool:
    """Say whether results never follow one argument, as pairs of at least three cases show."""
    alike: dict[Any, list[tuple[Any, Any, Any]]] = {}
    for one in seen:
        others = tuple(_key(value) for key, value in one.given.items() if key != name)
        keys = _key(one.given[name]), _key(one.asked.expected), _key(one.asked.received)
        alike.setdefault(others, []).append(keys)
    pairs = [pair for group in alike.values() for pair in combinations(group, 2)]
    telling = {keys for pair in pairs if pair[0][1] != pair[1][1] for keys in pair}
    return len(telling) >= FEWEST and all(one[2] == other[2] for one, other in pairs)


def _key(value: Any) -> Any:
    """Make of plain data what can be looked up; equal numbers are equal in any dtype."""
    numbers = read(value)
    if numbers is not None:
        return numbers.shape, numbers.tobytes()
    if isinstance(value, list | tuple):
        return tuple(map(_key, value))
    return value if isinstance(value, str | int) else repr(value)

"""Facts about words and truth values, about kinds, and about properties that are missing."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course_utils.checks.comparing import Numbers
from course_utils.checks.facts.conditions import ODDS
from course_utils.checks.facts.seen import FEWEST, Fact, Seen, close, mark, n_different, read
from course_utils.checks.showing import show


def find_confusion(seen: Sequence[Seen]) -> Fact | None:
    """Say which word or truth value stands where which is right."""
    values = [value for one in seen for value in (one.asked.expected, one.asked.received)]
    if not all(isinstance(value, str | bool | np.bool_) for value in values):
        return None
    wrong = {(show(one.asked.received), show(one.asked.expected))
             for one in seen if not one.is_right}  # fmt: skip
    n_words, n_wrong = len(set(map(show, values))), sum(not one.is_right for one in seen)
    if (n_words * (n_words - 1)) ** (n_wrong - 1) < 2 * ODDS:
        return None
    (said, wanted), *others = sorted(wrong)
    if not others:
        return Fact(f"It says {said} where {wanted} is right, and never the other way round.")
    if others == [(wanted, said)] and not any(one.is_right for one in seen):
        return Fact(f"It says {said} where {wanted} is right, and the other way round.")
    return None


def find_kind(seen: Sequence[Seen]) -> Fact | None:
    """Say that numbers are right which come in another kind of value."""
    if len(seen) < FEWEST or n_different(one.expected for one in seen) < FEWEST:
        return None
    for kind, unpack in (("as text", _numbers_in_text), ("in a dictionary", _in_dictionary)):
        parts = [unpack(one.asked.received) for one in seen]
        if all(
            part is not None and one.expected is not None and close(part, one.expected)
            for part, one in zip(parts, seen, strict=True)
        ):
            return Fact(f"The numbers are right, but they come {kind}.")
    return None


def _numbers_in_text(value: Any) -> Numbers | None:
    try:
        return np.asarray(float(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _in_dictionary(value: Any) -> Numbers | None:
    return read(list(value.values())) if isinstance(value, dict) else None


def find_shape(seen: Sequence[Seen]) -> Fact | None:
    """Say how the shapes of all wrong results differ from those that are expected."""
    wrong = [one for one in seen if not one.is_right]
    pairs = [(one.received, one.expected) for one in wrong]
    shapes = [(x.shape, y.shape) for x, y in pairs if x is not None and y is not None]
    if len(shapes) < max(FEWEST, len(wrong)) or any(came == due for came, due in shapes):
        return None
    told = next(_shapes(wrong, shapes), "")
    fact = Fact(f"Your result {told}.")
    return (fact if len(wrong) == len(seen) else fact.where_wrong()) if told else None


def _shapes(wrong: Sequence[Seen], shapes: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    for name in wrong[0].numbers:
        given = [getattr(one.numbers[name], "shape", ()) for one in wrong]
        if all(given) and given == [came for came, _ in shapes]:
            yield f"has the shape of {mark(name)}, and another is expected"
    axes = {len(came) - len(due) for came, due in shapes}
    if axes == {0}:
        steps = {tuple(np.subtract(came, due).tolist()) for came, due in shapes}
        if len(steps) > 1:
            return
        parts = [f"{abs(n)} too {'long' if n > 0 else 'short'} along axis {axis}"
                 for axis, n in enumerate(steps.pop()) if n]  # fmt: skip
        yield f"is {' and '.join(parts)}"
    elif len(axes) == 1:
        n = axes.pop()
        count = "one axis" if abs(n) == 1 else f"{abs(n)} axes"
        yield f"has {count} {'more' if n > 0 else 'fewer'} than expected"


def _is_whole(values: Numbers) -> bool:
    return bool((values == np.rint(values)).all())


#: What all expected results may have in common, and what all wrong ones have instead.
_PROPERTIES: list[tuple[str, Callable[[Numbers], Any], Callable[[Numbers], Any]]] = [
    ("No expected number is nan, but each of your wrong results holds one that is.",
     lambda y: not np.isnan(y).any(), lambda x: np.isnan(x).any()),
    ("No expected number is infinite, but each of your wrong results holds one that is.",
     lambda y: not np.isinf(y).any(), lambda x: np.isinf(x).any()),
    ("The expected rows add up to 1, but in each of your wrong results some do not.",
     lambda y: y.ndim > 1 and np.allclose(y.sum(-1), 1, 1e-4),
     lambda x: x.ndim > 1 and not np.allclose(x.sum(-1), 1, 1e-3)),
    ("The expected numbers add up to 1, but those of your wrong results do not.",
     lambda y: y.ndim and np.isclose(y.sum(), 1, 1e-4),
     lambda x: x.ndim and not np.isclose(x.sum(), 1, 1e-3)),
    ("No expected number is negative, but each of your wrong results holds one that is.",
     lambda y: (y >= 0).all(), lambda x: x.min() < -1e-6),
    ("No expected number is above 1, but each of your wrong results holds one that is.",
     lambda y: (y <= 1).all() and y.max() > 0.1, lambda x: x.max() > 1 + 1e-6),
    ("No expected number is above 255, but each of your wrong results holds one that is.",
     lambda y: (y <= 255).all() and _is_whole(y), lambda x: x.max() > 255),
    ("Whole numbers are expected, but each of your wrong results holds others.",
     _is_whole, lambda x: not _is_whole(x)),
    ("What is expected is symmetric, but none of your wrong results is.",
     lambda y: y.ndim == 2 and np.array_equal(y, y.T),
     lambda x: x.ndim == 2 and (x.shape != x.T.shape or not np.allclose(x, x.T))),
    ("What is expected is in rising order, but none of your wrong results is.",
     lambda y: y.ndim == 1 and y.size > 1 and (np.diff(y) >= 0).all(),
     lambda x: x.ndim == 1 and (np.diff(x) < 0).any()),
    ("The numbers of an expected result differ, but each of your wrong results holds only one.",
     lambda y: y.size > 1 and np.ptp(y) > 0, lambda x: x.size > 1 and np.ptp(x) == 0),
    ("No expected result holds a number twice, but each of your wrong results does.",
     lambda y: y.ndim == 1 and _is_whole(y) and len(np.unique(y)) == y.size,
     lambda x: x.ndim == 1 and len(np.unique(x)) < x.size),
]  # fmt: skip


def find_property(seen: Sequence[Seen]) -> Fact | None:
    """Say what all expected results have in common and each wrong one lacks."""
    wanted = [one.expected for one in seen if one.expected is not None and one.expected.size]
    wrong = [one for one in seen if not one.is_right]
    came = [one.received for one in wrong if one.received is not None and one.received.size]
    if len(wanted) < len(seen) or len(came) < len(wrong) or n_different(wanted) < FEWEST:
        return None
    for said, has, lacks in _PROPERTIES:
        if all(map(has, wanted)) and all(map(lacks, came)):
            return Fact(said)
    return None

"""How results follow from what is expected or from the arguments, if all of them do in one way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, permutations, product

import numpy as np

from course_utils.checks.comparing import Numbers
from course_utils.checks.facts.seen import FEWEST, TOLERANCE, Fact, Seen, are_telling, close, mark
from course_utils.checks.facts.tables import FACTORS, KNOWN, MOVES, NUMBERS, PAIRS, SHAPES, Way

_EXPECTED = "what is expected"
Sources = Mapping[str, Sequence[Numbers]]  # numbers of each case, by what they are called


def find_exact(seen: Sequence[Seen]) -> Fact | None:
    """Say how all these results were made, the simplest way first, if it is no accident."""
    results = [one.received for one in seen if one.received is not None]
    wanted = [one.expected for one in seen if one.expected is not None]
    if len(results) < len(seen) or len(wanted) < len(seen) or not are_telling(seen):
        return None
    given: dict[str, list[Numbers]] = {}
    for name in seen[0].numbers:
        values = [value for one in seen if (value := one.numbers.get(name)) is not None]
        given |= {mark(name): values} if len(values) == len(seen) else {}
    expected = {_EXPECTED: wanted}
    every = "Every number is" if any(result.ndim for result in results) else "Your result is"
    differences = _differences(wanted, results, seen)
    if any(not one.is_right and _is_near(one) for one in seen):
        return next((Fact(f"{every} {told}.", question) for told, question in differences), None)
    steps = chain(_factors(wanted, results, _EXPECTED, seen), differences)
    found = chain(
        (Fact(f"Your result is {name}, unchanged.") for name, values in given.items()
         if all(map(close, values, results))),
        (Fact(f"{every} {told}.", question) for told, question in steps),
        _ways(expected, results, "Your result is {}."),
        _pairs(expected | given, results),
        _changes(given, wanted, results, seen),
        _ways(given, results, "Your result is {}."),
        _ways({"your result": results}, wanted, "What is expected is {}."),
    )  # fmt: skip
    fact = next(found, None)
    row, rows = ("row", "rows") if any(x.ndim > 1 for x in results) else ("entry", "entries")
    return fact and Fact(fact.text.replace("{row}", row).replace("{rows}", rows), fact.question)


def _is_near(one: Seen) -> bool:
    """Say whether a wrong result is hardly off, as a large count may be: all fits it then."""
    x, y = one.received, one.expected
    return x is not None and y is not None and x.shape == y.shape and np.allclose(x, y, 1e-4, 0)


def _ways(sources: Sources, targets: Sequence[Numbers], said: str) -> Iterator[Fact]:
    for table, (name, values) in product((NUMBERS, MOVES, SHAPES), sources.items()):
        fitting = [way for way in table if _fits(way, values, targets)]
        if fitting and (table is not MOVES or len(fitting) == 1):
            phrase = fitting[0].phrase.replace("{a}", name)
            yield Fact(said.format(phrase), fitting[0].question)


def _fits(way: Way, values: Sequence[Numbers], targets: Sequence[Numbers]) -> bool:
    return all(
        (value.ndim == 1 if way.axes == 1 else value.ndim >= way.axes)
        and _makes(way.make, target, value, tolerance=way.tolerance)
        for value, target in zip(values, targets, strict=True)
    )


def _makes(
    make: Callable[..., object], target: Numbers, *values: Numbers, tolerance: float = TOLERANCE
) -> bool:
    try:
        made = np.asarray(make(*values), np.float64)
    except (ValueError, IndexError, TypeError):  # shapes that do not fit, or nothing in it
        return False
    return close(made, target, tolerance)


def _pairs(sources: Sources, targets: Sequence[Numbers]) -> Iterator[Fact]:
    for phrase, make, question in PAIRS:
        for (a, left), (b, right) in permutations(sources.items(), 2):
            if all(_makes(make, *trio) for trio in zip(targets, left, right, strict=True)):
                yield Fact(f"Your result is {phrase.format(a=a, b=b)}.", question)


def _changes(
    given: Sources, wanted: Sequence[Numbers], results: Sequence[Numbers], seen: Sequence[Seen]
) -> Iterator[Fact]:
    """Compare how far results are from an argument with how far they should be."""
    for name, values in given.items():
        trios = list(zip(values, wanted, results, strict=True))
        if all(a.shape == y.shape == x.shape for a, y, x in trios):
            due, done = [y - a for a, y, _ in trios], [x - a for a, _, x in trios]
            for told, question in _factors(due, done, "the expected change", seen):
                yield Fact(f"The change from {name} to your result is {told}.", question)


def _factors(
    wanted: Sequence[Numbers], results: Sequence[Numbers], name: str, seen: Sequence[Seen]
) -> Iterator[tuple[str, str]]:
    factors = np.array([_factor(y, x) for y, x in zip(wanted, results, strict=True)])
    known = factors != 0  # where all is 0, any factor would do
    if np.isnan(factors).any() or known.sum() < FEWEST:
        return
    factors = factors[known]
    value = float(factors[0])
    if np.allclose(factors, value, 1e-5, 0):
        question = next((asked for n, asked in KNOWN if np.isclose(value, n, 1e-5)), "")
        times = "minus" if np.isclose(value, -1, 1e-5) else f"{value:.5g} times"
        yield f"{times} {name}", question
    elif _differ(factors):
        sizes = _sizes([one for one, is_known in zip(seen, known, strict=True) if is_known])
        for (phrase, make, question), (size, values) in product(FACTORS, sizes.items()):
            if np.allclose(make(values), factors, 1e-5, 0):
                is_count = size not in seen[0].given
                told = phrase.replace("{n}", mark(size)).replace("{a}", name)
                yield told, question if is_count else ""


def _differences(
    wanted: Sequence[Numbers], results: Sequence[Numbers], seen: Sequence[Seen]
) -> Iterator[tuple[str, str]]:
    pairs = list(zip(wanted, results, strict=True))
    if any(y.shape != x.shape or not x.size for y, x in pairs):
        return
    steps = np.array([np.median(x - y) for y, x in pairs])
    if not all(close(y + step, x) for (y, x), step in zip(pairs, steps, strict=True)):
        return
    step = float(steps[0])
    if np.allclose(steps, step, 1e-5, 1e-6):
        are_counts = abs(step) == 1 and all((y == np.rint(y)).all() for y in wanted)
        question = "Is it counted from 1 instead of 0?" if step > 0 else "Is one left out?"
        yield f"{abs(step):.5g} too {_size_word(step)}", question if are_counts else ""
    elif _differ(steps):
        for (size, values), sign in product(_sizes(seen).items(), (1, -1)):
            if np.allclose(sign * values, steps, 1e-5, 1e-6):
                yield f"too {_size_word(sign)} by {mark(size)}", ""


def _size_word(difference: float) -> str:
    return "large" if difference > 0 else "small"


def _factor(expected: Numbers, received: Numbers) -> float:
    """Find the factor of one result: 0 if any would do, nan if there is none."""
    if expected.shape != received.shape:
        return np.nan
    use = np.isfinite(expected) & (np.abs(expected) > 1e-9)
    if not use.any():
        return 0.0 if close(received, expected) else np.nan
    factor = float(np.median(received[use] / expected[use]))
    return factor if factor and close(factor * expected, received) else np.nan


def _differ(values: Numbers) -> bool:
    """Say whether values differ enough to be recognised: three, or two often enough."""
    n = len(np.unique(np.round(values, 6)))
    return n >= FEWEST or (n == 2 and len(values) >= 2 * FEWEST)


def _sizes(seen: Sequence[Seen]) -> dict[str, Numbers]:
    """List by name what all cases know: numbers that are given, and sizes of what is given."""
    tables = [dict(_sizes_of(one)) for one in seen]
    names = [name for name in tables[0] if all(name in table for table in tables)]
    return {name: np.array([table[name] for table in tables]) for name in names}


def _sizes_of(one: Seen) -> Iterator[tuple[str, float]]:
    for name, value in one.numbers.items():
        if value is not None and not value.ndim:
            yield name, float(value)
        elif value is not None:
            yield f"len({name})", len(value)
            for axis in range(1, value.ndim):
                yield f"{name}.shape[{axis}]", value.shape[axis]
            yield f"{name}.size", value.size
        elif isinstance(one.given[name], list | tuple):
            yield f"len({name})", len(one.given[name])

"""What a wrong result may have been made of, as tables of small pure functions.

Each is tried on what is expected, on each argument, and the other way round on what was received.
Its phrase says of {a} what it makes; {row} is a row, or an entry where there are no rows.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from course_utils.checks.comparing import Numbers
from course_utils.checks.probabilities import softmax

_TIGHT = 1e-7  # for what was rounded


class Way(NamedTuple):
    """One way to make something of an array of numbers."""

    phrase: str
    make: Callable[[Numbers], Any]
    axes: int = 0  # 1 for one axis alone, more for at least so many
    question: str = ""
    tolerance: float = 1e-5


def _wrap(values: Numbers) -> Numbers:
    return np.mod(np.trunc(values), 256)


def _later(values: Numbers) -> Numbers:
    return np.append(0 * values[:1], values[:-1], 0)


def _filled(value: float) -> Callable[[Numbers], Numbers]:
    return partial(np.nan_to_num, nan=value)


#: Number by number. A way that does all that a simpler one does, and more, comes after it.
NUMBERS = [
    Way("1 minus {a}", lambda v: 1 - v, question="Does it measure the opposite?"),
    Way("{a}, but without minus signs", np.abs),
    Way("1 divided by {a}", np.reciprocal),
    Way("the square of {a}", np.square),
    Way("the square root of {a}", np.sqrt),
    Way("the logarithm of {a}", np.log),
    Way("minus the logarithm of {a}", lambda v: -np.log(v)),
    Way("e to the power of {a}", np.exp),
    Way("e to the power of minus {a}", lambda v: np.exp(-v)),
    Way("the sigmoid of {a}", lambda v: 1 / (1 + np.exp(-v))),
    Way("the hyperbolic tangent (tanh) of {a}", np.tanh),
    Way("the softmax of {a}", softmax),
    Way("twice {a}, minus 1", lambda v: 2 * v - 1),
    Way("{a}, but with 0 for negative numbers", lambda v: np.maximum(v, 0)),
    Way("{a}, but with 0 for positive numbers", lambda v: np.minimum(v, 0)),
    Way("{a}, but with 1 for numbers above 1", lambda v: np.minimum(v, 1)),
    Way("{a}, but cut off at 0 and 1", lambda v: np.clip(v, 0, 1)),
    Way("{a}, but cut off at −1 and 1", lambda v: np.clip(v, -1, 1)),
    Way("{a}, but cut off at 0 and 255", lambda v: np.clip(v, 0, 255)),
    Way("{a}, but with 0 for nan", _filled(0)),
    Way("{a}, but with 1 for nan", _filled(1)),
    Way("{a}, but without the digits behind the decimal point", np.trunc, tolerance=_TIGHT),
    Way("{a}, but rounded down to whole numbers", np.floor, tolerance=_TIGHT),
    Way("{a}, but rounded to whole numbers", np.rint, tolerance=_TIGHT),
    Way("{a}, but rounded up to whole numbers", np.ceil, tolerance=_TIGHT),
    Way("{a}, but rounded to 1 decimal", partial(np.round, decimals=1), tolerance=_TIGHT),
    *(Way(f"{{a}}, but rounded to {n} decimals", partial(np.round, decimals=n), tolerance=_TIGHT)
      for n in (2, 3, 4)),
    Way("{a}, but wrapped around at 256, so that 256 became 0 and −1 became 255", _wrap,
        question="Is its dtype uint8?"),
    Way("{a}, but cut off at 0 and 255 and made whole", lambda v: np.trunc(np.clip(v, 0, 255))),
    Way("the sign of {a}", np.sign),
    Way("{a}, but with its mean taken off", lambda v: v - v.mean()),
    Way("{a}, but divided by its greatest number", lambda v: v / v.max()),
    Way("{a}, but divided by its sum", lambda v: v / v.sum()),
    Way("{a}, but with each row divided by its sum", lambda v: v / v.sum(-1, keepdims=True), 2),
    Way("{a}, but with each column divided by its sum", lambda v: v / v.sum(0, keepdims=True), 2),
]  # fmt: skip

#: The same numbers in other places: if several fit, none is told.
MOVES = [
    Way("{a}, but with rows and columns swapped", lambda v: v.swapaxes(0, 1), 2),
    Way("{a}, but with its last two axes swapped", lambda v: v.swapaxes(-1, -2), 3),
    Way("{a}, but with its first and last axis swapped", lambda v: v.swapaxes(0, -1), 3),
    Way("{a}, but with its {rows} in reversed order", lambda v: v[::-1]),
    Way("{a}, but with each row reversed", lambda v: v[..., ::-1], 2),
    Way("{a}, but turned by 180 degrees", lambda v: v[::-1, ::-1], 2),
    Way("{a}, but in rising order", np.sort, 1),
    Way("{a}, but in falling order", lambda v: -np.sort(-v), 1),
    Way("{a}, but with its last {row} moved to the front", lambda v: np.roll(v, 1, 0)),
    Way("{a}, but with its first {row} moved to the end", lambda v: np.roll(v, -1, 0)),
    Way("{a}, but with its last column moved to the front", lambda v: np.roll(v, 1, -1), 2),
    Way("{a}, but with its first column moved to the end", lambda v: np.roll(v, -1, -1), 2),
]  # fmt: skip

#: Fewer numbers, or in another shape.
SHAPES = [
    Way("{a}, but with one more axis at the front", lambda v: v[None]),
    Way("{a}, but with one more axis at the end", lambda v: v[..., None]),
    Way("{a}, but with one more axis in the middle", lambda v: v[:, None], 2),
    Way("{a}, but in one long row", np.ravel, 2),
    Way("{a}, but in one long row, column after column", lambda v: v.ravel("F"), 2),
    Way("{a}, but without its last {row}", lambda v: v[:-1]),
    Way("{a}, but without its first {row}", lambda v: v[1:]),
    Way("{a}, but without its last column", lambda v: v[..., :-1], 2),
    Way("{a}, but without its first column", lambda v: v[..., 1:], 2),
    Way("{a}, but without its last row and its last column", lambda v: v[:-1, :-1], 2),
    Way("{a}, but without its first row and its first column", lambda v: v[1:, 1:], 2),
    Way("{a}, but without its border", lambda v: v[1:-1, 1:-1], 2),
    Way("{a}, but without its nan", lambda v: v[~np.isnan(v)], 1),
    Way("{a}, but without its zeros", lambda v: v[v != 0], 1),
    Way("{a}, but one {row} later, with 0 in the first", _later),
    Way("{a}, but one {row} earlier, with 0 in the last", lambda v: _later(v[::-1])[::-1]),
    Way("only the first {row} of {a}", lambda v: v[0]),
    Way("only the last {row} of {a}", lambda v: v[-1]),
    Way("only the diagonal of {a}", np.diagonal, 2),
    Way("the length of {a}", len),
    Way("the shape of {a}", np.shape),
    Way("the number of values in {a}", np.size, 2),
    Way("the number of different values in {a}", lambda v: len(np.unique(v))),
    *(way for name, make in (("sum", np.sum), ("mean", np.mean), ("greatest value", np.max),
                             ("least value", np.min), ("place of the greatest value", np.argmax),
                             ("place of the least value", np.argmin)) for way in (
        Way(f"the {name} of {{a}}", make),
        Way(f"the {name} of each row of {{a}}", partial(make, axis=-1), 2),
        Way(f"the {name} of each column of {{a}}", partial(make, axis=0), 2))),
    Way("the running sum of {a}", np.cumsum, 1),
]  # fmt: skip

#: Of two, and what it may come from.
PAIRS: list[tuple[str, Callable[[Numbers, Numbers], Any], str]] = [
    ("{a} plus {b}", np.add, ""),
    ("{a} minus {b}", np.subtract, ""),
    ("{a} times {b}", np.multiply, ""),
    ("{a} divided by {b}", np.divide, ""),
    ("{a} divided by {b} and rounded down", np.floor_divide, ""),
    ("the matrix product of {a} and {b}", np.matmul, ""),
    ("{a} plus twice {b}", lambda a, b: a + 2 * b, "Is a sign turned?"),
    ("{a} minus twice {b}", lambda a, b: a - 2 * b, "Is a sign turned?"),
]

#: What a factor may be of a size n, and what this may come from where n is a number of values.
FACTORS: list[tuple[str, Callable[[Numbers], Numbers], str]] = [
    ("{n} times {a}", lambda n: n, "Is it a sum where a mean is expected?"),
    ("{a} divided by {n}", lambda n: 1 / n, "Is it a mean where a sum is expected?"),
    ("√(n / (n − 1)) times {a}, with n = {n}", lambda n: np.sqrt(n / (n - 1)),
     "Is it the deviation of a sample (ddof=1)?"),
    ("√((n − 1) / n) times {a}, with n = {n}", lambda n: np.sqrt((n - 1) / n),
     "Is it a deviation with ddof=0?"),
    ("n / (n − 1) times {a}, with n = {n}", lambda n: n / (n - 1), ""),
    ("(n − 1) / n times {a}, with n = {n}", lambda n: (n - 1) / n, ""),
    ("(1 − {n}) times {a}", lambda n: 1 - n, ""),
    ("the square root of {n} times {a}", np.sqrt, ""),
    ("{a} divided by the square root of {n}", lambda n: 1 / np.sqrt(n), ""),
    ("{n} squared times {a}", np.square, ""),
    ("{a} divided by {n} squared", lambda n: 1 / n**2, ""),
]  # fmt: skip

#: Factors that tell by their number alone what they may come from.
KNOWN = [
    (100, "Is it in per cent?"),
    (255, "Are there values from 0 to 255 where values from 0 to 1 are expected?"),
    (1 / 255, "Was it divided by 255?"),
    (1 / np.log(2), "Is it a logarithm to base 2?"),
    (1 / np.log(10), "Is it a logarithm to base 10?"),
]

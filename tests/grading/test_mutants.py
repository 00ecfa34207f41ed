"""A right answer's mutants: each has one edit, says what it does, and is called like the answer."""

import math
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
import pytest

from course_utils.checks.asking import ask
from course_utils.grading import mutants as module
from course_utils.grading.mutants import Mutant, mutants

MATRIX = np.array([[1.0, 2, 3], [4, 5, 9]])
FACTOR = 3


def said(answer: Callable[..., Any]) -> dict[str, list[Mutant]]:
    """Find the mutants of an answer by what they say."""
    found: dict[str, list[Mutant]] = {}
    for mutant in mutants(answer):
        found.setdefault(mutant.says, []).append(mutant)
    return found


def value(mutant: Mutant, arguments: tuple[Any, ...]) -> Any:
    """Call it; an error is its name."""
    try:
        return np.asarray(mutant(*arguments)).tolist()
    except Exception as error:
        return type(error).__name__


def difference(a, b):
    return a - b


def quotient(a, b, c):
    return a / (b + c)


def product(a, b):
    return a @ b


def negative(a):
    return -np.abs(a)


def last_term(n):
    return n - 1


def scaled(a):
    return a * 0.25


def tolerant(a):
    return a < 1e-6


def is_above(a, b):
    return a > b


def is_within(a, b):
    return a > 0 and b > 0


def larger(a, b):
    return a if a > b else b


def sign(a):
    if a > 0:
        return 1
    if a > -5:
        return -1
    return 0


def kept(numbers):
    return [n for n in numbers if n > 1]


def column_sums(a):
    return a.sum(axis=0)


def row_sums(a):
    return np.sum(a, 1, keepdims=True)


def spread(a):
    return np.std(a)


def powers(a):
    return np.exp(a)


def best(a):
    return a.argmax()


def squares(a):
    return sum(a**2)


def whole(a):
    return a.astype(np.int64)


def word(padding):
    return 1 if padding == "same" else 2


def turned(a):
    return a.T


def shape(a):
    return a.shape[0], a.shape[1]


def entry(a, i, j):
    return a[i, j]


def first_few(numbers, n):
    return numbers[:n]


def backwards(numbers):
    return numbers[::-1]


def places(numbers):
    return [i for i, _ in enumerate(numbers)]


def total(numbers):
    """Add them up."""
    found = 0
    for number in numbers:
        found += number
    return found


def counted(n):
    return list(range(n))


def until_zero(numbers):
    found = []
    for number in numbers:
        if number == 0:
            break
        found.append(number)
    return found


EDITS = [
    (difference, (5, 2), "adds where it should subtract", 7),
    (difference, (5, 2), "subtracts the wrong way round", -3),
    (difference, (5, 2), "does not subtract `b`", 5),
    (difference, (5, 2), "uses `a` where `b` belongs", 0),
    (quotient, (12, 3, 1), "lacks the brackets around a sum", 5),
    (quotient, (12, 3, 1), "multiplies where it should divide", 48),
    (quotient, (13, 3, 1), "divides and rounds down where it should divide", 3),
    (
        product,
        (np.array([[1, 2]]), np.array([[3], [4]])),
        "takes a matrix product in the other order",
        [[3, 6], [4, 8]],
    ),
    (negative, (-2,), "leaves out a minus sign", 2),
    (negative, (-2,), "does not take the magnitude", 2),
    (last_term, (4,), "subtracts one too many", 2),
    (last_term, (4,), "subtracts one too few", 4),
    (scaled, (4,), "has another number in one place", 0),
    (scaled, (4,), "has another number in one place", 0.1),
    (scaled, (4,), "turns the sign of a number", -1),
    (tolerant, (1e-5,), "uses a tolerance that is too wide", True),
    (is_above, (2, 2), "compares with >= where > is meant", True),
    (is_within, (1, -1), "joins conditions with `or` where `and` is meant", True),
    (is_within, (1, -1), "leaves out one of the conditions", False),
    (larger, (1, 2), "exchanges what belongs to two cases", 1),
    (larger, (1, 2), "does in every case what belongs to one of them", 1),
    (sign, (1,), "does not look at one of the cases", -1),
    (kept, ([1, 2],), "takes all where a condition should choose", [1, 2]),
    (column_sums, (MATRIX,), "works along axis 1 where axis 0 is meant", [6, 18]),
    (column_sums, (MATRIX,), "leaves out `axis`", 24),
    (column_sums, (MATRIX,), "takes the mean where the sum belongs", [2.5, 3.5, 6]),
    (column_sums, (MATRIX,), "takes the maximum where the sum belongs", [4, 5, 9]),
    (column_sums, (MATRIX,), "keeps an axis that should go, as `keepdims=True` does", [[5, 7, 12]]),
    (row_sums, (MATRIX,), "leaves out `keepdims`", [6, 18]),
    (row_sums, (MATRIX,), "works along axis 0 where axis 1 is meant", [[5, 7, 12]]),
    (spread, ([1, 3],), "divides by n − 1 where n is meant, as `ddof=1` does", math.sqrt(2)),
    (powers, (3,), "takes a power of 2 where the exponential belongs", 8),
    (best, (MATRIX,), "takes the index of the minimum where the index of the maximum belongs", 0),
    (squares, (np.array([-3, 1]),), "takes magnitudes where squares belong", 4),
    (whole, (np.array([300.0]),), "works in uint8 where int64 is meant", [44]),
    (whole, (np.array([1.5]),), "does not change the dtype", [1.5]),
    (word, ("same",), "uses the word 'valid' where another belongs", 2),
    (turned, (MATRIX,), "does not transpose", MATRIX.tolist()),
    (shape, (MATRIX,), "returns its results in the other order", [3, 2]),
    (shape, (MATRIX,), "takes the length of axis 1 where that of axis 0 is meant", [3, 3]),
    (entry, (MATRIX, 0, 1), "exchanges two indices", 4),
    (first_few, ([1, 2, 3, 4], 2), "ends a slice one place too late", [1, 2, 3]),
    (first_few, ([1, 2, 3, 4], 1), "takes the other part of what a slice divides", [2, 3, 4]),
    (first_few, ([1, 2, 3, 4], 2), "takes all where a part is meant", [1, 2, 3, 4]),
    (backwards, ([1, 2],), "does not reverse", [1, 2]),
    (places, ([7, 7],), "counts from 1 where it should count from 0", [1, 2]),
    (total, ([1, 2],), "overwrites in every round where it should add what is new", 2),
    (total, ([1, 2],), "returns in the first round of its loop", 1),
    (total, ([1, 2],), "leaves out what changes with every step", 0),
    (total, ([1, 2],), "leaves out the last round of a loop", 1),
    (total, ([1, 2],), "leaves out a step", "UnboundLocalError"),
    (total, ([1, 2],), "returns nothing where it has its result", None),
    (counted, (2,), "counts one too few", [0]),
    (counted, (2,), "counts one too many", [0, 1, 2]),
    (until_zero, ([1, 0, 2],), "goes on where it should stop", [1, 2]),
    (until_zero, ([1, 0, 2],), "compares with != where == is meant", []),
    (until_zero, ([1, 2, 0],), "does after a loop what belongs into every round", [0]),
]


@pytest.mark.parametrize(
    ("answer", "arguments", "says", "result"),
    EDITS,
    ids=[f"{answer.__name__}: {says}" for answer, _, says, _ in EDITS],
)
def test_a_mutant_does_what_it_says(answer, arguments, says, result):
    found = said(answer)
    assert says in found
    assert result in [value(mutant, arguments) for mutant in found[says]]


def test_each_mutant_is_there_once_and_none_is_the_answer():
    sources = [mutant.source for mutant in mutants(difference)]
    assert len(set(sources)) == len(sources)
    assert "def difference(a, b):\n    return a - b" not in sources


def test_nothing_is_quoted_but_names_that_the_exercise_gives():
    quoted = {name for says in said(total) for name in re.findall(r"`(.+?)`", says)}
    assert quoted <= {"numbers"}


def decorated(function):
    @wraps(function)
    def called(*arguments):
        return -function(*arguments)

    return function


def test_a_mutant_has_the_names_of_its_answers_file_but_not_its_decorator():
    @decorated
    def tripled(a):
        return a + FACTOR

    (mutant,) = said(tripled)["multiplies where it should add"]
    assert mutant(5) == 15


def test_a_mutant_closes_over_what_its_answer_closes_over():
    shift = 10

    def shifted(a, by=1):
        return a + by + shift

    assert {value(mutant, (5,)) for mutant in said(shifted)["subtracts where it should add"]} == {
        14,
        -4,
    }
    assert 6 in [value(mutant, (5,)) for mutant in mutants(shifted)]


def recursive(n):
    return n * recursive(n - 1) if n else 1


def test_a_mutant_that_calls_itself_calls_the_mutant():
    (mutant,) = said(recursive)["adds where it should multiply"]
    assert mutant(4) == 4 + 3 + 2 + 1 + 1


def test_an_endless_mutant_is_stopped(monkeypatch):
    def halved(n):
        while n > 1:
            n -= 1
        return n

    monkeypatch.setattr(module, "LIMIT", 0.05)
    (mutant,) = said(halved)["adds where it should subtract"]
    with pytest.raises(TimeoutError, match=r"no end within 0\.05 s"):
        mutant(3)


def test_a_check_sees_a_mutants_own_line():
    mutant = said(entry)["uses `a` where `i` belongs"][0]
    answer = ask(mutant.function, (MATRIX, 0, 1))
    assert answer.error.startswith("IndexError")
    assert answer.line == "return a[a, j]"
    assert answer.course_functions == ()


@pytest.mark.parametrize("answer", [len, lambda n: n, np.sum], ids=["built-in", "lambda", "numpy"])
def test_what_no_file_defines_with_def_is_refused(answer):
    with pytest.raises(ValueError, match="`answer` must be a function that a file defines with"):
        mutants(answer)

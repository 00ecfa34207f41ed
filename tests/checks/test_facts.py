"""Facts about wrong answers that need no foresight: what is told, and what is not."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course_utils.checks.asking import Foreign
from course_utils.checks.comparing import alike
from course_utils.checks.facts import Asked, Fact, find_fact

Draw = Callable[[np.random.Generator], tuple[Any, ...]]


def ask(
    reference: Callable[..., Any],
    answer: Callable[..., Any],
    draw: Draw,
    n: int = 20,
    seed: int = 7,
) -> Fact | None:
    """Ask an answer as many cases, and find the fact about what came back."""
    rng = np.random.default_rng(seed)
    asked = []
    for _ in range(n):
        arguments = draw(rng)
        expected, received = reference(*arguments), answer(*arguments)
        asked.append(Asked(arguments, expected, received, alike(received, expected)))
    names = reference.__code__.co_varnames[: reference.__code__.co_argcount]
    return find_fact(asked, names)


def a_number(rng: np.random.Generator) -> tuple[Any, ...]:
    return (float(rng.normal(0, 3)),)


def whole_numbers(rng: np.random.Generator) -> tuple[Any, ...]:
    return int(rng.integers(1, 40)), int(rng.integers(1, 9))


def a_row(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(0, 2, int(rng.integers(3, 8))),)


def a_table(rng: np.random.Generator) -> tuple[Any, ...]:
    return (rng.normal(0, 2, (int(rng.integers(2, 6)), int(rng.integers(3, 7)))),)


def a_step(rng: np.random.Generator) -> tuple[Any, ...]:
    size = int(rng.integers(3, 6))
    return rng.normal(0, 2, size), rng.normal(0, 2, size), float(rng.uniform(0.01, 0.9))


def predictions(rng: np.random.Generator) -> tuple[Any, ...]:
    n = int(rng.integers(4, 30))
    return rng.integers(0, 4, n), rng.integers(0, 4, n)


def one_varied(rng: np.random.Generator) -> tuple[Any, ...]:
    return int(rng.choice([16, 28])), 3, int(rng.integers(1, 4))


def accuracy(answers, labels):
    return float(np.mean(answers == labels))


def positions(n, stride):
    return (n - 1) // stride + 1


def step(weights, gradient, rate):
    return weights - rate * gradient


_ASKED = "In the cases that were asked, your result is wrong whenever "

TOLD: dict[str, tuple[Callable[..., Any], Callable[..., Any], Draw, str]] = {
    "per cent": (
        accuracy, lambda a, b: 100 * accuracy(a, b), predictions,
        "Your result is 100 times what is expected. Is it in per cent?",
    ),
    "a sum for a mean": (
        accuracy, lambda a, b: int(np.sum(a == b)), predictions,
        "Your result is `len(answers)` times what is expected. "
        "Is it a sum where a mean is expected?",
    ),
    "the opposite": (
        accuracy, lambda a, b: float(np.mean(a != b)), predictions,
        "Your result is 1 minus what is expected. Does it measure the opposite?",
    ),
    "a sample's deviation": (
        lambda x: float(x.std()), lambda x: float(x.std(ddof=1)), a_row,
        "Your result is √(n / (n − 1)) times what is expected, with n = `len(x)`. "
        "Is it the deviation of a sample (ddof=1)?",
    ),
    "counted from 1": (
        lambda x: int(x.argmax()), lambda x: int(x.argmax()) + 1, a_row,
        "Your result is 1 too large. Is it counted from 1 instead of 0?",
    ),
    "one too few": (
        positions, lambda n, stride: (n - 1) // stride, whole_numbers,
        "Your result is 1 too small. Is one left out?",
    ),
    "the sign": (
        lambda x: x**3, lambda x: -(x**3), a_number,
        "Your result is minus what is expected.",
    ),
    "upside down": (
        lambda a, b: a / b, lambda a, b: b / a, whole_numbers,
        "Your result is 1 divided by what is expected.",
    ),
    "a root missing": (
        lambda x: float(x.std()), lambda x: float(x.var()), a_row,
        "Your result is the square of what is expected.",
    ),
    "rounded": (
        lambda x: np.sin(x), lambda x: np.round(np.sin(x), 2), a_row,
        "Your result is what is expected, but rounded to 2 decimals.",
    ),
    "cut to whole numbers": (
        lambda x: 5 * x, lambda x: (5 * x).astype(int), a_row,
        "Your result is what is expected, but without the digits behind the decimal point.",
    ),
    "clipped at 0": (
        lambda x: 3 * x + 1, lambda x: np.maximum(3 * x + 1, 0), a_row,
        "Your result is what is expected, but with 0 for negative numbers.",
    ),
    "not clipped": (
        lambda x: np.maximum(3 * x + 1, 0), lambda x: 3 * x + 1, a_row,
        "What is expected is your result, but with 0 for negative numbers.",
    ),
    "wrapped at 256": (
        lambda x: np.round(90 * x), lambda x: np.round(90 * x).astype(int).astype(np.uint8), a_row,
        "Your result is what is expected, but wrapped around at 256, so that 256 became 0 and "
        "−1 became 255. Is its dtype uint8?",
    ),
    "transposed": (
        lambda x: 2 * x + 1, lambda x: (2 * x + 1).T, a_table,
        "Your result is what is expected, but with rows and columns swapped.",
    ),
    "reversed": (
        lambda x: x**2, lambda x: x[::-1] ** 2, a_row,
        "Your result is what is expected, but with its entries in reversed order.",
    ),
    "sorted": (
        lambda x: x**2, lambda x: np.sort(x**2), a_row,
        "Your result is what is expected, but in rising order.",
    ),
    "the last is missing": (
        lambda x: x**2, lambda x: x[:-1] ** 2, a_table,
        "Your result is what is expected, but without its last row.",
    ),
    "one too many": (
        lambda x: np.cumsum(x)[:-1] ** 2, lambda x: np.cumsum(x) ** 2, a_row,
        "What is expected is your result, but without its last entry.",
    ),
    "an axis too many": (
        lambda x: x.mean(axis=1), lambda x: x.mean(axis=1, keepdims=True), a_table,
        "Your result is what is expected, but with one more axis at the end.",
    ),
    "flattened down the columns": (
        lambda x: np.sin(x), lambda x: np.sin(x).ravel("F"), a_table,
        "Your result is what is expected, but in one long row, column after column.",
    ),
    "not added up": (
        lambda x: float(np.sin(x).sum()), lambda x: np.sin(x), a_row,
        "What is expected is the sum of your result.",
    ),
    "an argument unchanged": (
        lambda x: 2 * x, lambda x: x, a_row,
        "Your result is `x`, unchanged.",
    ),
    "the length of an argument": (
        lambda x: float(x.sum()), lambda x: len(x), a_row,
        "Your result is the length of `x`.",
    ),
    "uphill": (
        step, lambda w, g, rate: w + rate * g, a_step,
        "The change from `weights` to your result is minus the expected change.",
    ),
    "the rate is missing": (
        step, lambda w, g, rate: w - g, a_step,
        "Your result is `weights` minus `gradient`.",
    ),
    "subtracted, not added": (
        lambda x, bias: np.sin(x) + bias, lambda x, bias: np.sin(x) - bias,
        lambda rng: (*a_row(rng), float(rng.normal())),
        "Your result is what is expected minus twice `bias`. Is a sign turned?",
    ),
    "a constant": (
        accuracy, lambda a, b: 0.5, predictions,
        "It returns 0.5, whatever it is given.",
    ),
    "all zeros": (
        lambda x: x**2, lambda x: 0 * x, a_row,
        "Every number is 0, whatever it is given.",
    ),
    "an argument without effect": (
        lambda n, kernel, stride: (n - kernel) // stride + 1,
        lambda n, kernel, stride: (n - kernel) // 2 + 2, one_varied,
        "Your result stays the same when only `stride` changes, and it should not.",
    ),
    "ties": (
        lambda x: int(np.argmax(x)), lambda x: len(x) - 1 - int(np.argmax(x[::-1])),
        lambda rng: (rng.integers(0, 6, 6),),
        _ASKED + "the greatest value of `x` stands there more than once, and "
        "right otherwise.",
    ),
    "a last window that is not complete": (
        lambda n, size: 3 - (-n // size), lambda n, size: n // size + 3,
        lambda rng: (int(rng.integers(5, 99)), int(rng.integers(2, 4))),
        _ASKED + "`n` is not a multiple of `size`, and right otherwise. "
        "Where your result is wrong, it is 1 too small.",
    ),
    "negative numbers": (
        lambda x: abs(x) ** 1.5, lambda x: max(x, 0) ** 1.5, a_number,
        _ASKED + "`x` is negative, and right otherwise. "
        "Wherever your result is wrong, it is 0.",
    ),
    "the border": (
        lambda x: 2 * x + 1, lambda x: np.pad((2 * x + 1)[1:-1, 1:-1], 1),
        lambda rng: (rng.normal(0, 1, (6, 7)),),
        "Your result is wrong only at the border, and right everywhere else. "
        "Wherever a number is wrong, yours is 0.",
    ),
    "the last row": (
        lambda x: np.cumsum(x, 0), lambda x: np.vstack([np.cumsum(x, 0)[:-1], x[-1]]), a_table,
        "Your result is wrong only in the last row, and right everywhere else.",
    ),
    "one of two words": (
        lambda x: "high" if x.std() > 2.1 else "low", lambda x: "high" if x.std() > 1.3 else "low",
        a_row,
        "It says 'high' where 'low' is right, and never the other way round.",
    ),
    "text": (
        lambda x: x**2, lambda x: str(x**2), a_number,
        "The numbers are right, but they come as text.",
    ),
    "the second result": (
        lambda x: (x.sum(), x.std()), lambda x: (x.sum(), x.var()), a_row,
        "Only the second of your 2 results is wrong. The second result is the square of what is "
        "expected.",
    ),
    "another mean": (
        lambda x: x - x.min(), lambda x: x - np.median(x), a_table,
        "Within each result, every number differs from the expected one by the same amount.",
    ),
    "another unit for each column": (
        lambda x: np.sin(x), lambda x: np.sin(x) * (1 + np.abs(x[0])),
        lambda rng: (rng.normal(0, 1, (5, 3)),),
        "Within each column, every number is the expected one times the same factor.",
    ),
    "the size of an example": (
        lambda x: (x**2 + 1).sum(), lambda x: (x[:2] ** 2 + 1).sum(),
        lambda rng: (rng.normal(0, 1, int(rng.choice([2, 2, 2, 3, 4, 5]))),),
        _ASKED + "`len(x)` is not 2, and right otherwise.",
    ),
    "all but the first row": (
        lambda x: 2 * x**3 + 1, lambda x: np.vstack([2 * x[:1] ** 3 + 1, np.sin(x[1:])]),
        lambda rng: (rng.normal(0, 1, (5, 4)),),
        "Wrong numbers stand everywhere but in the first row, where all are right.",
    ),
    "some columns, among them not the first": (
        lambda x: 2 * x**3 + 1, lambda x: np.hstack([2 * x[:, :3] ** 3 + 1, np.sin(x[:, 3:])]),
        lambda rng: (rng.normal(0, 1, (int(rng.integers(5, 9)), 6)),),
        "Your result is wrong only in the columns 3, 4 and 5, counted from 0, and right everywhere "
        "else.",
    ),
    "some rows of tables of any height, among them not the first": (
        lambda x: 2 * x**3 + 1,
        lambda x: np.vstack([2 * x[:1] ** 3 + 1, np.sin(x[1:])]),
        lambda rng: (rng.normal(0, 1, (int(rng.integers(2, 7)), 4)),),
        "All numbers in the first row are right. The wrong ones stand elsewhere.",
    ),
    "the right order": (
        lambda x: np.exp(x) / np.exp(x).sum(1, keepdims=True),
        lambda x: np.exp(x / 5) / np.exp(x / 5).sum(1, keepdims=True),
        lambda rng: (rng.normal(0, 1, (5, 4)),),
        "Within each row, your numbers are in the right order of size, but they are not the "
        "expected ones.",
    ),
    "the opposite order": (
        lambda x: np.exp(x) / np.exp(x).sum(1, keepdims=True),
        lambda x: np.exp(-x) / np.exp(-x).sum(1, keepdims=True),
        lambda rng: (rng.normal(0, 1, (5, 4)),),
        "Within each row, your numbers are in the opposite order of size: the greatest stands "
        "where the least should.",
    ),
    "rows that do not sum to 1": (
        lambda x: np.exp(x) / np.exp(x).sum(1, keepdims=True),
        lambda x: np.exp(x) / np.exp(x).sum(0), a_table,
        "The expected rows add up to 1, but in each of your wrong results some do not.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reference", "answer", "draw", "said"), TOLD.values(), ids=TOLD)
def test_it_tells_how_results_differ(
    reference: Callable[..., Any], answer: Callable[..., Any], draw: Draw, said: str
) -> None:
    fact = ask(reference, answer, draw, 30)
    assert fact is not None
    assert f"{fact.text} {fact.question}".strip() == said


@pytest.mark.parametrize(("reference", "answer", "draw", "said"), TOLD.values(), ids=TOLD)
def test_other_cases_tell_the_same(
    reference: Callable[..., Any], answer: Callable[..., Any], draw: Draw, said: str
) -> None:
    told = [ask(reference, answer, draw, 30, seed) for seed in range(3)]
    assert [fact and f"{fact.text} {fact.question}".strip() for fact in told] == 3 * [said]


NOT_TOLD: dict[str, tuple[Callable[..., Any], Callable[..., Any], Draw, int]] = {
    "two cases": (lambda x: x**3, lambda x: 100 * x**3, a_number, 2),
    "zeros and ones alone": (
        lambda x: int(x > 0), lambda x: 1 - int(x > 0),
        lambda rng: (float(rng.choice([-1.0, 2.0])),), 8,
    ),
    "two results alone": (
        lambda x: 2.0 if x > 0 else 4.0, lambda x: 4.0 if x > 0 else 8.0, a_number, 8,
    ),
    "three small whole numbers": (
        lambda x: x, lambda x: 3 - x, lambda rng: (int(rng.integers(0, 3)),), 4,
    ),
    "rearrangements that are one on these rows": (
        lambda x: np.sin(x), lambda x: np.sin(x)[::-1], lambda rng: (rng.normal(0, 1, 2),), 20,
    ),
    "numbers of another origin": (
        lambda x: float(np.sin(40 * x)), lambda x: float(np.cos(70 * x)), a_number, 20,
    ),
    "arrays of another origin": (
        lambda x: np.sin(40 * x), lambda x: np.cos(70 * x), a_table, 20,
    ),
    "rounding that is not there": (
        lambda x: np.sin(x), lambda x: np.round(np.sin(x), 2) + 2e-4, a_row, 20,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("reference", "answer", "draw", "n"), NOT_TOLD.values(), ids=NOT_TOLD)
def test_of_what_may_be_an_accident_it_tells_nothing(
    reference: Callable[..., Any], answer: Callable[..., Any], draw: Draw, n: int
) -> None:
    assert ask(reference, answer, draw, n) is None


def test_a_large_count_that_is_a_little_off_is_not_called_the_same_count() -> None:
    counts = [(n, 400_000 + 7 * n) for n in range(1, 13)]
    asked = [Asked((n,), count, count + n * n % 5 + 1, False) for n, count in counts]
    assert find_fact(asked, ["n"]) is None


def test_a_large_count_that_is_a_little_off_is_wrong_as_well() -> None:
    counts = [(n, 400_000 + 7 * n) for n in range(1, 13)]
    asked = [Asked((n,), count, count + 1 if n % 2 else 12, False) for n, count in counts]
    assert find_fact(asked, ["n"]) is None


def test_one_pair_of_cases_does_not_tell_that_an_argument_makes_no_difference() -> None:
    sides = [(16, 1), (16, 2), (20, 3), (25, 1), (29, 4), (31, 2)]
    asked = [Asked(pair, pair[0] // pair[1], pair[0] % 7 + 50, False) for pair in sides]
    assert find_fact(asked, ["n", "stride"]) is None


@pytest.mark.parametrize("kind", ["numbers", "whole numbers", "rows", "truth values"])
def test_of_results_that_have_nothing_to_do_with_each_other_it_tells_nothing(kind: str) -> None:
    rng = np.random.default_rng(3)

    def result() -> Any:
        match kind:
            case "numbers":
                return float(rng.normal())
            case "whole numbers":
                return int(rng.integers(0, 6))
            case "rows":
                return rng.normal(0, 1, 4)
            case _:
                return bool(rng.integers(2))

    told = []
    for _ in range(100):
        asked = []
        for _ in range(int(rng.integers(6, 30))):
            expected, received = result(), result()
            arguments = rng.normal(0, 1, 5), int(rng.integers(1, 6)), rng.integers(0, 9, (3, 4))
            asked.append(Asked(arguments, expected, received, alike(received, expected)))
        told.append(find_fact(asked, ["values", "n", "table"]))
    assert [fact for fact in told if fact] == []


ODD: dict[str, Any] = {
    "nothing": None,
    "text": "ab",
    "an empty list": [],
    "an empty table": np.zeros((0, 3)),
    "not a number": np.nan,
    "infinity": -np.inf,
    "rows of unequal lengths": [[1, 2], [3]],
    "a dictionary": {"a": np.ones(2)},
    "complex": 1j,
    "text in an array": np.array(["a", "b"]),
    "a number that Python does not write": 10**5000,
    "a function": Foreign("function", "<function f>", is_callable=True),
    "a deep array": np.ones((2, 1, 2, 1)),
    "two results": (1.0, np.ones(3)),
}


@pytest.mark.parametrize("received", ODD.values(), ids=ODD)
def test_whatever_comes_back_it_goes_on(received: Any) -> None:
    givens = list(ODD.values())
    n = len(givens)
    for expected in (1.5, np.arange(3), *givens):
        asked = [
            Asked((givens[i % n], givens[-i % n], i), expected, received, is_right=i % 5 == 0)
            for i in range(20)
        ]
        assert isinstance(find_fact(asked, ["first", "second", "third"]), Fact | None)

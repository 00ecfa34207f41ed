"""Numbers in words: the browser writes what Python writes."""

from itertools import product

import numpy as np
import pytest

from course_utils.explorers.base.numbers import decimals, quotient, thousands

RNG = np.random.default_rng(1)
TIES = [0.0, -0.0, 0.0005, 0.0625, 0.125, 0.9995, 1.005, 2.675, -0.125, -1.005, -2.5, -0.001]
NUMBERS = [*RNG.normal(0, 300, 300).tolist(), *RNG.random(400).tolist()]


COMPARED = {
    decimals: list(product([*TIES, *NUMBERS], (0, 1, 2, 3, 5))),
    thousands: [(n,) for n in (0, 9, 999, 1000, 7850, 118_282, 999_999, 1_000_000, 123456789)],
    quotient: list(product(range(-400, 900, 7), (1, 4, 8, 9, 16))),
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_writes_numbers_as_python_does(same_in_browser, function) -> None:
    same_in_browser("numbers.js", function, COMPARED[function])


@pytest.mark.parametrize(
    ("number", "n", "text"), [(0.0625, 3, "0.063"), (-2.5, 1, "−2.5"), (-0.001, 2, "0.00")]
)
def test_halves_are_rounded_away_from_0_and_0_has_no_sign(number, n, text) -> None:
    assert decimals(number, n) == text


def test_a_quotient_is_rounded_to_hundredths() -> None:
    assert (quotient(1, 9), quotient(-1, 1000), quotient(5, 9)) == ("0.11", "0.00", "0.56")

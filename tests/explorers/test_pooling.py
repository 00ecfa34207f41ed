"""The pooling explorer: one number for each window, and what a shift changes."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_pooling
from course_utils.explorers.pooling import argmax_in, pooled, shifted


def random_pictures(seed: int, n: int = 60) -> list[list[list[int]]]:
    rng = np.random.default_rng(seed)
    return [rng.integers(0, 12, rng.integers(4, 9, 2)).tolist() for _ in range(n)]


COMPARED = {
    pooled: list(product(random_pictures(0, 12), range(1, 5), range(1, 5), (False, True))),
    shifted: list(product(random_pictures(1), range(4))),
    argmax_in: [(picture, 1, 0, 3) for picture in random_pictures(2)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("pooling.js", function, COMPARED[function])


def test_the_worked_table_pools_as_by_hand() -> None:
    assert explore_pooling().output().tolist() == [[6, 5], [3, 8]]


def test_the_sentence_gives_the_means_of_the_worked_table() -> None:
    assert explore_pooling(how="average").sentence() == (
        "Average pooling with a window of 2 × 2 and stride 2 turns 4 × 4 into 2 × 2: 3.50 2.00 | "
        "1.50 3.75. The mean of the output is 2.69. A shift by 0 changes 0 of 16 pixels and 0 of 4 "
        "outputs."
    )


def test_a_shift_by_the_stride_moves_the_output_by_one() -> None:
    moved = explore_pooling(shift=2).output()
    np.testing.assert_array_equal(moved[:, 1:], explore_pooling().output()[:, :1])


def test_a_large_output_is_not_listed() -> None:
    assert "|" not in explore_pooling(np.zeros((28, 28), np.uint8)).sentence()


def test_the_still_twin_rings_each_windows_greatest() -> None:
    figure = Figure()
    explore_pooling().draw(figure)
    rings = [patch for patch in figure.axes[0].patches if hasattr(patch, "radius")]
    assert [tuple(map(int, ring.center)) for ring in rings] == [(1, 1), (2, 1), (0, 2), (3, 3)]


def test_of_equally_great_numbers_the_first_wins() -> None:
    assert argmax_in([[1, 5], [5, 2]], 0, 0, 2) == (0, 1)


def test_an_average_is_a_sum_until_it_is_divided() -> None:
    assert pooled([[1, 2], [3, 4]], 2, 2, average=True).tolist() == [[10]]


def test_what_a_shift_moves_out_is_lost() -> None:
    assert shifted([[1, 2, 3]], 1).tolist() == [[0, 1, 2]]

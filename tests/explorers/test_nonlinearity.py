"""The non-linearity explorer: what a few ReLUs can draw, and a linear layer cannot."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_nonlinearity
from course_utils.explorers.nonlinearity import (
    largest_error,
    least_squares_line,
    relu_sum,
    target_at,
)

TARGETS = ["wave", "hill", "corner"]
XS = np.linspace(0, 1, 41).tolist()
SETTINGS = [
    (target, n, with_relu) for target in TARGETS for n in range(13) for with_relu in (True, False)
]


@pytest.mark.parametrize("target", TARGETS)
def test_the_drawing_meets_the_goal_at_each_kink(target: str) -> None:
    for n in range(1, 13):
        for i in range(n + 1):
            assert relu_sum(target, n, i / n) == pytest.approx(target_at(target, i / n), abs=1e-9)


def test_two_relus_draw_a_corner_exactly_and_three_do_not() -> None:
    assert largest_error("corner", 2, True) < 1e-12
    assert largest_error("corner", 3, True) > 0.3


@pytest.mark.parametrize("target", TARGETS)
def test_without_relu_more_neurons_change_nothing(target: str) -> None:
    assert len({largest_error(target, n, False) for n in range(13)}) == 1


@pytest.mark.parametrize("target", TARGETS)
def test_the_straight_line_is_that_of_least_squares(target: str) -> None:
    xs = np.linspace(0, 1, 201)
    slope, height = np.polyfit(xs, [target_at(target, x) for x in xs], 1)
    assert least_squares_line(target) == pytest.approx([height, slope], abs=1e-9)


COMPARED = {
    target_at: [(target, x) for target in TARGETS for x in XS],
    relu_sum: [(target, n, x) for target in TARGETS for n in range(13) for x in XS],
    least_squares_line: [(target,) for target in TARGETS],
    largest_error: SETTINGS,
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("nonlinearity.js", function, COMPARED[function], rtol=0, atol=1e-13)


def test_no_distance_lies_so_near_a_tie_that_python_and_browser_could_round_apart() -> None:
    assert min(abs(largest_error(*case) * 1000 % 1 - 0.5) for case in SETTINGS) > 1e-9


def test_the_sentence_counts_neurons_and_pieces() -> None:
    assert explore_nonlinearity(1, "hill").sentence() == (
        "1 hidden neuron with ReLU draws 1 straight piece, at most 2.000 away from the hill."
    )


def test_the_sentence_says_when_there_is_no_kink() -> None:
    assert (
        "12 hidden neurons without ReLU draw 1 straight piece,"
        in explore_nonlinearity(12, with_relu=False).sentence()
    )


def test_the_still_twin_marks_a_kink_for_each_neuron() -> None:
    figure = Figure()
    explore_nonlinearity(4).draw(figure)
    assert len(figure.axes[0].lines[2].get_xdata()) == 4

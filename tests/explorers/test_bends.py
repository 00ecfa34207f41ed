"""The bends explorer: what a few ReLUs can draw, and what none of them can without a bend."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_bends
from course_utils.explorers.bends import drawn, farthest, goal, straight

TARGETS = ["wave", "hill", "corner"]
XS = np.linspace(0, 1, 41).tolist()
SETTINGS = [(target, n, bent) for target in TARGETS for n in range(13) for bent in (True, False)]


@pytest.mark.parametrize("target", TARGETS)
def test_the_drawing_meets_the_goal_at_each_bend(target: str) -> None:
    for n in range(1, 13):
        for i in range(n + 1):
            assert drawn(target, n, i / n) == pytest.approx(goal(target, i / n), abs=1e-9)


def test_two_relus_draw_a_corner_exactly_and_three_do_not() -> None:
    assert farthest("corner", 2, True) < 1e-12
    assert farthest("corner", 3, True) > 0.3


@pytest.mark.parametrize("target", TARGETS)
def test_without_a_bend_more_neurons_change_nothing(target: str) -> None:
    assert len({farthest(target, n, False) for n in range(13)}) == 1


@pytest.mark.parametrize("target", TARGETS)
def test_the_straight_line_is_that_of_least_squares(target: str) -> None:
    xs = np.linspace(0, 1, 201)
    slope, height = np.polyfit(xs, [goal(target, x) for x in xs], 1)
    assert straight(target) == pytest.approx([height, slope], abs=1e-9)


def test_the_browser_has_the_same_goals(in_browser) -> None:
    cases = [(target, x) for target in TARGETS for x in XS]
    expected = [goal(*case) for case in cases]
    np.testing.assert_allclose(in_browser("bends.js", "goal", cases), expected, atol=1e-12)


def test_the_browser_draws_as_python_does(in_browser) -> None:
    cases = [(target, n, x) for target in TARGETS for n in range(13) for x in XS]
    expected = [drawn(*case) for case in cases]
    np.testing.assert_allclose(in_browser("bends.js", "drawn", cases), expected, atol=1e-12)


def test_the_browser_finds_the_same_straight_lines(in_browser) -> None:
    expected = [straight(target) for target in TARGETS]
    found = in_browser("bends.js", "straight", [(target,) for target in TARGETS])
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_the_browser_measures_the_same_distances(in_browser) -> None:
    found = in_browser("bends.js", "farthest", SETTINGS)
    expected = [farthest(*case) for case in SETTINGS]
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert [f"{distance:.3f}" for distance in found] == [f"{d:.3f}" for d in expected]


def test_no_distance_lies_so_near_a_tie_that_python_and_browser_could_round_apart() -> None:
    assert min(abs(farthest(*case) * 1000 % 1 - 0.5) for case in SETTINGS) > 1e-9


def test_the_sentence_counts_neurons_and_pieces() -> None:
    assert explore_bends(1, "hill").sentence() == (
        "1 hidden neuron with ReLU: 1 straight piece. The farthest from the hill is 2.000."
    )


def test_the_sentence_says_when_there_is_no_bend() -> None:
    assert (
        "12 hidden neurons without ReLU: 1 straight piece"
        in explore_bends(12, bent=False).sentence()
    )


def test_the_still_twin_marks_a_bend_for_each_neuron() -> None:
    figure = Figure()
    explore_bends(4).draw(figure)
    assert len(figure.axes[0].lines[2].get_xdata()) == 4


def test_too_many_neurons_are_refused_with_their_limit() -> None:
    with pytest.raises(ValueError, match="must be a whole number from .*12.*; got 13"):
        explore_bends(13)

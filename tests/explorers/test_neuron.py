"""The neuron explorer: what two weights and a bias can tell apart."""

import itertools

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_neuron
from course_utils.explorers.neuron import on_right_side, positive_side, short_decimal, weighted_sum

HALVES = np.arange(-4, 4.5, 0.5)


def random_neurons(seed: int, n: int = 200) -> list[tuple[list[float], float]]:
    rng = np.random.default_rng(seed)
    return [(rng.choice(HALVES, 2).tolist(), float(rng.choice(HALVES))) for _ in range(n)]


def test_the_sum_is_a_matrix_product_and_a_bias() -> None:
    for weights, bias in random_neurons(0):
        assert weighted_sum(weights, bias, [1.5, -2.0]) == np.dot(weights, [1.5, -2.0]) + bias


def test_the_positive_side_has_sums_above_0_and_corners_on_the_line() -> None:
    for weights, bias in random_neurons(1):
        sums = [weighted_sum(weights, bias, corner) for corner in positive_side(weights, bias, 4)]
        assert all(total > -1e-9 for total in sums)
        assert sum(abs(total) < 1e-9 for total in sums) in (0, 2)


def test_a_neuron_without_weights_has_no_line() -> None:
    assert positive_side([0, 0], -1, 4) == []
    assert len(positive_side([0, 0], 1, 4)) == 4


@pytest.mark.parametrize(("arrangement", "best"), [
    ("two groups", 12), ("corners", 9), ("inside a ring", 9),
])  # fmt: skip
def test_the_best_that_the_sliders_reach(arrangement: str, best: int) -> None:
    points = explore_neuron(arrangement=arrangement).points()
    weights = np.arange(-2, 2.5, 0.5)
    reached = max(
        sum(on_right_side([first, second], bias, points))
        for first, second, bias in itertools.product(weights, weights, HALVES)
    )
    assert reached == best


def test_two_groups_need_the_bias() -> None:
    points = explore_neuron(arrangement="two groups").points()
    turned = np.linspace(0, 2 * np.pi, 3600)
    assert max(sum(on_right_side([np.cos(a), np.sin(a)], 0, points)) for a in turned) < 12


def test_a_neuron_twice_as_strong_parts_the_points_alike() -> None:
    for weights, bias in random_neurons(2):
        points = explore_neuron(arrangement="corners").points()
        doubled = [2 * weight for weight in weights]
        assert on_right_side(weights, bias, points) == on_right_side(doubled, 2 * bias, points)


def test_the_sentence_shows_the_whole_calculation() -> None:
    assert explore_neuron(1, -0.5, -1, point=7).sentence() == (
        "Point 7 of “two groups” gives 1 × (−1) + (−0.5) × (−1) + (−1) = −1.5, which is not above "
        "0, so the neuron correctly answers square. It classifies 9 of 12 points correctly."
    )


def test_the_still_twin_names_what_the_sum_is_made_of() -> None:
    figure = Figure()
    explore_neuron(1, -0.5, -1, point=7).draw(figure)
    labels = [label.get_text() for label in figure.axes[1].get_yticklabels()]
    assert labels == ["first input", "second input", "bias", "sum"]


def test_the_still_twin_is_drawn_without_a_line_too() -> None:
    assert explore_neuron(0, 0, -1).picture().png.startswith(b"\x89PNG")


NUMBERS = np.round(np.random.default_rng(6).uniform(-20, 20, 400), 3).tolist()

ARRANGEMENTS = ("two groups", "corners", "inside a ring")
POINTS = [explore_neuron(arrangement=arrangement).points() for arrangement in ARRANGEMENTS]

COMPARED = {
    weighted_sum: [(*neuron, [0.5, -2.5]) for neuron in random_neurons(3)],
    on_right_side: [(*neuron, points) for points in POINTS for neuron in random_neurons(4)],
    positive_side: [(*neuron, 4.0) for neuron in random_neurons(5)],
    short_decimal: [(n,) for n in (0.0, -0.0, 0.125, -0.125, -0.001, 2.0, -14.0, *NUMBERS)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("neuron.js", function, COMPARED[function])


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (-0.5, "−0.5"), (-0.0, "0")])
def test_a_number_is_written_with_no_more_decimals_than_it_needs(value: float, text: str) -> None:
    assert short_decimal(value) == text

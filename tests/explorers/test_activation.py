"""The activation explorer: one neuron, one pixel, the output and its derivative."""

import math

import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_activation
from course_utils.explorers.activation import activate, slope_at, verdict, weighted_sum, z_range

NAMES = ["ReLU", "sigmoid", "tanh"]
SIDES = [step / 2 for step in range(-10, 11)]
SUMS = [(pixel / 10, weight, bias) for pixel in range(11) for weight in SIDES for bias in SIDES]
ZS = sorted({weighted_sum(*case) for case in SUMS})
CURVES = [(name, z) for name in NAMES for z in ZS]


def test_the_weighted_sum_is_weight_times_pixel_plus_bias() -> None:
    assert all(abs(weighted_sum(p, w, b) - (p * w + b)) < 1e-9 for p, w, b in SUMS)


@pytest.mark.parametrize("name", NAMES)
def test_the_derivative_is_that_of_a_small_difference(name: str) -> None:
    for z in (-4.0, -1.0, 0.5, 3.0):
        small = (activate(name, z + 1e-6) - activate(name, z - 1e-6)) / 2e-6
        assert slope_at(name, z) == pytest.approx(small, abs=1e-6)


def test_relu_passes_values_above_1_unchanged() -> None:
    assert activate("ReLU", 7.5) == 7.5


def test_a_negative_weight_reaches_from_high_to_low() -> None:
    assert z_range(-3.0, 1.0) == [-2.0, 1.0]


def test_a_relu_is_dead_only_if_no_pixel_switches_it_on() -> None:
    assert verdict("ReLU", -2.0, 0.0) == "The neuron is dead: no pixel gets z above 0."
    assert verdict("ReLU", -2.0, 0.5).startswith("The neuron is off for this pixel:")


def test_a_sigmoid_saturates_on_both_sides() -> None:
    assert verdict("sigmoid", 9.0, 9.0) == verdict("sigmoid", -9.0, -9.0)
    assert verdict("sigmoid", 9.0, 9.0).startswith("The neuron is saturated:")


COMPARED = {
    weighted_sum: SUMS,
    z_range: [(weight, bias) for weight in SIDES for bias in SIDES],
    verdict: [(name, z, most) for name, z in CURVES for most in (z, z + 3)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("activation.js", function, COMPARED[function])


NEAR = {
    activate: {"rtol": 1e-12},
    slope_at: {"rtol": 0, "atol": 1e-12},
}


@pytest.mark.parametrize("function", NEAR)
def test_the_browser_draws_the_same_curves(same_in_browser, function) -> None:
    same_in_browser("activation.js", function, CURVES, **NEAR[function])


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_no_number_lies_so_near_a_tie_that_python_and_browser_could_round_apart(name: str) -> None:
    shown = [(activate(name, z) * 1000, slope_at(name, z) * 10000) for z in ZS]
    assert min(abs(number % 1 - 0.5) for pair in shown for number in pair) > 1e-9


def test_the_sentence_says_sum_output_derivative_and_reach() -> None:
    assert explore_activation("sigmoid", 0.5, 4.0, -2.0).sentence() == (
        "z = 4.0 × 0.5 − 2.0 = 0.00, for which sigmoid gives 0.500 with derivative 0.2500. "
        "Pixels from 0 to 1 give z from −2.00 to 2.00. The neuron passes changes on."
    )


def test_the_still_twin_draws_the_reach_as_a_part_of_the_curve() -> None:
    figure = Figure()
    explore_activation("tanh", 0.5, 4.0, -2.0).draw(figure)
    whole, thick, *_ = figure.axes[0].lines
    assert thick.get_linewidth() > whole.get_linewidth()
    assert thick.get_ydata()[-1] == pytest.approx(math.tanh(2))

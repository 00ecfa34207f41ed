"""The backpropagation explorer: derivatives on their way back through a small network."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_backpropagation
from course_utils.explorers.backpropagation import (
    briefly,
    derivatives_of,
    quotients_of,
    slope_of,
    values_of,
)

Network = tuple[list[float], bool]


def random_networks(seed: int, n: int) -> list[Network]:
    """Draw weights in tenths, as the sliders give them, with both activations in turn."""
    rng = np.random.default_rng(seed)
    return [((rng.integers(-20, 21, 6) / 10).tolist(), bool(i % 2)) for i in range(n)]


def away_from_the_kink(weights: list[float], sigmoid: bool) -> bool:
    """Say whether ReLU has a derivative at both sums: it has none at 0."""
    return sigmoid or 0 not in weights[:2]


def test_the_derivatives_are_tensorflows() -> None:
    import tensorflow as tf

    for weights, sigmoid in random_networks(0, 40):
        x = tf.constant([[2.0]], tf.float64)
        first = tf.Variable([weights[:2]], dtype=tf.float64)
        second = tf.Variable([weights[2:4], weights[4:]], dtype=tf.float64)
        with tf.GradientTape() as tape:
            tape.watch(x)
            sums = x @ first
            hidden = tf.sigmoid(sums) if sigmoid else tf.nn.relu(sums)
            outputs = hidden @ second
            loss = tf.reduce_sum((outputs - [3.0, 0.0]) ** 2)
        found = tape.gradient(loss, [sums, hidden, outputs, first, second, x])
        expected = np.concatenate([np.ravel(gradient) for gradient in found])
        np.testing.assert_allclose(derivatives_of(weights, sigmoid), expected, atol=1e-12)


def test_a_small_step_to_both_sides_measures_each_weights_derivative() -> None:
    for weights, sigmoid in random_networks(1, 100):
        if away_from_the_kink(weights, sigmoid):
            measured = [quotients_of(weights, sigmoid, place, 1e-4)[1] for place in range(6)]
            expected = derivatives_of(weights, sigmoid)[6:12]
            np.testing.assert_allclose(measured, expected, rtol=1e-5, atol=1e-5)


def test_a_step_to_both_sides_is_exact_for_a_weight_of_the_second_layer() -> None:
    for weights, sigmoid in random_networks(2, 50):
        for place in range(2, 6):
            one_sided, central = quotients_of(weights, sigmoid, place, 1.0)
            assert central == pytest.approx(derivatives_of(weights, sigmoid)[6 + place])
            hidden = values_of(weights, sigmoid)[2 + (place - 2) // 2]
            assert one_sided - central == pytest.approx(hidden**2)  # half of the curvature


def test_a_first_weight_acts_along_two_paths_whose_products_add_up() -> None:
    for weights, sigmoid in random_networks(3, 50):
        derivatives = derivatives_of(weights, sigmoid)
        paths = [
            2 * slope_of(2 * weights[0], sigmoid) * weights[2 + j] * derivatives[4 + j]
            for j in (0, 1)
        ]
        assert derivatives[6] == pytest.approx(sum(paths))


def test_nothing_comes_back_through_a_relu_that_is_off() -> None:
    derivatives = derivatives_of([-1, 0.5, 1, -1, 2, 1], False)
    assert derivatives[0] == derivatives[6] == 0
    assert derivatives[2] != 0


COMPARED = {
    slope_of: [(z / 4, sigmoid) for z in range(-12, 13) for sigmoid in (False, True)],
    values_of: random_networks(4, 200),
    derivatives_of: random_networks(5, 200),
    quotients_of: [
        (*network, place, step)
        for network in random_networks(6, 30)
        for place in range(6)
        for step in (1.0, 0.1, 0.001)
    ],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("backpropagation.js", function, COMPARED[function], rtol=1e-9, atol=1e-9)


def test_the_browser_writes_numbers_as_python_does(same_in_browser) -> None:
    numbers = np.round(np.random.default_rng(7).normal(0, 100, 300), 5).tolist()
    cases = [(n,) for n in (0.0, -0.0, 0.0004, -0.25, 9.9996, 10.0, 100.0, -617.0, *numbers)]
    same_in_browser("backpropagation.js", briefly, cases)


@pytest.mark.parametrize(
    ("number", "written"), [(8.0, "8"), (-0.25, "−0.25"), (12.346, "12.35"), (617.04, "617")]
)
def test_a_number_has_few_digits(number: float, written: str) -> None:
    assert briefly(number) == written


def test_the_sentence_follows_a_first_weight_along_both_paths() -> None:
    assert explore_backpropagation().sentence() == (
        "With ReLU, z₁ = 2 and z₂ = 1 give the outputs 4 and −1, where 3 and 0 are wanted, so the "
        "loss is 2. Its derivative for w₁ = 1 is 2 × 1 × (1 × 2 + (−1) × (−2)) = 8. Measured with "
        "a step of 0.1 to both sides it is 8, and to one side 8.8."
    )


def test_the_sentence_follows_a_second_weight_along_its_one_path() -> None:
    said = explore_backpropagation("v12", w1=1.5).sentence()
    assert "Its derivative for v₁₂ = −1 is 3 × (−4) = −12." in said


def test_the_still_twin_shows_a_derivative_beside_every_value() -> None:
    figure = Figure()
    explore_backpropagation().draw(figure)
    texts = [text.get_text() for text in figure.axes[0].texts if text.get_text()]
    assert len(texts) == 12
    assert all("\n∂ " in text for text in texts)
    assert {"w₁ 1\n∂ 8", "h₁ 2\n∂ 4", "y₂ −1\n∂ −2", "x 2\n∂ 5"} < set(texts)

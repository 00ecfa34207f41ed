"""The valley explorer: how scaling shapes the loss, and where gradient descent goes in it."""

import numpy as np
import pytest

from course_utils.explorers import explore_valley
from course_utils.explorers.valley import descend, loss_coefficients, principal_axes, three_digits

SCALINGS = ("raw", "/ 255", "standardised")


def random_bowls(rng: np.random.Generator, n: int) -> list[tuple[float, float]]:
    return [
        loss_coefficients(
            str(rng.choice(SCALINGS)), float(rng.uniform(1, 200)), float(rng.uniform(1, 100))
        )
        for _ in range(n)
    ]


@pytest.mark.parametrize("scaling", SCALINGS)
def test_the_loss_is_the_mean_squared_error_of_a_neuron_on_real_values(scaling: str) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, 500)
    mean, std = float(pixels.mean()), float(pixels.std())
    inputs = {"raw": pixels, "/ 255": pixels / 255, "standardised": (pixels - mean) / std}[scaling]
    weight_error = bias_error = 1.0
    loss = ((weight_error * inputs + bias_error) ** 2).mean() / 2
    assert descend(*loss_coefficients(scaling, mean, std), rate=0.1, steps=0)[0][
        2
    ] == pytest.approx(loss)


def test_steps_go_against_the_gradient_of_the_loss() -> None:
    first, second = loss_coefficients("/ 255", 33.3, 78.6)
    errors, hessian = np.ones(2), np.array([[second, first], [first, 1]])
    for u, v, _ in descend(first, second, rate=0.3, steps=10):
        np.testing.assert_allclose((u, v), errors)
        errors = errors - 0.3 * hessian @ errors


def test_the_valleys_axes_are_the_hessians_eigenvalues() -> None:
    for first, second in random_bowls(np.random.default_rng(1), 50):
        across, along, _ = principal_axes(first, second)
        eigenvalues = np.linalg.eigvalsh([[second, first], [first, 1]])
        np.testing.assert_allclose((along, across), eigenvalues, rtol=1e-9)


def test_the_steep_direction_is_the_first_eigenvector() -> None:
    for first, second in random_bowls(np.random.default_rng(2), 50):
        across, _, angle = principal_axes(first, second)
        steep = np.array([np.cos(angle), np.sin(angle)])
        np.testing.assert_allclose(
            np.array([[second, first], [first, 1]]) @ steep, across * steep, atol=1e-6
        )


def test_a_rate_that_works_for_standardised_pixels_diverges_for_raw_ones() -> None:
    assert "it diverges" in explore_valley("raw", learning_rate=0.01).sentence()
    assert "it diverges" not in explore_valley("standardised", learning_rate=0.01).sentence()


def test_raw_pixels_leave_the_bias_where_it_was_even_at_their_best_rate() -> None:
    *_, last = descend(*loss_coefficients("raw", 33.3, 78.6), rate=0.0002, steps=50)
    assert abs(last[0]) < 0.01
    assert last[1] > 0.9


def test_no_number_is_written_that_is_not_one() -> None:
    for scaling in SCALINGS:
        for rate in (0.0001, 0.01, 3):
            sentence = explore_valley(scaling, rate, 50, mean=255, std=127.5).sentence()
            assert "nan" not in sentence
            assert "inf" not in sentence


@pytest.mark.parametrize(
    ("value", "written"), [(3675.2, "3680"), (0.5, "0.500"), (2e9, "2.0 billion")]
)
def test_losses_of_any_size_are_written_with_few_digits(value: float, written: str) -> None:
    assert three_digits(value) == written


def test_the_still_twin_is_drawn_even_when_the_walk_is_lost() -> None:
    assert explore_valley("raw", 3, 50).picture().png.startswith(b"\x89PNG")


def test_the_browser_shapes_the_bowl_as_python_does(in_browser) -> None:
    rng = np.random.default_rng(3)
    cases = [(s, *map(float, rng.uniform(1, 127, 2))) for s in SCALINGS for _ in range(40)]
    assert in_browser("valley.js", "lossCoefficients", cases) == [
        list(loss_coefficients(*case)) for case in cases
    ]


def test_the_browser_walks_as_python_does(in_browser) -> None:
    rng = np.random.default_rng(4)
    rates = (0.0001, 0.0005, 0.01, 0.1, 1, 3)
    cases = [
        (*pair, float(rng.choice(rates)), int(rng.integers(0, 51)))
        for pair in random_bowls(rng, 150)
    ]
    for case, walk in zip(cases, in_browser("valley.js", "descend", cases), strict=True):
        np.testing.assert_array_equal(np.array(walk, dtype=float), descend(*case))


def test_the_browser_finds_the_axes_as_python_does(in_browser) -> None:
    cases = random_bowls(np.random.default_rng(5), 150)
    expected = [list(principal_axes(*case)) for case in cases]
    np.testing.assert_allclose(
        in_browser("valley.js", "principalAxes", cases), expected, rtol=1e-12
    )


def test_the_browser_writes_losses_as_python_does(in_browser) -> None:
    sizes = 10.0 ** np.random.default_rng(6).uniform(-8, 12, 600)
    cases = [
        (value,) for value in [0.0, 1e-6, 1.0, 10.0, 99.95, 999.5, 1e3, 1e6, 1e9, *sizes.tolist()]
    ]
    assert in_browser("valley.js", "threeDigits", cases) == [three_digits(*case) for case in cases]


def test_an_impossible_std_is_refused_with_its_limits() -> None:
    with pytest.raises(ValueError, match=r"`std` must be above 0 and at most 127\.5; got 0"):
        explore_valley(std=0)


def test_an_impossible_mean_is_refused_with_its_limits() -> None:
    with pytest.raises(ValueError, match="`mean` must be a number from 0 to 255; got 300"):
        explore_valley(mean=300)


def test_a_rate_between_the_slider_s_is_refused() -> None:
    with pytest.raises(ValueError, match="learning_rate"):
        explore_valley(learning_rate=0.05)

"""The valley explorer: how scaling shapes the loss, and where gradient descent goes in it."""

import numpy as np
import pytest

from course_utils.explorers import explore_valley
from course_utils.explorers.valley import (
    descend,
    loss_at,
    loss_coefficients,
    principal_axes,
    three_digits,
)

SCALINGS = ("raw", "/ 255", "standardised")
RNG = np.random.default_rng(3)


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
    assert "and diverges:" in explore_valley("raw", learning_rate=0.01).sentence()
    assert "diverges" not in explore_valley("standardised", learning_rate=0.01).sentence()


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


def test_a_walk_that_starts_at_the_best_place_stays_there() -> None:
    explorer = explore_valley("raw", 3, 50, weight_error=0, bias_error=0)
    assert explorer.path() == [[0, 0, 0]] * 51


def test_the_start_can_be_set_in_steps_of_the_slider() -> None:
    path = explore_valley(steps=1, weight_error=-1.5, bias_error=0.5).path()
    assert path[0] == [-1.5, 0.5, (1.5**2 + 0.5**2) / 2]


SIZES = [0.0, 1e-6, 1.0, 10.0, 99.95, 999.5, 1e3, 1e6, 1e9, *10.0 ** RNG.uniform(-8, 12, 600)]


COMPARED = {
    loss_coefficients: [(s, *RNG.uniform(1, 127, 2)) for s in SCALINGS for _ in range(40)],
    descend: [
        (
            *pair,
            RNG.choice((0.0001, 0.0005, 0.01, 0.1, 1, 3)),
            int(RNG.integers(0, 51)),
            *RNG.uniform(-2, 2, 2),
        )
        for pair in random_bowls(RNG, 150)
    ],
    loss_at: [(*pair, *RNG.uniform(-2.4, 2.4, 2)) for pair in random_bowls(RNG, 150)],
    three_digits: [(float(size),) for size in SIZES],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("valley.js", function, COMPARED[function])


def test_the_browser_finds_the_axes_as_python_does(same_in_browser) -> None:
    same_in_browser("valley.js", principal_axes, random_bowls(RNG, 150), rtol=1e-12)

"""The scaling explorer: the same histogram on three scales, fitted on one set or another."""

from itertools import product

import numpy as np
import pytest

from course_utils.explorers import explore_scaling
from course_utils.explorers.mathematics.grey_counts import adjust, mean_and_std, offsets_and_scales
from course_utils.explorers.scaling import light_in_words

SCALINGS = ("raw", "/ 255", "standardised")
FITTED_ON = ("training images", "all images", "each set alone")


@pytest.fixture
def images() -> np.ndarray:
    """Forty small images, mostly black."""
    rng = np.random.default_rng(0)
    return (rng.integers(0, 256, (40, 6, 5)) * (rng.random((40, 6, 5)) > 0.6)).astype(np.uint8)


def random_counts(rng: np.random.Generator) -> list[int]:
    """As many pixels as MNIST has, so that sums are as large as they get."""
    return rng.multinomial(47_040_000, rng.dirichlet(np.full(256, 0.1))).tolist()


def random_lights(rng: np.random.Generator) -> list[tuple[list[int], int, int]]:
    lights = rng.integers((-10, 2), (11, 19), (60, 2)) * 10
    return [(random_counts(rng), int(shift), int(gain)) for shift, gain in lights]


def test_leakage_moves_the_training_images(images: np.ndarray) -> None:
    fitted = explore_scaling(images, fitted_on="all images", brightness=60).sentence()
    assert "the training images have mean −" in fitted


def test_without_leakage_the_training_images_stay_at_zero(images: np.ndarray) -> None:
    fitted = explore_scaling(images, fitted_on="training images", brightness=60).sentence()
    assert "the training images have mean 0.00 and std 1.00" in fitted


def test_a_refit_hides_that_the_new_images_are_lighter(images: np.ndarray) -> None:
    fitted = explore_scaling(images, fitted_on="each set alone", brightness=60).sentence()
    assert "(brightness +60, contrast 100 %) have mean 0.00 and std 1.00" in fitted


@pytest.mark.parametrize("brightness", [-100, 0, 100])
@pytest.mark.parametrize("contrast", [20, 100, 180])
def test_each_light_has_its_own_sentence_even_after_a_refit(
    images: np.ndarray, brightness: int, contrast: int
) -> None:
    other = explore_scaling(images, fitted_on="each set alone", brightness=10, contrast=90)
    explorer = explore_scaling(
        images, fitted_on="each set alone", brightness=brightness, contrast=contrast
    )
    assert explorer.sentence() != other.sentence()


def test_new_images_that_turn_black_do_not_break_a_refit() -> None:
    dark = np.array([0, 40], np.uint8)
    assert (
        "have mean 0.00 and std 0.00."
        in explore_scaling(dark, fitted_on="each set alone", brightness=-100).sentence()
    )


def test_the_still_twin_is_drawn_for_every_scaling(images: np.ndarray) -> None:
    for scaling in SCALINGS:
        assert explore_scaling(images, scaling).picture().png.startswith(b"\x89PNG")


def ruler_cases(rng: np.random.Generator) -> list[tuple[str, str, list[int], list[int]]]:
    rulers = product(SCALINGS, FITTED_ON)
    return [(*ruler, random_counts(rng), random_counts(rng)) for ruler in rulers]


COMPARED = {
    adjust: random_lights(np.random.default_rng(2)),
    mean_and_std: [(counts,) for counts, *_ in random_lights(np.random.default_rng(3))],
    offsets_and_scales: ruler_cases(np.random.default_rng(4)),
    light_in_words: [(-50, 100), (0, 20), (50, 180)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("scaling.js", function, COMPARED[function])


def test_a_darker_light_is_written_with_a_true_minus() -> None:
    assert light_in_words(-50, 100) == "brightness −50, contrast 100 %"

"""The scaling explorer: the same histogram on three scales, fitted on one set or another."""

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


def test_the_browser_adjusts_as_python_does(in_browser) -> None:
    cases = random_lights(np.random.default_rng(2))
    assert in_browser("scaling.js", "adjust", cases) == [adjust(*case) for case in cases]


def test_the_browser_measures_as_python_does(in_browser) -> None:
    rng = np.random.default_rng(3)
    cases = [(random_counts(rng),) for _ in range(60)]
    assert in_browser("scaling.js", "meanAndStd", cases) == [
        list(mean_and_std(*case)) for case in cases
    ]


def test_the_browser_makes_the_same_rulers_as_python(in_browser) -> None:
    rng = np.random.default_rng(4)
    cases = [
        (scaling, fitted_on, random_counts(rng), random_counts(rng))
        for scaling in SCALINGS
        for fitted_on in FITTED_ON
    ]
    assert in_browser("scaling.js", "offsetsAndScales", cases) == [
        offsets_and_scales(*case) for case in cases
    ]


def test_the_browser_names_the_light_as_python_does(in_browser) -> None:
    cases = [(-50, 100), (0, 20), (50, 180)]
    assert in_browser("scaling.js", "lightInWords", cases) == [
        light_in_words(*case) for case in cases
    ]


def test_scaled_images_are_refused_with_what_to_pass() -> None:
    with pytest.raises(ValueError, match=r"uint8.*got float64.*before scaling"):
        explore_scaling(np.zeros((2, 2)))


def test_images_of_one_grey_are_refused() -> None:
    with pytest.raises(ValueError, match="at least two different grey values; got 1"):
        explore_scaling(np.zeros((2, 2), np.uint8))


def test_an_unknown_scaling_is_refused_with_the_known_ones(images: np.ndarray) -> None:
    with pytest.raises(ValueError, match="standardised"):
        explore_scaling(images, scaling="normalised")


def test_a_darker_light_is_written_with_a_true_minus() -> None:
    assert light_in_words(-50, 100) == "brightness −50, contrast 100 %"

"""Grey values by their counts, against NumPy on the images themselves."""

import numpy as np
import pytest

from course_utils.explorers.mathematics.grey_counts import adjust, mean_and_std, offsets_and_scales


@pytest.fixture
def images() -> np.ndarray:
    """Forty small images, mostly black."""
    rng = np.random.default_rng(0)
    return (rng.integers(0, 256, (40, 6, 5)) * (rng.random((40, 6, 5)) > 0.6)).astype(np.uint8)


def random_counts(rng: np.random.Generator) -> list[int]:
    """As many pixels as MNIST has, so that sums are as large as they get."""
    return rng.multinomial(47_040_000, rng.dirichlet(np.full(256, 0.1))).tolist()


def test_adjusted_images_are_what_numpy_makes_of_them(images: np.ndarray) -> None:
    counts = np.bincount(images.ravel(), minlength=256).tolist()
    brighter = np.clip((images.astype(int) * 150 + 50) // 100 - 40, 0, 255)
    assert (
        adjust(counts, brightness=-40, contrast=150)
        == np.bincount(brighter.ravel(), minlength=256).tolist()
    )


def test_mean_and_std_are_those_of_numpy(images: np.ndarray) -> None:
    counts = np.bincount(images.ravel(), minlength=256).tolist()
    np.testing.assert_allclose(mean_and_std(counts), (images.mean(), images.std()))


@pytest.mark.parametrize("scaling", ["raw", "/ 255"])
def test_a_fixed_ruler_does_not_depend_on_any_image(scaling: str) -> None:
    rng = np.random.default_rng(1)
    first, second = (
        offsets_and_scales(scaling, "all images", random_counts(rng), random_counts(rng))
        for _ in "ab"
    )
    assert first == second

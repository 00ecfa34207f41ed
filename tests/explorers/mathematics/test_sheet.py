"""The sheet to draw on: ink becomes a picture, the same in Python and in the browser."""

import numpy as np
import pytest

from course_utils.datasets import load_dataset
from course_utils.explorers.mathematics.sheet import DOTS, fitted, reduced, shifted, stroke

BLANK = np.zeros((DOTS, DOTS), np.uint8)


def random_drawing(rng: np.random.Generator) -> np.ndarray:
    """A few lines anywhere, thin or thick."""
    sheet = BLANK
    for start, end in rng.integers(0, DOTS, (int(rng.integers(1, 5)), 2, 2)):
        sheet = stroke(sheet, tuple(start), tuple(end), float(rng.uniform(1, 12)))
    return sheet


def random_drawings(seed: int, n: int = 12) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [BLANK, *(random_drawing(rng) for _ in range(n))]


def mass(image: np.ndarray) -> np.ndarray:
    places = np.indices(image.shape) + 0.5
    return (places * image).sum(axis=(1, 2)) / image.sum()


@pytest.mark.parametrize("side", [20, 28])
def test_fitted_ink_is_as_long_as_asked(side: int) -> None:
    for sheet in random_drawings(0)[1:]:
        image = fitted(sheet, side, by_mass=False)
        rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
        longer = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
        assert side - 2 <= longer <= side


def test_fitted_by_mass_the_ink_balances_within_a_pixel_of_the_middle() -> None:
    for sheet in random_drawings(1)[1:]:
        image = fitted(sheet, 12, by_mass=True)  # so small that no ink leaves the picture
        assert (mass(image) > 13.95).all()
        assert (mass(image) < 15.05).all()


def test_where_and_how_large_one_draws_does_not_matter_once_it_is_fitted() -> None:
    small = stroke(stroke(BLANK, (20, 20), (20, 40), 3), (20, 40), (50, 25), 3)
    large = stroke(stroke(BLANK, (30, 40), (30, 80), 6), (30, 80), (90, 50), 6)
    apart = np.abs(fitted(small, 20, True).astype(int) - fitted(large, 20, True))
    assert apart.mean() < 4
    assert np.abs(reduced(small).astype(int) - reduced(large)).mean() > 20


def test_a_digit_of_mnist_comes_out_as_it_went_in() -> None:
    images = load_dataset("mnist")[1][0][:200]
    same = [
        np.array_equal(fitted(image.repeat(4, axis=0).repeat(4, axis=1), 20, True), image)
        for image in images
    ]
    assert np.mean(same) > 0.95


def test_an_enlarged_picture_is_reduced_to_itself() -> None:
    image = np.random.default_rng(2).integers(0, 256, (28, 28), np.uint8)
    np.testing.assert_array_equal(reduced(image.repeat(4, axis=0).repeat(4, axis=1)), image)


def test_an_empty_sheet_stays_empty() -> None:
    assert not fitted(BLANK, 20, by_mass=True).any()


def test_a_shift_there_and_back_loses_only_what_left_the_picture() -> None:
    image = np.random.default_rng(3).integers(1, 256, (28, 28), np.uint8)
    back = shifted(shifted(image, 5, -3), -5, 3)
    np.testing.assert_array_equal(back[:23, 3:], image[:23, 3:])
    assert not back[23:].any()
    assert not back[:, :3].any()


def test_drawing_leaves_the_sheet_that_it_was_given() -> None:
    stroke(BLANK, (10, 10), (50, 50), 4)
    assert not BLANK.any()


def test_the_browser_draws_as_python_does(in_browser) -> None:
    rng, sheets = np.random.default_rng(4), random_drawings(5)
    lines = rng.integers(0, DOTS, (len(sheets), 2, 2)).tolist()
    lines[0][1] = lines[0][0]  # a dot
    radii = [4.5, 11.0, *rng.uniform(1, 12, len(sheets) - 2).tolist()]
    drawn = in_browser(
        "sheet.js",
        "stroke",
        [(s.ravel().tolist(), *line, r) for s, line, r in zip(sheets, lines, radii, strict=True)],
    )
    for seen, sheet, line, radius in zip(drawn, sheets, lines, radii, strict=True):
        expected = stroke(sheet, *map(tuple, line), radius)
        np.testing.assert_array_equal(seen, expected.ravel())


def test_the_browser_reduces_as_python_does(in_browser) -> None:
    sheets = random_drawings(6)
    seen = in_browser("sheet.js", "reduced", [(sheet.ravel().tolist(),) for sheet in sheets])
    np.testing.assert_array_equal(seen, [reduced(sheet).ravel() for sheet in sheets])


@pytest.mark.parametrize("by_mass", [True, False])
def test_the_browser_fits_as_python_does(in_browser, by_mass: bool) -> None:
    sheets = random_drawings(7 + by_mass)
    for side in (20, 28):
        cases = [(sheet.ravel().tolist(), side, by_mass) for sheet in sheets]
        seen = in_browser("sheet.js", "fitted", cases)
        expected = [fitted(sheet, side, by_mass).ravel() for sheet in sheets]
        np.testing.assert_array_equal(seen, expected)


def test_the_browser_shifts_as_python_does(in_browser) -> None:
    image = np.random.default_rng(9).integers(0, 256, (28, 28), np.uint8)
    shifts = [(down, right) for down in (-8, -1, 0, 5) for right in (-8, 0, 3, 8)]
    seen = in_browser("sheet.js", "shifted", [(image.ravel().tolist(), *s) for s in shifts])
    np.testing.assert_array_equal(seen, [shifted(image, *s).ravel() for s in shifts])

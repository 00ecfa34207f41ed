"""The image explorer: the numbers under the lens, the same in Python and in the browser."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_images
from course_utils.explorers.image_browser import lens_range, lens_values

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (5, 9, 12), dtype=np.uint8)
LABELS = np.array([2, 0, 1, 1, 0])
NAMES = ["ant", "bee", "cat"]
PLACES = list(product((0, 4), (0, 4, 8), (0, 6, 11)))  # image, row, column


def test_the_lens_shows_what_slicing_shows() -> None:
    explorer = explore_images(IMAGES, LABELS, NAMES, image=3, row=4, column=6)
    np.testing.assert_array_equal(explorer.lens(), IMAGES[3, 1:8, 3:10])


def test_the_lens_never_leaves_the_image() -> None:
    ranges = [lens_range(place, 28) for place in range(28)]
    assert all(first >= 0 and first + length <= 28 for first, length in ranges)


def test_the_place_that_the_sliders_name_is_always_under_the_lens() -> None:
    ranges = {
        (place, size): lens_range(place, size) for size in (3, 8, 28) for place in range(size)
    }
    assert all(first <= place < first + n for (place, _), (first, n) in ranges.items())


COMPARED = {
    lens_range: [(place, size) for size in (2, 7, 8, 28) for place in range(size)],
    lens_values: [(IMAGES.tobytes(), [9, 12], *place) for place in PLACES],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("image_browser.js", function, COMPARED[function])


def test_the_sentence_names_image_label_and_pixel() -> None:
    words = explore_images(IMAGES, LABELS, NAMES, image=2, row=1, column=11).sentence()
    assert words.startswith(
        "images[2] is labelled 1, bee. Its pixel in row 1 and column 11 is "
        f"{IMAGES[2, 1, 11]}. The 49 pixels"
    )


def test_sliders_end_where_the_images_end() -> None:
    explorer = explore_images(IMAGES, LABELS, NAMES)
    ends = [explorer.traits()[name].max for name in explorer.control_names()]
    assert (explorer.control_names(), ends) == (["image", "row", "column"], [4, 8, 11])


def test_two_explorers_keep_their_own_ends() -> None:
    explorer = explore_images(IMAGES, LABELS, NAMES)
    explore_images(IMAGES[:2], LABELS[:2], NAMES)
    explorer.image = 4
    assert explorer.sentence().startswith("images[4]")


def test_no_more_than_200_images_are_sent() -> None:
    explorer = explore_images(np.zeros((300, 2, 2), np.uint8), np.zeros(300, int))
    assert len(explorer.pixels) == 200 * 4


def test_the_still_twin_shows_the_number_of_each_pixel_under_the_lens() -> None:
    figure = Figure()
    explorer = explore_images(IMAGES, LABELS, NAMES)
    explorer.draw(figure)
    written = [text.get_text() for text in figure.axes[1].texts]
    assert written == [str(value) for line in explorer.lens() for value in line]

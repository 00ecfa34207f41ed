"""The image explorer: the numbers under the lens, the same in Python and in the browser."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_images
from course_utils.explorers.image_browser import lens_range, lens_values

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (5, 9, 12), dtype=np.uint8)
LABELS = np.array([2, 0, 1, 1, 0])
NAMES = ["ant", "bee", "cat"]


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


def test_the_browser_puts_the_lens_where_python_puts_it(in_browser) -> None:
    cases = [(place, size) for size in (2, 7, 8, 28) for place in range(size)]
    assert in_browser("image_browser.js", "lensRange", cases) == [
        list(lens_range(*case)) for case in cases
    ]


def test_the_browser_reads_the_same_numbers_as_python(in_browser) -> None:
    places = [(i, r, c) for i in (0, 4) for r in (0, 4, 8) for c in (0, 6, 11)]
    pixels = IMAGES.tobytes()
    read = in_browser(
        "image_browser.js", "lensValues", [(list(pixels), [9, 12], *place) for place in places]
    )
    assert read == [lens_values(pixels, (9, 12), *place) for place in places]


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


@pytest.mark.parametrize(
    ("images", "labels", "names", "message"),
    [
        (IMAGES / 255, LABELS, NAMES, "must be at least two uint8 images"),
        (IMAGES[0], LABELS, NAMES, "shape .n, height, width."),
        (np.zeros((2, 99, 9), np.uint8), [0, 1], NAMES, "got 99 × 9. Make them smaller"),
        (IMAGES, LABELS[:3], NAMES, "one whole number for each of the 5 images"),
        (IMAGES, LABELS, NAMES[:2], "between 0 and 1, one name each; got 0 to 2"),
        (IMAGES, LABELS - 1, NAMES, "between 0 and 255; got -1 to 1"),
    ],
)
def test_what_does_not_fit_together_is_refused(images, labels, names, message) -> None:
    with pytest.raises(ValueError, match=message):
        explore_images(images, labels, names)


def test_an_image_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="must be a whole number from .*4.*; got"):
        explore_images(IMAGES, LABELS, NAMES, image=5)

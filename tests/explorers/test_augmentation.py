"""The augmentation explorer: shift, turn, zoom and mirror, in Python as in the browser."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_augmentation
from course_utils.explorers.augmentation import ink_in_words, move_in_words
from course_utils.explorers.mathematics.moves import augment, ink_lost, rotation

SIZE = [7, 10]
PIXELS = np.random.default_rng(0).integers(0, 256, SIZE).astype(np.uint8)
IMAGES = np.stack([PIXELS, 255 - PIXELS])
STILL = {"down": 0, "right": 0, "degrees": 0, "zoom": 100, "mirrored": False}


def random_moves(seed: int, n: int) -> list[tuple[int, int, int, int, bool]]:
    rng = np.random.default_rng(seed)
    corners = list(product((-8, 8), (-8, 8), (0, 345), (60, 140), (False, True)))
    middle = [
        (
            *map(int, rng.integers(-8, 9, 2)),
            int(rng.integers(0, 24)) * 15,
            int(rng.integers(12, 29)) * 5,
            bool(rng.integers(2)),
        )
        for _ in range(n)
    ]
    return corners + middle


COMPARED = {
    rotation: [(angle,) for angle in range(0, 360, 15)],
    augment: [(PIXELS.tobytes(), SIZE, *move) for move in random_moves(1, 80)],
    ink_lost: [(PIXELS.tobytes(), SIZE, *move) for move in random_moves(1, 80)],
    ink_in_words: [(lost, 1600) for lost in range(0, 1601, 4)] + [(0, 0)],
    move_in_words: [*random_moves(2, 60), (0, 0, 0, 100, False), (1, 0, 15, 95, True)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("augmentation.js", function, COMPARED[function])


def test_the_sentence_names_picture_moves_changed_pixels_and_lost_ink() -> None:
    bar = np.zeros((4, 4), np.uint8)
    bar[:, 3] = 200
    words = explore_augmentation([bar, bar.T], ["upright", "lying"], 1, down=1).sentence()
    assert words == (
        "lying, moved 1 down: 4 of 16 pixels have a new value. All of the ink has left the frame."
    )


def test_the_picture_comes_first_among_the_sliders_and_ends_where_the_pictures_end() -> None:
    explorer = explore_augmentation(IMAGES, ["one", "two"])
    assert explorer.control_names() == ["image", *STILL]
    assert explorer.traits()["image"].max == 1


def test_the_still_twin_shows_the_picture_before_and_after() -> None:
    figure = Figure()
    explore_augmentation(IMAGES, ["one", "two"], 1, mirrored=True).draw(figure)
    before, after = (axes.images[0].get_array() for axes in figure.axes)
    np.testing.assert_array_equal(before, IMAGES[1])
    np.testing.assert_array_equal(after, IMAGES[1][:, ::-1])


def test_moves_are_said_in_the_order_in_which_they_are_made() -> None:
    assert move_in_words(2, -1, 0, 100, True) == "mirrored, moved 2 down and 1 left"
    assert move_in_words(0, 0, 0, 100, False) == "unchanged"


@pytest.mark.parametrize(
    ("lost", "text"), [(0, "None"), (1, "Less than 1 %"), (30, "10 %"), (300, "All")]
)
def test_a_little_lost_ink_is_not_none(lost: int, text: str) -> None:
    assert ink_in_words(lost, 300) == text

"""Garments in the colours of their classes."""

import colorsys
from itertools import pairwise

import numpy as np

from course_utils.pretrained.colouring import NOISE, SATURATION, class_hues, colour_of, tint


def test_a_hue_has_the_colour_that_the_standard_library_gives_it() -> None:
    for hue in range(360):
        expected = colorsys.hsv_to_rgb(hue / 360, SATURATION, 1)
        np.testing.assert_allclose(colour_of(hue), expected, atol=1e-12)


def test_ten_classes_lie_at_equal_distances_round_the_circle() -> None:
    hues = class_hues()
    assert len(hues) == 10
    assert {(after - before) % 360 for before, after in pairwise([*hues, 360])} == {36}


def test_a_white_pixel_takes_the_colour_of_the_class_and_black_stays_black() -> None:
    images = np.array([[[0, 255]]] * 200, np.uint8)
    coloured = tint(images, np.full(200, 3), seed=0)
    assert coloured.dtype == np.float32
    assert not coloured[:, 0, 0].any()
    mean = coloured[:, 0, 1].mean(axis=0)
    np.testing.assert_allclose(mean, colour_of(class_hues()[3]), atol=NOISE)
    assert 0.01 < coloured[:, 0, 1].std(axis=0).max() < 2 * NOISE


def test_the_same_seed_gives_the_same_colours() -> None:
    images, classes = np.full((5, 2, 2), 200, np.uint8), [0, 1, 2, 3, 4]
    np.testing.assert_array_equal(tint(images, classes, 7), tint(images, classes, 7))
    assert (tint(images, classes, 7) != tint(images, classes, 8)).any()

"""The confusion matrix as a picture."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import plot_confusion

MATRIX = np.array([[8, 2, 0], [1, 5, 4], [0, 0, 0]])
NAMES = ["cat", "dog", "owl"]


def test_each_cell_shows_its_count() -> None:
    axes = plot_confusion(MATRIX, NAMES, ax=Figure().subplots())
    assert [int(text.get_text()) for text in axes.texts] == MATRIX.ravel().tolist()


def test_numbers_can_be_left_out() -> None:
    axes = plot_confusion(MATRIX, NAMES, numbers=False, ax=Figure().subplots())
    assert len(axes.texts) == 0


def test_the_diagonal_is_framed_so_that_colour_is_not_needed() -> None:
    axes = plot_confusion(MATRIX, NAMES, ax=Figure().subplots())
    assert len(axes.patches) == 3


def test_axes_say_which_is_the_true_class() -> None:
    axes = plot_confusion(MATRIX, NAMES, ax=Figure().subplots())
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("true class", "answer")


def test_a_cell_is_darker_the_larger_its_share_of_the_row() -> None:
    axes = plot_confusion(MATRIX, NAMES, ax=Figure().subplots())
    brightness = axes.images[0].get_array().sum(axis=-1)
    assert brightness[1, 2] < brightness[1, 0] < brightness[0, 2]

"""Images with answers: right and wrong are told by mark and text, not by colour alone."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import plot_predictions

IMAGES = np.zeros((7, 4, 4), np.uint8)
NAMES = ["cat", "dog", "owl"]
ANSWERS = np.array([0, 1, 2, 0, 1, 2, 0])
LABELS = np.array([0, 2, 2, 0, 1, 2, 1])


def titles(axes: np.ndarray) -> list[str]:
    return [ax.get_title() for ax in axes.flat]


def test_a_right_answer_has_a_tick_and_a_wrong_one_a_cross_and_the_true_class() -> None:
    axes = plot_predictions(IMAGES, ANSWERS, LABELS, NAMES, figure=Figure())
    assert titles(axes)[:2] == ["✓ cat", "✗ dog\n(true: owl)"]


def test_confidences_are_written_in_per_cent() -> None:
    sure = np.full(7, 0.984)
    axes = plot_predictions(IMAGES, ANSWERS, LABELS, NAMES, confidences=sure, figure=Figure())
    assert titles(axes)[0] == "✓ cat 98 %"


def test_without_names_number_answer_and_true_class_are_written() -> None:
    axes = plot_predictions(IMAGES, ANSWERS, LABELS, figure=Figure())
    assert titles(axes)[1] == "✗ 1, 1, 2"


def test_the_grid_has_the_columns_asked_for_and_rows_for_all() -> None:
    axes = plot_predictions(IMAGES, ANSWERS, LABELS, n_columns=3, figure=Figure())
    assert axes.shape == (3, 3)

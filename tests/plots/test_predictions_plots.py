"""Images with answers: right and wrong are told by mark and text, not by colour alone."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_confidence_grid, plot_confidences, plot_predictions

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


def test_bars_are_as_long_as_the_confidences() -> None:
    _, bars = plot_confidences(IMAGES[0], [0.1, 0.7, 0.2], 1, NAMES, figure=Figure())
    assert [bar.get_width() for bar in bars.patches] == pytest.approx([10, 70, 20])


def test_a_title_says_answer_confidence_and_true_class() -> None:
    shown, _ = plot_confidences(IMAGES[0], [0.1, 0.7, 0.2], 2, NAMES, figure=Figure())
    assert shown.get_title() == "✗ dog 70 % (true: owl)"


def test_wrong_bar_and_true_bar_carry_marks() -> None:
    _, bars = plot_confidences(IMAGES[0], [0.1, 0.7, 0.2], 2, NAMES, figure=Figure())
    assert [label.get_text() for label in bars.get_yticklabels()] == ["cat", "dog ✗", "owl ✓"]


def test_a_grid_of_confidences_has_two_panels_an_image() -> None:
    rows = np.full((7, 3), 1 / 3)
    axes = plot_confidence_grid(IMAGES, rows, LABELS, NAMES, n_columns=3, figure=Figure())
    assert axes.shape == (3, 6)


def test_a_place_without_an_image_stays_empty() -> None:
    rows = np.full((7, 3), 1 / 3)
    axes = plot_confidence_grid(IMAGES, rows, LABELS, NAMES, n_columns=3, figure=Figure())
    assert not axes[2, 3].axison


def test_a_batch_where_one_image_is_meant_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Pick the image's row: probabilities\[i\]"):
        plot_confidences(IMAGES[0], [[0.5, 0.5]], 0)

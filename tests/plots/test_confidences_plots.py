"""Images beside their confidences: the wrong bar and the true one carry marks."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_confidence_grid, plot_confidences

IMAGES = np.zeros((7, 4, 4), np.uint8)
NAMES = ["cat", "dog", "owl"]
LABELS = np.array([0, 2, 2, 0, 1, 2, 1])


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

"""Plots of labels: tables, and an image beside its row."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_image_with_row, plot_one_hot


def test_every_number_of_the_table_stands_in_its_box() -> None:
    axes = plot_one_hot([[0, 1], [1, 0]], ax=Figure().subplots())
    assert [text.get_text() for text in axes.texts] == ["0", "1", "1", "0"]


def test_the_one_is_told_from_the_zeros_by_its_weight_too() -> None:
    axes = plot_one_hot([[0, 1]], ax=Figure().subplots())
    assert [text.get_weight() for text in axes.texts] == ["normal", "bold"]


def test_rows_carry_their_names() -> None:
    axes = plot_one_hot(np.eye(2), ["cat", "dog"], ax=Figure().subplots())
    assert [label.get_text() for label in axes.get_yticklabels()] == ["cat", "dog"]


def test_a_single_row_is_refused_with_what_to_pass() -> None:
    with pytest.raises(ValueError, match=r"`table` must be two-dimensional.*table\[i : i \+ 1\]"):
        plot_one_hot([0, 1, 0])


def test_the_bars_are_as_long_as_the_row_says() -> None:
    _, bars = plot_image_with_row(np.zeros((28, 28)), [0.25, 0.75], figure=Figure())
    assert [patch.get_width() for patch in bars.patches] == [0.25, 0.75]


def test_the_first_class_stands_on_top() -> None:
    _, bars = plot_image_with_row(np.zeros((28, 28)), [1, 0], figure=Figure())
    assert bars.yaxis_inverted()


def test_without_a_figure_a_new_one_is_made() -> None:
    plt.switch_backend("agg")
    assert plot_one_hot(np.eye(3)).figure.number in plt.get_fignums()

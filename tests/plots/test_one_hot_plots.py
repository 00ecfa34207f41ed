"""Plots of labels: tables, an image beside its row, distances."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_distances, plot_image_with_row, plot_one_hot


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


def test_too_few_row_names_are_refused() -> None:
    with pytest.raises(ValueError, match="must be a list of 2 names, one a row; got 1"):
        plot_one_hot(np.eye(2), ["cat"])


def test_the_bars_are_as_long_as_the_row_says() -> None:
    _, bars = plot_image_with_row(np.zeros((28, 28)), [0.25, 0.75], figure=Figure())
    assert [patch.get_width() for patch in bars.patches] == [0.25, 0.75]


def test_the_first_class_stands_on_top() -> None:
    _, bars = plot_image_with_row(np.zeros((28, 28)), [1, 0], figure=Figure())
    assert bars.yaxis_inverted()


def test_a_table_in_place_of_a_row_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`row` must be one row.*got \(2, 2\)"):
        plot_image_with_row(np.zeros((28, 28)), np.eye(2))


def test_names_for_other_classes_are_refused() -> None:
    with pytest.raises(ValueError, match="must be a list of 2 names, one a class; got 3"):
        plot_image_with_row(np.zeros((28, 28)), [1, 0], ["cat", "dog", "bird"])


def test_distances_share_one_scale() -> None:
    panels = plot_distances({"small": np.eye(2), "large": 9 * np.eye(2)}, Figure())
    assert {panel.images[0].get_clim() for panel in panels} == {(0.0, 9.0)}


def test_distances_carry_their_titles() -> None:
    panels = plot_distances({"integers": np.eye(2), "rows": np.eye(2)}, Figure())
    assert [panel.get_title() for panel in panels] == ["integers", "rows"]


def test_a_table_that_is_not_square_is_refused_by_its_title() -> None:
    with pytest.raises(ValueError, match=r"`tables\['rows'\]` must be square"):
        plot_distances({"rows": np.ones((2, 3))}, Figure())


def test_no_table_is_refused() -> None:
    with pytest.raises(ValueError, match="`tables` must hold arrays by name; got none"):
        plot_distances({}, Figure())


def test_without_a_figure_a_new_one_is_made() -> None:
    import matplotlib.pyplot as plt

    plt.switch_backend("agg")
    axes = plot_one_hot(np.eye(3))
    assert axes.figure.number in plt.get_fignums()
    plt.close(axes.figure)

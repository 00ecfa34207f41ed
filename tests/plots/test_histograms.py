"""Histograms of pixel values."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots import plot_histogram, plot_histograms


def test_the_bars_hold_every_value_once() -> None:
    axes = plot_histogram(np.arange(100))
    assert sum(bar.get_height() for bar in axes.patches if bar.get_height() < 1) == pytest.approx(1)


def test_the_title_says_mean_and_std() -> None:
    assert plot_histogram([0, 10], "two").get_title() == "two\nmean 5.00, std 5.00"


def test_the_line_of_the_mean_stands_at_the_mean() -> None:
    axes = plot_histogram([0, 10])
    assert next(line for line in axes.lines if line.get_label() == "mean").get_xdata()[0] == 5


def test_it_draws_where_it_is_told() -> None:
    _, axes = plt.subplots()
    assert plot_histogram([1, 2], ax=axes) is axes


def test_the_values_are_not_changed() -> None:
    values = np.arange(10, dtype=np.uint8)
    plot_histogram(values)
    np.testing.assert_array_equal(values, np.arange(10))


def test_there_is_one_histogram_for_each_name_in_order() -> None:
    titles = [
        axes.get_title().split("\n")[0] for axes in plot_histograms({"b": [1, 2], "a": [3, 4]})
    ]
    assert titles == ["b", "a"]

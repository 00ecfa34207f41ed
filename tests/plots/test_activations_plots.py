"""Plots of activations: curves, regions of a classifier, and one row of outputs."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import plot_curves, plot_output, plot_regions

CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = [0, 1, 1, 0]


def test_each_curve_has_its_own_panel_and_title() -> None:
    panels = plot_curves([-1, 0, 1], {"a": [1, 2, 3], "b": [0, 0, 1]}, Figure())
    assert [axes.get_title() for axes in panels] == ["a", "b"]


def test_a_curve_shows_its_values() -> None:
    (axes,) = plot_curves([-1, 0, 1], {"ReLU": [0, 0, 1]}, Figure())
    assert axes.lines[-1].get_ydata().tolist() == [0, 0, 1]


def test_classes_differ_by_marker_not_by_colour_alone() -> None:
    axes = plot_regions(lambda p: p[:, 0] > 0.5, CORNERS, XOR, ax=Figure().subplots())
    assert [line.get_marker() for line in axes.lines] == ["o", "x"]


def test_each_point_is_drawn_with_its_class() -> None:
    axes = plot_regions(lambda p: p[:, 0] > 0.5, CORNERS, XOR, ax=Figure().subplots())
    crosses = axes.lines[1].get_xydata()
    assert crosses.tolist() == [[0.0, 1.0], [1.0, 0.0]]


def test_the_ground_shows_what_the_classifier_says() -> None:
    axes = plot_regions(lambda p: p[:, 0] > 0.5, CORNERS, XOR, ax=Figure().subplots())
    ground = axes.collections[0].get_array()
    assert ground[:, 0].max() == 0
    assert ground[:, -1].min() == 1


def test_the_classifier_gets_float32_points() -> None:
    dtypes = []

    def classify(points):
        dtypes.append(points.dtype)
        return points[:, 0] > 0

    plot_regions(classify, CORNERS, XOR, ax=Figure().subplots())
    assert dtypes == [np.float32]


def test_an_output_is_a_line_with_a_named_place_for_each_class() -> None:
    axes = plot_output([0.2, 0.8], ["cat", "dog"], ax=Figure().subplots())
    assert [label.get_text() for label in axes.get_xticklabels()] == ["cat", "dog"]

"""The reliability diagram."""

import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_reliability

CONFIDENCES, CORRECT = [0.9, 0.8, 0.3, 0.2], [True, False, True, False]


def test_bars_are_as_high_as_the_accuracy_of_their_bin() -> None:
    axes = plot_reliability(CONFIDENCES, CORRECT, n_bins=2, ax=Figure().subplots())
    assert [bar.get_height() for bar in axes.containers[0]] == [0.5, 0.5]


def test_gaps_reach_from_the_accuracy_to_the_confidence_and_are_hatched() -> None:
    axes = plot_reliability(CONFIDENCES, CORRECT, n_bins=2, ax=Figure().subplots())
    gaps = axes.containers[1]
    assert [bar.get_y() + bar.get_height() for bar in gaps] == pytest.approx([0.25, 0.85])
    assert all(bar.get_hatch() for bar in gaps)


def test_an_empty_bin_has_no_bar() -> None:
    axes = plot_reliability([0.9], [True], n_bins=5, ax=Figure().subplots())
    assert len(axes.containers[0]) == 1


def test_the_title_says_the_calibration_error() -> None:
    axes = plot_reliability(CONFIDENCES, CORRECT, n_bins=2, ax=Figure().subplots())
    assert axes.get_title() == "expected calibration error 0.300"

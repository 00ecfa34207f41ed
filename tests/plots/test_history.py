"""The plot of a training: loss and accuracy by epoch."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_history

RECORD = {
    "loss": [1.0, 0.6, 0.4, 0.3],
    "accuracy": [0.5, 0.7, 0.8, 0.9],
    "val_loss": [0.9, 0.7, 0.6, 0.8],
    "val_accuracy": [0.6, 0.7, 0.75, 0.74],
}


def test_loss_and_accuracy_stand_side_by_side() -> None:
    panels = plot_history(RECORD, figure=Figure())
    assert [axes.get_title() for axes in panels] == ["loss", "accuracy"]


def test_the_first_epoch_is_1() -> None:
    loss, _ = plot_history(RECORD, figure=Figure())
    assert loss.lines[0].get_xydata().tolist() == [[1, 1.0], [2, 0.6], [3, 0.4], [4, 0.3]]


@pytest.mark.parametrize("look", ["get_linestyle", "get_marker", "get_color"])
def test_training_and_validation_differ_by_line_marker_and_colour(look: str) -> None:
    loss, _ = plot_history(RECORD, figure=Figure())
    assert getattr(loss.lines[0], look)() != getattr(loss.lines[1], look)()


def test_the_epoch_of_the_lowest_validation_loss_is_marked_in_both() -> None:
    for axes, height in zip(plot_history(RECORD, figure=Figure()), (0.6, 0.75), strict=True):
        (diamond,) = [line for line in axes.lines if line.get_marker() == "D"]
        assert diamond.get_xydata().tolist() == [[3, height]]


def test_without_validation_there_is_one_curve_and_no_mark() -> None:
    panels = plot_history({"loss": [1.0, 0.5], "accuracy": [0.5, 0.6]}, figure=Figure())
    assert [len(axes.lines) for axes in panels] == [1, 1]


def test_without_accuracy_there_is_one_panel() -> None:
    assert len(plot_history({"loss": [1.0, 0.5]}, figure=Figure())) == 1


def test_other_entries_such_as_the_learning_rate_are_not_drawn() -> None:
    panels = plot_history(RECORD | {"learning_rate": [0.1] * 4}, figure=Figure())
    assert len(panels) == 2


def test_a_training_that_diverged_is_drawn_as_far_as_it_goes() -> None:
    (axes,) = plot_history({"loss": [2.0, np.nan], "val_loss": [2.1, np.nan]}, figure=Figure())
    (diamond,) = [line for line in axes.lines if line.get_marker() == "D"]
    assert diamond.get_xdata().tolist() == [1]


def test_a_history_object_is_refused_with_the_way_to_its_record() -> None:
    with pytest.raises(TypeError, match=r"got object\. Pass the `history` of what fit\(\) returns"):
        plot_history(object())


def test_the_legend_stands_below_the_panels_and_hides_no_curve() -> None:
    rising = {"loss": [1, 0.5, 0.3], "val_loss": [0.8, 0.7, 2.0]}
    panels = plot_history(rising, figure=Figure(figsize=(8, 3), layout="constrained"))
    figure = panels[0].figure
    figure.draw_without_rendering()
    [legend] = figure.legends
    assert all(ax.get_legend() is None for ax in panels)
    assert legend.get_window_extent().y1 <= min(ax.get_tightbbox().y0 for ax in panels)

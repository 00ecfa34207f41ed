"""Networks as circles and lines, and their answers to a single input."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import plot_network, plot_responses


def test_a_network_has_a_line_for_each_weight() -> None:
    assert len(plot_network([3, 2, 4]).lines) == 3 * 2 + 2 * 4


def test_a_network_has_a_mark_for_each_input_and_each_neuron() -> None:
    marks = [len(column.get_offsets()) for column in plot_network([3, 2, 4]).collections]
    assert marks == [3, 2, 4]


def test_a_large_layer_is_drawn_with_a_gap_and_named_by_its_size() -> None:
    axes = plot_network([784, 10])
    assert [len(column.get_offsets()) for column in axes.collections] == [6, 3, 6, 3]
    assert [text.get_text() for text in axes.texts] == ["784", "10"]


def test_a_network_is_drawn_where_it_is_asked_for() -> None:
    ax = Figure().subplots()
    assert plot_network([2, 1], ax=ax) is ax


def test_each_response_is_a_line_with_its_name() -> None:
    axes = plot_responses([0, 1, 2], {"bent": [0, 0, 2], "straight": [0, 1, 2]})
    assert [line.get_label() for line in axes.lines] == ["bent", "straight"]
    np.testing.assert_array_equal(axes.lines[0].get_ydata(), [0, 0, 2])


def test_responses_differ_in_their_dashes_too() -> None:
    axes = plot_responses([0, 1], {"bent": [0, 0], "straight": [0, 1]})
    assert len({line.get_linestyle() for line in axes.lines}) == 2

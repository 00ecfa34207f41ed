"""The plot of a calculation as a graph: each number stands beside its own arrow."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.axes import Axes

from course_utils.plots import plot_backpropagation

STEPS = {"x": (2, -6), "z": (6, -2), "loss": (4, 1)}
WEIGHTS = {"w": (3, -4, "z")}


@pytest.fixture
def graph() -> Axes:
    return plot_backpropagation(STEPS, WEIGHTS, ax=plt.figure().subplots())


def coloured(graph: Axes, like: str) -> dict[str, tuple[float, float]]:
    """Where the numbers stand that have the colour of a certain one."""
    colour = next(text.get_color() for text in graph.texts if text.get_text() == like)
    return {t.get_text(): t.get_position() for t in graph.texts if t.get_color() == colour}


def test_each_step_and_weight_has_a_box(graph) -> None:
    boxes = [text.get_text() for text in graph.texts if text.get_bbox_patch()]
    assert boxes == ["x", "z", "loss", "w"]


def test_values_and_derivatives_are_told_apart(graph) -> None:
    assert coloured(graph, "2").keys() == {"2", "6", "3"}
    assert coloured(graph, "−6").keys() == {"−6", "−2", "−4"}


def test_values_go_forward_along_solid_arrows_and_derivatives_backward_along_dashed_ones(
    graph,
) -> None:
    arrows = [text for text in graph.texts if not text.get_text()]
    ways = [(a.arrow_patch.get_linestyle(), a.xy[0] - a.xyann[0]) for a in arrows[:4]]
    assert [(style, length > 0) for style, length in ways] == 2 * [("solid", True), ("--", False)]


def test_a_derivative_stands_below_the_value_that_goes_the_other_way(graph) -> None:
    (x, above), (x_back, below) = coloured(graph, "2")["2"], coloured(graph, "−6")["−6"]
    assert x == x_back
    assert above > below


def test_a_weight_stands_above_the_step_that_it_enters(graph) -> None:
    places = {text.get_text(): text.get_position() for text in graph.texts}
    assert places["w"][0] == places["z"][0]
    assert places["w"][1] > places["z"][1]


def test_numbers_are_rounded_and_0_has_no_sign() -> None:
    steps = {"x": (1 / 3, -0.0), "loss": (1, 1)}
    texts = plot_backpropagation(steps, {"w": (1, 2, "loss")}).texts
    assert {"0.33", "0"} < {text.get_text() for text in texts}
    assert "−0" not in {text.get_text() for text in texts}

"""What one neuron can tell apart: two weights and a bias draw a straight line."""

import math
from typing import Any

import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLACK, BLUE, GREY, ORANGE
from course_utils.explorers.base.explorer import Explorer

_REACH = 4.0  # the map shows both inputs from -4 to 4
#: Circles first, then squares. All coordinates are halves, so that sums are exact.
_POINTS: dict[str, list[tuple[float, float]]] = {
    "two groups": [
        (1, 2), (2, 1), (2.5, 2.5), (0.5, 3), (3, 0), (2, -0.5),
        (-1, -1), (-2, 1), (0, 0.5), (1, -2), (-2.5, -2), (-0.5, 1.5),
    ],
    "corners": [
        (2, 2), (1.5, 3), (2.5, 1), (-2, -2), (-1.5, -3), (-2.5, -1),
        (-2, 2), (-1.5, 3), (-2.5, 1), (2, -2), (1.5, -3), (2.5, -1),
    ],
    "inside a ring": [
        (0, 0.5), (0.5, 0), (-0.5, 0), (0, -0.5), (1, 0.5), (-0.5, 1),
        (3, 0), (1.5, 2.5), (-1.5, 2.5), (-3, 0.5), (-1.5, -2.5), (1.5, -2.5),
    ],
}  # fmt: skip
_N_CIRCLES = 6


def weighted_sum(weights: list[float], bias: float, point: list[float]) -> float:
    """Multiply each input by its weight, add up, and add the bias."""
    return weights[0] * point[0] + weights[1] * point[1] + bias


def on_right_side(weights: list[float], bias: float, points: list[list[float]]) -> list[bool]:
    """Tell which points are classified correctly: circles above 0, squares not."""
    return [
        (weighted_sum(weights, bias, point) > 0) == (i < _N_CIRCLES)
        for i, point in enumerate(points)
    ]


def positive_side(weights: list[float], bias: float, reach: float) -> list[list[float]]:
    """Return the corners of that part of a square around 0 in which the neuron's sum is above 0."""
    corners = [[-reach, -reach], [reach, -reach], [reach, reach], [-reach, reach]]
    kept = []
    for here, there in zip(corners, corners[1:] + corners[:1], strict=True):
        sum_here = weighted_sum(weights, bias, here)
        sum_there = weighted_sum(weights, bias, there)
        if sum_here > 0:
            kept.append(here)
        if (sum_here > 0) != (sum_there > 0):
            part = sum_here / (sum_here - sum_there)
            kept.append([here[i] + part * (there[i] - here[i]) for i in (0, 1)])
    return kept


def short_decimal(value: float) -> str:
    """Write a number with two decimals at most and a true minus."""
    rounded = math.floor(abs(value) * 100 + 0.5) / 100
    return f"{'−' if value < 0 and rounded else ''}{rounded:g}"


def _in_brackets(value: float) -> str:
    """Write a number that follows a sign."""
    return f"({short_decimal(value)})" if value < 0 else short_decimal(value)


class Neuron(Explorer):
    """A neuron with two inputs, and the points of two classes that its line separates."""

    scene = "neuron.js"
    lessons = ("multilayer_perceptron",)

    arrangement = traitlets.Enum(tuple(_POINTS), "two groups").tag(label="points")
    first_weight = traitlets.Float(1.0, min=-2, max=2).tag(
        sync=True, label="first weight", step=0.5, format=".1f"
    )
    second_weight = traitlets.Float(0.0, min=-2, max=2).tag(
        sync=True, label="second weight", step=0.5, format=".1f"
    )
    bias = traitlets.Float(0.0, min=-4, max=4).tag(sync=True, label="bias", step=0.5, format=".1f")
    point = traitlets.Int(1, min=1, max=12).tag(sync=True, label="chosen point")
    arrangements: traitlets.List = traitlets.List().tag(sync=True)

    def points(self) -> list[list[float]]:
        """Return the twelve points, circles first."""
        return [list(map(float, point)) for point in _POINTS[self.arrangement]]

    def sentence(self) -> str:
        """Give the sum at the chosen point, and how many points are classified correctly."""
        weights, points = [self.first_weight, self.second_weight], self.points()
        x, y = points[self.point - 1]
        right = on_right_side(weights, self.bias, points)
        total = weighted_sum(weights, self.bias, [x, y])
        calculation = (
            f"{_in_brackets(weights[0])} × {_in_brackets(x)} + {_in_brackets(weights[1])} × "
            f"{_in_brackets(y)} + {_in_brackets(self.bias)} = {short_decimal(total)}"
        )
        side, answer = ("above 0", "circle") if total > 0 else ("not above 0", "square")
        how = "correctly" if right[self.point - 1] else "wrongly"
        return (
            f"Point {self.point} of “{self.arrangement}” gives {calculation}, which is {side}, so "
            f"the neuron {how} answers {answer}. It classifies {sum(right)} of {len(points)} "
            "points correctly."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the points with the neuron's line, and the parts of the sum as bars."""
        weights, points = [self.first_weight, self.second_weight], self.points()
        chart, bars = figure.subplots(1, 2, width_ratios=[1.1, 1])
        region = positive_side(weights, self.bias, _REACH)
        if region:
            chart.fill(*zip(*region, strict=True), color=BLUE, alpha=0.15, linewidth=0)
        on_line = [p for p in region if abs(weighted_sum(weights, self.bias, p)) < 1e-9]
        if len(on_line) == 2:
            chart.plot(*zip(*on_line, strict=True), color=BLACK, linewidth=2)
        for i, ((x, y), right) in enumerate(
            zip(points, on_right_side(weights, self.bias, points), strict=True)
        ):
            colour, marker = (BLUE, "o") if i < _N_CIRCLES else (ORANGE, "s")
            look: dict[str, Any] = {"marker": marker, "color": colour, "markersize": 8}
            chart.plot(x, y, linestyle="", markerfacecolor=colour if right else "white", **look)
            if not right:
                chart.plot(x, y, "x", color=BLACK, markersize=5)
        chart.plot(*points[self.point - 1], "o", ms=16, mfc="none", color=BLACK, mew=1.5)
        chart.set(
            xlim=(-_REACH, _REACH),
            ylim=(-_REACH, _REACH),
            aspect="equal",
            xlabel="first input",
            ylabel="second input",
        )
        chart.set_title("shaded: sum above 0; ×: wrong side", fontsize=9)
        x, y = points[self.point - 1]
        parts = [weights[0] * x, weights[1] * y, self.bias]
        colours = [GREY] * 3 + [BLUE if sum(parts) > 0 else ORANGE]
        drawn = bars.barh(range(4), [*parts, sum(parts)], color=colours, height=0.5)
        bars.bar_label(drawn, [short_decimal(value) for value in [*parts, sum(parts)]], padding=4)
        bars.set_yticks(range(4), ["first input", "second input", "bias", "sum"])
        bars.invert_yaxis()
        bars.axvline(0, color=BLACK, linewidth=1)
        bars.set_xlim(-20, 20)
        bars.set_title(f"what point {self.point} adds up to", fontsize=9)


def explore_neuron(
    first_weight: float = 1.0,
    second_weight: float = 0.0,
    bias: float = 0.0,
    point: int = 1,
    arrangement: str = "two groups",
) -> Neuron:
    """Move a neuron's two weights and its bias, and watch which points it tells apart.

    Parameters
    ----------
    first_weight, second_weight : float, default 1 and 0
        From -2 to 2.
    bias : float, default 0
        From -4 to 4.
    point : int, default 1
        The point whose sum is shown, 1 to 12. The first six are circles, the others squares.
    arrangement : {'two groups', 'corners', 'inside a ring'}, default 'two groups'
        Where the points lie.

    Returns
    -------
    Neuron
        Its traits are ``first_weight``, ``second_weight``, ``bias``, ``point`` and
        ``arrangement``.

    Raises
    ------
    TypeError
        If a weight or the bias is not a number, or `point` not a whole number.
    ValueError
        If one is out of its range, or `arrangement` is not one of those above.

    Examples
    --------
    >>> explore_neuron(1, 0.5, -1)
    Neuron: Point 1 of “two groups” gives 1 × 1 + 0.5 × 2 + (−1) = 1, which is above 0, so ...
    """
    return Neuron(
        first_weight=first_weight,
        second_weight=second_weight,
        bias=bias,
        point=point,
        arrangement=arrangement,
        arrangements=[[list(map(float, xy)) for xy in points] for points in _POINTS.values()],
    )

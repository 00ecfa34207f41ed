"""What a few ReLUs can draw: each adds one kink, with a straight piece up to the next."""

import math

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer

_TARGETS = ("wave", "hill", "corner")
_POINTS = 201  # points at which curves are drawn and compared


def target_at(target: str, x: float) -> float:
    """Calculate the curve to draw, from x = 0 to 1."""
    if target == "wave":
        return math.sin(2 * math.pi * x)
    return 1 - 8 * (x - 0.5) ** 2 if target == "hill" else 1 - 2 * x if x < 0.5 else 2 * x - 1


def relu_sum(target: str, n_relus: int, x: float) -> float:
    """Add up ReLUs with kinks at equal distances, so that the sum meets the curve at each kink."""
    total, before = target_at(target, 0), 0.0
    for i in range(n_relus):
        steep = (target_at(target, (i + 1) / n_relus) - target_at(target, i / n_relus)) * n_relus
        total += (steep - before) * max(0, x - i / n_relus)
        before = steep
    return total


def least_squares_line(target: str) -> list[float]:
    """Find the straight line, height at 0 and slope, that fits the curve best: least squares."""
    xs = [i / (_POINTS - 1) for i in range(_POINTS)]
    heights = [target_at(target, x) for x in xs]
    mean = sum(heights) / _POINTS
    spread = sum((x - 0.5) ** 2 for x in xs)
    products = sum((x - 0.5) * (y - mean) for x, y in zip(xs, heights, strict=True))
    slope = products / spread
    return [mean - slope / 2, slope]


def largest_error(target: str, n_relus: int, with_relu: bool) -> float:
    """Measure the largest distance between the curve and the drawing."""
    height, slope = least_squares_line(target)
    xs = [i / (_POINTS - 1) for i in range(_POINTS)]
    return max(
        abs(
            (relu_sum(target, n_relus, x) if with_relu else height + slope * x)
            - target_at(target, x)
        )
        for x in xs
    )


class Nonlinearity(Explorer):
    """A curve, and what a hidden layer can draw of it with ReLU or without."""

    scene = "nonlinearity.js"
    lessons = ("activations",)

    n_relus = traitlets.Int(3, min=0, max=12).tag(sync=True, label="hidden neurons")
    target = traitlets.Enum(_TARGETS, "wave").tag(label="curve to draw")
    with_relu = traitlets.Bool(True).tag(sync=True, label="with ReLU")

    def sentence(self) -> str:
        """Tell how many pieces are drawn, and how far they are from the curve."""
        one = self.n_relus == 1
        neurons = "1 hidden neuron" if one else f"{self.n_relus} hidden neurons"
        pieces = max(1, self.n_relus) if self.with_relu else 1
        line = "1 straight piece" if pieces == 1 else f"{pieces} straight pieces"
        distance = largest_error(self.target, self.n_relus, self.with_relu)
        return (
            f"{neurons} {'with' if self.with_relu else 'without'} ReLU draw{'s' if one else ''} "
            f"{line}, at most {distance:.3f} away from the {self.target}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the curve, the drawing on it, and a mark at each kink."""
        axes = figure.subplots()
        xs = np.linspace(0, 1, _POINTS)
        height, slope = least_squares_line(self.target)
        line = [
            relu_sum(self.target, self.n_relus, x) if self.with_relu else height + slope * x
            for x in xs
        ]
        goals = [target_at(self.target, x) for x in xs]
        axes.plot(xs, goals, "--", color=ORANGE, label=f"the {self.target}")
        axes.plot(xs, line, color=BLUE, linewidth=3, label=f"{self.n_relus} hidden neurons")
        if self.with_relu:
            knots = [i / self.n_relus for i in range(self.n_relus)]
            axes.plot(knots, [target_at(self.target, x) for x in knots], "o", color=BLUE)
        axes.set(xlabel="input", ylabel="output", ylim=(-1.3, 1.3))
        axes.legend()


def explore_nonlinearity(
    n_relus: int = 3, target: str = "wave", with_relu: bool = True
) -> Nonlinearity:
    """Choose how many hidden neurons draw a curve, with ReLU or without.

    Parameters
    ----------
    n_relus : int, default 3
        Hidden neurons, 0 to 12.
    target : {'wave', 'hill', 'corner'}, default 'wave'
        The curve to draw.
    with_relu : bool, default True
        Whether the hidden neurons have ReLU.

    Returns
    -------
    Nonlinearity
        Its traits are ``n_relus``, ``target`` and ``with_relu``.

    Raises
    ------
    TypeError
        If `n_relus` is not a whole number, or `with_relu` is neither True nor False.
    ValueError
        If `n_relus` is out of its range, or `target` is not one of those above.

    Examples
    --------
    >>> explore_nonlinearity(2, "corner")
    Nonlinearity: 2 hidden neurons with ReLU draw 2 straight pieces, at most 0.000 away from ...
    """
    return Nonlinearity(n_relus=n_relus, target=target, with_relu=with_relu)

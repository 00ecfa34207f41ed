"""What a few ReLUs can draw: one bend each, and a straight piece between two bends."""

import math

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer

_TARGETS = ("wave", "hill", "corner")
_PLACES = 201  # points at which curves are drawn and compared


def target_at(target: str, x: float) -> float:
    """Calculate the curve that is to be drawn, from x = 0 to 1."""
    if target == "wave":
        return math.sin(2 * math.pi * x)
    return 1 - 8 * (x - 0.5) ** 2 if target == "hill" else 1 - 2 * x if x < 0.5 else 2 * x - 1


def relu_sum(target: str, n_relus: int, x: float) -> float:
    """Add up ReLUs whose bends stand at equal distances, so that they meet the curve at each."""
    total, before = target_at(target, 0), 0.0
    for i in range(n_relus):
        steep = (target_at(target, (i + 1) / n_relus) - target_at(target, i / n_relus)) * n_relus
        total += (steep - before) * max(0, x - i / n_relus)
        before = steep
    return total


def least_squares_line(target: str) -> list[float]:
    """Find the straight line, height at 0 and slope, that fits the curve best: least squares."""
    xs = [i / (_PLACES - 1) for i in range(_PLACES)]
    heights = [target_at(target, x) for x in xs]
    mean = sum(heights) / _PLACES
    spread = sum((x - 0.5) ** 2 for x in xs)
    products = sum((x - 0.5) * (y - mean) for x, y in zip(xs, heights, strict=True))
    slope = products / spread
    return [mean - slope / 2, slope]


def greatest_error(target: str, n_relus: int, bent: bool) -> float:
    """Measure the greatest distance between curve and drawing."""
    height, slope = least_squares_line(target)
    xs = [i / (_PLACES - 1) for i in range(_PLACES)]
    return max(
        abs((relu_sum(target, n_relus, x) if bent else height + slope * x) - target_at(target, x))
        for x in xs
    )


class Nonlinearity(Explorer):
    """A curve, and what a hidden layer draws of it with ReLU or without."""

    scene = "nonlinearity.js"
    lessons = ("activations",)

    n_relus = traitlets.Int(3, min=0, max=12).tag(sync=True, label="hidden neurons")
    target = traitlets.Enum(_TARGETS, "wave").tag(label="curve to draw")
    bent = traitlets.Bool(True).tag(sync=True, label="with ReLU")

    def sentence(self) -> str:
        """Say how many pieces are drawn, and how far they are from the curve."""
        neurons = "1 hidden neuron" if self.n_relus == 1 else f"{self.n_relus} hidden neurons"
        pieces = max(1, self.n_relus) if self.bent else 1
        line = "1 straight piece" if pieces == 1 else f"{pieces} straight pieces"
        distance = greatest_error(self.target, self.n_relus, self.bent)
        return (
            f"{neurons} {'with' if self.bent else 'without'} ReLU: {line}. "
            f"The farthest from the {self.target} is {distance:.3f}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the curve, the drawing on it, and a mark at each bend."""
        axes = figure.subplots()
        xs = np.linspace(0, 1, _PLACES)
        height, slope = least_squares_line(self.target)
        line = [
            relu_sum(self.target, self.n_relus, x) if self.bent else height + slope * x for x in xs
        ]
        goals = [target_at(self.target, x) for x in xs]
        axes.plot(xs, goals, "--", color=ORANGE, label=f"the {self.target}")
        axes.plot(xs, line, color=BLUE, linewidth=3, label=f"{self.n_relus} hidden neurons")
        if self.bent:
            knots = [i / self.n_relus for i in range(self.n_relus)]
            axes.plot(knots, [target_at(self.target, x) for x in knots], "o", color=BLUE)
        axes.set(xlabel="input", ylabel="output", ylim=(-1.3, 1.3))
        axes.legend()


def explore_nonlinearity(n_relus: int = 3, target: str = "wave", bent: bool = True) -> Nonlinearity:
    """Choose how many hidden neurons draw a curve, with ReLU or without.

    Parameters
    ----------
    n_relus : int, default 3
        Hidden neurons, 0 to 12.
    target : {'wave', 'hill', 'corner'}, default 'wave'
        The curve to draw.
    bent : bool, default True
        Whether the hidden neurons have ReLU.

    Returns
    -------
    Nonlinearity
        Its traits are ``n_relus``, ``target`` and ``bent``.

    Raises
    ------
    TypeError
        If `n_relus` is not a whole number, or `bent` neither True nor False.
    ValueError
        If `n_relus` is out of its range, or `target` is none of those above.

    Examples
    --------
    >>> explore_nonlinearity(2, "corner")
    Nonlinearity: 2 hidden neurons with ReLU: 2 straight pieces. The farthest from the corner ...
    """
    return Nonlinearity(n_relus=n_relus, target=target, bent=bent)

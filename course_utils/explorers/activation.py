"""One neuron with one pixel: its weighted sum, its activation, and the derivative there."""

import math

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, GREY, ORANGE, PALE_GREY
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals

_NAMES = ("ReLU", "sigmoid", "tanh")
_FLAT = 0.01  # a derivative below it passes on less than a hundredth of a change


def weighted_sum(pixel: float, weight: float, bias: float) -> float:
    """Calculate z = weight × pixel + bias, to two decimals."""
    return math.floor(100 * (weight * pixel + bias) + 0.5) / 100 + 0.0


def activate(name: str, z: float) -> float:
    """Apply an activation to a weighted sum."""
    if name == "ReLU":
        return max(0.0, z)
    return 1 / (1 + math.exp(-z)) if name == "sigmoid" else math.tanh(z)


def slope_at(name: str, z: float) -> float:
    """Return the derivative at z; at 0, where ReLU has none, it counts as 0, as in Keras."""
    if name == "ReLU":
        return float(z > 0)
    value = activate(name, z)
    return value * (1 - value) if name == "sigmoid" else 1 - value * value


def z_range(weight: float, bias: float) -> list[float]:
    """Find the lowest and the highest z that a pixel from 0 to 1 can give."""
    ends = [weighted_sum(0, weight, bias), weighted_sum(1, weight, bias)]
    return sorted(ends)


def verdict(name: str, z: float, highest: float) -> str:
    """Tell whether the neuron still passes changes of its input on."""
    if name == "ReLU" and highest <= 0:
        return "The neuron is dead: no pixel gets z above 0."
    slope = slope_at(name, z)
    if slope == 0:
        return "The neuron is off for this pixel: other pixel values get z above 0."
    if slope < _FLAT:
        return "The neuron is saturated: its curve is almost flat here."
    return "The neuron passes changes on."


class Activation(Explorer):
    """A pixel, a weight, a bias and an activation: value, derivative, and what pixels reach."""

    scene = "activation.js"
    lessons = ("activations",)

    activation = traitlets.Enum(_NAMES, "ReLU").tag(label="activation")
    pixel = traitlets.Float(0.5, min=0.0, max=1.0).tag(sync=True, label="pixel", step=0.1)
    weight = traitlets.Float(4.0, min=-5.0, max=5.0).tag(sync=True, label="weight", step=0.5)
    bias = traitlets.Float(-1.0, min=-5.0, max=5.0).tag(sync=True, label="bias", step=0.5)

    @property
    def z(self) -> float:
        """The weighted sum."""
        return weighted_sum(self.pixel, self.weight, self.bias)

    def sentence(self) -> str:
        """Give the weighted sum, the output, its derivative, and whether pixels can change it."""
        z, (lowest, highest) = self.z, z_range(self.weight, self.bias)
        return (
            f"z = {self._sum()} = {decimals(z, 2)}, for which {self.activation} gives "
            f"{decimals(activate(self.activation, z), 3)} with derivative "
            f"{decimals(slope_at(self.activation, z), 4)}. Pixels from 0 to 1 give z from "
            f"{decimals(lowest, 2)} to {decimals(highest, 2)}. "
            f"{verdict(self.activation, z, highest)}"
        )

    def draw(self, figure: Figure) -> None:
        """Draw the curve, thick where pixels can reach it, and the tangent at z."""
        z, (lowest, highest) = self.z, z_range(self.weight, self.bias)
        value, slope = (f(self.activation, z) for f in (activate, slope_at))
        axes = figure.subplots()
        for low, high, colour, width in ((-10, 10, GREY, 1.2), (lowest, highest, BLUE, 5)):
            points = np.linspace(low, high, 201)
            heights = [activate(self.activation, point) for point in points]
            axes.plot(points, heights, color=colour, linewidth=width)
        run = 2.5 / math.hypot(1, slope) if self.activation == "ReLU" else 2.5
        axes.plot(
            [z - run, z + run], [value - run * slope, value + run * slope], "--", color=ORANGE
        )
        axes.plot(z, value, "D", color=ORANGE, markersize=8)
        axes.set(
            xlim=(-10.5, 10.5),
            ylim=(-1.5, 10.5) if self.activation == "ReLU" else (-1.3, 1.3),
            xlabel="z (thick: within reach of pixels from 0 to 1; dashed: the tangent)",
            ylabel=f"{self.activation}(z)",
            title=f"z = {self._sum()} = {decimals(z, 2)},  derivative {decimals(slope, 4)}",
        )
        axes.grid(color=PALE_GREY)

    def _sum(self) -> str:
        sign = "−" if self.bias < 0 else "+"
        return f"{decimals(self.weight, 1)} × {decimals(self.pixel, 1)} {sign} {abs(self.bias):.1f}"


def explore_activation(
    activation: str = "ReLU", pixel: float = 0.5, weight: float = 4.0, bias: float = -1.0
) -> Activation:
    """Move pixel, weight and bias of one neuron along the curve of its activation.

    Parameters
    ----------
    activation : {'ReLU', 'sigmoid', 'tanh'}, default 'ReLU'
    pixel : float, default 0.5
        From 0 to 1.
    weight, bias : float, default 4 and -1
        From -5 to 5.

    Returns
    -------
    Activation
        Its traits are ``activation``, ``pixel``, ``weight`` and ``bias``.

    Raises
    ------
    TypeError
        If a number is of another type.
    ValueError
        If one is out of its range, or `activation` is not one of those above.

    Examples
    --------
    >>> explore_activation(bias=-5.0).sentence().endswith("dead: no pixel gets z above 0.")
    True
    """
    return Activation(activation=activation, pixel=pixel, weight=weight, bias=bias)

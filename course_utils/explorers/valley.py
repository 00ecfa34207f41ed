"""What scaling does to training: it turns a narrow valley of the loss into a round bowl."""

import math

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils import _arguments
from course_utils._palette import BLACK, BLUE, GREY, ORANGE
from course_utils.explorers.base.explorer import Explorer

_SCALINGS = ("raw", "/ 255", "standardised")
_HOW = {
    "raw": "Raw pixels",
    "/ 255": "Pixels divided by 255",
    "standardised": "Standardised pixels",
}
_RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)
_REACH = 2.4  # the map shows errors from -2.4 to 2.4
_LOST = 1e12  # a loss above this counts as diverged, and the path ends


def loss_coefficients(scaling: str, mean: float, std: float) -> tuple[float, float]:
    """Return what the loss depends on: the scaled pixels' mean, and the mean of their squares."""
    # A weight error u and a bias error v lose (second * u**2 + 2 * first * u * v + v**2) / 2.
    if scaling == "standardised":
        return 0.0, 1.0
    divisor = 255.0 if scaling == "/ 255" else 1.0
    first, spread = mean / divisor, std / divisor
    return first, first * first + spread * spread


def loss_at(first: float, second: float, u: float, v: float) -> float:
    """Return the loss at an error `u` of the weight and an error `v` of the bias."""
    return (second * u * u + 2 * first * u * v + v * v) / 2


def descend(
    first: float, second: float, rate: float, steps: int, u: float = 1.0, v: float = 1.0
) -> list[list[float]]:
    """Walk down one neuron's loss: [weight error, bias error, loss] before and after each step."""
    path = []
    for step in range(steps + 1):
        if step:
            slope_u, slope_v = second * u + first * v, first * u + v
            u, v = u - rate * slope_u, v - rate * slope_v
        loss = loss_at(first, second, u, v)
        path.append([u, v, loss])
        if loss > _LOST:
            break
    return path


def principal_axes(first: float, second: float) -> tuple[float, float, float]:
    """Return the highest and lowest curvature, and the angle of the former in radians."""
    middle, half = (second + 1) / 2, (second - 1) / 2
    radius = math.sqrt(half * half + first * first)
    across = middle + radius
    along = (second - first * first) / across
    return across, along, math.atan2(first, half) / 2


def three_digits(value: float) -> str:
    """Write a positive number with three digits, however small or large it is."""
    if value < 1e-6:
        return "below 0.000001"
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if value >= size:
            return f"{math.floor(value / size * 10 + 0.5) / 10:.1f}{name}"
    decimals = 0
    while value * 10.0**decimals < 100 and decimals < 8:
        decimals += 1
    drop = 10 if value >= 1000 else 1
    whole = math.floor(value * 10.0**decimals / drop + 0.5) * drop
    digits = str(whole).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits


def _error(label: str) -> traitlets.Float:
    """Make a trait for an error with which the walk starts."""
    return traitlets.Float(1.0, min=-2.0, max=2.0).tag(sync=True, label=label, step=0.1)


class Valley(Explorer):
    """One neuron's loss over its weight and its bias, and the path of gradient descent."""

    scene = "valley.js"
    lessons = ("normalisation",)

    scaling = traitlets.Enum(_SCALINGS, "standardised").tag(label="scaling")
    learning_rate = traitlets.Enum(_RATES, 0.1).tag(label="learning rate")
    steps = traitlets.Int(20, min=0, max=50).tag(sync=True, label="steps")
    weight_error = _error("start: weight error")
    bias_error = _error("start: bias error")
    mean = traitlets.Float(33.318421449829934).tag(sync=True)
    std = traitlets.Float(78.56748998339798).tag(sync=True)

    def path(self) -> list[list[float]]:
        """Return the error of the weight, that of the bias and the loss, before and after steps."""
        first, second = loss_coefficients(self.scaling, self.mean, self.std)
        start = (self.weight_error, self.bias_error)
        return descend(first, second, float(self.learning_rate), self.steps, *start)

    def sentence(self) -> str:
        """Tell how narrow the valley is, and how far the steps got."""
        first, second = loss_coefficients(self.scaling, self.mean, self.std)
        across, along, _ = principal_axes(first, second)
        path = self.path()
        ratio = math.floor(math.sqrt(across / along) + 0.5)
        shape = f"a valley {ratio} times as long as it is wide" if ratio > 1 else "a round bowl"
        last = path[-1][2]
        rate = f"learning rate {self.learning_rate:g}"
        if last > _LOST:
            end = f"diverges: step {len(path) - 1} of {self.steps} takes it past a million million"
        else:
            end = f"is {three_digits(last)} after {self.steps} steps"
            if last > path[0][2]:
                end += ", so it is rising"
        start = three_digits(path[0][2])
        return (
            f"{_HOW[self.scaling]} make the loss {shape}. With {rate} it starts at {start} "
            f"and {end}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the map of the loss with the walk on it, and the loss after each step."""
        first, second = loss_coefficients(self.scaling, self.mean, self.std)
        path = self.path()
        chart, curve = figure.subplots(1, 2)
        _draw_map(chart, first, second, path)
        losses = np.clip([loss for _, _, loss in path], 1e-6, 1e13)
        curve.semilogy(losses, ".-", color=BLUE)
        curve.set(xlabel="step", ylabel="loss", xlim=(0, max(self.steps, 1)), ylim=(1e-6, 1e13))


def _draw_map(axes: Axes, first: float, second: float, path: list[list[float]]) -> None:
    """Draw contours, the walk and the best point."""
    across, along, angle = principal_axes(first, second)
    turn = np.linspace(0, 2 * np.pi, 400)
    for k in range(11):
        length = 0.5 * 2**k  # the loss grows fourfold from one contour to the next
        width = length * math.sqrt(along / across)
        u = width * np.cos(turn) * math.cos(angle) - length * np.sin(turn) * math.sin(angle)
        v = width * np.cos(turn) * math.sin(angle) + length * np.sin(turn) * math.cos(angle)
        axes.plot(u, v, color=GREY, linewidth=0.8)
    points = np.array(path)[:, :2]
    outside = np.flatnonzero(np.abs(points).max(axis=1) > _REACH)
    points = points[: outside[0] + 1] if outside.size else points
    axes.plot(*points.T, ".-", color=ORANGE)
    axes.plot(*points[0], "o", color=ORANGE, markersize=9)
    axes.plot(0, 0, "+", color=BLACK, markersize=12, markeredgewidth=2)
    axes.set(
        xlim=(-_REACH, _REACH),
        ylim=(-_REACH, _REACH),
        aspect="equal",
        xlabel="error of the weight",
        ylabel="error of the bias",
    )


def explore_valley(
    scaling: str = "standardised",
    learning_rate: float = 0.1,
    steps: int = 20,
    weight_error: float = 1.0,
    bias_error: float = 1.0,
    mean: float = 33.318421449829934,
    std: float = 78.56748998339798,
) -> Valley:
    """Walk down a neuron's loss, and watch how the scaling of its input decides the path.

    Parameters
    ----------
    scaling : {'raw', '/ 255', 'standardised'}, default 'standardised'
    learning_rate : float, default 0.1
        One of 0.0001, 0.0002, 0.0005, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3.
    steps : int, default 20
        Steps of gradient descent, 0 to 50.
    weight_error, bias_error : float, default 1
        How far the weight and the bias are from the best ones at the start, -2 to 2.
    mean, std : float, default 33.318421449829934 and 78.56748998339798
        Those of the pixels before scaling; by default of MNIST's training images.

    Returns
    -------
    Valley
        Its traits are ``scaling``, ``learning_rate``, ``steps``, ``weight_error`` and
        ``bias_error``.

    Raises
    ------
    TypeError
        If `steps` is not a whole number, or an error, `mean` or `std` not a number.
    ValueError
        If `mean` or `std` cannot be those of grey values, or another value is not one of those
        above.

    Notes
    -----
    The neuron is ``w * x + b``, with the mean squared error against a target that a perfect
    weight and bias would hit. Its loss is a quadratic function of the two errors, and depends on
    the pixels only through their mean and their mean square.

    Examples
    --------
    >>> explore_valley("raw", learning_rate=0.01, steps=10)
    Valley: Raw pixels make the loss a valley 93 times as long as it is wide. With learning ...
    """
    mean, std = _arguments.number("mean", mean, 0, 255), _arguments.number("std", std)
    if not 0 < std <= 127.5:
        raise ValueError(
            f"`std` must be above 0 and at most 127.5; got {std}. Pass images.std() of images "
            "that hold more than one grey value."
        )
    return Valley(
        scaling=scaling,
        learning_rate=learning_rate,
        steps=steps,
        weight_error=weight_error,
        bias_error=bias_error,
        mean=mean,
        std=std,
    )

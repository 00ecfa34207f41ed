"""A network of two layers as a graph: values go down through it, derivatives come back up."""

import math
from collections.abc import Sequence

import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils._palette import BLACK, BLUE, GREY, ORANGE, PALE_BLUE, PALE_ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals

_INPUT = 2.0
_WANTED = (3.0, 0.0)
#: w1 and w2 lead from the input to a hidden neuron, v12 from the first of these to the output y2.
_WEIGHTS = ("w1", "w2", "v11", "v12", "v21", "v22")
_STEPS = (1.0, 0.1, 0.001)
_SAID = 0.1  # the step that the sentence is about
_SUBSCRIPTS = str.maketrans("12", "₁₂")
#: Where the boxes and the weights stand in the still picture.
_PLACES = {"x": (0, 0), "h1": (1, 1), "h2": (1, -1), "y1": (2.3, 1), "y2": (2.3, -1)}
_WEIGHTS_AT = {
    "w1": (0.5, 0.62), "w2": (0.5, -0.62), "v11": (1.65, 1),
    "v12": (1.45, 0.38), "v21": (1.45, -0.38), "v22": (1.65, -1),
}  # fmt: skip
_LOSS_AT = (3.3, 0)


def values_of(weights: Sequence[float], sigmoid: bool) -> list[float]:
    """Go forward: return both weighted sums, hidden neurons and outputs, and the loss."""
    sums = [weights[i] * _INPUT for i in (0, 1)]
    hidden = [1 / (1 + math.exp(-z)) if sigmoid else max(0.0, z) for z in sums]
    outputs = [weights[2 + j] * hidden[0] + weights[4 + j] * hidden[1] for j in (0, 1)]
    loss = sum((y - wanted) ** 2 for y, wanted in zip(outputs, _WANTED, strict=True))
    return [*sums, *hidden, *outputs, loss]


def derivatives_of(weights: Sequence[float], sigmoid: bool) -> list[float]:
    """Go back: return the loss's derivatives for the values before it, then for all else.

    In order: both weighted sums, hidden neurons and outputs, the six weights, and the input.
    """
    z1, z2, h1, h2, *outputs, _ = values_of(weights, sigmoid)
    errors = [2 * (y - wanted) for y, wanted in zip(outputs, _WANTED, strict=True)]
    back = [weights[i] * errors[0] + weights[i + 1] * errors[1] for i in (2, 4)]
    slopes = [slope_of(z, sigmoid) for z in (z1, z2)]
    sums = [derivative * slope for derivative, slope in zip(back, slopes, strict=True)]
    first = [_INPUT * derivative for derivative in sums]
    second = [h * error for h in (h1, h2) for error in errors]
    return [*sums, *back, *errors, *first, *second, weights[0] * sums[0] + weights[1] * sums[1]]


def slope_of(z: float, sigmoid: bool) -> float:
    """Return the derivative of a hidden neuron's activation."""
    if not sigmoid:
        return float(z > 0)
    value = 1 / (1 + math.exp(-z))
    return value * (1 - value)


def quotients_of(
    weights: Sequence[float], sigmoid: bool, place: int, step: float
) -> tuple[float, float]:
    """Measure a weight's slope: by a step to one side, and by one to each."""
    higher, lower = (
        values_of([w + by * (i == place) for i, w in enumerate(weights)], sigmoid)[-1]
        for by in (step, -step)
    )
    return (higher - values_of(weights, sigmoid)[-1]) / step, (higher - lower) / (2 * step)


def briefly(number: float) -> str:
    """Write a number with about three digits, and no more decimals than it needs."""
    size = abs(number)
    written = decimals(number, 1 if size >= 100 else 2 if size >= 1 else 3)
    return written.rstrip("0").rstrip(".")


def _in_brackets(number: float) -> str:
    """Write a number that follows a sign."""
    return f"({briefly(number)})" if number < 0 else briefly(number)


class Backpropagation(Explorer):
    """One input, two hidden neurons and two outputs; each weight, and what comes back to it."""

    scene = "backpropagation.js"
    lessons = ("backpropagation",)

    weight = traitlets.Enum(_WEIGHTS, "w1").tag(label="followed weight")
    w1 = traitlets.Float(1.0, min=-2, max=2).tag(
        sync=True, label="w₁, x to h₁", step=0.1, format=".1f"
    )
    w2 = traitlets.Float(0.5, min=-2, max=2).tag(
        sync=True, label="w₂, x to h₂", step=0.1, format=".1f"
    )
    v11 = traitlets.Float(1.0, min=-2, max=2).tag(
        sync=True, label="v₁₁, h₁ to y₁", step=0.1, format=".1f"
    )
    v12 = traitlets.Float(-1.0, min=-2, max=2).tag(
        sync=True, label="v₁₂, h₁ to y₂", step=0.1, format=".1f"
    )
    v21 = traitlets.Float(2.0, min=-2, max=2).tag(
        sync=True, label="v₂₁, h₂ to y₁", step=0.1, format=".1f"
    )
    v22 = traitlets.Float(1.0, min=-2, max=2).tag(
        sync=True, label="v₂₂, h₂ to y₂", step=0.1, format=".1f"
    )
    activation = traitlets.Enum(("ReLU", "sigmoid"), "ReLU").tag(label="activation")

    def _state(self) -> tuple[list[float], bool, int]:
        """Return the six weights, whether the activation is the sigmoid, and the weight's place."""
        weights = [getattr(self, name) for name in _WEIGHTS]
        return weights, self.activation == "sigmoid", _WEIGHTS.index(self.weight)

    def product(self) -> str:
        """Write the followed weight's derivative as the product that leads to it."""
        weights, sigmoid, place = self._state()
        *_, h1, h2, _, _, _ = values_of(weights, sigmoid)
        _, _, _, _, *errors = derivatives_of(weights, sigmoid)[:6]
        if place >= 2:
            i, j = divmod(place - 2, 2)
            return f"{briefly((h1, h2)[i])} × {_in_brackets(errors[j])}"
        slope = slope_of(weights[place] * _INPUT, sigmoid)
        sums = [
            f"{_in_brackets(weights[2 + 2 * place + j])} × {_in_brackets(errors[j])}"
            for j in (0, 1)
        ]
        return f"{briefly(_INPUT)} × {briefly(slope)} × ({sums[0]} + {sums[1]})"

    def sentence(self) -> str:
        """Give the loss, and the followed weight's derivative, calculated and measured."""
        weights, sigmoid, place = self._state()
        values, name = values_of(weights, sigmoid), self.weight.translate(_SUBSCRIPTS)
        one_sided, central = quotients_of(weights, sigmoid, place, _SAID)
        z1, z2, _, _, y1, y2, loss = map(briefly, values)
        first, second = map(briefly, _WANTED)
        return (
            f"With {self.activation}, z₁ = {z1} and z₂ = {z2} give the outputs {y1} and {y2}, "
            f"where {first} and {second} are wanted, so the loss is {loss}. Its derivative for "
            f"{name} = {briefly(weights[place])} is {self.product()} = "
            f"{briefly(derivatives_of(weights, sigmoid)[6 + place])}. Measured with a step of "
            f"{_SAID:g} to both sides it is {briefly(central)}, and to one side "
            f"{briefly(one_sided)}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the graph from left to right, with each value and, after ∂, its derivative."""
        weights, sigmoid, place = self._state()
        values, derivatives = values_of(weights, sigmoid), derivatives_of(weights, sigmoid)
        axes = figure.subplots()
        axes.axis("off")
        axes.set(xlim=(-0.4, 3.65), ylim=(-1.5, 1.6))
        for i, name in enumerate(_WEIGHTS):
            here, there = _ends(name)
            colour, thick = (ORANGE, 2.5) if i == place else (GREY, 1.0)
            look = {"arrowstyle": "-|>", "color": colour, "linewidth": thick}
            axes.annotate("", there, here, arrowprops=look)
            words = f"{name.translate(_SUBSCRIPTS)} {briefly(weights[i])}"
            ground = PALE_ORANGE if i == place else "white"
            _write(axes, _WEIGHTS_AT[name], words, derivatives[6 + i], ground)
        for name in ("y1", "y2"):
            axes.annotate("", _LOSS_AT, _PLACES[name], arrowprops={"arrowstyle": "-|>"})
        _write(axes, _PLACES["x"], f"x {briefly(_INPUT)}", derivatives[12], PALE_BLUE)
        for k, name in enumerate(("h1", "h2", "y1", "y2")):
            words = f"{name.translate(_SUBSCRIPTS)} {briefly(values[2 + k])}"
            _write(axes, _PLACES[name], words, derivatives[2 + k], PALE_BLUE)
        _write(axes, _LOSS_AT, f"loss {briefly(values[6])}", 1, PALE_BLUE)
        axes.set_title("value, and after ∂ the derivative of the loss", fontsize=9)


def _ends(weight: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Find the boxes that a weight connects."""
    if weight.startswith("w"):
        return _PLACES["x"], _PLACES[f"h{weight[1]}"]
    return _PLACES[f"h{weight[1]}"], _PLACES[f"y{weight[2]}"]


def _write(
    axes: Axes, place: tuple[float, float], words: str, derivative: float, ground: str
) -> None:
    """Write a value with its derivative below it into a box."""
    box = {"boxstyle": "round,pad=0.25", "facecolor": ground, "edgecolor": BLACK, "linewidth": 0.6}
    text = f"{words}\n∂ {briefly(derivative)}"
    axes.text(*place, text, ha="center", va="center", fontsize=9, bbox=box, color=BLUE)


def explore_backpropagation(
    weight: str = "w1",
    w1: float = 1.0,
    w2: float = 0.5,
    v11: float = 1.0,
    v12: float = -1.0,
    v21: float = 2.0,
    v22: float = 1.0,
    activation: str = "ReLU",
) -> Backpropagation:
    """Move the weights of a small network, and follow the derivatives back to one of them.

    The input 2 goes to two hidden neurons, and these to two outputs that should be 3 and 0. The
    loss is the sum of the squared differences.

    Parameters
    ----------
    weight : {'w1', 'w2', 'v11', 'v12', 'v21', 'v22'}, default 'w1'
        The weight that is followed.
    w1, w2 : float, default 1 and 0.5
        The weights of the hidden neurons, from -2 to 2.
    v11, v12, v21, v22 : float, default 1, -1, 2 and 1
        The weights of the outputs, from -2 to 2; ``v12`` leads from the first hidden neuron to the
        second output.
    activation : {'ReLU', 'sigmoid'}, default 'ReLU'
        What the hidden neurons apply to their weighted sums.

    Returns
    -------
    Backpropagation
        Its traits are the arguments.

    Raises
    ------
    TypeError
        If a weight's value is not a number.
    ValueError
        If one is out of its range, or a name is not one of those above.

    Examples
    --------
    >>> explore_backpropagation("v12")
    Backpropagation: With ReLU, z₁ = 2 and z₂ = 1 give the outputs 4 and −1, where 3 and 0 ...
    """
    return Backpropagation(
        weight=weight, w1=w1, w2=w2, v11=v11, v12=v12, v21=v21, v22=v22, activation=activation
    )

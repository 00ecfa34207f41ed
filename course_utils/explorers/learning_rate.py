"""The learning rate: steps down a loss with a steep wall, a narrow bottom and a flat shelf."""

import math
from itertools import pairwise

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, GREY, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals

_OPTIMISERS = ("SGD", "SGD with momentum", "Adam")
_RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)
_MOMENTUM = 0.9
_DECAY, _SLOW_DECAY, _TINY = 0.9, 0.999, 1e-7  # Adam's, as Keras has them
_LOST = 1000.0  # a weight beyond it counts as diverged, and the walk ends
_SMALL = 0.001  # a loss below it counts as arrived
_LATEST = 10  # the number of last steps that decide whether the walk oscillates


def loss_at(w: float) -> float:
    """Return the loss of a weight: a wall below 0, the bottom at 0, a shelf, a wall from 4 on."""
    if w < 0:
        return 2 * w * w
    spread = 1 + w * w
    far = max(0.0, w - 4)
    return 1 - 1 / (spread * spread) + 2 * far * far


def slope_at(w: float) -> float:
    """Return the slope of the loss: how much it rises for a small step to the right."""
    if w < 0:
        return 4 * w
    spread = 1 + w * w
    return 4 * w / (spread * spread * spread) + 4 * max(0.0, w - 4)


def walk(optimiser: str, rate: float, steps: int, start: float) -> list[float]:
    """Follow an optimiser, as Keras has it, down the loss: w at the start and after each step."""
    w, mean, square = start, 0.0, 0.0
    left, slow_left = 1.0, 1.0  # powers of the decays
    path = [w]
    for _ in range(steps):
        slope = slope_at(w)
        if optimiser == "Adam":
            left, slow_left = left * _DECAY, slow_left * _SLOW_DECAY
            mean += (slope - mean) * (1 - _DECAY)
            square += (slope * slope - square) * (1 - _SLOW_DECAY)
            scaled = rate * math.sqrt(1 - slow_left) / (1 - left)
            w -= scaled * mean / (math.sqrt(square) + _TINY)
        else:
            mean = (_MOMENTUM if optimiser == "SGD with momentum" else 0.0) * mean - rate * slope
            w += mean
        path.append(w)
        if abs(w) > _LOST:
            break
    return path


def verdict(path: list[float]) -> str:
    """Describe how a walk ends."""
    last = len(path) - 1
    if last == 0:
        return "No step has been taken yet."
    if abs(path[last]) > _LOST:
        return f"It diverges: step {last} takes w beyond ±1000."
    arrived = last + 1
    while arrived > 0 and loss_at(path[arrived - 1]) < _SMALL:
        arrived -= 1
    if arrived <= last:
        return f"It converges: from step {arrived} on the loss stays below 0.001."
    latest = path[-_LATEST - 1 :]
    if sum((a < 0) != (b < 0) for a, b in pairwise(latest)) > 1:
        return "It oscillates across the bottom."
    moved = decimals(abs(path[last] - path[last - 1]), 5)
    return f"It is still on its way: the last step moved w by {moved}."


class LearningRate(Explorer):
    """One weight, its loss, an optimiser and a learning rate: where the steps go."""

    scene = "learning_rate.js"
    lessons = ("gradient_descent",)

    optimiser = traitlets.Enum(_OPTIMISERS, "SGD").tag(label="optimiser")
    learning_rate = traitlets.Enum(_RATES, 0.1).tag(label="learning rate")
    steps = traitlets.Int(40, min=0, max=100).tag(sync=True, label="steps")
    start = traitlets.Float(2.0, min=-1.2, max=4.4).tag(sync=True, label="start at w", step=0.1)

    @property
    def path(self) -> list[float]:
        """The weight at the start and after each step."""
        return walk(self.optimiser, float(self.learning_rate), self.steps, self.start)

    def sentence(self) -> str:
        """Tell where the steps end, and whether they converge, crawl, oscillate or diverge."""
        path = self.path
        return (
            f"With {self.optimiser} and learning rate {self.learning_rate:g}, w starts at "
            f"{decimals(self.start, 1)}. At step {len(path) - 1} of {self.steps} w is "
            f"{decimals(path[-1], 2)} and the loss is {decimals(loss_at(path[-1]), 3)}. "
            f"{verdict(path)}"
        )

    def draw(self, figure: Figure) -> None:
        """Draw the loss with the steps on it, and the loss after each step."""
        path = self.path
        losses = [loss_at(w) for w in path]
        land, curve = figure.subplots(1, 2, sharey=True)
        grid = np.linspace(-1.6, 5.2, 400)
        land.plot(grid, [loss_at(w) for w in grid], color=GREY)
        land.plot(path, losses, ".", color=BLUE)
        land.plot(path[0], losses[0], "s", color=BLUE, markersize=9)
        land.plot(path[-1], losses[-1], "D", color=ORANGE, markersize=9)
        land.set(
            xlim=(-1.6, 5.2), ylim=(-0.15, 3.2), xlabel="w  (■ start, ◆ last step)", ylabel="loss"
        )
        curve.plot(losses, ".-", color=BLUE)
        curve.plot(len(losses) - 1, losses[-1], "D", color=ORANGE, markersize=9)
        curve.set(xlim=(-1, max(self.steps, 1) + 1), xlabel="step")
        figure.suptitle(verdict(path), fontsize=10)


def explore_learning_rate(
    optimiser: str = "SGD", learning_rate: float = 0.1, steps: int = 40, start: float = 2.0
) -> LearningRate:
    """Walk down the loss of one weight, with a learning rate and an optimiser of your choice.

    Parameters
    ----------
    optimiser : {'SGD', 'SGD with momentum', 'Adam'}, default 'SGD'
    learning_rate : float, default 0.1
        One of 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3.
    steps : int, default 40
        From 0 to 100.
    start : float, default 2.0
        The weight at the start, from -1.2 to 4.4.

    Returns
    -------
    LearningRate
        Its traits are ``optimiser``, ``learning_rate``, ``steps`` and ``start``.

    Raises
    ------
    TypeError
        If `steps` is not a whole number, or `start` not a number.
    ValueError
        If a number is out of its range, or a choice is not one of those above.

    Notes
    -----
    Momentum is 0.9. Adam (Kingma and Ba, 2015) uses Keras's constants: 0.9, 0.999 and 1e-7.

    Examples
    --------
    >>> explore_learning_rate("SGD", 3, 40, -1.0)
    LearningRate: With SGD and learning rate 3, w starts at −1.0. At step 4 of 40 w is ...
    """
    return LearningRate(optimiser=optimiser, learning_rate=learning_rate, steps=steps, start=start)

"""Filters of the shipped networks: their weights, receptive fields, and a picture of them."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course_utils._palette import BLUE, ORANGE


def receptive_field(kinds: Sequence[str], position: int) -> tuple[int, int]:
    """Find the first and last pixel, along one axis, of a last layer position's receptive field."""
    first = last = position
    for kind in reversed(kinds):
        if kind == "convolution":
            first, last = first - 1, last + 1
        else:
            first, last = 2 * first, 2 * last + 1
    return max(first, 0), min(last, 27)


def filter_of(weights: NDArray[np.float64], channel: int) -> NDArray[np.float64]:
    """Take one filter, (channels, 3, 3), out of a convolution's weights."""
    return weights[..., channel].transpose(2, 0, 1)


def windows_in(maps: NDArray[np.float64], top: int, left: int, side: int) -> NDArray[np.float64]:
    """Take what a window sees of maps, with zeros beyond their border: (maps, side * side)."""
    padded = np.pad(maps, ((1, 1), (1, 1), (0, 0)))
    window = padded[top + 1 : top + 1 + side, left + 1 : left + 1 + side]
    return window.reshape(side * side, -1).T


def sum_of_products(values: ArrayLike, weights: ArrayLike) -> float:
    """Add up the products of a window and a slice of a filter, in the browser's order."""
    products = np.multiply(values, weights, dtype=np.float64)
    return float(np.cumsum(products)[-1])  # sum() would add in another order


def draw_filter(axes: Axes, kernel: NDArray[np.float64]) -> None:
    """Draw each weight as a square: the larger the stronger, empty if negative."""
    n_columns = min(len(kernel), 4)
    for i, weights in enumerate(kernel):
        corner_y, corner_x = (3.6 * part for part in divmod(i, n_columns))
        for (row, column), weight in np.ndenumerate(weights):
            side = math.sqrt(abs(weight) / np.abs(kernel).max()) * 0.9
            x, y = corner_x + column + (1 - side) / 2, corner_y + row + (1 - side) / 2
            colour = BLUE if weight > 0 else ORANGE
            face = colour if weight > 0 else "none"
            axes.add_patch(Rectangle((x, y), side, side, facecolor=face, edgecolor=colour))
    n_rows = math.ceil(len(kernel) / n_columns)
    axes.set(xlim=(-0.2, 3.6 * n_columns - 0.4), ylim=(3.6 * n_rows - 0.4, -0.2))

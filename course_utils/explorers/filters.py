"""Filters of the shipped networks: their weights, the pixels that they see, and a picture."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray


def field_of(kinds: Sequence[str], place: int) -> tuple[int, int]:
    """Say which pixels of the picture a place of the last layer depends on, along one axis.

    Parameters
    ----------
    kinds : sequence of {'convolution', 'pooling'}
        The layers from the picture to the one with this place.
    place : int
        Its row, or column.

    Returns
    -------
    (int, int)
        First and last pixel, without the padding.

    Examples
    --------
    >>> field_of(["convolution"], 5), field_of(["convolution", "pooling", "convolution"], 5)
    ((4, 6), (7, 14))
    """
    first = last = place
    for kind in reversed(kinds):
        if kind == "convolution":
            first, last = first - 1, last + 1
        else:
            first, last = 2 * first, 2 * last + 1
    return max(first, 0), min(last, 27)


def filter_of(weights: NDArray[np.float64], channel: int) -> NDArray[np.float64]:
    """Take one filter out of a convolution's weights.

    Parameters
    ----------
    weights : ndarray of shape (3, 3, channels, filters)
    channel : int
        The map that it makes.

    Returns
    -------
    ndarray of shape (channels, 3, 3)
        A slice for each map that the convolution reads.

    Examples
    --------
    >>> filter_of(np.arange(18).reshape(3, 3, 1, 2), 1)[0, 0].tolist()
    [1, 3, 5]
    """
    return weights[..., channel].transpose(2, 0, 1)


def draw_filter(axes: Axes, kernel: NDArray[np.float64]) -> None:
    """Draw each weight as a square: the larger the stronger, empty if negative.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    kernel : ndarray of shape (channels, 3, 3)
        As from `filter_of`. At most four slices stand side by side.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> draw_filter(axes, np.array([np.full((3, 3), 0.4), np.full((3, 3), -0.1)]))
    >>> [float(axes.patches[i].get_width()) for i in (0, 9)]
    [0.9, 0.45]
    """
    n_columns = min(len(kernel), 4)
    for i, weights in enumerate(kernel):
        corner_y, corner_x = (3.6 * part for part in divmod(i, n_columns))
        for (row, column), weight in np.ndenumerate(weights):
            side = math.sqrt(abs(weight) / np.abs(kernel).max()) * 0.9
            x, y = corner_x + column + (1 - side) / 2, corner_y + row + (1 - side) / 2
            colour = "#0072b2" if weight > 0 else "#c44f00"
            face = colour if weight > 0 else "none"
            axes.add_patch(Rectangle((x, y), side, side, facecolor=face, edgecolor=colour))
    n_rows = math.ceil(len(kernel) / n_columns)
    axes.set(xlim=(-0.2, 3.6 * n_columns - 0.4), ylim=(3.6 * n_rows - 0.4, -0.2))

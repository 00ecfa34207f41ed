"""Histograms of pixel values, before and after scaling."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE, PALE_GREY
from course_utils.plots._canvas import axes_or_new, figure_or_new

_BARS = 32


def plot_histogram(values: ArrayLike, title: str = "", ax: Axes | None = None) -> Axes:
    """Draw how often values occur, with their mean and standard deviation.

    Parameters
    ----------
    values : array_like of any shape, numbers
        Pixel values, scaled or not.
    title : str, optional
        What the values are.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        Its vertical axis is logarithmic, because most pixels of a digit are black.

    Raises
    ------
    TypeError
        If `values` are not numbers, or `ax` is not Axes.
    ValueError
        If there are no values, or one is not finite.

    Examples
    --------
    >>> plot_histogram(np.array([[0, 255]]), "two pixels").get_title().splitlines()
    ['two pixels', 'mean 127.50, std 127.50']
    """
    flat = _arguments.finite_array("values", values).astype(np.float64).ravel()
    axes = axes_or_new(ax)
    mean, std = flat.mean(), flat.std()
    axes.hist(flat, bins=_BARS, weights=np.full(flat.size, 1 / flat.size), color=BLUE)
    axes.set_yscale("log")
    axes.axvline(mean, color=ORANGE, linewidth=2, linestyle="--", label="mean")
    axes.axvspan(mean - std, mean + std, color=PALE_GREY, zorder=0, label="mean ± std")
    axes.set(xlabel="value", title=f"{title}\nmean {mean:.2f}, std {std:.2f}")
    return axes


def plot_histograms(sets: Mapping[str, ArrayLike], figure: Figure | None = None) -> NDArray[Any]:
    """Draw several histograms side by side, each over its own axis.

    Parameters
    ----------
    sets : mapping of str to array_like
        Values by name, at least one.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default on a new one.

    Returns
    -------
    ndarray of Axes, shape (n,)
        One for each name, in their order.

    Raises
    ------
    TypeError
        If `sets` is not a mapping, or `figure` is not a Figure.
    ValueError
        If there is nothing to draw, or as for `plot_histogram`.

    Examples
    --------
    >>> len(plot_histograms({"raw": [0, 255], "/ 255": [0, 1]}))
    2
    """
    by_name = _arguments.mapping("sets", sets)
    figure = figure_or_new(figure, (3.4 * len(by_name), 3.2))
    grid = figure.subplots(1, len(by_name), sharey=True, squeeze=False)[0]
    for axes, (name, values) in zip(grid, by_name.items(), strict=True):
        plot_histogram(values, name, axes)
    grid[0].set_ylabel("fraction of the pixels")
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2)
    return grid

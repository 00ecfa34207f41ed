"""Plots of convolutions: their kernels and feature maps."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE
from course_utils.plots._canvas import grid_or_new

_MOST_MAPS = 128  # with more, each would be too small to see
_SIGNED = LinearSegmentedColormap.from_list("signed", [ORANGE, "#ffffff", BLUE])


def plot_feature_maps(
    maps: ArrayLike,
    titles: Sequence[str] | None = None,
    *,
    n_columns: int = 8,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Show feature maps side by side, each from its lowest value (black) to its highest (white).

    Parameters
    ----------
    maps : array_like of shape (height, width, n)
        The output of a layer for one image; at most 128 maps.
    titles : sequence of str, length n, optional
        By default the maps are numbered.
    n_columns : int, default 8
        At least 1.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, n_columns)

    Raises
    ------
    TypeError
        If `maps` does not hold numbers, `titles` is not a list of names, `n_columns` is not a
        whole number, or `figure` is not a Figure.
    ValueError
        If `maps` does not have three axes, holds a value that is not finite or too many maps, or
        there are not as many titles.

    Examples
    --------
    >>> axes = plot_feature_maps(np.zeros((4, 4, 3)), n_columns=2)
    >>> axes.shape, axes[1, 0].get_title()
    ((2, 2), '2')
    """
    stack = _stack("maps", maps)
    panels = _panels(stack, titles, n_columns, figure)
    for number, axes in enumerate(panels.flat[: stack.shape[2]]):
        axes.imshow(stack[..., number], cmap="gray")
    return panels


def plot_kernels(
    kernels: ArrayLike,
    titles: Sequence[str] | None = None,
    *,
    n_columns: int = 8,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Show kernels as tables of numbers: blue above 0, orange below, pale near 0.

    Parameters
    ----------
    kernels : array_like of shape (height, width, n)
        At most 128. Each has its own scale of colours.
    titles : sequence of str, length n, optional
        By default the kernels are numbered.
    n_columns : int, default 8
        At least 1.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, n_columns)

    Raises
    ------
    TypeError
        If `kernels` does not hold numbers, `titles` is not a list of names, `n_columns` not a
        whole number or `figure` no Figure.
    ValueError
        If `kernels` does not have three axes, holds a value that is not finite or too many kernels,
        or there are not as many titles.

    Examples
    --------
    >>> axes = plot_kernels(np.eye(3)[..., None], ["diagonal"], n_columns=1)
    >>> [text.get_text() for text in axes[0, 0].texts][:4]
    ['1', '0', '0', '0']
    """
    stack = _stack("kernels", kernels)
    panels = _panels(stack, titles, n_columns, figure)
    for number, axes in enumerate(panels.flat[: stack.shape[2]]):
        kernel = stack[..., number]
        reach = float(np.abs(kernel).max()) or 1.0
        axes.imshow(kernel, cmap=_SIGNED, vmin=-reach, vmax=reach)
        for (row, column), weight in np.ndenumerate(kernel):
            colour = "white" if abs(weight) > 0.65 * reach else "black"
            words = f"{round(float(weight), 2) + 0:g}".replace("-", "−")  # + 0 makes 0 of −0
            axes.text(column, row, words, color=colour, ha="center", va="center", fontsize=8)
    return panels


def _stack(name: str, values: ArrayLike) -> NDArray[Any]:
    """Require pictures of shape (height, width, n)."""
    stack = _arguments.finite_array(name, values)
    if stack.ndim != 3 or stack.shape[2] > _MOST_MAPS:
        raise ValueError(
            f"`{name}` must have shape (height, width, n), with n at most {_MOST_MAPS}; got "
            f"{stack.shape}. Pick those of one image, and drop the batch axis."
        )
    return stack


def _panels(
    stack: NDArray[Any], titles: Sequence[str] | None, n_columns: int, figure: Figure | None
) -> NDArray[np.object_]:
    """Make Axes without frames, one for each picture, with titles."""
    names = _arguments.names_or_numbers("titles", titles, stack.shape[2], "map")
    panels = grid_or_new(figure, stack.shape[2], n_columns, (1.3, 1.55))
    for axes, name in zip(panels.flat, names, strict=False):
        axes.set_title(name, fontsize=10)
    return panels

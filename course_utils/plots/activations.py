"""Plots of activations: their curves, the regions of a classifier, and a row of outputs."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLUE, GREY, ORANGE, PALE_BLUE, PALE_GREY, PALE_ORANGE
from course_utils.plots._canvas import axes_or_new, figure_or_new, name_columns

_PALE = ListedColormap([PALE_BLUE, PALE_ORANGE])
_POINTS = 161  # columns and rows of points that a classifier is given


def plot_curves(
    inputs: ArrayLike, outputs: Mapping[str, ArrayLike], figure: Figure | None = None
) -> NDArray[np.object_]:
    """Draw functions of one number side by side, with zero lines.

    Parameters
    ----------
    inputs : array_like of shape (n,)
        Values along the horizontal axis, in increasing order.
    outputs : mapping of str to array_like of shape (n,)
        Titles, each with the values of its curve at the inputs.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of Axes, shape (number of curves,)

    Raises
    ------
    TypeError
        If something does not hold numbers, `outputs` is not a mapping, or `figure` is not a Figure.
    ValueError
        If `outputs` is empty, or a curve does not have as many values as `inputs`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = plot_curves([-1, 0, 1], {"ReLU": [0, 0, 1]}, Figure())
    >>> axes[0].get_title()
    'ReLU'
    """
    xs = _row("inputs", inputs)
    curves = {
        title: _row(f"outputs[{title!r}]", values, len(xs))
        for title, values in _arguments.mapping("outputs", outputs).items()
    }
    sheet = figure_or_new(figure, (3.1 * len(curves), 2.7))
    panels = sheet.subplots(1, len(curves), squeeze=False)[0]
    for axes, (title, values) in zip(panels, curves.items(), strict=True):
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.plot(xs, values, color=BLUE, linewidth=2.5)
        axes.set(title=title, xlabel="z")
    return panels


def plot_regions(
    classify: Callable[[NDArray[np.float32]], Any],
    points: ArrayLike,
    labels: ArrayLike,
    *,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw points of two classes, and the region that a classifier assigns to each class.

    Parameters
    ----------
    classify : callable
        A function that gets float32 points of shape (n, 2) and returns n classes, 0 or 1.
    points : array_like of shape (n, 2)
    labels : array_like of shape (n,)
        0, drawn as circles, or 1, drawn as crosses.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `classify` is not a function, `points` does not hold numbers, or `ax` is not Axes.
    ValueError
        If `points` does not have two columns, `labels` are not as many zeros and ones, or
        `classify` does not return one class per point.

    Examples
    --------
    >>> axes = plot_regions(lambda points: points[:, 0] > 0, [[-1, 0], [1, 0]], [0, 1])
    >>> len(axes.lines)
    2
    """
    if not callable(classify):
        raise TypeError(
            f"`classify` must be a function of points; got {type(classify).__name__}. "
            "Pass its name without brackets."
        )
    places = _arguments.finite_array("points", points)
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(
            f"`points` must have shape (n, 2); got {places.shape}. Each row is one point."
        )
    classes = _arguments.label_vector(labels)
    if len(classes) != len(places) or not np.isin(classes, (0, 1)).all():
        raise ValueError(
            f"`labels` must be {len(places)} zeros and ones, one per point; got {len(classes)} "
            f"from {classes.min()} to {classes.max()}. Pass the labels of these points."
        )
    low, high = places.min(axis=0) - 0.4, places.max(axis=0) + 0.4
    xs, ys = (np.linspace(low[i], high[i], _POINTS) for i in (0, 1))
    ground = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2).astype(np.float32)
    answers = np.asarray(classify(ground)).ravel()
    if len(answers) != len(ground):
        raise ValueError(
            f"`classify` must return one class per point, {len(ground)}; got {len(answers)}. "
            "Check the axis of its argmax."
        )
    ax = axes_or_new(ax, (4.4, 3.4))
    ax.pcolormesh(xs, ys, answers.reshape(_POINTS, _POINTS), cmap=_PALE, vmin=0, vmax=1)
    for label, marker, colour in ((0, "o", BLUE), (1, "x", ORANGE)):
        ax.plot(*places[classes == label].T, marker, color=colour, markersize=5, mfc="none")
    ax.set(title=title, xticks=[], yticks=[])
    return ax


def plot_output(
    output: ArrayLike,
    class_names: Sequence[str] | None = None,
    *,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the outputs of a network's last layer for one image as a line, one point per class.

    Parameters
    ----------
    output : array_like of shape (n_classes,)
        Logits or probabilities.
    class_names : sequence of str, length n_classes, optional
        By default the classes are numbered.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `output` does not hold numbers, `class_names` is not a list of names, or `ax` is not
        Axes.
    ValueError
        If `output` is not one row, or there are not as many names.

    Examples
    --------
    >>> axes = plot_output([0.1, 0.7, 0.2], ["cat", "dog", "bird"])
    >>> [float(height) for height in axes.lines[0].get_ydata()]
    [0.1, 0.7, 0.2]
    """
    heights = _row("output", output)
    names = _arguments.names_or_numbers("class_names", class_names, len(heights))
    ax = axes_or_new(ax, (6, 3))
    ax.plot(range(len(heights)), heights, "o-", color=BLUE, linewidth=2)
    name_columns(ax, names)
    ax.set(title=title)
    ax.grid(axis="y", color=PALE_GREY)
    return ax


def _row(name: str, values: ArrayLike, n: int | None = None) -> NDArray[Any]:
    """Require finite numbers in one row, of a given length if there is one."""
    array = _arguments.finite_array(name, values)
    if array.ndim != 1 or (n is not None and len(array) != n):
        raise ValueError(
            f"`{name}` must be one row of {'numbers' if n is None else f'{n} numbers'}; "
            f"got shape {array.shape}. Pass one number per point."
        )
    return array

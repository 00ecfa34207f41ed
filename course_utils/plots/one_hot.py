"""Plots of labels: one-hot tables, and an image beside its row."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLUE, GREY
from course_utils.plots._canvas import axes_or_new, figure_or_new

_WHITE_TO_BLUE = LinearSegmentedColormap.from_list("white_to_blue", ["white", BLUE])


def plot_one_hot(
    table: ArrayLike, row_names: Sequence[str] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a one-hot table as boxes with their numbers in them.

    Parameters
    ----------
    table : array_like of shape (n, n_classes)
        Rows of numbers from 0 to 1; more than about 20 rows are too small to read.
    row_names : sequence of str, length n, optional
        The name before each row; by default its number.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `table` does not hold numbers, `row_names` is not a list of names, or `ax` is not Axes.
    ValueError
        If `table` is not two-dimensional or holds a number outside 0 to 1, or `row_names` has
        a different length.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = plot_one_hot([[0, 1, 0]], ["dog"], ax=Figure().subplots())
    >>> [words.get_text() for words in axes.texts]
    ['0', '1', '0']
    """
    values = _fractions("table", _matrix("table", table))
    n, n_classes = values.shape
    names = _arguments.names_or_numbers("row_names", row_names, n, "row")
    axes = axes_or_new(ax, (0.45 * n_classes + 1.6, 0.36 * n + 0.9))
    _draw_boxes(axes, values)
    axes.set(xlabel="column", xticks=range(n_classes), yticks=range(n), yticklabels=names)
    axes.xaxis.set_label_position("top")
    axes.xaxis.tick_top()
    return axes


def plot_image_with_row(
    image: ArrayLike,
    row: ArrayLike,
    names: Sequence[str] | None = None,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Draw an image and, beside it, its row of numbers: one bar per class.

    Parameters
    ----------
    image : array_like of shape (height, width)
        Grey values.
    row : array_like of shape (n_classes,)
        A one-hot row or probabilities, 0 to 1.
    names : sequence of str, length n_classes, optional
        Names of the classes; by default their numbers.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of Axes, shape (2,)
        Those of the image and of the bars.

    Raises
    ------
    TypeError
        If `image` or `row` does not hold numbers, `names` is not a list of names, or `figure` is
        not a Figure.
    ValueError
        If `image` is not two-dimensional, `row` is not one-dimensional or outside 0 to 1, or
        `names` has a different length.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = plot_image_with_row([[0, 255]], [0, 1, 0], ["cat", "dog", "bird"], Figure())
    >>> [name.get_text() for name in axes[1].get_yticklabels()]
    ['cat', 'dog', 'bird']
    """
    pixels, numbers = _matrix("image", image), _arguments.finite_array("row", row)
    if numbers.ndim != 1:
        raise ValueError(
            f"`row` must be one row of shape (n_classes,); got {numbers.shape}. Pass table[i]."
        )
    numbers = _fractions("row", numbers)
    labels = _arguments.names_or_numbers("names", names, len(numbers))
    sheet = figure_or_new(figure, (6.4, 3.0))
    left, right = sheet.subplots(1, 2, width_ratios=[1, 1.3])
    left.imshow(pixels, cmap="gray_r")
    left.set(xticks=[], yticks=[])
    bars = right.barh(labels, numbers, color=BLUE)
    right.bar_label(bars, [f"{number:g}" for number in numbers], padding=3)
    right.set(xlim=(0, 1.15), xticks=[0, 0.5, 1])
    right.invert_yaxis()
    return np.array([left, right])


def _draw_boxes(axes: Axes, values: NDArray) -> None:
    """Shade each number, write it into its box, and draw the lines between the boxes."""
    n, n_columns = values.shape
    axes.imshow(values, cmap=_WHITE_TO_BLUE, vmin=0, vmax=1)
    for (row, column), value in np.ndenumerate(values):
        dark = value > 0.95  # white is easier to read than black on full blue only
        axes.text(
            column,
            row,
            f"{round(float(value), 1):g}",
            ha="center",
            va="center",
            color="white" if dark else "black",
            weight="bold" if dark else "normal",
        )
    axes.hlines(np.arange(n + 1) - 0.5, -0.5, n_columns - 0.5, color=GREY, linewidth=0.6)
    axes.vlines(np.arange(n_columns + 1) - 0.5, -0.5, n - 0.5, color=GREY, linewidth=0.6)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _matrix(name: str, values: ArrayLike) -> NDArray:
    """Require finite numbers in two dimensions."""
    array = _arguments.finite_array(name, values)
    if array.ndim != 2:
        raise ValueError(
            f"`{name}` must be two-dimensional; got shape {array.shape}. "
            "For a single row pass table[i : i + 1]."
        )
    return array


def _fractions(name: str, values: NDArray) -> NDArray:
    """Require numbers from 0 to 1; a little more is the rounding of float32."""
    if values.min() < -1e-6 or values.max() > 1 + 1e-6:
        raise ValueError(
            f"`{name}` must hold numbers from 0 to 1; got {values.min():g} to {values.max():g}. "
            "Pass one-hot rows or probabilities."
        )
    return values

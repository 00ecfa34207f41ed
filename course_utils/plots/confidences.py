"""Images beside the bars of a network's confidences, one per class."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils.plots._canvas import figure_or_new, grid_or_new
from course_utils.plots._grey_images import grey_images, greys_for, one_per_image
from course_utils.plots._marks import BLUE, ORANGE, colour_of, mark

_GREY = "#8a8a8a"


def plot_confidences(
    image: ArrayLike,
    probabilities: ArrayLike,
    label: int,
    class_names: Sequence[str] | None = None,
    *,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Show an image beside the bars of its confidences, one per class.

    Parameters
    ----------
    image : array_like of shape (height, width)
    probabilities : array_like of shape (n_classes,)
        From 0 to 1.
    label : int
        The true class.
    class_names : sequence of str, optional
        One per class. Without it, the classes are numbered.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (2,)
        Those of the image and of the bars.

    Raises
    ------
    TypeError
        If something does not hold numbers, `label` is not a whole number, `class_names` is
        not a list of names, or `figure` is not a Figure.
    ValueError
        If `image` is not one grey image, `probabilities` is not one row of numbers from 0 to 1, or
        `label` is not one of its indices.

    Examples
    --------
    >>> axes = plot_confidences(np.zeros((4, 4)), [0.02, 0.98], 1, ["cat", "dog"])
    >>> axes[0].get_title()
    '✓ dog 98 % (true: dog)'
    """
    picture, row = grey_images(np.asarray(image)[None]), _probabilities(probabilities)
    if row.ndim != 1:
        raise ValueError(
            f"`probabilities` must be one row, one number per class; got {row.shape}. "
            "Pick the image's row: probabilities[i]."
        )
    true = _arguments.whole_number("label", label, 0, len(row) - 1)
    names = _arguments.names_or_numbers("class_names", class_names, len(row))
    sheet = figure_or_new(figure, (6.4, 2.9))
    axes = sheet.subplots(1, 2, width_ratios=(2, 3))
    _draw_pair(axes, picture, row, true, names)
    return axes


def plot_confidence_grid(
    images: ArrayLike,
    probabilities: ArrayLike,
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    *,
    n_columns: int = 3,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Show several images, each beside the bars of its confidences.

    Parameters
    ----------
    images : array_like of shape (n, height, width)
        At most 100.
    probabilities : array_like of shape (n, n_classes)
        From 0 to 1.
    labels : array_like of shape (n,), integer
        The true classes.
    class_names : sequence of str, optional
        One per class. Without it, the classes are numbered.
    n_columns : int, default 3
        How many images are in a row, at least 1.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, 2 * n_columns)
        Alternately those of an image and of its bars.

    Raises
    ------
    TypeError
        If something does not hold numbers, `class_names` is not a list of names, `n_columns` is
        not a whole number, or `figure` is not a Figure.
    ValueError
        If there are more than 100 images, they are not grey, or the other arguments do not fit
        them.

    Examples
    --------
    >>> axes = plot_confidence_grid(np.zeros((4, 5, 5)), np.full((4, 2), 0.5), [0, 1, 1, 0])
    >>> axes.shape
    (2, 6)
    """
    stack, rows = grey_images(images), _probabilities(probabilities)
    if rows.ndim != 2 or len(rows) != len(stack):
        raise ValueError(
            f"`probabilities` must be {len(stack)} rows, one per image; got shape {rows.shape}. "
            "Cut both alike: images[:15], probabilities[:15]."
        )
    true = one_per_image("labels", labels, len(stack))
    names = _arguments.names_or_numbers("class_names", class_names, rows.shape[1])
    _arguments.class_names_for(true, names)
    axes = grid_or_new(figure, len(stack), n_columns, (4, 2.2), axes_each=2)
    for i, pair in enumerate(axes.reshape(-1, 2)[: len(stack)]):
        pair[1].axis("on")
        _draw_pair(pair, stack[i : i + 1], rows[i], int(true[i]), names, small=True)
    return axes


def _draw_pair(
    axes: NDArray[np.object_],
    picture: NDArray,
    row: NDArray,
    true: int,
    names: list[str],
    *,
    small: bool = False,
) -> None:
    """Draw one image, and beside it its confidences."""
    answer = int(row.argmax())
    right = answer == true
    shown, bars = axes
    shown.imshow(picture[0], **greys_for(picture))
    shown.axis("off")
    words = f"{mark(right)} {names[answer]} {100 * row[answer]:.0f} %"
    words += f"{chr(10) if small else ' '}(true: {names[true]})"
    shown.set_title(words, fontsize=9 if small else 11, color=colour_of(right))
    colours = [_GREY] * len(row)
    colours[answer] = ORANGE
    colours[true] = BLUE
    drawn = bars.barh(range(len(row)), 100 * row, color=colours)
    if not right:
        drawn[answer].set(hatch="//", edgecolor="white")
    labels = [f"{i}" if small else name for i, name in enumerate(names)]
    labels[true] += " ✓"
    labels[answer] += "" if right else " ✗"
    bars.set_yticks(range(len(row)), labels, fontsize=7 if small else 9)
    bars.invert_yaxis()
    bars.set(xlim=(0, 100), xticks=(0, 50, 100))
    bars.tick_params(axis="x", labelsize=7 if small else 9)
    if not small:
        bars.set_xlabel("confidence, %")


def _probabilities(values: ArrayLike) -> NDArray[Any]:
    """Require numbers from 0 to 1."""
    rows = _arguments.finite_array("probabilities", values)
    if rows.min() < 0 or rows.max() > 1 + 1e-6:
        raise ValueError(
            f"`probabilities` must lie between 0 and 1; got {rows.min():g} to {rows.max():g}. "
            "If they are logits, apply softmax first."
        )
    return rows

"""Images with a network's answers: grids, and confidences as bars."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils.plots._canvas import figure_or_new

_BLUE, _ORANGE, _GREY = "#0072b2", "#c44f00", "#8a8a8a"
_MOST_IMAGES = 100


def plot_predictions(
    images: ArrayLike,
    predictions: ArrayLike,
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    *,
    confidences: ArrayLike | None = None,
    n_columns: int = 5,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    r"""Show images in a grid, each with its answer: ✓ or ✗, and the true class.

    Parameters
    ----------
    images : array_like of shape (n, height, width)
        At most 100.
    predictions, labels : array_like of shape (n,), integer
        The answers, and the true classes.
    class_names : sequence of str, optional
        The class that each number stands for. Without it the number of the image, the answer and
        the true class are written as "i, pred, true".
    confidences : array_like of shape (n,), optional
        Probability of each answer, 0 to 1, shown in per cent.
    n_columns : int, default 5
        At least 1.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, n_columns)

    Raises
    ------
    TypeError
        If something does not hold numbers, `class_names` is not a list of names, `n_columns` not
        a whole number, or `figure` no Figure.
    ValueError
        If the images are more than 100 or not grey, or the others are not equally many.

    Examples
    --------
    >>> axes = plot_predictions(np.zeros((2, 4, 4)), [1, 0], [1, 1], ["cat", "dog"], n_columns=2)
    >>> axes[0, 0].get_title(), axes[0, 1].get_title()
    ('✓ dog', '✗ cat\n(true: dog)')
    """
    stack = _images(images)
    answers = _row("predictions", predictions, len(stack))
    true = _row("labels", labels, len(stack))
    sure = None if confidences is None else _row("confidences", confidences, len(stack), "biuf")
    names = (
        None
        if class_names is None
        else _arguments.class_names_for(np.concatenate([answers, true]), class_names)
    )
    n_columns = _arguments.whole_number("n_columns", n_columns, least=1)
    n_rows = -(-len(stack) // n_columns)
    sheet = figure_or_new(figure, (1.75 * n_columns, 2.1 * n_rows))
    axes = sheet.subplots(n_rows, n_columns, squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for i, (ax, image) in enumerate(zip(axes.flat, stack, strict=False)):
        ax.imshow(image, **_grey(stack))
        right = bool(answers[i] == true[i])
        percent = "" if sure is None else f" {100 * sure[i]:.0f} %"
        if names is None:
            words = f"{_mark(right)} {i}, {answers[i]}, {true[i]}{percent}"
        else:
            words = f"{_mark(right)} {names[answers[i]]}{percent}"
            words += "" if right else f"\n(true: {names[true[i]]})"
        ax.set_title(words, fontsize=10, color=_colour(right))
    return axes


def plot_confidences(
    image: ArrayLike,
    probabilities: ArrayLike,
    label: int,
    class_names: Sequence[str] | None = None,
    *,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Show an image beside the bars of its confidences, one a class.

    Parameters
    ----------
    image : array_like of shape (height, width)
    probabilities : array_like of shape (n_classes,)
        From 0 to 1.
    label : int
        The true class.
    class_names : sequence of str, optional
        One a class. Without it, the classes are numbered.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (2,)
        The image's and the bars'.

    Raises
    ------
    TypeError
        If something does not hold numbers, `label` is not a whole number, `class_names` not a
        list of names, or `figure` no Figure.
    ValueError
        If `image` is not one grey image, `probabilities` not one row from 0 to 1, or `label` not
        one of its places.

    Examples
    --------
    >>> axes = plot_confidences(np.zeros((4, 4)), [0.02, 0.98], 1, ["cat", "dog"])
    >>> axes[0].get_title()
    '✓ dog 98 % (true: dog)'
    """
    picture, row = _images(np.asarray(image)[None]), _probabilities(probabilities)
    if row.ndim != 1:
        raise ValueError(
            f"`probabilities` must be one row, one a class; got {row.shape}. "
            "Pick the image's row: probabilities[i]."
        )
    true = _arguments.whole_number("label", label, 0, len(row) - 1)
    sheet = figure_or_new(figure, (6.4, 2.9))
    axes = sheet.subplots(1, 2, width_ratios=(2, 3))
    _draw_pair(axes, picture, row, true, _class_names(class_names, len(row)))
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
        One a class. Without it, the classes are numbered.
    n_columns : int, default 3
        How many images stand in a row, at least 1.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, 2 * n_columns)
        In turn an image's and its bars'.

    Raises
    ------
    TypeError
        If something does not hold numbers, `class_names` is not a list of names, `n_columns` not
        a whole number, or `figure` no Figure.
    ValueError
        If the images are more than 100 or not grey, or the others do not fit to them.

    Examples
    --------
    >>> axes = plot_confidence_grid(np.zeros((4, 5, 5)), np.full((4, 2), 0.5), [0, 1, 1, 0])
    >>> axes.shape
    (2, 6)
    """
    stack, rows = _images(images), _probabilities(probabilities)
    if rows.ndim != 2 or len(rows) != len(stack):
        raise ValueError(
            f"`probabilities` must be {len(stack)} rows, one an image; got shape {rows.shape}. "
            "Cut both alike: images[:15], probabilities[:15]."
        )
    true = _row("labels", labels, len(stack))
    names = _class_names(class_names, rows.shape[1])
    _arguments.class_names_for(true, names)
    n_columns = _arguments.whole_number("n_columns", n_columns, least=1)
    n_rows = -(-len(stack) // n_columns)
    sheet = figure_or_new(figure, (4 * n_columns, 2.2 * n_rows))
    axes = sheet.subplots(n_rows, 2 * n_columns, squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for i in range(len(stack)):
        row, column = divmod(i, n_columns)
        pair = axes[row, 2 * column : 2 * column + 2]
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
    shown.imshow(picture[0], **_grey(picture))
    shown.axis("off")
    words = f"{_mark(right)} {names[answer]} {100 * row[answer]:.0f} %"
    words += f"{chr(10) if small else ' '}(true: {names[true]})"
    shown.set_title(words, fontsize=9 if small else 11, color=_colour(right))
    colours = [_GREY] * len(row)
    colours[answer] = _ORANGE
    colours[true] = _BLUE
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


def _mark(right: bool) -> str:
    return "✓" if right else "✗"


def _colour(right: bool) -> str:
    return _BLUE if right else _ORANGE


def _grey(stack: NDArray) -> dict[str, Any]:
    """Keep black and white where uint8 says they are."""
    limits = {"vmin": 0, "vmax": 255} if stack.dtype == np.uint8 else {}
    return {"cmap": "gray", **limits}


def _images(images: ArrayLike) -> NDArray:
    """Demand grey images."""
    stack = _arguments.finite("images", images)
    if stack.ndim == 4 and stack.shape[-1] == 1:
        stack = stack[..., 0]
    if stack.ndim != 3 or len(stack) > _MOST_IMAGES:
        raise ValueError(
            f"`images` must be at most {_MOST_IMAGES} grey images, (n, height, width); got shape "
            f"{stack.shape}. Pass a few: images[:25]."
        )
    return stack


def _row(name: str, values: ArrayLike, n: int, kinds: str = "iu") -> NDArray[Any]:
    """Demand one number an image."""
    row = _arguments.rectangle(name, values)
    if row.shape != (n,) or row.dtype.kind not in kinds:
        kind = "whole numbers" if kinds == "iu" else "numbers"
        raise ValueError(
            f"`{name}` must be {n} {kind}, one an image; got {row.dtype} {row.shape}. "
            "Cut all alike: images[:25], predictions[:25], labels[:25]."
        )
    return row


def _probabilities(values: ArrayLike) -> NDArray[Any]:
    """Demand numbers from 0 to 1."""
    rows = _arguments.finite("probabilities", values)
    if rows.min() < 0 or rows.max() > 1 + 1e-6:
        raise ValueError(
            f"`probabilities` must lie between 0 and 1; got {rows.min():g} to {rows.max():g}. "
            "Are they logits? Apply softmax first."
        )
    return rows


def _class_names(values: Sequence[str] | None, n: int) -> list[str]:
    """Name the classes, by numbers if nothing else is given."""
    if values is None:
        return list(map(str, range(n)))
    return _arguments.name_list("class_names", values, n)

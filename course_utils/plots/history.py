"""Plots of a training: loss and accuracy per epoch."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLACK, BLUE, ORANGE, PALE_GREY
from course_utils.plots._canvas import figure_or_new

_TRAIN: dict[str, Any] = {"color": BLUE, "linestyle": "-", "marker": "o", "label": "training"}
_VALIDATION: dict[str, Any] = {
    "color": ORANGE, "linestyle": "--", "marker": "^", "label": "validation"
}  # fmt: skip
_MOST_MARKERS = 15  # more would hide the line


def plot_history(
    history: Mapping[str, ArrayLike], *, title: str = "", figure: Figure | None = None
) -> NDArray[np.object_]:
    """Draw loss and accuracy after each epoch side by side, for training and validation.

    Parameters
    ----------
    history : mapping of str to array_like of shape (n_epochs,)
        As in ``History.history`` of Keras: ``"loss"`` and, if there are any, ``"accuracy"``,
        ``"val_loss"`` and ``"val_accuracy"``. Other entries are not drawn.
    title : str, optional
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of Axes, shape (1,) or (2,)
        Loss, then accuracy if it was recorded. The first epoch is 1. A diamond and a dotted line
        mark the epoch with the lowest validation loss. A loss that is not a number (nan), as
        after a training that diverged, leaves a gap.

    Raises
    ------
    TypeError
        If `history` is not a mapping, a curve does not hold numbers, or `figure` is not a Figure.
    ValueError
        If there is no ``"loss"``, or a curve has a different number of epochs.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> record = {"loss": [0.9, 0.5, 0.3], "val_loss": [0.8, 0.6, 0.7]}
    >>> (axes,) = plot_history(record, figure=Figure())
    >>> [line.get_label() for line in axes.lines][:2]
    ['training', 'validation']
    """
    curves = _curves(history)
    kinds = [kind for kind in ("loss", "accuracy") if kind in curves]
    sheet = figure_or_new(figure, (4.2 * len(kinds), 3.2))
    panels = sheet.subplots(1, len(kinds), squeeze=False)[0]
    epochs = np.arange(1, len(curves["loss"]) + 1)
    every = -(-len(epochs) // _MOST_MARKERS)
    best = _best_epoch(curves.get("val_loss"))
    for ax, kind in zip(panels, kinds, strict=True):
        for name, look in ((kind, _TRAIN), (f"val_{kind}", _VALIDATION)):
            if name in curves:
                ax.plot(epochs, curves[name], linewidth=2, markevery=every, markersize=5, **look)
        if best is not None:
            _mark_best(ax, best, curves.get(f"val_{kind}"))
        ax.set(xlabel="epoch", ylabel=kind, title=kind)
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
        ax.grid(color=PALE_GREY)
    # Below the panels, because a long legend would hide the end at which a validation loss rises.
    sheet.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    if title:
        sheet.suptitle(title)
    return panels


def _best_epoch(losses: NDArray[Any] | None) -> int | None:
    """Find the epoch with the lowest loss, counted from 1."""
    if losses is None or np.isnan(losses).all():
        return None
    return int(np.nanargmin(losses)) + 1


def _mark_best(ax: Axes, epoch: int, validation: NDArray[Any] | None) -> None:
    """Mark the epoch with the lowest validation loss."""
    ax.axvline(epoch, color="#595959", linestyle=":", linewidth=1.2)
    if validation is not None:
        label = f"lowest validation loss: epoch {epoch}"
        ax.plot(
            epoch, validation[epoch - 1], "D", color=ORANGE, markeredgecolor=BLACK,
            markersize=9, label=label,
        )  # fmt: skip


def _curves(history: Mapping[str, ArrayLike]) -> dict[str, NDArray[Any]]:
    """Require the curves that can be drawn, all with the same number of epochs."""
    expected = "`history` must hold lists by name, one of them 'loss'"
    advice = "Pass the `history` of what fit() returns: network.fit(...).history."
    if not isinstance(history, Mapping):
        raise TypeError(f"{expected}; got {type(history).__name__}. {advice}")
    if "loss" not in history:
        raise ValueError(f"{expected}; got {', '.join(map(repr, history)) or 'none'}. {advice}")
    names: Sequence[str] = ("loss", "accuracy", "val_loss", "val_accuracy")
    curves = {}
    for name in names:
        if name not in history:
            continue
        curve = _arguments.array(f"history[{name!r}]", history[name])
        if curve.dtype.kind not in "iuf" or curve.size == 0:
            raise TypeError(
                f"`history[{name!r}]` must hold numbers; got {curve.size} of dtype {curve.dtype}. "
                f"{advice}"
            )
        if curve.ndim != 1 or len(curve) != np.size(history["loss"]):
            raise ValueError(
                f"`history[{name!r}]` must be one row of {np.size(history['loss'])} numbers, one "
                f"per epoch; got shape {curve.shape}. Pass the record of a single fit()."
            )
        curves[name] = curve
    return curves

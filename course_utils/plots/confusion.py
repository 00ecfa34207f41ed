"""Which class was taken for which, as a table of shades and numbers."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE
from course_utils.plots._canvas import axes_or_new, name_columns

_DEEPEST = 0.5  # of the shade's colour, so that dark numbers stay readable on it


def plot_confusion(
    matrix: ArrayLike,
    class_names: Sequence[str],
    *,
    numbers: bool = True,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Show a confusion matrix: right answers framed and blue, mistakes orange.

    Parameters
    ----------
    matrix : array_like of shape (n_classes, n_classes), integer
        Rows are true classes, columns predicted ones, as in scikit-learn's
        ``confusion_matrix(labels, predictions)``.
    class_names : sequence of str
        One per class.
    numbers : bool, default True
        Whether each cell shows its count.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `matrix` does not hold numbers, `class_names` is not a list of names, `numbers` is
        neither True nor False, or `ax` is not Axes.
    ValueError
        If `matrix` does not hold counts, is not square, or there are not as many names.

    Examples
    --------
    >>> axes = plot_confusion([[3, 1], [0, 4]], ["cat", "dog"])
    >>> [text.get_text() for text in axes.texts]
    ['3', '1', '0', '4']
    """
    counts = _arguments.finite_array("matrix", matrix)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.min() < 0:
        raise ValueError(
            "`matrix` must hold counts, as many rows as columns; got "
            f"{counts.dtype} {counts.shape}, lowest {counts.min():g}. "
            "Pass confusion_matrix(labels, predictions)."
        )
    n_classes = len(counts)
    names = _arguments.name_list("class_names", class_names, n_classes)
    numbers = _arguments.boolean("numbers", numbers)
    ax = axes_or_new(ax, (0.6 * n_classes + 2, 0.46 * n_classes + 1.4))
    ax.imshow(_shades(counts), aspect="auto")
    for i in range(n_classes):
        ax.add_patch(_frame(i))
        for k in range(n_classes if numbers else 0):
            ax.text(k, i, f"{counts[i, k]:g}", ha="center", va="center", fontsize=9)
    name_columns(ax, names)
    ax.set_yticks(range(n_classes), names)
    ax.set(title=title, xlabel="answer", ylabel="true class")
    return ax


def _shades(counts: NDArray) -> NDArray[np.float64]:
    """Colour each cell by its fraction of its row."""
    fractions = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    depth = _DEEPEST * np.sqrt(fractions)[..., None]  # the root makes small fractions visible
    right = np.eye(len(counts), dtype=bool)[..., None]
    return 1 - depth * (1 - np.where(right, to_rgb(BLUE), to_rgb(ORANGE)))


def _frame(index: int) -> Rectangle:
    """Frame a cell of the diagonal."""
    return Rectangle(
        (index - 0.46, index - 0.46), 0.92, 0.92, fill=False, edgecolor=BLUE, linewidth=1.5
    )

"""How many images each class has."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils import _arguments
from course_utils._palette import BLUE
from course_utils.plots._canvas import axes_or_new


def plot_class_counts(
    labels: ArrayLike, class_names: Sequence[str], *, title: str = "", ax: Axes | None = None
) -> Axes:
    """Show the number of images of each class as bars, including classes without images.

    Parameters
    ----------
    labels : array_like of shape (n,), integer
        From 0 to ``len(class_names) - 1``.
    class_names : sequence of str
        The class that each label stands for.
    title : str, optional
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `class_names` is not a list of names, or `ax` is not Axes.
    ValueError
        If `labels` are not integers of shape (n,), or a label has no name.

    Examples
    --------
    >>> axes = plot_class_counts([0, 2, 2], ["cat", "dog", "owl"])
    >>> [bar.get_width() for bar in axes.patches]
    [np.int64(1), np.int64(0), np.int64(2)]
    """
    row = _arguments.label_vector(labels)
    names = _arguments.class_names_for(row, _arguments.name_list("class_names", class_names))
    ax = axes_or_new(ax, (6, 0.32 * len(names) + 1))
    counts = np.bincount(row.astype(np.intp), minlength=len(names))
    places = np.arange(len(names))
    bars = ax.barh(places, counts, color=BLUE)
    ax.bar_label(bars, labels=[f"{count:,}" for count in counts], padding=4)
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    ax.margins(x=0.15)
    ax.set(title=title, xlabel="images")
    return ax

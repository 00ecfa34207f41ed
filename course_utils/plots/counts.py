"""How many images each class has."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike


def plot_class_counts(
    labels: ArrayLike,
    class_names: Sequence[str],
    *,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Show the number of images of each class as bars, those of absent classes too.

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
    ValueError
        If a label has no name.

    Examples
    --------
    >>> axes = plot_class_counts([0, 2, 2], ["cat", "dog", "owl"])
    >>> [bar.get_width() for bar in axes.patches]
    [np.int64(1), np.int64(0), np.int64(2)]
    """
    row = np.asarray(labels)
    if row.size and not 0 <= row.min() <= row.max() < len(class_names):
        raise ValueError(
            f"`labels` must lie between 0 and {len(class_names) - 1}, one name each; got "
            f"{row.min()} to {row.max()}. Pass class_names(...) of the same data."
        )
    if ax is None:
        import matplotlib.pyplot as plt

        _, ax = plt.subplots(figsize=(6, 0.32 * len(class_names) + 1), layout="constrained")
    counts = np.bincount(row.astype(np.intp), minlength=len(class_names))
    places = np.arange(len(class_names))
    bars = ax.barh(places, counts, color="#0072b2")
    ax.bar_label(bars, labels=[f"{count:,}" for count in counts], padding=4)
    ax.set_yticks(places, class_names)
    ax.invert_yaxis()
    ax.margins(x=0.15)
    ax.set(title=title, xlabel="images")
    return ax

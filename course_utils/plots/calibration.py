"""How confident predictions are, compared with how often they are right."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils._palette import BLACK, BLUE, ORANGE
from course_utils.evaluation import calibration_table
from course_utils.plots._canvas import axes_or_new


def plot_reliability(
    confidences: ArrayLike,
    correct: ArrayLike,
    *,
    n_bins: int = 10,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a reliability diagram: a bar of accuracy for each range of confidence, and its gap.

    Parameters
    ----------
    confidences : array_like of shape (n,)
        Probability of each answer, 0 to 1.
    correct : array_like of shape (n,), bool
        Whether each answer is right.
    n_bins : int, default 10
        From 1 to 100.
    title : str, optional
        By default the expected calibration error.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `confidences` does not hold numbers, `n_bins` is not a whole number, or `ax` is not
        Axes.
    ValueError
        If the two are not rows of equal length, or a value is out of its range.

    Examples
    --------
    >>> axes = plot_reliability([0.9, 0.8, 0.3], [True, False, True], n_bins=2)
    >>> [bar.get_height() for bar in axes.containers[0]]
    [np.float64(1.0), np.float64(0.5)]
    """
    table = calibration_table(confidences, correct, n_bins)
    ax = axes_or_new(ax, (4.6, 4))
    held = table.counts > 0
    starts, width = table.edges[:-1][held], 1 / len(table.counts)
    accuracies, means = table.accuracies[held], table.confidences[held]
    shape: dict[str, Any] = {"width": width, "align": "edge"}
    ax.bar(starts, accuracies, color=BLUE, edgecolor="white", label="accuracy", **shape)
    ax.bar(
        starts,
        means - accuracies,
        bottom=accuracies,
        facecolor="white",
        edgecolor=ORANGE,
        hatch="///",
        label="gap to confidence",
        **shape,
    )
    ax.hlines(accuracies, starts, starts + width, color=BLACK, linewidth=1.5)
    ax.plot([0, 1], [0, 1], "--", color=BLACK, linewidth=1.2, label="confidence = accuracy")
    ax.set(
        xlabel="confidence",
        ylabel="accuracy",
        xlim=(0, 1),
        ylim=(0, 1),
        xticks=np.linspace(0, 1, 6),
    )
    ax.set_title(title or f"expected calibration error {table.error:.3f}", fontsize=10)
    ax.legend(fontsize=8, loc="upper left")
    return ax

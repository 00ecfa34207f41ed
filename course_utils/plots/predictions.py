"""Images in a grid, each with a network's prediction."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils.plots._canvas import grid_or_new
from course_utils.plots._grey_images import grey_images, greys_for, one_per_image
from course_utils.plots._marks import colour_of, mark


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
    r"""Show images in a grid, each with its prediction, ✓ or ✗, and the true class.

    Parameters
    ----------
    images : array_like of shape (n, height, width)
        At most 100.
    predictions, labels : array_like of shape (n,), integer
        The predicted classes, and the true classes.
    class_names : sequence of str, optional
        The class that each number stands for. Without it, the number of the image, the prediction
        and the true class are written as "i, pred, true".
    confidences : array_like of shape (n,), optional
        Probability of each prediction, 0 to 1, shown in per cent.
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
        If something does not hold numbers, `class_names` is not a list of names, `n_columns` is
        not a whole number, or `figure` is not a Figure.
    ValueError
        If there are more than 100 images, they are not grey, or the other arguments are not
        equally many.

    Examples
    --------
    >>> axes = plot_predictions(np.zeros((2, 4, 4)), [1, 0], [1, 1], ["cat", "dog"], n_columns=2)
    >>> axes[0, 0].get_title(), axes[0, 1].get_title()
    ('✓ dog', '✗ cat\n(true: dog)')
    """
    stack = grey_images(images)
    answers = one_per_image("predictions", predictions, len(stack))
    true = one_per_image("labels", labels, len(stack))
    sure = (
        None
        if confidences is None
        else one_per_image("confidences", confidences, len(stack), "biuf")
    )
    names = (
        None
        if class_names is None
        else _arguments.class_names_for(np.concatenate([answers, true]), class_names)
    )
    axes = grid_or_new(figure, len(stack), n_columns, (1.75, 2.1))
    for i, (ax, image) in enumerate(zip(axes.flat, stack, strict=False)):
        ax.imshow(image, **greys_for(stack))
        right = bool(answers[i] == true[i])
        percent = "" if sure is None else f" {100 * sure[i]:.0f} %"
        if names is None:
            words = f"{mark(right)} {i}, {answers[i]}, {true[i]}{percent}"
        else:
            words = f"{mark(right)} {names[answers[i]]}{percent}"
            words += "" if right else f"\n(true: {names[true[i]]})"
        ax.set_title(words, fontsize=10, color=colour_of(right))
    return axes

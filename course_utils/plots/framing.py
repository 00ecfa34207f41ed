"""Pictures before and after they were framed."""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils.plots._canvas import grid_or_new
from course_utils.plots._grey_images import grey_images, greys_for


def plot_framing(
    images: ArrayLike,
    framed_images: ArrayLike,
    *,
    n_columns: int = 4,
    figure: Figure | None = None,
) -> NDArray[np.object_]:
    """Show pictures before and after framing, in pairs side by side.

    Parameters
    ----------
    images : array_like of shape (n, height, width) or (n, height, width, 1)
        The pictures as they came: ``load_image_folder("my_digits", image_size=(112, 112))[0]``.
    framed_images : array_like of shape (n, height, width) or (n, height, width, 1)
        The same after framing, of any size: ``load_image_folder("my_digits", frame=True)[0]``.
    n_columns : int, default 4
        How many pairs stand in a row, at least 1.
    figure : matplotlib.figure.Figure, optional
        Where to draw; by default a new one.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, 2 * n_columns)

    Raises
    ------
    TypeError
        If the images do not hold numbers, `n_columns` is not a whole number, or `figure` is not
        a Figure.
    ValueError
        If the images are not grey, more than 100, or not as many before as after.

    Examples
    --------
    >>> axes = plot_framing(np.zeros((3, 40, 40)), np.zeros((3, 28, 28)), n_columns=2)
    >>> axes.shape, axes[0, 1].get_title()
    ((2, 4), 'framed')
    """
    before, after = grey_images(images), grey_images(framed_images, "framed_images")
    if len(before) != len(after):
        raise ValueError(
            f"`framed_images` must be as many as `images`, {len(before)}; got {len(after)}. "
            "Load both from the same folder."
        )
    axes = grid_or_new(figure, len(before), n_columns, (3.2, 1.8), axes_each=2)
    pairs = [image for pair in zip(before, after, strict=True) for image in pair]
    for i, (ax, image) in enumerate(zip(axes.flat, pairs, strict=False)):
        ax.imshow(image, **greys_for(image))
        ax.axis("on")  # white paper needs an edge
        ax.set(xticks=[], yticks=[])
        ax.set_title("framed" if i % 2 else "as it came", fontsize=11)
    return axes

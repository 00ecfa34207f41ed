"""Pictures of images: one with its scale, one with its numbers, a grid of samples."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils.plots._canvas import axes_or_new, grid_or_new
from course_utils.plots._grey_images import colour_image, grey_image, greys_for

_LARGEST_WITH_VALUES = 32  # more numbers than 32 × 32 cannot be read
_MOST_SAMPLES = 200  # a whole data set would keep the notebook drawing for hours


def plot_image(
    image: ArrayLike,
    *,
    title: str = "",
    colour_bar: bool = False,
    values: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Show one grey image.

    Parameters
    ----------
    image : array_like of shape (height, width) or (height, width, 1)
        Shown from black for 0 to white for 255 if its dtype is uint8, else from its lowest to its
        highest value.
    title : str, optional
    colour_bar : bool, default False
        Whether a bar beside the image shows the number of each grey.
    values : bool, default False
        Whether each pixel carries its number. The figure is then 12 by 12 inches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `image` does not hold numbers, or `ax` is not Axes.
    ValueError
        If `image` is not a single grey image, holds a value that is not finite, or is too large
        to write its values.

    Examples
    --------
    >>> axes = plot_image(np.eye(3), title="a diagonal")
    >>> axes.get_title()
    'a diagonal'
    """
    grey = grey_image(_arguments.finite_array("image", image))
    if values and max(grey.shape) > _LARGEST_WITH_VALUES:
        raise ValueError(
            f"`values` needs an image of at most {_LARGEST_WITH_VALUES} × {_LARGEST_WITH_VALUES} "
            f"pixels; got {grey.shape[0]} × {grey.shape[1]}. Cut a part out: image[:28, :28]."
        )
    ax = axes_or_new(ax, (12, 12) if values else (5, 4))
    shown = ax.imshow(grey, **greys_for(grey))
    if colour_bar:
        ax.figure.colorbar(shown, ax=ax, label="pixel value")
    if values:
        middle = (float(grey.min()) + float(grey.max())) / 2
        for (row, column), value in np.ndenumerate(grey):
            colour = "white" if value < middle else "black"
            ax.text(column, row, f"{value:g}", color=colour, ha="center", va="center", fontsize=9)
    ax.set(title=title, xlabel="column", ylabel="row")
    return ax


def plot_samples(
    images: ArrayLike,
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    *,
    n_columns: int = 5,
) -> NDArray[np.object_]:
    """Show images in a grid, each with the name of its class.

    Parameters
    ----------
    images : array_like of shape (n, height, width), (n, height, width, 1) or (n, height, width, 3)
        At most 200. About 25 look best: pass ``images[:25]``. Three numbers for a pixel are red,
        green and blue, from 0 to 255 if they are uint8, else from 0 to 1.
    labels : array_like of shape (n,), integer
    class_names : sequence of str, optional
        The class that each label stands for. Without it, the labels themselves are shown.
    n_columns : int, default 5
        At least 1.

    Returns
    -------
    ndarray of matplotlib.axes.Axes, of shape (n_rows, n_columns)

    Raises
    ------
    TypeError
        If `images` do not hold numbers, `class_names` is not a list of names or `n_columns` is
        not a whole number.
    ValueError
        If there are not as many labels as images, more than 200 of them, a label without a name,
        a value that is not finite, or an image that is neither grey nor in colour.

    Examples
    --------
    >>> axes = plot_samples(np.zeros((3, 2, 2)), [0, 1, 0], ["cat", "dog"], n_columns=2)
    >>> axes.shape, axes[0, 1].get_title()
    ((2, 2), 'dog')
    """
    stack, row = _arguments.finite_array("images", images), _arguments.label_vector(labels)
    n_images = len(np.atleast_1d(stack))
    if n_images != len(row) or n_images > _MOST_SAMPLES:
        raise ValueError(
            f"`images` and `labels` must be equally many, and at most {_MOST_SAMPLES}; got "
            f"{n_images} images and {len(row)} labels. Cut both alike: images[:25], labels[:25]."
        )
    pictures = [
        colour_image(image) if image.shape[2:] == (3,) else grey_image(image)
        for image in np.atleast_1d(stack)
    ]
    titles = list(map(str, row))
    if class_names is not None:
        names = _arguments.class_names_for(row, class_names)
        titles = [names[label] for label in row]
    axes = grid_or_new(None, n_images, n_columns, (1.7, 1.9))
    for ax, picture, title in zip(axes.flat, pictures, titles, strict=False):
        ax.imshow(picture, **greys_for(picture))
        ax.set_title(title, fontsize=11)
    return axes

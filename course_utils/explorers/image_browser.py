"""Real images under a lens: the picture, and the numbers it is made of."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import SKY
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.frame import draw_frame
from course_utils.explorers.base.pictures import picture_stack

_WIDEST_LENS = 7
_MOST_IMAGES = 200  # as many as are sent to the browser: 157 kB at 28 × 28


def lens_range(position: int, size: int) -> tuple[int, int]:
    """Find the first pixel along an axis under the lens, and how many it covers."""
    length = min(_WIDEST_LENS, size)
    return max(0, min(position - length // 2, size - length)), length


def lens_values(
    pixels: bytes, size: Sequence[int], image: int, row: int, column: int
) -> list[list[int]]:
    """Read the numbers under the lens, row by row: 7 × 7, fewer where the image is smaller."""
    images = np.frombuffer(pixels, np.uint8).reshape(-1, *size)
    top, rows = lens_range(row, size[0])
    left, columns = lens_range(column, size[1])
    return images[image, top : top + rows, left : left + columns].tolist()


class ImageBrowser(Explorer):
    """Images to leaf through, with a lens that shows pixels as numbers."""

    scene = "image_browser.js"
    lessons = ("loading_data",)

    pixels = traitlets.Bytes().tag(sync=True)
    labels = traitlets.Bytes().tag(sync=True)
    size = traitlets.List(traitlets.Int()).tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    image: int
    row: int
    column: int

    def __init__(
        self,
        images: NDArray[np.uint8],
        labels: NDArray[np.integer],
        class_names: Sequence[str],
        **numbers: int,
    ) -> None:
        n_images, height, width = images.shape
        # Each browser has its own number of images, so its sliders have their own ends.
        self.add_traits(
            image=_slider(n_images, "image"),
            row=_slider(height, "lens row"),
            column=_slider(width, "lens column"),
        )
        super().__init__(
            pixels=images.tobytes(),
            labels=labels.astype(np.uint8).tobytes(),
            size=[height, width],
            class_names=list(class_names),
            **numbers,
        )

    def lens(self) -> list[list[int]]:
        """Return the numbers under the lens, row by row."""
        return lens_values(self.pixels, self.size, self.image, self.row, self.column)

    def sentence(self) -> str:
        """Describe the image, the chosen pixel, and what lies under the lens."""
        height, width = self.size
        values = [value for line in self.lens() for value in line]
        value = self.pixels[(self.image * height + self.row) * width + self.column]
        label = self.labels[self.image]
        return (
            f"images[{self.image}] is labelled {label}, {self.class_names[label]}. "
            f"Its pixel in row {self.row} and column {self.column} is {value}. "
            f"The {len(values)} pixels under the lens range from {min(values)} to {max(values)}, "
            f"and {values.count(0)} of them are 0."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the picture with the lens, and the numbers under it."""
        whole, part = figure.subplots(1, 2)
        images = np.frombuffer(self.pixels, np.uint8).reshape(-1, *self.size)
        grey: dict[str, Any] = {"cmap": "gray", "vmin": 0, "vmax": 255}
        centred: dict[str, Any] = {"ha": "center", "va": "center"}
        values = np.array(self.lens())
        (top, rows), (left, columns) = (
            lens_range(self.row, self.size[0]),
            lens_range(self.column, self.size[1]),
        )
        whole.imshow(images[self.image], **grey)
        draw_frame(whole, top, left, rows, columns, thickness=2.5)
        label = self.labels[self.image]
        whole.set_title(f"images[{self.image}]: {label}, {self.class_names[label]}", fontsize=10)
        part.imshow(
            values, extent=(left - 0.5, left + columns - 0.5, top + rows - 0.5, top - 0.5), **grey
        )
        for (r, c), value in np.ndenumerate(values):
            colour = "white" if value < 118 else "black"
            part.text(left + c, top + r, str(value), color=colour, fontsize=9, **centred)
        part.set_xticks(range(left, left + columns))
        part.set_yticks(range(top, top + rows))
        part.set_title("under the lens", fontsize=10)
        own = (self.column - 0.47, self.row - 0.47)
        part.add_patch(Rectangle(own, 0.94, 0.94, fill=False, edgecolor=SKY, linewidth=2))


def _slider(n_pixels: int, label: str) -> traitlets.Int:
    """Make a trait that runs over the indices of an axis."""
    return traitlets.Int(0, min=0, max=n_pixels - 1).tag(sync=True, label=label)


def explore_images(
    images: ArrayLike,
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    image: int = 0,
    row: int | None = None,
    column: int | None = None,
) -> ImageBrowser:
    """Leaf through images and read their pixels under a lens.

    Parameters
    ----------
    images : array_like of shape (n, height, width), uint8
        Grey values from 0 to 255, height and width from 2 to 64. If there are more than 200
        images, the first 200 are used.
    labels : array_like of shape (n,), integer
        The class of each image, 0 to 255.
    class_names : sequence of str, optional
        The class that each label stands for. Without it, the labels themselves are shown.
    image : int, default 0
        The image shown first.
    row, column : int, optional
        The pixel at which the lens starts; by default the middle.

    Returns
    -------
    ImageBrowser
        Its traits are ``image``, ``row`` and ``column``.

    Raises
    ------
    TypeError
        If `class_names` is not a list of names, or a number is not a whole number.
    ValueError
        If images, labels and names do not fit together, or a number is out of its range.

    Examples
    --------
    >>> image = np.array([[0, 9, 0], [0, 9, 0], [0, 9, 0]], np.uint8)
    >>> explore_images([image, image.T], [0, 1], ["upright", "lying"])
    ImageBrowser: images[0] is labelled 0, upright. Its pixel in row 1 and column 1 is 9. ...
    """
    stack, row_of_labels = picture_stack(images), _arguments.label_vector(labels)
    _arguments.same_length("labels", row_of_labels, "images", stack)
    stack, row_of_labels = stack[:_MOST_IMAGES], row_of_labels[:_MOST_IMAGES]
    lowest, highest = row_of_labels.min(), row_of_labels.max()
    if lowest < 0 or highest > 255:
        raise ValueError(
            f"`labels` must lie between 0 and 255; got {lowest} to {highest}. "
            "Number the classes from 0."
        )
    names = _arguments.class_names_for(row_of_labels, class_names)
    middle_row, middle_column = stack.shape[1] // 2, stack.shape[2] // 2
    return ImageBrowser(
        stack,
        row_of_labels,
        names,
        image=image,
        row=middle_row if row is None else row,
        column=middle_column if column is None else column,
    )

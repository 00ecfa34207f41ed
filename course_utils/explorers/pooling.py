"""Pooling: each window of a picture becomes one number, and a small shift matters less."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import ORANGE, SKY
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import quotient
from course_utils.explorers.base.pictures import small_picture
from course_utils.explorers.mathematics.windows import pool, window_at

_MOST_LISTED = 16  # numbers in a sentence
_MOST_WRITTEN = 5  # pixels along a side that carry their numbers
_WORKED = ((1, 3, 2, 1), (4, 6, 5, 0), (3, 1, 1, 2), (0, 2, 4, 8))


def shifted(picture: ArrayLike, shift: int) -> NDArray[np.int64]:
    """Move a picture to the right: zeros come in at the left, and what leaves is lost."""
    values = np.asarray(picture, np.int64)
    return window_at(values, 0, -shift, (values.shape[0], values.shape[1]))


def pooled(picture: ArrayLike, size: int, stride: int, average: bool) -> NDArray[np.int64]:
    """Pool a picture into whole numbers: for the average, the sums, to be divided later."""
    if average:
        return np.rint(pool(picture, size, stride, "average") * size**2).astype(np.int64)
    return pool(picture, size, stride, "max").astype(np.int64)


def argmax_in(picture: ArrayLike, top: int, left: int, size: int) -> tuple[int, int]:
    """Find the largest number in a window: the first one, row by row."""
    row, column = divmod(
        int(window_at(np.asarray(picture), top, left, (size, size)).argmax()), size
    )
    return top + row, left + column


class Pooling(Explorer):
    """A picture, a window without weights, and the smaller picture that it makes."""

    scene = "pooling.js"
    lessons = ("convolution",)

    pixels = traitlets.Bytes().tag(sync=True)
    picture_size = traitlets.List(traitlets.Int()).tag(sync=True)
    stride = traitlets.Int(2, min=1, max=4).tag(sync=True, label="stride")
    size = traitlets.Int(2, min=1, max=4).tag(sync=True, label="window size")
    shift = traitlets.Int(0, min=0, max=3).tag(sync=True, label="shift the picture by")
    average = traitlets.Bool(False).tag(sync=True, label="average instead of max")

    def picture_shown(self) -> NDArray[np.int64]:
        """Return the picture after the shift."""
        pixels = np.frombuffer(self.pixels, np.uint8).reshape(self.picture_size)
        return shifted(pixels, self.shift)

    def output(self) -> NDArray[np.int64]:
        """Return the result of pooling; for the average, before the division."""
        return pooled(self.picture_shown(), self.size, self.stride, self.average)

    def sentence(self) -> str:
        """Describe what the window does, what comes out, and what the shift has changed."""
        before = np.frombuffer(self.pixels, np.uint8).reshape(self.picture_size)
        picture, output = self.picture_shown(), self.output()
        divisor = self.size**2 if self.average else 1
        was = pooled(before, self.size, self.stride, self.average)
        listed = ""
        if output.size <= _MOST_LISTED:
            rows = (" ".join(quotient(int(v), divisor) for v in row) for row in output)
            listed = f": {' | '.join(rows)}"
        mean = quotient(int(output.sum()), divisor * output.size)
        (height, width), (rows_, columns) = picture.shape, output.shape
        return (
            f"{'Average' if self.average else 'Max'} pooling with a window of {self.size} × "
            f"{self.size} and stride {self.stride} turns {height} × {width} into {rows_} × "
            f"{columns}{listed}. The mean of the output is {mean}. A shift by {self.shift} changes "
            f"{(picture != before).sum()} of {picture.size} pixels and {(output != was).sum()} of "
            f"{output.size} outputs."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the picture with its windows, and the output."""
        picture, output = self.picture_shown(), self.output()
        divisor = self.size**2 if self.average else 1
        left, right = figure.subplots(1, 2)
        highest = max(1, int(picture.max()))
        written = max(picture.shape) <= _MOST_WRITTEN
        for axes, values, title, below in (
            (left, picture, "picture", 1),
            (right, output, "output", divisor),
        ):
            axes.imshow(values, cmap="gray", vmin=0, vmax=highest * below)
            axes.set_title(f"{title}, {' × '.join(map(str, values.shape))}", fontsize=10)
            axes.set(xticks=[], yticks=[])
            for (row, column), value in np.ndenumerate(values) if written else ():
                colour = "white" if value < 0.47 * highest * below else "black"
                words = quotient(int(value), below)
                axes.text(column, row, words, color=colour, ha="center", va="center")
        places = list(np.ndindex(*output.shape))
        # More frames would only hide the numbers.
        framed = 2 if self.stride < self.size or not written else len(places)
        for number, (row, column) in enumerate(places):
            top, start, inset = row * self.stride, column * self.stride, 0.05 + 0.06 * (column % 2)
            corner, side = (start - 0.5 + inset, top - 0.5 + inset), self.size - 2 * inset
            if number < framed:
                frame = Rectangle(corner, side, side, fill=False, edgecolor=SKY, lw=2.5)
                left.add_patch(frame)
            if written and not self.average:
                y, x = argmax_in(picture, top, start, self.size)
                left.add_patch(Circle((x, y), 0.33, fill=False, edgecolor=ORANGE, lw=2.5))


def explore_pooling(
    image: ArrayLike | None = None, how: str = "max", size: int = 2, stride: int = 2, shift: int = 0
) -> Pooling:
    """Pool a picture with windows of several sizes, and shift it a little.

    Parameters
    ----------
    image : array_like of shape (height, width), uint8, optional
        Grey values from 0 to 255, 4 to 28 pixels high and wide; by default a table of 4 × 4.
        Up to 5 × 5, the numbers are shown.
    how : {'max', 'average'}, default 'max'
    size : int, default 2
        Height and width of the window, 1 to 4.
    stride : int, default 2
        1 to 4.
    shift : int, default 0
        By how many pixels the picture moves to the right, 0 to 3.

    Returns
    -------
    Pooling
        Its traits are ``stride``, ``size``, ``shift`` and ``average``.

    Raises
    ------
    TypeError
        If a number is not a whole number.
    ValueError
        If the image is not grey, uint8 and small, a number is out of its range, or `how` is
        unknown.

    Examples
    --------
    >>> explore_pooling().sentence()[:82]
    'Max pooling with a window of 2 × 2 and stride 2 turns 4 × 4 into 2 × 2: 6 5 | 3 8.'
    """
    picture = small_picture(image, _WORKED)
    average = _arguments.choice("how", how, ("max", "average")) == "average"
    return Pooling(
        pixels=picture.tobytes(),
        picture_size=list(picture.shape),
        size=size,
        stride=stride,
        shift=shift,
        average=average,
    )

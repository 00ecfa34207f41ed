"""A kernel that slides over a picture, one position at a time."""

from typing import Any

import ipywidgets
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import PALE_GREY
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.frame import draw_frame
from course_utils.explorers.base.numbers import quotient
from course_utils.explorers.base.pictures import small_picture
from course_utils.explorers.mathematics.kernel_presets import ENTRIES, PRESETS, kernel_of
from course_utils.explorers.mathematics.windows import (
    convolve,
    output_position,
    padding_before,
    window_at,
)

_SIDE = 3  # of the kernel
_MOST_CHANGE = 4
_CORNER = (
    (0, 0, 0, 0, 0, 0),
    (0, 80, 80, 80, 80, 0),
    (0, 80, 255, 255, 255, 255),
    (0, 80, 255, 160, 160, 160),
    (0, 80, 255, 160, 40, 40),
    (0, 0, 255, 160, 40, 0),
)


def _change(entry: str) -> traitlets.Int:
    """Make a trait for what is added to one entry of the kernel."""
    trait = traitlets.Int(0, min=-_MOST_CHANGE, max=_MOST_CHANGE)
    return trait.tag(sync=True, label=f"+ {entry}", field=True)


class Kernel(Explorer):
    """A picture, a kernel of nine numbers, and the picture that it makes."""

    scene = "kernel.js"
    lessons = ("convolution",)
    shared = ("windows.js",)

    pixels = traitlets.Bytes().tag(sync=True)
    size = traitlets.List(traitlets.Int()).tag(sync=True)
    step: int
    preset = traitlets.Enum(tuple(PRESETS), "edge left").tag(label="kernel")
    top_left = _change("top left")
    top = _change("top")
    top_right = _change("top right")
    left = _change("left")
    middle = _change("middle")
    right = _change("right")
    bottom_left = _change("low left")
    bottom = _change("low")
    bottom_right = _change("low right")
    stride = traitlets.Int(1, min=1, max=3).tag(sync=True, label="stride")
    same = traitlets.Bool(False).tag(sync=True, label="padding 'same' (zeros around the picture)")

    def __init__(self, image: NDArray[np.uint8], step: int, **numbers: Any) -> None:
        last = image.size - 1  # with stride 1 and padding 'same' there is a position for each pixel
        self.add_traits(step=traitlets.Int(0, min=0, max=last).tag(sync=True, label="step"))
        super().__init__(pixels=image.tobytes(), size=list(image.shape), step=step, **numbers)

    def _controls(self) -> list[ipywidgets.Widget]:
        """Make the controls; those of the nine entries lie as the kernel does."""
        controls = {name: self._control(name) for name in self.control_names()}
        for entry in ENTRIES:
            controls[entry].style.description_width = "5.9em"
        nine = ipywidgets.GridBox(
            [controls[entry] for entry in ENTRIES],
            layout={"grid_template_columns": "repeat(3, minmax(0, 12em))"},
        )
        first, last = ("step", "preset"), ("stride", "same")
        return [*(controls[n] for n in first), nine, *(controls[n] for n in last)]

    def image(self) -> NDArray[np.int64]:
        """Return the picture, signed, so that products below 0 do not wrap around."""
        return np.frombuffer(self.pixels, np.uint8).reshape(self.size).astype(np.int64)

    def kernel(self) -> tuple[NDArray[np.int64], int]:
        """Return the kernel's entries, and what their products' sum is divided by."""
        entries, divisor = kernel_of(self.preset, [getattr(self, entry) for entry in ENTRIES])
        return np.array(entries).reshape(_SIDE, _SIDE), divisor

    def padding(self) -> str:
        """Return the padding's name, ``'valid'`` or ``'same'``."""
        return "same" if self.same else "valid"

    def output(self) -> NDArray[np.int64]:
        """Return the whole picture that the kernel makes, before the division."""
        return convolve(self.image(), self.kernel()[0], self.stride, self.padding()).astype(int)

    def corner(self) -> tuple[int, int]:
        """Return the row and column of the window's first pixel; −1 is in the padding."""
        position = output_position(self.step, *self.output().shape)
        top, left = (
            step * self.stride - padding_before(size, _SIDE, self.stride, self.padding())
            for step, size in zip(position, self.size, strict=True)
        )
        return top, left

    def sentence(self) -> str:
        """Describe where the kernel lies, what it calculates, and how large the output is."""
        entries, divisor = self.kernel()
        output = self.output()
        rows, columns = output.shape
        row, column = output_position(self.step, rows, columns)
        top, left = self.corner()
        lines = " | ".join(" ".join(quotient(int(e), 1) for e in line) for line in entries)
        total = int(output[row, column])
        divided = (
            "" if divisor == 1 else f", which divided by {divisor} is {quotient(total, divisor)}"
        )
        return (
            f"The kernel is {lines}. At position {row * columns + column + 1} of {rows * columns}, "
            f"over rows {quotient(top, 1)} to {top + 2} and columns {quotient(left, 1)} to "
            f"{left + 2}, the products sum to {quotient(total, 1)}{divided}. This is the output's "
            f"pixel in row {row} and column {column}. With stride {self.stride} and padding "
            f"'{self.padding()}', {self.size[0]} × {self.size[1]} pixels become {rows} × {columns}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the picture with the window, the window's products, and the output so far."""
        entries, divisor = self.kernel()
        image, output = self.image(), self.output()
        (top, left), (row, column) = self.corner(), output_position(self.step, *output.shape)
        window = window_at(image, top, left, entries.shape)
        above, below = figure.subplots(2, 1, height_ratios=[1.5, 1])
        above.axis("off")
        below.axis("off")
        whole = above.inset_axes((0, 0, 0.48, 1))
        made = above.inset_axes((0.52, 0, 0.48, 1))
        whole.imshow(image, cmap="gray", vmin=0, vmax=255)
        if self.same:
            before, after = [], []
            for size, positions in zip(self.size, output.shape, strict=True):
                before.append(padding_before(size, _SIDE, self.stride, "same"))
                after.append((positions - 1) * self.stride + _SIDE - before[-1])
            corner = (-before[1] - 0.5, -before[0] - 0.5)
            spans = (before[1] + after[1], before[0] + after[0])
            padded = Rectangle(corner, *spans, color=PALE_GREY, zorder=-1)
            whole.add_patch(padded)
        whole.set(xlim=(-1.6, image.shape[1] + 0.6), ylim=(image.shape[0] + 0.6, -1.6))
        draw_frame(whole, top, left, _SIDE, _SIDE)
        reached = np.arange(output.size).reshape(output.shape) <= self.step
        made.imshow(np.where(reached, output, np.nan), "gray", vmin=output.min(), vmax=output.max())
        made.set(xlim=(-0.6, output.shape[1] - 0.4), ylim=(output.shape[0] - 0.4, -0.6))
        draw_frame(made, row, column, 1, 1)
        for axes, title in ((whole, "picture"), (made, "output so far")):
            axes.set_title(f"{title}, {' × '.join(map(str, axes.images[0].get_array().shape))}")
            axes.set(xticks=[], yticks=[])
        _tables(below, [window, entries, window * entries])
        total = int(output[row, column])
        divided = "" if divisor == 1 else f"\n÷ {divisor} = {quotient(total, divisor)}"
        below.text(
            0.98, 0.5, f"sum {quotient(total, 1)}{divided}", ha="right", va="center", fontsize=9
        )


def _tables(axes: Axes, tables: list[NDArray[np.int64]]) -> None:
    """Write tables of numbers side by side, with the signs of a multiplication between them."""
    for number, (table, sign) in enumerate(zip(tables, ("×", "=", ""), strict=True)):
        for (row, column), value in np.ndenumerate(table):
            x, y = 0.03 + 0.26 * number + 0.07 * column, 0.82 - 0.32 * row
            axes.text(x, y, quotient(int(value), 1), ha="center", va="center", fontsize=9)
        axes.text(0.23 + 0.26 * number, 0.5, sign, ha="center", va="center")


def explore_kernel(
    image: ArrayLike | None = None,
    preset: str = "edge left",
    stride: int = 1,
    padding: str = "valid",
    step: int = 0,
) -> Kernel:
    """Slide a kernel over a picture, change its nine numbers, and watch the output grow.

    Parameters
    ----------
    image : array_like of shape (height, width), uint8, optional
        Grey values from 0 to 255, 4 to 28 pixels high and wide; a small corner if not given.
    preset : {'all zeros', 'identity', 'blur', 'sharpen', 'edge left', 'edge top', 'outline', \
'emboss'}
        The kernel to start from. The nine fields add to its entries.
    stride : int, default 1
        1 to 3.
    padding : {'valid', 'same'}, default 'valid'
    step : int, default 0
        The position shown first, counted row by row from 0.

    Returns
    -------
    Kernel
        Its traits are ``step``, ``preset``, ``stride``, ``same`` and what is added to each entry:
        ``top_left``, ``top``, ``top_right`` and so on to ``bottom_right``.

    Raises
    ------
    TypeError
        If a number is not a whole number.
    ValueError
        If the image is not grey, uint8 and small, a number is out of its range, or a name is
        unknown.

    Examples
    --------
    >>> explore_kernel(preset="identity").sentence()[:58]
    'The kernel is 0 0 0 | 0 1 0 | 0 0 0. At position 1 of 16, '
    """
    picture = small_picture(image, _CORNER)
    same = _arguments.choice("padding", padding, ("valid", "same")) == "same"
    return Kernel(picture, step, preset=preset, stride=stride, same=same)

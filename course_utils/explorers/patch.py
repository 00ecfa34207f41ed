"""A picture of nine pixels, which shows that a grey picture is a table of numbers."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_utils._palette import ORANGE
from course_utils.explorers.base.explorer import Explorer

_DIAGONAL = ((255, 128, 0), (128, 255, 128), (0, 128, 255))


def grey_name(value: int) -> str:
    """Name a grey in words."""
    names = {0: "black", 255: "white"}
    return names.get(value, ("dark grey", "middle grey", "light grey")[min(value // 85, 2)])


def patch_with(row: int, column: int, value: int) -> NDArray[np.uint8]:
    """Put one value into the picture of nine pixels."""
    patch = np.array(_DIAGONAL, dtype=np.uint8)
    patch[row, column] = value
    return patch


class Patch(Explorer):
    """Nine pixels, of which you choose one and paint it."""

    scene = "patch.js"
    lessons = ("start_here",)

    row = traitlets.Int(1, min=0, max=2).tag(sync=True, label="row")
    column = traitlets.Int(1, min=0, max=2).tag(sync=True, label="column")
    value = traitlets.Int(128, min=0, max=255).tag(sync=True, label="pixel value")

    def sentence(self) -> str:
        """Give the chosen pixel's value, and the mean of all nine."""
        mean = patch_with(self.row, self.column, self.value).mean()
        return (
            f"The pixel in row {self.row}, column {self.column} holds {self.value}, "
            f"which is {grey_name(self.value)}. The mean of the nine pixels is {mean:.1f}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the nine pixels with their numbers; a frame marks the chosen one."""
        patch = patch_with(self.row, self.column, self.value)
        axes = figure.subplots()
        axes.imshow(patch, cmap="gray", vmin=0, vmax=255)
        for (row, column), value in np.ndenumerate(patch):
            colour = "black" if value > 110 else "white"
            axes.text(column, row, str(value), ha="center", va="center", color=colour)
        frame = np.array([-0.5, 0.5, 0.5, -0.5, -0.5])
        sides = np.array([-0.5, -0.5, 0.5, 0.5, -0.5])
        axes.plot(self.column + frame, self.row + sides, color=ORANGE, linewidth=5)
        axes.set(xticks=range(3), yticks=range(3), xlabel="column", ylabel="row")


def explore_patch(row: int = 1, column: int = 1, value: int = 128) -> Patch:
    """Choose one of nine pixels and change its value.

    Parameters
    ----------
    row, column : int, default 1
        Which pixel, 0 to 2, counted from the top left.
    value : int, default 128
        Its value, 0 (black) to 255 (white).

    Returns
    -------
    Patch
        Its traits are ``row``, ``column`` and ``value``.

    Raises
    ------
    TypeError
        If one of them is not a whole number.
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> explore_patch(value=255).sentence()[:59]
    'The pixel in row 1, column 1 holds 255, which is white. The'
    """
    return Patch(row=row, column=column, value=value)

"""Class evidence of a small trained network, and a square that covers a part of its picture.

The browser's twin is ``class_evidence.js``, which adds up in the same order.
"""

import math
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_utils._palette import AMBER, SKY
from course_utils.evaluation import class_evidence
from course_utils.explorers.mathematics.network import Layers, layer_outputs

_CELL = 4  # pixels along a side that a cell of the last maps stands for
_DIM = 3  # the picture below a map is a third as bright, so that the squares stand out


class Reading(NamedTuple):
    """What a network makes of a picture."""

    probabilities: NDArray[np.float64]  # (n_classes,)
    evidence: NDArray[np.float64]  # (rows, columns, n_classes)
    biases: NDArray[np.float64]  # (n_classes,)


def cover(
    pixels: NDArray[np.uint8], row: int, column: int, side: int, grey: int
) -> NDArray[np.uint8]:
    """Cover a square of a picture with one grey value."""
    covered = pixels.copy()
    covered[row : row + side, column : column + side] = grey
    return covered


def reading(layers: Layers, weights: NDArray[np.float64], pixels: NDArray[np.uint8]) -> Reading:
    """Classify a picture, and divide each class's logit among the cells of the last maps."""
    outputs = layer_outputs(layers, weights, pixels)
    n_inputs, n_classes = layers[-1]["shape"]  # the dense layer's numbers are the last of all
    own = weights[-(n_inputs + 1) * n_classes : -n_classes].reshape(n_inputs, n_classes)
    maps = outputs[-3].values  # before Flatten and the dense layer
    return Reading(outputs[-1].values, class_evidence(maps, own), weights[-n_classes:])


def draw_evidence(
    axes: Axes, pixels: NDArray[np.uint8], added: NDArray[np.float64], strongest: float
) -> None:
    """Draw a square in each cell: filled where it speaks for the class, hollow if against."""
    axes.imshow(pixels, cmap="gray", vmin=0, vmax=255 * _DIM)
    for (row, column), value in np.ndenumerate(added):
        side = math.sqrt(abs(value) / strongest) * 0.85 * _CELL
        left, top = (_CELL * (place + 0.5) - 0.5 - side / 2 for place in (column, row))
        colour = SKY if value > 0 else AMBER
        face = colour if value > 0 else "none"
        axes.add_patch(Rectangle((left, top), side, side, facecolor=face, edgecolor=colour))


def logit(evidence: NDArray[np.float64], bias: float) -> float:
    """Add the evidence of all cells to the bias, cell by cell."""
    return float(np.cumsum([bias, *evidence.ravel()])[-1])  # sum() would add in another order

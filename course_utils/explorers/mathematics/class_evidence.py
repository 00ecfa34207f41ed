"""Class evidence of a small trained network, and a square that covers a part of its picture.

The browser's twin is ``class_evidence.js``, which adds up in the same order.
"""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course_utils._palette import AMBER, SKY
from course_utils.evaluation import class_evidence
from course_utils.explorers.mathematics.network import Layers, as_floats, layer_outputs, packed

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
    draw_squares(axes, pixels, added, strongest, _CELL)


def draw_squares(
    axes: Axes,
    pixels: NDArray[np.uint8],
    values: NDArray[np.float64],
    strongest: float,
    cell: int,
    first: float = 0,
) -> None:
    """Draw a square for each value over a dimmed picture: filled above 0, hollow below.

    Cells are `cell` pixels wide and begin `first` pixels from the picture's edges.
    """
    axes.imshow(pixels, cmap="gray", vmin=0, vmax=255 * _DIM)
    for (row, column), value in np.ndenumerate(values):
        side = math.sqrt(abs(value) / strongest) * 0.85 * cell
        left, top = (first + cell * (place + 0.5) - 0.5 - side / 2 for place in (column, row))
        colour = SKY if value > 0 else AMBER
        face = colour if value > 0 else "none"
        axes.add_patch(
            Rectangle(
                (left, top), side, side, facecolor=face, edgecolor=colour, linewidth=cell / _CELL
            )
        )


def logits_of(read: Reading) -> NDArray[np.float64]:
    """Add up the logits of all classes as `logit` does: (n_classes,)."""
    parts = np.vstack([read.biases, read.evidence.reshape(-1, len(read.biases))])
    return np.cumsum(parts, axis=0)[-1]


def logits_under(
    layers: Layers,
    weights: NDArray[np.float64],
    pixels: NDArray[np.uint8],
    row: int,
    column: int,
    side: int,
    grey: int,
) -> NDArray[np.float64]:
    """Calculate the logits of all classes for a picture with a square over it."""
    return logits_of(reading(layers, weights, cover(pixels, row, column, side, grey)))


@lru_cache(maxsize=8)  # of 441 forward passes, or as many as there are positions
def logits_everywhere(network: str, image: bytes, side: int, grey: int) -> NDArray[np.float64]:
    """Put the square at every position: (positions down, positions across, n_classes)."""
    layers, weights = packed(network)
    floats, pixels = as_floats(weights), np.frombuffer(image, np.uint8).reshape(28, 28)
    across = 29 - side
    logits = [
        logits_under(layers, floats, pixels, row, column, side, grey)
        for row, column in np.ndindex(across, across)
    ]
    return np.reshape(logits, (across, across, -1))


def logit(evidence: NDArray[np.float64], bias: float) -> float:
    """Add the evidence of all cells to the bias, cell by cell."""
    return float(np.cumsum([bias, *evidence.ravel()])[-1])  # sum() would add in another order

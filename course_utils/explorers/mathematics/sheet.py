"""A sheet to draw on, and how its ink becomes a picture like those of a data set.

A sheet has 112 × 112 grey values, 4 × 4 for each pixel of the picture that a network gets. The
browser's twin is ``sheet.js``: both do the same sums in the same order.

MNIST's digits were scaled into 20 × 20 pixels and centred by their mass (LeCun, Bottou, Bengio and
Haffner, 1998), Fashion-MNIST's clothes scaled to 28 pixels on the longer side and centred (Xiao,
Rasul and Vollgraf, 2017). A digit of MNIST comes out as it went in.
"""

import math

import numpy as np
from numpy.typing import NDArray

DOTS = 112
PIXELS = 28
_FINE = DOTS // PIXELS  # dots along a pixel

Sheet = NDArray[np.uint8]
Point = tuple[float, float]


def stroke(sheet: Sheet, start: Point, end: Point, radius: float) -> Sheet:
    """Draw a straight line with round ends."""
    rows, columns = np.mgrid[:DOTS, :DOTS].astype(np.float64)
    y, x = rows - start[0], columns - start[1]
    down, right = end[0] - start[0], end[1] - start[1]
    length = down * down + right * right
    part = np.clip((y * down + x * right) / length, 0, 1) if length else np.zeros_like(y)
    dy, dx = y - part * down, x - part * right
    ink = np.clip(radius + 0.5 - np.sqrt(dy * dy + dx * dx), 0, 1)
    return np.maximum(sheet, _grey(255 * ink))


def reduced(sheet: Sheet) -> NDArray[np.uint8]:
    """Reduce a sheet to a picture, each pixel the mean of its dots."""
    blocks = sheet.reshape(PIXELS, _FINE, PIXELS, _FINE).astype(np.float64)
    return _grey(blocks.sum(axis=(1, 3)) / (_FINE * _FINE))


def fitted(sheet: Sheet, side: int, by_mass: bool) -> NDArray[np.uint8]:
    """Scale the longer side of the ink to `side` pixels, and centre its mass or its box."""
    amounts = sheet.astype(np.int64)
    rows, columns = _extent(amounts.sum(axis=1)), _extent(amounts.sum(axis=0))
    if rows is None or columns is None:
        return np.zeros((PIXELS, PIXELS), np.uint8)
    scale = side / (max(last - first for first, last, _ in (rows, columns)) + 1)
    of_rows, of_columns = (
        _weights(
            first,
            PIXELS // 2 - math.floor((mass - first) * scale)
            if by_mass
            else math.floor((PIXELS - (last - first + 1) * scale) / 2),
            scale,
        )
        for first, last, mass in (rows, columns)
    )
    lines = np.zeros((PIXELS, DOTS))
    image = np.zeros((PIXELS, PIXELS))
    for dot in range(DOTS):  # a matrix product would add up in another order
        lines += of_rows[:, dot, np.newaxis] * sheet[dot]
    for dot in range(DOTS):
        image += lines[:, dot, np.newaxis] * of_columns[:, dot]
    return _grey(image)


def shifted(image: NDArray[np.uint8], down: int, right: int) -> NDArray[np.uint8]:
    """Move a picture by whole pixels. What leaves it is lost, what comes in is black."""
    moved = np.zeros_like(image)
    height, width = image.shape
    moved[max(down, 0) : height + min(down, 0), max(right, 0) : width + min(right, 0)] = image[
        max(-down, 0) : height - max(down, 0), max(-right, 0) : width - max(right, 0)
    ]
    return moved


def _grey(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Round to whole grey values, halves up."""
    return np.minimum(255, np.floor(values + 0.5)).astype(np.uint8)


def _extent(sums: NDArray[np.int64]) -> tuple[int, int, float] | None:
    """Find the first and last index with ink along an axis, and the ink's centre of mass."""
    indices = np.flatnonzero(sums)
    if not len(indices):
        return None
    doubled = int(sums @ (2 * np.arange(DOTS) + 1))
    return int(indices[0]), int(indices[-1]), doubled / (2 * int(sums.sum()))


def _weights(first: int, begin: int, scale: float) -> NDArray[np.float64]:
    """Weigh each dot for each pixel, if the ink begins at pixel `begin`: (28, 112)."""
    indices, dots = np.arange(PIXELS)[:, np.newaxis], np.arange(DOTS)
    start, end = (indices - begin) / scale + first, (indices + 1 - begin) / scale + first
    return np.maximum(0, np.minimum(end, dots + 1) - np.maximum(start, dots)) / (end - start)

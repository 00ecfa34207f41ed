"""Moving a picture: mirror, zoom, turn and shift it, and add up what leaves the frame."""

import math
from collections.abc import Sequence

import numpy as np

_ONE = 4096  # sine and cosine are whole numbers of this part, so that both languages round alike


def rotation(degrees: int) -> tuple[int, int]:
    """Return cosine and sine of an angle, each as a whole number of 4096ths."""
    angle = degrees * math.pi / 180
    return round(math.cos(angle) * _ONE), round(math.sin(angle) * _ONE)


def augment(
    pixels: bytes,
    size: Sequence[int],
    down: int,
    right: int,
    degrees: int,
    zoom: int,
    mirrored: bool,
) -> list[int]:
    """Mirror, zoom, turn and shift a picture, in this order, about its middle."""
    height, width = size
    image = np.frombuffer(pixels, np.uint8).reshape(height, width)
    cos, sin = rotation(degrees)
    # Each new pixel looks back to where it comes from, and takes the nearest pixel there.
    # Coordinates count half pixels from the middle, so that the middle is a whole number.
    y, x = np.indices((height, width))
    y, x = 2 * (y - down) - (height - 1), 2 * (x - right) - (width - 1)
    across, along = x * cos + y * sin, y * cos - x * sin
    if mirrored:
        across = -across
    part = _ONE * zoom
    column = (100 * across + width * part) // (2 * part)
    row = (100 * along + height * part) // (2 * part)
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    found = image[np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)]
    return np.where(inside, found, 0).ravel().tolist()


def ink_lost(
    pixels: bytes,
    size: Sequence[int],
    down: int,
    right: int,
    degrees: int,
    zoom: int,
    mirrored: bool,
) -> list[int]:
    """Add up the grey values that leave the frame, and all grey values."""
    height, width = size
    image = np.frombuffer(pixels, np.uint8).reshape(height, width).astype(np.int64)
    cos, sin = rotation(degrees)
    y, x = np.indices((height, width))
    y, x = 2 * y - (height - 1), 2 * x - (width - 1)
    if mirrored:
        x = -x
    whole = 100 * _ONE
    across = zoom * (x * cos - y * sin) + 2 * right * whole
    along = zoom * (x * sin + y * cos) + 2 * down * whole
    outside = (abs(across) >= width * whole) | (abs(along) >= height * whole)
    return [int(image[outside].sum()), int(image.sum())]

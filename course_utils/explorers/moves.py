"""Moving a picture: mirror, zoom, turn and shift it, and add up what leaves the frame."""

import math
from collections.abc import Sequence

import numpy as np

_ONE = 4096  # sine and cosine are whole numbers of this part, so that both languages round alike


def turn(degrees: int) -> tuple[int, int]:
    """Return cosine and sine of an angle, each as a whole number of 4096ths.

    Parameters
    ----------
    degrees : int

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> turn(0), turn(180), turn(30)
    ((4096, 0), (-4096, 0), (3547, 2048))
    """
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
    """Mirror, zoom, turn and shift a picture, in this order, about its middle.

    Each new pixel looks back to where it comes from, and takes the nearest pixel there. Places
    that come from outside the frame are 0.

    Parameters
    ----------
    pixels : bytes
        Grey values, row by row.
    size : (int, int)
        Height and width.
    down, right : int
        Pixels to move by; below 0 up, and to the left.
    degrees : int
        Turn, clockwise.
    zoom : int
        New size in per cent.
    mirrored : bool
        Whether left and right change sides.

    Returns
    -------
    list of int
        Grey values, row by row.

    Examples
    --------
    >>> augment(bytes([1, 2, 3, 4]), (2, 2), down=0, right=1, degrees=0, zoom=100, mirrored=False)
    [0, 1, 0, 3]
    """
    height, width = size
    image = np.frombuffer(pixels, np.uint8).reshape(height, width)
    cos, sin = turn(degrees)
    # Places count in half pixels from the middle, so that the middle is a whole number.
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
    """Add up the grey values that leave the frame, and all there were.

    Parameters
    ----------
    pixels, size, down, right, degrees, zoom, mirrored
        As for `augment`.

    Returns
    -------
    [int, int]
        What leaves the frame, and the whole.

    Examples
    --------
    >>> ink_lost(bytes([1, 2, 3, 4]), (2, 2), down=0, right=1, degrees=0, zoom=100, mirrored=False)
    [6, 10]
    """
    height, width = size
    image = np.frombuffer(pixels, np.uint8).reshape(height, width).astype(np.int64)
    cos, sin = turn(degrees)
    y, x = np.indices((height, width))
    y, x = 2 * y - (height - 1), 2 * x - (width - 1)
    if mirrored:
        x = -x
    whole = 100 * _ONE
    across = zoom * (x * cos - y * sin) + 2 * right * whole
    along = zoom * (x * sin + y * cos) + 2 * down * whole
    outside = (abs(across) >= width * whole) | (abs(along) >= height * whole)
    return [int(image[outside].sum()), int(image.sum())]

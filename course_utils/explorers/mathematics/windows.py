"""Windows that slide over a picture: convolution and pooling with one channel."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def output_size(size: int, window: int, stride: int = 1, padding: str = "valid") -> int:
    """Count the positions of a window along one side of a picture: 0 if it does not fit."""
    if padding == "same":
        return -(-size // stride)
    return max(0, (size - window) // stride + 1)


def padding_before(size: int, window: int, stride: int = 1, padding: str = "valid") -> int:
    """Count the zeros before the first pixel of a side; after the last are as many, or one more."""
    if padding == "valid":
        return 0
    positions = output_size(size, window, stride, padding)
    return max(0, (positions - 1) * stride + window - size) // 2


def window_at(
    picture: NDArray, top: int, left: int, shape: tuple[int, ...], outside: float = 0
) -> NDArray:
    """Cut a window out of a picture that goes on as `outside` beyond its border."""
    window = np.full(shape, outside, picture.dtype)
    height, width = picture.shape
    first_row, last_row = max(0, top), min(height, top + shape[0])
    first_column, last_column = max(0, left), min(width, left + shape[1])
    window[first_row - top : last_row - top, first_column - left : last_column - left] = picture[
        first_row:last_row, first_column:last_column
    ]
    return window


def convolve(
    picture: ArrayLike, kernel: ArrayLike, stride: int = 1, padding: str = "valid"
) -> NDArray[np.float64]:
    """Slide a kernel over a picture: at each position multiply entry by entry and add up."""
    # The kernel is not turned round first; mathematics calls this a cross-correlation.
    weights = np.asarray(kernel, np.float64)
    return _slide(picture, weights.shape, stride, padding, lambda w: (w * weights).sum(), 0.0)


def pool(
    picture: ArrayLike, size: int, stride: int, how: str = "max", padding: str = "valid"
) -> NDArray[np.float64]:
    """Reduce each window to its largest number or its mean, of what lies inside the picture."""
    reduce = np.nanmax if how == "max" else np.nanmean
    return _slide(picture, (size, size), stride, padding, reduce, np.nan)


def output_position(step: int, rows: int, columns: int) -> tuple[int, int]:
    """Find the output pixel of a step; past the last one the kernel stays there."""
    row, column = divmod(min(step, rows * columns - 1), columns)
    return row, column


def _slide(
    picture: ArrayLike,
    shape: tuple[int, ...],
    stride: int,
    padding: str,
    reduce: Callable[[NDArray[np.float64]], float],
    outside: float,
) -> NDArray[np.float64]:
    """Reduce each window of a picture to a number."""
    values = np.asarray(picture, np.float64)
    sides = list(zip(values.shape, shape, strict=True))
    rows, columns = (output_size(size, window, stride, padding) for size, window in sides)
    above, before = (padding_before(size, window, stride, padding) for size, window in sides)
    output = np.zeros((rows, columns))
    for row, column in np.ndindex(rows, columns):
        corner = row * stride - above, column * stride - before
        output[row, column] = reduce(window_at(values, *corner, shape, outside))
    return output

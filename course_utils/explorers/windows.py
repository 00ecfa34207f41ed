"""Windows that slide over a picture: convolution and pooling with one channel."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray


def output_size(size: int, window: int, stride: int = 1, padding: str = "valid") -> int:
    """Count the positions of a window along one side of a picture.

    Parameters
    ----------
    size : int
        The picture's height, or width.
    window : int
        How many pixels the window covers along this side.
    stride : int, default 1
        How many pixels the window moves at each step.
    padding : {'valid', 'same'}, default 'valid'
        Whether the window stays inside the picture, or zeros are put around it.

    Returns
    -------
    int
        0 if the window does not fit.

    Examples
    --------
    >>> output_size(28, 3), output_size(28, 3, padding="same"), output_size(28, 3, stride=2)
    (26, 28, 13)
    """
    if padding == "same":
        return -(-size // stride)
    return max(0, (size - window) // stride + 1)


def margin_before(size: int, window: int, stride: int = 1, padding: str = "valid") -> int:
    """Count the zeros before the first pixel of a side; behind the last stand as many, or one more.

    Parameters
    ----------
    size, window, stride : int
    padding : {'valid', 'same'}
        As for `output_size`.

    Returns
    -------
    int

    Examples
    --------
    >>> margin_before(28, 3, padding="same"), margin_before(28, 3)
    (1, 0)
    """
    if padding == "valid":
        return 0
    positions = output_size(size, window, stride, padding)
    return max(0, (positions - 1) * stride + window - size) // 2


def window_at(
    picture: NDArray, top: int, left: int, shape: tuple[int, ...], outside: float = 0
) -> NDArray:
    """Cut a window out of a picture; beyond the picture's border there is nothing but padding.

    Parameters
    ----------
    picture : ndarray of shape (height, width)
    top, left : int
        Where the window begins. Negative numbers lie outside.
    shape : (int, int)
        The window's height and width.
    outside : float, default 0
        What stands beyond the border.

    Returns
    -------
    ndarray of the given shape

    Examples
    --------
    >>> window_at(np.array([[1.0, 2.0], [3.0, 4.0]]), -1, 0, (2, 2)).tolist()
    [[0.0, 0.0], [1.0, 2.0]]
    """
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
    """Slide a kernel over a picture: at each position multiply place by place and add up.

    The kernel is not turned round first. Mathematics calls this a cross-correlation.

    Parameters
    ----------
    picture : array_like of shape (height, width)
    kernel : array_like of shape (kernel height, kernel width)
    stride : int, default 1
    padding : {'valid', 'same'}, default 'valid'

    Returns
    -------
    ndarray of shape (output height, output width), float64

    Examples
    --------
    >>> convolve([[1, 2, 3], [4, 5, 6]], [[1, -1]]).tolist()
    [[-1.0, -1.0], [-1.0, -1.0]]
    """
    weights = np.asarray(kernel, np.float64)
    return _slide(picture, weights.shape, stride, padding, lambda w: (w * weights).sum(), 0.0)


def pool(
    picture: ArrayLike, size: int, stride: int, how: str = "max", padding: str = "valid"
) -> NDArray[np.float64]:
    """Replace each window of a picture by one number.

    Parameters
    ----------
    picture : array_like of shape (height, width)
    size : int
        Height and width of the window.
    stride : int
    how : {'max', 'average'}, default 'max'
    padding : {'valid', 'same'}, default 'valid'
        Places outside the picture do not count, for the average either.

    Returns
    -------
    ndarray of shape (output height, output width), float64

    Examples
    --------
    >>> pool([[1, 2, 3, 4], [5, 6, 7, 8]], size=2, stride=2).tolist()
    [[6.0, 8.0]]
    """
    reduce = np.nanmax if how == "max" else np.nanmean
    return _slide(picture, (size, size), stride, padding, reduce, np.nan)


def place_of(step: int, rows: int, columns: int) -> tuple[int, int]:
    """Say to which output pixel a step belongs; past the last one the kernel stays there.

    Parameters
    ----------
    step : int
        0 or more.
    rows, columns : int
        Height and width of the output.

    Returns
    -------
    (row, column) : tuple of int

    Examples
    --------
    >>> place_of(5, 2, 4), place_of(99, 2, 4)
    ((1, 1), (1, 3))
    """
    row, column = divmod(min(step, rows * columns - 1), columns)
    return row, column


def quotient(total: int, divisor: int) -> str:
    """Write a sum divided by a whole number: with two decimals, unless the divisor is 1.

    Parameters
    ----------
    total : int
    divisor : int
        1 or more.

    Returns
    -------
    str

    Examples
    --------
    >>> quotient(-7, 1), quotient(100, 9)
    ('−7', '11.11')
    """
    hundredths = (200 * abs(total) + divisor) // (2 * divisor)
    sign = "−" if total < 0 and hundredths else ""
    if divisor == 1:
        return f"{sign}{abs(total)}"
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


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
    above, before = (margin_before(size, window, stride, padding) for size, window in sides)
    output = np.zeros((rows, columns))
    for row, column in np.ndindex(rows, columns):
        corner = row * stride - above, column * stride - before
        output[row, column] = reduce(window_at(values, *corner, shape, outside))
    return output

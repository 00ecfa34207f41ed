"""Turn images and labels into what a network takes: one-hot, unrolling, scaling.

Everything that is fitted is fitted only on the training images, and then applied to the
training, validation and test images alike. Otherwise test data would leak into the training.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments

_STD_OFFSET = 1e-10  # keeps images of a single grey value from dividing by zero
_GREY_VALUES = 256
_IMAGES_PER_CHUNK = 1000  # bincount makes 8-byte integers: 6 MB per chunk at 28 × 28


@dataclass(frozen=True)
class Standardizer:
    """Subtract a mean and divide by a standard deviation, the same for every pixel.

    `fit_standardizer` makes one from training images.

    Parameters
    ----------
    mean : float
        Mean grey value of the training images, 0 to 255.
    std : float
        Standard deviation of their grey values, 0 to 127.5.

    Raises
    ------
    TypeError, ValueError
        If one of them is not a number, or is out of its range.

    Examples
    --------
    >>> standardizer = Standardizer(mean=100.0, std=50.0)
    >>> standardizer.transform(np.array([[[0, 100, 200]]], np.uint8))
    array([[[-2.,  0.,  2.]]], dtype=float32)
    """

    mean: float
    std: float

    def __post_init__(self) -> None:
        _arguments.number("mean", self.mean, 0, 255)
        _arguments.number("std", self.std, 0, 127.5)

    def transform(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Standardise images: ``(images - mean) / (std + 1e-10)``.

        Parameters
        ----------
        images : ndarray of shape (n, height, width), uint8
            Grey values from 0 to 255, of any split.

        Returns
        -------
        ndarray of shape (n, height, width), float32
            In units of the training images' standard deviation, with 0 at their mean.

        Raises
        ------
        TypeError
            If `images` is not a NumPy array.
        ValueError
            If its dtype or shape is different.
        """
        _require_images(images)
        # In place after the first step: the float32 result is the only large array.
        scaled_images = np.subtract(images, np.float32(self.mean), dtype=np.float32)
        scaled_images /= np.float32(self.std + _STD_OFFSET)
        return scaled_images


def fit_standardizer(images: NDArray[np.uint8]) -> Standardizer:
    """Measure the mean and standard deviation of the training images' grey values.

    Fit on training images only, and use the result for every split.

    Parameters
    ----------
    images : ndarray of shape (n, height, width), uint8
        The training images, grey values from 0 to 255, n at least 1.

    Returns
    -------
    Standardizer
        Its `transform` gives the images it was fitted on a mean of 0 and a standard deviation
        of 1.

    Raises
    ------
    TypeError
        If `images` is not a NumPy array.
    ValueError
        If its dtype or shape is different, or it holds no pixels.

    Notes
    -----
    A byte has only 256 values, so a histogram is enough to calculate both in exact whole
    numbers, without a float64 copy of the images.

    Examples
    --------
    >>> fit_standardizer(np.array([[[0, 0, 4, 4]]], np.uint8))
    Standardizer(mean=2.0, std=2.0)
    """
    _require_images(images)
    if images.size == 0:
        raise ValueError(f"`images` must hold pixels; got {images.shape}. Pass training images.")
    histogram = np.zeros(_GREY_VALUES, np.int64)  # (256,)
    for start in range(0, len(images), _IMAGES_PER_CHUNK):
        chunk = images[start : start + _IMAGES_PER_CHUNK]
        histogram += np.bincount(chunk.ravel(), minlength=_GREY_VALUES)
    values = np.arange(_GREY_VALUES)
    # Python's integers, because the products below pass 64 bits.
    total, total_of_squares = int(histogram @ values), int(histogram @ values**2)
    variance = (images.size * total_of_squares - total**2) / images.size**2
    return Standardizer(mean=total / images.size, std=math.sqrt(variance))


def scale_to_unit(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Scale grey values from 0 to 255 to fractions from 0 to 1.

    Parameters
    ----------
    images : ndarray of shape (n, height, width), uint8
        Grey values from 0 to 255.

    Returns
    -------
    ndarray of shape (n, height, width), float32
        From 0 (black) to 1 (white).

    Raises
    ------
    TypeError
        If `images` is not a NumPy array.
    ValueError
        If its dtype or shape is different, as after an earlier scaling.

    Examples
    --------
    >>> scale_to_unit(np.array([[[0, 51, 255]]], np.uint8))
    array([[[0. , 0.2, 1. ]]], dtype=float32)
    """
    _require_images(images)
    return np.divide(images, np.float32(255), dtype=np.float32)


def unroll(images: NDArray) -> NDArray:
    """Lay each image's rows end to end: 28 × 28 pixels become 784 numbers.

    Parameters
    ----------
    images : ndarray of shape (n, height, width), any numeric dtype
        Images before or after scaling.

    Returns
    -------
    ndarray of shape (n, height * width), the dtype of `images`
        Pixel (row, column) is at index ``row * width + column``. The result shares the memory
        of `images` if possible.

    Raises
    ------
    TypeError
        If `images` is not a NumPy array.
    ValueError
        If it is not three-dimensional, or holds no numbers.

    Examples
    --------
    >>> unroll(np.array([[[1, 2], [3, 4]]], np.uint8))
    array([[1, 2, 3, 4]], dtype=uint8)
    """
    _require_images(images, dtype=None)
    n, height, width = images.shape
    return images.reshape(n, height * width)  # (n, 784) for 28 × 28


def one_hot(labels: ArrayLike, n_classes: int) -> NDArray[np.float32]:
    """Write each label as a row of zeros with a single 1.

    Parameters
    ----------
    labels : array-like of shape (n,), integers
        From 0 to ``n_classes - 1``.
    n_classes : int
        How many classes there are, at least 1. It is not inferred from the labels, because
        a small split may lack the last class.

    Returns
    -------
    ndarray of shape (n, n_classes), float32
        Row ``i`` has its 1 in column ``labels[i]``.

    Raises
    ------
    TypeError
        If `n_classes` is not a whole number.
    ValueError
        If it is less than 1, `labels` has a different shape or dtype, or a label is out of range.

    Examples
    --------
    >>> one_hot([2, 0], n_classes=3)
    array([[0., 0., 1.],
           [1., 0., 0.]], dtype=float32)
    """
    n_classes = _arguments.whole_number("n_classes", n_classes, least=1)
    indices = _arguments.label_vector(labels)
    out_of_range = (indices < 0) | (indices >= n_classes)
    if out_of_range.any():
        i = int(out_of_range.argmax())
        raise ValueError(
            f"`labels` must lie between 0 and {n_classes - 1} for n_classes={n_classes}; "
            f"got labels[{i}] = {indices[i]}. Check `n_classes`, or number the classes from 0."
        )
    rows = np.zeros((len(indices), n_classes), np.float32)  # (n, n_classes)
    rows[np.arange(len(indices)), indices] = 1
    return rows


def _require_images(images: NDArray, dtype: type | None = np.uint8) -> None:
    """Require images of shape (n, height, width), of any numeric dtype if `dtype` is None."""
    if not isinstance(images, np.ndarray):
        raise TypeError(
            f"`images` must be a NumPy array; got {type(images).__name__}. "
            "Pass numpy.asarray(images)."
        )
    fits = images.dtype.kind in "biuf" if dtype is None else images.dtype == dtype
    if images.ndim != 3 or not fits:
        dtype_name = "numbers of shape " if dtype is None else f"{np.dtype(dtype)} "
        raise ValueError(
            f"`images` must be {dtype_name}(n, height, width), for instance (n, 28, 28); "
            f"got {images.dtype} {images.shape}. {_hint(images)}"
        )


def _hint(images: NDArray) -> str:
    """Advise what to do about a wrong dtype or shape."""
    if images.ndim == 4:
        return "Remove the channel axis: images[..., 0]."
    if np.issubdtype(images.dtype, np.floating) and images.ndim == 3:
        return "Pass the images as load_dataset() gives them, before scaling."
    if images.dtype == np.uint8 and images.ndim == 2:
        return "For a single image pass images[i : i + 1]; otherwise pass them before unrolling."
    return "Pass the images as load_dataset() gives them, before scaling or unrolling."

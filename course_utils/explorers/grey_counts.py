"""Grey values by their counts: in another light, measured, and the rulers to scale them with."""

import math
from collections.abc import Sequence

GREY_VALUES = 256
_STD_OFFSET = 1e-10  # as in fit_standardizer, so that images of one grey do not divide by 0


def adjust(counts: Sequence[int], brightness: int, contrast: int) -> list[int]:
    """Give images another light: count their grey values anew.

    Parameters
    ----------
    counts : sequence of 256 int
        How many pixels have each grey value.
    brightness : int
        Added to each grey value.
    contrast : int
        Per cent by which each grey value is multiplied first.

    Returns
    -------
    list of 256 int
        Grey values that would leave the range 0 to 255 stop at its ends.

    Examples
    --------
    >>> adjust([3, 1] + [0] * 254, brightness=2, contrast=100)[:5]
    [0, 0, 3, 1, 0]
    """
    adjusted = [0] * GREY_VALUES
    for grey, count in enumerate(counts):
        new = (grey * contrast + 50) // 100 + brightness
        adjusted[min(255, max(0, new))] += count
    return adjusted


def mean_and_std(counts: Sequence[int]) -> tuple[float, float]:
    """Measure grey values by their counts.

    Parameters
    ----------
    counts : sequence of 256 int
        How many pixels have each grey value, at least one in all.

    Returns
    -------
    (mean, std) : tuple of float

    Examples
    --------
    >>> mean_and_std([1, 0, 0, 0, 1] + [0] * 251)
    (2.0, 2.0)
    """
    total = sum(counts)
    mean = sum(grey * count for grey, count in enumerate(counts)) / total
    mean_square = sum(grey * grey * count for grey, count in enumerate(counts)) / total
    return mean, math.sqrt(max(0.0, mean_square - mean * mean))


def rulers(
    scaling: str, fitted_on: str, training: Sequence[int], new: Sequence[int]
) -> list[float]:
    """Say what is subtracted from grey values and what they are divided by.

    Parameters
    ----------
    scaling : {'raw', '/ 255', 'standardised'}
    fitted_on : {'training images', 'all images', 'each set alone'}
    training, new : sequence of 256 int
        How many pixels of the training images, and of the new ones, have each grey value.

    Returns
    -------
    list of 4 float
        What is subtracted from the training images' values and what divides them; the same for
        the new images.

    Examples
    --------
    >>> rulers("/ 255", "training images", [1] * 256, [1] * 256)
    [0.0, 255.0, 0.0, 255.0]
    """
    if scaling != "standardised":
        divisor = 1.0 if scaling == "raw" else 255.0
        return [0.0, divisor, 0.0, divisor]
    if fitted_on == "all images":
        both = [a + b for a, b in zip(training, new, strict=True)]
        training = new = both
    mean, std = mean_and_std(training)
    new_mean, new_std = mean_and_std(new) if fitted_on == "each set alone" else (mean, std)
    return [mean, std + _STD_OFFSET, new_mean, new_std + _STD_OFFSET]

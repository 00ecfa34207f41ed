"""Grey values by their counts: with another brightness and contrast, measured, and scaled."""

import math
from collections.abc import Sequence

GREY_VALUES = 256
_STD_OFFSET = 1e-10  # as in fit_standardizer, so that images of one grey do not divide by 0


def adjust(counts: Sequence[int], brightness: int, contrast: int) -> list[int]:
    """Count grey values after a change of contrast, in per cent, and then of brightness."""
    adjusted = [0] * GREY_VALUES
    for grey, count in enumerate(counts):
        new = (grey * contrast + 50) // 100 + brightness
        adjusted[min(255, max(0, new))] += count
    return adjusted


def mean_and_std(counts: Sequence[int]) -> tuple[float, float]:
    """Measure grey values by their counts."""
    total = sum(counts)
    mean = sum(grey * count for grey, count in enumerate(counts)) / total
    mean_square = sum(grey * grey * count for grey, count in enumerate(counts)) / total
    return mean, math.sqrt(max(0.0, mean_square - mean * mean))


def offsets_and_scales(
    scaling: str, fitted_on: str, training: Sequence[int], new: Sequence[int]
) -> list[float]:
    """Return what is subtracted and what divides: of the training images, then of the new ones."""
    if scaling != "standardised":
        divisor = 1.0 if scaling == "raw" else 255.0
        return [0.0, divisor, 0.0, divisor]
    if fitted_on == "all images":
        both = [a + b for a, b in zip(training, new, strict=True)]
        training = new = both
    mean, std = mean_and_std(training)
    new_mean, new_std = mean_and_std(new) if fitted_on == "each set alone" else (mean, std)
    return [mean, std + _STD_OFFSET, new_mean, new_std + _STD_OFFSET]

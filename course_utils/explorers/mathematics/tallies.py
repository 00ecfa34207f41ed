"""Counts of the answers that are confident enough: by class, in all, and the right ones.

`levels` are confidences in whole per cent, rounded down; one byte for each answer.
"""

import numpy as np

from course_utils.evaluation import confusion

HIGHEST = 99  # threshold, in per cent


def tally(
    levels: bytes, answers: bytes, labels: bytes, threshold: int, n_classes: int
) -> list[list[int]]:
    """Count which class (row) was taken for which (column) by answers confident enough."""
    sure, answered, true = (np.frombuffer(row, np.uint8) for row in (levels, answers, labels))
    kept = sure >= threshold
    return confusion(true[kept], answered[kept], n_classes).tolist()


def curve(levels: bytes, answers: bytes, labels: bytes) -> list[list[int]]:
    """Count the answers given, and the right ones among them, for each threshold."""
    sure, answered, true = (np.frombuffer(row, np.uint8) for row in (levels, answers, labels))
    counts = np.bincount(sure, minlength=101)
    n_right = np.bincount(sure[answered == true], minlength=101)
    return [np.cumsum(row[::-1])[::-1][: HIGHEST + 1].tolist() for row in (counts, n_right)]

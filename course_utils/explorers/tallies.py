"""Counts of the answers that are sure enough: which class for which, how many, how many right."""

import numpy as np

from course_utils.evaluation import confusion

HIGHEST = 99  # threshold, in per cent


def tally(
    levels: bytes, answers: bytes, labels: bytes, threshold: int, n_classes: int
) -> list[list[int]]:
    """Count which class was taken for which, among the answers that are sure enough.

    Parameters
    ----------
    levels : bytes
        Confidence of each answer in whole per cent, rounded down.
    answers, labels : bytes
        The class that was answered, and the true one.
    threshold : int
        Least confidence, in per cent.
    n_classes : int

    Returns
    -------
    list of n_classes lists of n_classes int
        Row: true class. Column: answer.

    Examples
    --------
    >>> tally(bytes([90, 50]), bytes([0, 0]), bytes([0, 1]), threshold=60, n_classes=2)
    [[1, 0], [0, 0]]
    """
    sure, answered, true = (np.frombuffer(row, np.uint8) for row in (levels, answers, labels))
    kept = sure >= threshold
    return confusion(true[kept], answered[kept], n_classes).tolist()


def curve(levels: bytes, answers: bytes, labels: bytes) -> list[list[int]]:
    """Count, for each threshold, how many answers are given and how many of them are right.

    Parameters
    ----------
    levels, answers, labels : bytes
        As for `tally`.

    Returns
    -------
    [answered, right] : list of two lists of 100 int
        One number for each threshold from 0 to 99 per cent.

    Examples
    --------
    >>> answered, right = curve(bytes([99, 0]), bytes([3, 2]), bytes([3, 1]))
    >>> answered[0], right[0], answered[99], right[99]
    (2, 1, 1, 1)
    """
    sure, answered, true = (np.frombuffer(row, np.uint8) for row in (levels, answers, labels))
    counts = np.bincount(sure, minlength=101)
    n_right = np.bincount(sure[answered == true], minlength=101)
    return [np.cumsum(row[::-1])[::-1][: HIGHEST + 1].tolist() for row in (counts, n_right)]

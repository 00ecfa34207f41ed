"""How confident predictions are, compared with how often they are right."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments


@dataclass(frozen=True)
class CalibrationTable:
    """Confidence and accuracy in bins of equal width, from confidence 0 to 1.

    Attributes
    ----------
    edges : ndarray of shape (n_bins + 1,)
        Where the bins begin and end. A bin includes its lower edge, and the last one also 1.
    counts : ndarray of shape (n_bins,), int
        How many answers each bin holds.
    confidences, accuracies : ndarray of shape (n_bins,)
        Their mean confidence, and the fraction of them that is right; nan if a bin is empty.
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.int64]
    confidences: NDArray[np.float64]
    accuracies: NDArray[np.float64]

    @property
    def error(self) -> float:
        """The gaps between confidence and accuracy, averaged over all answers."""
        held = self.counts > 0
        gaps = np.abs(self.confidences - self.accuracies)[held]
        return float(gaps @ self.counts[held] / self.counts.sum())


def calibration_table(
    confidences: ArrayLike, correct: ArrayLike, n_bins: int = 15
) -> CalibrationTable:
    """Compare the confidence of predictions with how often they are right.

    Parameters
    ----------
    confidences : array_like of shape (n,)
        Probability of each answer, 0 to 1: ``probabilities.max(axis=1)``.
    correct : array_like of shape (n,), bool
        Whether each answer is right: ``predictions == labels``.
    n_bins : int, default 15
        From 1 to 100.

    Returns
    -------
    CalibrationTable

    Raises
    ------
    TypeError
        If `confidences` does not hold numbers or `n_bins` is not a whole number.
    ValueError
        If the two are not rows of equal length, or a value is out of its range.

    Notes
    -----
    Its ``error`` is the expected calibration error of C. Guo, G. Pleiss, Y. Sun and
    K. Q. Weinberger (2017), "On Calibration of Modern Neural Networks", with their 15 bins.

    Examples
    --------
    >>> table = calibration_table([0.9, 0.9, 0.6], [True, False, True], n_bins=2)
    >>> table.counts, round(table.error, 2)
    (array([0, 3]), 0.13)
    """
    sure, right = _answers(confidences, correct)
    n_bins = _arguments.whole_number("n_bins", n_bins, 1, 100)
    places = np.minimum((sure * n_bins).astype(np.intp), n_bins - 1)  # (n,)
    counts = np.bincount(places, minlength=n_bins)
    with np.errstate(invalid="ignore"):
        return CalibrationTable(
            edges=np.arange(n_bins + 1) / n_bins,
            counts=counts,
            confidences=np.bincount(places, sure, n_bins) / counts,
            accuracies=np.bincount(places, right, n_bins) / counts,
        )


def expected_calibration_error(
    confidences: ArrayLike, correct: ArrayLike, n_bins: int = 15
) -> float:
    """Return the mean distance between confidence and accuracy (Guo and others, 2017).

    Parameters
    ----------
    confidences : array_like of shape (n,)
        Probability of each answer, 0 to 1.
    correct : array_like of shape (n,), bool
        Whether each answer is right.
    n_bins : int, default 15
        From 1 to 100.

    Returns
    -------
    float
        From 0, where confidence equals accuracy in every bin, to 1.

    Raises
    ------
    TypeError
        If `confidences` does not hold numbers or `n_bins` is not a whole number.
    ValueError
        If the two are not rows of equal length, or a value is out of its range.

    Examples
    --------
    >>> expected_calibration_error([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0])
    0.0
    """
    return calibration_table(confidences, correct, n_bins).error


def coverage_and_accuracy(
    confidences: ArrayLike, correct: ArrayLike, thresholds: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Measure what is left if only answers above a minimum confidence are given.

    Parameters
    ----------
    confidences : array_like of shape (n,)
        Probability of each answer, 0 to 1.
    correct : array_like of shape (n,), bool
        Whether each answer is right.
    thresholds : array_like of shape (n_thresholds,)
        Minimum confidences, 0 to 1.

    Returns
    -------
    (coverages, accuracies) : tuple of ndarray of shape (n_thresholds,)
        The fraction that is answered, and the fraction of these answers that is right, or nan if
        nothing is answered.

    Raises
    ------
    TypeError
        If something does not hold numbers.
    ValueError
        If `confidences` and `correct` are not rows of equal length, or a value is out of range.

    Examples
    --------
    >>> coverage_and_accuracy([0.9, 0.6, 0.5, 0.4], [1, 1, 0, 1], [0, 0.5, 0.95])
    (array([1.  , 0.75, 0.  ]), array([0.75      , 0.66666667,        nan]))
    """
    sure, right = _answers(confidences, correct)
    least = _fractions("thresholds", thresholds)
    order = np.argsort(-sure)
    counts = np.searchsorted(-sure[order], -least, side="right")  # (n_thresholds,)
    n_right = np.concatenate([[0], np.cumsum(right[order])])[counts]
    with np.errstate(invalid="ignore"):
        return counts / len(sure), n_right / counts


def _answers(
    confidences: ArrayLike, correct: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Require for each answer a confidence, and whether it was right."""
    sure = _fractions("confidences", confidences)
    right = _arguments.array("correct", correct)
    if right.ndim != 1 or not np.isin(right, (0, 1)).all():
        raise ValueError(
            f"`correct` must be True or False, one per answer; got {right.dtype} {right.shape}. "
            "Pass predictions == labels."
        )
    right = _arguments.same_length("correct", right, "confidences", sure)
    return sure, right.astype(np.float64)


def _fractions(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Require a row of numbers from 0 to 1."""
    row = _arguments.finite_array(name, values).astype(np.float64)
    # float32 rounds a sum of probabilities up to a little more than 1.
    if row.ndim != 1 or row.min() < 0 or row.max() > 1 + 1e-6:
        came = f"{row.min():g} to {row.max():g} in shape {row.shape}"
        raise ValueError(
            f"`{name}` must be numbers from 0 to 1 of shape (n,); got {came}. "
            "For confidences take the highest probability of each row: .max(axis=1)."
        )
    return np.minimum(row, 1)

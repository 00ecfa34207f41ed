"""How good answers are: by class, by confidence, over seeds. Arrays in, arrays and numbers out."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
        Where the bins begin and end. A bin holds its lower edge; the last one holds 1 as well.
    counts : ndarray of shape (n_bins,), int
        How many answers each bin holds.
    confidences, accuracies : ndarray of shape (n_bins,)
        Their mean confidence, and the fraction of them that is right; nan in an empty bin.
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


@dataclass(frozen=True)
class Spread:
    """What several runs of the same thing gave.

    Attributes
    ----------
    mean, least, greatest : float
    standard_error : float
        How far the mean itself is likely to be off: standard deviation between runs, divided by
        the root of their number.
    """

    mean: float
    least: float
    greatest: float
    standard_error: float


def confusion(labels: ArrayLike, predictions: ArrayLike, n_classes: int) -> NDArray[np.int64]:
    """Count which class was taken for which.

    Parameters
    ----------
    labels, predictions : array_like of shape (n,), integer
        True classes and answers, from 0 to ``n_classes - 1``.
    n_classes : int
        At least 2. It is not guessed, because a small split may lack a class.

    Returns
    -------
    ndarray of shape (n_classes, n_classes), int64
        Row: true class. Column: answer. The diagonal holds what is right.

    Raises
    ------
    TypeError
        If `n_classes` is not a whole number.
    ValueError
        If the two are not rows of equally many whole numbers in range.

    Examples
    --------
    >>> confusion([0, 0, 1], [0, 1, 1], n_classes=2)
    array([[1, 1],
           [0, 1]])
    """
    from sklearn.metrics import confusion_matrix

    n_classes = _arguments.whole_number("n_classes", n_classes, least=2)
    true = _classes("labels", labels, n_classes)
    answers = _classes("predictions", predictions, n_classes)
    _require_pairs("predictions", answers, "labels", true)
    if len(true) == 0:  # which scikit-learn refuses
        return np.zeros((n_classes, n_classes), np.int64)
    return confusion_matrix(true, answers, labels=range(n_classes))


def accuracy_by_class(
    labels: ArrayLike, predictions: ArrayLike, n_classes: int
) -> NDArray[np.float64]:
    """Return the fraction of each class's images that is named rightly: its recall.

    Parameters
    ----------
    labels, predictions : array_like of shape (n,), integer
        True classes and answers, from 0 to ``n_classes - 1``.
    n_classes : int
        At least 2.

    Returns
    -------
    ndarray of shape (n_classes,), float64
        nan for a class without images.

    Raises
    ------
    TypeError
        If `n_classes` is not a whole number.
    ValueError
        If the two are not rows of equally many whole numbers in range.

    Examples
    --------
    >>> accuracy_by_class([0, 0, 1], [0, 1, 1], n_classes=3)
    array([0.5, 1. , nan])
    """
    matrix = confusion(labels, predictions, n_classes)
    of_class = matrix.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return matrix.diagonal() / of_class


def calibration_table(
    confidences: ArrayLike, correct: ArrayLike, n_bins: int = 15
) -> CalibrationTable:
    """Compare how sure answers are with how often they are right.

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
        If the two are not equally long rows, or a value is out of its range.

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
        From 0, confidences keep what they promise, to 1.

    Raises
    ------
    TypeError
        If `confidences` does not hold numbers or `n_bins` is not a whole number.
    ValueError
        If the two are not equally long rows, or a value is out of its range.

    Examples
    --------
    >>> expected_calibration_error([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0])
    0.0
    """
    return calibration_table(confidences, correct, n_bins).error


def coverage_and_accuracy(
    confidences: ArrayLike, correct: ArrayLike, thresholds: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Say what is left if only answers of at least some confidence are given.

    Parameters
    ----------
    confidences : array_like of shape (n,)
        Probability of each answer, 0 to 1.
    correct : array_like of shape (n,), bool
        Whether each answer is right.
    thresholds : array_like of shape (n_thresholds,)
        Least confidences, 0 to 1.

    Returns
    -------
    (coverages, accuracies) : tuple of ndarray of shape (n_thresholds,)
        The fraction that is answered, and the fraction of these that is right; nan where none is.

    Raises
    ------
    TypeError
        If something does not hold numbers.
    ValueError
        If `confidences` and `correct` are not equally long rows, or a value is out of range.

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


def spread(values: Sequence[float]) -> Spread:
    """Summarise the results of several runs, as of the same network from different seeds.

    Parameters
    ----------
    values : sequence of float
        At least two, one a run.

    Returns
    -------
    Spread

    Raises
    ------
    TypeError
        If `values` does not hold numbers.
    ValueError
        If there are fewer than two.

    Examples
    --------
    >>> spread([1, 2, 3, 2])
    Spread(mean=2.0, least=1.0, greatest=3.0, standard_error=0.408...)
    """
    row = _arguments.finite("values", values).astype(np.float64)
    if row.ndim != 1 or len(row) < 2:
        raise ValueError(
            f"`values` must be a row of at least two numbers, one a run; got shape {row.shape}. "
            "One run has no spread: repeat it with another seed."
        )
    error = float(row.std(ddof=1)) / math.sqrt(len(row))
    return Spread(float(row.mean()), float(row.min()), float(row.max()), error)


def _classes(name: str, values: ArrayLike, n_classes: int) -> NDArray[np.integer]:
    """Demand a row of classes."""
    row = _arguments.rectangle(name, values)
    if row.ndim != 1 or row.dtype.kind not in "iu":
        hint = "Take the greatest of each row first: .argmax(axis=1)." if row.ndim == 2 else ""
        raise ValueError(
            f"`{name}` must be integers of shape (n,); got {row.dtype} {row.shape}. "
            f"{hint or 'Pass one class an image.'}"
        )
    if row.size and (row.min() < 0 or row.max() >= n_classes):
        raise ValueError(
            f"`{name}` must lie between 0 and {n_classes - 1}; got {row.min()} to {row.max()}. "
            "Check `n_classes`, or number the classes from 0."
        )
    return row


def _fractions(name: str, values: ArrayLike) -> NDArray[np.float64]:
    """Demand a row of numbers from 0 to 1."""
    row = _arguments.finite(name, values).astype(np.float64)
    # float32 rounds a sum of probabilities up to a little more than 1.
    if row.ndim != 1 or row.min() < 0 or row.max() > 1 + 1e-6:
        came = f"{row.min():g} to {row.max():g} in shape {row.shape}"
        raise ValueError(
            f"`{name}` must be numbers from 0 to 1 of shape (n,); got {came}. "
            "For confidences take the greatest probability of each row: .max(axis=1)."
        )
    return np.minimum(row, 1)


def _answers(
    confidences: ArrayLike, correct: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Demand a confidence, and whether it was right, for each answer."""
    sure = _fractions("confidences", confidences)
    right = _arguments.rectangle("correct", correct)
    if right.ndim != 1 or not np.isin(right, (0, 1)).all():
        raise ValueError(
            f"`correct` must be True or False, one an answer; got {right.dtype} {right.shape}. "
            "Pass predictions == labels."
        )
    _require_pairs("correct", right, "confidences", sure)
    return sure, right.astype(np.float64)


def _require_pairs(name: str, values: NDArray, other_name: str, others: NDArray) -> None:
    """Demand equal lengths."""
    if len(values) != len(others):
        raise ValueError(
            f"`{name}` must be as many as `{other_name}`, {len(others)}; got {len(values)}. "
            "Are they of the same images?"
        )

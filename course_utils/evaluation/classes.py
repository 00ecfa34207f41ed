"""How good predictions are, class by class."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments


def confusion(labels: ArrayLike, predictions: ArrayLike, n_classes: int) -> NDArray[np.int64]:
    """Count which class was taken for which.

    Parameters
    ----------
    labels, predictions : array_like of shape (n,), integer
        True classes and predicted ones, from 0 to ``n_classes - 1``.
    n_classes : int
        At least 2. It is not inferred, because a small split may lack a class.

    Returns
    -------
    ndarray of shape (n_classes, n_classes), int64
        Rows are true classes, columns predicted ones. The diagonal holds what is right.

    Raises
    ------
    TypeError
        If `n_classes` is not a whole number.
    ValueError
        If the two are not rows of whole numbers in range, of equal length.

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
    answers = _arguments.same_length("predictions", answers, "labels", true)
    if len(true) == 0:  # which scikit-learn refuses
        return np.zeros((n_classes, n_classes), np.int64)
    return confusion_matrix(true, answers, labels=range(n_classes))


def accuracy_by_class(
    labels: ArrayLike, predictions: ArrayLike, n_classes: int
) -> NDArray[np.float64]:
    """Return the fraction of each class's images that is classified correctly: its recall.

    Parameters
    ----------
    labels, predictions : array_like of shape (n,), integer
        True classes and predicted ones, from 0 to ``n_classes - 1``.
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
        If the two are not rows of whole numbers in range, of equal length.

    Examples
    --------
    >>> accuracy_by_class([0, 0, 1], [0, 1, 1], n_classes=3)
    array([0.5, 1. , nan])
    """
    matrix = confusion(labels, predictions, n_classes)
    of_class = matrix.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return matrix.diagonal() / of_class


def _classes(name: str, values: ArrayLike, n_classes: int) -> NDArray[np.integer]:
    """Require a row of classes."""
    row = _arguments.array(name, values)
    if row.ndim != 1 or row.dtype.kind not in "iu":
        hint = "Take the most probable class of each row: .argmax(axis=1)." if row.ndim == 2 else ""
        raise ValueError(
            f"`{name}` must be integers of shape (n,); got {row.dtype} {row.shape}. "
            f"{hint or 'Pass one class per image.'}"
        )
    if row.size and (row.min() < 0 or row.max() >= n_classes):
        raise ValueError(
            f"`{name}` must lie between 0 and {n_classes - 1}; got {row.min()} to {row.max()}. "
            "Check `n_classes`, or number the classes from 0."
        )
    return row

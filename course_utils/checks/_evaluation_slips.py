"""Known slips in accuracy, confusion, precision and recall: what each gives, and its name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _evaluation_samples as samples
from course_utils.checks._slips import HARD_CODED, Slips, lazy


def accuracy_slips(probabilities: NDArray[Any], labels: NDArray[Any]) -> Slips:
    """List what the known slips would make of these answers."""
    n, n_classes = probabilities.shape
    answers = probabilities.argmax(axis=1)
    right = answers == labels
    of_truth = probabilities[np.arange(n), labels]
    return [
        ("That is how many are right. Accuracy is the fraction: divide by all.", right.sum()),
        ("That is in per cent. Give a fraction, from 0 to 1.", 100 * right.mean()),
        ("That is the fraction that is wrong.", (~right).mean()),
        ("That says of each image whether it is right. One number is asked for.", right),
        ("Those are the answers. Compare them with the labels.", answers),
        (
            "That is the mean confidence. How sure the network is does not say how often it is "
            "right.",
            probabilities.max(axis=1).mean(),
        ),
        (
            "That is the mean probability of the true class. An answer is right or wrong, "
            "whatever its probability.",
            of_truth.mean(),
        ),
        (
            "You count an answer as right only if its probability is above 0.5. The greatest "
            "probability wins, however small it is.",
            (of_truth > 0.5).mean(),
        ),
        (
            "You count an answer as right only if its probability is above 0.5. The greatest "
            "probability wins, however small it is.",
            (of_truth >= 0.5).mean(),
        ),
        ("You divided by the number of classes. Divide by the number of images.",
         right.sum() / n_classes),
        ("That is 1 if all are right and 0 otherwise. A fraction is asked for.", right.all()),
        *lazy((), [case[-1] for case in samples.ACCURACY]),
    ]  # fmt: skip


def confusion_slips(labels: NDArray[Any], predictions: NDArray[Any], n_classes: int) -> Slips:
    """List what the known slips would make of these answers."""
    right = count_pairs(labels, predictions, n_classes)
    seen = np.union1d(labels, predictions)
    absent = (
        "A class that does not occur here has no row of its own. The matrix has n_classes rows and "
        "columns, whichever classes occur."
    )
    once = (
        "Each pair of classes is counted only once, however often it occurs. `matrix[a, b] += 1` "
        "with whole arrays adds 1 to a cell once, even if the cell is named twice."
    )
    seen_matrix = right[np.ix_(seen, seen)]
    with np.errstate(all="ignore"):
        shares = right / right.sum(axis=1, keepdims=True)
    return [
        ("The axes are swapped: a row is a true class, a column an answer.", right.T),
        (absent, seen_matrix),
        (absent, seen_matrix.T),
        (once, np.minimum(right, 1)),
        (once, np.minimum(right, 1).T),
        ("Only what is right is counted. The mix-ups belong beside the diagonal.",
         np.diag(right.diagonal())),
        ("Only what is right is counted, in one row. A table is asked for.", right.diagonal()),
        ("Only the mix-ups are counted. What is right belongs on the diagonal.",
         right - np.diag(right.diagonal())),
        ("Those are fractions of each row. Counts are asked for.", shares),
        ("Those are fractions of each row. Counts are asked for.", np.nan_to_num(shares)),
        ("Those are fractions of all images. Counts are asked for.", right / len(labels)),
        ("That is how many images each class has.", right.sum(axis=1)),
        ("That counts one true class a cell, and lays the table out in one row.", right.ravel()),
        *((HARD_CODED, case[-1]) for case in samples.CONFUSION),
        ("Every value is 0. Count the pairs.", np.zeros((n_classes, n_classes))),
    ]  # fmt: skip


def precision_slips(matrix: NDArray[Any]) -> Slips:
    """List what the known slips would take for precision."""
    return _of_class(matrix, own=0, name="precision", other="recall", empty="is never answered")


def recall_slips(matrix: NDArray[Any]) -> Slips:
    """List what the known slips would take for recall."""
    return _of_class(matrix, own=1, name="recall", other="precision", empty="has no images")


def _of_class(matrix: NDArray[Any], own: int, name: str, other: str, empty: str) -> Slips:
    """List slips of precision (own axis 0) or recall (own axis 1)."""
    counts = matrix.astype(np.float64)
    diagonal, total = counts.diagonal(), counts.sum()
    with np.errstate(all="ignore"):
        right = diagonal / counts.sum(axis=own)
        swapped = diagonal / counts.sum(axis=1 - own)
        where = "columns are answers, rows are true classes"
        nothing = f"A class that {empty} has no {name}: there is nothing to divide by. Give nan; "
        shares = counts / counts.sum(axis=own, keepdims=True)
        return [
            (
                f"That is {other}, not {name}. Look along the other axis: {where}.",
                swapped,
            ),
            (
                f"That is {other}, not {name}. Look along the other axis: {where}.",
                np.nan_to_num(swapped),
            ),
            (
                f"{nothing}a 0 would look like a failure.",
                np.nan_to_num(right),
            ),
            (
                f"{nothing}a 1 would look like a success.",
                np.where(np.isnan(right), 1.0, right),
            ),
            (
                f"The class that {empty} is left out, so the shape changed. Keep its place: nan.",
                right[~np.isnan(right)],
            ),
            (
                "The mean hides which class fails. One number for each class is asked for.",
                np.nanmean(right),
            ),
            (
                "That is the accuracy: all that is right, divided by all images.",
                diagonal.sum() / total,
            ),
            (
                "You divided by all images. Divide by those of one "
                f"{'column' if own == 0 else 'row'}.",
                diagonal / total,
            ),
            (
                "You counted the mistakes. The diagonal holds what is right.",
                1 - right,
            ),
            (
                "That divides every cell. Only the diagonal holds what is right.",
                shares,
            ),
            (
                "That is F1, which mixes precision and recall. Keep the two apart.",
                2 * right * swapped / (right + swapped),
            ),
            ("That is the diagonal, not yet divided.", diagonal),
            *((HARD_CODED, case[1 + own]) for case in samples.PRECISION_AND_RECALL),
            ("Every value is 0. Calculate from the matrix.", np.zeros(len(counts))),
        ]


def count_pairs(labels: NDArray[Any], predictions: NDArray[Any], n_classes: int) -> NDArray[Any]:
    """Count each pair of true class and answer."""
    pairs = np.asarray(labels, np.intp) * n_classes + predictions
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)

"""The checks of the exercises on evaluation: what is asked, known slips, and what is said."""

from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips, is_numeric, lazy
from course_utils.checks.forms import pair
from course_utils.checks.showing import show

#: Why one answer a class does not fit to the labels.
_ALONG_CLASSES = {
    "broadcast": "axis=0 runs down the columns, over the images. Each image needs its own answer: "
    "axis=1, over the classes."
}

# accuracy ---------------------------------------------------------------------------------------

#: Probabilities, labels, accuracy.
_ACCURACY = [
    (
        np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.5, 0.3], [0.25, 0.3, 0.45]]),
        np.array([0, 1, 2, 2]),
        0.75,
    ),
    (
        np.array([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.3, 0.7], [0.55, 0.45]]),
        np.array([1, 0, 0, 1, 1]),
        0.4,
    ),
    (np.array([[0.6, 0.4], [0.1, 0.9], [0.8, 0.2]]), np.array([0, 1, 0]), 1.0),
]


def _accuracy_slips(probabilities: Numbers, labels: Numbers, _: float) -> Slips:
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
        *lazy((), [case[-1] for case in _ACCURACY]),
    ]  # fmt: skip


check_accuracy = Check(
    "accuracy(probabilities, labels)", _ACCURACY, _accuracy_slips, meanings=_ALONG_CLASSES
)

# confusion --------------------------------------------------------------------------------------

#: Labels, predictions, number of classes, matrix. No image belongs to class 3.
_CONFUSION = [
    (
        np.array([0, 0, 0, 1, 1, 2, 2, 2]),
        np.array([0, 0, 1, 1, 1, 0, 2, 0]),
        4,
        np.array([[2, 1, 0, 0], [0, 2, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]]),
    )
]


def _confusion_slips(
    labels: Numbers, predictions: Numbers, n_classes: int, expected: Numbers
) -> Slips:
    right = np.asarray(expected)
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
        *((HARD_CODED, case[-1]) for case in _CONFUSION),
        ("Every value is 0. Count the pairs.", 0 * right),
    ]  # fmt: skip


def _all_counted(
    received: Any, labels: Numbers, _: Numbers, n_classes: int, expected: Numbers
) -> str:
    """Demand that a table of the right shape holds every image."""
    if not is_numeric(received) or np.shape(received) != np.shape(expected):
        return ""
    total = np.sum(received)
    counted = f"{len(labels)} images are to be counted, each in one cell"
    return (
        "" if np.isclose(total, len(labels)) else f"{counted}; your table's sum is {show(total)}."
    )


_CONFUSION_MATRIX = "confusion(labels, predictions, n_classes)"
check_confusion_shape = Check(
    _CONFUSION_MATRIX,
    _CONFUSION,
    _confusion_slips,
    part="the shape",
    demand=_all_counted,
    shape_only="One row for each true class, one column for each answer.",
)
check_confusion_values = Check(
    _CONFUSION_MATRIX,
    _CONFUSION,
    _confusion_slips,
    part="the counts",
    follows=check_confusion_shape,
)

# precision_and_recall ---------------------------------------------------------------------------

#: Matrix, precision, recall.
_PRECISION_AND_RECALL = [
    (
        np.array([[6, 2, 0], [1, 3, 0], [3, 1, 0]]),
        np.array([0.6, 0.5, np.nan]),
        np.array([0.75, 0.75, 0.0]),
    ),
    (
        np.array([[4, 0, 1], [2, 2, 1], [0, 0, 0]]),
        np.array([0.66666667, 1.0, 0.0]),
        np.array([0.8, 0.4, np.nan]),
    ),
]


def _precision_slips(matrix: Numbers, precision: Numbers, recall: Numbers) -> Slips:
    return _of_class(matrix, 0, precision, recall, "is never answered")


def _recall_slips(matrix: Numbers, precision: Numbers, recall: Numbers) -> Slips:
    return _of_class(matrix, 1, recall, precision, "has no images")


def _of_class(matrix: Numbers, own: int, right: Numbers, swapped: Numbers, empty: str) -> Slips:
    """List slips of precision (own axis 0) or recall (own axis 1)."""
    counts = matrix.astype(np.float64)
    diagonal, total = counts.diagonal(), counts.sum()
    name, other = ("precision", "recall")[:: 1 - 2 * own]
    where = "columns are answers, rows are true classes"
    nothing = f"A class that {empty} has no {name}: there is nothing to divide by. Give nan; "
    shares = counts / counts.sum(axis=own, keepdims=True)
    return [
        (f"That is {other}, not {name}. Look along the other axis: {where}.", swapped),
        (
            f"That is {other}, not {name}. Look along the other axis: {where}.",
            np.nan_to_num(swapped),
        ),
        (f"{nothing}a 0 would look like a failure.", np.nan_to_num(right)),
        (f"{nothing}a 1 would look like a success.", np.where(np.isnan(right), 1.0, right)),
        (
            f"The class that {empty} is left out, so the shape changed. Keep its place: nan.",
            right[~np.isnan(right)],
        ),
        (
            "The mean hides which class fails. One number for each class is asked for.",
            np.nanmean(right),
        ),
        ("That is the accuracy: all that is right, divided by all images.", diagonal.sum() / total),
        (
            f"You divided by all images. Divide by those of one {'column' if own == 0 else 'row'}.",
            diagonal / total,
        ),
        ("You counted the mistakes. The diagonal holds what is right.", 1 - right),
        ("That divides every cell. Only the diagonal holds what is right.", shares),
        (
            "That is F1, which mixes precision and recall. Keep the two apart.",
            2 * right * swapped / (right + swapped),
        ),
        ("That is the diagonal, not yet divided.", diagonal),
        *((HARD_CODED, case[1 + own]) for case in _PRECISION_AND_RECALL),
        ("Every value is 0. Calculate from the matrix.", np.zeros(len(counts))),
    ]


_BOTH = "precision_and_recall(matrix)"
_PAIR = pair("precision", "recall", stacked=True)
check_precision = Check(
    _BOTH, _PRECISION_AND_RECALL, _precision_slips, part="the precision", form=_PAIR
)
check_recall = Check(
    _BOTH,
    _PRECISION_AND_RECALL,
    _recall_slips,
    part="the recall",
    form=_PAIR,
    result=1,
    follows=check_precision,
)

# most_confident_mistakes ------------------------------------------------------------------------

_SIX = np.array(
    [
        [0.90, 0.05, 0.05],
        [0.19, 0.80, 0.01],
        [0.30, 0.30, 0.40],
        [0.55, 0.25, 0.20],
        [0.05, 0.00, 0.95],
        [0.02, 0.60, 0.38],
    ]
)
#: Probabilities, labels, how many, places of the mistakes.
_MISTAKES = [
    (_SIX, np.array([0, 0, 2, 1, 0, 0]), 3, np.array([4, 1, 5])),
    (_SIX[:4], np.array([0, 0, 2, 1]), 3, np.array([1, 3])),
]


def _mistakes_slips(probabilities: Numbers, labels: Numbers, k: int, expected: Numbers) -> Slips:
    sure = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != labels
    places = np.flatnonzero(wrong)
    order = np.argsort(-sure[wrong])
    of_truth = probabilities[np.arange(len(labels)), labels]
    padded = np.argsort(-np.where(wrong, sure, 0), kind="stable")[:k]
    found = "There are not that many mistakes. Give fewer places than k."
    subset = (
        "Those are places among the mistakes alone. Whoever wants to look at the image needs its "
        "place among all images."
    )
    return [
        (subset, order[:k]),
        ("The order is turned round: the most confident comes first.", places[order][:k][::-1]),
        ("Those are the least confident mistakes.", places[np.argsort(sure[wrong])][:k]),
        ("Those are the most confident answers, right ones included.", np.argsort(-sure)[:k]),
        (
            "Those are the most confident right answers. Mistakes are asked for.",
            np.flatnonzero(~wrong)[np.argsort(-sure[~wrong])][:k],
        ),
        (
            "You sorted by the probability of the true class. The confidence is that of the "
            "answer.",
            places[np.argsort(of_truth[wrong])][:k],
        ),
        ("Those are confidences. The places of the images are asked for.", sure[wrong][order][:k]),
        ("Those are the first mistakes, not yet sorted by confidence.", places[:k]),
        ("Those are all mistakes. Take the first k of them.", places[order]),
        ("That says of each image whether it is a mistake. Places are asked for.", wrong),
        (found, padded),
        ("Those are the wrong answers themselves. The places of the images are asked for.",
         probabilities.argmax(axis=1)[places[order][:k]]),
        *((HARD_CODED, case[-1]) for case in _MISTAKES),
        ("Every value is 0. Look for the mistakes.", np.zeros(k)),
    ]  # fmt: skip


check_most_confident_mistakes = Check(
    "most_confident_mistakes(probabilities, labels, k)",
    _MISTAKES,
    _mistakes_slips,
    meanings=_ALONG_CLASSES,
)

# answer_if_sure ---------------------------------------------------------------------------------

_FIVE = np.array(
    [[0.9, 0.05, 0.05], [0.8, 0.1, 0.1], [0.15, 0.75, 0.1], [0.2, 0.7, 0.1], [0.55, 0.25, 0.2]]
)
#: Probabilities, labels, threshold, coverage, accuracy of the answered.
_COVERAGE = [
    (_FIVE, np.array([0, 1, 1, 0, 0]), 0.7, 0.8, 0.5),
    (_FIVE, np.array([0, 1, 1, 0, 0]), 0.95, 0.0, np.nan),
]


_AT_THRESHOLD = (
    "An answer whose confidence is exactly the threshold is given, too: at least, not more than."
)


def _coverage_slips(probabilities: Numbers, labels: Numbers, threshold: float, *_: float) -> Slips:
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    kept = sure >= threshold
    return [
        (_AT_THRESHOLD, (sure > threshold).mean()),
        ("That is how many are answered. Coverage is the fraction of all.", kept.sum()),
        ("That is in per cent. Give a fraction, from 0 to 1.", 100 * kept.mean()),
        ("That is the fraction that is not answered.", (~kept).mean()),
        (
            "That counts what is sure and also right. Coverage asks only who is answered.",
            (kept & right).mean(),
        ),
        (
            "That compares every probability with the threshold. Only the greatest of each row "
            "is the confidence.",
            (probabilities >= threshold).mean(),
        ),
        ("That is 1 minus the threshold. Coverage has to be counted.", 1 - threshold),
        ("That is the accuracy of all answers.", right.mean()),
        *((HARD_CODED, case[3]) for case in _COVERAGE if case[3]),
    ]


def _answered_slips(probabilities: Numbers, labels: Numbers, threshold: float, *_: float) -> Slips:
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    kept = sure >= threshold
    above = sure > threshold
    none = "Nothing is answered, so there is no accuracy. Give nan; a "
    slips: list[tuple[str, Any]] = []
    if not kept.any():
        slips += [
            (f"{none}0 would look like a failure.", 0.0),
            (f"{none}1 would look like a success.", 1.0),
        ]
    if above.any():
        slips.append((_AT_THRESHOLD, right[above].mean()))
    if not kept.all():
        slips.append(("That is the accuracy of what is not answered.", right[~kept].mean()))
    if kept.any():
        slips += [
            ("That is in per cent. Give a fraction, from 0 to 1.", 100 * right[kept].mean()),
            ("That is the fraction that is wrong.", 1 - right[kept].mean()),
            ("That is their mean confidence, not how many are right.", sure[kept].mean()),
        ]
    return [
        *slips,
        ("You divided by all images. Divide by those that are answered.", (kept & right).mean()),
        ("That is the accuracy of all answers, sure or not.", right.mean()),
        ("That is how many are right. Divide by how many are answered.", (kept & right).sum()),
        *((HARD_CODED, case[4]) for case in _COVERAGE[:1]),
    ]


_IF_SURE = "answer_if_sure(probabilities, labels, threshold)"
_SURE = pair("coverage", "accuracy", stacked=True)
check_coverage = Check(
    _IF_SURE, _COVERAGE, _coverage_slips, part="the coverage", form=_SURE, meanings=_ALONG_CLASSES
)
check_answered_accuracy = Check(
    _IF_SURE,
    _COVERAGE,
    _answered_slips,
    part="the accuracy",
    form=_SURE,
    result=1,
    meanings=_ALONG_CLASSES,
    follows=check_coverage,
)

# standard_errors_apart --------------------------------------------------------------------------

#: Accuracy and number of images of two networks, standard errors apart.
_APART = [(0.88, 10_000, 0.87, 10_000, 2.13833), (0.6, 100, 0.75, 400, 2.80056)]


def _apart_slips(accuracy_a: float, n_a: int, accuracy_b: float, n_b: int, _: float) -> Slips:
    difference = abs(accuracy_a - accuracy_b)
    first, second = accuracy_a * (1 - accuracy_a) / n_a, accuracy_b * (1 - accuracy_b) / n_b
    error = np.sqrt(first + second)
    both = n_a + n_b
    pooled = (accuracy_a * n_a + accuracy_b * n_b) / both
    pooled_error = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    one = "That is the standard error of one network. Both are uncertain."
    return [
        ("The sign does not matter: how far apart is asked for.", -difference / error),
        ("The root is missing: p (1 − p) / n is the square of a standard error.",
         difference / (first + second)),
        ("You added the two standard errors. Add their squares, then take the root.",
         difference / (np.sqrt(first) + np.sqrt(second))),
        (one, difference / np.sqrt(first)),
        (one, difference / np.sqrt(second)),
        ("n is missing: the more images, the smaller the standard error.",
         difference / np.sqrt(first * n_a + second * n_b)),
        ("Each network has its own number of images.",
         difference / np.sqrt((first * n_a + second * n_b) / n_a)),
        ("Each network has its own number of images.",
         difference / np.sqrt((first * n_a + second * n_b) / n_b)),
        ("Each network has its own number of images.",
         difference / np.sqrt((first * n_a + second * n_b) / both)),
        ("You used one common accuracy for both networks. Each has its own.",
         difference / pooled_error),
        ("1 − p is missing.", difference / np.sqrt(accuracy_a / n_a + accuracy_b / n_b)),
        ("That is upside down: difference divided by standard error.", error / difference),
        ("That is the difference alone. Measure it in standard errors.", difference),
        ("That is the standard error alone. Divide the difference by it.", error),
        ("You decided: yes or no. A number is asked for.", float(difference > 2 * error)),
        *lazy((), [case[-1] for case in _APART]),
    ]  # fmt: skip


check_standard_errors_apart = Check(
    "standard_errors_apart(accuracy_a, n_a, accuracy_b, n_b)", _APART, _apart_slips
)

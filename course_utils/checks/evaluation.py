"""The checks of the exercises on evaluation: what is asked, known slips, and what is said."""

from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips, as_arrays, is_numeric, lazy
from course_utils.checks.forms import pair
from course_utils.checks.showing import show

#: Why one answer a class does not fit to the labels.
_ALONG_CLASSES = {
    "broadcast": "axis=0 runs down the columns, over the images. Each image needs its own answer: "
    "axis=1, over the classes."
}

# accuracy ---------------------------------------------------------------------------------------

#: Probabilities, labels, accuracy.
_ACCURACY = as_arrays(
    ([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.5, 0.3], [0.25, 0.3, 0.45]], [0, 1, 2, 2], 0.75),
    ([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.3, 0.7], [0.55, 0.45]], [1, 0, 0, 1, 1], 0.4),
    ([[0.6, 0.4], [0.1, 0.9], [0.8, 0.2]], [0, 1, 0], 1.0),
)


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
        ("That is the mean confidence. How sure the network is does not say how often it is right.",
         probabilities.max(axis=1).mean()),
        ("That is the mean probability of the true class. An answer is right or wrong, whatever "
         "its probability.", of_truth.mean()),
        ("You count an answer as right only if its probability is above 0.5. The greatest "
         "probability wins, however small it is.",
         (of_truth > 0.5).mean(), (of_truth >= 0.5).mean()),
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
_CONFUSION = as_arrays(
    (
        [0, 0, 0, 1, 1, 2, 2, 2],
        [0, 0, 1, 1, 1, 0, 2, 0],
        4,
        [[2, 1, 0, 0], [0, 2, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]],
    )
)


def _confusion_slips(
    labels: Numbers, predictions: Numbers, n_classes: int, expected: Numbers
) -> Slips:
    right = np.asarray(expected)
    seen = np.union1d(labels, predictions)
    of_seen, once = right[np.ix_(seen, seen)], np.minimum(right, 1)
    shares = right / right.sum(axis=1, keepdims=True)
    return [
        ("The axes are swapped: a row is a true class, a column an answer.", right.T),
        ("A class that does not occur here has no row of its own. The matrix has n_classes rows "
         "and columns, whichever classes occur.", of_seen, of_seen.T),
        ("Each pair of classes is counted only once, however often it occurs. `matrix[a, b] += 1` "
         "with whole arrays adds 1 to a cell once, even if the cell is named twice.", once, once.T),
        ("Only what is right is counted. The mix-ups belong beside the diagonal.",
         np.diag(right.diagonal())),
        ("Only what is right is counted, in one row. A table is asked for.", right.diagonal()),
        ("Only the mix-ups are counted. What is right belongs on the diagonal.",
         right - np.diag(right.diagonal())),
        ("Those are fractions of each row. Counts are asked for.", shares, np.nan_to_num(shares)),
        ("Those are fractions of all images. Counts are asked for.", right / len(labels)),
        ("That is how many images each class has.", right.sum(axis=1)),
        ("That counts one true class a cell, and lays the table out in one row.", right.ravel()),
        *((HARD_CODED, case[-1]) for case in _CONFUSION),
        ("Every value is 0. Count the pairs.", 0 * right),
    ]  # fmt: skip


def _all_counted(received: Any, labels: Numbers, *others: Any) -> str:
    """Demand that a table of the right shape holds every image."""
    n, fits = len(labels), is_numeric(received) and np.shape(received) == np.shape(others[-1])
    if not fits or np.isclose(total := np.sum(received), n):
        return ""
    return f"{n} images are to be counted, each in one cell; your table's sum is {show(total)}."


_COUNTING = partial(
    Check, "confusion(labels, predictions, n_classes)", _CONFUSION, _confusion_slips
)
check_confusion_shape = _COUNTING(
    part="the shape",
    demand=_all_counted,
    shape_only="One row for each true class, one column for each answer.",
)
check_confusion_values = _COUNTING(part="the counts", follows=check_confusion_shape)

# precision_and_recall ---------------------------------------------------------------------------

#: Matrix, precision, recall.
_PRECISION_AND_RECALL = as_arrays(
    ([[6, 2, 0], [1, 3, 0], [3, 1, 0]], [0.6, 0.5, np.nan], [0.75, 0.75, 0.0]),
    ([[4, 0, 1], [2, 2, 1], [0, 0, 0]], [0.66666667, 1.0, 0.0], [0.8, 0.4, np.nan]),
)


def _class_slips(own: int, matrix: Numbers, precision: Numbers, recall: Numbers) -> Slips:
    """List slips of precision (own axis 0) or recall (own axis 1)."""
    right, swapped = (precision, recall)[:: 1 - 2 * own]
    name, other = ("precision", "recall")[:: 1 - 2 * own]
    empty, line = (("is never answered", "column"), ("has no images", "row"))[own]
    counts = matrix.astype(np.float64)
    diagonal, total = counts.diagonal(), counts.sum()
    nothing = f"A class that {empty} has no {name}: there is nothing to divide by. Give nan; "
    return [
        (f"That is {other}, not {name}. Look along the other axis: columns are answers, rows are "
         "true classes.", swapped, np.nan_to_num(swapped)),
        (f"{nothing}a 0 would look like a failure.", np.nan_to_num(right)),
        (f"{nothing}a 1 would look like a success.", np.where(np.isnan(right), 1.0, right)),
        (f"The class that {empty} is left out, so the shape changed. Keep its place: nan.",
         right[~np.isnan(right)]),
        ("The mean hides which class fails. One number for each class is asked for.",
         np.nanmean(right)),
        ("That is the accuracy: all that is right, divided by all images.", diagonal.sum() / total),
        (f"You divided by all images. Divide by those of one {line}.", diagonal / total),
        ("You counted the mistakes. The diagonal holds what is right.", 1 - right),
        ("That divides every cell. Only the diagonal holds what is right.",
         counts / counts.sum(axis=own, keepdims=True)),
        ("That is F1, which mixes precision and recall. Keep the two apart.",
         2 * right * swapped / (right + swapped)),
        ("That is the diagonal, not yet divided.", diagonal),
        *((HARD_CODED, case[1 + own]) for case in _PRECISION_AND_RECALL),
        ("Every value is 0. Calculate from the matrix.", np.zeros(len(counts))),
    ]  # fmt: skip


_OF_CLASSES = partial(
    Check,
    "precision_and_recall(matrix)",
    _PRECISION_AND_RECALL,
    form=pair("precision", "recall", stacked=True),
)
check_precision = _OF_CLASSES(partial(_class_slips, 0), part="the precision")
check_recall = _OF_CLASSES(
    partial(_class_slips, 1), part="the recall", result=1, follows=check_precision
)

# most_confident_mistakes ------------------------------------------------------------------------

_PER_CENT = [[90, 5, 5], [19, 80, 1], [30, 30, 40], [55, 25, 20], [5, 0, 95], [2, 60, 38]]
_SIX = np.array(_PER_CENT) / 100
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
    return [
        ("Those are places among the mistakes alone. Whoever wants to look at the image needs its "
         "place among all images.", order[:k]),
        ("The order is turned round: the most confident comes first.", places[order][:k][::-1]),
        ("Those are the least confident mistakes.", places[np.argsort(sure[wrong])][:k]),
        ("Those are the most confident answers, right ones included.", np.argsort(-sure)[:k]),
        ("Those are the most confident right answers. Mistakes are asked for.",
         np.flatnonzero(~wrong)[np.argsort(-sure[~wrong])][:k]),
        ("You sorted by the probability of the true class. The confidence is that of the answer.",
         places[np.argsort(of_truth[wrong])][:k]),
        ("Those are confidences. The places of the images are asked for.", sure[wrong][order][:k]),
        ("Those are the first mistakes, not yet sorted by confidence.", places[:k]),
        ("Those are all mistakes. Take the first k of them.", places[order]),
        ("That says of each image whether it is a mistake. Places are asked for.", wrong),
        ("There are not that many mistakes. Give fewer places than k.",
         np.argsort(-np.where(wrong, sure, 0), kind="stable")[:k]),
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

(_FIVE,) = as_arrays(
    (
        [[0.9, 0.05, 0.05], [0.8, 0.1, 0.1], [0.15, 0.75, 0.1], [0.2, 0.7, 0.1], [0.55, 0.25, 0.2]],
        [0, 1, 1, 0, 0],
    )
)
#: Probabilities, labels, threshold, coverage, accuracy of the answered.
_COVERAGE = [(*_FIVE, 0.7, 0.8, 0.5), (*_FIVE, 0.95, 0.0, np.nan)]

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
        ("That counts what is sure and also right. Coverage asks only who is answered.",
         (kept & right).mean()),
        ("That compares every probability with the threshold. Only the greatest of each row is "
         "the confidence.", (probabilities >= threshold).mean()),
        ("That is 1 minus the threshold. Coverage has to be counted.", 1 - threshold),
        ("That is the accuracy of all answers.", right.mean()),
        *((HARD_CODED, case[3]) for case in _COVERAGE if case[3]),
    ]  # fmt: skip


def _answered_slips(probabilities: Numbers, labels: Numbers, threshold: float, *_: float) -> Slips:
    sure, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    kept = sure >= threshold
    none = "Nothing is answered, so there is no accuracy. Give nan; a "
    instead = [] if kept.any() else [0.0, 1.0]

    def mean(values: Numbers) -> list[Any]:
        return [values.mean()] if values.size else []

    return [
        (f"{none}0 would look like a failure.", *instead[:1]),
        (f"{none}1 would look like a success.", *instead[1:]),
        (_AT_THRESHOLD, *mean(right[sure > threshold])),
        ("That is the accuracy of what is not answered.", *mean(right[~kept])),
        ("That is in per cent. Give a fraction, from 0 to 1.", *mean(100 * right[kept])),
        ("That is the fraction that is wrong.", *mean(~right[kept])),
        ("That is their mean confidence, not how many are right.", *mean(sure[kept])),
        ("You divided by all images. Divide by those that are answered.", (kept & right).mean()),
        ("That is the accuracy of all answers, sure or not.", right.mean()),
        ("That is how many are right. Divide by how many are answered.", (kept & right).sum()),
        *((HARD_CODED, case[4]) for case in _COVERAGE[:1]),
    ]


check_coverage = Check(
    "answer_if_sure(probabilities, labels, threshold)",
    _COVERAGE,
    _coverage_slips,
    part="the coverage",
    form=pair("coverage", "accuracy", stacked=True),
    meanings=_ALONG_CLASSES,
)
check_answered_accuracy = check_coverage.then("the accuracy", slips=_answered_slips, result=1)

# standard_errors_apart --------------------------------------------------------------------------

#: Accuracy and number of images of two networks, standard errors apart.
_APART = [(0.88, 10_000, 0.87, 10_000, 2.13833), (0.6, 100, 0.75, 400, 2.80056)]


def _apart_slips(accuracy_a: float, n_a: int, accuracy_b: float, n_b: int, _: float) -> Slips:
    difference = abs(accuracy_a - accuracy_b)
    first, second = accuracy_a * (1 - accuracy_a) / n_a, accuracy_b * (1 - accuracy_b) / n_b
    error = np.sqrt(first + second)
    without_n = np.sqrt(first * n_a + second * n_b)
    pooled = (accuracy_a * n_a + accuracy_b * n_b) / (n_a + n_b)
    pooled_error = np.sqrt(pooled * (1 - pooled) * (1 / n_a + 1 / n_b))
    return [
        ("The sign does not matter: how far apart is asked for.", -difference / error),
        ("The root is missing: p (1 − p) / n is the square of a standard error.",
         difference / (first + second)),
        ("You added the two standard errors. Add their squares, then take the root.",
         difference / (np.sqrt(first) + np.sqrt(second))),
        ("That is the standard error of one network. Both are uncertain.",
         difference / np.sqrt(first), difference / np.sqrt(second)),
        ("n is missing: the more images, the smaller the standard error.", difference / without_n),
        ("Each network has its own number of images.",
         *(difference / without_n * np.sqrt(n) for n in (n_a, n_b, n_a + n_b))),
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

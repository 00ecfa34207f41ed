"""What the visible checks of the exercises on evaluation say."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks import _evaluation_confidence_slips as confidence_slips
from course_utils.checks import _evaluation_samples as samples
from course_utils.checks import _evaluation_slips as slips
from course_utils.checks._forms import expect_pair
from course_utils.checks._slips import is_numeric, likely
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import expect_result, expect_shape

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_PRECISION_AND_RECALL = "precision_and_recall: expected two results (precision, recall)"
_COVERAGE_AND_ACCURACY = "answer_if_sure: expected two results (coverage, accuracy)"

#: Why one answer a class does not fit to the labels.
_ALONG_CLASSES = {
    "broadcast": "axis=0 runs down the columns, over the images. Each image needs its own answer: "
    "axis=1, over the classes."
}


def check_accuracy(function: Answer, cases: Cases = None) -> None:
    """Check the fraction of answers that is right.

    Parameters
    ----------
    function : callable
        The learner's ``accuracy(probabilities, labels)``.
    cases : list of (probabilities, labels, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the accuracy is another; the message names the likely slip.
    """
    for probabilities, labels, expected in cases or samples.ACCURACY:
        received = call(function, probabilities, labels, hints=_ALONG_CLASSES)
        given = f"{show(probabilities)}, labels {show(labels)}"
        known = slips.accuracy_slips(probabilities, labels)
        expect_result("accuracy", received, expected, given, known)
    passed("accuracy", cases)


def check_confusion_shape(function: Answer, cases: Cases = None) -> None:
    """Check that the confusion matrix has a row and a column for each class.

    Parameters
    ----------
    function : callable
        The learner's ``confusion(labels, predictions, n_classes)``.
    cases : list of (labels, predictions, n_classes, expected), optional
        The visible sample if not given.

    Raises
    ------
    CheckError
        If the shape is another, or nothing is counted; the message names the likely slip.
    """
    for labels, predictions, n_classes, expected in cases or samples.CONFUSION:
        received = call(function, labels, predictions, n_classes)
        hint = likely(received, slips.confusion_slips(labels, predictions, n_classes))
        expect_shape("confusion", received, expected.shape, hint)
        total = np.sum(received) if is_numeric(received) else None
        if total is None or not np.isclose(total, len(labels)):
            raise CheckError(
                f"confusion: {len(labels)} images are to be counted, each in one cell; "
                f"the sum of your table is {show(total)}. {hint}".strip()
            )
    passed("confusion (the shape)", cases)


def check_confusion_values(function: Answer, cases: Cases = None) -> None:
    """Check each cell of the confusion matrix.

    Parameters
    ----------
    function : callable
        The learner's ``confusion(labels, predictions, n_classes)``.
    cases : list of (labels, predictions, n_classes, expected), optional
        The visible sample if not given.

    Raises
    ------
    CheckError
        If a count is another; the message names the likely slip.
    """
    for labels, predictions, n_classes, expected in cases or samples.CONFUSION:
        received = call(function, labels, predictions, n_classes)
        given = f"labels {show(labels)}, predictions {show(predictions)}"
        known = slips.confusion_slips(labels, predictions, n_classes)
        expect_result("confusion", received, expected, given, known)
    passed("confusion (the counts)", cases)


def check_precision(function: Answer, cases: Cases = None) -> None:
    """Check the first of two results: the precision of each class.

    Parameters
    ----------
    function : callable
        The learner's ``precision_and_recall(matrix)``.
    cases : list of (matrix, precision, recall), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a precision is another; the message names the likely slip.
    """
    for matrix, expected, _ in cases or samples.PRECISION_AND_RECALL:
        received, _ = expect_pair(call(function, matrix), _PRECISION_AND_RECALL, stacked=True)
        known = slips.precision_slips(matrix)
        expect_result(
            "The precision of precision_and_recall", received, expected, show(matrix), known
        )
    passed("precision_and_recall (the precision)", cases)


def check_recall(function: Answer, cases: Cases = None) -> None:
    """Check the second of two results: the recall of each class.

    Parameters
    ----------
    function : callable
        The learner's ``precision_and_recall(matrix)``.
    cases : list of (matrix, precision, recall), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a recall is another; the message names the likely slip.
    """
    for matrix, _, expected in cases or samples.PRECISION_AND_RECALL:
        _, received = expect_pair(call(function, matrix), _PRECISION_AND_RECALL, stacked=True)
        known = slips.recall_slips(matrix)
        expect_result("The recall of precision_and_recall", received, expected, show(matrix), known)
    passed("precision_and_recall (the recall)", cases)


def check_most_confident_mistakes(function: Answer, cases: Cases = None) -> None:
    """Check the places of the most confident mistakes.

    Parameters
    ----------
    function : callable
        The learner's ``most_confident_mistakes(probabilities, labels, k)``.
    cases : list of (probabilities, labels, k, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a place is another; the message names the likely slip.
    """
    for probabilities, labels, k, expected in cases or samples.MISTAKES:
        received = call(function, probabilities, labels, k, hints=_ALONG_CLASSES)
        given = f"{show(probabilities)}, labels {show(labels)}, k = {k}"
        known = confidence_slips.mistakes_slips(probabilities, labels, k)
        expect_result("most_confident_mistakes", received, expected, given, known)
    passed("most_confident_mistakes", cases)


def check_coverage(function: Answer, cases: Cases = None) -> None:
    """Check the first of two results: the fraction that is answered.

    Parameters
    ----------
    function : callable
        The learner's ``answer_if_sure(probabilities, labels, threshold)``.
    cases : list of (probabilities, labels, threshold, coverage, accuracy), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the coverage is another; the message names the likely slip.
    """
    for probabilities, labels, threshold, expected, _ in cases or samples.COVERAGE:
        result = call(function, probabilities, labels, threshold, hints=_ALONG_CLASSES)
        received, _ = expect_pair(result, _COVERAGE_AND_ACCURACY, stacked=True)
        known = confidence_slips.coverage_slips(probabilities, labels, threshold)
        given = f"{show(probabilities)}, threshold {threshold}"
        expect_result("The coverage of answer_if_sure", received, expected, given, known)
    passed("answer_if_sure (the coverage)", cases)


def check_answered_accuracy(function: Answer, cases: Cases = None) -> None:
    """Check the second of two results: the fraction of the answered that is right.

    Parameters
    ----------
    function : callable
        The learner's ``answer_if_sure(probabilities, labels, threshold)``.
    cases : list of (probabilities, labels, threshold, coverage, accuracy), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the accuracy is another; the message names the likely slip.
    """
    for probabilities, labels, threshold, _, expected in cases or samples.COVERAGE:
        result = call(function, probabilities, labels, threshold, hints=_ALONG_CLASSES)
        _, received = expect_pair(result, _COVERAGE_AND_ACCURACY, stacked=True)
        known = confidence_slips.answered_slips(probabilities, labels, threshold)
        given = f"{show(probabilities)}, labels {show(labels)}, threshold {threshold}"
        expect_result("The accuracy of answer_if_sure", received, expected, given, known)
    passed("answer_if_sure (the accuracy)", cases)


def check_standard_errors_apart(function: Answer, cases: Cases = None) -> None:
    """Check how many standard errors two accuracies lie apart.

    Parameters
    ----------
    function : callable
        The learner's ``standard_errors_apart(accuracy_a, n_a, accuracy_b, n_b)``.
    cases : list of (accuracy_a, n_a, accuracy_b, n_b, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.APART:
        received = call(function, *arguments)
        given = ", ".join(map(show, arguments))
        known = confidence_slips.apart_slips(*arguments)
        expect_result("standard_errors_apart", received, expected, given, known)
    passed("standard_errors_apart", cases)

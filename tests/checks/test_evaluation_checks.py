"""What the checks on evaluation say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks.evaluation import (
    check_accuracy,
    check_answered_accuracy,
    check_confusion_shape,
    check_confusion_values,
    check_coverage,
    check_most_confident_mistakes,
    check_precision,
    check_recall,
    check_standard_errors_apart,
)

CHECKS = [
    check_accuracy,
    check_answered_accuracy,
    check_confusion_shape,
    check_confusion_values,
    check_coverage,
    check_most_confident_mistakes,
    check_precision,
    check_recall,
    check_standard_errors_apart,
]


@pytest.mark.parametrize("check", CHECKS)
def test_an_untouched_exercise_is_not_attempted(check) -> None:
    with pytest.raises(NotAttemptedError, match="returns nothing yet"):
        check(lambda *arguments: ...)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "answer", ["ab", [[1, 2], [3]], [None], np.sum, {}, (np.zeros(3), np.zeros(2)), (None, None)]
)
def test_an_answer_that_is_no_number_is_refused_without_a_crash(check, answer) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: answer)


@pytest.mark.parametrize("check", CHECKS)
def test_an_answer_that_is_not_a_number_is_refused(check) -> None:
    with pytest.raises(CheckError):
        check(lambda first, *rest: np.full(np.shape(first), np.nan))


def test_hidden_cases_pass_without_a_word(capsys) -> None:
    check_accuracy(lambda p, y: 0.5, [(np.eye(2), np.array([0, 0]), 0.5)])
    assert capsys.readouterr().out == ""


def test_a_table_turned_round_earns_the_first_part_of_confusion() -> None:
    def turned(labels, predictions, n_classes):
        matrix = np.zeros((n_classes, n_classes))
        np.add.at(matrix, (predictions, labels), 1)
        return matrix

    check_confusion_shape(turned)
    with pytest.raises(CheckError, match="The axes are swapped"):
        check_confusion_values(turned)


def test_the_formula_as_it_stands_earns_both_although_it_divides_by_zero(recwarn) -> None:
    def plain(matrix):
        return np.diag(matrix) / matrix.sum(axis=0), np.diag(matrix) / matrix.sum(axis=1)

    check_precision(plain)
    check_recall(plain)
    assert len(recwarn) == 0


def test_recall_alone_in_the_right_place_earns_its_point() -> None:
    check_recall(lambda matrix: (np.zeros(3), np.diag(matrix) / matrix.sum(axis=1)))


def test_a_slip_that_nobody_knows_shows_expected_and_received() -> None:
    with pytest.raises(CheckError, match=r"expected 0\.75, received 0\.123\.$"):
        check_accuracy(lambda probabilities, labels: 0.123)

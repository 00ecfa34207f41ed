"""What the checks on evaluation say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.asking import Answer
from course_utils.checks.evaluation import (
    check_confusion_shape,
    check_confusion_values,
    check_evaluate_file,
    check_precision,
    check_recall,
)


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


def test_a_fraction_that_nothing_explains_is_not_that_of_the_network_in_the_file() -> None:
    told = check_evaluate_file.examine(lambda _: Answer(0.123)).message
    assert "expected: 0.92\n  received: 0.123\n" in told
    assert "0.123 of 200 images is no whole number of images" in told


def test_a_fraction_of_images_is_told_by_how_many_they_differ() -> None:
    told = check_evaluate_file.examine(lambda _: Answer(0.45)).message
    assert "0.45 would be 90 right answers to 200 images, 94 fewer than" in told

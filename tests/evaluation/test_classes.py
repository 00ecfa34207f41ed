"""Answers class by class, against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, recall_score

from course_utils.evaluation import accuracy_by_class, confusion


@pytest.fixture
def answers() -> tuple[np.ndarray, np.ndarray]:
    """Labels and predictions of five classes, of which the last does not occur."""
    rng = np.random.default_rng(0)
    return rng.integers(0, 4, 200), rng.integers(0, 4, 200)


def test_confusion_counts_as_scikit_learn_does(answers) -> None:
    np.testing.assert_array_equal(
        confusion(*answers, 5), confusion_matrix(*answers, labels=range(5))
    )


def test_a_row_of_the_confusion_is_a_true_class() -> None:
    assert confusion([1, 1], [0, 0], 2).tolist() == [[0, 0], [2, 0]]


def test_a_class_that_does_not_occur_keeps_its_row_and_column(answers) -> None:
    assert confusion(*answers, 5).shape == (5, 5)


def test_no_answer_at_all_is_a_table_of_zeros() -> None:
    empty = np.array([], int)
    assert confusion(empty, empty, 3).sum() == 0


def test_accuracy_by_class_is_scikit_learns_recall(answers) -> None:
    expected = recall_score(*answers, labels=range(4), average=None)
    np.testing.assert_allclose(accuracy_by_class(*answers, 4), expected)


def test_a_class_without_images_has_no_accuracy(answers) -> None:
    assert np.isnan(accuracy_by_class(*answers, 5)[4])


def test_probabilities_instead_of_predictions_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"`predictions` must be integers.*argmax\(axis=1\)"):
        confusion([0, 1], [[0.2, 0.8], [0.6, 0.4]], 2)

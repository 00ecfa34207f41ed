"""Measures of answers, against scikit-learn and against figures worked out by hand."""

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, recall_score

from course_utils.evaluation import (
    accuracy_by_class,
    calibration_table,
    confusion,
    coverage_and_accuracy,
    expected_calibration_error,
    spread,
)


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


def test_the_calibration_error_is_the_one_worked_out_by_hand() -> None:
    confidences = np.repeat([0.6, 0.9], 5)
    right = [1, 1, 1, 0, 0, 1, 1, 1, 0, 0]
    assert expected_calibration_error(confidences, right, n_bins=4) == pytest.approx(0.15)


def test_gaps_on_both_sides_cancel_within_one_bin_and_not_in_two() -> None:
    confidences, right = [0.6] * 4 + [0.9] * 4, [1, 1, 1, 0] * 2
    assert expected_calibration_error(confidences, right, 1) == pytest.approx(0)
    assert expected_calibration_error(confidences, right, 4) == pytest.approx(0.15)


def test_a_bin_holds_its_lower_edge_and_the_last_one_holds_1() -> None:
    assert calibration_table([0.5, 1.0, 0.499], [1, 1, 1], 2).counts.tolist() == [1, 2]


def test_an_empty_bin_has_no_accuracy() -> None:
    assert np.isnan(calibration_table([0.9], [1], 2).accuracies[0])


def test_every_answer_lies_in_one_bin() -> None:
    rng = np.random.default_rng(1)
    table = calibration_table(rng.random(500), rng.random(500) < 0.5)
    assert table.counts.sum() == 500
    assert len(table.edges) == 16


def test_coverage_and_accuracy_are_what_counting_gives() -> None:
    rng = np.random.default_rng(2)
    sure, right = rng.random(300), rng.random(300) < 0.7
    thresholds = [0, 0.3, 0.8, float(sure[5])]
    for threshold, coverage, accuracy in zip(
        thresholds, *coverage_and_accuracy(sure, right, thresholds), strict=True
    ):
        kept = sure >= threshold
        assert coverage == pytest.approx(kept.mean())
        assert accuracy == pytest.approx(right[kept].mean())


def test_an_answer_that_is_exactly_as_sure_as_the_threshold_is_given() -> None:
    assert coverage_and_accuracy([0.7, 0.2], [1, 1], [0.7])[0].tolist() == [0.5]


def test_float32_probabilities_that_sum_to_a_little_more_than_1_are_taken() -> None:
    assert expected_calibration_error(np.array([1.0000001], np.float32), [1]) == 0


def test_the_standard_error_shrinks_with_the_root_of_the_number_of_runs() -> None:
    few, many = spread([0.8, 0.9] * 2), spread([0.8, 0.9] * 200)
    assert few.standard_error / many.standard_error == pytest.approx(
        10 * np.sqrt(4 / 3 * 399 / 400), rel=1e-6
    )


def test_one_run_has_no_spread() -> None:
    with pytest.raises(ValueError, match="repeat it with another seed"):
        spread([0.9])


def test_probabilities_instead_of_predictions_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"`predictions` must be integers.*argmax\(axis=1\)"):
        confusion([0, 1], [[0.2, 0.8], [0.6, 0.4]], 2)

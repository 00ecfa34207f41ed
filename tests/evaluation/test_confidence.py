"""Confidence against accuracy, with figures worked out by hand."""

import numpy as np
import pytest

from course_utils.evaluation import (
    calibration_table,
    coverage_and_accuracy,
    expected_calibration_error,
)


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

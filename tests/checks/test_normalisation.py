"""What the checks on normalisation say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks.normalisation import (
    check_fit_scaler_mean,
    check_fit_scaler_std,
    check_prepare_test,
    check_prepare_train,
    check_standardise,
    check_to_unit,
    check_undo,
    check_unroll_shape,
    check_unroll_values,
)

CHECKS = [
    check_fit_scaler_mean,
    check_fit_scaler_std,
    check_prepare_test,
    check_prepare_train,
    check_standardise,
    check_to_unit,
    check_undo,
    check_unroll_shape,
    check_unroll_values,
]


@pytest.mark.parametrize("check", CHECKS)
def test_an_untouched_exercise_is_not_attempted(check) -> None:
    with pytest.raises(NotAttemptedError, match="returns nothing yet"):
        check(lambda *arguments: ...)


@pytest.mark.parametrize("check", CHECKS)
def test_an_answer_of_words_is_refused_without_a_crash(check) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: "ab")


@pytest.mark.parametrize("check", CHECKS)
def test_a_ragged_list_is_refused_without_a_crash(check) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: [[1, 2], [3]])


def test_hidden_cases_pass_without_a_word(capsys) -> None:
    images = np.array([[[0, 255]]], np.uint8)
    check_to_unit(lambda x: x / np.float32(255), [(images, images / 255)])
    assert capsys.readouterr().out == ""


def test_a_mean_in_an_array_of_one_is_a_mean() -> None:
    check_fit_scaler_mean(lambda x: (x.mean(keepdims=True).ravel(), x.std()))


def test_a_mean_that_is_off_for_no_known_reason_shows_expected_and_received() -> None:
    with pytest.raises(CheckError, match=r"expected 50\.0, received 51\.5\.$"):
        check_fit_scaler_mean(lambda x: (51.5, 50.0))


def test_a_right_float64_prepare_hears_of_its_memory_not_of_a_slip() -> None:
    def prepare(train, test):
        return tuple((x - train.mean()) / (train.std() + 1e-10) for x in (train, test))

    with pytest.raises(CheckError, match=r"The values are right.* float64 takes twice the memory"):
        check_prepare_train(prepare)

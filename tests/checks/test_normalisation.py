"""What the checks on normalisation say where answers.py does not reach."""

from typing import Any

import pytest

from course_utils.checks import CheckError
from course_utils.checks.normalisation import (
    check_fit_scaler_mean,
    check_fit_scaler_std,
    check_prepare_train,
)


def test_a_mean_in_an_array_of_one_is_a_mean() -> None:
    check_fit_scaler_mean(lambda x: (x.mean(keepdims=True).ravel(), x.std()))


def test_the_mean_earns_its_point_whatever_the_std() -> None:
    check_fit_scaler_mean(lambda x: (x.mean(), 0))


def test_arrays_in_place_of_two_numbers_are_told_once() -> None:
    with pytest.raises(CheckError, match="for the reason that the check before this one gives"):
        check_fit_scaler_std(lambda x: (x.mean(axis=0), x.std(axis=0)))


def test_a_mean_that_is_off_for_no_known_reason_shows_expected_and_received_alone() -> None:
    with pytest.raises(CheckError) as caught:
        check_fit_scaler_mean(lambda x: (51.5, 50.0))
    assert str(caught.value).splitlines()[1:] == ["  expected: 50.0", "  received: 51.5"]


def test_a_right_float64_prepare_hears_of_its_memory_not_of_a_slip() -> None:
    def prepare(train: Any, test: Any) -> Any:
        return tuple((x - train.mean()) / (train.std() + 1e-10) for x in (train, test))

    with pytest.raises(CheckError, match=r"The values are right.* float64 takes twice the memory"):
        check_prepare_train(prepare)

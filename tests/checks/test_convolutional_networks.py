"""What the checks on convolutional networks say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks.convolutional_networks import (
    check_convolution_parameters,
    check_convolve,
    check_convolve_strides,
    check_max_pool,
    check_network_parameters_convolutions,
    check_network_parameters_whole,
    check_output_size,
)

CHECKS = [
    check_convolution_parameters,
    check_convolve,
    check_convolve_strides,
    check_max_pool,
    check_network_parameters_convolutions,
    check_network_parameters_whole,
    check_output_size,
]


@pytest.mark.parametrize("check", CHECKS)
def test_an_untouched_exercise_is_not_attempted(check) -> None:
    with pytest.raises(NotAttemptedError, match="returns nothing yet"):
        check(lambda *arguments: ...)


@pytest.mark.parametrize("answer", ["ab", [[1, 2], [3]], np.zeros(3).sum, None, {}])
@pytest.mark.parametrize("check", CHECKS)
def test_an_answer_that_is_no_number_is_refused_without_a_crash(check, answer) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: answer)


def test_hidden_cases_pass_without_a_word(capsys) -> None:
    check_output_size(lambda *arguments: 3, [(5, 3, 1, "valid", 3)])
    assert capsys.readouterr().out == ""


def test_a_count_that_is_off_by_one_is_refused() -> None:
    with pytest.raises(CheckError, match="expected 18496, received 18497"):
        check_convolution_parameters(lambda *arguments: 18_497)


@pytest.mark.parametrize("number", [320.0, np.int64(320), np.array(320)])
def test_a_count_may_come_as_any_kind_of_number(number) -> None:
    check_convolution_parameters(lambda *arguments: number, [(3, 1, 32, 320)])


def test_a_method_that_was_not_called_is_named() -> None:
    with pytest.raises(CheckError, match="Brackets"):
        check_max_pool(lambda image, size: image.max)

"""What the checks on convolution say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.convolution import (
    check_convolve,
    check_network_parameters_convolutions,
    check_output_size,
)


def test_a_count_that_is_off_by_one_is_refused() -> None:
    with pytest.raises(CheckError, match=r"expected: 18816\n  received: 18817"):
        check_network_parameters_convolutions(lambda *arguments: 18_817)


@pytest.mark.parametrize("number", [12.0, np.int64(12), np.array(12)])
def test_a_count_may_come_as_any_kind_of_number(number) -> None:
    check_output_size(lambda *arguments: number, [(28, 5, 2, "valid", 12)])


def test_a_method_that_was_not_called_is_named() -> None:
    with pytest.raises(CheckError, match="not called: brackets"):
        check_convolve(lambda image, kernel, stride: image.sum)

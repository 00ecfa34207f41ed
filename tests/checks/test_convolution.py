"""What the checks on convolutional networks say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.convolution import check_convolution_parameters, check_max_pool


def test_a_count_that_is_off_by_one_is_refused() -> None:
    with pytest.raises(CheckError, match=r"expected: 18496\n  received: 18497"):
        check_convolution_parameters(lambda *arguments: 18_497)


@pytest.mark.parametrize("number", [320.0, np.int64(320), np.array(320)])
def test_a_count_may_come_as_any_kind_of_number(number) -> None:
    check_convolution_parameters(lambda *arguments: number, [(3, 1, 32, 320)])


def test_a_method_that_was_not_called_is_named() -> None:
    with pytest.raises(CheckError, match="not called: brackets"):
        check_max_pool(lambda image, size: image.max)

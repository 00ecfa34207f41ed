"""What the checks on going further say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.going_further import (
    check_shift_image,
    check_shift_past_the_edge,
)


def shift_within_the_frame(image, down, right):
    result = np.roll(image, (down, right), axis=(0, 1))
    result[slice(0, down) if down > 0 else slice(down, None)] = 0
    result[:, slice(0, right) if right > 0 else slice(right, None)] = 0
    return result


def test_a_shift_that_stays_within_the_frame_earns_the_first_part() -> None:
    check_shift_image(shift_within_the_frame)


def test_a_shift_that_knows_no_zero_does_not_earn_the_second_part() -> None:
    with pytest.raises(CheckError, match="down=0"):
        check_shift_past_the_edge(shift_within_the_frame)


def test_a_slip_that_is_right_on_this_input_is_not_named() -> None:
    picture = np.zeros((2, 2), np.uint8)  # a wrap-around of nothing is nothing
    with pytest.raises(CheckError) as caught:
        check_shift_image(lambda *arguments: np.full((2, 2), 7), [(picture, 1, 0, picture)])
    assert "np.roll" not in str(caught.value)

"""What the checks on going further say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.going_further import (
    check_cosine_rate,
    check_cosine_warm_up,
    check_shift_image,
    check_shift_past_the_edge,
)


def cosine_alone(step, n_steps, peak, warmup_steps):
    return peak * (1 + np.cos(np.pi * step / n_steps)) / 2


def shift_within_the_frame(image, down, right):
    result = np.roll(image, (down, right), axis=(0, 1))
    result[slice(0, down) if down > 0 else slice(down, None)] = 0
    result[:, slice(0, right) if right > 0 else slice(right, None)] = 0
    return result


def test_a_cosine_without_warm_up_earns_the_first_part() -> None:
    check_cosine_rate(cosine_alone)


def test_a_cosine_without_warm_up_does_not_earn_the_second_part() -> None:
    with pytest.raises(CheckError, match="The warm-up is missing"):
        check_cosine_warm_up(cosine_alone)


def test_a_shift_that_stays_within_the_frame_earns_the_first_part() -> None:
    check_shift_image(shift_within_the_frame)


def test_a_shift_that_knows_no_zero_does_not_earn_the_second_part() -> None:
    with pytest.raises(CheckError, match="down=0, right=1"):
        check_shift_past_the_edge(shift_within_the_frame)


def test_a_rate_in_an_array_of_one_is_a_rate() -> None:
    check_cosine_rate(lambda *arguments: [cosine_alone(*arguments)])


def test_a_slip_that_is_right_on_this_input_is_not_named() -> None:
    picture = np.zeros((2, 2), np.uint8)  # a wrap-around of nothing is nothing
    with pytest.raises(CheckError) as caught:
        check_shift_image(lambda *arguments: np.full((2, 2), 7), [(picture, 1, 0, picture)])
    assert "np.roll" not in str(caught.value)


def test_a_value_that_is_off_for_no_known_reason_shows_expected_and_received() -> None:
    with pytest.raises(CheckError, match=r"expected: 0\.341421356\n  received: 0\.3333$"):
        check_cosine_rate(lambda *arguments: 0.3333)

"""What the checks on loading data say beside what the exercises' own answers already prove."""

import numpy as np
import pytest
from sklearn.model_selection import train_test_split

from course_utils.checks.loading_data import (
    check_add_channel_axis,
    check_brighten_limits,
    check_brighten_range,
    check_class_counts,
    check_describe_images,
    check_hold_out_classes,
    check_hold_out_pairs,
)
from course_utils.checks.outcome import CheckError, NotAttemptedError

CHECKS = [
    check_describe_images,
    check_brighten_range,
    check_brighten_limits,
    check_add_channel_axis,
    check_class_counts,
    check_hold_out_pairs,
    check_hold_out_classes,
]


@pytest.mark.parametrize("check", CHECKS)
def test_an_untouched_exercise_is_not_attempted(check) -> None:
    with pytest.raises(NotAttemptedError, match="returns nothing yet"):
        check(lambda *arguments: ...)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("result", [0, "no", [], [[1], [1, 2]], {"a": 1}, ("a", "b", "c", "d")])
def test_a_senseless_result_is_refused_in_words(check, result) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: result)


def test_hidden_cases_pass_in_silence(capsys) -> None:
    check_describe_images(lambda images: (1, 2, 3, 6), [(np.zeros((1, 2, 3)), (1, 2, 3, 6))])
    assert capsys.readouterr().out == ""


def test_brightening_with_other_dtypes_earns_the_limits_but_not_the_range() -> None:
    def brighten(images, amount):
        return np.clip(images + float(amount), 0, 255)

    check_brighten_limits(brighten)
    with pytest.raises(CheckError, match="expected an array of dtype uint8, received float64"):
        check_brighten_range(brighten)


def test_an_unstratified_split_earns_the_pairs_but_not_the_classes() -> None:
    def hold_out(images, labels, fraction, seed):
        return train_test_split(images, labels, test_size=fraction, random_state=seed)

    check_hold_out_pairs(hold_out)
    with pytest.raises(CheckError, match="not stratified"):
        check_hold_out_classes(hold_out)


def test_a_class_that_is_not_held_out_at_all_is_named() -> None:
    with pytest.raises(CheckError, match="Class 0 is not held out at all"):
        check_hold_out_classes(
            lambda images, labels, *_: (images[:-10], images[-10:], labels[:-10], labels[-10:])
        )

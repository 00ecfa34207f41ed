"""What the checks on one-hot encoding do beside judging the answers kept with the lesson."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.one_hot_encoding import (
    check_one_hot_row,
    check_one_hot_shape,
    check_one_hot_values,
)


def test_values_earn_their_points_whatever_the_dtype() -> None:
    check_one_hot_values(lambda labels, n_classes: np.eye(n_classes)[labels])


def test_shape_and_dtype_earn_their_point_whatever_the_values() -> None:
    check_one_hot_shape(lambda labels, n: np.zeros((len(labels), n), np.float32))


def test_a_list_of_rows_is_told_that_an_array_was_asked_for() -> None:
    with pytest.raises(CheckError, match="a list, which has no dtype"):
        check_one_hot_shape(lambda labels, n_classes: np.eye(n_classes)[labels].tolist())


def test_a_message_shows_the_wanted_row_in_the_dtype_that_came() -> None:
    with pytest.raises(CheckError) as caught:
        check_one_hot_row(lambda label, n_classes: np.zeros(n_classes, np.float32))
    assert "int64" not in str(caught.value)

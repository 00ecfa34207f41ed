"""Forms in which a right answer may come."""

import numpy as np
import pytest

from course_utils.checks._forms import expect_pair, one_number, one_row
from course_utils.checks.outcome import CheckError

WEIGHTS, BIASES = np.zeros((2, 3)), np.ones(3)


@pytest.mark.parametrize("several", [tuple, list])
def test_two_results_may_come_as_tuple_or_list(several) -> None:
    assert expect_pair(several([1, 2]), "f must return two numbers") == (1, 2)


def test_two_results_may_come_as_objects_in_an_array() -> None:
    both = np.empty(2, object)
    both[:] = WEIGHTS, BIASES
    weights, biases = expect_pair(both, "f must return two arrays")
    assert weights is WEIGHTS
    assert biases is BIASES


def test_two_results_of_one_shape_may_come_stacked() -> None:
    assert expect_pair(np.array([1, 2]), "f must return two numbers", stacked=True) == (1, 2)


def test_an_array_whose_length_is_two_by_chance_is_not_two_results() -> None:
    with pytest.raises(CheckError, match=r"^f must return two arrays; received \[\[0\..*`return`"):
        expect_pair(WEIGHTS, "f must return two arrays")


def test_three_results_are_counted() -> None:
    with pytest.raises(CheckError, match=r"received 3: \(1, 2, 3\)\. Put a comma\.$"):
        expect_pair((1, 2, 3), "f must return two numbers", "Put a comma.")


@pytest.mark.parametrize("wrapped", [2.5, np.float64(2.5), np.array(2.5), [2.5], [[2.5]]])
def test_a_number_in_an_array_of_its_own_is_a_number(wrapped) -> None:
    number = one_number(wrapped)
    assert np.ndim(number) == 0
    assert number == 2.5


@pytest.mark.parametrize("other", [[1, 2], "2.5", None, [], [[1], [2, 3]]])
def test_anything_else_is_left_as_it_came(other) -> None:
    assert one_number(other) is other
    assert one_row(other) is other


def test_a_row_in_a_table_of_its_own_is_a_row() -> None:
    assert one_row([[1, 2, 3]]).tolist() == [1, 2, 3]

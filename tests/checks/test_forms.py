"""A right answer may come in several forms."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.forms import objection, one_number, one_row, pair


def test_a_pair_may_be_a_tuple_or_a_list() -> None:
    assert pair("mean", "std")((1, 2)) == pair("mean", "std")([1, 2]) == (1, 2)


def test_one_array_holds_a_pair_only_where_that_is_allowed() -> None:
    assert pair("mean", "std", stacked=True)(np.array([1, 2])) == (1, 2)
    with pytest.raises(CheckError, match="expected two results, mean and std"):
        pair("mean", "std")(np.array([1, 2]))


def test_three_results_are_no_pair() -> None:
    with pytest.raises(CheckError, match=r"received 3: \(1, 2, 3\)"):
        pair("mean", "std")((1, 2, 3))


def test_a_number_may_come_in_an_array_that_holds_it_alone() -> None:
    assert one_number(np.array([[3.0]])) == 3
    assert one_number([1, 2]) == [1, 2]


def test_a_row_may_come_in_a_table_that_holds_it_alone() -> None:
    assert one_row(np.array([[1, 2]])).tolist() == [1, 2]


def test_a_judge_that_raises_makes_a_demand() -> None:
    def judge(received: int) -> None:
        if received < 0:
            raise CheckError("a budget is above 0")

    assert objection(judge)(-1) == "a budget is above 0"
    assert objection(judge)(1) == ""

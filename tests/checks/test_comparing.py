"""Results agree in shape and value, whatever form they come in."""

from typing import Any

import numpy as np
import pytest

from course_utils.checks import comparing
from course_utils.checks.asking import plain
from course_utils.checks.comparing import (
    EXACT,
    HARD_CODED,
    ZERO,
    alike,
    first_difference,
    kind_remark,
    lazy,
)


def test_numbers_agree_whatever_their_dtype() -> None:
    assert alike([1, 2], np.array([1.0, 2.0], np.float32))


def test_not_a_number_agrees_with_itself() -> None:
    assert alike([np.nan], [np.nan])


def test_shapes_must_agree() -> None:
    assert not alike([[1, 2]], [1, 2])


def test_a_count_that_is_off_by_one_does_not_agree_where_counts_are_exact() -> None:
    assert alike(18_497, 18_496)
    assert not alike(18_497, 18_496, EXACT)


@pytest.mark.parametrize("received", ["1", None, {}, [[1], [2, 3]], object(), [None]])
def test_what_is_no_number_agrees_with_none(received: Any) -> None:
    assert not alike(received, 1)


def test_the_first_difference_is_found() -> None:
    assert first_difference([[1, 2], [3, 5]], [[1, 2], [3, 4]], 1e-6) == (1, 1)


def test_no_calculation_at_all_has_names() -> None:
    assert [slip[0] for slip in lazy((2,), [3.0, 0.0])] == [ZERO, HARD_CODED]


@pytest.mark.parametrize(
    ("received", "says"),
    [
        ("12", "text"),
        ([[1], [2, 3]], "unequal lengths"),
        (np.zeros(3).sum, "brackets"),
        (iter([1]), "list( )"),
        ({1, 2}, "type set"),
        (None, "end without `return`"),
        ({}, "no numbers"),
    ],
)
def test_what_should_have_been_numbers_is_named(received: Any, says: str) -> None:
    assert says in kind_remark(plain(received))


def test_a_long_list_of_another_length_does_not_become_an_array(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    became: list[Any] = []
    monkeypatch.setattr(comparing, "is_numeric", lambda value: not became.append(value))
    assert not alike([0] * 1000, np.zeros(3))
    assert [np.size(value) for value in became] == [3]

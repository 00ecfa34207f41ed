"""What holds of every exercise's check, whatever the exercise."""

import importlib
import pkgutil
from typing import Any

import numpy as np
import pytest

import course_utils.checks
from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks.check import Check

CHECKS = {
    id(member): (f"{info.name.rpartition('.')[2]}.{name}", member)
    for info in pkgutil.walk_packages(course_utils.checks.__path__, "course_utils.checks.")
    for name, member in vars(importlib.import_module(info.name)).items()
    if isinstance(member, Check)
}
ODD = {
    "text": "ab",
    "rows of unequal lengths": [[1, 2], [3]],
    "a list of nothing": [None],
    "a function": np.sum,
    "a dictionary": {},
    "an object": object(),
    "a set": {1, 2},
    "a generator": iter([1, 2]),
    "an empty list": [],
    "not a number": np.nan,
    "a table of what is not a number": np.full((2, 2), np.nan),
    "complex": 1j,
    "three results": (1, 2, 3),
    "True": True,
    "a class": np.ndarray,
    "a number that Python does not write": 10**5000,
}


@pytest.fixture(params=[c for _, c in CHECKS.values()], ids=[name for name, _ in CHECKS.values()])
def check(request: pytest.FixtureRequest) -> Check:
    """Each check in turn."""
    return request.param


def test_an_untouched_exercise_is_not_attempted(check: Check) -> None:
    with pytest.raises(NotAttemptedError, match="returns nothing yet"):
        check(lambda *arguments: ...)


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_an_odd_answer_is_refused_without_a_crash(check: Check, answer: Any) -> None:
    with pytest.raises(CheckError):
        check(lambda *arguments: answer)


def test_it_goes_by_a_name_that_says_what_it_is() -> None:
    names = [name for name, _ in CHECKS.values()]
    assert [name for name in names if not name.partition(".")[2].startswith("check_")] == []


@pytest.mark.parametrize("wrong", [None, "one_hot"])
def test_what_is_no_function_is_refused_with_advice(check: Check, wrong: Any) -> None:
    with pytest.raises(CheckError, match=r"needs your function itself.*Pass its name"):
        check(wrong)


def test_each_part_of_an_exercise_asks_for_the_same_function(check: Check) -> None:
    if check.follows:
        assert check.follows.asks == check.asks

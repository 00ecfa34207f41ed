"""Further cases travel as text, and come back as they were."""

from typing import Any

import numpy as np
import pytest

from course_utils.checks.comparing import alike
from course_utils.checks.further import Further, NearMiss, further, read, same_trace, trace, written


@pytest.mark.parametrize(
    "value",
    [
        np.array([[1, 2], [3, 4]], np.uint8),
        np.array([0.5, np.inf, np.nan], np.float32),
        np.float32(0.25),
        np.zeros((0, 3)),
        [(np.ones((2, 2)), np.zeros(2))],
        {"number": 3, "name": "first"},
        None,
        True,
        "same",
    ],
    ids=repr,
)
def test_an_argument_comes_back_as_it_was(value: Any) -> None:
    ((kept,),) = read(written(Further([(value,)]))).cases
    assert type(kept) is type(value)
    assert repr(kept) == repr(value)


def test_a_near_miss_comes_back_as_it_was() -> None:
    near = NearMiss("adds", (1.5, "learning", None))
    assert read(written(Further([(1,), (2,), (3,)], [near]))).near_misses == [near]


def test_an_exercise_without_further_cases_has_none() -> None:
    assert further("no_exercise") == Further()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2, 3], [3, 2, 1]),
        ([[1, 2, 3]], [1, 2, 3]),
        (np.zeros((2, 3)), np.zeros((3, 2))),
        ([1.0, np.nan], [1.0, np.inf]),
        (0.5, 0.501),
        ("fits", "learning"),
    ],
)
def test_unlike_results_leave_unlike_traces(one: Any, other: Any) -> None:
    assert not same_trace(trace(one), trace(other))


def test_like_results_leave_one_trace() -> None:
    one = np.random.default_rng(0).normal(size=(4, 5))
    other = one.astype(np.float32).tolist()
    assert alike(one, other)
    assert same_trace(trace(one), trace(other))

"""What is said of an answer in the sandbox arrives, and what is no answer does not."""

from typing import Any

import numpy as np
import pytest

from course_utils.checks.asking import Answer, ask
from course_utils.grading.marking.student import _answer
from course_utils.sandbox.wire import WireError
from course_utils.sandbox.worker import _told


def stops(inputs: Any) -> Any:
    return inputs @ weightss  # type: ignore[name-defined] # noqa: F821


weights = np.ones((3, 2))


def test_where_and_why_a_function_stopped_arrives() -> None:
    answer = ask(stops, [np.ones((4, 2))])
    assert (answer.nearest, answer.stood_for) == ("weights", (("inputs", "shape (4, 2)"),))
    assert _answer(_told(answer)) == answer


def test_what_the_code_tells_of_a_function_that_returns_nothing_arrives() -> None:
    answer = ask(lambda inputs: ..., [1])
    assert answer.body == "untouched"
    assert _answer(_told(answer)) == answer


@pytest.mark.parametrize("name", ["body", "nearest", "stood_for"])
def test_an_answer_without_all_its_parts_is_none(name: str) -> None:
    told = _told(Answer(1))
    del told[name]
    with pytest.raises(WireError):
        _answer(told)


@pytest.mark.parametrize("odd", [None, 1, [1], [("one",)], [("a", "b", "c")]])
def test_names_that_stood_for_nothing_readable_are_refused(odd: Any) -> None:
    with pytest.raises(WireError):
        _answer({**_told(Answer(1)), "stood_for": odd})


def test_long_words_of_a_student_are_cut() -> None:
    told = {**_told(Answer(1)), "nearest": "x" * 10_000, "body": "y" * 10_000}
    assert max(len(_answer(told).nearest), len(_answer(told).body)) <= 100

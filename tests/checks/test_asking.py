"""Asking calls a learner's function safely, and reports what it did by plain data."""

import sys
import warnings
from typing import Any

import numpy as np
import pytest

from course_utils.checks.asking import Answer, Foreign, ask, plain


class Tensor:
    """What a library may return: no array, but readable as one."""

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.array([1.0, 2.0])


def test_the_function_gets_copies_of_its_arguments() -> None:
    images = np.ones(3)

    def fill(given: Any) -> Any:
        given[:] = 0
        return given

    answer = ask(fill, [images])
    assert images.tolist() == [1, 1, 1]
    assert [place for place, _ in answer.changed] == [0]


def test_what_it_prints_and_its_warnings_stay_off_the_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def warn(values: Any) -> Any:
        warnings.warn("careful", stacklevel=2)
        print("on the way", file=sys.stderr)
        print("half way")
        return values

    answer = ask(warn, [1])
    assert answer.printed
    assert capsys.readouterr() == ("", "")


def test_what_it_raised_is_reported_with_its_own_line() -> None:
    def look(values: Any) -> Any:
        return values["label"]

    answer = ask(look, [3])
    assert answer.error.startswith("TypeError")
    assert answer.line == 'return values["label"]'


def test_a_learners_exit_is_not_swallowed() -> None:
    def leave() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(leave, [])


def test_a_library_function_is_asked_as_any_other() -> None:
    assert ask(np.maximum, [1, 2]) == Answer(2)
    assert np.maximum.__name__ == "maximum"


def test_a_tensor_travels_as_an_array() -> None:
    assert isinstance(plain(Tensor()), np.ndarray)


def test_whole_numbers_in_an_array_of_objects_travel_as_a_list() -> None:
    assert plain(np.array([1, 2], dtype=object)) == [1, 2]


def test_what_is_no_plain_data_is_described() -> None:
    assert plain({1, 2}) == Foreign("set", "{1, 2}")
    assert plain(len).is_callable
    assert plain({"a": 1}.values()).items == [1]


def test_a_course_function_is_noted_even_where_a_generator_calls_it_late() -> None:
    from course_utils.preprocessing import one_hot

    answer = ask(lambda labels: (one_hot(labels, 2) for _ in range(1)), [np.array([0, 1])])
    assert answer.course_functions == ("course_utils.preprocessing.one_hot",)


def test_an_import_inside_a_function_is_no_call() -> None:
    sys.modules.pop("course_utils.networks", None)

    def imports() -> int:
        import course_utils.networks  # noqa: F401

        return 1

    assert ask(imports, []).course_functions == ()

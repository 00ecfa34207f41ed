"""The line that is quoted is the learner's own, wherever it stands."""

from typing import Any

import numpy as np

from course_utils.checks.asking import ask


def helper(values: Any) -> Any:
    return values["label"]


def line(function: Any, *arguments: Any) -> str:
    return ask(function, arguments).line


def test_the_line_of_a_helper_is_quoted_where_that_one_stops() -> None:
    assert line(lambda values: helper(values), [1]) == 'return values["label"]'


def test_the_line_of_a_comprehension_is_quoted() -> None:
    def look(values: Any) -> Any:
        return [
            value["name"]
            for value in values
        ]  # fmt: skip

    assert line(look, [1]) == 'value["name"]'


def test_the_line_of_a_generator_that_runs_late_is_quoted() -> None:
    def look(values: Any) -> Any:
        return (value["late"] for value in values)

    assert line(look, [1]) == 'return (value["late"] for value in values)'


def test_of_an_error_inside_a_library_the_line_that_called_it_is_quoted() -> None:
    def look(values: Any) -> Any:
        return np.linalg.norm(values, axis=7)

    assert line(look, np.ones(3)) == "return np.linalg.norm(values, axis=7)"


def test_a_line_of_the_learners_own_that_a_library_calls_is_quoted() -> None:
    def look(values: Any) -> Any:
        return np.apply_along_axis(helper, 0, values)

    assert line(look, np.ones(3)) == 'return values["label"]'


def test_an_object_that_is_called_has_lines_too() -> None:
    class Look:
        def __call__(self, values: Any) -> Any:
            return helper(values)

    assert line(Look(), [1]) == 'return values["label"]'


def test_no_line_is_quoted_where_the_arguments_did_not_fit() -> None:
    assert line(lambda: 1, 2) == ""


def test_what_the_names_in_a_line_stood_for_is_told() -> None:
    def add(inputs: Any, label: Any, names: Any) -> Any:
        nothing = None
        return inputs + label + names + nothing

    stood_for = ask(add, [np.ones((2, 3)), 1, np.ones(4)]).stood_for
    assert dict(stood_for) == {
        "inputs": "shape (2, 3)",
        "label": "a whole number",
        "names": "shape (4,)",
        "nothing": "None",
    }

"""How a check calls a learner's function, and what it says when something is amiss."""

import sys
import warnings

import numpy as np
import pytest

from course_utils.checks.outcome import (
    CheckError,
    NotAttemptedError,
    call,
    passed,
    show,
)


def untouched(values): ...


def prints(values):
    print(values)


def raises(values):
    return values["label"]


def mutates(values):
    values[0] = 9
    return values


def warns(values):
    warnings.warn("careful", stacklevel=2)
    print("on the way", file=sys.stderr)
    return values


def test_an_untouched_function_is_called_not_started() -> None:
    with pytest.raises(NotAttemptedError, match="untouched returns nothing yet"):
        call(untouched, [1])


def test_a_function_that_prints_hears_about_return() -> None:
    with pytest.raises(CheckError, match=r"prints its answer and returns nothing.*`return`"):
        call(prints, [1])


def test_a_function_that_raises_hears_what_and_in_which_line() -> None:
    with pytest.raises(CheckError, match=r"stopped with TypeError.*values\[\"label\"\]"):
        call(raises, [1])


def test_an_error_that_means_something_in_the_exercise_hears_the_first_hint_that_fits() -> None:
    hints = {"^KeyError": "No such name.", "not subscriptable": "A number.", "TypeError": "Later."}
    with pytest.raises(CheckError, match=r"not subscriptable, at its line.*\. A number\.$"):
        call(raises, 3, hints=hints)


def test_a_hint_is_for_the_error_not_for_the_line_that_raised_it() -> None:
    with pytest.raises(CheckError, match=r"values\[\"label\"\]`\.$"):
        call(raises, 3, hints={"label": "The line names a label."})


def test_a_function_that_changes_its_array_hears_before_and_after() -> None:
    with pytest.raises(CheckError, match="changed its argument"):
        call(mutates, np.array([1, 2]))


def test_a_function_that_changes_a_nested_list_is_caught_too() -> None:
    with pytest.raises(CheckError, match="changed its argument"):
        call(lambda rows: rows[0].sort() or rows, [[2, 1]])


def test_the_callers_own_array_is_never_touched() -> None:
    mine = np.array([1, 2])
    with pytest.raises(CheckError):
        call(mutates, mine)
    assert mine.tolist() == [1, 2]


def test_a_right_answer_that_warns_leaves_standard_error_clean(capfd) -> None:
    assert call(warns, 3) == 3
    assert capfd.readouterr().err == ""


def test_what_is_no_function_is_refused() -> None:
    with pytest.raises(CheckError, match="needs your function itself; it got 3"):
        call(3)


def test_a_long_value_is_cut_short() -> None:
    assert len(show(list(range(1000)))) <= 160


def test_success_is_told_of_the_visible_cases_alone(capsys) -> None:
    passed("f")
    passed("f", cases=[(1, 1)])
    assert capsys.readouterr().out == "✓ f does what it should on the visible cases.\n"


def test_the_learner_sees_the_message_without_the_checkers_frames() -> None:
    assert CheckError("too bright")._render_traceback_() == ["✗ too bright"]

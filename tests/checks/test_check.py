"""A check asks, judges what came back, and says it in lines a learner can follow."""

from typing import Any

import numpy as np
import pytest

from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks.asking import Answer
from course_utils.checks.check import NOTHING, Check, Verdict
from course_utils.checks.comparing import Slips
from course_utils.checks.forms import pair


def slips(left: int, right: int, *_: Any) -> Slips:
    return [("You multiplied. Add.", left * right), ("That is the first alone.", left)]


ADD = Check("add(left, right)", [(2, 2, 4), (3, 5, 8)], slips)


def message(check: Check, function: Any, cases: Any = None) -> str:
    """What a learner reads."""
    with pytest.raises(CheckError) as caught:
        check(function, cases)
    return str(caught.value)


def test_a_right_answer_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    ADD(lambda left, right: left + right)
    assert capsys.readouterr().out == "✓ add does what it should on the visible cases.\n"


def test_hidden_cases_pass_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    ADD(lambda left, right: left + right, [(1, 1, 2)])
    assert capsys.readouterr().out == ""


def test_no_hidden_cases_are_none_not_the_visible_ones() -> None:
    ADD(lambda left, right: 0, [])


def test_a_message_names_the_arguments_the_results_and_the_slip_a_line_each() -> None:
    assert message(ADD, lambda left, right: left * right).splitlines() == [
        "add(left=3, right=5)",
        "  expected: 8",
        "  received: 15",
        "  You multiplied. Add.",
    ]


def test_a_hidden_case_says_that_the_input_is_fresh_and_names_the_slip_too() -> None:
    told = message(ADD, lambda left, right: left * right, [(3, 5, 8)])
    assert "this input is fresh" in told
    assert told.endswith("You multiplied. Add.")


def test_hard_coding_is_asked_about_only_where_nothing_else_explains_a_fresh_case() -> None:
    question = "is an answer hard-coded?"
    assert question not in message(ADD, lambda left, right: left * right, [(3, 5, 8)])
    assert question in message(ADD, lambda left, right: 4, [(3, 5, 8)])


def test_a_slip_that_explains_all_results_goes_before_one_that_explains_this_one() -> None:
    check = Check("f(x)", [(2, 3), (5, 6)], lambda x, _: [("doubled", 2 * x), ("squared", x * x)])
    assert message(check, lambda x: x * x).endswith("squared")


def test_a_slip_that_only_this_case_fits_is_not_named_where_they_are_told_together() -> None:
    cases = [(2, 3), (5, 6)]
    check = Check("f(x)", cases, lambda x, _: [("doubled", 2 * x)], together=True)
    assert "doubled" not in message(check, lambda x: 4)


def is_sure(function: Any) -> bool:
    """Whether what is said fits everything."""
    with pytest.raises(CheckError) as caught:
        ADD(function)
    return caught.value.is_sure


def test_a_slip_that_gives_every_result_is_sure() -> None:
    assert is_sure(lambda left, right: left * right)


def test_a_slip_that_gives_the_wrong_result_but_not_the_right_one_is_a_guess() -> None:
    assert not is_sure(lambda left, right: left + right if left == 2 else left)


def test_a_slip_is_a_guess_where_another_case_stops() -> None:
    assert not is_sure(lambda left, right: left if left == 2 else left / 0)


def test_what_no_slip_gives_is_told_as_it_is() -> None:
    assert is_sure(lambda left, right: print(left))


def test_an_untouched_exercise_is_not_attempted() -> None:
    with pytest.raises(NotAttemptedError, match="add returns nothing yet"):
        ADD(lambda left, right: ...)


def test_printing_is_not_returning() -> None:
    assert "prints its answer" in message(ADD, lambda left, right: print(left + right))


def refused(check: Check, function: Any) -> str:
    """What a learner reads whose exercise was begun."""
    with pytest.raises(CheckError) as caught:
        check(function)
    assert not isinstance(caught.value, NotAttemptedError)
    return str(caught.value)


def test_a_result_that_is_not_handed_back_is_no_untouched_exercise() -> None:
    def add(left: int, right: int) -> None:
        left + right

    assert "what it works out is lost when it ends" in refused(ADD, add)


def test_a_way_through_the_function_without_return_is_named_with_its_arguments() -> None:
    def add(left: int, right: int) -> int | None:
        if left < 3:
            return left + right
        return None

    told = refused(ADD, add)
    assert told.startswith("add(left=3, right=5)")
    assert "not on every way through the function" in told


def test_a_return_of_what_returns_nothing_is_named() -> None:
    check = Check("sort(x)", [([2, 1], [1, 2])])
    assert "What stands behind `return` is None." in refused(check, lambda x: x.copy().sort())


def test_a_changed_argument_in_place_of_a_result_is_named() -> None:
    def fill(images: Any) -> None:
        images[:] = 0

    check = Check("fill(images)", [(np.ones(2), np.zeros(2))])
    assert "fill changes its argument images and returns nothing." in refused(check, fill)


def test_an_error_is_explained_where_the_exercise_says_nothing_of_it() -> None:
    told = refused(ADD, lambda left, right: max(left, np.ones(right)))
    assert told.splitlines()[-1].startswith("  `max` asks which of its arguments is larger")


def test_what_the_exercise_says_of_an_error_goes_first() -> None:
    check = Check("f(x)", [(0, 1)], meanings={"ZeroDivision": "Nothing divides by 0."})
    assert refused(check, lambda x: 1 / x).splitlines()[-1] == "  Nothing divides by 0."


def test_what_was_raised_is_shown_with_its_line_and_its_meaning() -> None:
    def add(left: int, right: int) -> float:
        return left / (right - 2)

    check = Check("add(left, right)", ADD.cases, meanings={"ZeroDivision": "Nothing divides by 0."})
    told = message(check, add)
    assert "stopped with ZeroDivisionError" in told
    assert "return left / (right - 2)" in told
    assert told.endswith("Nothing divides by 0.")


def test_what_it_means_that_nothing_comes_back_is_told() -> None:
    check = Check("sort(x)", [([2, 1], [1, 2])], meanings={NOTHING: "sort() sorts in place."})
    for answer in (lambda x: x.copy().sort(), lambda x: print(x)):
        assert message(check, answer).endswith("sort() sorts in place.")


def test_a_changed_argument_is_named() -> None:
    def fill(images: Any) -> Any:
        images[:] = 0
        return images

    check = Check("fill(images)", [(np.ones(2), np.zeros(2))])
    assert "changed its argument images" in message(check, fill)


def test_a_function_of_the_course_does_not_do_the_work() -> None:
    from course_utils.preprocessing import one_hot

    check = Check("code(labels, n)", [(np.array([1]), 2, np.array([[0, 1]]))])
    assert "write it yourself here" in message(check, lambda labels, n: one_hot(labels, n))


def test_a_function_of_the_course_may_do_the_work_where_the_exercise_allows_it() -> None:
    from course_utils.preprocessing import one_hot

    cases = [(np.array([1]), 2, np.array([[0, 1]]))]
    Check("code(labels, n)", cases, allows=("preprocessing.one_hot",))(one_hot)


def test_a_dtype_is_asked_for_once_the_values_are_right() -> None:
    check = Check("scale(x)", [(np.ones(2), np.ones(2))], dtype=np.float32)
    told = message(check, lambda x: x * 1)
    assert "expected: dtype float32" in told
    assert "received: float64" in told
    assert "The values are right. float64 takes twice the memory." in told


def test_no_dtype_is_asked_for_while_a_value_of_another_case_is_wrong() -> None:
    cases = [(np.zeros(2), np.zeros(2)), (np.ones(2), np.ones(2))]
    check = Check("scale(x)", cases, dtype=np.float32)
    assert "dtype" not in message(check, lambda x: x * 3)


def test_a_demand_of_several_lines_ends_with_its_reason() -> None:
    def demand(received: int, *_: Any) -> str:
        return f"expected: an even number\nreceived: {received}\nHalf of it is no whole number."

    verdict = Check("f(x)", [(1, 2)], demand=demand, compares=False).judge([(1, 2)], [Answer(3)])
    assert verdict.message.splitlines()[1:3] == ["  expected: an even number", "  received: 3"]
    assert verdict.reason == "Half of it is no whole number."


def test_an_address_in_memory_which_differs_between_processes_is_not_shown() -> None:
    told = message(ADD, lambda left, right: (number for number in (left, right)))
    assert "<generator object" in told
    assert " at 0x" not in told


def test_a_shape_alone_is_compared_where_that_is_the_part() -> None:
    check = Check("f(x)", [(np.ones(2), np.ones((2, 1)))], shape_only="One column is asked for.")
    assert "received: shape (2,)" in message(check, lambda x: x * 2)
    check(lambda x: np.zeros((2, 1)))


def test_one_of_two_results_is_compared() -> None:
    check = Check("f(x)", [(1, 10, 20)], form=pair("tens", "twenties"), part="the second", result=1)
    assert "expected: 20" in message(check, lambda x: (10, 21))
    assert "expected two results, tens and twenties" in message(check, lambda x: 10)


def test_what_the_part_before_has_said_is_not_said_again() -> None:
    second = Check("add(left, right)", [(4, 5, 9)], slips, part="larger", follows=ADD)
    assert message(second, lambda left, right: left * right) == (
        "add (larger): not yet, for the reason that the check before this one gives."
    )


def test_a_judge_may_ask_more_before_it_speaks() -> None:
    def whole(cases: Any, results: Any) -> Any:
        return [*cases, (9, 9)][1:] if len(cases) == 1 else f"{len(cases)} were asked."

    check = Check("f(x)", [(1, 1)], whole=whole)
    assert message(check, lambda x: x) == "f: 2 were asked."


def test_a_judge_needs_answers_only_wherever_they_come_from() -> None:
    answers = [Answer(4), Answer(15)]
    assert ADD.judge(ADD.cases, answers).reason == "You multiplied. Add."
    assert ADD.judge(ADD.cases, [Answer(4), Answer(8)]) == Verdict()


def test_formulas_of_slips_warn_nobody(recwarn: pytest.WarningsRecorder) -> None:
    def sample_deviation(values: np.ndarray, _: float) -> Slips:
        return [("You divided by n − 1.", values.std(ddof=1))]

    one = Check("deviation(values)", [(np.array([2.0]), 0.0)], sample_deviation)
    message(one, lambda values: 1.0)
    assert [str(warning.message) for warning in recwarn] == []

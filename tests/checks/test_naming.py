"""What explains wrong results has to explain all of them."""

from typing import Any

from course_utils.checks.further import NearMiss, trace
from course_utils.checks.naming import Asked, by_near_misses, by_slips

SLIPS = {"adds 1": lambda n: 2 * n + 1, "squares": lambda n: n * n, "four": lambda n: 4 * n}


def doubling(*results: Any) -> list[Asked]:
    """What came back from functions that should double 1, 2, 3 and so on."""
    return [
        Asked(place, (n, 2 * n), result, "", result == 2 * n)
        for place, (n, result) in enumerate(enumerate(results, 1))
    ]


def slips(case: Any) -> dict[tuple[str, int], Any]:
    return {(name, 0): formula(case[0]) for name, formula in SLIPS.items()}


def named(*results: Any) -> tuple[str, str]:
    return by_slips(doubling(*results), slips, lambda result: result, 1e-6)


def test_a_slip_that_gives_every_result_is_named() -> None:
    assert named(1, 4, 9, 16, 25) == ("squares", "squares")


def test_a_slip_that_gives_the_wrong_results_alone_explains_them_alone() -> None:
    assert named(2, 4, 7, 9, 11) == ("", "adds 1")


def test_a_slip_that_gives_the_first_wrong_result_alone_is_not_named() -> None:
    assert named(1, 4, 100, 200, 300) == ("", "")


def test_two_wrong_results_are_too_few() -> None:
    assert named(2, 4, 6, 9, 11) == ("", "")


def test_two_slips_that_explain_the_wrong_results_are_not_told_apart() -> None:
    both = {**SLIPS, "adds 1, mostly": lambda n: 2 * n + (n != 2)}

    def of_both(case: Any) -> dict[tuple[str, int], Any]:
        return {(name, 0): formula(case[0]) for name, formula in both.items()}

    found = by_slips(doubling(3, 4, 7, 9), of_both, lambda result: result, 1e-6)
    assert found == ("adds 1, mostly", "")


def test_a_slip_without_a_result_in_a_case_explains_a_right_one_there() -> None:
    def of_odd(case: Any) -> dict[tuple[str, int], Any]:
        return {("odd ones", 0): 0} if case[0] % 2 else {}

    right_when_even = doubling(0, 4, 0, 8)
    assert by_slips(right_when_even, of_odd, lambda result: result, 1e-6)[0] == "odd ones"
    wrong_when_even = doubling(0, 5, 0, 8)
    assert by_slips(wrong_when_even, of_odd, lambda result: result, 1e-6)[0] == ""


def test_a_near_miss_that_gives_every_result_is_found() -> None:
    near = NearMiss("subtracts", tuple(trace(n - 2) for n in (1, 2, 3, 4)))
    asked = doubling(-1, 0, 1, 2)
    assert by_near_misses(asked, [], [near]) == ("subtracts", "subtracts")


def test_a_near_miss_that_stops_with_an_error_where_the_answer_does_not_is_none() -> None:
    near = NearMiss("subtracts", (None, *(trace(n - 2) for n in (2, 3, 4))))
    assert by_near_misses(doubling(-1, 0, 1, 2), [], [near]) == ("", "")


def test_a_near_miss_is_found_only_if_it_stops_where_the_answer_stopped() -> None:
    traces = tuple(trace(n - 2) for n in (1, 2, 3, 4))
    stops, goes_on = NearMiss("subtracts", (*traces, None)), NearMiss("subtracts", (*traces, 3.0))
    asked, stopped = doubling(-1, 0, 1, 2), [4]
    assert by_near_misses(asked, stopped, [stops])[0] == "subtracts"
    assert by_near_misses(asked, stopped, [goes_on])[0] == ""

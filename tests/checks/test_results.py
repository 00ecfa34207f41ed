"""How a check compares results, and the words it has for what is no result."""

import numpy as np
import pytest

from course_utils.checks.outcome import CheckError
from course_utils.checks.results import expect_equal, expect_numbers, expect_result, expect_shape


class Refuses:
    """What can be no array."""

    def __array__(self, *arguments, **keywords):
        raise TypeError

    def __repr__(self) -> str:
        return "refuses"


@pytest.mark.parametrize("received", [3, 3.0, np.float64(3), np.array(3), np.uint8(3)])
def test_a_number_is_right_in_any_type(received) -> None:
    expect_equal("f", received, 3)


@pytest.mark.parametrize("received", [[1, 0], (1, 0), np.array([1, 0], np.uint8), [1.0, 0.0]])
def test_an_array_is_right_as_list_tuple_or_other_dtype(received) -> None:
    expect_equal("f", received, np.array([1.0, 0.0], np.float32))


def test_a_difference_names_the_first_place_where_it_is() -> None:
    with pytest.raises(CheckError, match=r"index \[1\]: expected 2, received 5"):
        expect_equal("f", [1, 5], [1, 2])


def test_a_wrong_shape_is_named_with_the_right_one() -> None:
    with pytest.raises(CheckError, match=r"expected shape \(2,\), received \(3,\). Look at axis 0"):
        expect_shape("f", [1, 2, 3], (2,), "Look at axis 0.")


def test_rows_of_unequal_length_have_no_shape_and_hear_so() -> None:
    with pytest.raises(CheckError, match="received rows of unequal length"):
        expect_shape("f", [[1], [1, 2]], (2, 2))


def test_rows_of_unequal_length_are_a_difference_and_no_crash() -> None:
    with pytest.raises(CheckError, match="expected"):
        expect_equal("f", [[1], [1, 2]], [[1, 1], [1, 2]])


def test_nothing_equal_to_everything_passes() -> None:
    class Agreeable:
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = None

    with pytest.raises((CheckError, TypeError)):
        expect_equal("f", Agreeable(), 3)


@pytest.mark.parametrize("expect", [expect_equal, expect_shape])
def test_what_refuses_to_be_an_array_is_a_difference_and_no_crash(expect) -> None:
    with pytest.raises(CheckError, match="received refuses"):
        expect("f", Refuses(), (2, 2))


@pytest.mark.parametrize(
    ("received", "words"),
    [
        ("1", "received text: '1'. '1' is text, 1 is a number."),
        (["1", 2], "received text: ['1', 2]. '1' is text, 1 is a number."),
        ([[1, 2], [3]], "received parts of unequal length: [[1, 2], [3]]."),
        ({}.values(), "received dict_values([]). Put list( ) around it."),
        ({1, 2}, "received {1, 2}. NumPy sees no numbers in it."),
        (Refuses(), "received refuses. NumPy sees no numbers in it."),
    ],
)
def test_what_is_no_numbers_is_called_by_its_kind(received, words: str) -> None:
    with pytest.raises(CheckError) as caught:
        expect_numbers("f", received, given="2")
    assert str(caught.value) == f"f for 2: expected numbers, {words}"


def test_a_method_that_was_not_called_hears_of_its_brackets() -> None:
    with pytest.raises(CheckError, match=r"was not called\. Brackets \(\) are missing\.$"):
        expect_numbers("f", np.zeros(3).sum)


def test_what_is_no_numbers_is_shown_beside_the_result_that_was_expected() -> None:
    with pytest.raises(CheckError, match=r"^f for 2: expected 4, received text: 'four'"):
        expect_result("f", "four", 4, "2", [])


def test_a_difference_is_explained_by_the_first_slip_that_gives_it() -> None:
    slips = [("A sum.", 5), ("A product.", 6), ("Twice three.", 6)]
    with pytest.raises(CheckError, match=r"expected 8, received 6\. A product\.$"):
        expect_result("power", 6, 8, "2 and 3", slips)


def test_a_fresh_case_says_so_before_it_names_the_slip() -> None:
    with pytest.raises(CheckError, match=r"this input is fresh\..*hard-coded\? A sum\.$"):
        expect_result("power", 5, 8, "2 and 3", [("A sum.", 5)], fresh=True)


def test_a_narrow_tolerance_holds_for_the_result_and_for_the_slip() -> None:
    with pytest.raises(CheckError, match=r"received 100001\. One more\.$"):
        expect_result(
            "n", 100_001, 100_000, "1", [("Two more.", 100_002), ("One more.", 100_001)], 1e-12
        )

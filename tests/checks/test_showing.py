"""Values and messages are short, and lines are broken between words."""

import numpy as np
import pytest

from course_utils.checks import CheckError, NotAttemptedError
from course_utils.checks.check import Check
from course_utils.checks.showing import lay_out, show, show_call

IMAGE = np.random.default_rng(0).random((28, 28))


@pytest.mark.parametrize("longest", [40, 80, 160])
def test_an_array_loses_entries_in_its_middle_before_it_is_cut(longest: int) -> None:
    text = show(IMAGE[0], longest)
    assert len(text) <= longest
    assert text.endswith("]")


def test_a_small_array_is_shown_whole() -> None:
    assert show(np.arange(6).reshape(2, 3)) == "[[0, 1, 2], [3, 4, 5]]"


def test_a_call_fits_a_line_however_many_arguments_it_has() -> None:
    names = ["image", "kernel", "stride"]
    told = show_call("convolve", names, [IMAGE, IMAGE, IMAGE], ", the sum")
    assert len(told[0]) <= 118
    assert told[0].endswith("), the sum")
    assert [line.partition(":")[0] for line in told[1:]] == ["image", "kernel"]


def test_a_large_array_is_shown_by_its_ends_and_its_shape() -> None:
    told = show_call("shift", ["image", "down"], [IMAGE, 2])
    assert len(told) == 1
    assert "..." in told[0]
    assert "(shape (28, 28)), down=2" in told[0]


def test_a_small_argument_that_does_not_fit_into_a_call_stands_below_it_whole() -> None:
    told = show_call("scale", ["rows", "factors"], [np.full((3, 4), 0.125), 2])
    assert told[1:] == [
        "rows: [[0.125, 0.125, 0.125, 0.125], [0.125, 0.125, 0.125, 0.125], "
        "[0.125, 0.125, 0.125, 0.125]]"
    ]


def test_a_call_without_arguments_is_shown() -> None:
    assert show_call("my_plan", [], []) == ["my_plan()"]


def test_lines_are_broken_between_words_and_go_on_further_in() -> None:
    sentence = "The last axis of an array of images holds its channels, and here it has none. " * 2
    lines = lay_out(f"f(x)\n  {sentence}").splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(line.strip() for line in lines) == f"f(x) {sentence.strip()}"
    assert [line[:4].strip() == "" for line in lines[2:]] == [True] * len(lines[2:])


def test_a_refusal_is_shown_with_its_sign_in_lines_of_a_page() -> None:
    with pytest.raises(CheckError) as caught:
        Check("f(x)", [(IMAGE, IMAGE)])(lambda x: x + 1)
    lines = caught.value._render_traceback_()[0].splitlines()
    assert lines[0].startswith("✗ f(x=")
    assert max(map(len, lines)) <= 85


def test_what_was_not_begun_is_told_in_one_line() -> None:
    told = NotAttemptedError("f returns nothing yet.")._render_traceback_()
    assert told == ["○ f returns nothing yet."]

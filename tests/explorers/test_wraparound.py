"""The wraparound explorer: what uint8 keeps of a sum that does not fit."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_wraparound
from course_utils.explorers.wraparound import dial_arc, exact, full_turns, wrap, wraps_in_words

OPERATIONS = ["add", "subtract", "multiply"]


def random_sums(seed: int) -> list[tuple[str, int, int]]:
    rng = np.random.default_rng(seed)
    pixels = [0, 1, 255, *map(int, rng.integers(0, 256, 8))]
    return [(name, a, b) for name in OPERATIONS for a in pixels for b in pixels]


def test_wrap_agrees_with_numpy_uint8_arithmetic() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, size=(200, 2)).astype(np.uint8)
    kept = [wrap(exact("add", int(a), int(b))) for a, b in pixels]
    np.testing.assert_array_equal(kept, pixels[:, 0] + pixels[:, 1])


def test_the_browser_wraps_as_python_does(in_browser) -> None:
    values = [(int(v),) for v in np.random.default_rng(1).integers(-70000, 70000, size=300)]
    assert in_browser("wraparound.js", "wrap", values) == [wrap(*value) for value in values]


def test_the_browser_calculates_exactly_as_python_does(in_browser) -> None:
    cases = random_sums(2)
    assert in_browser("wraparound.js", "exact", cases) == [exact(*case) for case in cases]


@pytest.mark.parametrize(
    ("name", "function"), [("fullTurns", full_turns), ("wrapsInWords", wraps_in_words)]
)
def test_the_browser_goes_round_as_often_as_python(in_browser, name, function) -> None:
    values = [(v,) for v in (-255, -1, 0, 44, 255, 256, 300, 511, 512, 65025)]
    assert in_browser("wraparound.js", name, values) == [function(*value) for value in values]


def test_the_browser_walks_the_same_way_as_python(in_browser) -> None:
    cases = random_sums(3)
    assert in_browser("wraparound.js", "dialArc", cases) == [
        list(dial_arc(*case)) for case in cases
    ]


def test_a_number_is_its_rounds_and_what_is_kept() -> None:
    values = range(-600, 70000, 7)
    assert all(256 * full_turns(value) + wrap(value) == value for value in values)


def test_a_walk_ends_on_the_number_that_is_kept() -> None:
    assert all(wrap(dial_arc(*case)[1]) == wrap(exact(*case)) for case in random_sums(4))


def test_a_walk_is_never_drawn_longer_than_three_rounds() -> None:
    assert dial_arc("multiply", 255, 255) == (65025 - 3 * 256, 65025)


def test_the_sentence_names_what_was_meant_and_what_is_kept() -> None:
    assert explore_wraparound(200, 100).sentence() == (
        "200 + 100 = 300, but uint8 has room for 0 to 255 only and keeps 44."
    )


def test_a_sum_that_fits_is_said_to_fit() -> None:
    assert explore_wraparound(100, 100).sentence() == "100 + 100 = 200, which fits into uint8."


def test_the_still_twin_says_which_way_the_sum_left_the_range() -> None:
    figure = Figure()
    explore_wraparound(20, 100, "subtract").draw(figure)
    assert "once down past 0" in [text.get_text() for text in figure.axes[0].texts]


def test_a_value_that_is_no_pixel_is_refused_with_its_limit() -> None:
    with pytest.raises(ValueError, match="must be a whole number from .*255.*; got"):
        explore_wraparound(first=256)


def test_an_unknown_operation_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"add.*subtract.*multiply"):
        explore_wraparound(operation="divide")


def test_a_sum_past_255_is_said_to_have_left_upwards() -> None:
    assert wraps_in_words(300) == "once up past 255"

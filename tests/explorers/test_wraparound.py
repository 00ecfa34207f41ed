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


TURNS = [(v,) for v in (-255, -1, 0, 44, 255, 256, 300, 511, 512, 65025)]


COMPARED = {
    wrap: [(int(v),) for v in np.random.default_rng(1).integers(-70000, 70000, size=300)],
    exact: random_sums(2),
    full_turns: TURNS,
    wraps_in_words: TURNS,
    dial_arc: random_sums(3),
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("wraparound.js", function, COMPARED[function])


def test_a_number_is_its_rounds_and_what_is_kept() -> None:
    values = range(-600, 70000, 7)
    assert all(256 * full_turns(value) + wrap(value) == value for value in values)


def test_a_walk_ends_on_the_number_that_is_kept() -> None:
    assert all(wrap(dial_arc(*case)[1]) == wrap(exact(*case)) for case in random_sums(4))


def test_a_walk_is_never_drawn_longer_than_three_rounds() -> None:
    assert dial_arc("multiply", 255, 255) == (65025 - 3 * 256, 65025)


def test_the_sentence_names_what_was_meant_and_what_is_kept() -> None:
    assert explore_wraparound(200, 100).sentence() == (
        "200 + 100 = 300, but uint8 can hold only 0 to 255 and keeps 44."
    )


def test_a_sum_that_fits_is_said_to_fit() -> None:
    assert explore_wraparound(100, 100).sentence() == "100 + 100 = 200, which fits in uint8."


def test_the_still_twin_says_which_way_the_sum_left_the_range() -> None:
    figure = Figure()
    explore_wraparound(20, 100, "subtract").draw(figure)
    assert "once down past 0" in [text.get_text() for text in figure.axes[0].texts]


def test_a_sum_past_255_is_said_to_have_left_upwards() -> None:
    assert wraps_in_words(300) == "once up past 255"

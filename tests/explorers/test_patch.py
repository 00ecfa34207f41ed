"""The explorer of lesson 00: nine pixels are nine numbers."""

from itertools import product

import pytest

from course_utils.explorers import explore_patch
from course_utils.explorers.patch import grey_name, patch_with


def test_the_browser_names_every_grey_as_python_does(in_browser) -> None:
    greys = [(value,) for value in range(256)]
    assert in_browser("patch.js", "greyName", greys) == [grey_name(*grey) for grey in greys]


def test_the_browser_paints_the_same_pixel_as_python(in_browser) -> None:
    cases = list(product(range(3), range(3), (0, 7, 255)))
    assert in_browser("patch.js", "patchWith", cases) == [patch_with(*c).tolist() for c in cases]


def test_only_the_chosen_pixel_changes() -> None:
    changed = patch_with(0, 2, 77) != patch_with(0, 2, 0)
    assert changed.sum() == 1
    assert changed[0, 2]


def test_the_sentence_says_where_what_and_the_mean() -> None:
    assert explore_patch(2, 0, 255).sentence() == (
        "The pixel in row 2, column 0 holds 255, which is white. "
        "The mean of the nine pixels is 170.2."
    )


@pytest.mark.parametrize("number", ["row", "column", "value"])
def test_a_number_below_its_range_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="must be a whole number from .*0.*; got"):
        explore_patch(**{number: -1})

"""The explorer of "Start here": nine pixels are nine numbers."""

from itertools import product

import pytest

from course_utils.explorers import explore_patch
from course_utils.explorers.patch import grey_name, patch_with

COMPARED = {
    grey_name: [(value,) for value in range(256)],
    patch_with: list(product(range(3), range(3), (0, 7, 255))),
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("patch.js", function, COMPARED[function])


def test_only_the_chosen_pixel_changes() -> None:
    changed = patch_with(0, 2, 77) != patch_with(0, 2, 0)
    assert changed.sum() == 1
    assert changed[0, 2]


def test_the_sentence_says_where_what_and_the_mean() -> None:
    assert explore_patch(2, 0, 255).sentence() == (
        "The pixel in row 2, column 0 holds 255, which is white. "
        "The mean of the nine pixels is 170.2."
    )

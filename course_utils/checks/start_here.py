"""What the practice exercise of "Start here" says."""

from collections.abc import Callable, Iterable
from typing import Any

from course_utils.checks.outcome import call, passed
from course_utils.checks.results import expect_equal

_PIXELS = ((4, 7, 28), (3, 3, 9), (28, 28, 784), (5, 2, 10))


def check_count_pixels(
    count_pixels: Callable[..., Any], cases: Iterable[tuple[int, int, int]] | None = None
) -> None:
    """Check the number of pixels of a grey picture.

    Parameters
    ----------
    count_pixels : callable
        The learner's: ``count_pixels(height, width)``.
    cases : iterable of (height, width, expected), optional
        The visible samples by default.

    Raises
    ------
    CheckError
        If a result is wrong, with the likely slip.

    Examples
    --------
    >>> check_count_pixels(lambda height, width: 56)
    Traceback (most recent call last):
    ...
    course_utils.checks.outcome.CheckError: count_pixels for height 4, width 7: expected 28, ...
    """
    for height, width, expected in cases or _PIXELS:
        received = call(count_pixels, height, width)
        hint = ""
        if _is(received, height + width):
            hint = "You added height and width: that counts one column and one row."
        elif _is(received, 3 * expected):
            hint = "That is three numbers a pixel, as in a colour picture. Grey needs one."
        elif _is(received, 784):
            hint = "784 is right for 28 by 28 only. Use the height and width that come in."
        elif _is(received, height * height) or _is(received, width * width):
            hint = "Not every picture is square: use both numbers."
        elif _is(received, (height - 1) * (width - 1)):
            hint = "A row and a column are missing: rows 0 to 3 are four rows."
        expect_equal("count_pixels", received, expected, f"height {height}, width {width}", hint)
    passed("count_pixels", cases)


def _is(received: Any, value: int) -> bool:
    """Whether a result is this number, whatever type it has."""
    try:
        return bool(received == value)
    except ValueError:  # an array has no single truth
        return False

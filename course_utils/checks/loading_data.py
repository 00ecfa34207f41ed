"""Checks of the exercises on loading data."""

import contextlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks._loading_data_slips import (
    brightness_slip,
    channel_slip,
    count_slip,
    description_slip,
    pixel_slip,
)
from course_utils.checks.hold_out import check_hold_out_classes, check_hold_out_pairs
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import expect_equal, expect_numbers, expect_shape

__all__ = [
    "check_add_channel_axis",
    "check_brighten_limits",
    "check_brighten_range",
    "check_class_counts",
    "check_describe_images",
    "check_hold_out_classes",
    "check_hold_out_pairs",
]

Cases = Sequence[tuple[Any, ...]]

#: NumPy's objection to a negative amount.
_NO_PLACE = {
    "OverflowError": "uint8 has no place for a number below 0 or above 255, so it cannot hold "
    "every amount. Have the pixels room when you calculate?"
}


def check_describe_images(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `describe_images`: how many images, how high, how wide, how many features.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (images, expected), optional
        Without it, the visible samples.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    samples = [
        (np.zeros((5, 4, 3), np.uint8), (5, 4, 3, 12)),
        (np.zeros((7, 2, 3), np.uint8), (7, 2, 3, 6)),
        (np.zeros((1, 4, 3), np.uint8), (1, 4, 3, 12)),
    ]
    for images, expected in samples if cases is None else cases:
        what = "four numbers (n_images, height, width, n_features)"
        received = _numbers("describe_images", call(function, images), what)
        if np.shape(received) != (4,):
            raise CheckError(f"describe_images: expected {what}, received {show(received)}.")
        hint = description_slip(received, expected)
        expect_equal("describe_images", received, expected, f"images of shape {images.shape}", hint)
    passed("describe_images", cases)


def check_brighten_range(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `brighten` where every result fits into uint8.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (images, amount, expected), optional
        Without it, the visible samples.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    pixels = np.array([[[10, 20, 30], [40, 50, 60]]], np.uint8)
    samples = [
        (pixels, 5, [[[15, 25, 35], [45, 55, 65]]]),
        (pixels, -10, [[[0, 10, 20], [30, 40, 50]]]),
    ]
    for images, amount, expected in samples if cases is None else cases:
        result = call(function, images, amount, hints=_NO_PLACE)
        received = _numbers("brighten", result)
        _expect_brighter(images, amount, received, np.asarray(expected))
        if getattr(received, "dtype", None) != np.uint8:
            kind = getattr(received, "dtype", type(received).__name__)
            raise CheckError(
                f"brighten: expected an array of dtype uint8, received {kind}. The values are "
                "right. Images stay uint8, because whatever comes next expects 0 to 255 in one "
                "byte: turn them back when they fit again."
            )
    passed("brighten", cases)


def check_brighten_limits(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `brighten` where results go above 255 or below 0. Any dtype is accepted here.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (images, amount, expected), optional
        Without it, the visible samples.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    images = np.array([[[0, 100, 200], [250, 255, 30]]], np.uint8)
    samples = [
        (images, 100, [[[100, 200, 255], [255, 255, 130]]]),
        (images, -50, [[[0, 50, 150], [200, 205, 0]]]),
    ]
    for given, amount, expected in samples if cases is None else cases:
        result = call(function, given, amount, hints=_NO_PLACE)
        received = _numbers("brighten", result)
        _expect_brighter(given, amount, received, np.asarray(expected))
    passed("brighten", cases)


def _expect_brighter(
    images: NDArray[np.uint8], amount: int, received: Any, expected: NDArray[Any]
) -> None:
    """Compare values, and name the slip that leads to others."""
    expect_shape("brighten", received, images.shape, "Brightening changes values, never the shape.")
    got = np.asarray(received).astype(np.float64)
    if not np.array_equal(got, expected):
        hint = brightness_slip(images, amount, got, expected)
        expect_equal("brighten", received, expected, f"{show(images)} and {amount}", hint)


def check_add_channel_axis(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `add_channel_axis`: the same pixels with one more axis at the end.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (images, expected), optional
        Without it, the visible samples.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    images = np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]], np.uint8)
    sample = [
        [[[1], [2], [3]], [[4], [5], [6]]],
        [[[7], [8], [9]], [[10], [11], [12]]],
    ]
    for given, expected in [(images, sample)] if cases is None else cases:
        received = np.asarray(_numbers("add_channel_axis", call(function, given)))
        hint = channel_slip(given, received)
        expect_shape("add_channel_axis", received, (*given.shape, 1), hint)
        hint = pixel_slip(given, received)
        expect_equal("add_channel_axis", received, expected, show(given), hint)
    passed("add_channel_axis", cases)


def check_class_counts(function: Callable[..., Any], cases: Cases | None = None) -> None:
    """Check `class_counts`: how many labels of each class, of absent classes too.

    Parameters
    ----------
    function : callable
        The learner's.
    cases : sequence of (labels, n_classes, expected), optional
        Without it, the visible samples.

    Raises
    ------
    CheckError
        If a result is wrong; the message names the likely slip.
    """
    samples = [
        (np.array([2, 0, 2, 2], np.uint8), 4, [1, 0, 3, 0]),
        (np.array([1] * 300 + [0] * 20, np.uint8), 2, [20, 300]),
    ]
    for labels, n_classes, expected in samples if cases is None else cases:
        received = call(function, labels, n_classes)
        wanted = np.asarray(expected)
        if isinstance(received, dict):
            raise CheckError(
                f"class_counts: expected {n_classes} counts in a row, received the dict "
                f"{show(received)}. The place in the row says the class."
            )
        what = f"{n_classes} counts in an array or a list"
        received = _numbers("class_counts", received, what)
        hint = count_slip(labels, np.asarray(received), wanted)
        short = f"{show(labels)}, n_classes={n_classes}"
        expect_equal("class_counts", received, wanted, short, hint)
    passed("class_counts", cases)


def _numbers(name: str, received: Any, what: str = "an array of numbers") -> Any:
    """Demand numbers in straight rows, and hand them on as they are."""
    with contextlib.suppress(TypeError, ValueError):  # no numbers, or lists of unequal lengths
        array = np.asarray(received)
        if array.dtype == object and array.ndim:  # whole numbers may come in such an array too
            received = array.astype(np.float64)
    expect_numbers(name, received, what)
    return received

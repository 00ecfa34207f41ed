"""Checks of the exercises on loading data."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks.hold_out import check_hold_out_classes, check_hold_out_pairs
from course_utils.checks.outcome import (
    CheckError,
    call,
    expect_equal,
    expect_shape,
    passed,
    show,
)

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
        (np.zeros((7, 2, 3), np.uint8), (7, 2, 3, 6)),
        (np.zeros((1, 4, 3), np.uint8), (1, 4, 3, 12)),
    ]
    for images, expected in samples if cases is None else cases:
        received = _numbers("describe_images", call(function, images))
        if np.shape(received) != (4,):
            raise CheckError(
                "describe_images: expected four numbers (n_images, height, width, n_features), "
                f"received {show(received)}."
            )
        n_images, height, width, _ = expected
        hint = ""
        if tuple(received) in ((7, 2, 3, 6), (60000, 28, 28, 784)):
            hint = "These are fixed numbers. Read them from the shape of whatever is passed in."
        elif tuple(received[1:3]) == (width, height) and height != width:
            hint = (
                "Height and width are swapped: NumPy counts rows first, so the height comes first."
            )
        elif received[3] == n_images * height * width:
            hint = (
                "You counted the pixels of all the images together. n_features is what describes "
                "one image."
            )
        elif received[3] == n_images:
            hint = (
                "You counted images as features. An image is one sample; its features are its "
                "pixels."
            )
        elif received[3] == height + width:
            hint = "Rows and columns do not add up: each row has `width` pixels."
        elif received[3] in (height, width):
            hint = "You counted one axis only; the features run over rows and columns."
        expect_equal("describe_images", received, expected, f"images of shape {images.shape}", hint)
    if cases is None:
        passed("describe_images")


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
    samples = [
        (np.array([[[10, 20, 30], [40, 50, 60]]], np.uint8), 5, [[[15, 25, 35], [45, 55, 65]]])
    ]
    for images, amount, expected in samples if cases is None else cases:
        received = _numbers("brighten", call(function, images, amount))
        _expect_brighter(images, amount, received, np.asarray(expected))
        if getattr(received, "dtype", None) != np.uint8:
            kind = getattr(received, "dtype", type(received).__name__)
            raise CheckError(
                f"brighten: expected an array of dtype uint8, received {kind}. The values are "
                "right. Images stay uint8, because whatever comes next expects 0 to 255 in one "
                "byte: turn them back when they fit again."
            )
    if cases is None:
        passed("brighten")


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
        received = _numbers("brighten", call(function, given, amount))
        _expect_brighter(given, amount, received, np.asarray(expected))
    if cases is None:
        passed("brighten")


def _expect_brighter(
    images: NDArray[np.uint8], amount: int, received: Any, expected: NDArray[Any]
) -> None:
    """Compare values, and name the slip that leads to others."""
    expect_shape("brighten", received, images.shape, "Brightening changes values, never the shape.")
    got = np.asarray(received).astype(np.float64)
    roomy = images.astype(np.int64) + amount
    wrapped = roomy % 256
    hint = ""
    if np.array_equal(got, expected):
        return
    if np.array_equal(got, images):
        hint = "These are the images as they came: nothing was added."
    elif amount < 0 and np.array_equal(got, wrapped):
        hint = "A sum below 0 wrapped around. Darkening has a limit too."
    elif np.array_equal(got, wrapped):
        hint = (
            "The sum wrapped around: uint8 goes from 255 on to 0. np.clip after the sum comes too "
            "late; the sum itself needs a dtype with room."
        )
    elif np.array_equal(got, roomy):
        hint = "The sum left the range of a pixel: below 0 is black, above 255 is white."
    elif np.array_equal(got, np.clip(images * (1 + amount / 255), 0, 255).astype(np.uint8)):
        hint = "You multiplied. Brightening adds the same amount to each pixel, black ones too."
    elif got.min() == got.max():
        hint = "Every pixel is the same. Does the result depend on the images?"
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
        received = _numbers("add_channel_axis", call(function, given))
        shape, got = given.shape, np.shape(received)
        hint = ""
        if got == shape:
            hint = (
                "There is no channel axis. Grey images need none to be stored, but a convolution "
                "asks for one."
            )
        elif got == (1, *shape):
            hint = "The new axis is in front, where the batch is counted. The channel comes last."
        elif got == (shape[0], 1, *shape[1:]):
            hint = "The new axis stands before rows and columns. Keras expects the channel last."
        elif got == (*shape, 3):
            hint = "Three channels are red, green and blue. A grey image has one."
        elif got == (*shape[1:], 1) or got == (shape[0], shape[1] * shape[2], 1):
            hint = "An axis is lost. All images, rows and columns stay; one axis is added."
        elif got == (*shape[::-1][:2], shape[0], 1) or got == (shape[0], shape[2], shape[1], 1):
            hint = "Rows and columns have changed places. Only an axis is added; none moves."
        elif got[1:] == (28, 28, 1):
            hint = "28 is fixed in it. Use the shape of the images that are passed in."
        expect_shape("add_channel_axis", received, (*shape, 1), hint)
        hint = (
            "The shape is right, but the pixels are not where they were: reshape only refills, "
            "it does not move axes. Each pixel keeps its image, row and column."
        )
        if not np.any(received):
            hint = "The shape is right, but every pixel is 0. Where have the images gone?"
        expect_equal("add_channel_axis", received, expected, show(given), hint)
    if cases is None:
        passed("add_channel_axis")


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
        got = np.asarray(_numbers("class_counts", received))
        hint = ""
        if (
            got.shape == (2, (wanted > 0).sum())
            or got.shape == ((wanted > 0).sum(),) != wanted.shape
        ):
            hint = (
                "It has only the classes seen in these labels. A class that is missing here has "
                "the count 0 and keeps its place."
            )
        elif got.shape == (int(labels.max()) + 1,) != wanted.shape:
            hint = "It ends at the greatest label seen; the classes after it have the count 0."
        elif got.shape == wanted.shape:
            if np.array_equal(got, wanted % 256):
                hint = "A count went past 255 and wrapped around: your counts are kept in uint8."
            elif np.allclose(got.astype(np.float64), wanted / len(labels)):
                hint = "These are shares. Counts were asked for."
            elif np.array_equal(got, wanted * np.arange(n_classes)):
                hint = (
                    "You added the labels up. A label is a name: each image counts as 1, "
                    "whichever class it is."
                )
            elif np.array_equal(got, wanted > 0):
                hint = "This says whether a class occurs, not how often."
            elif not got.any():
                hint = "All counts are 0. Do you count inside the loop?"
        short = f"{show(labels)}, n_classes={n_classes}"
        expect_equal("class_counts", received, wanted, short, hint)
    if cases is None:
        passed("class_counts")


def _numbers(name: str, received: Any) -> Any:
    """Demand numbers in straight rows, and hand them on as they are."""
    try:
        numeric = np.asarray(received).dtype.kind in "biuf"
    except ValueError:  # lists of unequal lengths
        numeric = False
    if not numeric:
        raise CheckError(f"{name}: expected numbers, received {show(received)}.")
    return received

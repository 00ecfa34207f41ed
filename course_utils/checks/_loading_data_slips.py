"""The likely slips in the exercises on loading data: what a wrong result tells about its making."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

_FIXED = ((7, 2, 3, 6), (60000, 28, 28, 784))


def description_slip(received: Any, expected: tuple[int, ...]) -> str:
    """Name the slip behind four wrong numbers of `describe_images`."""
    n_images, height, width, n_features = expected
    *shape, features = (float(number) for number in received)
    if tuple(received) in _FIXED:
        return "These are fixed numbers. Read them from the shape of whatever is passed in."
    if shape == [n_images, width, height] and height != width:
        return "Height and width are swapped: NumPy counts rows first, so the height comes first."
    if shape == [height, width, n_images]:
        return "Axis 0 counts the images, so their number comes first."
    slips = (
        (
            n_images * n_features,
            "You counted the pixels of all the images together. n_features is "
            "what describes one image.",
        ),
        (n_images, "You counted images as features. The features of an image are its pixels."),
        (height + width, "Rows and columns do not add up: each row has `width` pixels."),
        (height, "You counted one axis only; the features run over rows and columns."),
        (width, "You counted one axis only; the features run over rows and columns."),
        (3 * n_features, "Three numbers a pixel are for colour. These images are grey."),
        (784, "784 is right for 28 by 28 only. Use the height and width that come in."),
        (height**2, "Not every image is square: use height and width."),
        (width**2, "Not every image is square: use height and width."),
        (2, "How many axes an image has is not how many numbers it holds."),
    )
    return next((hint for value, hint in slips if features == value != n_features), "")


def brightness_slip(
    images: NDArray[np.uint8], amount: int, got: NDArray[Any], expected: NDArray[Any]
) -> str:
    """Name the slip behind wrong pixels of `brighten`. All four are of one shape."""
    roomy = images.astype(np.int64) + amount
    wrapped = roomy % 256
    slips = (
        (images, "These are the images as they came: nothing was added."),
        (wrapped, "A sum below 0 wrapped around. Darkening has a limit too.")
        if amount < 0
        else (wrapped, "The sum wrapped around: uint8 goes from 255 on to 0. np.clip after the "
              "sum comes too late; the sum itself needs a dtype with room."),
        (roomy, "The sum left the range of a pixel: below 0 is black, above 255 is white."),
        (np.clip(roomy, 0, 256) % 256, "One limit is one too high: 255 is the greatest value, "
         "and 256 wraps around to 0."),
        (np.clip(images * (1 + amount / 255), 0, 255).astype(np.uint8), "You multiplied. "
         "Brightening adds the same amount to each pixel, black ones too."),
        (np.clip(images.astype(np.int64) + abs(amount), 0, 255), "The images became brighter. A "
         "negative amount makes them darker."),
        (np.array([[[15, 25, 35], [45, 55, 65]]]), "This is the answer to another case. Does your "
         "result depend on the images and on the amount?"),
    )  # fmt: skip
    for result, hint in slips:
        if np.array_equal(got, result):
            return hint
    if got.min() == got.max():
        return "Every pixel is the same. Does the result depend on the images?"
    if np.abs(got - expected).max() <= 1:
        return (
            "Some pixels are off by one: astype cuts off what stands behind the point. Whole "
            "numbers are added without dividing first."
        )
    where = tuple(np.argwhere(got != expected)[0])
    return f"The pixel there was {images[where]}. Go through your steps with this one by hand."


def channel_slip(images: NDArray[Any], received: NDArray[Any]) -> str:
    """Name the slip behind a wrong shape of `add_channel_axis`."""
    shape, got = images.shape, received.shape
    n_images, height, width = shape
    slips = {
        shape: "There is no channel axis. Grey images need none to be stored, but a convolution "
        "asks for one.",
        (1, *shape): "The new axis is in front, where the batch is counted. The channel comes "
        "last.",
        (n_images, 1, height, width): "The new axis stands before rows and columns. Keras expects "
        "the channel last.",
        (n_images, height, 1, width): "The new axis stands between rows and columns. The channel "
        "comes last.",
        (*shape, 3): "Three channels are red, green and blue. A grey image has one.",
        (*shape, 1, 1): "That is one axis too many.",
        (width, height, n_images, 1): "The axes have changed places. Only an axis is added; none "
        "moves.",
        (n_images, width, height, 1): "Rows and columns have changed places. Only an axis is "
        "added; none moves.",
        (height, width, 1): "An axis is lost. All images stay; one axis is added.",
        (n_images, height * width, 1): "An axis is lost. Rows and columns stay; one axis is added.",
    }
    if got in slips:
        return slips[got]
    if got[1:] == (28, 28, 1):
        return "28 is fixed in it. Use the shape of the images that are passed in."
    if got == (4,) and tuple(received) == (*shape, 1):
        return "This is the shape as four numbers. The images themselves were asked for."
    return ""


def pixel_slip(images: NDArray[Any], received: NDArray[Any]) -> str:
    """Name the slip behind wrong pixels of `add_channel_axis`, whose shape is right."""
    if not received.any():
        return "The shape is right, but every pixel is 0. Where have the images gone?"
    if np.array_equal(np.sort(received, axis=None), np.sort(images, axis=None)):
        return (
            "The shape is right, but the pixels are not where they were: reshape only refills, "
            "it does not move axes. Each pixel keeps its image, row and column."
        )
    return "The shape is right, but the pixels hold other values. Only an axis is added."


def count_slip(labels: NDArray[Any], got: NDArray[Any], wanted: NDArray[Any]) -> str:
    """Name the slip behind wrong counts of `class_counts`."""
    n_seen, n_classes = int((wanted > 0).sum()), len(wanted)
    if got.shape == wanted.shape:
        return _count_slip_in_place(labels, got.astype(np.float64), wanted)
    if got.shape in ((2, n_seen), (n_seen,)):
        return (
            "It has only the classes seen in these labels. A class that is missing here has the "
            "count 0 and keeps its place."
        )
    if got.shape == (int(labels.max()) + 1,):
        return "It ends at the greatest label seen; the classes after it have the count 0."
    if got.shape == (n_classes + 1,):
        return "That is one place too many: labels start at 0 and end at n_classes - 1."
    if got.shape == (n_classes, 2):
        return "These are pairs. The place in the row says the class; the count alone stands there."
    if got.shape == ():
        return "That is one number. Each class needs a count of its own."
    return "There should be one row, with a count for each of the `n_classes` classes."


def _count_slip_in_place(labels: NDArray[Any], got: NDArray[Any], wanted: NDArray[Any]) -> str:
    """Name the slip where there are as many counts as classes."""
    slips = (
        (wanted % 256, "A count went past 255 and wrapped around: your counts are kept in uint8."),
        (wanted / len(labels), "These are shares. Counts were asked for."),
        (wanted * np.arange(len(wanted)), "You added the labels up. A label is a name: each image "
         "counts as 1, whichever class it is."),
        (wanted > 0, "This says whether a class occurs, not how often."),
        (np.zeros(len(wanted)), "All counts are 0. Do you count inside the loop?"),
        (np.append(wanted[1:], 0), "Each count stands one place too early: classes start at 0."),
        (labels, "These are the labels as they came."),
    )  # fmt: skip
    for result, hint in slips:
        if result.shape == got.shape and np.allclose(got, result):
            return hint
    if np.array_equal(np.sort(got), np.sort(wanted)):
        return "These counts are right, but in other places: place k belongs to label k."
    return ""

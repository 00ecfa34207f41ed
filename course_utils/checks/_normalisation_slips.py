"""Known slips of the exercises on normalisation: what each gives, and how to name it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _normalisation_samples as samples
from course_utils.checks._slips import ZERO, Slips, lazy

_UNCHANGED = "You returned the images unchanged."
_ONE_LONG_ROW = "All images stand in one long row. Keep one row for each image."
_SWAPPED_AXES = "Rows and columns are swapped: an image is a row here, not a column."
_RESHAPED = "reshape is not transpose: each row here mixes pixels of several images."
_NO_ROOM = "Whole numbers have no room for 0.2: // and uint8 cut it off."
_SWAPPED_PAIR = "Mean and standard deviation are swapped: the mean comes first."
_SCALED_FIRST = "You divided by 255 first. Measure the grey values as they are."
_VARIANCE = "That is the variance. Its square root is the standard deviation."
_WRAPPED = "It wrapped around: uint8 holds 0 to 255 only. Change to float first."
_CUT_OFF = "astype(np.uint8) cuts off: 6.9999 becomes 6. Round first."
_UP = "You rounded up. Round to the nearest whole number."
_WRONG_ORDER = "You undid the steps in the wrong order: undo the last step first."
_NO_MEAN = "You multiplied by std, but did not add the mean."
_MNIST_MEAN, _MNIST_STD = 33.318421449829934, 78.56748998339798  # in the lesson's own outputs
_MNIST = "Those are MNIST's mean and std. Use those of the arguments."
_ROUNDED = "You rounded. Return the number with all its digits."
NOT_NUMBER = "A std of 0 gives 0 / 0. Add 1e-10 to std before you divide."


def unroll_slips(images: NDArray[Any]) -> Slips:
    """List what the known slips would make of these images."""
    n = len(images)
    return [
        ("You laid it out column by column.", images.transpose(0, 2, 1).reshape(n, -1)),
        (_RESHAPED, images.reshape(-1, n).T),
        (_SWAPPED_AXES, images.reshape(-1, n)),
        (_SWAPPED_AXES, images.reshape(n, -1).T),
        (_ONE_LONG_ROW, images.ravel()),
        ("You cut between rows, not between images.", images.reshape(-1, images.shape[2])),
        ("That is the shape alone. Return the array itself.", (n, images[0].size)),
        ("Each row stands in a list of its own: one axis too many.", images.reshape(n, 1, -1)),
        ("You laid it out from the last pixel to the first.", images.reshape(n, -1)[:, ::-1]),
        ("You scaled the pixels as well. Unrolling changes their places, not their values.",
         images.reshape(n, -1) / 255),
        *_lazy(images, images.reshape(n, -1).shape, [case[1] for case in samples.UNROLL]),
    ]  # fmt: skip


def unit_slips(images: NDArray[Any]) -> Slips:
    """List what the known slips would make of these images."""
    pixels = images.astype(np.float64)
    least, greatest = pixels.min(), pixels.max()
    fixed = "The ruler is fixed: 255 for all images."
    return [
        (f"Every value is 0. {_NO_ROOM}", np.zeros(images.shape)),
        (_NO_ROOM, pixels // 255),
        (
            "You divided by the largest value of these images, so dark images become as bright "
            f"as light ones. {fixed}",
            pixels / greatest,
        ),
        (
            f"You stretched these images between their own least and largest value. {fixed}",
            (pixels - least) / (greatest - least),
        ),
        ("You divided by 256. There are 256 values, but the last one is 255.", pixels / 256),
        (
            f"You divided by 255 twice: the largest value is {greatest / 255**2:.4f}.",
            pixels / 255**2,
        ),
        (
            "That is standardising, which is another ruler. Here 255 becomes 1.",
            _by(pixels, pixels),
        ),
        ("Black and white are exchanged: 0 stays 0.", 1 - pixels / 255),
        ("That ruler runs from −1 to 1. Here 0 stays 0.", pixels / 127.5 - 1),
        ("You multiplied by 255. Divide.", pixels * 255),
        ("You divided by the sum of the pixels. " + fixed, pixels / pixels.sum()),
        *_lazy(images, images.shape, [case[1] for case in samples.TO_UNIT]),
    ]


def mean_slips(images: NDArray[Any], mean: float, std: float) -> Slips:
    """List what the known slips would measure as the mean."""
    lit = images[images > 0]
    return [
        (ZERO, 0.0),
        (_SWAPPED_PAIR, std),
        ("That is the mean of the first image. Measure all images.", images[0].mean()),
        ("That is the median, the value in the middle. The mean is asked for.", np.median(images)),
        (_ROUNDED, round(mean)),
        ("That is half of the largest value, not the mean.", images.max() / 2),
        (_SCALED_FIRST, mean / 255),
        ("You left out the black pixels. They count as well.", lit.mean() if lit.size else 0),
        ("That is MNIST's mean. Measure the images that you are given.", _MNIST_MEAN),
        *lazy((), [case[1] for case in samples.FIT_SCALER]),
    ]


def std_slips(images: NDArray[Any], mean: float, std: float) -> Slips:
    """List what the known slips would measure as the standard deviation."""
    lit = images[images > 0]
    distances = np.abs(images.astype(np.float64) - mean)
    apart = "You averaged the stds of parts. Measure all pixels of all images together."
    reach = float(images.max()) - float(images.min())
    return [
        (ZERO, 0.0),
        ("That is the std of the first image. Measure all images.", images[0].std()),
        (apart, images.std(axis=(1, 2)).mean()),
        (apart, images.std(axis=0).mean()),
        (_ROUNDED, round(std)),
        (_VARIANCE, std**2),
        (_WRAPPED, np.sqrt((images * images).mean() - mean**2)),
        (_WRAPPED, np.sqrt(((images - np.uint8(mean)) ** 2).mean())),
        (_SWAPPED_PAIR, mean),
        (_SCALED_FIRST, std / 255),
        (
            "You divided by one less than the number of pixels (ddof=1). Divide by all of them.",
            std * np.sqrt(images.size / (images.size - 1)),
        ),
        ("You left out the black pixels. They count as well.", lit.std() if lit.size else 0),
        ("That is the mean distance from the mean. Square distances first.", distances.mean()),
        ("That is the range, greatest minus least value. The std measures all pixels.", reach),
        ("That is half the range. The std measures all pixels, not two of them.", reach / 2),
        ("That is MNIST's std. Measure the images that you are given.", _MNIST_STD),
        *lazy((), [case[2] for case in samples.FIT_SCALER]),
    ]


def standardise_slips(images: NDArray[Any], mean: float, std: float) -> Slips:
    """List what the known slips would make of these images."""
    pixels = images.astype(np.float64)
    divisor = std + 1e-10
    return [
        *_lazy(images, images.shape, [case[3] for case in samples.STANDARDISE]),
        (
            "You measured these images again (a refit). Use the mean and std that are given: "
            "they come from the training images.",
            _by(pixels, pixels),
        ),
        ("You divided first: brackets are missing.", pixels / divisor - mean),
        ("You divided the mean alone: brackets are missing.", pixels - mean / divisor),
        ("You divided by the variance, not by std.", (pixels - mean) / (std**2 + 1e-10)),
        ("You subtracted the mean, but did not divide by std.", pixels - mean),
        ("You divided by std, but did not subtract the mean.", pixels / divisor),
        ("That is division by 255. Use the mean and std that are given.", pixels / 255),
        (
            "You divided by 255 as well: scaled twice. mean and std are in grey values.",
            (pixels / 255 - mean) / divisor,
        ),
        (_WRAPPED, (images - np.uint8(mean)) / divisor),
        (
            "You cut off what is below 0. Negative values are meant to be there: such pixels are "
            "darker than the mean.",
            np.maximum((pixels - mean) / divisor, 0),
        ),
        ("The sign is turned round: subtract the mean from the pixels.", (mean - pixels) / divisor),
        ("You dropped the signs: darker than the mean is negative.", abs(pixels - mean) / divisor),
        ("You added the mean. Subtract it.", (pixels + mean) / divisor),
        ("Mean and std have changed places.", (pixels - std) / (mean + 1e-10)),
        ("You multiplied by std. Divide by it.", (pixels - mean) * divisor),
        ("You took the square root of std. It is one already.", (pixels - mean) / divisor**0.5),
        ("You cut off the fractions. Keep them.", np.trunc((pixels - mean) / divisor)),
        (_MNIST, (pixels - _MNIST_MEAN) / _MNIST_STD),
    ]


def prepare_slips(part: str, case: samples.Case) -> Slips:
    """List what the known slips would make of the training or of the test images."""
    which = 0 if part == "train" else 1
    train, test = (images.astype(np.float64) for images in case[:2])
    own = (train, test)[which]
    both = np.concatenate([train.ravel(), test.ravel()])
    if part == "train":
        refit = "You fitted on the test images. Fit on the training images alone."
    else:
        refit = (
            "You fitted again on the test images (a refit). Use the training images' mean and "
            "std for both."
        )
    return [
        (
            "Leakage: you fitted on training and test images together. Fit on the training "
            "images alone.",
            _by(own, both),
        ),
        (refit, _by(own, test)),
        (
            f"The {part} images are not scaled. A network needs all images on one ruler. (Or did "
            "you measure mean and std after you had overwritten train_images?)",
            own,
        ),
        (
            "The mean comes from the training images, the std from the test images. Both come "
            "from the training images.",
            (own - train.mean()) / (test.std() + 1e-10),
        ),
        (
            "The mean comes from the test images, the std from the training images. Both come "
            "from the training images.",
            (own - test.mean()) / (train.std() + 1e-10),
        ),
        ("You subtracted the mean, but did not divide by std.", own - train.mean()),
        ("You divided by the variance, not by std.", (own - train.mean()) / (train.var() + 1e-10)),
        (
            "You measured each image alone. Measure all training images together, once.",
            np.stack([_by(image, image) for image in own]),
        ),
        (_MNIST, (own - _MNIST_MEAN) / _MNIST_STD),
        ("That is division by 255. Standardise, by the training images.", own / 255),
        (
            "Scaled twice: divided by 255, then standardised by grey values.",
            _by(own / 255, train),
        ),
        (
            "Scaled twice: what was standardised was standardised again.",
            _by(_by(own, train), train),
        ),
        (
            "You measured each pixel position alone. Measure all pixels together.",
            (own - train.mean(axis=0)) / (train.std(axis=0) + 1e-10),
        ),
        (
            f"Those are the {'test' if part == 'train' else 'training'} images, scaled. Are the "
            "two swapped? The training images come first.",
            case[3 - which],
        ),
        *_lazy(own, own.shape, [sample[2 + which] for sample in samples.PREPARE]),
    ]


def undo_slips(scaled: NDArray[Any], mean: float, std: float) -> Slips:
    """List what the known slips would make of these standardised images."""
    wide = scaled.astype(np.float64)
    exact, wrong_order = wide * std + mean, (wide + mean) * std
    return [
        *_lazy(scaled, scaled.shape, [case[3] for case in samples.UNDO]),
        (_CUT_OFF, (scaled * np.float32(std) + np.float32(mean)).astype(np.uint8)),
        (_CUT_OFF, exact.astype(np.uint8)),
        ("Round: grey values are whole numbers.", exact),
        *_greys(_UP, np.ceil(exact)),  # wrapped as well: a hair above 255 becomes 0
        *_greys(_UP, np.ceil(scaled * np.float32(std) + np.float32(mean))),
        (_WRONG_ORDER, wrong_order),
        (_WRONG_ORDER, np.rint(wrong_order)),
        (_WRONG_ORDER, np.rint(wrong_order).astype(np.int64).astype(np.uint8)),
        (_NO_MEAN, wide * std),
        (_NO_MEAN, np.rint(wide * std).astype(np.int64).astype(np.uint8)),
        (
            "You standardised once more: scaled twice. Undo means the other way round.",
            (wide - mean) / (std + 1e-10),
        ),
        ("Every value is the mean, whatever the pixel.", np.full(scaled.shape, np.rint(mean))),
        *_greys("You subtracted the mean. Undo its subtraction: add it.", wide * std - mean),
        *_greys("Mean and std have changed places.", wide * mean + std),
        *_greys("You divided by std. Undo the division: multiply.", wide / std + mean),
        *_greys("That undoes a division by 255. Use mean and std.", wide * 255),
        *_greys(_MNIST, wide * _MNIST_STD + _MNIST_MEAN),
        *_greys("You measured `scaled` itself. Use mean and std.", wide * wide.std() + wide.mean()),
        *_greys("You rounded too early. Round last.", np.rint(wide) * std + mean),
        ("Every value is 1 too high.", np.rint(exact) + 1),
    ]


def _greys(hint: str, values: NDArray[Any]) -> Slips:
    """List a slip with fractions, rounded, and wrapped into uint8."""
    rounded = np.rint(values)
    return [(hint, values), (hint, rounded), (hint, rounded.astype(np.int64).astype(np.uint8))]


def _by(images: NDArray[Any], fitted: NDArray[Any]) -> NDArray[Any]:
    """Standardise images by the mean and standard deviation of others."""
    return (images - fitted.mean()) / (fitted.std() + 1e-10)


def _lazy(unchanged: Any, shape: tuple[int, ...], answers: Sequence[Any]) -> Slips:
    """List what comes of no calculation at all, the argument as it came included."""
    return [(_UNCHANGED, unchanged), *lazy(shape, answers)]

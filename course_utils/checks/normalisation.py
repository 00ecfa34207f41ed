"""The checks of the exercises on normalisation: what is asked, known slips, and what is said."""

from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Numbers, Slips, is_numeric, lazy
from course_utils.checks.forms import one_number, pair

_OFFSET = 1e-10  # as the exercises ask for
_MNIST_MEAN, _MNIST_STD = 33.318421449829934, 78.56748998339798  # in the lesson's own outputs

_UNCHANGED = "You returned the images unchanged."
_WRAPPED = "It wrapped around: uint8 holds 0 to 255 only. Change to float first."
_MNIST = "Those are MNIST's mean and std. Use those of the arguments."
_NOT_NUMBER = "A std of 0 gives 0 / 0. Add 1e-10 to std before you divide."
_NOT_BY_STD = "You subtracted the mean, but did not divide by std."
_BY_VARIANCE = "You divided by the variance, not by std."

_IN_PLACE = {
    "Cannot cast ufunc": "An operator such as /= writes into the argument, and its uint8 has no "
    "room for fractions. Give the result a name of its own."
}


def _grey(values: list[Any]) -> Numbers:
    return np.array(values, np.uint8)


def _by(images: Numbers, fitted: Numbers) -> Numbers:
    """Standardise images by the mean and standard deviation of others."""
    return (images - fitted.mean()) / (fitted.std() + _OFFSET)


# unroll -----------------------------------------------------------------------------------------

_TWO_IMAGES = _grey([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]])
#: images, expected
_SQUARES: list[Case] = [(_TWO_IMAGES, np.array([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]))]

#: The first fits a function for images of 28 × 28 only.
_LENGTHS = {
    r"into shape .*\b784\b": "Your function is tied to 28 × 28 pixels. Take height and width from "
    "the shape of the images.",
    "into shape": "Take all three lengths from the shape of the images. They may differ.",
}


def _unroll_slips(images: Numbers, rows: Any) -> Slips:
    n = len(images)
    return [
        ("You laid it out column by column.", images.transpose(0, 2, 1).reshape(n, -1)),
        ("reshape is not transpose: each row here mixes pixels of several images.",
         images.reshape(-1, n).T),
        ("Rows and columns are swapped: an image is a row here, not a column.",
         images.reshape(-1, n), rows.T),
        ("All images stand in one long row. Keep one row for each image.", images.ravel()),
        ("You cut between rows, not between images.", images.reshape(-1, images.shape[2])),
        ("That is the shape alone. Return the array itself.", rows.shape),
        ("Each row stands in a list of its own: one axis too many.", rows[:, None]),
        ("You laid it out from the last pixel to the first.", rows[:, ::-1]),
        ("You scaled the pixels as well. Unrolling changes their places, not their values.",
         rows / 255),
        (_UNCHANGED, images),
        *lazy(rows.shape, [case[1] for case in _SQUARES]),
    ]  # fmt: skip


check_unroll_shape = Check(
    "unroll(images)",
    _SQUARES,
    _unroll_slips,
    part="the shape",
    shape_only="The first axis counts images; the second has a place for each pixel.",
    meanings=_LENGTHS,
)
check_unroll_values = check_unroll_shape.then("the order of the pixels", shape_only="")

# to_unit ----------------------------------------------------------------------------------------

#: images, expected
_UNITS: list[Case] = [
    (_grey([[[0, 51], [102, 255]]]), np.array([[[0.0, 0.2], [0.4, 1.0]]])),
    (_grey([[[51, 102, 153]]]), np.array([[[0.2, 0.4, 0.6]]])),
]

_NO_ROOM = "Whole numbers have no room for 0.2: // and uint8 cut it off."
_FIXED = "The ruler is fixed: 255 for all images."


def _unit_slips(images: Numbers, unit: Any) -> Slips:
    pixels = images.astype(np.float64)
    least, greatest = pixels.min(), pixels.max()
    return [
        (f"Every value is 0. {_NO_ROOM}", 0 * pixels),
        (_NO_ROOM, np.floor(unit)),
        ("You divided by the largest value of these images, so dark images become as bright "
         f"as light ones. {_FIXED}", pixels / greatest),
        (f"You stretched these images between their own least and largest value. {_FIXED}",
         (pixels - least) / (greatest - least)),
        ("You divided by 256. There are 256 values, but the last one is 255.", pixels / 256),
        (f"You divided by 255 twice: a pixel of 255 becomes {1 / 255:.4f}.", unit / 255),
        ("That is standardising, which is another ruler. Here 255 becomes 1.", _by(pixels, pixels)),
        ("Black and white are exchanged: 0 stays 0.", 1 - unit),
        ("That ruler runs from −1 to 1. Here 0 stays 0.", 2 * unit - 1),
        ("You multiplied by 255. Divide.", pixels * 255),
        (f"You divided by the sum of the pixels. {_FIXED}", pixels / pixels.sum()),
        (_UNCHANGED, images),
        *lazy(images.shape, [case[1] for case in _UNITS])[1:],  # zeros are the first of all
    ]  # fmt: skip


check_to_unit = Check("to_unit(images)", _UNITS, _unit_slips, dtype=np.float32, meanings=_IN_PLACE)

# fit_scaler -------------------------------------------------------------------------------------

#: train_images, mean, std. The squares of 100 do not fit into uint8.
_FITS: list[Case] = [
    (_grey([[[0, 100, 100], [0, 0, 100]], [[100, 0, 0], [100, 100, 0]]]), 50.0, 50.0),
    (_grey([[[3, 5, 10]], [[20, 40, 61]]]), 23.166666666666668, 20.95564098014873),
    (_grey([[[10, 30]]]), 20.0, 10.0),
]


def _fit_slips(result: int, images: Numbers, mean: float, std: float) -> Slips:
    own, other = (mean, std)[result], (std, mean)[result]
    name, measure, of_mnist = (("mean", np.mean, _MNIST_MEAN), ("std", np.std, _MNIST_STD))[result]
    of_mean = [
        ("That is the median, the value in the middle. The mean is asked for.", np.median(images)),
        ("That is half of the largest value, not the mean.", images.max() / 2),
    ]
    return [
        (f"That is the {name} of the first image. Measure all images.", measure(images[0])),
        *(_std_slips(images, mean, std) if result else of_mean),
        ("You rounded. Return the number with all its digits.", round(own)),
        ("Mean and standard deviation are swapped: the mean comes first.", other),
        ("You divided by 255 first. Measure the grey values as they are.", own / 255),
        ("You left out the black pixels. They count as well.", measure(images[images > 0])),
        (f"That is MNIST's {name}. Measure the images that you are given.", of_mnist),
        *lazy((), [case[1 + result] for case in _FITS]),
    ]


def _std_slips(images: Numbers, mean: float, std: float) -> Slips:
    distances = np.abs(images.astype(np.float64) - mean)
    reach = float(images.max()) - float(images.min())
    return [
        ("You averaged the stds of parts. Measure all pixels of all images together.",
         images.std(axis=(1, 2)).mean(), images.std(axis=0).mean()),
        ("That is the variance. Its square root is the standard deviation.", std**2),
        (_WRAPPED, np.sqrt((images * images).mean() - mean**2),
         np.sqrt(((images - np.uint8(mean)) ** 2).mean())),
        ("You divided by one less than the number of pixels (ddof=1). Divide by all of them.",
         std * np.sqrt(images.size / (images.size - 1))),
        ("That is the mean distance from the mean. Square distances first.", distances.mean()),
        ("That is the range, greatest minus least value. The std measures all pixels.", reach),
        ("That is half the range. The std measures all pixels, not two of them.", reach / 2),
    ]  # fmt: skip


def _mean_and_std(received: Any) -> tuple[Any, Any]:
    """Take two results, each out of an array that holds it alone."""
    mean, std = pair("mean", "std", stacked=True)(received)
    return one_number(mean), one_number(std)


def _not_two_numbers(received: tuple[Any, Any], images: Numbers, *_: float) -> str:
    """Say what an array in place of a number means."""
    for value in filter(is_numeric, received):
        if shape := np.shape(value):
            what = {images.shape[1:]: "pixel position", images.shape[:1]: "image"}.get(shape)
            slip = f"You measured each {what} alone. " if what else ""
            return (
                f"expected: two numbers\nreceived: an array of shape {shape} as one of them\n"
                f"{slip}Measure all pixels of all images together."
            )
    return ""


check_fit_scaler_mean = Check(
    "fit_scaler(train_images)",
    _FITS,
    partial(_fit_slips, 0),
    part="the mean",
    form=_mean_and_std,
    demand=_not_two_numbers,
)
check_fit_scaler_std = check_fit_scaler_mean.then(
    "the standard deviation", slips=partial(_fit_slips, 1), result=1
)

# standardise ------------------------------------------------------------------------------------

#: images, mean, std, expected
_STANDARDISED: list[Case] = [
    (_grey([[[0, 100], [200, 50]]]), 100.0, 50.0, np.array([[[-2.0, 0.0], [2.0, -1.0]]])),
    (_grey([[[7, 7, 7]]]), 7.0, 0.0, np.array([[[0.0, 0.0, 0.0]]])),
]


def _standardise_slips(images: Numbers, mean: float, std: float, scaled: Any) -> Slips:
    pixels, divisor = images.astype(np.float64), std + _OFFSET
    return [
        (_NOT_NUMBER, (pixels - mean) / np.float64(std)),
        (_UNCHANGED, images),
        *lazy(images.shape, [case[3] for case in _STANDARDISED]),
        ("You measured these images again (a refit). Use the mean and std that are given: "
         "they come from the training images.", _by(pixels, pixels)),
        ("You divided first: brackets are missing.", pixels / divisor - mean),
        ("You divided the mean alone: brackets are missing.", pixels - mean / divisor),
        (_BY_VARIANCE, (pixels - mean) / (std**2 + _OFFSET)),
        (_NOT_BY_STD, pixels - mean),
        ("You divided by std, but did not subtract the mean.", pixels / divisor),
        ("That is division by 255. Use the mean and std that are given.", pixels / 255),
        ("You divided by 255 as well: scaled twice. mean and std are in grey values.",
         (pixels / 255 - mean) / divisor),
        (_WRAPPED, (images - np.uint8(mean)) / divisor),
        ("You cut off what is below 0. Negative values are meant to be there: such pixels are "
         "darker than the mean.", np.maximum(scaled, 0)),
        ("The sign is turned round: subtract the mean from the pixels.", -scaled),
        ("You dropped the signs: darker than the mean is negative.", abs(scaled)),
        ("You added the mean. Subtract it.", (pixels + mean) / divisor),
        ("Mean and std have changed places.", (pixels - std) / (mean + _OFFSET)),
        ("You multiplied by std. Divide by it.", (pixels - mean) * divisor),
        ("You took the square root of std. It is one already.", (pixels - mean) / divisor**0.5),
        ("You cut off the fractions. Keep them.", np.trunc(scaled)),
        (_MNIST, (pixels - _MNIST_MEAN) / _MNIST_STD),
    ]  # fmt: skip


check_standardise = Check(
    "standardise(images, mean, std)",
    _STANDARDISED,
    _standardise_slips,
    dtype=np.float32,
    meanings={**_IN_PLACE, "ZeroDivisionError": _NOT_NUMBER},
)

# prepare ----------------------------------------------------------------------------------------

#: train_images, test_images, expected train, expected test
_PREPARED: list[Case] = [
    (
        _grey([[[0, 100], [100, 0]]]),
        _grey([[[50, 150], [150, 100]]]),
        np.array([[[-1.0, 1.0], [1.0, -1.0]]]),
        np.array([[[0.0, 2.0], [2.0, 1.0]]]),
    ),
    (  # images and pixel positions that differ among themselves
        _grey([[[0, 100, 0]], [[100, 100, 0]]]),
        _grey([[[50, 150, 100]], [[0, 200, 50]], [[150, 250, 150]]]),
        np.array([[[-1.0, 1.0, -1.0]], [[1.0, 1.0, -1.0]]]),
        np.array([[[0.0, 2.0, 1.0]], [[-1.0, 3.0, 0.0]], [[2.0, 4.0, 2.0]]]),
    ),
    # training pixels that are all alike
    (_grey([[[9, 9]]]), _grey([[[9, 9]], [[9, 9]]]), np.zeros((1, 1, 2)), np.zeros((2, 1, 2))),
]


def _prepare_slips(result: int, *case: Any) -> Slips:
    train, test = (images.astype(np.float64) for images in case[:2])
    own, scaled = (train, test)[result], case[2 + result]
    part, other = ("train", "test")[result], ("test", "training")[result]
    refit = (
        "You fitted on the test images. Fit on the training images alone.",
        "You fitted again on the test images (a refit). Use the training images' mean and std for "
        "both.",
    )[result]
    return [
        (_NOT_NUMBER, (own - train.mean()) / train.std()),
        ("Leakage: you fitted on training and test images together. Fit on the training images "
         "alone.", _by(own, np.concatenate([train, test], axis=None))),
        (refit, _by(own, test)),
        (f"The {part} images are not scaled. A network needs all images on one ruler. (Or did you "
         "measure mean and std after you had overwritten train_images?)", own),
        ("The mean comes from the training images, the std from the test images. Both come from "
         "the training images.", (own - train.mean()) / (test.std() + _OFFSET)),
        ("The mean comes from the test images, the std from the training images. Both come from "
         "the training images.", (own - test.mean()) / (train.std() + _OFFSET)),
        (_NOT_BY_STD, own - train.mean()),
        (_BY_VARIANCE, (own - train.mean()) / (train.var() + _OFFSET)),
        ("You measured each image alone. Measure all training images together, once.",
         np.stack([_by(image, image) for image in own])),
        (_MNIST, (own - _MNIST_MEAN) / _MNIST_STD),
        ("That is division by 255. Standardise, by the training images.", own / 255),
        ("Scaled twice: divided by 255, then standardised by grey values.", _by(own / 255, train)),
        ("Scaled twice: what was standardised was standardised again.", _by(scaled, train)),
        ("You measured each pixel position alone. Measure all pixels together.",
         (own - train.mean(axis=0)) / (train.std(axis=0) + _OFFSET)),
        (f"Those are the {other} images, scaled. Are the two swapped? The training images come "
         "first.", case[3 - result]),
        *lazy(own.shape, [known[2 + result] for known in _PREPARED]),
    ]  # fmt: skip


check_prepare_train = Check(
    "prepare(train_images, test_images)",
    _PREPARED,
    partial(_prepare_slips, 0),
    part="the training images",
    form=pair("train", "test", stacked=True),
    dtype=np.float32,
    meanings=_IN_PLACE,
)
check_prepare_test = check_prepare_train.then(
    "the test images", slips=partial(_prepare_slips, 1), result=1
)

# undo -------------------------------------------------------------------------------------------

#: scaled, mean, std, expected
_UNDONE: list[Case] = [
    (np.array([[[-2, 0], [2, -1]]], np.float32), 100.0, 50.0, _grey([[[0, 100], [200, 50]]])),
    (np.array([[[-2.45, 4.95, 2.55, 1.3]]], np.float32), 50.0, 2.0, _grey([[[45, 60, 55, 53]]])),
]


def _undo_slips(scaled: Numbers, mean: float, std: float, images: Any) -> Slips:
    wide = scaled.astype(np.float64)
    exact = wide * std + mean
    narrow = scaled * np.float32(std) + np.float32(mean)
    return [
        (_UNCHANGED, scaled),
        *lazy(scaled.shape, [case[3] for case in _UNDONE]),
        ("astype(np.uint8) cuts off: 6.9999 becomes 6. Round first.",
         narrow.astype(np.uint8), exact.astype(np.uint8)),
        ("Round: grey values are whole numbers.", exact),
        _greys("You rounded up. Round to the nearest whole number.",
               np.ceil(exact), np.ceil(narrow)),  # wrapped as well: a hair above 255 becomes 0
        _greys("You undid the steps in the wrong order: undo the last step first.",
               (wide + mean) * std),
        _greys("You multiplied by std, but did not add the mean.", wide * std),
        ("You standardised once more: scaled twice. Undo means the other way round.",
         (wide - mean) / (std + _OFFSET)),
        ("Every value is the mean, whatever the pixel.", np.full(scaled.shape, np.rint(mean))),
        _greys("You subtracted the mean. Undo its subtraction: add it.", wide * std - mean),
        _greys("Mean and std have changed places.", wide * mean + std),
        _greys("You divided by std. Undo the division: multiply.", wide / std + mean),
        _greys("That undoes a division by 255. Use mean and std.", wide * 255),
        _greys(_MNIST, wide * _MNIST_STD + _MNIST_MEAN),
        _greys("You measured `scaled` itself. Use mean and std.", wide * wide.std() + wide.mean()),
        _greys("You rounded too early. Round last.", np.rint(wide) * std + mean),
        ("Every value is 1 too high.", images.astype(np.int64) + 1),
    ]  # fmt: skip


def _greys(hint: str, *results: Numbers) -> tuple[Any, ...]:
    """Give a slip with fractions, rounded, and wrapped into uint8."""
    rounded = [np.rint(values) for values in results]
    return hint, *results, *rounded, *(grey.astype(np.int64).astype(np.uint8) for grey in rounded)


check_undo = Check("undo(scaled, mean, std)", _UNDONE, _undo_slips, dtype=np.uint8)

"""Right and wrong answers to the exercises on normalisation."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.normalisation import (
    check_fit_scaler_mean,
    check_fit_scaler_std,
    check_prepare_test,
    check_prepare_train,
    check_standardise,
    check_to_unit,
    check_undo,
    check_unroll_shape,
    check_unroll_values,
)
from course_utils.grading.exercise import Exercise

Sizes = tuple[int, int, int]

CASES = 20


def _images(
    rng: np.random.Generator, least: Sizes, below: Sizes, darkest: int = 0, lightest: int = 255
) -> Any:
    """Draw images of (n, height, width), each at least this large and below that."""
    shape = tuple(rng.integers(least, below))
    return rng.integers(darkest, lightest, shape, np.uint8, endpoint=True)


# unroll ---------------------------------------------------------------------------------------


def _unroll(images):
    n, height, width = images.shape
    return images.reshape(n, height * width)


def _squares(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        yield (_images(rng, (2, 3, 8), (6, 8, 12), darkest=1),)


UNROLL = Exercise(
    _unroll,
    {
        "unroll_shape": (check_unroll_shape, _squares),
        "unroll_values": (check_unroll_values, _squares),
    },
)


@UNROLL.right
def unroll_by_loops(images):
    return [[pixel for row in image for pixel in row] for image in images]


@UNROLL.right
def unroll_by_ravel(images):
    return np.stack([image.ravel() for image in images]).astype(np.float64)


@UNROLL.right
def unroll_by_keras(images):
    import keras

    return keras.layers.Flatten()(images)


@UNROLL.right
def unroll_side_by_side(images):
    print("a line on standard error loses no marks", file=sys.stderr)
    return np.hstack(images.swapaxes(0, 1)).astype("float32")


@UNROLL.wrong("Images are square", says="They may differ")
def unroll_squares(images):
    return images.reshape(len(images), images.shape[1] ** 2)


@UNROLL.wrong("The sample's shape is the shape", says="They may differ")
def unroll_sample_shape(images):
    return images.reshape(2, 6)


@UNROLL.wrong("Unrolling goes down the columns", says="column by column")
def unroll_by_columns(images):
    return [image.ravel(order="F") for image in images]


@UNROLL.wrong("reshape equals transpose", says="reshape is not transpose")
def unroll_reshape_then_transpose(images):
    return images.reshape(-1, len(images)).T


@UNROLL.wrong("Every image has 28 × 28 pixels", says="tied to 28 × 28")
def unroll_784(images):
    return images.reshape(-1, 784)


@UNROLL.wrong("Printing is returning", says="prints its answer")
def unroll_printed(images):
    print(images.reshape(len(images), -1))


@UNROLL.wrong("An argument is mine to change", says="changed its argument")
def unroll_in_place(images):
    images.shape = (len(images), images[0].size)
    return images


# to_unit --------------------------------------------------------------------------------------


def _to_unit(images):
    return images.astype(np.float32) / np.float32(255)


def _dim_images(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        darkest, lightest = int(rng.integers(1, 40)), int(rng.integers(89, 249))
        yield (_images(rng, (2, 2, 2), (7, 7, 7), darkest, lightest),)


TO_UNIT = Exercise(_to_unit, {"to_unit_check": (check_to_unit, _dim_images)})


@TO_UNIT.right
def to_unit_float64_first(images):
    return (images / 255.0).astype("float32")


@TO_UNIT.right
def to_unit_by_table(images):
    return (np.arange(256) / 255).astype(np.float32)[images]


@TO_UNIT.right
def to_unit_by_loops(images):
    values = [[[pixel / 255 for pixel in row] for row in image] for image in images.tolist()]
    return np.array(values, dtype=np.float32)


@TO_UNIT.right
def to_unit_interpolated(images):
    return np.interp(images, [0, 255], [0, 1]).astype("float32")


@TO_UNIT.right
def to_unit_by_tensorflow(images):
    import tensorflow as tf

    return tf.cast(images, tf.float32) / 255


@TO_UNIT.wrong("A list is an array", says="received: a list")
def to_unit_as_list(images):
    return (images.astype(np.float32) / 255).tolist()


@TO_UNIT.wrong("/= makes a new array", says="no room for fractions")
def to_unit_divided_in_place(images):
    images /= 255
    return images


@TO_UNIT.wrong("Scaling stretches a batch from least to greatest", says="The ruler is fixed")
def to_unit_min_max(images):
    return np.interp(images, [images.min(), images.max()], [0, 1]).astype("float32")


@TO_UNIT.wrong("uint8 has room for fractions", says="no room for 0.2")
def to_unit_uint8(images):
    return (images / 255).astype(np.uint8)


@TO_UNIT.wrong("The dtype does not matter", says="twice the memory")
def to_unit_float64(images):
    return images / 255


@TO_UNIT.wrong("Printing is returning", says="prints its answer")
def to_unit_printed(images):
    print(images.astype(np.float32) / 255)


@TO_UNIT.wrong("An argument is mine to change", says="changed its argument")
def to_unit_in_place(images):
    result = images.astype(np.float32) / 255
    images[:] = 0
    return result


# fit_scaler -----------------------------------------------------------------------------------


def _fit_scaler(train_images):
    return train_images.mean(), train_images.std()


def _with_black_pixels(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        images = _images(rng, (2, 5, 8), (5, 8, 12))
        yield (np.where(images < 60, np.uint8(0), images),)


FIT_SCALER = Exercise(
    _fit_scaler,
    {
        "fit_scaler_mean": (check_fit_scaler_mean, _with_black_pixels),
        "fit_scaler_std": (check_fit_scaler_std, _with_black_pixels),
    },
)


@FIT_SCALER.right
def fit_scaler_by_hand(train_images):
    pixels = [pixel for image in train_images.tolist() for row in image for pixel in row]
    mean = sum(pixels) / len(pixels)
    return mean, (sum((pixel - mean) ** 2 for pixel in pixels) / len(pixels)) ** 0.5


@FIT_SCALER.right
def fit_scaler_list(train_images):
    pixels = train_images.astype(np.float32)
    return [float(np.mean(pixels)), np.sqrt(np.var(pixels))]


@FIT_SCALER.right
def fit_scaler_array(train_images):
    return np.array([np.mean(train_images), np.std(train_images)])


@FIT_SCALER.right
def fit_scaler_by_counts(train_images):
    counts = np.bincount(train_images.ravel(), minlength=256) / train_images.size
    mean = np.arange(256) @ counts
    return mean, np.sqrt(np.arange(256) ** 2 @ counts - mean**2)


@FIT_SCALER.right
def fit_scaler_by_sklearn(train_images):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(train_images.reshape(-1, 1))
    return scaler.mean_, scaler.scale_


@FIT_SCALER.wrong("A method is its result", says="brackets () are missing")
def fit_scaler_not_called(train_images):
    return train_images.mean, train_images.std


@FIT_SCALER.wrong("uint8 arithmetic is safe", says="wrapped around")
def fit_scaler_wrapped(train_images):
    mean = train_images.mean()
    return mean, np.sqrt((train_images * train_images).mean() - mean**2)


@FIT_SCALER.wrong("Each pixel position has its own mean", says="each pixel position alone")
def fit_scaler_by_position(train_images):
    return train_images.mean(axis=0), train_images.std(axis=0)


@FIT_SCALER.wrong("Each image has its own mean", says="each image alone")
def fit_scaler_by_image(train_images):
    return train_images.mean(axis=(1, 2)), train_images.std(axis=(1, 2))


@FIT_SCALER.wrong("The sample standard deviation is meant", says="ddof=1")
def fit_scaler_ddof(train_images):
    return train_images.mean(), train_images.std(ddof=1)


@FIT_SCALER.wrong("The mean alone is enough", says="expected two results")
def fit_scaler_mean_alone(train_images):
    return train_images.mean()


@FIT_SCALER.wrong("Printing is returning", says="prints its answer")
def fit_scaler_printed(train_images):
    print(train_images.mean(), train_images.std())


# standardise ----------------------------------------------------------------------------------


def _standardise(images, mean, std):
    return ((images - mean) / (std + 1e-10)).astype(np.float32)


def _measured(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        images = _images(rng, (3, 3, 3), (7, 7, 7))
        yield images, float(rng.uniform(40, 90)), float(rng.uniform(20, 45))


STANDARDISE = Exercise(_standardise, {"standardise_check": (check_standardise, _measured)})


@STANDARDISE.right
def standardise_float32(images, mean, std):
    return (images.astype(np.float32) - np.float32(mean)) / np.float32(std + 1e-10)


@STANDARDISE.right
def standardise_by_loops(images, mean, std):
    scaled = np.empty(images.shape, np.float32)
    for place, pixel in np.ndenumerate(images):
        scaled[place] = (float(pixel) - mean) / (std + 1e-10)
    return scaled


@STANDARDISE.right
def standardise_in_steps(images, mean, std):
    scaled = np.array(images, dtype=np.float32)
    scaled -= mean
    scaled /= std + 1e-10
    return scaled


@STANDARDISE.right
def standardise_by_table(images, mean, std):
    return ((np.arange(256) - mean) / (std + 1e-10)).astype(np.float32)[images]


@STANDARDISE.right
def standardise_by_greater_divisor(images, mean, std):
    print("a line on standard error loses no marks", file=sys.stderr)
    return np.float32((images - mean) / max(std, 1e-10))


@STANDARDISE.wrong("The offset goes behind the division", says="0 / 0")
def standardise_late_offset(images, mean, std):
    return ((images - mean) / np.float64(std) + 1e-10).astype(np.float32)


@STANDARDISE.wrong("Division needs no care", says="0 / 0")
def standardise_by_loops_without_offset(images, mean, std):
    return np.float32([[[(p - mean) / std for p in row] for row in i] for i in images.tolist()])


@STANDARDISE.wrong("Fit again on whatever comes", says="(a refit)")
def standardise_refit(images, mean, std):
    from sklearn.preprocessing import StandardScaler

    scaled = StandardScaler().fit_transform(images.reshape(-1, 1).astype(float))
    return scaled.reshape(images.shape).astype(np.float32)


@STANDARDISE.wrong("The dtype does not matter", says="twice the memory")
def standardise_float64(images, mean, std):
    return (images - mean) / (std + 1e-10)


# prepare --------------------------------------------------------------------------------------


def _prepare(train_images, test_images):
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return tuple(
        ((images - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


def _dark_and_light(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        train = _images(rng, (6, 3, 4), (9, 4, 5), lightest=119)
        yield train, _images(rng, (2, 3, 4), (5, 4, 5), darkest=40)


PREPARE = Exercise(
    _prepare,
    {
        "prepare_train": (check_prepare_train, _dark_and_light),
        "prepare_test": (check_prepare_test, _dark_and_light),
    },
)


@PREPARE.right
def prepare_list(train_images, test_images):
    mean, std = float(np.mean(train_images)), float(np.std(train_images))
    scale = np.vectorize(lambda pixel: (pixel - mean) / (std + 1e-10), otypes=[np.float32])
    return [scale(train_images), scale(test_images)]


@PREPARE.right
def prepare_by_unit_first(train_images, test_images):
    # Another ruler in between does no harm where the fit sees the same ruler.
    train, test = train_images / 255, test_images / 255
    mean, std = train.mean(), train.std() + 1e-10
    return tuple(((images - mean) / std).astype(np.float32) for images in (train, test))


@PREPARE.right
def prepare_by_sklearn(train_images, test_images):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(train_images.reshape(-1, 1).astype(float))
    return tuple(
        scaler.transform(images.reshape(-1, 1)).reshape(images.shape).astype(np.float32)
        for images in (train_images, test_images)
    )


@PREPARE.right
def prepare_joined_but_fitted_on_training(train_images, test_images):
    both = np.concatenate([train_images, test_images]).astype(np.float32)
    both -= train_images.mean()
    both /= train_images.std() + 1e-10
    return both[: len(train_images)], both[len(train_images) :]


@PREPARE.wrong("A name keeps its first value", says="overwritten train_images")
def prepare_overwritten(train_images, test_images):
    train_images = _prepare(train_images, test_images)[0]
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return train_images, ((test_images - mean) / std).astype(np.float32)


@PREPARE.wrong("Statistics come from all data: leakage", says="Leakage")
def prepare_leaky(train_images, test_images):
    both = np.concatenate([train_images, test_images])
    mean, std = both.mean(), both.std() + 1e-10
    return tuple(
        ((images - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


@PREPARE.wrong("The test set is fitted again", says="(a refit)")
def prepare_refit(train_images, test_images):
    return standardise_refit(train_images, 0, 1), standardise_refit(test_images, 0, 1)


@PREPARE.wrong("The training images are enough", says="expected two results")
def prepare_one(train_images, test_images):
    return _prepare(train_images, test_images)[0]


@PREPARE.wrong("The dtype does not matter", says="twice the memory")
def prepare_float64(train_images, test_images):
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return (train_images - mean) / std, (test_images - mean) / std


# undo -----------------------------------------------------------------------------------------


def _undo(scaled, mean, std):
    return np.round(scaled * std + mean).astype(np.uint8)


def _standardised(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        images = _images(rng, (4, 4, 4), (8, 8, 8))
        mean, std = float(rng.uniform(20, 120)), float(rng.uniform(30, 90))
        yield ((images - mean) / std).astype(np.float32), mean, std


UNDO = Exercise(_undo, {"undo_check": (check_undo, _standardised)})


@UNDO.right
def undo_rint(scaled, mean, std):
    return np.rint(scaled.astype(np.float64) * (std + 1e-10) + mean).astype("uint8")


@UNDO.right
def undo_by_half(scaled, mean, std):
    return (scaled * std + mean + 0.5).astype(np.uint8)


@UNDO.right
def undo_by_loops(scaled, mean, std):
    images = np.zeros(scaled.shape, np.uint8)
    for place, value in np.ndenumerate(scaled):
        images[place] = round(float(value) * std + mean)
    return images


@UNDO.right
def undo_by_nearest_grey_value(scaled, mean, std):
    greys = (np.arange(256) - mean) / std
    return np.abs(scaled[..., None] - greys).argmin(axis=-1).astype(np.uint8)


@UNDO.right
def undo_by_tensorflow(scaled, mean, std):
    import tensorflow as tf

    return tf.cast(tf.round(scaled * std + mean), tf.uint8)


@UNDO.wrong("Rounding up is safe", says="rounded up")
def undo_rounded_up(scaled, mean, std):
    return np.ceil(scaled * std + mean).astype(np.uint8)


@UNDO.wrong("int is uint8", says="Images stay uint8")
def undo_int(scaled, mean, std):
    return np.round(scaled * std + mean).astype(np.int64)


@UNDO.wrong("astype rounds", says="Round first")
def undo_truncated(scaled, mean, std):
    return np.uint8([[[int(v * std + mean) for v in row] for row in image] for image in scaled])


@UNDO.wrong("The dtype does not matter", says="expected: dtype uint8")
def undo_float(scaled, mean, std):
    return np.round(scaled * std + mean)


@UNDO.wrong("An argument is mine to change", says="changed its argument")
def undo_in_place(scaled, mean, std):
    scaled *= std
    scaled += mean
    return np.round(scaled).astype(np.uint8)


EXERCISES = [UNROLL, TO_UNIT, FIT_SCALER, STANDARDISE, PREPARE, UNDO]

"""Right and wrong answers to the exercises on normalisation."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.grading.exercise import Exercise

Images = Any


def _images(rng: np.random.Generator) -> Images:
    """Random images, higher or wider than they are the other way round."""
    n, height, width = (int(size) for size in rng.integers((2, 3, 7), (6, 7, 11)))
    return rng.integers(0, 250, (n, height, width)).astype(np.uint8)


def _cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(10):
        yield (_images(rng),)


# unroll ---------------------------------------------------------------------------------------


def _unroll(images):
    n, height, width = images.shape
    return images.reshape(n, height * width)


UNROLL = Exercise("unroll", _unroll, _cases)


@UNROLL.right
def unroll_by_minus_one(images):
    return images.reshape(len(images), -1)


@UNROLL.right
def unroll_by_loops(images):
    return [[pixel for row in image for pixel in row] for image in images]


@UNROLL.right
def unroll_by_ravel(images):
    return np.stack([image.ravel() for image in images]).astype(np.float64)


@UNROLL.right
def unroll_by_concatenate(images):
    return np.concatenate([images[:, row, :] for row in range(images.shape[1])], axis=1)


@UNROLL.right
def unroll_by_keras(images):
    import keras

    return keras.layers.Flatten()(images)


@UNROLL.right
def unroll_side_by_side(images):
    print("a line on standard error loses no marks", file=sys.stderr)
    return np.hstack(images.swapaxes(0, 1)).astype("float32")


@UNROLL.wrong("A row of pixels is an image", says="cut between rows")
def unroll_to_rows(images):
    return images.reshape(-1, images.shape[2])


@UNROLL.wrong("The shape is the array", says="the shape alone")
def unroll_shape_alone(images):
    return len(images), images[0].size


@UNROLL.wrong("Images are square", says="They may differ")
def unroll_squares(images):
    return images.reshape(len(images), images.shape[1] ** 2)


@UNROLL.wrong("The sample's shape is the shape", says="They may differ")
def unroll_sample_shape(images):
    return images.reshape(2, 6)


@UNROLL.wrong("To prepare is to scale, too", says="not their values")
def unroll_and_scale(images):
    return images.reshape(len(images), -1) / 255


@UNROLL.wrong("Unrolling goes down the columns", says="column by column")
def unroll_by_columns(images):
    return images.transpose(0, 2, 1).reshape(len(images), -1)


@UNROLL.wrong("An image is a column", says="an image is a row here")
def unroll_as_columns(images):
    return images.reshape(len(images), -1).T


@UNROLL.wrong("reshape sorts itself out: the order of the axes is free", says="swapped")
def unroll_pixels_first(images):
    return images.reshape(-1, len(images))


@UNROLL.wrong("reshape equals transpose", says="reshape is not transpose")
def unroll_reshape_then_transpose(images):
    return images.reshape(-1, len(images)).T


@UNROLL.wrong("All images become one row", says="one long row")
def unroll_all(images):
    return images.ravel()


@UNROLL.wrong("Every image has 28 × 28 pixels", says="tied to 28 × 28")
def unroll_784(images):
    return images.reshape(-1, 784)


@UNROLL.wrong("A network takes the square as it is", says="unchanged")
def unroll_nothing(images):
    return images


@UNROLL.wrong("A right shape is a right answer", says="Every value is 0")
def unroll_zeros(images):
    return np.zeros((len(images), images[0].size))


@UNROLL.wrong("The sample's answer is the answer", says="expected shape")
def unroll_hard_coded(images):
    return np.array([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]])


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


TO_UNIT = Exercise("to_unit", _to_unit, _cases)


@TO_UNIT.right
def to_unit_divide(images):
    return np.divide(images, 255, dtype=np.float32)


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


@TO_UNIT.wrong("A list is an array", says="received a list")
def to_unit_as_list(images):
    return (images.astype(np.float32) / 255).tolist()


@TO_UNIT.wrong("White is 0", says="exchanged")
def to_unit_inverted(images):
    return 1 - images.astype(np.float32) / 255


@TO_UNIT.wrong("Scaled pixels run from -1 to 1", says="from −1 to 1")
def to_unit_around_zero(images):
    return images.astype(np.float32) / 127.5 - 1


@TO_UNIT.wrong("/= makes a new array", says="no room for fractions")
def to_unit_divided_in_place(images):
    images /= 255
    return images


@TO_UNIT.wrong("Each batch has its own ruler", says="largest value of these images")
def to_unit_by_max(images):
    return (images / images.max()).astype(np.float32)


@TO_UNIT.wrong("Scaling stretches a batch from least to greatest", says="The ruler is fixed")
def to_unit_min_max(images):
    pixels = images.astype(np.float32)
    return (pixels - pixels.min()) / (pixels.max() - pixels.min())


@TO_UNIT.wrong("More scaling is better: scaled twice", says="255 twice: the largest value is 0.00")
def to_unit_twice(images):
    return images.astype(np.float32) / 255 / 255


@TO_UNIT.wrong("256 values, so divide by 256", says="divided by 256")
def to_unit_256(images):
    return images.astype(np.float32) / 256


@TO_UNIT.wrong("uint8 has room for fractions", says="no room for 0.2")
def to_unit_uint8(images):
    return (images / 255).astype(np.uint8)


@TO_UNIT.wrong("// divides as / does", says="no room for 0.2")
def to_unit_floor(images):
    return (images // 255).astype(np.float32)


@TO_UNIT.wrong("/ 255 is the same as standardising", says="That is standardising")
def to_unit_standardised(images):
    pixels = images.astype(np.float32)
    return (pixels - pixels.mean()) / pixels.std()


@TO_UNIT.wrong("The dtype does not matter", says="twice the memory")
def to_unit_float64(images):
    return images / 255


@TO_UNIT.wrong("A change of dtype scales", says="unchanged")
def to_unit_dtype_alone(images):
    return images.astype(np.float32)


@TO_UNIT.wrong("Zeros lie between 0 and 1", says="Every value is 0")
def to_unit_zeros(images):
    return np.zeros(images.shape, np.float32)


@TO_UNIT.wrong("The sample's answer is the answer", says="hard-coded")
def to_unit_hard_coded(images):
    return np.array([[[0, 0.2], [0.4, 1]]], np.float32)


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


def two_numbers(expected, received):
    """Mean and std are two numbers, also where a library wraps each in an array of length 1."""
    return len(received) == 2 and np.allclose(np.ravel(received), expected, rtol=1e-4)


FIT_SCALER = Exercise("fit_scaler", _fit_scaler, _cases, agree=two_numbers)


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


@FIT_SCALER.right
def fit_scaler_by_statistics(train_images):
    import statistics

    pixels = train_images.ravel().tolist()
    return [statistics.mean(pixels), statistics.pstdev(pixels)]


@FIT_SCALER.wrong("The mean of stds is the std of all", says="averaged the stds")
def fit_scaler_mean_of_stds(train_images):
    return train_images.mean(), train_images.std(axis=(1, 2)).mean()


@FIT_SCALER.wrong("The mean of the positions' stds is the std of all", says="averaged the stds")
def fit_scaler_mean_of_position_stds(train_images):
    return train_images.mean(), train_images.std(axis=0).mean()


@FIT_SCALER.wrong("One image stands for all", says="first image")
def fit_scaler_first_image(train_images):
    return train_images[0].mean(), train_images[0].std()


@FIT_SCALER.wrong("The median is the mean", says="median")
def fit_scaler_median(train_images):
    return np.median(train_images), train_images.std()


@FIT_SCALER.wrong("Half the range is the std", says="half the range")
def fit_scaler_half_range(train_images):
    return train_images.mean(), (int(train_images.max()) - int(train_images.min())) / 2


@FIT_SCALER.wrong("Whole numbers are exact enough", says="You rounded")
def fit_scaler_rounded(train_images):
    return round(train_images.mean()), round(train_images.std())


@FIT_SCALER.wrong("A method is its result", says="Brackets () are missing")
def fit_scaler_not_called(train_images):
    return train_images.mean, train_images.std


@FIT_SCALER.wrong("std comes first", says="swapped")
def fit_scaler_swapped(train_images):
    return train_images.std(), train_images.mean()


@FIT_SCALER.wrong("Variance is standard deviation", says="variance")
def fit_scaler_variance(train_images):
    return train_images.mean(), train_images.var()


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


@FIT_SCALER.wrong("Black pixels do not count", says="left out the black pixels")
def fit_scaler_lit(train_images):
    lit = train_images[train_images > 0]
    return lit.mean(), lit.std()


@FIT_SCALER.wrong("First / 255, then standardise: scaled twice", says="divided by 255 first")
def fit_scaler_scaled(train_images):
    return (train_images / 255).mean(), (train_images / 255).std()


@FIT_SCALER.wrong("The sample standard deviation is meant", says="ddof=1")
def fit_scaler_ddof(train_images):
    return train_images.mean(), train_images.std(ddof=1)


@FIT_SCALER.wrong("The mean alone is enough", says="two numbers")
def fit_scaler_mean_alone(train_images):
    return train_images.mean()


@FIT_SCALER.wrong("MNIST's numbers fit all images", says="MNIST's mean")
def fit_scaler_mnist(train_images):
    return 33.318421449829934, 78.56748998339798


@FIT_SCALER.wrong("The mean distance is the standard deviation", says="mean distance")
def fit_scaler_distance(train_images):
    mean = train_images.mean()
    return mean, np.abs(train_images - mean).mean()


@FIT_SCALER.wrong("The sample's answer is the answer", says="hard-coded")
def fit_scaler_hard_coded(train_images):
    return 50.0, 50.0


@FIT_SCALER.wrong("Zeros are a start", says="Every value is 0")
def fit_scaler_zeros(train_images):
    return 0, 0


@FIT_SCALER.wrong("Printing is returning", says="prints its answer")
def fit_scaler_printed(train_images):
    print(train_images.mean(), train_images.std())


# standardise ----------------------------------------------------------------------------------


def _standardise(images, mean, std):
    return ((images - mean) / (std + 1e-10)).astype(np.float32)


def _standardise_cases(rng):
    for (images,) in _cases(rng):
        yield images, float(rng.uniform(30, 90)), float(rng.uniform(20, 60))
    yield np.full((2, 3, 4), 7, np.uint8), 7.0, 0.0


STANDARDISE = Exercise("standardise", _standardise, _standardise_cases)


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


@STANDARDISE.wrong("MNIST's numbers fit all images", says="MNIST's mean and std")
def standardise_by_mnist(images, mean, std):
    return ((images - 33.318421449829934) / 78.56748998339798).astype(np.float32)


@STANDARDISE.wrong("The sign of a difference is free", says="sign is turned round")
def standardise_turned_round(images, mean, std):
    return ((mean - images) / (std + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("Mean and std may change places", says="changed places")
def standardise_swapped(images, mean, std):
    return ((images - std) / (mean + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("To scale is to multiply", says="You multiplied by std")
def standardise_multiplied(images, mean, std):
    return ((images - mean) * (std + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("The offset goes behind the division", says="0 / 0")
def standardise_late_offset(images, mean, std):
    return ((images - mean) / np.float64(std) + 1e-10).astype(np.float32)


@STANDARDISE.wrong("Fit again on whatever comes", says="(a refit)")
def standardise_refit(images, mean, std):
    return ((images - images.mean()) / (images.std() + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("Division needs no care", says="0 / 0")
def standardise_no_offset(images, mean, std):
    return ((images - mean) / np.float64(std)).astype(np.float32)


@STANDARDISE.wrong("The order of the steps is free", says="divided first")
def standardise_divide_first(images, mean, std):
    return (images / (std + 1e-10) - mean).astype(np.float32)


@STANDARDISE.wrong("- binds as strongly as /", says="divided the mean alone")
def standardise_no_brackets(images, mean, std):
    return (images - mean / (std + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("Variance is standard deviation", says="variance")
def standardise_variance(images, mean, std):
    return ((images - mean) / (std**2 + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("To centre is to standardise", says="did not divide")
def standardise_centred(images, mean, std):
    return (images - mean).astype(np.float32)


@STANDARDISE.wrong("/ 255 is the same as standardising", says="division by 255")
def standardise_unit(images, mean, std):
    return (images / 255).astype(np.float32)


@STANDARDISE.wrong("Scaled twice", says="scaled twice")
def standardise_twice(images, mean, std):
    return ((images / 255 - mean) / (std + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("uint8 arithmetic is safe", says="wrapped around")
def standardise_wrapped(images, mean, std):
    return ((images - np.uint8(mean)) / (std + 1e-10)).astype(np.float32)


@STANDARDISE.wrong("Inputs must not be negative", says="cut off what is below 0")
def standardise_clipped(images, mean, std):
    return np.maximum((images - mean) / (std + 1e-10), 0).astype(np.float32)


@STANDARDISE.wrong("The dtype does not matter", says="twice the memory")
def standardise_float64(images, mean, std):
    return (images - mean) / (std + 1e-10)


@STANDARDISE.wrong("The sample's answer is the answer", says="hard-coded")
def standardise_hard_coded(images, mean, std):
    return np.array([[[-2, 0], [2, -1]]], np.float32)


@STANDARDISE.wrong("Zeros have mean 0", says="Every value is 0")
def standardise_zeros(images, mean, std):
    return np.zeros(images.shape, np.float32)


@STANDARDISE.wrong("Images need nothing", says="unchanged")
def standardise_nothing(images, mean, std):
    return images


# prepare --------------------------------------------------------------------------------------


def _prepare(train_images, test_images):
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return tuple(
        ((images - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


def _prepare_cases(rng):
    for _ in range(10):
        train = rng.integers(0, 130, (int(rng.integers(5, 9)), 4, 3)).astype(np.uint8)
        test = rng.integers(50, 256, (int(rng.integers(2, 5)), 4, 3)).astype(np.uint8)
        yield train, test


PREPARE = Exercise("prepare", _prepare, _prepare_cases)


@PREPARE.right
def prepare_list(train_images, test_images):
    mean, std = float(np.mean(train_images)), float(np.std(train_images))
    scale = np.vectorize(lambda pixel: (pixel - mean) / (std + 1e-10), otypes=[np.float32])
    return [scale(train_images), scale(test_images)]


@PREPARE.right
def prepare_float32(train_images, test_images):
    train, test = (np.array(images, np.float32) for images in (train_images, test_images))
    mean, std = train.mean(), train.std()
    return (train - mean) / (std + 1e-10), (test - mean) / (std + 1e-10)


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


@PREPARE.wrong("The std alone is fitted again", says="the std from the test images")
def prepare_refit_std(train_images, test_images):
    train = _prepare(train_images, test_images)[0]
    scaled = (test_images - train_images.mean()) / (test_images.std() + 1e-10)
    return train, scaled.astype(np.float32)


@PREPARE.wrong("The mean alone is fitted again", says="The mean comes from the test images")
def prepare_refit_mean(train_images, test_images):
    train = _prepare(train_images, test_images)[0]
    scaled = (test_images - test_images.mean()) / (train_images.std() + 1e-10)
    return train, scaled.astype(np.float32)


@PREPARE.wrong("A name keeps its first value", says="overwritten train_images")
def prepare_overwritten(train_images, test_images):
    train_images = _prepare(train_images, test_images)[0]
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return train_images, ((test_images - mean) / std).astype(np.float32)


@PREPARE.wrong("Each image is fitted alone", says="each image alone")
def prepare_by_image(train_images, test_images):
    return tuple(
        np.float32([(image - image.mean()) / (image.std() + 1e-10) for image in images])
        for images in (train_images, test_images)
    )


@PREPARE.wrong("MNIST's numbers fit all images", says="MNIST's mean and std")
def prepare_by_mnist(train_images, test_images):
    return tuple(
        ((images - 33.318421449829934) / 78.56748998339798).astype(np.float32)
        for images in (train_images, test_images)
    )


@PREPARE.wrong("Division needs no care", says="0 / 0")
def prepare_no_offset(train_images, test_images):
    mean, std = train_images.mean(), train_images.std()
    both = train_images, test_images
    return tuple(((images - mean) / std).astype(np.float32) for images in both)


@PREPARE.wrong("Statistics come from all data: leakage", says="Leakage")
def prepare_leaky(train_images, test_images):
    both = np.concatenate([train_images, test_images])
    mean, std = both.mean(), both.std() + 1e-10
    return tuple(
        ((images - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


@PREPARE.wrong("The test set is fitted again", says="(a refit)")
def prepare_refit(train_images, test_images):
    return tuple(
        ((images - images.mean()) / (images.std() + 1e-10)).astype(np.float32)
        for images in (train_images, test_images)
    )


@PREPARE.wrong("Fit on the test set, which is what counts", says="fitted on the test images")
def prepare_fit_on_test(train_images, test_images):
    mean, std = test_images.mean(), test_images.std() + 1e-10
    return tuple(
        ((images - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


@PREPARE.wrong("Scaling is forgotten at prediction", says="test images are not scaled")
def prepare_train_alone(train_images, test_images):
    return _prepare(train_images, test_images)[0], test_images.astype(np.float32)


@PREPARE.wrong("/ 255 is the same as standardising", says="division by 255")
def prepare_unit(train_images, test_images):
    return tuple((images / 255).astype(np.float32) for images in (train_images, test_images))


@PREPARE.wrong("Scaled twice: the test once more", says="Scaled twice")
def prepare_twice(train_images, test_images):
    train, test = _prepare(train_images, test_images)
    mean, std = train_images.mean(), train_images.std()
    return train, ((test - mean) / std).astype(np.float32)


@PREPARE.wrong("Scaled twice: / 255 after the fit", says="Scaled twice")
def prepare_unit_after_fit(train_images, test_images):
    mean, std = train_images.mean(), train_images.std()
    return tuple(
        ((images / 255 - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


@PREPARE.wrong("Each pixel position has its own mean", says="each pixel position alone")
def prepare_by_position(train_images, test_images):
    mean, std = train_images.mean(axis=0), train_images.std(axis=0) + 1e-10
    return tuple(
        ((images - mean) / std).astype(np.float32) for images in (train_images, test_images)
    )


@PREPARE.wrong("The order does not matter", says="swapped")
def prepare_swapped(train_images, test_images):
    return _prepare(train_images, test_images)[::-1]


@PREPARE.wrong("The training images are enough", says="two arrays")
def prepare_one(train_images, test_images):
    return _prepare(train_images, test_images)[0]


@PREPARE.wrong("The dtype does not matter", says="twice the memory")
def prepare_float64(train_images, test_images):
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return (train_images - mean) / std, (test_images - mean) / std


@PREPARE.wrong("Images need nothing", says="not scaled")
def prepare_nothing(train_images, test_images):
    return train_images, test_images


@PREPARE.wrong("The sample's answer is the answer", says="hard-coded")
def prepare_hard_coded(train_images, test_images):
    return np.float32([[[-1, 1], [1, -1]]]), np.float32([[[0, 2], [2, 1]]])


# undo -----------------------------------------------------------------------------------------


def _undo(scaled, mean, std):
    return np.round(scaled * std + mean).astype(np.uint8)


def _undo_cases(rng):
    for (images,) in _cases(rng):
        mean, std = float(rng.uniform(30, 90)), float(rng.uniform(20, 60))
        yield ((images - mean) / std).astype(np.float32), mean, std


UNDO = Exercise("undo", _undo, _undo_cases)


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


@UNDO.wrong("What was subtracted is subtracted again", says="You subtracted the mean")
def undo_mean_subtracted(scaled, mean, std):
    return np.round(scaled * std - mean).astype(np.int64).astype(np.uint8)


@UNDO.wrong("Mean and std may change places", says="changed places")
def undo_swapped(scaled, mean, std):
    return np.round(scaled * mean + std).astype(np.int64).astype(np.uint8)


@UNDO.wrong("All scaling is division by 255", says="undoes a division by 255")
def undo_unit(scaled, mean, std):
    return np.round(scaled * 255).astype(np.int64).astype(np.uint8)


@UNDO.wrong("The scaled images know their std", says="measured `scaled` itself")
def undo_by_itself(scaled, mean, std):
    return np.round(scaled * scaled.std() + scaled.mean())


@UNDO.wrong("int is uint8", says="received int64. The values are right. Change")
def undo_int(scaled, mean, std):
    return np.round(scaled * std + mean).astype(np.int64)


@UNDO.wrong("astype rounds", says="Round first")
def undo_truncated(scaled, mean, std):
    return (scaled * std + mean).astype(np.uint8)


@UNDO.wrong("Steps are undone in the order in which they were done", says="wrong order")
def undo_wrong_order(scaled, mean, std):
    return np.round((scaled + mean) * std)


@UNDO.wrong("Steps undone in the same order, as uint8", says="wrong order")
def undo_wrong_order_uint8(scaled, mean, std):
    return np.round((scaled.astype(float) + mean) * std).astype(np.int64).astype(np.uint8)


@UNDO.wrong("The mean is lost", says="did not add the mean")
def undo_no_mean(scaled, mean, std):
    return scaled * std


@UNDO.wrong("Grey values may be fractions", says="Round")
def undo_not_rounded(scaled, mean, std):
    return scaled * std + mean


@UNDO.wrong("The dtype does not matter", says="expected dtype uint8")
def undo_float(scaled, mean, std):
    return np.round(scaled * std + mean)


@UNDO.wrong("Standardising twice gives back what was", says="scaled twice")
def undo_again(scaled, mean, std):
    return (scaled - mean) / std


@UNDO.wrong("Nothing needs undoing", says="unchanged")
def undo_nothing(scaled, mean, std):
    return scaled


@UNDO.wrong("Black images are images", says="Every value is 0")
def undo_zeros(scaled, mean, std):
    return np.zeros(scaled.shape, np.uint8)


@UNDO.wrong("The sample's answer is the answer", says="hard-coded")
def undo_hard_coded(scaled, mean, std):
    return np.array([[[0, 100], [200, 50]]], np.uint8)


@UNDO.wrong("An argument is mine to change", says="changed its argument")
def undo_in_place(scaled, mean, std):
    scaled *= std
    scaled += mean
    return np.round(scaled).astype(np.uint8)


EXERCISES = [UNROLL, TO_UNIT, FIT_SCALER, STANDARDISE, PREPARE, UNDO]

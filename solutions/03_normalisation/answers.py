"""Right and wrong answers to the exercises on normalisation."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.networks import Network
from course_utils.checks.normalisation import (
    check_build_normalised_layers,
    check_build_normalised_scale,
    check_prepare_test,
    check_prepare_train,
    check_standardise,
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


# standardise ----------------------------------------------------------------------------------


def _standardise(images, mean, std):
    return ((images - mean) / (std + 1e-10)).astype(np.float32)


def _measured(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        images = _images(rng, (3, 3, 3), (7, 7, 7))
        yield images, float(rng.uniform(40, 90)), float(rng.uniform(20, 45))
    # What np.mean and np.std return, a narrow spread, and none at all with a pixel beside the mean.
    yield images, np.float64(55.5), np.float64(31.25)
    yield images, 55.5, 0.5
    yield np.array([[[7, 8]]], np.uint8), 7.0, 0.0


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


@STANDARDISE.wrong("Division needs no care", says="add 1e-10 to it before you divide")
def standardise_by_loops_without_offset(images, mean, std):
    return np.float32([[[(p - mean) / std for p in row] for row in i] for i in images.tolist()])


@STANDARDISE.wrong("Fit again on whatever comes", says="a refit")
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
    # Another scale in between does no harm where the fit sees the same scale.
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


@PREPARE.wrong("The test set is fitted again", says="a refit")
def prepare_refit(train_images, test_images):
    return standardise_refit(train_images, 0, 1), standardise_refit(test_images, 0, 1)


@PREPARE.wrong("The training images are enough", says="expected two results")
def prepare_one(train_images, test_images):
    return _prepare(train_images, test_images)[0]


@PREPARE.wrong("The dtype does not matter", says="twice the memory")
def prepare_float64(train_images, test_images):
    mean, std = train_images.mean(), train_images.std() + 1e-10
    return (train_images - mean) / std, (test_images - mean) / std


# build_normalised -----------------------------------------------------------------------------


def _network(image_shape, n_classes, *scaling):
    from keras import Sequential, layers

    outputs = layers.Dense(n_classes, activation="softmax")
    return Sequential([layers.Input(image_shape), *scaling, layers.Flatten(), outputs])


def _scaler(seen=None, axis=None):
    from keras.layers import Normalization

    scaler = Normalization(axis=axis)
    if seen is not None:
        scaler.adapt(seen)
    return scaler


def _build_normalised(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler(images[:n_train]))


def _expected_normalised(images, n_train, n_classes):
    layers = "Normalization(axis=None)", "Flatten", f"Dense({n_classes}, softmax)"
    train = images[:n_train]
    return Network(images.shape[1:], layers), np.array([train.mean(), train.std()])


def _training_images_first(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for n_classes in (4, 7):
        train = _images(rng, (3, 3, 5), (6, 4, 6), lightest=149)
        test = np.clip(train[:2].astype(int) + 60, 0, 255).astype(np.uint8)
        yield np.concatenate([train, test]), len(train), n_classes


BUILD_NORMALISED = Exercise(
    _build_normalised,
    {
        "build_normalised_layers": (check_build_normalised_layers, _training_images_first),
        "build_normalised_scale": (check_build_normalised_scale, _training_images_first),
    },
    expect=_expected_normalised,
)


@BUILD_NORMALISED.right
def normalised_and_adapted_at_the_end(images, n_train, n_classes):
    scaler = _scaler()
    network = _network(images[0].shape, n_classes, scaler)
    scaler.adapt(images[:n_train])
    network.compile("adam", "sparse_categorical_crossentropy")
    return network


@BUILD_NORMALISED.right
def normalised_by_mean_and_variance(images, n_train, n_classes):
    import keras

    train = images[:n_train].astype(np.float32)
    scaler = keras.layers.Normalization(None, float(train.mean()), float(train.var()))
    return _network(images.shape[1:], n_classes, scaler)


@BUILD_NORMALISED.right
def normalised_functional(images, n_train, n_classes):
    import keras

    inputs = keras.Input(images.shape[1:])
    rows = keras.layers.Flatten()(_scaler(images[:n_train] * 1.0)(inputs))
    outputs = keras.layers.Softmax()(keras.layers.Dense(n_classes)(rows))
    return keras.Model(inputs, outputs)


@BUILD_NORMALISED.right
def normalised_after_flatten(images, n_train, n_classes):
    import keras

    network = keras.Sequential([keras.layers.Input(images.shape[1:]), keras.layers.Flatten()])
    network.add(_scaler(images[:n_train]))
    network.add(keras.layers.Dense(n_classes, "softmax"))
    return network


@BUILD_NORMALISED.right
def normalised_by_a_network_of_its_own(images, n_train, n_classes):
    import keras

    shape = images.shape[1:]
    scaling = keras.Sequential([keras.layers.Input(shape), _scaler(images[:n_train])])
    return keras.Sequential([scaling, _network(shape, n_classes)])


@BUILD_NORMALISED.wrong("The layer finds its mean by itself", says="mean 0 and std 1")
def normalised_without_adapt(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler())


@BUILD_NORMALISED.wrong("A scale comes from all data: leakage", says="Leakage")
def normalised_leaky(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler(images))


@BUILD_NORMALISED.wrong("The scale is fitted again on the test images", says="the test images")
def normalised_by_test_images(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler(images[n_train:]))


@BUILD_NORMALISED.wrong("adapt takes images that are scaled already", says="mean 0 and std 1")
def normalised_by_standardised_images(images, n_train, n_classes):
    train = images[:n_train]
    scaled = (train - train.mean()) / train.std()
    return _network(images.shape[1:], n_classes, _scaler(scaled))


@BUILD_NORMALISED.wrong("Another scale on top does no harm", says="scaled twice")
def normalised_after_rescaling(images, n_train, n_classes):
    import keras

    scaling = keras.layers.Rescaling(1 / 255), _scaler(images[:n_train])
    return _network(images.shape[1:], n_classes, *scaling)


@BUILD_NORMALISED.wrong("adapt sees the scale on which a network learns", says="pixels / 255")
def normalised_by_fractions(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler(images[:n_train] / 255))


@BUILD_NORMALISED.wrong("Division by 255 is standardising", says="divides by 255")
def normalised_by_rescaling(images, n_train, n_classes):
    import keras

    return _network(images.shape[1:], n_classes, keras.layers.Rescaling(1 / 255))


@BUILD_NORMALISED.wrong("The default is one mean for all pixels", says="axis=None")
def normalised_by_column(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler(images[:n_train], axis=-1))


@BUILD_NORMALISED.wrong("Each pixel needs a mean of its own", says="each pixel position")
def normalised_by_pixel(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler(images[:n_train], axis=(1, 2)))


@BUILD_NORMALISED.wrong("Normalisation in a network is BatchNormalization", says="each batch")
def normalised_by_batch(images, n_train, n_classes):
    import keras

    return _network(images.shape[1:], n_classes, keras.layers.BatchNormalization())


@BUILD_NORMALISED.wrong("The variance is the std", says="in place of the variance")
def normalised_by_std(images, n_train, n_classes):
    import keras

    train = images[:n_train]
    scaler = keras.layers.Normalization(None, float(train.mean()), float(train.std()))
    return _network(images.shape[1:], n_classes, scaler)


@BUILD_NORMALISED.wrong("adapt returns the layer", says="a line of its own")
def normalised_by_the_result_of_adapt(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes, _scaler().adapt(images[:n_train]))


@BUILD_NORMALISED.wrong("The images are scaled outside", says="no Normalization layer")
def normalised_outside(images, n_train, n_classes):
    return _network(images.shape[1:], n_classes)


@BUILD_NORMALISED.wrong("A network for this needs a hidden layer", says="Layer 3 is one too many")
def normalised_with_a_hidden_layer(images, n_train, n_classes):
    import keras

    hidden = keras.layers.Flatten(), keras.layers.Dense(16, "relu")
    return _network(images.shape[1:], n_classes, _scaler(images[:n_train]), *hidden)


@BUILD_NORMALISED.wrong("An argument is mine to change", says="changed its argument")
def normalised_in_place(images, n_train, n_classes):
    network = _build_normalised(images, n_train, n_classes)
    images[:] = 0
    return network


EXERCISES = [STANDARDISE, PREPARE, BUILD_NORMALISED]

"""The checks of the exercises on normalisation: what is asked, known slips, and what is said."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Numbers, Slips, lazy
from course_utils.checks.forms import pair
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)

_OFFSET = 1e-10  # as the exercises ask for
_MNIST_MEAN, _MNIST_STD = 33.318421449829934, 78.56748998339798  # in the lesson's own outputs

_UNCHANGED = "You returned the images unchanged."
_WRAPPED = "It wrapped around, because uint8 holds 0 to 255 only. Change to float first."
_MNIST = "You used MNIST's mean and std. Use those of the arguments."
_NOT_NUMBER = "A std of 0 gives 0 / 0. Add 1e-10 to std before you divide."
_NOTHING_TO_DIVIDE_BY = (
    "Python does not divide by 0. If that is a std of 0, add 1e-10 to it before you divide."
)
_NOT_BY_STD = "You subtracted the mean, but did not divide by std."
_BY_VARIANCE = "You divided by the variance, not by std."

_IN_PLACE = {
    "Cannot cast ufunc": "An operator such as /= writes into the argument, whose uint8 has no "
    "room for fractions. Give the result a name of its own."
}


def _grey(values: list[Any]) -> Numbers:
    return np.array(values, np.uint8)


def _by(images: Numbers, fitted: Numbers) -> Numbers:
    """Standardise images by the mean and standard deviation of others."""
    return (images - fitted.mean()) / (fitted.std() + _OFFSET)


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
        ("You measured these images again, which is a refit. Use the mean and std that are "
         "given, because they come from the training images.", _by(pixels, pixels)),
        ("You divided before you subtracted. Put the subtraction in brackets.",
         pixels / divisor - mean),
        ("You divided only the mean. Put the subtraction in brackets.", pixels - mean / divisor),
        (_BY_VARIANCE, (pixels - mean) / (std**2 + _OFFSET)),
        (_NOT_BY_STD, pixels - mean),
        ("You divided by std, but did not subtract the mean.", pixels / divisor),
        ("You divided by 255. Use the mean and std that are given.", pixels / 255),
        ("You divided by 255 as well, so the pixels are scaled twice. The mean and std are in "
         "grey values.",
         (pixels / 255 - mean) / divisor),
        (_WRAPPED, (images - np.uint8(mean)) / divisor),
        ("You replaced negative values by 0. They are meant to be there, for pixels that are "
         "darker than the mean.", np.maximum(scaled, 0)),
        ("The sign is wrong. Subtract the mean from the pixels, not the pixels from the mean.",
         -scaled),
        ("You dropped the signs. Pixels darker than the mean become negative.", abs(scaled)),
        ("You added the mean. Subtract it.", (pixels + mean) / divisor),
        ("The mean and the std are swapped.", (pixels - std) / (mean + _OFFSET)),
        ("You multiplied by std. Divide by it.", (pixels - mean) * divisor),
        ("You took the square root of std, which is a square root already.",
         (pixels - mean) / divisor**0.5),
        ("You cut off the fractions. Keep them.", np.trunc(scaled)),
        (_MNIST, (pixels - _MNIST_MEAN) / _MNIST_STD),
    ]  # fmt: skip


check_standardise = Check(
    "standardise(images, mean, std)",
    _STANDARDISED,
    _standardise_slips,
    dtype=np.float32,
    meanings={**_IN_PLACE, "ZeroDivisionError": _NOTHING_TO_DIVIDE_BY},
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
        "You fitted again on the test images, which is a refit. Use the training images' mean and "
        "std for both.",
    )[result]
    return [
        (_NOT_NUMBER, (own - train.mean()) / train.std()),
        ("Leakage: you fitted on training and test images together. Fit on the training images "
         "alone.", _by(own, np.concatenate([train, test], axis=None))),
        (refit, _by(own, test)),
        (f"The {part} images are not scaled. A network needs all images on the same scale. (Or did "
         "you measure the mean and std after you had overwritten train_images?)",
         own, _by(own, _by(train, train))),
        ("The mean comes from the training images, the std from the test images. Both come from "
         "the training images.", (own - train.mean()) / (test.std() + _OFFSET)),
        ("The mean comes from the test images, the std from the training images. Both come from "
         "the training images.", (own - test.mean()) / (train.std() + _OFFSET)),
        (_NOT_BY_STD, own - train.mean()),
        ("You divided by n − 1 to get the variance, as for a sample (ddof=1). Here it is by n, as "
         "np.std does.", (own - train.mean()) / (train.std(ddof=1) + _OFFSET)),
        (_BY_VARIANCE, (own - train.mean()) / (train.var() + _OFFSET)),
        ("You measured each image separately. Measure all training images together, once.",
         np.stack([_by(image, image) for image in own])),
        (f"You have no more {('training', part)[result]} images than there are {other} images. "
         "Does a loop over both end with the shorter ones, as zip does?",
         scaled[: len((test, train)[result])]),
        (_MNIST, (own - _MNIST_MEAN) / _MNIST_STD),
        ("You divided by 255. Standardise, by the training images.", own / 255),
        ("The pixels are scaled twice: divided by 255, then standardised by grey values.",
         _by(own / 255, train)),
        ("The pixels are scaled twice: what was standardised was standardised again.",
         _by(scaled, train)),
        ("You measured each pixel position separately. Measure all pixels together.",
         (own - train.mean(axis=0)) / (train.std(axis=0) + _OFFSET)),
        (f"You returned the {other} images, scaled. Are the two swapped? The training images come "
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

# build_normalised -------------------------------------------------------------------------------

_LAYERS = "Normalization(axis=None)", "Flatten"
_PER_COLUMN, _PER_PIXEL = "Normalization(axis=(-1,))", "Normalization(axis=(1, 2))"
_RESCALING = "Rescaling(0.00392157)"
_AXIS = "Give the Normalization layer axis=None, so that it keeps one mean and one std for all."


def _to_build(n_train: int, n_classes: int, images: Numbers) -> Case:
    train = images[:n_train]
    layers = (*_LAYERS, f"Dense({n_classes}, softmax)")
    scale = np.array([train.mean(), train.std()])
    return images, n_train, n_classes, Network(images.shape[1:], layers), scale


#: images, n_train, n_classes, expected network, expected mean and std of its first layer
_NORMALISED: list[Case] = [
    _to_build(2, 3, _grey([[[0, 100, 20]], [[100, 80, 0]], [[90, 190, 250]]])),
    _to_build(
        3, 2, _grey([[[9], [40]], [[30], [60]], [[12], [29]], [[200], [101]], [[80], [160]]])
    ),
]


def _layers_slips(images: Numbers, _n: int, n_classes: int, expected: Network, _: Numbers) -> Slips:
    *scaling, last = expected.layers
    no_scale = "There is no Normalization layer, so the network calculates with raw grey values."

    def built(*layers: str) -> Network:
        return replace(expected, layers=layers)

    return [
        (f"Without axis=None the layer keeps a mean for each column of the images. {_AXIS}",
         built(_PER_COLUMN, "Flatten", last)),
        ("The layer keeps a mean for each pixel position, and near the border, where nearly all "
         f"pixels are black, a tiny std makes a rare grey pixel huge. {_AXIS}",
         built(_PER_PIXEL, "Flatten", last), built("Flatten", _PER_COLUMN, last)),
        (no_scale, built("Flatten", last)),
        ("The layer divides by 255. Standardise, with a Normalization layer in its place.",
         built(_RESCALING, "Flatten", last)),
        ("The pixels are scaled twice, by 1 / 255 and by the Normalization layer. Keep the "
         "Normalization layer alone.",
         built(_RESCALING, *expected.layers), built(scaling[0], _RESCALING, *expected.layers[1:])),
        ("BatchNormalization measures each batch separately while it trains. Use Normalization, "
         "which measures the training images once.",
         built("BatchNormalization", "Flatten", last)),
        ("Flatten is missing. A dense layer works on the last axis alone, so without it each row "
         "of the image is treated as an example of its own.",
         built(scaling[0], last)),
        ("The last layer has no activation, so its outputs are not probabilities. It needs "
         "softmax.",
         built(*scaling, f"Dense({n_classes})")),
        ("The last layer has another activation. It needs softmax.",
         *(built(*scaling, f"Dense({n_classes}, {other})") for other in ("relu", "sigmoid"))),
        ("The network ends in one neuron. Each class needs an output of its own.",
         *(built(*scaling, f"Dense(1{other})") for other in ("", ", sigmoid", ", softmax"))),
        ("The input shape is that of one image. The number of images is not part of it.",
         replace(expected, input_shape=images.shape)),
    ]  # fmt: skip


def _scale_slips(images: Numbers, n_train: int, _c: int, _n: Network, scale: Numbers) -> Slips:
    train, test = images[:n_train], images[n_train:]

    def measured(pixels: Numbers, axis: Any = None) -> Numbers:
        return np.array([pixels.mean(axis=axis), pixels.std(axis=axis)])

    return [
        ("The layer has mean 0 and std 1, so it leaves every pixel as it is. Call its adapt with "
         "the training images as they were given, before you return the network.",
         np.array([0.0, 1.0])),
        ("Leakage: the layer measured the training and test images together. Adapt it to the "
         "training images alone.", measured(images)),
        ("The layer measured the test images. Adapt it to the training images alone.",
         measured(test)),
        ("The layer measured one image alone. Adapt it to all training images.",
         measured(images[0]), measured(images[n_train - 1])),
        ("The layer measured pixels / 255, but the network is given grey values up to 255. Adapt "
         "it to the images as they are.", scale / 255, measured(images) / 255),
        ("The layer was given the std in place of the variance, which is its square.",
         np.array([scale[0], np.sqrt(scale[1])])),
        (f"The layer measured each column separately. {_AXIS}",
         measured(train, (0, 1)), measured(images, (0, 1))),
        (f"The layer measured each pixel position separately. {_AXIS}",
         measured(train.reshape(n_train, -1), 0), measured(images.reshape(len(images), -1), 0)),
        ("The layer has MNIST's mean and std. Adapt it to the images that are given.",
         np.array([_MNIST_MEAN, _MNIST_STD])),
    ]  # fmt: skip


def _describe_scaled(result: Any, *_: Any) -> Any:
    """Describe a network, and the mean and std that its Normalization layer keeps."""
    found = describe_network(result)
    if not isinstance(found, Network):
        return found
    # What the layer keeps is judged by itself, however the layer came by it.
    layers = tuple(
        re.sub(r", (mean|variance)=(\([^()]*\)|[^,()]+)", "", layer).replace("axis=()", "axis=None")
        for layer in found.layers
    )
    if layers[:2] == _LAYERS[::-1]:  # with one mean for all pixels, the order makes no difference
        layers = (*_LAYERS, *layers[2:])
    scales = [
        np.array([np.ravel(scaler.mean), np.sqrt(np.ravel(scaler.variance))])
        for scaler in _scalers(result)
    ]
    scale = scales[0] if scales else np.zeros((2, 0))
    return replace(found, layers=layers), scale[:, 0] if scale.shape[1] == 1 else scale


def _scalers(built: Any) -> Iterator[Any]:
    """Find the Normalization layers of a network, those of networks within it too."""
    for layer in built.layers:
        if type(layer).__name__ == "Normalization":
            yield layer
        yield from _scalers(layer) if hasattr(layer, "layers") else ()


def _network_and_scale(received: Any) -> tuple[Network, Any]:
    is_described = isinstance(received, tuple) and isinstance(received[0], Network)
    found, scale = received if is_described else (received, None)
    return network("loss", "metrics", "optimizer")(found), scale


def _layers_explained(received: tuple[Network, Any], *case: Any) -> str:
    return first_difference(received[0], case[3])


def _scale_explained(received: tuple[Network, Any], *_: Any) -> str:
    return "" if np.size(received[1]) else "The network has no Normalization layer."


check_build_normalised_layers = Check(
    "build_normalised(images, n_train, n_classes)",
    _NORMALISED,
    _layers_slips,
    part="the layers",
    describe=_describe_scaled,
    form=_network_and_scale,
    explain=_layers_explained,
    meanings={
        "Received: None": "adapt returns nothing, so `scaler.adapt(...)` needs a line of its own.",
        r"must match\. variable\.shape": "adapt was given images with another number of axes than "
        "the layer was built for. Let both be squares, or both be rows.",
        **MEANINGS,
    },
)
check_build_normalised_scale = check_build_normalised_layers.then(
    "its mean and std", slips=_scale_slips, explain=_scale_explained, result=1
)

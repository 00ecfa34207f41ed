"""The checks of the exercises on convolutional networks: what is asked, and known slips."""

import contextlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Numbers, Slips, alike, is_numeric, lazy
from course_utils.checks.forms import one_number, pair
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    network,
    shipped_images,
)
from course_utils.datasets import class_names
from course_utils.pretrained.rebuilding import build_trained

# build_cnn --------------------------------------------------------------------------------------

#: Budget, the fewest parameters.
_BUDGETS: list[Case] = [(20_000, 10_000), (5_000, 2_500), (60_000, 30_000)]
_IMAGE_SHAPE, _N_CLASSES = (28, 28, 1), 10
_LEAST_ACCURACY = 0.5  # after the brief training below, networks of many forms reach .59 or more

_SHAPES = {
    "Kernel shape must have the same length as input": "The input shape is that of one image. How "
    "many images come in a batch is no part of it.",
}


def _describe_cnn(result: Any, *_: Any) -> Any:
    """Describe a network, with the shape of its output."""
    found = describe_network(result)
    if not isinstance(found, Network) or found.input_shape is None:
        return found
    return found, tuple(result.output_shape[1:])


def _describe_trained(result: Any, max_parameters: int) -> Any:
    """Describe a network, and say how many images it classifies correctly after brief training."""
    described = _describe_cnn(result)
    if not isinstance(described, tuple) or _cnn_objection(described, max_parameters):
        return described
    import keras

    images, labels = shipped_images("fashion_mnist", 0, 1500)
    images = images[..., None] / np.float32(255)
    result.compile(
        keras.optimizers.Adam(0.004),
        "sparse_categorical_crossentropy",
        steps_per_execution=20,
        jit_compile=False,  # XLA would compile for longer than it trains
    )
    result.fit(images[:1000], labels[:1000], batch_size=50, epochs=3, verbose=0)
    # After so few steps the moving averages of batch normalisation have not settled, hence both.
    outputs = [np.asarray(result(images[1000:], training=mode)) for mode in (False, True)]
    accuracies = [(output.argmax(axis=1) == labels[1000:]).mean() for output in outputs]
    return *described, float(max(accuracies))


def _one_cnn(received: Any) -> tuple[Any, ...]:
    """Demand a network, with what else was found about it."""
    if isinstance(received, tuple) and received and isinstance(received[0], Network):
        return received
    return (network()(received),)


def _cnn_objection(received: tuple[Any, ...], max_parameters: int, *_: Any) -> str:
    """Say what keeps a network from being the one that was asked for, or nothing."""
    found, output_shape = received[:2]
    layers, count = found.layers, found.n_parameters
    told = f"received: {found.shown}, {count:,} parameters\n"
    if found.input_shape != _IMAGE_SHAPE:
        return f"{told}The shape of one image is {_IMAGE_SHAPE}, not {found.input_shape}."
    if not any(map(_is_convolution, layers)):
        return f"{told}This is an MLP: it has no convolution."
    if before := _dense_before_convolution(layers):
        return (
            f"{told}{before} comes before the first convolution. The convolution should see the "
            "pixels themselves, so it comes right behind the input."
        )
    if len(output_shape) > 1:
        return (
            f"{told}The output for one image has the shape {output_shape}, because a dense layer "
            "works on the last axis alone. Flatten is missing before it: the network should "
            "give only ten numbers for each image."
        )
    if output_shape != (_N_CLASSES,):
        return f"{told}The output for one image has the shape {output_shape}, not {(_N_CLASSES,)}."
    if not re.search(r"\bsoftmax\b", layers[-1]):
        return (
            f"{told}The network ends with {layers[-1]}, so its outputs are no probabilities. The "
            "last layer needs softmax."
        )
    if bare := _without_activation(layers):
        return (
            f"{told}{bare} has no activation. Without one it stays linear: give each convolution "
            "and each hidden layer its ReLU."
        )
    if count > max_parameters:
        return f"{told}The budget is {max_parameters:,} parameters. {_where_they_are(layers)}"
    if 2 * count < max_parameters:
        return (
            f"{told}That is less than half of the budget of {max_parameters:,} parameters. The "
            "number of filters should depend on max_parameters, and grow with it. Is there a "
            "largest number that yours cannot go beyond?"
        )
    return ""


def _is_convolution(layer: str) -> bool:
    return bool(re.match(r"(Separable)?Conv2D\(", layer))


def _dense_before_convolution(layers: Sequence[str]) -> str:
    first = next(i for i, layer in enumerate(layers) if _is_convolution(layer))
    return next((layer for layer in layers[:first] if layer.startswith("Dense(")), "")


def _without_activation(layers: Sequence[str]) -> str:
    """Find a hidden layer with no activation, neither its own nor one before the next layer."""
    bare = ""
    for layer in layers:
        if _is_convolution(layer) or layer.startswith("Dense("):
            if bare:
                return bare
            bare = "" if re.search(r", [a-z_]+[,)]", layer) else layer
        elif layer.partition("(")[0].islower() or layer.startswith(("LeakyReLU", "PReLU")):
            bare = ""
    return ""


def _where_they_are(layers: Sequence[str]) -> str:
    shrinks = any("Pooling" in layer or "strides=" in layer for layer in layers)
    if not shrinks:
        return (
            "Nothing makes the feature maps smaller, so most parameters lie in the dense layer "
            "behind Flatten. Which layer, without parameters of its own, would help?"
        )
    return (
        "Take fewer filters, a smaller dense layer, or pool once more before Flatten. If your "
        "function counts parameters, does it do so once all layers are in place?"
    )


def _learns(received: tuple[Any, ...], max_parameters: int, *_: Any) -> str:
    """Object to the network, or to what it has learnt."""
    if _cnn_objection(received, max_parameters):
        return "Your network is trained only when it passes the check before this one."
    found, _, accuracy = received
    if accuracy >= _LEAST_ACCURACY:
        return ""
    return (
        f"received: {found.shown}\n"
        f"expected: an accuracy of at least {_LEAST_ACCURACY} on 500 images after three epochs on "
        "1,000 others\nIt stayed below. Is too little left of the image somewhere, because maps "
        "are pooled until they are tiny or averaged away, or because a layer is very narrow? "
        "Hidden layers with a sigmoid also learn slowly."
    )


check_build_cnn = Check(
    "build_cnn(max_parameters)",
    _BUDGETS,
    part="the network",
    describe=_describe_cnn,
    form=_one_cnn,
    demand=_cnn_objection,
    compares=False,
    meanings={**_SHAPES, **MEANINGS},
)
# Not by `then`: to ask the part before once more would train for each of its cases.
check_build_cnn_learns = replace(
    check_build_cnn,
    part="what it learns",
    cases=_BUDGETS[:1],
    describe=_describe_trained,
    demand=_learns,
)

# classify_photo ---------------------------------------------------------------------------------

#: A boot and a 4, as rectangles: top, bottom, left and right, in hundredths of the photo.
_BOOT = [(10, 85, 55, 90), (55, 85, 10, 90)]
_FOUR = [(20, 55, 28, 37), (46, 55, 28, 72), (20, 84, 60, 69)]


def _photo(side: int, shapes: Sequence[tuple[int, ...]], ink: Sequence[int]) -> Numbers:
    """Draw something dark on paper on which less light falls towards the lower right."""
    rows, columns = np.mgrid[:side, :side] * 100 // side
    covered = np.zeros((side, side, 1), bool)
    for top, bottom, left, right in shapes:
        inside = (rows >= top) & (rows < bottom) & (columns >= left) & (columns < right)
        covered |= inside[:, :, None]
    light = 1 - (rows + columns)[:, :, None] / 5000
    return (np.where(covered, ink, (252, 250, 244)) * light).astype(np.uint8)


def _prepared(photo: Numbers) -> Numbers:
    """Make of a photo what the networks were trained on."""
    return (1 - _blocks(photo).mean(axis=(2, 3, 4)) / 255)[None, :, :, None]


def _blocks(photo: Numbers) -> Numbers:
    """Cut a photo into 28 × 28 blocks: (row of blocks, column of blocks, row, column, colour)."""
    size = len(photo) // 28
    return photo.reshape(28, size, 28, size, photo.shape[2]).swapaxes(1, 2)


_BOOT_PHOTO, _FOUR_PHOTO = _photo(84, _BOOT, (38, 52, 80)), _photo(112, _FOUR, (70, 30, 20))
#: A photo, the name of a network, what the network is to be given, and the class that it answers.
_PHOTOS: list[Case] = [
    (_BOOT_PHOTO, "clothes_cnn", _prepared(_BOOT_PHOTO), 9),
    (_FOUR_PHOTO, "digits_cnn", _prepared(_FOUR_PHOTO), 4),
]

#: Grey values that were rounded to whole numbers on the way are right.
_ROUNDED = 0.002
_LIGHT = "Light and dark are as in the photo. In the training images things are light on black."
_UNSCALED = "The values go up to 255. The network was trained on values from 0 to 1."
_TWICE = "You divided by 255 twice."
_RESHAPED = (
    "reshape reads the pixels row by row, so what you averaged are no square blocks of the photo. "
    "Split rows and columns into two axes each, and average over the two inside a block."
)


def _batch_slips(photo: Numbers, _: str, expected: Numbers, answer: int) -> Slips:
    size, blocks = len(photo) // 28, _blocks(photo)
    grey, image, middle = photo.mean(axis=2), expected[0, :, :, 0], (len(photo) - 28) // 2

    def batch(grey_values: Numbers) -> Numbers:
        return (1 - grey_values / 255)[None, :, :, None]

    return [
        (_LIGHT, 1 - expected),
        (_UNSCALED, 255 * expected),
        (f"{_LIGHT} And the values go up to 255, but the network knows only 0 to 1.",
         255 * (1 - expected)),
        (_TWICE, expected / 255, 1 - (1 - expected) / 255),
        ("You subtracted from 1 before you divided by 255. Scale first.",
         1 - 255 * (1 - expected), (1 - 255 * (1 - expected)) / 255),
        ("The batch axis is missing: even one image is a batch, of length 1.", expected[0]),
        ("The channel axis is missing: a grey image has one channel, the last axis.",
         expected[..., 0]),
        ("The batch axis and the channel axis are missing.", image),
        ("The channel axis comes last: images, rows, columns, channels.",
         expected.transpose(0, 3, 1, 2)),
        ("The batch axis comes first: images, rows, columns, channels.",
         image[:, :, None, None]),
        ("The three colours are still there. A grey value is their mean.",
         1 - blocks.mean(axis=(2, 3))[None] / 255),
        ("That is one of the colours alone. A grey value is the mean of all three.",
         *(batch(blocks.mean(axis=(2, 3))[..., i]) for i in range(3))),
        ("The colours are added up in uint8, where a sum over 255 wraps around. Take their mean, "
         "or make floats of them first.",
         batch(_blocks(photo.sum(axis=2, dtype=np.uint8, keepdims=True) / 3).mean(axis=(2, 3, 4)))),
        ("That weights the colours as the eye does. Here a grey value is their plain mean.",
         batch(blocks.mean(axis=(2, 3)) @ [0.299, 0.587, 0.114])),
        ("You kept one pixel of each block and dropped the others. Average over the block.",
         batch(grey[::size, ::size])),
        ("You kept the lightest or the darkest pixel of each block. Average over the block.",
         batch(blocks.mean(axis=4).max(axis=(2, 3))), batch(blocks.mean(axis=4).min(axis=(2, 3)))),
        ("That is a corner of the photo, cut out. Make the whole photo smaller instead.",
         batch(grey[:28, :28]), batch(grey[:28, -28:]), batch(grey[-28:, :28]),
         batch(grey[-28:, -28:])),
        ("That is the middle of the photo, cut out. Make the whole photo smaller instead.",
         batch(grey[middle : middle + 28, middle : middle + 28])),
        ("Each value contains those before it: is the total set back to 0 for each block?",
         1 - (1 - expected).cumsum().reshape(expected.shape), 1 - (1 - expected).cumsum(axis=2)),
        ("The photo is not resized yet.", batch(grey)),
        (_RESHAPED, batch(grey.reshape(28, 28, -1).mean(axis=2)),
         batch(grey.reshape(size, 28, size, 28).mean(axis=(0, 2)))),
        ("reshape made several images of one photo, each of strips of it. Average over blocks.",
         1 - grey.reshape(-1, 28, 28, 1) / 255),
        ("Rows and columns are swapped.", expected.transpose(0, 2, 1, 3)),
        ("The values were stretched to reach from 0 to 1. Divide by 255, as for the training "
         "images.", (expected - expected.min()) / np.ptp(expected)),
        ("The values were standardised. The network was trained on values from 0 to 1.",
         (expected - expected.mean()) / expected.std()),
        *lazy(expected.shape, [case[-2] for case in _PHOTOS]),
        ("That is the photo unchanged.", photo),
    ]  # fmt: skip


def _class_slips(photo: Numbers, name: str, expected: Numbers, answer: int) -> Slips:
    names = class_names("mnist" if name.startswith("digits") else "fashion_mnist")
    return [
        ("argmax looked along the wrong axis. The network gives one row per image, and the classes "
         "stand along the last axis.", np.zeros(_N_CLASSES)),
        ("You counted classes from 1. NumPy counts from 0.", answer + 1),
        ("That is the name of the class. Its number is asked for.", names[answer]),
        ("That is a row with a 1 for the class. Its number is asked for.",
         np.eye(_N_CLASSES)[answer]),
    ]  # fmt: skip


def _batch_explained(received: Any, *_: Any) -> str:
    batch, _ = received
    most = float(np.max(batch, initial=0)) if is_numeric(batch) else 0.0
    if not 2 < most < np.inf:
        return ""
    return f"The values go up to {most:.4g}. The network was trained on values from 0 to 1."


def _class_explained(received: Any, photo: Numbers, name: str, expected: Numbers, _: int) -> str:
    batch, answer = received
    if is_numeric(answer) and np.size(answer) == _N_CLASSES:
        return "Those are ten probabilities. The number of the most probable class is asked for."
    if not alike(batch, expected, _ROUNDED):
        return "The class depends on the batch, and yours is not right yet."
    if is_numeric(answer) and np.size(answer) == 1 and 0 < float(np.ravel(answer)[0]) < 1:
        return "That is the confidence. The number of the most probable class is asked for."
    if not (is_numeric(answer) and np.size(answer) == 1):
        return ""
    for picture, other in (
        ("in which light and dark are as in the photo", 1 - expected),
        ("whose values go up to 255", 255 * expected),
        ("whose values go up to 255, with light and dark as in the photo", 255 * (1 - expected)),
    ):
        if _answer_to(other, name) == float(np.ravel(answer)[0]):
            return (
                f"Your batch is right. The class is what the network answers to a picture {picture}"
                ". Is it given the batch that you return?"
            )
    return (
        "Your batch is right, but the class is not what the network answers to it. Is the network "
        "given the batch that you return, and does argmax look at its output as it is?"
    )


def _answer_to(batch: Numbers, name: str) -> int:
    return int(np.asarray(trained_network(name)(batch))[0].argmax())


def _batch_and_class(received: Any) -> tuple[Any, Any]:
    """Demand two results; the class may come in an array that holds it alone."""
    batch, answer = pair("the batch", "the class")(received)
    return batch, one_number(answer)


@contextlib.contextmanager
def _with_network(photo: Numbers, name: str) -> Iterator[Sequence[Any]]:
    yield [photo, trained_network(name)]


#: Builds a shipped network once: the function that is asked only predicts with it.
trained_network = cache(build_trained)

_OF_PHOTOS = {
    "cannot reshape array": "The product of the new shape must be the number of values. A side of "
    "the photo has 28 blocks of len(photo) // 28 pixels.",
    "Exception encountered when calling": "The network takes a "
    "batch of the shape (number of images, 28, 28, 1). What is the shape of yours?",
}

check_classify_photo_batch = Check(
    "classify_photo(photo, network)",
    _PHOTOS,
    _batch_slips,
    part="the batch",
    form=_batch_and_class,
    explain=_batch_explained,
    prepare=_with_network,
    tolerance=_ROUNDED,
    meanings=_OF_PHOTOS,
)
check_classify_photo_class = check_classify_photo_batch.then(
    "the class", slips=_class_slips, result=1, explain=_class_explained
)

"""The checks of the exercises on colour and transfer: what is asked, known slips, what is said."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import Numbers, Slips, as_arrays, lazy
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)
from course_utils.checks.probabilities import softmax

_N_COLOURS = 3

# colour_numbers ---------------------------------------------------------------------------------


def _photo_case(photos: list[Any], expected: list[list[float]]) -> Case:
    return np.array(photos, np.uint8), np.array(expected)


_PHOTOS: list[Case] = [
    _photo_case(
        [[[[255, 0, 0], [255, 51, 0]]], [[[0, 102, 204], [102, 102, 0]]]],
        [[1, 0.1, 0, 0, 0.1, 0], [0.2, 0.4, 0.4, 0.2, 0, 0.4]],
    ),
    _photo_case(
        [
            [[[51, 0, 255], [51, 204, 255]], [[255, 0, 0], [255, 204, 0]]],
            [[[0, 51, 102], [0, 51, 102]], [[0, 51, 204], [204, 51, 204]]],
            [[[255, 255, 51], [255, 51, 51]], [[51, 255, 51], [255, 255, 255]]],
        ],
        [
            [0.6, 0.4, 0.5, 0.4, 0.4, 0.5],
            [0.2, 0.2, 0.6, 0.34641016, 0, 0.2],
            [0.8, 0.8, 0.4, 0.34641016, 0.34641016, 0.34641016],
        ],
    ),
]


def _of_each(photos: Numbers, axis: Any, **options: Any) -> Numbers:
    """Take means and standard deviations over some axes, side by side."""
    scaled = photos / 255
    return np.concatenate([scaled.mean(axis=axis), scaled.std(axis=axis, **options)], axis=-1)


def _colour_slips(photos: Numbers, expected: Numbers) -> Slips:
    means, deviations = expected[:, :3], expected[:, 3:]
    scaled = photos / 255
    return [
        ("The values go up to 255. Divide by 255, so that they lie between 0 and 1.",
         255 * expected),
        ("You divided by 255 twice.", expected / 255),
        ("Only the means are divided by 255. The standard deviations need it too.",
         np.concatenate([means, 255 * deviations], axis=1)),
        ("The standard deviations come first. Put the three means before them.",
         np.concatenate([deviations, means], axis=1)),
        ("Mean and standard deviation take turns. Put the three means first, then the three "
         "standard deviations.", np.stack([means, deviations], axis=2).reshape(-1, 6)),
        ("The standard deviations are missing.", means),
        ("The means are missing.", deviations),
        ("Those are variances. A standard deviation is the square root of one.",
         np.concatenate([means, deviations**2], axis=1)),
        ("You divided by n − 1 for the standard deviation. np.std divides by n.",
         _of_each(photos, (1, 2), ddof=1)),
        ("You averaged over all photos as well. Each photo keeps a row of its own: average over "
         "its rows and columns only, which are the axes 1 and 2.",
         _of_each(photos, (0, 1, 2)), np.tile(_of_each(photos, (0, 1, 2)), (len(photos), 1))),
        ("You averaged over the colours as well. Each of the three keeps its own mean: average "
         "over the axes 1 and 2 only.",
         np.stack([scaled.mean(axis=(1, 2, 3)), scaled.std(axis=(1, 2, 3))], axis=1)),
        ("You averaged over one axis only. A photo's pixels lie along two, the axes 1 and 2.",
         _of_each(photos, 1), _of_each(photos, 2)),
        ("You averaged over the photos and their rows. The photos lie along axis 0, so average "
         "over the axes 1 and 2.", _of_each(photos, (0, 1))),
        ("You averaged over the last two axes, and the last one holds the colours. Rows and "
         "columns are the axes 1 and 2.", _of_each(photos, (2, 3))),
        ("Means and standard deviations lie behind each other on an axis of their own. Put them "
         "side by side: np.concatenate with axis=1.",
         np.stack([means, deviations]), np.stack([means, deviations], axis=1),
         np.stack([means, deviations], axis=2)),
        ("The standard deviations stand below the means. With axis=1, np.concatenate puts them "
         "beside the means.", np.concatenate([means, deviations], axis=0)),
        ("Rows and columns are swapped: a photo has a row, and each number a column.", expected.T),
        ("The colours come in the order blue, green, red. The first channel is red.",
         np.concatenate([means[:, ::-1], deviations[:, ::-1]], axis=1)),
        ("That is the first photo's row alone. Does `return` stand inside a loop?", expected[0]),
        ("That is the last photo's row alone. Is what you collect begun anew in each round?",
         expected[-1]),
        *lazy(expected.shape, [case[-1] for case in _PHOTOS]),
    ]  # fmt: skip


check_colour_numbers = Check("colour_numbers(photos)", _PHOTOS, _colour_slips)

# recolour ---------------------------------------------------------------------------------------

#: garments, colours, expected
_GARMENTS = as_arrays(
    (
        [[[[0.0, 0.0, 0.0], [0.5, 0.25, 0.0]], [[1.0, 0.5, 0.0], [0.2, 0.1, 0.0]]]],
        [[0.0, 0.4, 1.0]],
        [[[[0.0, 0.0, 0.0], [0.0, 0.2, 0.5]], [[0.0, 0.4, 1.0], [0.0, 0.08, 0.2]]]],
    ),
    (
        [
            [[[0.0, 0.0, 0.0], [0.1, 0.4, 0.2], [0.25, 1.0, 0.5]]],
            [[[0.3, 0.6, 0.6], [0.0, 0.0, 0.0], [0.4, 0.8, 0.8]]],
        ],
        [[1.0, 0.2, 0.5], [0.5, 1.0, 0.0]],
        [
            [[[0.0, 0.0, 0.0], [0.4, 0.08, 0.2], [1.0, 0.2, 0.5]]],
            [[[0.3, 0.6, 0.0], [0.0, 0.0, 0.0], [0.4, 0.8, 0.0]]],
        ],
    ),
    (
        [
            [[[0.9, 0.3, 0.0], [0.6, 0.2, 0.0]], [[0.0, 0.0, 0.0], [0.3, 0.1, 0.0]]],
            [[[0.2, 0.2, 0.8], [0.0, 0.0, 0.0]], [[0.1, 0.1, 0.4], [0.2, 0.2, 0.8]]],
        ],
        [[0.5, 0.5, 1.0], [1.0, 0.0, 0.25]],
        [
            [[[0.45, 0.45, 0.9], [0.3, 0.3, 0.6]], [[0.0, 0.0, 0.0], [0.15, 0.15, 0.3]]],
            [[[0.8, 0.0, 0.2], [0.0, 0.0, 0.0]], [[0.4, 0.0, 0.1], [0.8, 0.0, 0.2]]],
        ],
    ),
)
_LUMA = [0.299, 0.587, 0.114]


def _recolour_slips(garments: Numbers, colours: Numbers, expected: Numbers) -> Slips:
    brightness, own = garments.max(axis=3, keepdims=True), colours[:, None, None]
    covered = brightness > 0
    slips = [
        ("The old colour is still in it: you multiplied the coloured garment. Take its brightness "
         "first, the largest of a pixel's three values.", garments * own),
        ("You took the mean of the three values for the brightness. A pixel of a saturated colour "
         "would become too dark: take the largest.", garments.mean(axis=3, keepdims=True) * own),
        ("You took the smallest of the three values for the brightness. Take the largest.",
         garments.min(axis=3, keepdims=True) * own),
        ("You added up the three values for the brightness. Take the largest.",
         garments.sum(axis=3, keepdims=True) * own),
        ("You weighted the three values as the eye does. Take the largest of them.",
         (garments @ _LUMA)[..., None] * own),
        ("You took one channel for the brightness, the same for all garments. Which of the three "
         "is largest depends on the old colour.",
         *(garments[..., [channel]] * own for channel in range(_N_COLOURS))),
        ("That is the brightness alone. Multiply it by the new colour.",
         brightness, brightness[..., 0], np.repeat(brightness, _N_COLOURS, axis=3)),
        ("Each garment is in one flat colour, without its lights and shadows. Multiply each "
         "pixel's brightness by the colour.",
         np.where(covered, own, 0.0), np.broadcast_to(own, garments.shape),
         garments.max(axis=(1, 2, 3), keepdims=True) * own),
        ("You took the largest value of the whole batch or picture. Each pixel has a brightness "
         "of its own: axis=3, the last.", garments.max() * own),
        ("You added the colour. Multiply by it, so that black stays black.", brightness + own),
        ("All garments got the first colour. Each has its own row of `colours`.",
         brightness * colours[0]),
        ("All garments got the last colour. Each has its own row of `colours`.",
         brightness * colours[-1]),
        ("The colours are handed out in reverse.", brightness * own[::-1]),
        ("Red and blue are swapped: the first number of a colour is red.",
         brightness * own[..., ::-1]),
        ("The values go up to 255. They should stay between 0 and 1, as they came.",
         255 * expected),
        ("Those are the garments, unchanged.", garments),
        *lazy(expected.shape, [case[-1] for case in _GARMENTS]),
    ]  # fmt: skip
    if garments.shape[2] == len(colours) > 1:
        slips.append(
            ("The colours went along the columns of the picture. Give `colours` an axis of length "
             "1 for the rows and one for the columns: colours[:, None, None].",
             brightness * colours)
        )  # fmt: skip
    return slips


check_recolour = Check(
    "recolour(garments, colours)",
    _GARMENTS,
    _recolour_slips,
    meanings={
        "could not be broadcast": "NumPy lines arrays up by their last axes. `garments` has the "
        "axes image, row, column, channel, and `colours` has only image and channel. Put axes of "
        "length 1 between them: colours[:, None, None].",
    },
)

# build_transfer ---------------------------------------------------------------------------------

#: Height, width and channels of the extractor's input, number of its features; n_classes;
#: parameters to be trained.
_EXTRACTORS: list[Case] = [([8, 8, 3, 5], 4, 24), ([10, 6, 3, 3], 2, 8)]
_SEED, _N_PICTURES = 0, 4


def extractor_of(sizes: Sequence[int]) -> Any:
    """Build a small network that finds features, with random weights."""
    import keras
    from keras import layers

    *input_shape, n_features = sizes
    inputs = layers.Input(tuple(input_shape))
    maps = layers.Conv2D(n_features, 3, padding="same", activation="relu")(inputs)
    features = layers.GlobalAveragePooling2D()(layers.BatchNormalization()(maps))
    # As the photo network is: its output is known, and no layer can be put on top of it.
    extractor = keras.Model(inputs, features, name="extractor")
    rng = np.random.default_rng(_SEED)
    extractor.set_weights([rng.uniform(0.2, 1, w.shape) for w in extractor.get_weights()])
    return extractor


@contextlib.contextmanager
def _with_extractor(sizes: Sequence[int], n_classes: int) -> Iterator[list[Any]]:
    yield [extractor_of(sizes), n_classes]


def _describe_transfer(result: Any, extractor: Any, n_classes: int) -> Any:
    """Describe a network, what of it is trained, and whether it uses the extractor's features."""
    found = describe_network(result)
    if not isinstance(found, Network) or found.input_shape is None:
        return found
    expected = describe_network(extractor)
    n_trained = sum(int(np.prod(variable.shape)) for variable in result.trainable_variables)
    uses = None
    if found.layers[: len(expected.layers)] == expected.layers:
        uses = _uses(result, extractor, n_classes)
    return found, expected.layers, n_trained, uses


def _uses(result: Any, extractor: Any, n_classes: int) -> bool | None:
    """Say whether the output is a softmax of the extractor's features, by the last weights."""
    *_, weights, biases = [np.asarray(weight) for weight in result.get_weights()]
    if np.shape(weights) != (extractor.output_shape[-1], n_classes):
        return None
    shape = (_N_PICTURES, *extractor.input_shape[1:])
    pictures = np.random.default_rng(_SEED).random(shape, np.float32)
    logits = np.asarray(extractor(pictures)) @ weights + biases
    outputs, shares = np.asarray(result(pictures)), softmax(logits)
    return outputs.shape == shares.shape and bool(np.allclose(outputs, shares, atol=1e-4))


def _one_transfer(received: Any) -> tuple[Any, ...]:
    """Demand a network, with what else was found about it."""
    if isinstance(received, tuple) and received and isinstance(received[0], Network):
        return received
    return (network()(received),)


def _transfer_objection(received: tuple[Any, ...], *case: Any) -> str:
    """Say what keeps a network from being the one that was asked for, or nothing."""
    found, of_extractor, n_trained, uses = received
    (*input_shape, n_features), n_classes, n_head = case
    told = f"received: {found.shown}, {n_trained:,} parameters to train\n"
    last = f"Dense({n_classes}, softmax)"
    if found.layers == of_extractor:
        return f"{told}That is the extractor alone: the new layer, {last}, is missing."
    if found.layers[: len(of_extractor)] != of_extractor:
        return (
            f"{told}The layers of the extractor are not all in it. Put the extractor itself first, "
            "as if it were one layer."
        )
    expected = Network(tuple(input_shape), (*of_extractor, last))
    if found != expected and (said := _last_layers(found, of_extractor, last, n_classes)):
        return f"{told}{said}"
    if found.input_shape != tuple(input_shape):
        return f"{told}{first_difference(found, expected)}"
    if n_trained > n_head + 2 * n_features:  # more than what batch normalisation trains
        return (
            f"{told}The extractor is not frozen: its own parameters would be trained as well. "
            "Set its `trainable` to False."
        )
    if n_trained == 0:
        return (
            f"{told}Nothing is left to be trained, the new layer neither. Freeze the extractor "
            "only."
        )
    if n_trained != n_head:
        return (
            f"{told}Expected {n_head:,}: {n_features} features × {n_classes} classes, and "
            f"{n_classes} biases. Freeze the whole extractor, batch normalisation included, and "
            "nothing else."
        )
    if not uses:
        return (
            f"{told}The weights in it are not those of the extractor that the function was given. "
            "Use the extractor itself: what it has learnt is what you want."
        )
    return ""


def _last_layers(found: Network, of_extractor: Sequence[str], last: str, n_classes: int) -> str:
    """Say what is wrong behind the extractor, or nothing."""
    new = found.layers[len(of_extractor) :]
    if new == (last,):
        return ""
    if len(new) > 1:
        return (
            f"Behind the extractor come {', '.join(new)}. One new layer is asked for, {last}: few "
            "pictures can train few weights."
        )
    if new == (f"Dense({n_classes})",):
        return "The network gives logits. The new layer needs softmax."
    if new[0].startswith(f"Dense({n_classes}, softmax, "):
        return f"The new layer is {new[0]}. Leave its settings as they are by default: {last}."
    if new[0].startswith(f"Dense({n_classes}, "):
        return f"The new layer is {new[0]}. For one class of several it needs softmax."
    if new[0].startswith("Dense("):
        return f"The new layer is {new[0]}. It needs one output for each class: {last}."
    return f"The new layer is {new[0]}, where {last} is asked for."


check_build_transfer = Check(
    "build_transfer(extractor, n_classes)",
    _EXTRACTORS,
    describe=_describe_transfer,
    prepare=_with_extractor,
    form=_one_transfer,
    demand=_transfer_objection,
    compares=False,
    meanings=MEANINGS,
)

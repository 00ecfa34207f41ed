"""The checks of the exercises on good practice: what is asked, known slips, and what is said."""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import HARD_CODED, Numbers, Slips, as_arrays, lazy
from course_utils.checks.networks import MEANINGS, build_dense
from course_utils.checks.probabilities import softmax

# spread_rates -----------------------------------------------------------------------------------

#: fractions, lowest, highest, expected
_SPREADS = as_arrays(
    ([0.0, 0.5, 1.0, 0.25], 0.01, 100.0, [0.01, 1.0, 100.0, 0.1]),
    ([0.75, 0.2, 0.6], 0.001, 1.0, [0.1778279, 0.0039811, 0.0630957]),
)


def _spread_slips(fractions: Numbers, lowest: float, highest: float, expected: Numbers) -> Slips:
    powers = np.log10(lowest) + fractions * np.log10(highest / lowest)
    even = lowest + fractions * (highest - lowest)
    return [
        ("The rates are spread evenly over the numbers, so that nearly all of them lie in the "
         "highest power of ten. Spread their powers evenly: equal steps should multiply the rate "
         "by the same factor.", even),
        ("Those are powers of ten. Raise 10 to them to get the rates.", powers),
        ("The logarithm and the power have different bases: np.log10 goes with 10 **, np.log goes "
         "with np.exp.", np.exp(powers), 10 ** (powers * np.log(10))),
        ("The direction is reversed: a fraction of 0 stands for the lowest rate, 1 for the "
         "highest.", highest * (lowest / highest) ** fractions),
        ("The lowest rate is missing: a fraction of 0 should give it.",
         (highest / lowest) ** fractions),
        ("A fraction of 1 should give the highest rate. The lowest one is multiplied by the ratio "
         "of the two, raised to the fraction.", lowest * highest**fractions, lowest**fractions),
        ("The fractions are not used: the rates are spaced evenly, but where each lies is for the "
         "fractions to say.", np.geomspace(lowest, highest, len(fractions)),
         np.linspace(lowest, highest, len(fractions))),
        ("np.logspace takes powers of ten, and you gave it the rates themselves, or you raised 10 "
         "to rates.", 10**even, np.logspace(lowest, highest, len(fractions))),
        ("The rates are sorted. Keep them in the order of the fractions.", np.sort(expected)),
        ("Those are the fractions, unchanged.", fractions),
        *lazy(fractions.shape, [case[-1] for case in _SPREADS]),
    ]  # fmt: skip


check_spread_rates = Check(
    "spread_rates(fractions, lowest, highest)",
    _SPREADS,
    _spread_slips,
    tolerance=1e-6,  # rates are small
    meanings={
        "can't multiply sequence|unsupported operand": "Numbers and a list do not calculate "
        "together. np.asarray( ) makes an array of a list.",
    },
)

# suspicious -------------------------------------------------------------------------------------

_PER_CENT = [
    [88, 7, 5], [10, 70, 20], [4, 36, 60], [34, 33, 33], [2, 1, 97], [3, 89, 8], [48, 9, 43],
]  # fmt: skip
_SEVEN = np.array(_PER_CENT) / 100
#: probabilities, labels, n, expected
_DOUBTS: list[Case] = [
    (_SEVEN, np.array([0, 2, 0, 1, 1, 1, 0]), 3, np.array([4, 2, 1])),
    (_SEVEN[:6], np.array([1, 2, 2, 0, 2, 2]), 4, np.array([0, 5, 1, 3])),
]


def _doubt_slips(probabilities: Numbers, labels: Numbers, n: int, expected: Numbers) -> Slips:
    of_given = probabilities[np.arange(len(labels)), labels]
    order, sure = np.argsort(of_given, kind="stable"), probabilities.max(axis=1)
    is_mistake = probabilities.argmax(axis=1) != labels
    mistakes = np.flatnonzero(is_mistake)
    shares = np.where(np.eye(probabilities.shape[1], dtype=bool)[labels], 0, probabilities)
    given = "Rank by the probability of the given label, whatever the networks prefer to it."
    by_rival = [  # in some cases the same
        (f"That ranks by how probable another class is. {given}",
         np.argsort(-shares.max(axis=1), kind="stable")),
        (f"That ranks by how far another class is ahead. {given}",
         np.argsort(of_given - sure, kind="stable")),
    ]  # fmt: skip
    return [
        *((said, ranked[:n]) for said, ranked in by_rival if list(ranked[:n]) != list(expected)),
        ("The order is reversed: the most suspicious image comes first.", expected[::-1]),
        ("Those are the images whose given label is most probable, and so the least suspicious.",
         order[::-1][:n]),
        ("Those are probabilities. Return the indices of the images.", of_given[order][:n]),
        ("Those are losses. Return the indices of the images.",
         -np.log(np.maximum(of_given[order][:n], 1e-12))),
        ("Those are all images. Return the first n of them.", order),
        ("You looked for mistakes only. A label that just wins may still be suspicious, so rank "
         "all images by the probability of their given label.",
         *(chosen for chosen in [mistakes[np.argsort(of_given[mistakes], kind="stable")][:n]]
           if len(chosen) < n)),
        ("That ranks the mistakes by the confidence of the answer. Rank by the probability of the "
         "label that the image was given.",
         mistakes[np.argsort(-sure[mistakes], kind="stable")][:n]),
        ("Those are the images of which the network is least sure, whatever their label says. "
         "Look up the probability of the given label.", np.argsort(sure, kind="stable")[:n]),
        ("Those are the images of which the network is surest, whatever their label says. Look up "
         "the probability of the given label.", np.argsort(-sure, kind="stable")[:n]),
        ("Those are indices into the mistakes alone. To look at an image, you need its index among "
         "all images.", np.argsort(of_given[mistakes], kind="stable")[:n]),
        ("Those are the first mistakes, not ranked yet.", mistakes[:n]),
        ("That is the probability of class 0 for every image. Each image has a label of its own.",
         np.argsort(probabilities[:, 0], kind="stable")[:n]),
        ("That tells for each image whether it is a mistake. Return indices.", is_mistake),
        ("Those are labels. Return the indices of the images.", labels[order][:n]),
        *((HARD_CODED, case[-1]) for case in _DOUBTS),
        ("Every value is 0. Look up the probability of each given label.", np.zeros(n)),
    ]  # fmt: skip


check_suspicious = Check(
    "suspicious(probabilities, labels, n)",
    _DOUBTS,
    _doubt_slips,
    meanings={
        "too many indices|shape mismatch|broadcast": "In probabilities[rows, labels] NumPy takes "
        "one row and one column at a time. Give it as many rows as labels: "
        "np.arange(len(labels)).",
    },
)

# nudge ------------------------------------------------------------------------------------------

#: (weights of pixels and classes, biases), images, labels, size, expected
_NUDGES: list[Case] = [
    (
        (np.array([[2.0, -1.0], [-1.0, 1.5], [0.5, -2.0]]), np.array([0.1, -0.2])),
        np.array([[0.0, 0.5, 1.0], [0.95, 0.02, 0.3]], np.float32),
        np.array([0, 1]),
        0.1,
        np.array([[0.0, 0.6, 0.9], [1.0, 0.0, 0.4]]),
    ),
    (
        (
            np.array([[1.0, -2.0, 0.5], [-1.5, 0.2, 1.0], [0.3, 1.1, -2.0], [2.0, -1.0, -0.4]]),
            np.array([0.0, 0.3, -0.1]),
        ),
        np.array([[0.2, 0.9, 0.4, 0.1], [0.6, 0.0, 1.0, 0.7], [0.85, 0.5, 0.3, 0.97]], np.float32),
        np.array([2, 1, 0]),
        0.2,
        np.array([[0.0, 0.7, 0.6, 0.3], [0.8, 0.0, 0.8, 0.9], [0.65, 0.7, 0.1, 0.77]]),
    ),
    (  # here some gradients turn round on the way, and those of other losses point elsewhere
        (
            np.array([[-1.2, 1.8, 0.9], [-1.6, 1.0, 1.0], [1.6, 1.6, -0.9], [1.5, -0.6, -0.5]]),
            np.array([0.3, 0.0, -0.3]),
        ),
        np.array([[0.4, 0.1, 0.3, 0.05], [0.55, 0.35, 0.6, 0.8], [0.85, 0.2, 0.9, 0.85]],
                 np.float32),
        np.array([0, 1, 2]),
        0.2,
        np.array([[0.6, 0.3, 0.1, 0.0], [0.35, 0.15, 0.4, 1.0], [1.0, 0.0, 1.0, 1.0]]),
    ),
]  # fmt: skip


#: The weights and biases of a dense layer.
Layer = tuple[Numbers, Numbers]


def softmax_of(layer: Layer, images: Numbers) -> Numbers:
    """Calculate what the network of a case answers."""
    weights, biases = layer
    return softmax(images @ weights + biases)


def gradient_of(layer: Layer, images: Numbers, labels: Numbers) -> Numbers:
    """Calculate each image's gradient of its own loss with respect to its pixels."""
    weights, biases = layer
    truth = np.eye(len(biases))[labels]
    return (softmax_of(layer, images) - truth) @ weights.T


def _in_steps(layer: Layer, images: Numbers, labels: Numbers, size: float, n: int) -> Numbers:
    """Go by the sign of the gradient n times, a part of the size each."""
    for _ in range(n):
        images = np.clip(images + size / n * np.sign(gradient_of(layer, images, labels)), 0, 1)
    return images


def _squared_gradient(layer: Layer, images: Numbers, labels: Numbers) -> Numbers:
    """Calculate each image's gradient of the squared distance to the one-hot label."""
    shares = softmax_of(layer, images)
    apart = shares - np.eye(len(layer[1]))[labels]
    slopes = shares * (apart - (shares * apart).sum(axis=1, keepdims=True))
    return slopes @ layer[0].T


def _nudge_slips(
    layer: Layer, images: Numbers, labels: Numbers, size: float, expected: Numbers
) -> Slips:
    gradient = gradient_of(layer, images, labels)
    answers = softmax_of(layer, images).argmax(axis=1)
    sign, n = np.sign(gradient), len(images)
    others = np.sign(gradient_of(layer, images, answers))
    lengths = np.linalg.norm(gradient, axis=1, keepdims=True)
    squared = np.sign(_squared_gradient(layer, images, labels))
    elsewhere = [  # in some cases only
        ("You went in several small steps. One step is asked for, by the sign of the gradient at "
         "the images as they came.", _in_steps(layer, images, labels, size, 10)),
        ("That is the gradient of another loss, the squared difference from the one-hot label. The "
         "loss here is the cross-entropy.", np.clip(images + size * squared, 0, 1)),
        ("All images moved alike. Each has a gradient of its own, for its own label.",
         np.clip(images + size * np.sign(gradient.mean(axis=0)), 0, 1)),
    ]  # fmt: skip
    return [
        *((said, one) for said, one in elsewhere if not np.allclose(one, expected, atol=1e-4)),
        ("Some pixels lie outside 0 to 1, where no picture has any. Clip the nudged images.",
         images + size * sign),
        ("You clipped to 0 to 255. These images are scaled, so white is 1.",
         np.clip(images + size * sign, 0, 255)),
        ("You moved towards the label, which makes the loss smaller, as training does. A nudge "
         "that is to mislead makes it larger: add the step.",
         np.clip(images - size * sign, 0, 1)),
        ("You moved towards the label, which makes the loss smaller, and the result is not clipped "
         "to 0 to 1.", images - size * sign),
        ("The sign is missing: each pixel moved in proportion to its gradient. Only the gradient's "
         "sign counts here, so that every pixel moves by the same amount.",
         np.clip(images + size * gradient, 0, 1), np.clip(images + size * gradient / n, 0, 1),
         images + size * gradient, images + size * gradient / n,
         np.clip(images + size * gradient / lengths, 0, 1)),
        ("size is missing: each pixel moved by 1.", np.clip(images + sign, 0, 1), images + sign),
        ("Every pixel became brighter: the sign of the gradient is lost. Where it is negative, "
         "the pixel becomes darker.", np.clip(images + size, 0, 1), images + size),
        ("Pixels whose derivative is negative have not moved, and they should become darker. If "
         "you clip, clip the nudged images and not the step.",
         images + np.clip(size * sign, 0, 1), np.clip(images + np.clip(size * sign, 0, 1), 0, 1)),
        ("That is the nudge alone. Add it to the images.", size * sign),
        ("That is the gradient. Its sign, times size, is added to the images.", gradient,
         gradient / n),
        ("You moved away from what the network answers. The loss is that of the label that is "
         "given, which may be another class.", np.clip(images + size * others, 0, 1)),
        ("The network was asked with the images as they came, and they came back unchanged.",
         images),
        *lazy(images.shape, [case[-1] for case in _NUDGES]),
    ]  # fmt: skip


@contextlib.contextmanager
def _with_layer(
    layer: Layer, images: Numbers, labels: Numbers, size: float
) -> Iterator[Sequence[Any]]:
    """Make a network of one dense layer with softmax, and images as Keras has them."""
    weights, biases = layer
    network = build_dense((len(weights),), [len(biases)])
    network.set_weights([weights, biases])
    yield [network, images.astype(np.float32, copy=False), labels, size]


check_nudge = Check(
    "nudge(network, images, labels, size)",
    _NUDGES,
    _nudge_slips,
    prepare=_with_layer,
    tolerance=1e-5,
    meanings={
        "NoneType|None values not supported|convert a value .None.": "The tape gave no gradient. "
        "It knows only what happened to things that it watches: make a tensor of the images with "
        "tf.constant, let the tape watch it, and give this tensor to the network inside `with`. "
        "There network(inputs) is recorded, and predict is not.",
        "Incompatible shapes|could not be broadcast|inhomogeneous|must be from the same|"
        "values to unpack": "The "
        "step has another shape than the images. Is the gradient that of the loss with respect to "
        "the images? The one with respect to the weights is for training.",
        "Passed in object .* of type|has no attribute '_id'|"
        "'numpy.ndarray' object has no attribute": "The tape watches tensors only. "
        "tf.constant(images) makes one of an array.",
        **MEANINGS,
    },
)

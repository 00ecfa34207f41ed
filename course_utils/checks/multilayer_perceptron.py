"""The checks of the exercises on the multilayer perceptron: cases, known slips, what is said."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import LEAKS, Numbers, Slips, as_arrays, lazy
from course_utils.checks.forms import one_row, pair
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)
from course_utils.checks.probabilities import softmax

Layer = tuple[Numbers, Numbers]

_BENT = "Negative results became 0. There is no ReLU in this exercise."
_ELEMENTWISE = "You multiplied element by element. A layer needs the matrix product."

# merge_layers -----------------------------------------------------------------------------------

#: first_weights, first_biases, second_weights, second_biases, expected weights, expected biases
_PAIRS = as_arrays(
    (
        [[1.0, 2, 0], [0, 1, -1]],
        [1.0, 0.5, -2],
        [[1.0, 3], [2, 0], [1, -1]],
        [0.25, 4],
        [[5.0, 3], [1, 1]],
        [0.25, 9],
    ),
    # both matrices are square, so they fit in either order
    (
        [[1.0, 1], [0, 2]],
        [3.0, -1],
        [[2.0, 0], [1, 1]],
        [0.5, 0.25],
        [[3.0, 1], [2, 2]],
        [5.5, -0.75],
    ),
)

_SWAPPED = "Are weights and biases swapped? The weights come first."
_PASSES = "The first layer's biases pass through the second layer's weights."


def _merged_weights_slips(
    first: Numbers,
    early: Numbers,
    second: Numbers,
    last: Numbers,
    expected: Numbers,
    biases: Numbers,
) -> Slips:
    slips = [
        ("Those are the first layer's weights. The second layer is missing.", first),
        ("Those are the second layer's weights. The first layer is missing.", second),
        ("Rows and columns are swapped.", expected.T),
        ("You added the biases to the weights. Return them separately.", expected + last),
        (
            "You added the first layer's biases to its weights. They are added to sums, so they "
            "belong to the biases of the one layer.",
            (first + early) @ second,
        ),
        (_SWAPPED, biases),
        (_BENT, np.maximum(expected, 0)),
        *lazy(expected.shape, [case[-2] for case in _PAIRS]),
    ]
    if first.shape == second.shape[::-1]:
        slips.append(
            ("The order is wrong: the inputs meet the first layer's weights first.", second @ first)
        )
    if first.shape == second.shape:
        slips += [
            (_ELEMENTWISE, first * second),
            ("You added the weights. The second layer multiplies.", first + second),
            ("You averaged the weights. The second layer multiplies.", (first + second) / 2),
        ]
    return slips


def _merged_biases_slips(
    _: Numbers, first: Numbers, second: Numbers, last: Numbers, weights: Numbers, expected: Numbers
) -> Slips:
    carried = expected - last
    slips: list[tuple[Any, ...]] = [
        (f"You forgot the first layer's biases. {_PASSES}", last),
        ("You forgot the second layer's biases.", carried),
        ("You subtracted the second layer's biases. Add them.", carried - last),
        ("You multiplied by the second layer's biases. Add them.", carried * last),
        (f"Those are the first layer's biases, unchanged. {_PASSES}", first),
        (f"You added up the first layer's biases. {_PASSES}", first.sum() + last),
        (
            "All outputs share one number, because you added up the whole matrix. Each output has "
            "a sum of its own, that of its column.",
            (first[:, None] * second).sum() + last,
        ),
        (f"You joined the biases end to end. {_PASSES}", np.concatenate([first, last])),
        (_SWAPPED, weights, one_row(weights)),
        (_BENT, np.maximum(expected, 0), np.maximum(first, 0) @ second + last),
        *lazy(last.shape, [case[-1] for case in _PAIRS]),
    ]
    if first.shape == last.shape:
        slips += [
            (f"You added the two rows of biases. {_PASSES}", first + last),
            (f"You multiplied the biases element by element. {_PASSES}", first * last),
            (
                "The second layer's weights are transposed. A column belongs to one neuron.",
                second @ first + last,
            ),
        ]
    return slips


def _weights_and_biases(received: Any) -> tuple[Any, Any]:
    """Demand two results; the biases may be a matrix of one row."""
    weights, biases = pair("weights", "biases")(received)
    return weights, one_row(biases)


check_merge_layers_weights = Check(
    "merge_layers(first_weights, first_biases, second_weights, second_biases)",
    _PAIRS,
    _merged_weights_slips,
    part="the weights",
    form=_weights_and_biases,
)
check_merge_layers_biases = check_merge_layers_weights.then(
    "the biases", slips=_merged_biases_slips, result=1
)

# forward ----------------------------------------------------------------------------------------

#: inputs, layers, expected
_NETWORKS = as_arrays(
    (
        [[1, 2], [-1, 0.5]],
        [
            ([[1.0, 2, 2], [0, 2, 2]], [1.5, -1.5, 0]),
            ([[1.0, -1], [-1, 1], [2, 0]], [-1, 0.5]),
            ([[2.0, -1], [0, -1]], [1.5, -1.5]),
        ],
        [[19.5, -13], [1.5, -1.5]],
    ),
    # a single layer is the last one
    ([[1, -2, 0.5]], [([[1.0, 0], [1, 2], [2, 0]], [-1.0, 1])], [[-1.0, -3]]),
    ([[2.0]], [([[1.0, -1]], [0.0, 1]), ([[3.0], [4]], [-1.0])], [[5.0]]),
)


def _leaky(slope: float, numbers: Numbers) -> Numbers:
    return np.where(numbers > 0, numbers, slope * numbers)


def _forward_slips(inputs: Numbers, layers: list[Layer], expected: Numbers) -> Slips:
    def relu(numbers: Numbers) -> Numbers:
        return np.maximum(numbers, 0)

    def run(using: Sequence[Layer], activation: Any = relu, numbers: Numbers = inputs) -> Numbers:
        for i, (weights, biases) in enumerate(using):
            numbers = (activation(numbers) if i else numbers) @ weights + biases
        return numbers

    def bent_before_biases() -> Numbers:
        numbers = inputs
        for weights, biases in layers[:-1]:
            numbers = relu(numbers @ weights) + biases
        return numbers @ layers[-1][0] + layers[-1][1]

    first = run(layers[:1])
    clipped_weights = [(relu(weights), biases) for weights, biases in layers]
    both_clipped = [(weights, relu(biases)) for weights, biases in clipped_weights]
    kept = "ReLU leaves positive numbers as they are."
    slips: list[tuple[Any, ...]] = [
        ("There is no ReLU between the layers, so together they are one linear layer.",
         run(layers, np.positive)),
        ("ReLU also came after the last layer. Its outputs may be negative.", relu(expected)),
        ("You forgot the biases. Each layer has its own.",
         run([(weights, 0 * biases) for weights, biases in layers])),
        ("You forgot the biases of the last layer. It has its own, as every layer has.",
         expected - layers[-1][1]),
        ("You added the biases of the hidden layers after ReLU. They belong to the sums that ReLU "
         "looks at.", bent_before_biases()),
        ("You applied ReLU to the weights. It belongs to the outputs of a layer.",
         run(clipped_weights), run(clipped_weights, np.positive), run(both_clipped)),
        (f"You replaced numbers above 1 by 1. {kept}", run(layers, lambda x: np.clip(x, 0, 1))),
        ("You dropped the sign. ReLU makes a negative number 0.", run(layers, np.abs)),
        ("That is a leaky ReLU, which keeps a part of a negative number. ReLU makes 0 of it.",
         *(run(layers, partial(_leaky, slope)) for slope in LEAKS)),
        ("You kept the negative numbers and made the positive ones 0.",
         run(layers, lambda x: np.minimum(x, 0))),
        (f"You turned all numbers into 0 or 1. {kept}", run(layers, lambda x: np.heaviside(x, 0))),
        ("You applied softmax after the last layer. Return its outputs as they are.",
         softmax(expected)),
        ("You returned the index of the highest output. Return all outputs.",
         expected.argmax(axis=1)),
        ("That is the first layer alone. Go through all layers.", first, relu(first)),
        ("That is the first example alone. Treat the whole batch.", expected[0]),
        ("ReLU came after the first layer only. Only the last layer goes without it.",
         run(layers[1:], np.positive, relu(first))),
        ("You applied ReLU to the inputs. It comes after a layer, not before.",
         run(layers, numbers=relu(inputs))),
        *lazy(expected.shape, [case[-1] for case in _NETWORKS]),
        ("You returned the inputs unchanged.", inputs),
    ]  # fmt: skip
    if before_last := layers[:-1]:
        slips.append(("The last layer is missing.", run(before_last), relu(run(before_last))))
    return slips


check_forward = Check("forward(inputs, layers)", _NETWORKS, _forward_slips)

# build_mlp --------------------------------------------------------------------------------------

#: image_shape, hidden_units, n_classes, expected
_MLPS: list[Case] = [
    ((28, 28), [64, 32], 10,
     Network((28, 28), ("Flatten", "Dense(64, relu)", "Dense(32, relu)", "Dense(10, softmax)"))),
    ((6,), [5], 3, Network((6,), ("Dense(5, relu)", "Dense(3, softmax)"))),
    ((4, 4, 3), [8, 7, 6], 2,
     Network((4, 4, 3), ("Flatten", "Dense(8, relu)", "Dense(7, relu)", "Dense(6, relu)",
                         "Dense(2, softmax)"))),
]  # fmt: skip

_BATCH = (
    "The input shape is that of one image. The number of images in a batch is not part of it, "
    "because the network takes batches of any size."
)


def _mlp_slips(shape: Sequence[int], units: list[int], n_classes: int, expected: Network) -> Slips:
    flatten = expected.layers[: len(expected.layers) - len(units) - 1]
    hidden = [f"Dense({n}, relu)" for n in units]
    last = f"Dense({n_classes}, softmax)"

    def built(hidden: Sequence[str] = hidden, last: str = last) -> Network:
        return replace(expected, layers=(*flatten, *hidden, last))

    slips: list[tuple[Any, ...]] = [
        ("The hidden layers have no activation, so all layers together are one linear layer. "
         "Give each hidden layer its ReLU.",
         built([f"Dense({n})" for n in units])),
        ("The hidden layers have softmax, which makes their outputs sum to 1. It belongs to the "
         "last layer alone, and hidden layers have ReLU.",
         built([f"Dense({n}, softmax)" for n in units])),
        ("The hidden layers have a sigmoid. They need ReLU.",
         built([f"Dense({n}, sigmoid)" for n in units])),
        ("The last layer has no activation, so its outputs are not probabilities. It needs "
         "softmax.",
         built(last=f"Dense({n_classes})")),
        ("Neither the hidden layers nor the last one has an activation. The hidden ones need ReLU, "
         "and the last one needs softmax.",
         built([f"Dense({n})" for n in units], f"Dense({n_classes})")),
        ("The last layer has ReLU. Softmax is what turns its outputs into probabilities.",
         built(last=f"Dense({n_classes}, relu)")),
        ("The last layer has a sigmoid, which treats each class separately. Exactly one class is "
         "right, and softmax makes the probabilities sum to 1.",
         built(last=f"Dense({n_classes}, sigmoid)")),
        ("The network ends in one neuron. Each class needs an output of its own.",
         *(built(last=f"Dense(1{end})") for end in ("", ", relu", ", sigmoid", ", softmax"))),
        ("The last layer, with one neuron for each class, is missing.",
         replace(expected, layers=(*flatten, *hidden))),
        ("There is no hidden layer.", built([])),
        (_BATCH, *(replace(expected, input_shape=(n, *shape)) for n in (1, 32, n_classes))),
    ]  # fmt: skip
    if len(units) > 1:
        slips += [
            ("All hidden layers have the size of the first one. Each has a size of its own.",
             built(hidden[:1] * len(units))),
            ("There is only one hidden layer. Each number in the list asks for one.",
             built(hidden[:1]), built(hidden[-1:])),
            ("An output layer follows each hidden layer. Does it stand inside the loop?",
             built([layer for one in hidden for layer in (one, last)][:-1])),
            ("The hidden layers are in reverse order.", built(hidden[::-1])),
            ("The hidden layers are sorted by their size. They come in the order of the list.",
             built([f"Dense({n}, relu)" for n in sorted(units, reverse=True)])),
        ]  # fmt: skip
    if flatten:
        pixels = (int(np.prod(shape)),)
        slips += [
            ("Flatten is missing before an image that has several axes. A dense layer works on the "
             "last axis alone, so without Flatten the image is no single example.",
             replace(expected, layers=(*hidden, last))),
            ("The network takes images that are unrolled already. It should take them as they are "
             "and unroll them itself, with a Flatten layer.",
             Network(pixels, (*hidden, last))),
        ]  # fmt: skip
    return slips


def _mlp_explained(received: Network, shape: Sequence[int], *case: Any) -> str:
    has_batch = (received.input_shape or ())[1:] == tuple(shape)
    return _BATCH if has_batch else first_difference(received, *case)


check_build_mlp = Check(
    "build_mlp(image_shape, hidden_units, n_classes)",
    _MLPS,
    _mlp_slips,
    describe=describe_network,
    form=network("loss", "metrics", "optimizer"),
    explain=_mlp_explained,
    meanings=MEANINGS,
)

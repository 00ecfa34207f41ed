"""The checks of the exercises on the multilayer perceptron: cases, known slips, what is said."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import EXACT, Numbers, Slips, as_arrays, lazy
from course_utils.checks.forms import one_number, one_row, pair
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    describe_network,
    first_difference,
    network,
)

Layer = tuple[Numbers, Numbers]

_BENT = "Negative results became 0. There is no ReLU in this exercise."
_ELEMENTWISE = "That multiplies place by place. A layer needs the matrix product."
_SHAPES = {
    "(?i)matmul|not aligned": "A matrix product fits where the last length of the left table is "
    "the first length of the right one. Write down the shapes: which table has to stand on the "
    "left, and is none to be turned?",
    "broadcast": "Two shapes do not fit place by place. Write down the shape of each.",
}

# weighted_sum -----------------------------------------------------------------------------------

#: inputs, weights, bias, expected
_NEURONS = as_arrays(([2.0, 1, 3], [4, -1, 0.5], -2.0, 6.5), ([1.0, 2], [0.5, -3], 1.5, -4.0))


def _weighted_sum_slips(inputs: Numbers, weights: Numbers, bias: float, expected: float) -> Slips:
    products, total = inputs * weights, expected - bias
    return [
        ("You forgot the bias.", total),
        ("You added the bias once for each input. It is added once.",
         expected + (len(inputs) - 1) * bias),
        ("You subtracted the bias. Add it.", total - bias),
        ("You multiplied by the bias. It is added.", total * bias),
        ("These are the products alone. Add them up to one number.", products),
        ("You added the bias to each product. Add the products up first.", products + bias),
        ("You left the inputs out: a weight is not what comes out. Multiply by the inputs.",
         weights.sum() + bias, weights.sum()),
        ("You left the weights out. Each input has its own.", inputs.sum() + bias),
        ("That is the mean of the products. Their sum is asked for.", products.mean() + bias),
        ("You added inputs and weights. Multiply each pair.", (inputs + weights).sum() + bias),
        ("You multiplied sum by sum. Each input has its own weight.",
         inputs.sum() * weights.sum() + bias),
        ("That multiplies the products with one another. Add them up.", products.prod() + bias),
        ("That is the first product alone. Use every input.", products[0] + bias),
        (_BENT, max(0.0, expected)),
        *lazy((), [5.0, 7.0, *(case[-1] for case in _NEURONS)]),
        ("You returned an argument unchanged.", inputs, weights),
    ]  # fmt: skip


check_weighted_sum = Check(
    "weighted_sum(inputs, weights, bias)", _NEURONS, _weighted_sum_slips, form=one_number
)

# dense ------------------------------------------------------------------------------------------

#: inputs, weights, biases, expected
_LAYERS = as_arrays(
    (
        [[1.0, 2, 3], [0, 1, -1]],
        [[1.0, 0, 2, -1], [0, 1, 1, 3], [-1, 2, 0, 1]],
        [0.5, -1, 0.25, 4],
        [[-1.5, 7, 4.25, 12], [1.5, -2, 1.25, 6]],
    ),
    # as many neurons as inputs: a transposed table of weights would fit as well
    ([[2.0, 5]], [[1.0, 4], [-1, 3]], [0.5, 0.25], [[-2.5, 23.25]]),
)


def _dense_slips(inputs: Numbers, weights: Numbers, biases: Numbers, expected: Numbers) -> Slips:
    sums = expected - biases
    slips: list[tuple[Any, ...]] = [
        ("You forgot the biases.", sums),
        ("You subtracted the biases. Add them.", sums - biases),
        ("You multiplied by the biases. They are added.", sums * biases),
        ("Each neuron has a bias of its own. You added the same to all.",
         sums + biases[0], sums + biases.sum()),
        ("You added the biases once for each input.", sums + len(weights) * biases),
        ("Rows and columns are swapped: one row for each example.", expected.T),
        ("Rows and columns are swapped, and you forgot the biases.", sums.T),
        ("That is the first example alone. Treat the whole batch.", expected[0], expected[:1]),
        ("That is the last example alone. Treat the whole batch.", expected[-1]),
        ("You added up over the batch. Each example keeps its own row.", expected.sum(axis=0)),
        ("You added up over the neurons. Each neuron has its own column.", expected.sum(axis=1)),
        ("You averaged over the batch. Each example keeps its own row.", expected.mean(axis=0)),
        ("All numbers stand in one long row. Keep one row for each example.", expected.ravel()),
        (_BENT, np.maximum(expected, 0), np.maximum(sums, 0) + biases),
        ("You rounded. Return the numbers with all their digits.", np.round(expected)),
        *lazy(expected.shape, [case[-1] for case in _LAYERS]),
        ("You returned an argument unchanged.", inputs, weights),
    ]  # fmt: skip
    if weights.shape[0] == weights.shape[1]:
        turned = "The weights are read the wrong way round. A column belongs to one neuron."
        slips.append((turned, inputs @ weights.T + biases))
        if len(inputs) in (1, len(weights)):
            slips.append((_ELEMENTWISE, inputs * weights + biases))
    return slips


check_dense_shape = Check(
    "dense(inputs, weights, biases)",
    _LAYERS,
    _dense_slips,
    part="the shape",
    shape_only="The batch keeps its rows; each neuron gives one column.",
    meanings=_SHAPES,
)
check_dense_values = check_dense_shape.then("the values", shape_only="")

# count_parameters -------------------------------------------------------------------------------

#: sizes, expected
_SIZES: list[Case] = [([5, 2, 3, 4], 37), ([2, 2, 2], 12), ([6, 3], 21)]
_SHOWN = [118_282, 278_260, 101_770, 100_480, 16_512, 6]  # elsewhere in the lesson


def _count_slips(sizes: list[int], expected: int) -> Slips:
    inputs, units = sizes[:-1], sizes[1:]
    weights = [before * after for before, after in zip(inputs, units, strict=True)]
    n_weights = expected - sum(units)
    return [
        ("You forgot the biases: each neuron has one.", n_weights),
        ("You counted neurons. A neuron has a parameter for each of its inputs.",
         sum(units), sum(sizes)),
        ("You gave the inputs biases, too. Only neurons have one.", expected + sizes[0]),
        ("You gave each layer a single bias. Each neuron has one.", n_weights + len(units)),
        ("You gave the whole network a single bias. Each neuron has one.", n_weights + 1),
        ("That is the first layer alone. Add up all layers.", weights[0] + units[0]),
        ("That is the last layer alone. Add up all layers.", weights[-1] + units[-1]),
        ("You left the output layer out. It has parameters, too.",
         expected - weights[-1] - units[-1]),
        ("You left the output layer's biases out.", expected - units[-1]),
        ("You counted the biases twice.", expected + sum(units)),
        ("You added one bias for each input, not for each neuron.", n_weights + sum(inputs)),
        ("You multiplied all sizes. Only neighbouring layers are joined.", int(np.prod(sizes))),
        ("You added the sizes of neighbours. Each of a layer's inputs meets each of its neurons.",
         sum(inputs) + 2 * sum(units)),
        ("These are the layers one by one. Add them up.", list(np.add(weights, units))),
        ("You joined all layers with all later ones. Only neighbours are joined.",
         sum(size * sum(sizes[i + 1 :]) for i, size in enumerate(sizes)) + sum(units)),
        ("Parameters do not depend on the number of images. Leave it out.", expected * 60_000),
        *lazy((), [*_SHOWN, *(case[-1] for case in _SIZES)]),
        ("You returned the argument unchanged.", sizes),
    ]  # fmt: skip


check_count_parameters = Check("count_parameters(sizes)", _SIZES, _count_slips, tolerance=EXACT)

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
    # both tables square: they fit in either order
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
    first: Numbers, _: Numbers, second: Numbers, last: Numbers, expected: Numbers, biases: Numbers
) -> Slips:
    slips = [
        ("Those are the first layer's weights. The second layer is missing.", first),
        ("Those are the second layer's weights. The first layer is missing.", second),
        ("Rows and columns are swapped.", expected.T),
        ("The biases do not belong into the weights.", expected + last),
        (_SWAPPED, biases),
        (_BENT, np.maximum(expected, 0)),
        *lazy(expected.shape, [case[-2] for case in _PAIRS]),
    ]
    if first.shape == second.shape[::-1]:
        slips.append(("The order is wrong: the first layer meets the inputs.", second @ first))
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
        (f"Those are the first layer's biases as they were. {_PASSES}", first),
        (f"You added up the first layer's biases. {_PASSES}", first.sum() + last),
        (f"You laid the biases end to end. {_PASSES}", np.concatenate([first, last])),
        (_SWAPPED, weights),
        (_BENT, np.maximum(expected, 0), np.maximum(first, 0) @ second + last),
        *lazy(last.shape, [case[-1] for case in _PAIRS]),
    ]
    if first.shape == last.shape:
        slips += [
            (f"You added the two rows of biases. {_PASSES}", first + last),
            (f"You multiplied the biases place by place. {_PASSES}", first * last),
            ("The weights are read the wrong way round.", second @ first + last),
        ]
    return slips


def _weights_and_biases(received: Any) -> tuple[Any, Any]:
    """Demand two results; the biases may be a table of one row."""
    weights, biases = pair("weights", "biases")(received)
    return weights, one_row(biases)


check_merge_layers_weights = Check(
    "merge_layers(first_weights, first_biases, second_weights, second_biases)",
    _PAIRS,
    _merged_weights_slips,
    part="the weights",
    form=_weights_and_biases,
    meanings=_SHAPES,
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


def _forward_slips(inputs: Numbers, layers: list[Layer], expected: Numbers) -> Slips:
    def relu(numbers: Numbers) -> Numbers:
        return np.maximum(numbers, 0)

    def run(using: Sequence[Layer], bend: Any = relu, numbers: Numbers = inputs) -> Numbers:
        for i, (weights, biases) in enumerate(using):
            numbers = (bend(numbers) if i else numbers) @ weights + biases
        return numbers

    first = run(layers[:1])
    bent_weights = [(relu(weights), biases) for weights, biases in layers]
    both_bent = [(weights, relu(biases)) for weights, biases in bent_weights]
    powers = np.exp(expected - expected.max(axis=1, keepdims=True))
    kept = "ReLU leaves positive numbers as they are."
    slips: list[tuple[Any, ...]] = [
        ("There is no ReLU between the layers, so they are one linear layer.",
         run(layers, np.positive)),
        ("ReLU also came after the last layer. Its outputs may be negative.", relu(expected)),
        ("You forgot the biases. Each layer has its own.",
         run([(weights, 0 * biases) for weights, biases in layers])),
        ("ReLU is for what leaves a layer. You clipped its weights.",
         run(bent_weights), run(bent_weights, np.positive), run(both_bent)),
        (f"You cut off above 1. {kept}", run(layers, lambda x: np.clip(x, 0, 1))),
        ("You took away the sign. ReLU makes a negative number 0.", run(layers, np.abs)),
        ("You kept the negative numbers and dropped the positive.",
         run(layers, lambda x: np.minimum(x, 0))),
        (f"You made 0 and 1 of them. {kept}", run(layers, lambda x: np.heaviside(x, 0))),
        ("That is softmax after the last layer. It is not asked for.",
         powers / powers.sum(axis=1, keepdims=True)),
        ("You returned the winner's place. Return all outputs.", expected.argmax(axis=1)),
        ("That is the first layer alone. Go through all layers.", first, relu(first)),
        ("That is the first example alone. Treat the whole batch.", expected[0]),
        ("ReLU came after the first layer only. Only the last layer goes without it.",
         run(layers[1:], np.positive, relu(first))),
        ("You bent the inputs. ReLU comes after a layer, not before.",
         run(layers, numbers=relu(inputs))),
        *lazy(expected.shape, [case[-1] for case in _NETWORKS]),
        ("You returned the inputs unchanged.", inputs),
    ]  # fmt: skip
    if before_last := layers[:-1]:
        slips.append(("The last layer is missing.", run(before_last), relu(run(before_last))))
    return slips


check_forward = Check("forward(inputs, layers)", _NETWORKS, _forward_slips, meanings=_SHAPES)

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
    "The input shape is that of one image. How many images come in a batch is no part of it, "
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
        ("The hidden layers have softmax, which makes their neurons share a sum of 1. It belongs "
         "to the last layer alone; hidden layers have ReLU.",
         built([f"Dense({n}, softmax)" for n in units])),
        ("The hidden layers have a sigmoid. ReLU is asked for.",
         built([f"Dense({n}, sigmoid)" for n in units])),
        ("The last layer has no activation, so its outputs are no probabilities. It needs softmax.",
         built(last=f"Dense({n_classes})")),
        ("The last layer has no activation, and neither have the hidden ones. They need ReLU, and "
         "it needs softmax.",
         built([f"Dense({n})" for n in units], f"Dense({n_classes})")),
        ("ReLU also came after the last layer. Its outputs become probabilities by softmax.",
         built(last=f"Dense({n_classes}, relu)")),
        ("The last layer has a sigmoid, which treats each class alone. Of several classes one is "
         "true: softmax makes their probabilities sum to 1.",
         built(last=f"Dense({n_classes}, sigmoid)")),
        ("The network ends in one neuron. Each class needs an output of its own.",
         *(built(last=f"Dense(1{bend})") for bend in ("", ", relu", ", sigmoid", ", softmax"))),
        ("The last layer, with one neuron for each class, is missing.",
         replace(expected, layers=(*flatten, *hidden))),
        ("There is no hidden layer.", built([])),
        (_BATCH, *(replace(expected, input_shape=(n, *shape)) for n in (1, 32, n_classes))),
    ]  # fmt: skip
    if len(units) > 1:
        slips += [
            ("All hidden layers have the size of the first one. Each has its own.",
             built(hidden[:1] * len(units))),
            ("There is one hidden layer. Each number of the list asks for one.",
             built(hidden[:1]), built(hidden[-1:])),
            ("The hidden layers stand in reverse order.", built(hidden[::-1])),
        ]  # fmt: skip
    if flatten:
        pixels = (int(np.prod(shape)),)
        slips += [
            ("Flatten is missing. A dense layer works on the last axis alone, so without it each "
             "row of the image is treated as an example of its own.",
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

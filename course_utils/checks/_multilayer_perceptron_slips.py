"""Known slips of the exercises on the multilayer perceptron: what each gives, and its name."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _multilayer_perceptron_samples as samples
from course_utils.checks._slips import Slips, lazy

Layer = tuple[NDArray[Any], NDArray[Any]]

_NO_BIASES = "You forgot the biases."
_IGNORED = "You left the inputs out: a weight is not what comes out. Multiply by the inputs."
_BENT = "Negative results became 0. There is no ReLU in this exercise."
_ELEMENTWISE = "That multiplies place by place. A layer needs the matrix product."


def weighted_sum_slips(inputs: NDArray[Any], weights: NDArray[Any], bias: float) -> Slips:
    """List what the known slips would make of these inputs."""
    products = inputs * weights
    total = products.sum()
    return [
        ("You forgot the bias.", total),
        ("You added the bias once for each input. It is added once.", (products + bias).sum()),
        ("You subtracted the bias. Add it.", total - bias),
        ("You multiplied by the bias. It is added.", total * bias),
        ("These are the products alone. Add them up to one number.", products),
        ("You added the bias to each product. Add the products up first.", products + bias),
        (_IGNORED, weights.sum() + bias),
        (_IGNORED, weights.sum()),
        ("You left the weights out. Each input has its own.", inputs.sum() + bias),
        ("That is the mean of the products. Their sum is asked for.", products.mean() + bias),
        ("You added inputs and weights. Multiply each pair.", (inputs + weights).sum() + bias),
        ("You multiplied sum by sum. Each input has its own weight.",
         inputs.sum() * weights.sum() + bias),
        ("That multiplies the products with one another. Add them up.", products.prod() + bias),
        ("That is the first product alone. Use every input.", products[0] + bias),
        (_BENT, max(0.0, total + bias)),
        *lazy((), [5.0, 7.0, *(case[3] for case in samples.WEIGHTED_SUM)]),
        ("You returned an argument unchanged.", inputs),
        ("You returned an argument unchanged.", weights),
    ]  # fmt: skip


def dense_slips(inputs: NDArray[Any], weights: NDArray[Any], biases: NDArray[Any]) -> Slips:
    """List what the known slips would make of this batch."""
    sums = inputs @ weights
    right = sums + biases
    slips: list[tuple[str, Any]] = [
        (_NO_BIASES, sums),
        ("You subtracted the biases. Add them.", sums - biases),
        ("You multiplied by the biases. They are added.", sums * biases),
        ("Each neuron has a bias of its own. You added the same to all.", sums + biases[0]),
        ("Each neuron has a bias of its own. You added the same to all.", sums + biases.sum()),
        ("You added the biases once for each input.", sums + len(weights) * biases),
        ("Rows and columns are swapped: one row for each example.", right.T),
        ("Rows and columns are swapped, and you forgot the biases.", sums.T),
        ("That is the first example alone. Treat the whole batch.", right[0]),
        ("That is the first example alone. Treat the whole batch.", right[:1]),
        ("That is the last example alone. Treat the whole batch.", right[-1]),
        ("You added up over the batch. Each example keeps its own row.", right.sum(axis=0)),
        ("You added up over the neurons. Each neuron has its own column.", right.sum(axis=1)),
        ("You averaged over the batch. Each example keeps its own row.", right.mean(axis=0)),
        ("All numbers stand in one long row. Keep one row for each example.", right.ravel()),
        (_BENT, np.maximum(right, 0)),
        (_BENT, np.maximum(sums, 0) + biases),
        ("You rounded. Return the numbers with all their digits.", np.round(right)),
        *lazy(right.shape, [case[3] for case in samples.DENSE]),
        ("You returned an argument unchanged.", inputs),
        ("You returned an argument unchanged.", weights),
    ]
    if weights.shape[0] == weights.shape[1]:
        hint = "The weights are read the wrong way round. A column belongs to one neuron."
        slips += [(hint, inputs @ weights.T + biases)]
        if inputs.shape == weights.shape:
            slips += [(_ELEMENTWISE, inputs * weights + biases)]
        if len(inputs) in (1, len(weights)):
            slips += [(_ELEMENTWISE, inputs * weights + biases)]
    return slips


def count_slips(sizes: list[int]) -> Slips:
    """List what the known slips would count."""
    weights = [sizes[i] * sizes[i + 1] for i in range(len(sizes) - 1)]
    units = sizes[1:]
    total = sum(weights) + sum(units)
    one_image_each = "Parameters do not depend on the number of images. Leave it out."
    return [
        ("You forgot the biases: each neuron has one.", sum(weights)),
        ("You counted neurons. A neuron has a parameter for each of its inputs.", sum(units)),
        ("You counted neurons. A neuron has a parameter for each of its inputs.", sum(sizes)),
        ("You counted the biases alone.", sum(units)),
        ("You gave the inputs biases, too. Only neurons have one.", total + sizes[0]),
        ("You gave each layer a single bias. Each neuron has one.", sum(weights) + len(units)),
        ("You gave the whole network a single bias. Each neuron has one.", sum(weights) + 1),
        ("That is the first layer alone. Add up all layers.", weights[0] + units[0]),
        ("That is the last layer alone. Add up all layers.", weights[-1] + units[-1]),
        ("You left the output layer out. It has parameters, too.",
         sum(weights[:-1]) + sum(units[:-1])),
        ("You left the output layer's biases out.", sum(weights) + sum(units[:-1])),
        ("You counted the biases twice.", sum(weights) + 2 * sum(units)),
        ("You added one bias for each input, not for each neuron.",
         sum(weights) + sum(sizes[:-1])),
        ("You multiplied all sizes. Only neighbouring layers are joined.", int(np.prod(sizes))),
        ("You added the sizes of neighbours. Each of a layer's inputs meets each of its neurons.",
         sum(sizes[:-1]) + sum(units) + sum(units)),
        ("These are the layers one by one. Add them up.",
         [w + u for w, u in zip(weights, units, strict=True)]),
        ("You joined all layers with all later ones. Only neighbours are joined.",
         sum(sizes[i] * sum(sizes[i + 1 :]) for i in range(len(units))) + sum(units)),
        (one_image_each, total * 60_000),
        *lazy((), [118_282, 278_260, 101_770, 100_480, 16_512, 6]),
        *lazy((), [case[1] for case in samples.COUNT_PARAMETERS]),
        ("You returned the argument unchanged.", sizes),
    ]  # fmt: skip


def merged_weights_slips(case: samples.Case) -> Slips:
    """List what the known slips would make of two tables of weights."""
    first, _, second, second_biases = case[:4]
    right = first @ second
    slips: list[tuple[str, Any]] = [
        ("Those are the first layer's weights. The second layer is missing.", first),
        ("Those are the second layer's weights. The first layer is missing.", second),
        ("Rows and columns are swapped.", right.T),
        ("The biases do not belong into the weights.", right + second_biases),
        ("Are weights and biases swapped? The weights come first.", case[5]),
        (_BENT, np.maximum(right, 0)),
        *lazy(right.shape, [sample[4] for sample in samples.MERGE_LAYERS]),
    ]
    if first.shape == second.shape[::-1]:
        slips += [("The order is wrong: the first layer meets the inputs.", second @ first)]
    if first.shape == second.shape:
        slips += [
            (_ELEMENTWISE, first * second),
            ("You added the weights. The second layer multiplies.", first + second),
            ("You averaged the weights. The second layer multiplies.", (first + second) / 2),
        ]
    return slips


def merged_biases_slips(case: samples.Case) -> Slips:
    """List what the known slips would make of two rows of biases."""
    _, first, second, last = case[:4]
    carried = first @ second
    passes = "The first layer's biases pass through the second layer's weights."
    slips: list[tuple[str, Any]] = [
        (f"You forgot the first layer's biases. {passes}", last),
        ("You forgot the second layer's biases.", carried),
        ("You subtracted the second layer's biases. Add them.", carried - last),
        ("You multiplied by the second layer's biases. Add them.", carried * last),
        (f"Those are the first layer's biases as they were. {passes}", first),
        (f"You added up the first layer's biases. {passes}", first.sum() + last),
        (f"You laid the biases end to end. {passes}", np.concatenate([first, last])),
        ("Are weights and biases swapped? The weights come first.", case[4]),
        (_BENT, np.maximum(carried + last, 0)),
        (_BENT, np.maximum(first, 0) @ second + last),
        *lazy(last.shape, [sample[5] for sample in samples.MERGE_LAYERS]),
    ]
    if first.shape == last.shape:
        slips += [
            (f"You added the two rows of biases. {passes}", first + last),
            (f"You multiplied the biases place by place. {passes}", first * last),
            ("The weights are read the wrong way round.", second @ first + last),
        ]
    return slips


def forward_slips(inputs: NDArray[Any], layers: list[Layer]) -> Slips:
    """List what the known slips would make of this batch."""

    def run(
        bend: Callable[[NDArray[Any]], NDArray[Any]] = _relu,
        last: Callable[[NDArray[Any]], NDArray[Any]] = lambda sums: sums,
        biased: bool = True,
        using: Sequence[Layer] = layers,
    ) -> NDArray[Any]:
        numbers = inputs
        for i, (weights, biases) in enumerate(using):
            numbers = numbers @ weights + (biases if biased else 0)
            numbers = (last if i == len(using) - 1 else bend)(numbers)
        return numbers

    weights_bent = [(_relu(w), b) for w, b in layers]
    both_bent = [(_relu(w), _relu(b)) for w, b in layers]
    kept = "ReLU leaves positive numbers as they are."
    scores = run()
    slips = [
        ("There is no ReLU between the layers, so they are one linear layer.", run(bend=_same)),
        ("ReLU also came after the last layer. Its outputs may be negative.", run(last=_relu)),
        (f"{_NO_BIASES} Each layer has its own.", run(biased=False)),
        ("ReLU is for what leaves a layer. You clipped its weights.", run(using=weights_bent)),
        ("ReLU is for what leaves a layer. You clipped its weights.",
         run(bend=_same, using=weights_bent)),
        ("ReLU is for what leaves a layer. You clipped its weights.", run(using=both_bent)),
        (f"You cut off above 1. {kept}", run(bend=lambda x: np.clip(x, 0, 1))),
        ("You took away the sign. ReLU makes a negative number 0.", run(bend=np.abs)),
        ("You kept the negative numbers and dropped the positive.",
         run(bend=lambda x: np.minimum(x, 0))),
        (f"You made 0 and 1 of them. {kept}", run(bend=lambda x: (x > 0).astype(float))),
        ("That is softmax after the last layer. It is not asked for.", run(last=_softmax)),
        ("You returned the winner's place. Return all outputs.", scores.argmax(axis=1)),
        ("That is the first layer alone. Go through all layers.", run(using=layers[:1])),
        ("That is the first layer alone. Go through all layers.",
         run(using=layers[:1], last=_relu)),
        ("That is the first example alone. Treat the whole batch.", scores[0]),
        ("ReLU came after the first layer only. Only the last layer goes without it.",
         _bend_once(inputs, layers)),
        ("You bent the inputs. ReLU comes after a layer, not before.",
         _bend_before(inputs, layers)),
        *lazy(scores.shape, [case[2] for case in samples.FORWARD]),
        ("You returned the inputs unchanged.", inputs),
    ]  # fmt: skip
    if len(layers) > 1:
        before_last = layers[:-1]
        slips += [("The last layer is missing.", run(using=before_last)),
                  ("The last layer is missing.", run(using=before_last, last=_relu))]  # fmt: skip
    return slips


def _bend_once(inputs: NDArray[Any], layers: list[Layer]) -> NDArray[Any]:
    """Apply ReLU after the first layer alone."""
    numbers = inputs
    for i, (weights, biases) in enumerate(layers):
        sums = numbers @ weights + biases
        numbers = _relu(sums) if i == 0 else sums
    return numbers


def _bend_before(inputs: NDArray[Any], layers: list[Layer]) -> NDArray[Any]:
    """Apply ReLU to what enters each layer, the first included."""
    numbers = inputs
    for weights, biases in layers:
        numbers = _relu(numbers) @ weights + biases
    return numbers


def _relu(numbers: NDArray[Any]) -> NDArray[Any]:
    """Make negative numbers 0."""
    return np.maximum(numbers, 0)


def _same(numbers: NDArray[Any]) -> NDArray[Any]:
    """Leave numbers as they are."""
    return numbers


def _softmax(numbers: NDArray[Any]) -> NDArray[Any]:
    """Turn rows of numbers into shares."""
    shares = np.exp(numbers - numbers.max(axis=1, keepdims=True))
    return shares / shares.sum(axis=1, keepdims=True)

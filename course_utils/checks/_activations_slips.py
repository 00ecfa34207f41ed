"""Known slips of the exercises on activations, before softmax: what each gives, and its name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _activations_samples as samples
from course_utils.checks._slips import Slips, lazy

_INTO_0_1 = "does not bring values into 0 to 1. What is positive passes unchanged."


def relu_slips(values: NDArray[Any]) -> Slips:
    """List what the known slips would make of these values."""
    positive = np.maximum(values, 0.0)
    least, greatest = values.min(), values.max()
    return [
        ("Those are the values, unchanged.", values),
        (f"You cut off above 1. ReLU {_INTO_0_1}", np.clip(values, 0, 1)),
        (f"You divided by the greatest value. ReLU {_INTO_0_1}", positive / (greatest or 1)),
        (
            f"You stretched the values from 0 to 1. ReLU {_INTO_0_1}",
            (values - least) / ((greatest - least) or 1),
        ),
        ("You removed the minus signs. ReLU turns negative values into 0.", np.abs(values)),
        (
            "That says which values are positive. ReLU passes the values themselves.",
            (values > 0),
        ),
        ("You kept the negative values and lost the positive ones.", np.minimum(values, 0)),
        ("You kept the negative values and lost the positive ones.", np.maximum(-values, 0)),
        (
            "The negative values are left out, so the shape changed. Each becomes a 0.",
            values[values > 0],
        ),
        (
            "The negative values are left out, so the shape changed. Each becomes a 0.",
            values[values >= 0],
        ),
        ("That is the greatest value alone. ReLU compares each value with 0.", greatest),
        (
            "You moved all values up by the least of them. ReLU leaves positive values alone.",
            values - least,
        ),
        ("That is the sigmoid.", sigmoid(values)),
        *lazy(values.shape, [case[-1] for case in samples.RELU]),
    ]


def sigmoid_slips(values: NDArray[Any]) -> Slips:
    """List what the known slips would make of these values."""
    with np.errstate(all="ignore"):
        return [
            ("Those are the values, unchanged.", values),
            ("The sign is missing: 1 + exp(−z), not 1 + exp(z).", sigmoid(-values)),
            ("You divided by 1 − exp(−z). The two are added.", 1 / (1 - np.exp(-values))),
            ("That is 1 + exp(−z). The sigmoid is 1 divided by it.", 1 + np.exp(-values)),
            ("That is exp(−z) alone.", np.exp(-values)),
            ("That is exp(z) alone.", np.exp(values)),
            ("That is tanh: it runs from −1 to 1.", np.tanh(values)),
            ("That is the slope of the sigmoid.", sigmoid(values) * (1 - sigmoid(values))),
            (
                "That is softmax: it works on all values together, the sigmoid on each.",
                softmax(values.ravel()).reshape(values.shape),
            ),
            (
                "That is softmax: it works on all values together, the sigmoid on each.",
                softmax(values),
            ),
            (
                "You decided: 0 or 1. The sigmoid has every value between them.",
                values > 0,
            ),
            (
                "You decided: 0 or 1. The sigmoid has every value between them.",
                np.round(sigmoid(values)),
            ),
            ("You cut the values off at 0 and 1. The sigmoid bends.", np.clip(values, 0, 1)),
            ("That is ReLU.", np.maximum(values, 0)),
            *lazy(values.shape, [case[-1] for case in samples.SIGMOID]),
        ]


def slopes_slips(inputs: NDArray[Any], outputs: NDArray[Any]) -> Slips:
    """List what the known slips would make of this curve."""
    run, rise = np.diff(inputs), np.diff(outputs)
    with np.errstate(all="ignore"):
        return [
            ("Those are the outputs, unchanged.", outputs),
            (
                "You divided each output by its input. A slope compares two neighbouring points.",
                outputs / inputs,
            ),
            (
                "You divided each output by its input. A slope compares two neighbouring points.",
                outputs[1:] / inputs[1:],
            ),
            (
                "Those are the differences of the outputs. They still have to be divided by those "
                "of the inputs, which are not always 1.",
                rise,
            ),
            ("Those are the differences of the inputs.", run),
            ("That is upside down: input differences, divided by output differences.", run / rise),
            ("The sign is turned round: later minus earlier, in both.", -rise / run),
            ("You lost the sign. A curve that falls has a negative slope.", np.abs(rise / run)),
            (
                "You divided by the first step for all. The inputs need not be equally far apart.",
                rise / run[0],
            ),
            (
                "That is the slope from the first point to the last. Each step has its own.",
                (outputs[-1] - outputs[0]) / (inputs[-1] - inputs[0]),
            ),
            ("You measured each point from the first one, not from its neighbour.",
             (outputs[1:] - outputs[0]) / (inputs[1:] - inputs[0])),
            (
                "np.gradient gives a value for each point, a mean of two slopes. "
                "One slope a step is asked for: one fewer than points.",
                np.gradient(outputs, inputs),
            ),
            ("You multiplied the differences. Divide.", rise * run),
            *lazy(run.shape, [case[-1] for case in samples.SLOPES]),
        ]  # fmt: skip


def network_slips(
    inputs: NDArray[Any],
    weights: NDArray[Any],
    biases: NDArray[Any],
    output_weights: NDArray[Any],
) -> Slips:
    """List what the known slips would make of this network."""
    sums = inputs @ weights + biases
    bent = np.maximum(sums, 0)
    right = bent @ output_weights
    no_bend = "There is no bend: two linear layers are one linear layer, and cannot do XOR."
    clipped = "ReLU acts on weighted sums. It does not clip weights."
    return [
        (no_bend, sums @ output_weights),
        # Before the next: without hidden ReLUs the visible cases fail already.
        (
            "You applied ReLU to the output as well. It belongs to the hidden neurons alone.",
            np.maximum(right, 0),
        ),
        (
            "You applied ReLU to the output. It belongs to the hidden neurons.",
            np.maximum(sums @ output_weights, 0),
        ),
        (clipped, (inputs @ np.maximum(weights, 0) + biases) @ output_weights),
        (
            clipped,
            np.maximum(inputs @ np.maximum(weights, 0) + biases, 0) @ output_weights,
        ),
        (
            clipped,
            np.maximum(inputs @ np.maximum(weights, 0) + np.maximum(biases, 0), 0)
            @ np.maximum(output_weights, 0),
        ),
        (clipped, bent @ np.maximum(output_weights, 0)),
        (
            "The bias is missing. It is added before the activation.",
            np.maximum(inputs @ weights, 0) @ output_weights,
        ),
        (
            "You added the bias after ReLU. It belongs to the weighted sum, before it.",
            (np.maximum(inputs @ weights, 0) + biases) @ output_weights,
        ),
        ("You subtracted the bias. Add it.",
         np.maximum(inputs @ weights - biases, 0) @ output_weights),
        (
            "ReLU does not bring values into 0 to 1: 3 stays 3.",
            np.clip(sums, 0, 1) @ output_weights,
        ),
        ("That is a network with the sigmoid. This one has ReLU.",
         sigmoid(sums) @ output_weights),
        ("That is a network with tanh. This one has ReLU.", np.tanh(sums) @ output_weights),
        (
            "Those are the hidden outputs. The output weights are still to come.",
            bent,
        ),
        (
            "You added up the hidden outputs without their output weights.",
            bent.sum(axis=1),
        ),
        (
            "You decided: 0 or 1. What is asked for is the number that the network gives.",
            right > 0.5,
        ),
        (
            "Each output stands in a row of its own. A plain row of n numbers is asked for.",
            right[:, None],
        ),
        ("That is the output for the first example alone.", right[0]),
        *lazy(right.shape, [case[-1] for case in samples.BENT_NETWORK]),
    ]  # fmt: skip


def sigmoid(values: NDArray[Any]) -> NDArray[Any]:
    """Squash each value, without an overflow."""
    return 0.5 * (1 + np.tanh(np.asarray(values, np.float64) / 2))


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Turn each row into probabilities, without an overflow."""
    powers = np.exp(logits - np.max(logits, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)

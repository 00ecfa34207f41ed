"""Right and wrong answers to the exercises on activations."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.grading.exercise import Exercise


def _values(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Values on both sides of 0, some above 1, in one or two dimensions."""
    for _ in range(10):
        shape = tuple(int(size) for size in rng.integers(2, 5, int(rng.integers(1, 3))))
        values = rng.normal(0, 4, shape)
        values.flat[0], values.flat[1] = -2.5, 3.5
        yield (values,)


# relu -----------------------------------------------------------------------------------------


def _relu(values):
    return np.maximum(values, 0)


RELU = Exercise("relu", _relu, _values)


@RELU.right
def relu_by_where(values):
    return np.where(values > 0, values, 0)


@RELU.right
def relu_by_product(values):
    return values * (values > 0)


@RELU.right
def relu_in_a_copy(values):
    result = values.copy()
    result[result < 0] = 0
    return result


@RELU.right
def relu_by_half(values):
    return ((values + np.abs(values)) / 2).tolist()


@RELU.right
def relu_by_clip(values):
    return np.clip(values, 0, None).astype(np.float32)


@RELU.right
def relu_by_loop(values):
    flat = [max(0, value) for value in values.ravel().tolist()]
    return np.array(flat).reshape(values.shape)


@RELU.right
def relu_by_keras(values):
    import keras

    return np.asarray(keras.activations.relu(np.asarray(values, "float32")))


@RELU.wrong("ReLU puts values in 0 to 1", says="You cut off above 1")
def relu_clipped(values):
    return np.clip(values, 0, 1)


@RELU.wrong("ReLU scales values to 0 to 1", says="divided by the greatest value")
def relu_scaled(values):
    return np.maximum(values, 0) / values.max()


@RELU.wrong("ReLU stretches values from 0 to 1", says="stretched the values")
def relu_stretched(values):
    return (values - values.min()) / (values.max() - values.min())


@RELU.wrong("ReLU removes minus signs", says="removed the minus signs")
def relu_absolute(values):
    return np.abs(values)


@RELU.wrong("ReLU says yes or no", says="which values are positive")
def relu_decides(values):
    return values > 0


@RELU.wrong("minimum keeps what is above 0", says="lost the positive ones")
def relu_minimum(values):
    return np.minimum(values, 0)


@RELU.wrong("ReLU drops negative values", says="left out")
def relu_filtered(values):
    return values[values > 0]


@RELU.wrong("max compares with 0", says="greatest value alone")
def relu_greatest(values):
    return values.max()


@RELU.wrong("ReLU moves the least value to 0", says="moved all values up")
def relu_moved(values):
    return values - values.min()


@RELU.wrong("All activations are the same", says="That is the sigmoid")
def relu_sigmoid(values):
    return 1 / (1 + np.exp(-values))


@RELU.wrong("An activation does nothing", says="unchanged")
def relu_nothing(values):
    return values


@RELU.wrong("A right shape is a right answer", says="Every value is 0")
def relu_zeros(values):
    return np.zeros(values.shape)


@RELU.wrong("The sample's answer is the answer", says="hard-coded")
def relu_hard_coded(values):
    return np.array([0, 0, 0, 0.5, 3]) if values.ndim == 1 else np.array([[0, 7], [2, 0]])


@RELU.wrong("Printing is returning", says="prints its answer")
def relu_printed(values):
    print(np.maximum(values, 0))


@RELU.wrong("An argument is mine to change", says="changed its argument")
def relu_in_place(values):
    values[values < 0] = 0
    return values


# sigmoid --------------------------------------------------------------------------------------


def _sigmoid(values):
    return 1 / (1 + np.exp(-values))


SIGMOID = Exercise("sigmoid", _sigmoid, _values)


@SIGMOID.right
def sigmoid_by_tanh(values):
    return 0.5 * (1 + np.tanh(values / 2))


@SIGMOID.right
def sigmoid_in_two_branches(values):
    small = np.exp(-np.abs(values))
    return np.where(values >= 0, 1 / (1 + small), small / (1 + small))


@SIGMOID.right
def sigmoid_by_scipy(values):
    from scipy.special import expit

    return expit(values).tolist()


@SIGMOID.right
def sigmoid_by_keras(values):
    import keras

    return np.asarray(keras.ops.sigmoid(np.asarray(values, "float32")))


@SIGMOID.right
def sigmoid_by_loop(values):
    print("a line on standard error loses no marks", file=sys.stderr)
    flat = [float(np.reciprocal(1 + np.exp(-value))) for value in values.ravel()]
    return np.array(flat).reshape(values.shape)


@SIGMOID.wrong("The sign in the exponent is free", says="The sign is missing")
def sigmoid_sign(values):
    return 1 / (1 + np.exp(values))


@SIGMOID.wrong("exp(z) / (1 + exp(z)) is the same for every z", says="exp(1000) is infinite")
def sigmoid_overflow(values):
    return np.exp(values) / (1 + np.exp(values))


@SIGMOID.wrong("1 minus is 1 plus", says="The two are added")
def sigmoid_minus(values):
    return 1 / (1 - np.exp(-values))


@SIGMOID.wrong("The quotient may be left out", says="1 divided by it")
def sigmoid_upside_down(values):
    return 1 + np.exp(-values)


@SIGMOID.wrong("exp alone squashes", says="exp(−z) alone")
def sigmoid_exp(values):
    return np.exp(-values)


@SIGMOID.wrong("tanh and sigmoid are the same", says="That is tanh")
def sigmoid_tanh(values):
    return np.tanh(values)


@SIGMOID.wrong("A value is a slope", says="slope of the sigmoid")
def sigmoid_slope(values):
    return _sigmoid(values) * (1 - _sigmoid(values))


@SIGMOID.wrong("Sigmoid and softmax are the same", says="That is softmax")
def sigmoid_softmax(values):
    powers = np.exp(values - values.max())
    return powers / powers.sum()


@SIGMOID.wrong("A probability is a decision", says="You decided")
def sigmoid_decides(values):
    return (values > 0).astype(float)


@SIGMOID.wrong("To squash is to cut off", says="The sigmoid bends")
def sigmoid_clipped(values):
    return np.clip(values, 0, 1)


@SIGMOID.wrong("All activations are the same", says="That is ReLU")
def sigmoid_relu(values):
    return np.maximum(values, 0)


@SIGMOID.wrong("An activation does nothing", says="unchanged")
def sigmoid_nothing(values):
    return values


@SIGMOID.wrong("A right shape is a right answer", says="Every value is 0")
def sigmoid_zeros(values):
    return np.zeros(values.shape)


@SIGMOID.wrong("The sample's answer is the answer", says="expected")
def sigmoid_hard_coded(values):
    return np.array([0.11920292, 0.5, 0.62245933, 0.88079708])


@SIGMOID.wrong("Printing is returning", says="prints its answer")
def sigmoid_printed(values):
    print(_sigmoid(values))


@SIGMOID.wrong("An argument is mine to change", says="changed its argument")
def sigmoid_in_place(values):
    values *= -1
    return 1 / (1 + np.exp(values))


# slopes ---------------------------------------------------------------------------------------


def _slopes(inputs, outputs):
    return (outputs[1:] - outputs[:-1]) / (inputs[1:] - inputs[:-1])


def _curves(rng):
    for _ in range(10):
        n = int(rng.integers(4, 9))
        yield np.cumsum(rng.uniform(0.2, 2, n)), rng.normal(0, 3, n)


SLOPES = Exercise("slopes", _slopes, _curves)


@SLOPES.right
def slopes_by_diff(inputs, outputs):
    return np.diff(outputs) / np.diff(inputs)


@SLOPES.right
def slopes_by_loop(inputs, outputs):
    result = []
    for i in range(len(inputs) - 1):
        result.append((outputs[i + 1] - outputs[i]) / (inputs[i + 1] - inputs[i]))
    return result


@SLOPES.right
def slopes_earlier_minus_later(inputs, outputs):
    return np.divide(outputs[:-1] - outputs[1:], inputs[:-1] - inputs[1:]).astype(np.float32)


@SLOPES.right
def slopes_by_itertools(inputs, outputs):
    from itertools import pairwise

    points = list(zip(inputs.tolist(), outputs.tolist(), strict=True))
    return np.array([(d - b) / (c - a) for (a, b), (c, d) in pairwise(points)])


@SLOPES.wrong("A slope is the output divided by the input", says="two neighbouring points")
def slopes_ratio(inputs, outputs):
    return outputs[1:] / inputs[1:]


@SLOPES.wrong("A slope is a height", says="unchanged")
def slopes_outputs(inputs, outputs):
    return outputs


@SLOPES.wrong("All inputs are 1 apart", says="still have to be divided")
def slopes_rise(inputs, outputs):
    return np.diff(outputs)


@SLOPES.wrong("Run by rise is rise by run", says="upside down")
def slopes_upside_down(inputs, outputs):
    return np.diff(inputs) / np.diff(outputs)


@SLOPES.wrong("The sign of a difference is free", says="sign is turned round")
def slopes_sign(inputs, outputs):
    return (outputs[:-1] - outputs[1:]) / (inputs[1:] - inputs[:-1])


@SLOPES.wrong("A slope is never negative", says="lost the sign")
def slopes_absolute(inputs, outputs):
    return np.abs(np.diff(outputs) / np.diff(inputs))


@SLOPES.wrong("Points are equally far apart", says="first step for all")
def slopes_first_step(inputs, outputs):
    return np.diff(outputs) / (inputs[1] - inputs[0])


@SLOPES.wrong("A curve has one slope", says="first point to the last")
def slopes_overall(inputs, outputs):
    return (outputs[-1] - outputs[0]) / (inputs[-1] - inputs[0])


@SLOPES.wrong("np.gradient is the slope of each step", says="np.gradient")
def slopes_gradient(inputs, outputs):
    return np.gradient(outputs, inputs)


@SLOPES.wrong("Each point is measured from the first", says="not from its neighbour")
def slopes_from_first(inputs, outputs):
    return (outputs[1:] - outputs[0]) / (inputs[1:] - inputs[0])


@SLOPES.wrong("A right shape is a right answer", says="Every value is 0")
def slopes_zeros(inputs, outputs):
    return np.zeros(len(inputs) - 1)


@SLOPES.wrong("The sample's answer is the answer", says="expected")
def slopes_hard_coded(inputs, outputs):
    return np.array([3.0, -4.0])


@SLOPES.wrong("Printing is returning", says="prints its answer")
def slopes_printed(inputs, outputs):
    print(np.diff(outputs) / np.diff(inputs))


@SLOPES.wrong("An argument is mine to change", says="changed its argument")
def slopes_in_place(inputs, outputs):
    result = np.diff(outputs) / np.diff(inputs)
    outputs[1:] = result
    return result


# bent_network ---------------------------------------------------------------------------------


def _bent_network(inputs, weights, biases, output_weights):
    return np.maximum(inputs @ weights + biases, 0) @ output_weights


def _networks(rng):
    for _ in range(10):
        n, n_inputs, n_hidden = 8, int(rng.integers(2, 4)), int(rng.integers(4, 6))
        yield (
            rng.normal(0, 2, (n, n_inputs)),
            rng.normal(0, 2, (n_inputs, n_hidden)),
            rng.normal(0, 2, n_hidden),
            rng.normal(0, 2, n_hidden),
        )


BENT_NETWORK = Exercise("bent_network", _bent_network, _networks)


@BENT_NETWORK.right
def network_by_loops(inputs, weights, biases, output_weights):
    outputs = []
    for row in inputs:
        total = 0.0
        for neuron, output_weight in enumerate(output_weights):
            z = sum(x * w for x, w in zip(row, weights[:, neuron], strict=True)) + biases[neuron]
            total += max(0.0, z) * output_weight
        outputs.append(total)
    return outputs


@BENT_NETWORK.right
def network_by_einsum(inputs, weights, biases, output_weights):
    sums = np.einsum("ni,ih->nh", inputs, weights) + biases
    return np.einsum("nh,h->n", np.where(sums > 0, sums, 0), output_weights)


@BENT_NETWORK.right
def network_by_transpose(inputs, weights, biases, output_weights):
    hidden = weights.T @ inputs.T + biases[:, None]
    hidden[hidden < 0] = 0
    return (output_weights @ hidden).astype(np.float32)


@BENT_NETWORK.right
def network_by_keras(inputs, weights, biases, output_weights):
    import keras

    hidden = keras.layers.Dense(len(biases), activation="relu")
    hidden.build(inputs.shape)
    hidden.set_weights([weights, biases])
    return np.asarray(hidden(inputs.astype("float32"))) @ output_weights


@BENT_NETWORK.wrong("Stacking linear layers adds power", says="There is no bend")
def network_linear(inputs, weights, biases, output_weights):
    return (inputs @ weights + biases) @ output_weights


@BENT_NETWORK.wrong("One bend at the end is enough", says="You applied ReLU to the output.")
def network_bent_at_the_end(inputs, weights, biases, output_weights):
    return np.maximum((inputs @ weights + biases) @ output_weights, 0)


@BENT_NETWORK.wrong("Each layer has ReLU, the last one too", says="to the output as well")
def network_bent_twice(inputs, weights, biases, output_weights):
    return np.maximum(np.maximum(inputs @ weights + biases, 0) @ output_weights, 0)


@BENT_NETWORK.wrong("ReLU clips weights", says="It does not clip weights")
def network_clipped_weights(inputs, weights, biases, output_weights):
    return (inputs @ np.maximum(weights, 0) + biases) @ output_weights


@BENT_NETWORK.wrong("ReLU clips the output weights as well", says="It does not clip weights")
def network_clipped_output_weights(inputs, weights, biases, output_weights):
    return np.maximum(inputs @ weights + biases, 0) @ np.maximum(output_weights, 0)


@BENT_NETWORK.wrong("Biases are optional", says="The bias is missing")
def network_no_bias(inputs, weights, biases, output_weights):
    return np.maximum(inputs @ weights, 0) @ output_weights


@BENT_NETWORK.wrong("The bias comes after the activation", says="You added the bias after ReLU")
def network_late_bias(inputs, weights, biases, output_weights):
    return (np.maximum(inputs @ weights, 0) + biases) @ output_weights


@BENT_NETWORK.wrong("ReLU puts values in 0 to 1", says="values into 0 to 1")
def network_clipped(inputs, weights, biases, output_weights):
    return np.clip(inputs @ weights + biases, 0, 1) @ output_weights


@BENT_NETWORK.wrong("All activations are the same", says="network with the sigmoid")
def network_sigmoid(inputs, weights, biases, output_weights):
    return _sigmoid(inputs @ weights + biases) @ output_weights


@BENT_NETWORK.wrong("The hidden outputs are the outputs", says="Those are the hidden outputs")
def network_hidden(inputs, weights, biases, output_weights):
    return np.maximum(inputs @ weights + biases, 0)


@BENT_NETWORK.wrong("An output neuron only adds", says="without their output weights")
def network_sum(inputs, weights, biases, output_weights):
    return np.maximum(inputs @ weights + biases, 0).sum(axis=1)


@BENT_NETWORK.wrong("An output is a decision", says="You decided")
def network_decides(inputs, weights, biases, output_weights):
    return _bent_network(inputs, weights, biases, output_weights) > 0.5


@BENT_NETWORK.wrong("A row is a column", says="A plain row of n numbers")
def network_column(inputs, weights, biases, output_weights):
    return _bent_network(inputs, weights, biases, output_weights)[:, None]


@BENT_NETWORK.wrong("XOR is a table to look up", says="expected")
def network_logic(inputs, weights, biases, output_weights):
    return (inputs[:, 0] != inputs[:, 1]).astype(float)


@BENT_NETWORK.wrong("A right shape is a right answer", says="Every value is 0")
def network_zeros(inputs, weights, biases, output_weights):
    return np.zeros(len(inputs))


@BENT_NETWORK.wrong("Printing is returning", says="prints its answer")
def network_printed(inputs, weights, biases, output_weights):
    print(_bent_network(inputs, weights, biases, output_weights))


@BENT_NETWORK.wrong("An argument is mine to change", says="changed its argument")
def network_in_place(inputs, weights, biases, output_weights):
    biases += 1
    return np.maximum(inputs @ weights + biases - 1, 0) @ output_weights


# softmax --------------------------------------------------------------------------------------


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _logits(rng):
    for i in range(10):
        logits = rng.normal(0, 2, (int(rng.integers(2, 5)), int(rng.integers(5, 8))))
        yield (logits + (1000 * rng.choice([-1, 1], (len(logits), 1)) if i % 2 else 0),)


SOFTMAX = Exercise("softmax", _softmax, _logits)


@SOFTMAX.right
def softmax_by_loop(logits):
    rows = []
    for row in logits:
        powers = [np.exp(logit - max(row)) for logit in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


@SOFTMAX.right
def softmax_by_scipy(logits):
    import scipy.special

    return scipy.special.softmax(logits, axis=-1)


@SOFTMAX.right
def softmax_by_log_sum(logits):
    log_sums = np.logaddexp.reduce(logits, axis=1)
    return np.exp(logits - log_sums[:, None]).astype(np.float32)


@SOFTMAX.right
def softmax_by_transpose(logits):
    powers = np.exp((logits.T - logits.max(axis=1)).T)
    return (powers.T / powers.sum(axis=1)).T


@SOFTMAX.right
def softmax_by_keras(logits):
    import keras

    return np.asarray(keras.ops.softmax(logits.astype("float64"), axis=-1))


@SOFTMAX.wrong("Softmax needs no care with large logits", says="exp of a number above 709")
def softmax_overflow(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("One greatest logit serves the whole batch", says="one greatest number")
def softmax_one_greatest(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("Large logits may be cut off", says="You cut the logits off")
def softmax_cut_off(logits):
    return _softmax(np.clip(logits, -500, 500))


@SOFTMAX.wrong("A smaller scale changes nothing", says="another temperature")
def softmax_scaled(logits):
    large = np.abs(logits).max() > 100
    return _softmax(logits / 1000) if large else _softmax(logits)


@SOFTMAX.wrong("Softmax works on each neuron alone", says="sigmoid of each logit alone")
def softmax_sigmoid(logits):
    return _sigmoid(logits)


@SOFTMAX.wrong("Sigmoids made to sum to 1 are a softmax", says="Those are sigmoids")
def softmax_sigmoid_normalised(logits):
    shares = _sigmoid(logits)
    return shares / shares.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("The batch shares one sum", says="The sum runs over the whole batch")
def softmax_batch(logits):
    powers = np.exp(logits)
    return powers / powers.sum()


@SOFTMAX.wrong("axis=0 is a row", says="down the columns")
def softmax_columns(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=0)


@SOFTMAX.wrong("Sums of rows fit to rows by themselves", says="keepdims=True")
def softmax_no_keepdims(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1)


@SOFTMAX.wrong("To divide by the sum is enough", says="exp comes first")
def softmax_without_exp(logits):
    return logits / logits.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("ReLU makes logits positive", says="as ReLU does")
def softmax_by_relu(logits):
    positive = np.maximum(logits, 0)
    return positive / positive.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("exp alone makes probabilities", says="exp alone")
def softmax_exp(logits):
    return np.exp(logits)


@SOFTMAX.wrong("The greatest probability is 1", says="compared with the greatest alone")
def softmax_by_greatest(logits):
    powers = np.exp(logits)
    return powers / powers.max(axis=1, keepdims=True)


@SOFTMAX.wrong("Softmax twice is harmless", says="softmax twice")
def softmax_twice(logits):
    return _softmax(_softmax(logits))


@SOFTMAX.wrong("Softmax is argmax", says="only the winner")
def softmax_one_hot(logits):
    return np.eye(logits.shape[1])[logits.argmax(axis=1)]


@SOFTMAX.wrong("Softmax names a class", says="place of the winner")
def softmax_argmax(logits):
    return logits.argmax(axis=1)


@SOFTMAX.wrong("Any base is as good as e", says="powers of 2")
def softmax_base_two(logits):
    powers = np.exp2(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@SOFTMAX.wrong("The sign in the exponent is free", says="sign is turned round")
def softmax_sign(logits):
    return _softmax(-logits)


@SOFTMAX.wrong("Equal shares are fair", says="Every class gets the same")
def softmax_equal(logits):
    return np.full(logits.shape, 1 / logits.shape[1])


@SOFTMAX.wrong("Logits are probabilities", says="unchanged")
def softmax_nothing(logits):
    return logits


@SOFTMAX.wrong("A right shape is a right answer", says="Every value is 0")
def softmax_zeros(logits):
    return np.zeros(logits.shape)


@SOFTMAX.wrong("Printing is returning", says="prints its answer")
def softmax_printed(logits):
    print(_softmax(logits))


@SOFTMAX.wrong("An argument is mine to change", says="changed its argument")
def softmax_in_place(logits):
    logits -= logits.max(axis=1, keepdims=True)
    return _softmax(logits)


# cross_entropy_from_logits --------------------------------------------------------------------


def _cross_entropy(logits, label):
    shifted = logits - logits.max()
    return np.log(np.exp(shifted).sum()) - shifted[label]


def _examples(rng):
    for i in range(10):
        n_classes = int(rng.integers(5, 9))
        logits = rng.normal(0, 3, n_classes) * (300 if i % 2 else 1)
        yield logits, int(rng.integers(n_classes))


CROSS_ENTROPY = Exercise("cross_entropy_from_logits", _cross_entropy, _examples)


@CROSS_ENTROPY.right
def loss_by_logaddexp(logits, label):
    return float(np.logaddexp.reduce(logits) - logits[label])


@CROSS_ENTROPY.right
def loss_by_scipy(logits, label):
    import scipy.special

    return -scipy.special.log_softmax(logits)[label]


@CROSS_ENTROPY.right
def loss_by_one_hot(logits, label):
    shifted = logits - max(logits)
    log_shares = shifted - np.log(np.sum(np.exp(shifted)))
    return np.float32(-(np.eye(len(logits))[label] * log_shares).sum())


@CROSS_ENTROPY.right
def loss_by_differences(logits, label):
    away = logits - logits[label]
    return away.max() + np.log(np.exp(away - away.max()).sum())


@CROSS_ENTROPY.right
def loss_by_keras(logits, label):
    import keras

    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(np.array([label]), logits[None]))


@CROSS_ENTROPY.wrong("First probabilities, then their logarithm", says="logarithm is infinite")
def loss_in_two_steps(logits, label):
    return -np.log(_softmax(logits[None])[0, label])


@CROSS_ENTROPY.wrong("A tiny number mends the logarithm", says="No answer then costs more")
def loss_with_a_floor(logits, label):
    return -np.log(np.maximum(_softmax(logits[None])[0, label], 1e-12))


@CROSS_ENTROPY.wrong("A tiny number may be added", says="No answer then costs more")
def loss_with_a_tiny_sum(logits, label):
    return -np.log(_softmax(logits[None])[0, label] + 1e-10)


@CROSS_ENTROPY.wrong("exp has room for every logit", says="A power became infinite")
def loss_overflow(logits, label):
    powers = np.exp(logits)
    return -np.log(powers[label] / powers.sum())


@CROSS_ENTROPY.wrong("Large logits may be cut off", says="You cut the logits off")
def loss_cut_off(logits, label):
    return _cross_entropy(np.clip(logits, -500, 500), label)


@CROSS_ENTROPY.wrong("Logits are probabilities", says="as if it were a probability")
def loss_of_logit(logits, label):
    return -np.log(logits[label])


@CROSS_ENTROPY.wrong("Minus the logit is the loss", says="minus the logit")
def loss_minus_logit(logits, label):
    return -logits[label]


@CROSS_ENTROPY.wrong("Softmax, then from logits, is harmless", says="softmax twice")
def loss_twice(logits, label):
    return _cross_entropy(_softmax(logits[None])[0], label)


@CROSS_ENTROPY.wrong("The guess is the truth", says="the network is always right")
def loss_of_guess(logits, label):
    return _cross_entropy(logits, int(logits.argmax()))


@CROSS_ENTROPY.wrong("A loss may be negative", says="The sign is missing")
def loss_sign(logits, label):
    return -_cross_entropy(logits, label)


@CROSS_ENTROPY.wrong("A probability is a loss", says="probability of the true class")
def loss_probability(logits, label):
    return _softmax(logits[None])[0, label]


@CROSS_ENTROPY.wrong("Sigmoid and softmax are the same for many classes", says="sigmoid's loss")
def loss_sigmoid(logits, label):
    return np.logaddexp(0, -logits[label])


@CROSS_ENTROPY.wrong("Each class costs something", says="loss of every class")
def loss_all(logits, label):
    return sum(_cross_entropy(logits, place) for place in range(len(logits)))


@CROSS_ENTROPY.wrong("A loss is a row", says="one number a class")
def loss_row(logits, label):
    return np.array([_cross_entropy(logits, place) for place in range(len(logits))])


@CROSS_ENTROPY.wrong("Base 10 is the logarithm", says="base 10")
def loss_base_ten(logits, label):
    return _cross_entropy(logits, label) / np.log(10)


@CROSS_ENTROPY.wrong("Only the greatest logit competes", says="distance from the greatest")
def loss_distance(logits, label):
    return logits.max() - logits[label]


@CROSS_ENTROPY.wrong("Zero is a start", says="a perfect answer")
def loss_zero(logits, label):
    return 0.0


@CROSS_ENTROPY.wrong("The sample's answer is the answer", says="hard-coded")
def loss_hard_coded(logits, label):
    return 0.40760596


@CROSS_ENTROPY.wrong("Printing is returning", says="prints its answer")
def loss_printed(logits, label):
    print(_cross_entropy(logits, label))


@CROSS_ENTROPY.wrong("An argument is mine to change", says="changed its argument")
def loss_in_place(logits, label):
    logits -= logits.max()
    return np.log(np.exp(logits).sum()) - logits[label]


EXERCISES = [RELU, SIGMOID, SLOPES, BENT_NETWORK, SOFTMAX, CROSS_ENTROPY]

"""Beginners' mistakes in the lesson "Activations"."""
# ruff: noqa: RET503 - beginners wrote this

import keras
import numpy as np

from benchmarks.beginners import mistake

# bent_network ---------------------------------------------------------------------------------


@mistake("bent_network", cause="ReLU is forgotten, so the network is linear and has no bend.")
def straight_network(inputs, weights, biases, output_weights):
    hidden = inputs @ weights + biases
    return hidden @ output_weights


@mistake("bent_network", cause="It multiplies by the output weights before ReLU, not after it.")
def relu_on_the_weighted_products(inputs, weights, biases, output_weights):
    sums = inputs @ weights + biases
    products = np.maximum(sums * output_weights, 0)
    return products.sum(axis=1)


@mistake("bent_network", cause="It lets a neuron that is on give 1, where ReLU gives its sum.")
def a_step_for_relu(inputs, weights, biases, output_weights):
    sums = np.dot(inputs, weights) + biases
    hidden = np.where(sums > 0, 1, 0)
    return np.dot(hidden, output_weights)


@mistake(
    "bent_network", cause="The total is not set back to 0, so each row adds to the one before."
)
def total_carried_to_the_next_row(inputs, weights, biases, output_weights):
    outputs = []
    total = 0.0
    for row in inputs:
        for j in range(len(biases)):
            z = np.sum(row * weights[:, j]) + biases[j]
            total += max(z, 0) * output_weights[j]
        outputs.append(total)
    return np.array(outputs)


@mistake(
    "bent_network", cause="It writes out the two hidden neurons of the example, and no others."
)
def two_hidden_neurons_written_out(inputs, weights, biases, output_weights):
    first = np.maximum(inputs @ weights[:, 0] + biases[0], 0)
    second = np.maximum(inputs @ weights[:, 1] + biases[1], 0)
    return output_weights[0] * first + output_weights[1] * second


# softmax --------------------------------------------------------------------------------------


@mistake(
    "softmax", cause="It follows the formula without the safe shift, so large logits overflow."
)
def formula_without_the_shift(logits):
    powers = np.exp(logits)
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("softmax", cause="It replaces nan by 0 afterwards, where it should keep nan from arising.")
def nan_replaced_by_zero(logits):
    powers = np.exp(logits)
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return np.nan_to_num(probabilities)


@mistake("softmax", cause="It divides the logits themselves by their sum and takes no powers.")
def logits_divided_by_their_sum(logits):
    probabilities = np.zeros(logits.shape)
    for i in range(len(logits)):
        probabilities[i] = logits[i] / logits[i].sum()
    return probabilities


@mistake("softmax", cause="It subtracts the highest logit of each column, which does not cancel.")
def highest_of_each_column(logits):
    shifted = logits - logits.max(axis=0, keepdims=True)
    powers = np.exp(shifted)
    total = powers.sum(axis=1, keepdims=True)
    return powers / total


@mistake("softmax", cause="It subtracts the largest size without its sign, so low rows are 0 / 0.")
def largest_absolute_logit(logits):
    rows = []
    for row in logits:
        powers = np.exp(row - np.abs(row).max())
        rows.append(powers / powers.sum())
    return np.array(rows)


# cross_entropy_from_logits --------------------------------------------------------------------


@mistake(
    "cross_entropy_from_logits",
    cause="The two parts of the formula are exchanged, so the loss is negative.",
)
def parts_of_the_formula_exchanged(logits, label):
    shifted = logits - logits.max()
    return shifted[label] - np.log(np.exp(shifted).sum())


@mistake(
    "cross_entropy_from_logits",
    cause="It takes the logarithm of each power and then adds up, not of their sum.",
)
def logarithms_added_up(logits, label):
    shifted = logits - np.max(logits)
    logarithms = np.log(np.exp(shifted))
    return np.sum(logarithms) - shifted[label]


@mistake(
    "cross_entropy_from_logits",
    cause="The sum runs over the other classes only, and leaves the true one out.",
)
def true_class_left_out_of_the_sum(logits, label):
    shifted = logits - logits.max()
    total = 0.0
    for k in range(len(shifted)):
        if k != label:
            total += np.exp(shifted[k])
    return np.log(total) - shifted[label]


@mistake(
    "cross_entropy_from_logits",
    cause="It multiplies by the label as if that were a one-hot row, not an index.",
)
def label_multiplied_like_a_one_hot_row(logits, label):
    shifted = logits - logits.max()
    losses = np.log(np.exp(shifted).sum()) - shifted
    return (label * losses).sum()


@mistake(
    "cross_entropy_from_logits",
    cause="It copies axis=1 from softmax, but a single row of logits has only axis 0.",
)
def axis_copied_from_the_batch(logits, label):
    shifted = logits - logits.max(axis=1, keepdims=True)
    total = np.exp(shifted).sum(axis=1)
    return np.log(total) - shifted[label]


# build_classifier -----------------------------------------------------------------------------


@mistake(
    "build_classifier",
    cause="It builds a network for probabilities with losses to match, where logits are wanted.",
)
def probabilities_for_logits(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy()
    else:
        loss = keras.losses.SparseCategoricalCrossentropy()
    network.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return network


@mistake(
    "build_classifier", cause="It adds a hidden layer, although the given lines have one already."
)
def a_second_hidden_layer(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return network


@mistake(
    "build_classifier", cause="It tells compile about the logits, but from_logits is for the loss."
)
def from_logits_told_to_compile(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    loss = "categorical_crossentropy" if one_hot else "sparse_categorical_crossentropy"
    network.compile("adam", loss=loss, metrics=["accuracy"], from_logits=True)
    return network


@mistake(
    "build_classifier", cause="The return stands in the else, so one-hot labels get no network."
)
def returned_for_integer_labels_only(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
        network.compile("adam", loss, metrics=["accuracy"])
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        network.compile("adam", loss, metrics=["accuracy"])
        return network


@mistake(
    "build_classifier",
    cause="It takes the binary loss for one-hot rows because they hold only 0 and 1.",
)
def binary_loss_for_one_hot_rows(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation=None))
    losses = {
        True: keras.losses.BinaryCrossentropy(from_logits=True),
        False: keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    }
    network.compile(optimizer="sgd", loss=losses[one_hot], metrics=["accuracy"])
    return network

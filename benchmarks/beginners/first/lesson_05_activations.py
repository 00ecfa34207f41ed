"""Beginners' mistakes in the lesson "Activations"."""

import math

import keras
import numpy as np

from benchmarks.beginners import mistake

# bent_network ---------------------------------------------------------------------------------


@mistake("bent_network", cause="The output neuron has a ReLU too, although it has no activation.")
def relu_on_the_output(inputs, weights, biases, output_weights):
    hidden = np.maximum(inputs @ weights + biases, 0)
    outputs = hidden @ output_weights
    return np.maximum(outputs, 0)


@mistake(
    "bent_network", cause="It adds the biases to the result of ReLU, not to the sums before it."
)
def biases_after_relu(inputs, weights, biases, output_weights):
    sums = inputs @ weights
    hidden = np.maximum(sums, 0)
    hidden = hidden + biases
    return hidden @ output_weights


@mistake("bent_network", cause="It adds up the images (axis 0), not the hidden neurons of each.")
def summed_over_the_inputs(inputs, weights, biases, output_weights):
    hidden = np.maximum(inputs @ weights + biases, 0)
    products = hidden * output_weights
    return products.sum(axis=0)


@mistake(
    "bent_network", cause="np.max takes 0 for the array and the array for the axis; see np.maximum."
)
def np_max_for_np_maximum(inputs, weights, biases, output_weights):
    sums = inputs @ weights + biases
    hidden = np.max(0, sums)
    return hidden @ output_weights


@mistake("bent_network", cause="It subtracts the biases as if they were thresholds.")
def biases_subtracted(inputs, weights, biases, output_weights):
    sums = inputs @ weights - biases
    hidden = np.maximum(sums, 0)
    return hidden @ output_weights


@mistake(
    "bent_network", cause="It takes a sigmoid for the hidden neurons, where ReLU is asked for."
)
def sigmoid_in_the_hidden_layer(inputs, weights, biases, output_weights):
    sums = inputs @ weights + biases
    hidden = 1 / (1 + np.exp(-sums))
    return hidden @ output_weights


@mistake("bent_network", cause="It turns the weights round, so rows and columns do not match.")
def weights_transposed(inputs, weights, biases, output_weights):
    hidden = inputs @ weights.T + biases
    hidden[hidden < 0] = 0
    return hidden @ output_weights


@mistake("bent_network", cause="It makes the output weights a column, so the result has two axes.")
def outputs_in_a_column(inputs, weights, biases, output_weights):
    hidden = np.maximum(inputs @ weights + biases, 0)
    column = output_weights.reshape(-1, 1)
    return hidden @ column


# softmax --------------------------------------------------------------------------------------


@mistake("softmax", cause="It sums over the images (axis 0), not over the classes of each row.")
def sum_over_the_images(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=0)


@mistake(
    "softmax", cause="It subtracts the highest logit of the whole batch, so low rows are 0 / 0."
)
def highest_of_the_batch(logits):
    powers = np.exp(logits - logits.max())
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("softmax", cause="keepdims is forgotten, so the sums do not fit the rows.")
def sums_without_keepdims(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1)


@mistake("softmax", cause="math.exp knows single numbers only, and is given an array.")
def math_exp_of_an_array(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    powers = math.exp(shifted)
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("softmax", cause="It rounds to two decimals because the example shows two.")
def rounded_to_two_decimals(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    return probabilities.round(2)


@mistake("softmax", cause="It divides by the highest power of each row, not by their sum.")
def divided_by_the_highest_power(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    highest = powers.max(axis=1, keepdims=True)
    return powers / highest


@mistake(
    "softmax", cause="It squeezes each logit through a sigmoid alone, so rows do not sum to 1."
)
def a_sigmoid_for_each_logit(logits):
    return 1 / (1 + np.exp(-logits))


@mistake(
    "softmax", cause="It makes the logits safe by dividing by the highest, not by subtracting."
)
def divided_by_the_highest_logit(logits):
    highest = logits.max(axis=1, keepdims=True)
    powers = np.exp(logits / highest)
    return powers / powers.sum(axis=1, keepdims=True)


# cross_entropy_from_logits --------------------------------------------------------------------


@mistake(
    "cross_entropy_from_logits",
    cause="It shifts the logits in the sum but takes the unshifted logit of the true class.",
)
def shifted_in_one_place_only(logits, label):
    shifted = logits - logits.max()
    return np.log(np.exp(shifted).sum()) - logits[label]


@mistake(
    "cross_entropy_from_logits",
    cause="It goes through the probability, which becomes 0 for far logits, and takes log 0.",
)
def log_of_the_probability(logits, label):
    powers = np.exp(logits - logits.max())
    probabilities = powers / powers.sum()
    return -np.log(probabilities[label])


@mistake(
    "cross_entropy_from_logits",
    cause="It keeps the probability above 0.0000001, so no loss can exceed 16.12.",
)
def probability_kept_above_zero(logits, label):
    powers = np.exp(logits - logits.max())
    probabilities = powers / powers.sum()
    safe = max(probabilities[label], 1e-7)
    return -np.log(safe)


@mistake(
    "cross_entropy_from_logits",
    cause="It takes the logarithm to base 10, where the natural one is meant.",
)
def logarithm_to_base_ten(logits, label):
    shifted = logits - logits.max()
    return np.log10(np.exp(shifted).sum()) - shifted[label]


@mistake(
    "cross_entropy_from_logits", cause="It counts the classes from 1 and takes the logit before."
)
def classes_counted_from_one(logits, label):
    shifted = logits - logits.max()
    total = np.exp(shifted).sum()
    return np.log(total) - shifted[label - 1]


@mistake(
    "cross_entropy_from_logits",
    cause="It averages the loss over all classes, where only the true class counts.",
)
def mean_over_all_classes(logits, label):
    shifted = logits - logits.max()
    losses = np.log(np.exp(shifted).sum()) - shifted
    return losses.mean()


@mistake(
    "cross_entropy_from_logits",
    cause="It takes the class with the highest logit and does not look at the label.",
)
def loss_of_the_answer(logits, label):
    shifted = logits - logits.max()
    answer = np.argmax(shifted)
    return np.log(np.exp(shifted).sum()) - shifted[answer]


@mistake(
    "cross_entropy_from_logits",
    cause="It calculates the mean squared error of the probabilities, not the cross-entropy.",
)
def squared_error_of_the_probabilities(logits, label):
    powers = np.exp(logits - logits.max())
    probabilities = powers / powers.sum()
    table = np.zeros(len(logits))
    table[label] = 1
    return np.mean((probabilities - table) ** 2)


# build_classifier -----------------------------------------------------------------------------


@mistake(
    "build_classifier", cause="The last layer has softmax, and from_logits applies it once more."
)
def softmax_twice(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="softmax"))
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, metrics=["accuracy"])
    return network


@mistake("build_classifier", cause="The two losses are exchanged, so neither fits its labels.")
def losses_exchanged(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return network


@mistake("build_classifier", cause="Named by strings, the losses expect probabilities, not logits.")
def losses_for_probabilities(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        network.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    else:
        network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return network


@mistake(
    "build_classifier", cause="It always takes the loss for integer labels and ignores one_hot."
)
def always_the_sparse_loss(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, metrics=["accuracy"])
    return network


@mistake("build_classifier", cause="It returns what compile returns, which is nothing.")
def result_of_compile_returned(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return network.compile("adam", loss, metrics=["accuracy"])


@mistake("build_classifier", cause="The metric is forgotten, so no accuracy would be reported.")
def compiled_without_accuracy(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        network.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
    else:
        network.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return network


@mistake("build_classifier", cause="The last layer has a ReLU, so no logit can be negative.")
def relu_on_the_logits(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes, activation="relu"))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, metrics=["accuracy"])
    return network


@mistake(
    "build_classifier", cause="compile takes weights of losses third; metrics need their name."
)
def metrics_in_the_third_place(n_inputs, n_hidden, n_classes, one_hot):
    network = keras.Sequential([keras.layers.Input((n_inputs,))])
    network.add(keras.layers.Dense(n_hidden, activation="relu"))
    network.add(keras.layers.Dense(n_classes))
    if one_hot:
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    else:
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, ["accuracy"])
    return network

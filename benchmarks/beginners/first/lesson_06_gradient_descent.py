"""Beginners' mistakes in the lesson "Gradient descent"."""
# ruff: noqa: RET503, RET504 - beginners wrote this

import numpy as np

from benchmarks.beginners import mistake

# gradient_step --------------------------------------------------------------------------------


@mistake(
    "gradient_step", cause="It moves with the gradient, uphill, where it should go against it."
)
def step_uphill(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    return weights + sizes


@mistake("gradient_step", cause="= gives the same array a second name, so the weights are changed.")
def copied_by_a_second_name(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    new_weights = weights
    new_weights -= sizes
    return new_weights


@mistake(
    "gradient_step", cause="It multiplies by the rate again, although sizes contains it already."
)
def rate_used_twice(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    return weights - learning_rate * sizes


@mistake(
    "gradient_step", cause="It subtracts the size without its sign, so all weights get smaller."
)
def sizes_without_their_sign(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    return weights - np.abs(sizes)


@mistake("gradient_step", cause="The difference is the wrong way round: sizes minus weights.")
def sizes_minus_weights(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    return sizes - weights


@mistake("gradient_step", cause="It returns how far the weights move, not where they arrive.")
def only_the_change(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    change = -sizes
    return change


@mistake("gradient_step", cause="Its new array has one axis only, so it cannot hold a matrix.")
def weights_in_a_single_row(weights, gradient, learning_rate):
    new_weights = np.zeros(len(weights))
    for i in range(len(weights)):
        new_weights[i] = weights[i] - learning_rate * gradient[i]
    return new_weights


@mistake("gradient_step", cause="It prints the new weights and does not return them.")
def new_weights_printed(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    new_weights = weights - sizes
    print(new_weights)


# make_batches ---------------------------------------------------------------------------------


@mistake("make_batches", cause="The labels are not shuffled along, so they lose their images.")
def labels_not_shuffled(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batches.append((images[indices], labels[start : start + batch_size]))
    return batches


@mistake("make_batches", cause="It drops the last batch if that one is incomplete.")
def incomplete_batch_dropped(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        if len(indices) == batch_size:
            batches.append((images[indices], labels[indices]))
    return batches


@mistake("make_batches", cause="The return stands in the loop, so there is one batch only.")
def returned_after_one_batch(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batches.append((images[indices], labels[indices]))
        return batches


@mistake("make_batches", cause="Images and labels are appended one after the other, not as a pair.")
def appended_one_by_one(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batches.append(images[indices])
        batches.append(labels[indices])
    return batches


@mistake("make_batches", cause="Each pair holds the labels first and the images second.")
def labels_first(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        pair = (labels[indices], images[indices])
        batches.append(pair)
    return batches


@mistake("make_batches", cause="append takes one thing: the brackets that make a pair are missing.")
def brackets_of_the_pair_missing(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batches.append(images[indices], labels[indices])
    return batches


@mistake("make_batches", cause="append returns nothing, and that replaces the list.")
def list_replaced_by_append(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batches = batches.append((images[indices], labels[indices]))
    return batches


all_batches = []


@mistake(
    "make_batches", cause="The list stands outside the function and keeps the last call's batches."
)
def list_outside_the_function(images, labels, batch_size, order):
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        all_batches.append((images[indices], labels[indices]))
    return all_batches


# train_step -----------------------------------------------------------------------------------


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("train_step", cause="It does not divide by n, so the step is that of a sum, not a mean.")
def gradients_summed_up(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = softmax(inputs @ weights + biases) - table
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases


@mistake("train_step", cause="The biases' gradient is divided by n and then averaged once more.")
def biases_averaged_twice(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = (softmax(inputs @ weights + biases) - table) / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.mean(axis=0)
    return new_weights, new_biases


@mistake(
    "train_step", cause="softmax takes one argument, but the biases are handed over as a second."
)
def biases_handed_to_softmax(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    probabilities = softmax(inputs @ weights, biases)
    d_logits = (probabilities - table) / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases


@mistake(
    "train_step", cause="It calculates the biases' step with the weights that it has just moved."
)
def biases_after_the_new_weights(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = (softmax(inputs @ weights + biases) - table) / len(inputs)
    weights = weights - learning_rate * inputs.T @ d_logits
    d_logits = (softmax(inputs @ weights + biases) - table) / len(inputs)
    biases = biases - learning_rate * d_logits.sum(axis=0)
    return weights, biases


@mistake("train_step", cause="The biases are forgotten on the way forward.")
def forward_without_biases(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    probabilities = softmax(inputs @ weights)
    d_logits = (probabilities - table) / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases


@mistake("train_step", cause="The axis is missing, so one number is subtracted from all biases.")
def one_sum_for_all_biases(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = (softmax(inputs @ weights + biases) - table) / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum()
    return new_weights, new_biases


@mistake("train_step", cause="It changes the weights and biases that it was given.")
def weights_changed_in_place(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = (softmax(inputs @ weights + biases) - table) / len(inputs)
    weights -= learning_rate * inputs.T @ d_logits
    biases -= learning_rate * d_logits.sum(axis=0)
    return weights, biases


@mistake("train_step", cause="It subtracts the labels themselves, where the one-hot rows belong.")
def labels_for_one_hot_rows(inputs, labels, weights, biases, learning_rate):
    probabilities = softmax(inputs @ weights + biases)
    d_logits = (probabilities - labels) / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases

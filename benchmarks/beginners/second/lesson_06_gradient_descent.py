"""Beginners' mistakes in the lesson "Gradient descent"."""

import numpy as np

from benchmarks.beginners import mistake

# gradient_step --------------------------------------------------------------------------------


@mistake("gradient_step", cause="It subtracts the gradient itself and forgets the learning rate.")
def gradient_without_the_rate(weights, gradient, learning_rate):
    new_weights = weights - gradient
    return new_weights  # noqa: RET504 - beginners wrote this


@mistake("gradient_step", cause="*= scales the caller's gradient, which should stay as it was.")
def gradient_scaled_in_place(weights, gradient, learning_rate):
    gradient *= learning_rate
    return weights - gradient


@mistake(
    "gradient_step", cause="It shrinks each weight by a fraction: the step is multiplied by it."
)
def step_in_proportion_to_the_weight(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    return weights * (1 - sizes)


@mistake(
    "gradient_step", cause="It believes that all weights go towards 0, whatever the derivative."
)
def sign_of_the_weight_decides(weights, gradient, learning_rate):
    sizes = np.abs(learning_rate * gradient)
    return np.where(weights > 0, weights - sizes, weights + sizes)


@mistake("gradient_step", cause="A loop over weights gives their values, which are no indices.")
def weights_used_as_indices(weights, gradient, learning_rate):
    sizes = learning_rate * gradient
    new_weights = weights.copy()
    for i in weights:
        new_weights[i] = weights[i] - sizes[i]
    return new_weights


# make_batches ---------------------------------------------------------------------------------


@mistake("make_batches", cause="It reads order backwards: it sends image i to the place order[i].")
def images_sent_to_their_places(images, labels, batch_size, order):
    shuffled_images = np.zeros_like(images)
    shuffled_labels = np.zeros_like(labels)
    for i in range(len(order)):
        shuffled_images[order[i]] = images[i]
        shuffled_labels[order[i]] = labels[i]
    batches = []
    for start in range(0, len(order), batch_size):
        end = start + batch_size
        batches.append((shuffled_images[start:end], shuffled_labels[start:end]))
    return batches


@mistake("make_batches", cause="It shuffles all images first and then picks by the order again.")
def shuffled_twice(images, labels, batch_size, order):
    images = images[order]
    labels = labels[order]
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        batches.append((images[indices], labels[indices]))
    return batches


@mistake("make_batches", cause="array_split makes batches of nearly equal size, not of batch_size.")
def batches_of_nearly_equal_size(images, labels, batch_size, order):
    n_batches = int(np.ceil(len(order) / batch_size))
    batches = []
    for indices in np.array_split(order, n_batches):
        batches.append((images[indices], labels[indices]))
    return batches


@mistake("make_batches", cause="A second loop makes a pair of every single image, not of a batch.")
def a_pair_for_every_image(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        for i in indices:
            batches.append((images[i], labels[i]))
    return batches


@mistake("make_batches", cause="It takes everything between a batch's first and last index.")
def from_the_first_index_to_the_last(images, labels, batch_size, order):
    batches = []
    for start in range(0, len(order), batch_size):
        indices = order[start : start + batch_size]
        first, last = indices[0], indices[-1]
        batches.append((images[first : last + 1], labels[first : last + 1]))
    return batches


# train_step -----------------------------------------------------------------------------------


def softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


@mistake("train_step", cause="It takes a step after each image, where the batch makes one step.")
def a_step_after_each_image(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    n = len(inputs)
    for i in range(n):
        row = inputs[i : i + 1]
        d_logits = (softmax(row @ weights + biases) - table[i : i + 1]) / n
        weights = weights - learning_rate * row.T @ d_logits
        biases = biases - learning_rate * d_logits[0]
    return weights, biases


@mistake(
    "train_step", cause="It multiplies by the slope of softmax, which the formula contains already."
)
def slope_of_softmax_once_more(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    probabilities = softmax(inputs @ weights + biases)
    slope = probabilities * (1 - probabilities)
    d_logits = (probabilities - table) * slope / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases


@mistake("train_step", cause="It uses the answers as one-hot rows in place of the probabilities.")
def answers_for_probabilities(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    probabilities = softmax(inputs @ weights + biases)
    answers = np.eye(len(biases))[probabilities.argmax(axis=1)]
    d_logits = (answers - table) / len(inputs)
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases


@mistake("train_step", cause="It divides by images times classes, but the mean is over images.")
def divided_by_the_classes_too(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = softmax(inputs @ weights + biases) - table
    d_logits = d_logits / d_logits.size
    new_weights = weights - learning_rate * inputs.T @ d_logits
    new_biases = biases - learning_rate * d_logits.sum(axis=0)
    return new_weights, new_biases


@mistake("train_step", cause="It adds up the weights' gradient for the biases, inputs included.")
def biases_from_the_gradient_of_the_weights(inputs, labels, weights, biases, learning_rate):
    table = np.eye(len(biases))[labels]
    d_logits = (softmax(inputs @ weights + biases) - table) / len(inputs)
    gradient = inputs.T @ d_logits
    new_weights = weights - learning_rate * gradient
    new_biases = biases - learning_rate * gradient.sum(axis=0)
    return new_weights, new_biases

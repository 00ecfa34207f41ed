"""Beginners' mistakes in the lesson "Going further"."""

import math

import keras
import numpy as np
from keras import layers

from benchmarks.beginners import mistake

# normalise_batch ------------------------------------------------------------------------------


@mistake("normalise_batch", cause="It adds epsilon after the square root, not to the variance.")
def epsilon_after_the_root(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / (np.sqrt(variance) + epsilon)
    return gamma * normalised + beta


@mistake(
    "normalise_batch", cause="It divides by the variance itself: the square root is forgotten."
)
def divided_by_the_variance_itself(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / (variance + epsilon)
    return gamma * normalised + beta


@mistake(
    "normalise_batch", cause="Gamma and beta are exchanged: it adds gamma and multiplies by beta."
)
def gamma_and_beta_exchanged(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / np.sqrt(variance + epsilon)
    return beta * normalised + gamma


@mistake("normalise_batch", cause="It shifts by beta first, so that gamma multiplies beta as well.")
def shifted_before_scaled(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / np.sqrt(variance + epsilon)
    return gamma * (normalised + beta)


@mistake(
    "normalise_batch", cause="It takes the sample's variance (ddof=1), which divides by n − 1."
)
def variance_of_a_sample(batch, gamma, beta, epsilon):
    mean = batch.mean(axis=0)
    variance = batch.var(axis=0, ddof=1)
    normalised = (batch - mean) / np.sqrt(variance + epsilon)
    return gamma * normalised + beta


@mistake("normalise_batch", cause="The brackets are missing, so only the mean is divided.")
def only_the_mean_over_the_root(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = batch - mean / np.sqrt(variance + epsilon)
    return gamma * normalised + beta


@mistake("normalise_batch", cause="math.sqrt takes a single number, and is given an array.")
def math_sqrt_of_an_array(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / math.sqrt(variance + epsilon)
    return gamma * normalised + beta


@mistake("normalise_batch", cause="In Python a power is **; ^ means something else and fails here.")
def hat_for_a_power(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / (variance + epsilon) ^ 0.5
    return gamma * normalised + beta


# build_regularised ----------------------------------------------------------------------------


@mistake("build_regularised", cause="Dropout follows the last hidden layer only, not every one.")
def dropout_once_at_the_end(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
    network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    return network


@mistake(
    "build_regularised", cause="The last layer has no penalty, although it is a dense one too."
)
def no_penalty_on_the_last_layer(hidden_units, dropout, weight_decay):
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        penalty = keras.regularizers.L2(weight_decay)
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax"))
    return network


@mistake(
    "build_regularised", cause="The penalty is on the biases, where it belongs on the weights."
)
def penalty_on_the_biases(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", bias_regularizer=penalty))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", bias_regularizer=penalty))
    return network


@mistake("build_regularised", cause="It takes L1, the sum of sizes, for L2, the sum of squares.")
def absolute_weights_penalised(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L1(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    return network


@mistake("build_regularised", cause="It believes that Dropout wants the fraction to keep.")
def fraction_to_keep(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        network.add(layers.Dropout(1 - dropout))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    return network


@mistake("build_regularised", cause="Dropout comes before each hidden layer, not after it.")
def dropout_before_the_layer(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dropout(dropout))
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    return network


@mistake(
    "build_regularised", cause="Named 'l2', the penalty has a factor of its own, not weight_decay."
)
def penalty_by_its_name(hidden_units, dropout, weight_decay):
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer="l2"))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer="l2"))
    return network


@mistake(
    "build_regularised", cause="A last Dropout sets probabilities to 0 after the output layer."
)
def dropout_after_the_output(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    network.add(layers.Dropout(dropout))
    return network


# shift_image ----------------------------------------------------------------------------------


@mistake("shift_image", cause="np.roll brings what leaves the frame back in on the other side.")
def rolled_round(image, down, right):
    return np.roll(image, (down, right), axis=(0, 1))


@mistake("shift_image", cause="down and right are exchanged: the picture moves along other axes.")
def down_and_right_exchanged(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            new_row, new_column = row + right, column + down
            if 0 <= new_row < height and 0 <= new_column < width:
                shifted[new_row, new_column] = image[row, column]
    return shifted


@mistake(
    "shift_image", cause="It looks for each pixel on the wrong side, and moves the opposite way."
)
def moved_the_opposite_way(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            old_row, old_column = row + down, column + right
            if 0 <= old_row < height and 0 <= old_column < width:
                shifted[row, column] = image[old_row, old_column]
    return shifted


@mistake("shift_image", cause="The slices forget negative shifts, for which they do not fit.")
def slices_for_positive_shifts(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    shifted[down:, right:] = image[: height - down, : width - right]
    return shifted


@mistake("shift_image", cause="It does not ask whether the new place still lies in the picture.")
def pixels_written_past_the_edge(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            shifted[row + down, column + right] = image[row, column]
    return shifted


@mistake("shift_image", cause="It checks the far edge only: negative places count from the end.")
def negative_places_not_checked(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            if row + down < height and column + right < width:
                shifted[row + down, column + right] = image[row, column]
    return shifted


@mistake("shift_image", cause="It fills the gap by repeating the edge, where zeros are wanted.")
def gap_filled_with_the_edge(image, down, right):
    height, width = image.shape
    top, left = abs(down), abs(right)
    sheet = np.pad(image, ((top, top), (left, left)), mode="edge")
    return sheet[top - down : top - down + height, left - right : left - right + width]


@mistake("shift_image", cause="It pads the picture but does not cut it, so the result is larger.")
def padded_but_not_cut(image, down, right):
    above, below = max(down, 0), max(-down, 0)
    before, after = max(right, 0), max(-right, 0)
    return np.pad(image, ((above, below), (before, after)))

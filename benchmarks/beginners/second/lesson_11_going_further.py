"""Beginners' mistakes in the lesson "Going further"."""

import keras
import numpy as np
from keras import layers

from benchmarks.beginners import mistake

# normalise_batch ------------------------------------------------------------------------------


@mistake("normalise_batch", cause="It uses the moving averages, which are meant for prediction.")
def moving_averages_in_training(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    moving_mean = 0.99 * 0 + 0.01 * mean
    moving_variance = 0.99 * 1 + 0.01 * variance
    normalised = (batch - moving_mean) / np.sqrt(moving_variance + epsilon)
    return gamma * normalised + beta


@mistake("normalise_batch", cause="It takes mean and variance over each image, not each feature.")
def statistics_of_each_image(batch, gamma, beta, epsilon):
    mean = batch.mean(axis=1, keepdims=True)
    variance = batch.var(axis=1, keepdims=True)
    normalised = (batch - mean) / np.sqrt(variance + epsilon)
    return gamma * normalised + beta


@mistake("normalise_batch", cause="It gives the first feature's gamma and beta to all features.")
def first_gamma_for_all_features(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / np.sqrt(variance + epsilon)
    return gamma[0] * normalised + beta[0]


@mistake("normalise_batch", cause="len counts the images, but its loop should go over features.")
def as_many_features_as_images(batch, gamma, beta, epsilon):
    result = np.zeros(batch.shape)
    for i in range(len(batch)):
        feature = batch[:, i]
        normalised = (feature - feature.mean()) / np.sqrt(feature.var() + epsilon)
        result[:, i] = gamma[i] * normalised + beta[i]
    return result


@mistake("normalise_batch", cause="It copies an epsilon of 0.001 and ignores the one given.")
def always_the_same_epsilon(batch, gamma, beta, epsilon):
    mean, variance = batch.mean(axis=0), batch.var(axis=0)
    normalised = (batch - mean) / np.sqrt(variance + 0.001)
    return gamma * normalised + beta


# build_regularised ----------------------------------------------------------------------------


@mistake("build_regularised", cause="It appends the 10 classes to the list that it was given.")
def classes_appended_to_the_list(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    hidden_units.append(10)
    for units in hidden_units[:-1]:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        network.add(layers.Dropout(dropout))
    last = hidden_units[-1]
    network.add(layers.Dense(last, activation="softmax", kernel_regularizer=penalty))
    return network


@mistake(
    "build_regularised", cause="activity_regularizer penalises a layer's outputs, not its weights."
)
def outputs_penalised(hidden_units, dropout, weight_decay):
    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", activity_regularizer=penalty))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", activity_regularizer=penalty))
    return network


@mistake("build_regularised", cause="kernel_regularizer gets a bare number, and Keras stops.")
def number_for_a_penalty(hidden_units, dropout, weight_decay):
    network = keras.Sequential([layers.Input((784,))])
    for units in hidden_units:
        network.add(layers.Dense(units, activation="relu", kernel_regularizer=weight_decay))
        network.add(layers.Dropout(dropout))
    network.add(layers.Dense(10, activation="softmax", kernel_regularizer=weight_decay))
    return network


# shift_image ----------------------------------------------------------------------------------


@mistake("shift_image", cause="It starts from a copy, so old pixels stay where zeros belong.")
def old_pixels_left_in_the_gap(image, down, right):
    height, width = image.shape
    shifted = image.copy()
    for row in range(height):
        for column in range(width):
            new_row, new_column = row + down, column + right
            if 0 <= new_row < height and 0 <= new_column < width:
                shifted[new_row, new_column] = image[row, column]
    return shifted


@mistake("shift_image", cause="Its else takes 0 for a negative shift, and clears everything.")
def everything_cleared_at_zero(image, down, right):
    shifted = np.roll(image, (down, right), axis=(0, 1))
    if down > 0:
        shifted[:down] = 0
    else:
        shifted[down:] = 0
    if right > 0:
        shifted[:, :right] = 0
    else:
        shifted[:, right:] = 0
    return shifted


@mistake("shift_image", cause="Its sheet is too small for a shift that is larger than the picture.")
def sheet_too_small_for_large_shifts(image, down, right):
    height, width = image.shape
    sheet = np.zeros((3 * height, 3 * width))
    sheet[height : 2 * height, width : 2 * width] = image
    top, left = height - down, width - right
    return sheet[top : top + height, left : left + width]


@mistake("shift_image", cause="The move to the right starts from the image again and loses down.")
def second_move_starts_again(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    for row in range(height):
        if 0 <= row + down < height:
            shifted[row + down] = image[row]
    result = np.zeros((height, width))
    for column in range(width):
        if 0 <= column + right < width:
            result[:, column + right] = image[:, column]
    return result


@mistake("shift_image", cause="It asks for places above 0, so row 0 and column 0 stay empty.")
def first_row_and_column_stay_empty(image, down, right):
    height, width = image.shape
    shifted = np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            new_row, new_column = row + down, column + right
            if 0 < new_row < height and 0 < new_column < width:
                shifted[new_row, new_column] = image[row, column]
    return shifted

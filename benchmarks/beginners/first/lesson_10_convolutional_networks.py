"""Beginners' mistakes in the lesson "Convolutional networks"."""
# ruff: noqa: RET503 - beginners wrote this

import keras
import numpy as np
from keras import layers

from benchmarks.beginners import mistake

# build_cnn ------------------------------------------------------------------------------------


@mistake("build_cnn", cause="It always builds the lesson's network and ignores max_parameters.")
def always_the_same_network(max_parameters):
    network = keras.Sequential([layers.Input((28, 28, 1))])
    network.add(layers.Conv2D(16, 3, padding="same", activation="relu"))
    network.add(layers.MaxPooling2D(2))
    network.add(layers.Conv2D(32, 3, padding="same", activation="relu"))
    network.add(layers.MaxPooling2D(2))
    network.add(layers.Flatten())
    network.add(layers.Dense(10, activation="softmax"))
    return network


@mistake("build_cnn", cause="It tries small networks first and returns one far below the budget.")
def smallest_network_first(max_parameters):
    for filters in range(1, 65):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Flatten())
        network.add(layers.Dense(10, activation="softmax"))
        if network.count_params() <= max_parameters:
            return network
    return network


@mistake("build_cnn", cause="The comparison is turned round, so the network exceeds the budget.")
def network_above_the_budget(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3, activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3, activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Flatten())
        network.add(layers.Dense(10, activation="softmax"))
        if network.count_params() >= max_parameters:
            return network
    return network


@mistake("build_cnn", cause="The convolutions have no activation, which each of them should have.")
def convolutions_without_activation(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Flatten())
        network.add(layers.Dense(10, activation="softmax"))
        if network.count_params() <= max_parameters:
            return network


@mistake("build_cnn", cause="Flatten is forgotten, so each place of the picture gets ten answers.")
def ten_answers_for_each_place(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Dense(10, activation="softmax"))
        if network.count_params() <= max_parameters:
            return network


@mistake("build_cnn", cause="The input lacks the axis for the channel, which a convolution needs.")
def input_without_a_channel(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28))])
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Flatten())
        network.add(layers.Dense(10, activation="softmax"))
        if network.count_params() <= max_parameters:
            return network


@mistake("build_cnn", cause="The last layer gives ten logits: softmax is forgotten.")
def logits_for_probabilities(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Flatten())
        network.add(layers.Dense(10))
        if network.count_params() <= max_parameters:
            return network


@mistake(
    "build_cnn", cause="It counts filters in proportion to the budget, but weights grow faster."
)
def filters_in_proportion_to_the_budget(max_parameters):
    filters = max_parameters // 500
    network = keras.Sequential([layers.Input((28, 28, 1))])
    network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
    network.add(layers.MaxPooling2D(2))
    network.add(layers.Conv2D(2 * filters, 3, padding="same", activation="relu"))
    network.add(layers.MaxPooling2D(2))
    network.add(layers.Flatten())
    network.add(layers.Dense(10, activation="softmax"))
    return network


# classify_photo -------------------------------------------------------------------------------


@mistake("classify_photo", cause="Light and dark are not swapped, so the ground stays light.")
def light_and_dark_not_swapped(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4))
    batch = (small / 255)[None, :, :, None]
    return batch, np.argmax(network(batch))


@mistake("classify_photo", cause="It swaps light and dark but does not scale the values to 0 to 1.")
def values_up_to_255(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4))
    batch = (255 - small)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake("classify_photo", cause="It looks at the red values only, not at the mean of the colours.")
def red_alone(photo, network):
    block = len(photo) // 28
    red = photo[:, :, 0]
    small = red.reshape(28, block, 28, block).mean(axis=(1, 3))
    batch = (1 - small / 255).reshape(1, 28, 28, 1)
    return batch, int(np.argmax(network(batch)))


@mistake("classify_photo", cause="It picks one pixel of each block, where the block is averaged.")
def one_pixel_of_each_block(photo, network):
    block = len(photo) // 28
    grey = photo.mean(axis=2)
    small = grey[::block, ::block]
    batch = (1 - small / 255)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake("classify_photo", cause="Its reshape does not keep blocks together, and mixes far pixels.")
def blocks_torn_apart(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, 28, block, block, 3).mean(axis=(2, 3, 4))
    batch = (1 - small / 255)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake(
    "classify_photo", cause="It takes each block to have four pixels a side, as in the lesson."
)
def blocks_of_four(photo, network):
    small = photo.reshape(28, 4, 28, 4, 3).mean(axis=(1, 3, 4))
    batch = (1 - small / 255)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake(
    "classify_photo", cause="It subtracts from 1 before it scales, so all values are negative."
)
def swapped_before_scaling(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4))
    batch = (1 - small) / 255
    batch = batch[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake("classify_photo", cause="It returns the highest probability, not the number of its class.")
def probability_for_the_class(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4))
    batch = (1 - small / 255)[None, :, :, None]
    probabilities = np.asarray(network(batch))[0]
    return batch, probabilities.max()

"""Beginners' mistakes in the lesson "Convolutional networks"."""
# ruff: noqa: RET503 - beginners wrote this

import keras
import numpy as np
from keras import layers

from benchmarks.beginners import mistake

# build_cnn ------------------------------------------------------------------------------------


@mistake("build_cnn", cause="A last layer with sigmoid gives ten numbers that do not add up to 1.")
def sigmoid_for_softmax(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Flatten())
        network.add(layers.Dense(10, activation="sigmoid"))
        if network.count_params() <= max_parameters:
            return network


@mistake("build_cnn", cause="It counts the parameters before it adds the layer with most of them.")
def counted_before_the_dense_layer(max_parameters):
    for filters in range(64, 0, -1):
        network = keras.Sequential([layers.Input((28, 28, 1))])
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        network.add(layers.Conv2D(2 * filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D(2))
        if network.count_params() <= max_parameters:
            network.add(layers.Flatten())
            network.add(layers.Dense(10, activation="softmax"))
            return network


@mistake("build_cnn", cause="It tries 16 filters or fewer, too few to use half of a large budget.")
def never_more_than_sixteen_filters(max_parameters):
    filters = 16
    while filters > 0:
        network = keras.Sequential(
            [
                layers.Input((28, 28, 1)),
                layers.Conv2D(filters, 3, padding="same", activation="relu"),
                layers.MaxPooling2D(2),
                layers.Conv2D(2 * filters, 3, padding="same", activation="relu"),
                layers.MaxPooling2D(2),
                layers.Flatten(),
                layers.Dense(10, activation="softmax"),
            ]
        )
        if network.count_params() <= max_parameters:
            return network
        filters -= 1


# classify_photo -------------------------------------------------------------------------------


@mistake("classify_photo", cause="It cuts 28 pixels out of the middle instead of shrinking all.")
def middle_of_the_photo_cut_out(photo, network):
    start = (len(photo) - 28) // 2
    middle = photo[start : start + 28, start : start + 28]
    small = middle.mean(axis=2)
    batch = (1 - small / 255)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake("classify_photo", cause="It swaps light and dark in the photo itself, and so changes it.")
def photo_swapped_in_place(photo, network):
    block = len(photo) // 28
    photo[:] = 255 - photo
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4))
    batch = (small / 255)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake(
    "classify_photo", cause="It weighs the colours as the eye does, where their mean is asked for."
)
def colours_weighed_as_by_the_eye(photo, network):
    block = len(photo) // 28
    red, green, blue = photo[:, :, 0], photo[:, :, 1], photo[:, :, 2]
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    small = grey.reshape(28, block, 28, block).mean(axis=(1, 3))
    batch = (1 - small / 255)[None, :, :, None]
    return batch, int(np.argmax(network(batch)))


@mistake("classify_photo", cause="The network gets the picture before light and dark were swapped.")
def network_given_the_light_picture(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4)) / 255
    scaled = small[None, :, :, None]
    batch = 1 - scaled
    answer = np.asarray(network(scaled)).argmax()
    return batch, int(answer)


@mistake("classify_photo", cause="It stretches each photo to the full range from 0 to 1.")
def stretched_to_the_full_range(photo, network):
    block = len(photo) // 28
    small = photo.reshape(28, block, 28, block, 3).mean(axis=(1, 3, 4))
    lightness = (small - small.min()) / (small.max() - small.min())
    batch = (1 - lightness).reshape(1, 28, 28, 1)
    return batch, int(np.argmax(network(batch)))

"""Beginners' mistakes in the lesson "Normalisation"."""
# ruff: noqa: RET503 - beginners wrote this

import keras
import numpy as np
from keras import layers

from benchmarks.beginners import mistake

# standardise ----------------------------------------------------------------------------------


@mistake("standardise", cause="It forgets the 1e-10, so a std of 0 leads to nan.")
def small_number_forgotten(images, mean, std):
    difference = images.astype("float32") - mean
    return (difference / std).astype("float32")


@mistake("standardise", cause="It divides first and subtracts the whole mean afterwards.")
def divided_before_subtracting(images, mean, std):
    scaled = images / (std + 1e-10)
    return (scaled - mean).astype("float32")


@mistake(
    "standardise", cause="It divides the pixels by 255 first, but mean and std are of raw ones."
)
def pixels_divided_by_255_first(images, mean, std):
    images = images / 255
    result = (images - mean) / (std + 1e-10)
    return result.astype("float32")


@mistake("standardise", cause="// drops the fraction, where an ordinary division is needed.")
def divided_with_two_slashes(images, mean, std):
    difference = images - mean
    return (difference // (std + 1e-10)).astype(np.float32)


@mistake("standardise", cause="It believes that pixels cannot be negative and turns them into 0.")
def negative_results_set_to_zero(images, mean, std):
    result = (images.astype(np.float32) - mean) / (std + 1e-10)
    result[result < 0] = 0
    return result.astype(np.float32)


# prepare --------------------------------------------------------------------------------------


def standardise(images, mean, std):
    return ((images - mean) / (std + 1e-10)).astype("float32")


@mistake(
    "prepare", cause="It believes that test images must stay untouched, and does not scale them."
)
def test_images_left_raw(train_images, test_images):
    train = standardise(train_images, train_images.mean(), train_images.std())
    return train, test_images.astype("float32")


@mistake("prepare", cause="zip ends with the shorter of the two sets, and the rest is lost.")
def pairs_made_with_zip(train_images, test_images):
    mean = train_images.mean()
    std = train_images.std()
    train = []
    test = []
    for train_image, test_image in zip(train_images, test_images):  # noqa: B905
        train.append(standardise(train_image, mean, std))
        test.append(standardise(test_image, mean, std))
    return np.array(train), np.array(test)


@mistake(
    "prepare", cause="With ddof=1 it divides by n - 1, which is another std than the lesson's."
)
def std_of_a_sample(train_images, test_images):
    mean, std = np.mean(train_images), np.std(train_images, ddof=1)
    return standardise(train_images, mean, std), standardise(test_images, mean, std)


@mistake("prepare", cause="It measures each image by itself, so bright and dark ones become alike.")
def each_image_by_itself(train_images, test_images):
    def scale(images):
        mean = images.mean(axis=(1, 2), keepdims=True)
        std = images.std(axis=(1, 2), keepdims=True)
        return standardise(images, mean, std)

    return scale(train_images), scale(test_images)


@mistake("prepare", cause="If all training pixels are alike, it passes the return and gives None.")
def nothing_returned_for_a_std_of_zero(train_images, test_images):
    mean = train_images.mean()
    std = train_images.std()
    if std > 0:
        train = (train_images - mean) / std
        test = (test_images - mean) / std
        return train.astype("float32"), test.astype("float32")


# build_normalised -----------------------------------------------------------------------------


@mistake(
    "build_normalised", cause="The colon is on the wrong side, so it measures the test images."
)
def adapted_to_the_test_images(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None)
    scaler.adapt(images[n_train:])
    return keras.Sequential(
        [
            layers.Input(images.shape[1:]),
            scaler,
            layers.Flatten(),
            layers.Dense(n_classes, activation="softmax"),
        ]
    )


@mistake("build_normalised", cause="The input shape contains the number of images, the batch axis.")
def number_of_images_in_the_input(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None)
    scaler.adapt(images[:n_train])
    network = keras.Sequential()
    network.add(layers.Input(images.shape))
    network.add(scaler)
    network.add(layers.Flatten())
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake(
    "build_normalised", cause="It adapts the layer to scaled pixels, but raw ones will come in."
)
def adapted_to_scaled_images(images, n_train, n_classes):
    train_images = images[:n_train].astype("float32") / 255
    scaler = layers.Normalization(axis=None)
    scaler.adapt(train_images)
    network = keras.Sequential([layers.Input(images.shape[1:]), scaler, layers.Flatten()])
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="It writes the lesson's 10 classes into the code.")
def always_ten_classes(images, n_train, n_classes):
    train = images[:n_train]
    scaler = layers.Normalization(axis=None)
    scaler.adapt(train)
    inputs = layers.Input(train[0].shape)
    outputs = layers.Dense(10, activation="softmax")(layers.Flatten()(scaler(inputs)))
    return keras.Model(inputs, outputs)

"""Beginners' mistakes in the lesson "Normalisation"."""

import keras
import numpy as np
from keras import layers

from benchmarks.beginners import mistake

# standardise ----------------------------------------------------------------------------------


@mistake("standardise", cause="The brackets are missing, so only the mean is divided by the std.")
def only_the_mean_divided(images, mean, std):
    result = images - mean / (std + 1e-10)
    return result.astype("float32")


@mistake(
    "standardise", cause="The divisor lacks brackets, so 1e-10 is added after a division by 0."
)
def small_number_added_last(images, mean, std):
    result = (images - mean) / std + 1e-10
    return result.astype("float32")


@mistake("standardise", cause="It measures the mean of these images, and ignores the one given.")
def mean_of_these_images(images, mean, std):
    mean = images.mean()
    result = (images - mean) / (std + 1e-10)
    return result.astype("float32")


@mistake("standardise", cause="A whole mean keeps the difference in uint8, where it wraps below 0.")
def difference_in_uint8(images, mean, std):
    difference = images - int(mean)
    result = difference / (std + 1e-10)
    return result.astype("float32")


@mistake("standardise", cause="It divides by the square of the std, the variance.")
def divided_by_the_variance(images, mean, std):
    variance = std**2
    result = (images - mean) / (variance + 1e-10)
    return result.astype("float32")


@mistake("standardise", cause="It returns float64: the dtype that was asked for is forgotten.")
def float64_left(images, mean, std):
    difference = images - mean
    return difference / (std + 1e-10)


@mistake(
    "standardise", cause="It subtracts in place, and uint8 pixels cannot hold the differences."
)
def subtracted_in_place(images, mean, std):
    images -= mean
    images /= std + 1e-10
    return images.astype("float32")


@mistake(
    "standardise", cause="It subtracts the pixels from the mean, so every sign is the opposite."
)
def pixels_from_the_mean(images, mean, std):
    result = (mean - images) / (std + 1e-10)
    return result.astype("float32")


# prepare --------------------------------------------------------------------------------------


def standardise(images, mean, std):
    return ((images - mean) / (std + 1e-10)).astype("float32")


@mistake("prepare", cause="Each set is fitted alone, so the test images have a scale of their own.")
def each_set_fitted_alone(train_images, test_images):
    train = standardise(train_images, train_images.mean(), train_images.std())
    test = standardise(test_images, test_images.mean(), test_images.std())
    return train, test


@mistake("prepare", cause="It fits on training and test images together, which is data leakage.")
def both_sets_fitted_together(train_images, test_images):
    together = np.concatenate([train_images, test_images])
    mean = together.mean()
    std = together.std()
    return standardise(train_images, mean, std), standardise(test_images, mean, std)


@mistake(
    "prepare", cause="The name is reused, so the test is scaled by training images scaled before."
)
def measured_after_scaling(train_images, test_images):
    train_images = standardise(train_images, train_images.mean(), train_images.std())
    test_images = standardise(test_images, train_images.mean(), train_images.std())
    return train_images, test_images


@mistake("prepare", cause="It takes a mean and a std for each pixel, not one pair for all pixels.")
def a_mean_for_each_pixel(train_images, test_images):
    mean = train_images.mean(axis=0)
    std = train_images.std(axis=0)
    return standardise(train_images, mean, std), standardise(test_images, mean, std)


@mistake("prepare", cause="The brackets of the calls are missing: train_images.mean is a method.")
def methods_not_called(train_images, test_images):
    mean = train_images.mean
    std = train_images.std
    return standardise(train_images, mean, std), standardise(test_images, mean, std)


@mistake("prepare", cause="Its helper stores the result in a name of its own and returns nothing.")
def helper_without_return(train_images, test_images):
    def scale(images):
        scaled = standardise(images, train_images.mean(), train_images.std())  # noqa: F841

    return scale(train_images), scale(test_images)


@mistake("prepare", cause="The test images take their mean from training but a std of their own.")
def std_of_the_test_images(train_images, test_images):
    mean = train_images.mean()
    train = standardise(train_images, mean, train_images.std())
    test = standardise(test_images, mean, test_images.std())
    return train, test


@mistake("prepare", cause="It divides by 255, where the images should be standardised.")
def scaled_by_255(train_images, test_images):
    train = train_images / 255
    test = test_images / 255
    return train.astype("float32"), test.astype("float32")


# build_normalised -----------------------------------------------------------------------------


@mistake("build_normalised", cause="It fits the layer on all images, the test images among them.")
def adapted_to_all_images(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None)
    scaler.adapt(images)
    network = keras.Sequential([layers.Input(images.shape[1:]), scaler])
    network.add(layers.Flatten())
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="Without axis=None the layer keeps a mean for each column.")
def a_scale_for_each_column(images, n_train, n_classes):
    scaler = layers.Normalization()
    scaler.adapt(images[:n_train])
    network = keras.Sequential([layers.Input(images.shape[1:]), scaler])
    network.add(layers.Flatten())
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="adapt is forgotten, so the layer has measured no images.")
def never_adapted(images, n_train, n_classes):
    network = keras.Sequential()
    network.add(layers.Input(images[0].shape))
    network.add(layers.Normalization(axis=None))
    network.add(layers.Flatten())
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="It keeps what adapt returns, which is nothing, not the layer.")
def result_of_adapt_kept(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None).adapt(images[:n_train])
    network = keras.Sequential([layers.Input(images[0].shape), scaler])
    network.add(layers.Flatten())
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="It gives the layer the std, where it expects the variance.")
def std_for_variance(images, n_train, n_classes):
    train = images[:n_train]
    scaler = layers.Normalization(axis=None, mean=train.mean(), variance=train.std())
    network = keras.Sequential([layers.Input(images[0].shape), scaler, layers.Flatten()])
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="The colon is missing, so the layer sees one single image.")
def adapted_to_one_image(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None)
    scaler.adapt(images[n_train - 1])
    network = keras.Sequential([layers.Input(images[0].shape), scaler, layers.Flatten()])
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network


@mistake("build_normalised", cause="The last layer has a sigmoid, where softmax is asked for.")
def sigmoid_for_the_classes(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None)
    scaler.adapt(images[:n_train])
    network = keras.Sequential([layers.Input(images.shape[1:]), scaler, layers.Flatten()])
    network.add(layers.Dense(n_classes, activation="sigmoid"))
    return network


@mistake("build_normalised", cause="Flatten is forgotten, so each row of pixels gets an answer.")
def pixels_not_flattened(images, n_train, n_classes):
    scaler = layers.Normalization(axis=None)
    scaler.adapt(images[:n_train])
    network = keras.Sequential([layers.Input(images.shape[1:]), scaler])
    network.add(layers.Dense(n_classes, activation="softmax"))
    return network

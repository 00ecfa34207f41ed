"""Right and wrong answers to the exercises on convolutional networks."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from course_utils.checks.convolutional_networks import (
    check_build_cnn,
    check_build_cnn_learns,
    check_classify_photo_batch,
    check_classify_photo_class,
    trained_network,
)
from course_utils.datasets import load_dataset
from course_utils.grading.exercise import Exercise

Case = tuple[Any, ...]


# build_cnn ------------------------------------------------------------------------------------


def _two_blocks(filters, activation="relu", last="softmax"):
    from keras import Sequential, layers

    return Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(filters, 3, padding="same", activation=activation),
            layers.MaxPooling2D(2),
            layers.Conv2D(2 * filters, 3, padding="same", activation=activation),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(10, activation=last),
        ]
    )


def _build_cnn(max_parameters):
    for filters in range(64, 0, -1):
        if (18 * filters + 992) * filters + 10 <= max_parameters:
            return _two_blocks(filters)
    return None


def _budgets(rng: np.random.Generator) -> Iterator[Case]:
    for least, most in ((4_000, 9_000), (15_000, 50_000)):
        yield (int(rng.integers(least, most)),)


def _one_budget(rng: np.random.Generator) -> Iterator[Case]:
    yield (int(rng.integers(12_000, 30_000)),)


BUILD_CNN = Exercise(
    _build_cnn,
    {
        "build_cnn_network": (check_build_cnn, _budgets),
        "build_cnn_learns": (check_build_cnn_learns, _one_budget),
    },
    expect=lambda max_parameters: max_parameters // 2,
)


@BUILD_CNN.right
def cnn_by_trying(max_parameters):
    best = None
    for filters in (3, 4, 6, 9, 14, 20, 28):
        network = _two_blocks(filters)
        if network.count_params() > max_parameters:
            break
        best = network
    return best


@BUILD_CNN.right
def cnn_of_one_convolution(max_parameters):
    import keras

    inputs = keras.Input((28, 28, 1))
    filters = max_parameters // (26 + 12 * 12 * 10)
    maps = keras.layers.MaxPooling2D(2)(keras.layers.Conv2D(filters, 5)(inputs))
    row = keras.layers.Flatten()(keras.layers.ReLU()(maps))
    return keras.Model(inputs, keras.layers.Softmax()(keras.layers.Dense(10)(row)))


@BUILD_CNN.right
def cnn_with_strides_and_a_hidden_layer(max_parameters):
    from keras import Sequential, layers

    units = (max_parameters - 1_338) // (7 * 7 * 8 + 11)
    network = Sequential([layers.Input((28, 28, 1))])
    network.add(layers.Conv2D(16, 3, 2, "same", activation="relu"))
    network.add(layers.Conv2D(8, 3, 2, "same", activation="relu"))
    network.add(layers.Flatten())
    network.add(layers.Dense(units, activation="relu"))
    network.add(layers.Dense(10, activation="softmax"))
    network.compile("sgd", "sparse_categorical_crossentropy")
    return network


@BUILD_CNN.wrong("An MLP is good enough", says="This is an MLP")
def cnn_without_convolution(max_parameters):
    from keras import Sequential, layers

    hidden = layers.Dense(max_parameters // 796, activation="relu")
    last = layers.Dense(10, activation="softmax")
    return Sequential([layers.Input((28, 28, 1)), layers.Flatten(), hidden, last])


@BUILD_CNN.wrong("A network begins with a dense layer", says="before the first convolution")
def cnn_with_a_dense_layer_first(max_parameters):
    from keras import Sequential, layers

    network = Sequential([layers.Input((28, 28, 1)), layers.Dense(8, activation="relu")])
    network.add(layers.Conv2D(4, 3, activation="relu"))
    network.add(layers.Flatten())
    network.add(layers.Dense(10, activation="softmax"))
    return network


@BUILD_CNN.wrong("A dense layer unrolls maps by itself", says="Flatten is missing")
def cnn_without_flatten(max_parameters):
    from keras import Sequential, layers

    first = layers.Conv2D(max_parameters // 20, 3, activation="relu")
    last = layers.Dense(10, activation="softmax")
    return Sequential([layers.Input((28, 28, 1)), first, layers.MaxPooling2D(2), last])


@BUILD_CNN.wrong("Convolutions are non-linear by themselves", says="has no activation")
def cnn_linear(max_parameters):
    return _two_blocks(max_parameters // 1_600, activation=None)


@BUILD_CNN.wrong("The batch belongs in the input shape", says="no part of it")
def cnn_with_batch(max_parameters):
    from keras import Sequential, layers

    return Sequential([layers.Input((32, 28, 28, 1)), layers.Conv2D(4, 3, activation="relu")])


@BUILD_CNN.wrong("Grey images need no channel axis", says="with a channel axis")
def cnn_without_channel(max_parameters):
    from keras import Sequential, layers

    return Sequential([layers.Input((28, 28)), layers.Conv2D(4, 3, activation="relu")])


@BUILD_CNN.wrong("The largest output is a probability", says="needs softmax")
def cnn_without_softmax(max_parameters):
    return _two_blocks(max_parameters // 1_600, last=None)


@BUILD_CNN.wrong("One output neuron is enough", says="has the shape (1,)")
def cnn_of_one_output(max_parameters):
    from keras import layers

    network = _two_blocks(max_parameters // 1_600)
    network.pop()
    network.add(layers.Dense(1, activation="sigmoid"))
    return network


@BUILD_CNN.wrong("Flatten then Dense is cheap", says="Which layer, without parameters of its own")
def cnn_without_pooling(max_parameters):
    from keras import Sequential, layers

    first = layers.Conv2D(max_parameters // 1_600, 3, padding="same", activation="relu")
    last = layers.Dense(10, activation="softmax")
    return Sequential([layers.Input((28, 28, 1)), first, layers.Flatten(), last])


@BUILD_CNN.wrong("One network fits all budgets", says="depend on max_parameters")
def cnn_of_one_size(max_parameters):
    return _two_blocks(4)


@BUILD_CNN.wrong("A budget is a suggestion", says="Take fewer filters")
def cnn_over_budget(max_parameters):
    return _two_blocks(16)


@BUILD_CNN.wrong("compile returns the network", says="a line of its own")
def cnn_compiled_in_return(max_parameters):
    return _build_cnn(max_parameters).compile("adam", "sparse_categorical_crossentropy")


@BUILD_CNN.wrong("Global pooling costs nothing", says="an accuracy of at least")
def cnn_averaged_away(max_parameters):
    from keras import Sequential, layers

    units = (max_parameters - 90) // 19
    return Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(8, 3, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(units, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


@BUILD_CNN.wrong("The more pooling, the better", says="pooled until they are tiny")
def cnn_pooled_away(max_parameters):
    from keras import Sequential, layers

    units = max_parameters // 15
    return Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(2, 3, activation="relu"),
            layers.MaxPooling2D(26),
            layers.Flatten(),
            layers.Dense(units, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )


# classify_photo -------------------------------------------------------------------------------


def _batch(photo):
    size = len(photo) // 28
    small = photo.reshape(28, size, 28, size, 3).mean(axis=(1, 3, 4))
    return (1 - small / 255)[np.newaxis, :, :, np.newaxis]


def _classify_photo(photo, network):
    batch = _batch(photo)
    return batch, int(np.asarray(network(batch))[0].argmax())


def _expected_class(photo, name):
    return _classify_photo(photo, trained_network(name))


@cache
def _clear_images(dataset, name):
    """Find images of which a network is sure."""
    _, (images, _) = load_dataset(dataset)
    images = images[:300]
    confidences = np.asarray(trained_network(name)(images[..., None] / 255)).max(axis=1)
    return images[confidences > 0.95]


def _photos(rng: np.random.Generator) -> Iterator[Case]:
    for dataset, name in (("fashion_mnist", "clothes_cnn"), ("mnist", "digits_cnn")):
        size = int(rng.integers(2, 6))
        large = np.kron(rng.choice(_clear_images(dataset, name)), np.ones((size, size))) / 255
        dye = rng.uniform(0.7, 0.95, 3)  # how much of each colour it takes away
        noise = rng.normal(0, 4, (*large.shape, 3))
        yield (250 * (1 - large[:, :, None] * dye) + noise).clip(0, 255).astype(np.uint8), name


CLASSIFY_PHOTO = Exercise(
    _classify_photo,
    {
        "classify_photo_batch": (check_classify_photo_batch, _photos),
        "classify_photo_class": (check_classify_photo_class, _photos),
    },
    expect=_expected_class,
)


@CLASSIFY_PHOTO.right
def photo_by_predict(photo, network):
    batch = _batch(photo).astype("float32")
    return batch, network.predict(batch, verbose=0).argmax(axis=1)


@CLASSIFY_PHOTO.right
def photo_by_keras(photo, network):
    import keras

    grey = keras.ops.mean(255.0 - photo, axis=-1, keepdims=True)[None]
    batch = keras.layers.AveragePooling2D(photo.shape[0] // 28)(grey) / 255
    return batch, keras.ops.argmax(network(batch)[0])


@CLASSIFY_PHOTO.right
def photo_by_pillow(photo, network):
    from PIL import Image

    grey = Image.fromarray(photo.mean(axis=2).astype(np.float32))
    small = np.round(np.asarray(grey.resize((28, 28), Image.Resampling.BOX))).astype(np.uint8)
    batch = (255 - small).reshape(1, 28, 28, 1) / 255
    return [batch, np.argmax(network(batch))]


@CLASSIFY_PHOTO.right
def photo_block_by_block(photo, network):
    size = photo.shape[1] // 28
    batch = np.zeros((1, 28, 28, 1))
    for row, column in np.ndindex(28, 28):
        top, left = row * size, column * size
        batch[0, row, column, 0] = 1 - photo[top : top + size, left : left + size].mean() / 255
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("A network sees what we see", says="things are light on black")
def photo_not_inverted(photo, network):
    batch = 1 - _batch(photo)
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("uint8 images need no scaling", says="trained on values from 0 to 1")
def photo_not_scaled(photo, network):
    batch = np.round(255 * _batch(photo)).astype(np.uint8)
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("Scaling again does no harm", says="divided by 255 twice")
def photo_scaled_twice(photo, network):
    photo = photo / 255
    size = len(photo) // 28
    small = photo.reshape(28, size, 28, size, 3).mean(axis=(1, 3, 4))
    batch = (1 - small / 255).reshape(1, 28, 28, 1)
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("Grey images need no channel axis", says="channel axis is missing")
def photo_without_channel(photo, network):
    batch = _batch(photo)[..., 0]
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("One image is no batch", says="batch axis is missing")
def photo_without_batch(photo, network):
    image = _batch(photo)[0]
    return image, np.asarray(network(image[None])).argmax()


@CLASSIFY_PHOTO.wrong("reshape can resize", says="no square blocks")
def photo_resized_by_reshape(photo, network):
    batch = 1 - photo.reshape(1, 28, 28, -1).mean(axis=3, keepdims=True) / 255
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("Resizing is leaving pixels out", says="one pixel of each block")
def photo_thinned_out(photo, network):
    size = len(photo) // 28
    batch = 1 - photo[::size, ::size].mean(axis=2)[None, :, :, None] / 255
    return batch, np.asarray(network(batch)).argmax()


@CLASSIFY_PHOTO.wrong("The answer of a network is a class", says="Those are ten probabilities")
def photo_probabilities(photo, network):
    batch = _batch(photo)
    return batch, network(batch)


@CLASSIFY_PHOTO.wrong("The confidence is the answer", says="That is the confidence")
def photo_confidence(photo, network):
    batch = _batch(photo)
    return batch, np.asarray(network(batch)).max()


@CLASSIFY_PHOTO.wrong("The class alone will do", says="expected two results")
def photo_class_alone(photo, network):
    return _classify_photo(photo, network)[1]


@CLASSIFY_PHOTO.wrong("An argument is mine to change", says="changed its argument")
def photo_in_place(photo, network):
    photo[:] = 255 - photo
    size = len(photo) // 28
    batch = photo.reshape(28, size, 28, size, 3).mean(axis=(1, 3, 4)).reshape(1, 28, 28, 1) / 255
    return batch, np.asarray(network(batch)).argmax()


EXERCISES = [BUILD_CNN, CLASSIFY_PHOTO]

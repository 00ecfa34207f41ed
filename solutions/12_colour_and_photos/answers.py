"""Right and wrong answers to the exercises on colour and photos."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.colour_and_photos import (
    check_build_transfer,
    check_colour_numbers,
    check_recolour,
)
from course_utils.grading.exercise import Exercise

Case = tuple[Any, ...]

# colour_numbers -------------------------------------------------------------------------------


def _colour_numbers(photos):
    rows = []
    for photo in photos / 255:
        pixels = photo.reshape(-1, 3)
        rows.append([*pixels.mean(axis=0), *pixels.std(axis=0)])
    return np.array(rows)


def _photos(rng: np.random.Generator) -> Iterator[Case]:
    for n in rng.integers(2, 6, 12):
        height, width = (int(side) for side in rng.integers(2, 7, 2))
        lowest = rng.integers(0, 120, (n, 1, 1, 3))
        photos = lowest + rng.integers(0, 130, (n, height, width, 3))
        yield (photos.astype(np.uint8),)


COLOUR_NUMBERS = Exercise(
    _colour_numbers, {"colour_numbers_check": (check_colour_numbers, _photos)}
)


@COLOUR_NUMBERS.right
def colours_by_concatenate(photos):
    scaled = photos / 255
    return np.concatenate([scaled.mean(axis=(1, 2)), scaled.std(axis=(1, 2))], axis=1)


@COLOUR_NUMBERS.right
def colours_by_hstack_of_float32(photos):
    means, deviations = photos.mean((1, 2)), photos.std((1, 2))
    return (np.hstack([means, deviations]) / 255).astype(np.float32)


@COLOUR_NUMBERS.right
def colours_in_an_empty_table(photos):
    table = np.zeros((len(photos), 6))
    for channel in range(3):
        flat = photos[..., channel].reshape(len(photos), -1) / 255
        table[:, channel], table[:, channel + 3] = flat.mean(axis=1), flat.std(axis=1)
    return table.tolist()


@COLOUR_NUMBERS.wrong("uint8 images need no scaling", says="Divide by 255")
def colours_unscaled(photos):
    return 255 * _colour_numbers(photos)


@COLOUR_NUMBERS.wrong("A batch is one picture", says="Each photo keeps a row of its own")
def colours_of_all_photos(photos):
    scaled = photos / 255
    return np.concatenate([scaled.mean(axis=(0, 1, 2)), scaled.std(axis=(0, 1, 2))])


@COLOUR_NUMBERS.wrong("A photo has one mean", says="averaged over the colours")
def colours_mixed(photos):
    flat = photos.reshape(len(photos), -1) / 255
    return np.column_stack([flat.mean(axis=1), flat.std(axis=1)])


@COLOUR_NUMBERS.wrong("A list is as good as a table", says="side by side")
def colours_as_a_pair(photos):
    scaled = photos / 255
    return [scaled.mean(axis=(1, 2)), scaled.std(axis=(1, 2))]


@COLOUR_NUMBERS.wrong("Printing is returning", says="prints its answer")
def colours_printed(photos):
    print(_colour_numbers(photos))


@COLOUR_NUMBERS.wrong("A return ends each round", says="first photo's row alone")
def colours_of_the_first(photos):
    for photo in photos / 255:
        return np.concatenate([photo.mean(axis=(0, 1)), photo.std(axis=(0, 1))])
    return None


# recolour -------------------------------------------------------------------------------------


def _recolour(garments, colours):
    result = np.zeros_like(garments)
    for i, (garment, colour) in enumerate(zip(garments, colours, strict=True)):
        for row, column in np.ndindex(garment.shape[:2]):
            result[i, row, column] = garment[row, column].max() * colour
    return result


def _garments(rng: np.random.Generator) -> Iterator[Case]:
    for n in rng.integers(2, 5, 10):
        height, width = (int(side) for side in rng.integers(3, 6, 2))
        grey = rng.random((n, height, width, 1)) * (rng.random((n, height, width, 1)) < 0.8)
        old, new = rng.uniform(0, 0.9, (2, n, 3))
        old[np.arange(n), rng.integers(0, 3, n)] = 1
        yield grey * old[:, None, None], new


RECOLOUR = Exercise(_recolour, {"recolour_check": (check_recolour, _garments)})


@RECOLOUR.right
def recolour_by_broadcasting(garments, colours):
    return garments.max(axis=3, keepdims=True) * colours[:, None, None]


@RECOLOUR.right
def recolour_by_reshape(garments, colours):
    brightness = np.max(garments, axis=-1)
    return brightness[:, :, :, np.newaxis] * colours.reshape(-1, 1, 1, 3)


@RECOLOUR.right
def recolour_by_einsum(garments, colours):
    return np.einsum("nhw,nc->nhwc", garments.max(axis=-1), colours).astype(np.float32)


@RECOLOUR.right
def recolour_one_by_one(garments, colours):
    found = []
    for garment, (red, green, blue) in zip(garments, colours.tolist(), strict=True):
        grey = np.maximum(np.maximum(garment[..., 0], garment[..., 1]), garment[..., 2])
        found.append(np.stack([grey * red, grey * green, grey * blue], axis=2))
    return found


@RECOLOUR.right
def recolour_by_hue(garments, colours):
    from matplotlib.colors import rgb_to_hsv

    return rgb_to_hsv(garments)[..., 2:] * colours[:, np.newaxis, np.newaxis, :]


@RECOLOUR.wrong("A colour covers what is below it", says="old colour is still in it")
def recolour_over_the_old(garments, colours):
    return garments * colours[:, None, None]


@RECOLOUR.wrong("Brightness is the mean of the colours", says="too dark")
def recolour_by_mean(garments, colours):
    return garments.mean(axis=3, keepdims=True) * colours[:, None, None]


@RECOLOUR.wrong("A colour replaces a pixel", says="without its lights and shadows")
def recolour_flat(garments, colours):
    return np.where(garments.max(axis=3, keepdims=True) > 0, colours[:, None, None], 0)


@RECOLOUR.wrong("One colour fits all", says="Each has its own row")
def recolour_with_the_first(garments, colours):
    return garments.max(axis=3, keepdims=True) * colours[0]


@RECOLOUR.wrong("An argument is mine to change", says="changed its argument")
def recolour_in_place(garments, colours):
    garments[:] = garments.max(axis=3, keepdims=True) * colours[:, None, None]
    return garments


@RECOLOUR.wrong("NumPy finds the axes by itself", says="axes of length 1 between them")
def recolour_without_new_axes(garments, colours):
    return garments.max(axis=3, keepdims=True) * np.concatenate([colours] * 3)


# build_transfer -------------------------------------------------------------------------------


def _build_transfer(extractor, n_classes):
    import keras

    extractor.trainable = False
    return keras.Sequential([extractor, keras.layers.Dense(n_classes, activation="softmax")])


def _sizes(rng: np.random.Generator) -> Iterator[Case]:
    for n_classes in (3, 6):
        height, width, n_features = (int(size) for size in rng.integers(5, 9, 3))
        yield [height, width, 3, n_features], n_classes


BUILD_TRANSFER = Exercise(
    _build_transfer,
    {"build_transfer_check": (check_build_transfer, _sizes)},
    expect=lambda sizes, n_classes: (sizes[-1] + 1) * n_classes,
)


@BUILD_TRANSFER.right
def transfer_with_input(extractor, n_classes):
    from keras import Sequential, layers

    network = Sequential([layers.Input(extractor.input_shape[1:]), extractor])
    extractor.trainable = False
    network.add(layers.Dense(n_classes))
    network.add(layers.Softmax())
    return network


@BUILD_TRANSFER.right
def transfer_functional(extractor, n_classes):
    import keras

    extractor.trainable = False
    pictures = keras.Input(extractor.input_shape[1:])
    features = extractor(pictures, training=False)
    network = keras.Model(pictures, keras.layers.Dense(n_classes, "softmax")(features))
    network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return network


@BUILD_TRANSFER.right
def transfer_layer_by_layer(extractor, n_classes):
    import keras

    for layer in extractor.layers:
        layer.trainable = False
    last = keras.layers.Dense(n_classes, activation=keras.activations.softmax)
    return keras.Model(extractor.inputs[0], last(extractor.outputs[0]))


@BUILD_TRANSFER.wrong("A trained network stays as it is", says="not frozen")
def transfer_not_frozen(extractor, n_classes):
    from keras import Sequential, layers

    return Sequential([extractor, layers.Dense(n_classes, activation="softmax")])


@BUILD_TRANSFER.wrong("Freezing belongs to the whole network", says="the new layer neither")
def transfer_all_frozen(extractor, n_classes):
    network = _build_transfer(extractor, n_classes)
    network.trainable = False
    return network


@BUILD_TRANSFER.wrong("Only convolutions learn", says="batch normalisation included")
def transfer_with_a_free_normalisation(extractor, n_classes):
    from keras import Sequential, layers

    for layer in extractor.layers:
        layer.trainable = isinstance(layer, layers.BatchNormalization)
    return Sequential([extractor, layers.Dense(n_classes, activation="softmax")])


@BUILD_TRANSFER.wrong("A copy has learnt the same", says="are not those of the extractor")
def transfer_with_a_clone(extractor, n_classes):
    import keras

    return _build_transfer(keras.models.clone_model(extractor), n_classes)


@BUILD_TRANSFER.wrong("The largest output is a probability", says="needs softmax")
def transfer_of_logits(extractor, n_classes):
    from keras import Sequential, layers

    extractor.trainable = False
    return Sequential([extractor, layers.Dense(n_classes)])


@BUILD_TRANSFER.wrong("Each class is a yes or no of its own", says="it needs softmax")
def transfer_of_sigmoids(extractor, n_classes):
    from keras import Sequential, layers

    extractor.trainable = False
    return Sequential([extractor, layers.Dense(n_classes, activation="sigmoid")])


@BUILD_TRANSFER.wrong("One output neuron is enough", says="one output for each class")
def transfer_of_one_output(extractor, n_classes):
    from keras import Sequential, layers

    extractor.trainable = False
    return Sequential([extractor, layers.Dense(1, activation="softmax")])


@BUILD_TRANSFER.wrong("More layers are better", says="few weights")
def transfer_with_a_hidden_layer(extractor, n_classes):
    from keras import Sequential, layers

    extractor.trainable = False
    hidden = layers.Dense(16, activation="relu")
    return Sequential([extractor, hidden, layers.Dense(n_classes, activation="softmax")])


@BUILD_TRANSFER.wrong("Freezing is all there is to do", says="the new layer, Dense")
def transfer_without_a_head(extractor, n_classes):
    extractor.trainable = False
    return extractor


@BUILD_TRANSFER.wrong("A new network can do without the old one", says="not all in it")
def transfer_from_nothing(extractor, n_classes):
    from keras import Sequential, layers

    last = layers.Dense(n_classes, activation="softmax")
    return Sequential([layers.Input(extractor.input_shape[1:]), layers.Flatten(), last])


@BUILD_TRANSFER.wrong("compile returns the network", says="a line of its own")
def transfer_compiled_in_return(extractor, n_classes):
    network = _build_transfer(extractor, n_classes)
    return network.compile("adam", "sparse_categorical_crossentropy")


EXERCISES = [COLOUR_NUMBERS, RECOLOUR, BUILD_TRANSFER]

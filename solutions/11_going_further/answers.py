"""Right and wrong answers to the exercises on going further."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.going_further import (
    check_build_regularised,
    check_normalise_batch,
    check_shift_image,
    check_shift_past_the_edge,
    regularised,
)
from course_utils.grading.exercise import Exercise

# normalise_batch ------------------------------------------------------------------------------


def _normalise_batch(batch, gamma, beta, epsilon):
    return gamma * (batch - batch.mean(axis=0)) / np.sqrt(batch.var(axis=0) + epsilon) + beta


def _batches(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(10):
        n, n_features = (int(size) for size in rng.integers(3, 7, 2))
        batch = rng.normal(2, 3, (n, n_features))
        gamma, beta = rng.uniform(1.2, 3, n_features), rng.uniform(0.5, 2, n_features)
        yield batch, gamma, beta, float(rng.uniform(0.1, 0.9))


NORMALISE_BATCH = Exercise(
    _normalise_batch, {"normalise_batch_check": (check_normalise_batch, _batches)}
)


@NORMALISE_BATCH.right
def batch_by_loop(batch, gamma, beta, epsilon):
    columns = []
    for column, factor, offset in zip(batch.T.tolist(), gamma, beta, strict=True):
        mean = sum(column) / len(column)
        variance = sum((value - mean) ** 2 for value in column) / len(column)
        root = math.sqrt(variance + epsilon)
        columns.append([factor * (value - mean) / root + offset for value in column])
    return [list(row) for row in zip(*columns, strict=True)]


@NORMALISE_BATCH.right
def batch_by_mean_of_squares(batch, gamma, beta, epsilon):
    mean = np.mean(batch, 0, keepdims=True)
    variance = np.mean(batch**2, 0, keepdims=True) - mean**2
    return (batch - mean) * (gamma / np.sqrt(epsilon + variance)) + beta


@NORMALISE_BATCH.right
def batch_by_keras(batch, gamma, beta, epsilon):
    import keras

    layer = keras.layers.BatchNormalization(epsilon=epsilon)
    layer.build(batch.shape)
    layer.set_weights([gamma, beta, np.zeros_like(gamma), np.ones_like(gamma)])
    return np.asarray(layer(batch.astype("float32"), training=True))


@NORMALISE_BATCH.wrong("First beta, then gamma", says="before you multiplied by gamma")
def batch_beta_first(batch, gamma, beta, epsilon):
    return gamma * _normalise_batch(batch, 1, beta, epsilon)


@NORMALISE_BATCH.wrong("epsilon may stand anywhere", says="under the square root")
def batch_epsilon_outside(batch, gamma, beta, epsilon):
    return gamma * (batch - batch.mean(axis=0)) / (batch.std(axis=0) + epsilon) + beta


@NORMALISE_BATCH.wrong("An argument is mine to change", says="changed its argument")
def batch_in_place(batch, gamma, beta, epsilon):
    batch -= batch.mean(axis=0)
    return gamma * batch / np.sqrt(batch.var(axis=0) + epsilon) + beta


# build_regularised ----------------------------------------------------------------------------


def _build_regularised(hidden_units, dropout, weight_decay):
    import keras

    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([keras.layers.Input((784,))])
    for units in hidden_units:
        network.add(keras.layers.Dense(units, activation="relu", kernel_regularizer=penalty))
        network.add(keras.layers.Dropout(dropout))
    network.add(keras.layers.Dense(10, activation="softmax", kernel_regularizer=penalty))
    return network


def _expected_regularised(hidden_units, dropout, weight_decay):
    penalty = f"kernel_regularizer=L2(l2={weight_decay:g})"
    hidden = [f"Dense({units}, relu, {penalty})" for units in hidden_units]
    return regularised(hidden, f"Dropout({dropout:g})", f"Dense(10, softmax, {penalty})")


def _regularised_sizes(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for n_hidden in (2, 3):
        units = [int(size) for size in rng.permutation(np.arange(5, 40))[:n_hidden]]
        yield units, float(rng.choice([0.1, 0.25, 0.4])), float(rng.choice([0.0002, 0.003]))


BUILD_REGULARISED = Exercise(
    _build_regularised,
    {"build_regularised_check": (check_build_regularised, _regularised_sizes)},
    expect=_expected_regularised,
)


@BUILD_REGULARISED.right
def regularised_functional(hidden_units, dropout, weight_decay):
    import keras

    inputs = values = keras.Input((784,))
    for units in hidden_units:
        values = keras.layers.Dense(units, kernel_regularizer=keras.regularizers.L2(weight_decay))(
            values
        )
        values = keras.layers.Dropout(dropout)(keras.layers.ReLU()(values))
    penalty = keras.regularizers.L1L2(l2=weight_decay)
    outputs = keras.layers.Dense(10, "softmax", kernel_regularizer=penalty)(values)
    return keras.Model(inputs, outputs)


@BUILD_REGULARISED.right
def regularised_from_a_list(hidden_units, dropout, weight_decay):
    import keras
    from keras import layers

    def dense(units, activation):
        penalty = keras.regularizers.l2(weight_decay)
        return layers.Dense(units, activation=activation, kernel_regularizer=penalty)

    stack = [layers.Input(shape=(784,))]
    for units in hidden_units:
        stack += [dense(units, "relu"), layers.Dropout(rate=dropout, seed=1)]
    network = keras.Sequential([*stack, dense(10, "softmax")], name="regularised")
    network.compile("adam", "sparse_categorical_crossentropy")
    return network


def _dense(units, activation, **settings):
    import keras

    return keras.layers.Dense(units, activation=activation, **settings)


@BUILD_REGULARISED.wrong("Each layer is followed by dropout", says="after the output layer")
def regularised_dropout_last(hidden_units, dropout, weight_decay):
    import keras

    network = _build_regularised(hidden_units, dropout, weight_decay)
    network.add(keras.layers.Dropout(dropout))
    return network


@BUILD_REGULARISED.wrong("Dropout is told what to keep", says="the fraction to keep")
def regularised_keeping(hidden_units, dropout, weight_decay):
    return _build_regularised(hidden_units, 1 - dropout, weight_decay)


@BUILD_REGULARISED.wrong("Any regulariser is weight decay", says="large outputs of a layer")
def regularised_activity(hidden_units, dropout, weight_decay):
    import keras

    penalty = keras.regularizers.L2(weight_decay)
    network = keras.Sequential([keras.layers.Input((784,))])
    for units in hidden_units:
        network.add(_dense(units, "relu", activity_regularizer=penalty))
        network.add(keras.layers.Dropout(dropout))
    network.add(_dense(10, "softmax", activity_regularizer=penalty))
    return network


@BUILD_REGULARISED.wrong("The optimiser's decay is the penalty", says="as an L2 penalty")
def regularised_by_the_optimizer(hidden_units, dropout, weight_decay):
    import keras

    network = keras.Sequential([keras.layers.Input((784,))])
    for units in hidden_units:
        network.add(_dense(units, "relu"))
        network.add(keras.layers.Dropout(dropout))
    network.add(_dense(10, "softmax"))
    network.compile(
        optimizer=keras.optimizers.AdamW(weight_decay=weight_decay),
        loss="sparse_categorical_crossentropy",
    )
    return network


@BUILD_REGULARISED.wrong("A factor is a regulariser", says="A regulariser is an object")
def regularised_by_a_number(hidden_units, dropout, weight_decay):
    import keras

    network = keras.Sequential([keras.layers.Input((784,))])
    for units in hidden_units:
        network.add(_dense(units, "relu", kernel_regularizer=weight_decay))
        network.add(keras.layers.Dropout(dropout))
    return network


@BUILD_REGULARISED.wrong("An argument is mine to empty", says="changed its argument")
def regularised_emptied(hidden_units, dropout, weight_decay):
    network = _build_regularised(hidden_units, dropout, weight_decay)
    hidden_units.clear()
    return network


@BUILD_REGULARISED.wrong("The last Dense is a hidden layer like the others", says="no hidden layer")
def regularised_without_output(hidden_units, dropout, weight_decay):
    import keras

    network = keras.Sequential([keras.layers.Input((784,))])
    for units in [*hidden_units, 10]:
        network.add(_dense(units, "relu", kernel_regularizer=keras.regularizers.L2(weight_decay)))
        network.add(keras.layers.Dropout(dropout))
    return network


# shift_image ----------------------------------------------------------------------------------


def _shift_image(image, down, right):
    height, width = image.shape
    result = np.zeros_like(image)
    for row in range(height):
        for column in range(width):
            if 0 <= row - down < height and 0 <= column - right < width:
                result[row, column] = image[row - down, column - right]
    return result


def _pictures(rng: np.random.Generator) -> Iterator[Any]:
    while True:
        shape = int(rng.integers(5, 8)), int(rng.integers(9, 12))
        yield rng.integers(1, 255, shape).astype(np.uint8)


def _shifts(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _, image in zip(range(20), _pictures(rng), strict=False):
        yield image, int(rng.choice([-3, -2, -1, 1, 2, 3])), int(rng.choice([-5, -4, 4, 5]))
    for both, image in zip((2, -2, 3, -3), _pictures(rng), strict=False):  # by the same number
        yield image, both, both


def _shifts_past_the_edge(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    shifts = ((0, 2), (-2, 0), (0, 0), (9, 1), (-1, -14), (5, 0), (0, -9))
    for (down, right), image in zip(shifts, _pictures(rng), strict=False):
        yield image, down, right


def _stays_in_sight(image, down, right):
    return 0 < abs(down) < len(image) and 0 < abs(right) < len(image[0])


SHIFT_IMAGE = Exercise(
    _shift_image,
    {
        "shift_image_moves": (check_shift_image, _shifts),
        "shift_image_edges": (check_shift_past_the_edge, _shifts_past_the_edge),
    },
    promises={"shift_image_moves": _stays_in_sight},
)


@SHIFT_IMAGE.right
def shift_by_padding(image, down, right):
    height, width = image.shape
    wide = np.pad(image, ((abs(down),) * 2, (abs(right),) * 2))
    top, left = abs(down) - down, abs(right) - right
    return wide[top : top + height, left : left + width].astype(np.float32)


@SHIFT_IMAGE.right
def shift_by_slices(image, down, right):
    def part(shift, length):
        return slice(max(shift, 0), max(length + min(shift, 0), 0))

    height, width = image.shape
    result = np.zeros(image.shape, dtype=image.dtype)
    result[part(down, height), part(right, width)] = image[part(-down, height), part(-right, width)]
    return result


@SHIFT_IMAGE.right
def shift_by_roll_and_erase(image, down, right):
    result = np.roll(image, (down, right), axis=(0, 1))
    if down >= 0:
        result[:down] = 0
    else:
        result[down:] = 0
    if right >= 0:
        result[:, :right] = 0
    else:
        result[:, right:] = 0
    return result


@SHIFT_IMAGE.right
def shift_by_scipy(image, down, right):
    from scipy.ndimage import shift

    return shift(image, (down, right), order=0).tolist()


@SHIFT_IMAGE.wrong("The edge goes on outside the picture", says="copies of the edge")
def shift_edge(image, down, right):
    wide = np.pad(image, ((abs(down),) * 2, (abs(right),) * 2), mode="edge")
    top, left = abs(down) - down, abs(right) - right
    return wide[top : top + image.shape[0], left : left + image.shape[1]]


@SHIFT_IMAGE.wrong("A shift makes the picture smaller", says="nothing fills the gap")
def shift_cropped(image, down, right):
    height, width = image.shape
    return image[max(0, -down) : height - max(0, down), max(0, -right) : width - max(0, right)]


@SHIFT_IMAGE.wrong("One pair of slices fits every shift", says="A negative shift cuts off")
def shift_positive_slices(image, down, right):
    height, width = image.shape
    result = np.zeros_like(image)
    result[down:, right:] = image[: height - down, : width - right]
    return result


@SHIFT_IMAGE.wrong("A slice to -0 is the whole", says="The two slices have different sizes")
def shift_to_minus_zero(image, down, right):
    def parts(shift):
        if shift > 0:
            return slice(shift, None), slice(None, -shift)
        return slice(None, shift), slice(-shift, None)

    result = np.zeros_like(image)
    (to_rows, from_rows), (to_columns, from_columns) = parts(down), parts(right)
    result[to_rows, to_columns] = image[from_rows, from_columns]
    return result


@SHIFT_IMAGE.wrong("An argument is mine to change", says="changed its argument")
def shift_in_place(image, down, right):
    image[:] = _shift_image(image, down, right)
    return image


EXERCISES = [NORMALISE_BATCH, BUILD_REGULARISED, SHIFT_IMAGE]

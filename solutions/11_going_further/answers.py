"""Right and wrong answers to the exercises on going further."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.going_further import (
    check_cosine_rate,
    check_cosine_warm_up,
    check_normalise_at_prediction,
    check_normalise_batch,
    check_shift_image,
    check_shift_past_the_edge,
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


# normalise_at_prediction ----------------------------------------------------------------------


def _normalise_at_prediction(batch, training_batches, momentum, epsilon):
    mean, variance = 0.0, 1.0
    for training_batch in training_batches:
        mean = momentum * mean + (1 - momentum) * training_batch.mean(axis=0)
        variance = momentum * variance + (1 - momentum) * training_batch.var(axis=0)
    return (batch - mean) / np.sqrt(variance + epsilon)


def _trainings(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(10):
        n_features = int(rng.integers(2, 5))
        training_batches = rng.normal(3, 2, (int(rng.integers(3, 6)), 4, n_features))
        batch = rng.normal(3, 2, (1 if i % 2 else 3, n_features))
        yield batch, training_batches, float(rng.uniform(0.6, 0.9)), float(rng.uniform(0.1, 0.9))


NORMALISE_AT_PREDICTION = Exercise(
    _normalise_at_prediction,
    {"normalise_at_prediction_check": (check_normalise_at_prediction, _trainings)},
)


@NORMALISE_AT_PREDICTION.right
def prediction_by_shares(batch, training_batches, momentum, epsilon):
    n = len(training_batches)
    shares = (1 - momentum) * momentum ** np.arange(n - 1, -1, -1)
    mean = shares @ training_batches.mean(axis=1)
    variance = momentum**n + shares @ training_batches.var(axis=1)
    return ((batch - mean) / np.sqrt(variance + epsilon)).tolist()


@NORMALISE_AT_PREDICTION.right
def prediction_by_steps(batch, training_batches, momentum, epsilon):
    mean, variance = np.zeros(batch.shape[1]), np.ones(batch.shape[1])
    for training_batch in training_batches:
        mean += (1 - momentum) * (np.average(training_batch, axis=0) - mean)
        variance += (1 - momentum) * (np.std(training_batch, axis=0) ** 2 - variance)
    return (batch - mean) * (variance + epsilon) ** -0.5


@NORMALISE_AT_PREDICTION.right
def prediction_by_keras(batch, training_batches, momentum, epsilon):
    import keras

    layer = keras.layers.BatchNormalization(momentum=momentum, epsilon=epsilon)
    for training_batch in training_batches:
        layer(training_batch.astype("float32"), training=True)
    return np.asarray(layer(batch.astype("float32"), training=False))


@NORMALISE_AT_PREDICTION.wrong("A moving average is a mean", says="the plain mean over all")
def prediction_plain_mean(batch, training_batches, momentum, epsilon):
    mean = training_batches.mean(axis=1).mean(axis=0)
    variance = training_batches.var(axis=1).mean(axis=0)
    return (batch - mean) / np.sqrt(variance + epsilon)


@NORMALISE_AT_PREDICTION.wrong("The first batch is a fair start", says="statistics of the first")
def prediction_from_first(batch, training_batches, momentum, epsilon):
    mean, variance = training_batches[0].mean(axis=0), training_batches[0].var(axis=0)
    for training_batch in training_batches[1:]:
        mean = momentum * mean + (1 - momentum) * training_batch.mean(axis=0)
        variance = momentum * variance + (1 - momentum) * training_batch.var(axis=0)
    return (batch - mean) / np.sqrt(variance + epsilon)


@NORMALISE_AT_PREDICTION.wrong("Printing is returning", says="prints its answer")
def prediction_printed(batch, training_batches, momentum, epsilon):
    print(_normalise_at_prediction(batch, training_batches, momentum, epsilon))


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


def _shifts_past_the_edge(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    shifts = ((0, 2), (-2, 0), (0, 0), (9, 1), (-1, -14), (5, 0), (0, -9))
    for (down, right), image in zip(shifts, _pictures(rng), strict=False):
        yield image, down, right


SHIFT_IMAGE = Exercise(
    _shift_image,
    {
        "shift_image_moves": (check_shift_image, _shifts),
        "shift_image_edges": (check_shift_past_the_edge, _shifts_past_the_edge),
    },
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


# cosine_rate ----------------------------------------------------------------------------------


def _cosine_rate(step, n_steps, peak, warmup_steps):
    if step < warmup_steps:
        return peak * step / warmup_steps
    done = (step - warmup_steps) / (n_steps - warmup_steps)
    return peak * (1 + np.cos(np.pi * done)) / 2


def _falls(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        n_steps = int(rng.integers(100, 900))
        step = int(rng.integers(n_steps // 10, n_steps // 3))
        yield step, n_steps, float(rng.uniform(0.2, 2)), 0


def _warm_ups(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        n_steps, peak = int(rng.integers(100, 900)), float(rng.uniform(0.2, 2))
        warm_up = int(rng.integers(n_steps // 5, n_steps // 3))
        yield int(rng.integers(warm_up // 4, warm_up // 2)), n_steps, peak, warm_up
        yield int(rng.integers(n_steps // 2, 2 * n_steps // 3)), n_steps, peak, warm_up


COSINE_RATE = Exercise(
    _cosine_rate,
    {
        "cosine_rate_fall": (check_cosine_rate, _falls),
        "cosine_rate_warm_up": (check_cosine_warm_up, _warm_ups),
    },
)


@COSINE_RATE.right
def rate_by_half_angle(step, n_steps, peak, warmup_steps):
    if step < warmup_steps:
        return peak / warmup_steps * step
    angle = math.pi * (step - warmup_steps) / (n_steps - warmup_steps)
    return peak * math.cos(angle / 2) ** 2


@COSINE_RATE.right
def rate_by_interpolation(step, n_steps, peak, warmup_steps):
    if warmup_steps and step <= warmup_steps:
        return np.float32(np.interp(step, [0, warmup_steps], [0, peak]))
    falling = np.cos(np.linspace(0, np.pi, n_steps - warmup_steps + 1))
    return 0.5 * peak + 0.5 * peak * falling[step - warmup_steps]


@COSINE_RATE.right
def rate_by_keras(step, n_steps, peak, warmup_steps):
    import keras

    schedules = keras.optimizers.schedules
    if warmup_steps == 0:
        return np.asarray(schedules.CosineDecay(peak, n_steps)(step))
    falling = n_steps - warmup_steps
    warm = schedules.CosineDecay(0.0, falling, warmup_target=peak, warmup_steps=warmup_steps)
    return np.asarray(warm(step))


@COSINE_RATE.wrong("The wave began at step 0", says="begins when the warm-up is over")
def rate_from_the_start(step, n_steps, peak, warmup_steps):
    if step < warmup_steps:
        return peak * step / warmup_steps
    return _cosine_rate(step, n_steps, peak, 0)


@COSINE_RATE.wrong("To fall is to fall in a straight line", says="That is a straight line")
def rate_linear(step, n_steps, peak, warmup_steps):
    if step < warmup_steps:
        return peak * step / warmup_steps
    return peak * (1 - (step - warmup_steps) / (n_steps - warmup_steps))


EXERCISES = [NORMALISE_BATCH, NORMALISE_AT_PREDICTION, SHIFT_IMAGE, COSINE_RATE]

"""Right and wrong answers to the exercises on convolution."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_utils.checks.convolution import (
    check_convolve,
    check_convolve_strides,
    check_network_parameters_convolutions,
    check_network_parameters_whole,
    check_output_size,
)
from course_utils.grading.exercise import Exercise

Case = tuple[Any, ...]


# output_size ----------------------------------------------------------------------------------


def _output_size(n, kernel_size, stride, padding):
    room = n - 1 if padding == "same" else n - kernel_size
    return room // stride + 1


def _sides(rng: np.random.Generator) -> Iterator[Case]:
    for trial in range(20):
        n, kernel_size, stride = (int(number) for number in rng.integers((20, 3, 2), (60, 8, 5)))
        yield n, kernel_size, stride, ("valid", "same")[trial % 2]
    for n, kernel_size, stride in ((20, 5, 1), (31, 7, 2), (40, 6, 1), (24, 1, 2)):
        yield n, kernel_size, stride, "same"


OUTPUT_SIZE = Exercise(_output_size, {"output_size_check": (check_output_size, _sides)})


@OUTPUT_SIZE.right
def output_size_by_counting(n, kernel_size, stride, padding):
    last = n - 1 if padding == "same" else n - kernel_size
    return len([first for first in range(n) if first % stride == 0 and first <= last])


@OUTPUT_SIZE.right
def output_size_by_ceil(n, kernel_size, stride, padding):
    if padding == "valid":
        n = n - kernel_size + 1
    return float(np.ceil(n / stride))


@OUTPUT_SIZE.right
def output_size_by_keras(n, kernel_size, stride, padding):
    import keras

    layer = keras.layers.Conv1D(1, kernel_size, strides=stride, padding=padding)
    return layer.compute_output_shape((None, n, 1))[1]


@OUTPUT_SIZE.wrong("'valid' keeps the size", says="'valid' does not keep the size")
def output_size_kept(n, kernel_size, stride, padding):
    return math.ceil(n / stride)


@OUTPUT_SIZE.wrong("'same' always keeps the size", says="'same' keeps the size only with")
def output_size_same_is_same(n, kernel_size, stride, padding):
    return n if padding == "same" else (n - kernel_size) // stride + 1


@OUTPUT_SIZE.wrong("The sample's answer is the answer", says="stays the same when only")
def output_size_hard_coded(n, kernel_size, stride, padding):
    return {(28, 5, 2): 12, (28, 3, 1): 26, (28, 5, 3): 10, (9, 3, 4): 3, (16, 4, 3): 5}.get(
        (n, kernel_size, stride), 12
    )


@OUTPUT_SIZE.wrong("Printing is returning", says="prints its answer")
def output_size_printed(n, kernel_size, stride, padding):
    print(_output_size(n, kernel_size, stride, padding))


# convolve -------------------------------------------------------------------------------------


def _convolve(image, kernel, stride):
    windows = sliding_window_view(image, kernel.shape)[::stride, ::stride]
    return (windows * kernel).sum(axis=(2, 3))


def _image_and_kernel(rng: np.random.Generator, trial: int, least: int) -> Case:
    shape, side = rng.integers((least, least + 3), (least + 3, least + 6)), int(rng.integers(2, 4))
    image = rng.integers(0, 256, shape).astype(np.uint8)
    if trial % 2:
        image = image / 255
    kernel = rng.integers(-4, 5, (side, side))
    kernel[0, 0], kernel[-1, -1] = 3, -2
    return image, kernel


def _single_steps(rng: np.random.Generator) -> Iterator[Case]:
    for trial in range(20):
        yield *_image_and_kernel(rng, trial, 6), 1


def _longer_steps(rng: np.random.Generator) -> Iterator[Case]:
    for trial in range(20):
        yield *_image_and_kernel(rng, trial, 9), int(rng.integers(2, 4))


CONVOLVE = Exercise(
    _convolve,
    {
        "convolve_values": (check_convolve, _single_steps),
        "convolve_strides": (check_convolve_strides, _longer_steps),
    },
)


@CONVOLVE.right
def convolve_by_loops(image, kernel, stride):
    side = len(kernel)
    n_rows = (image.shape[0] - side) // stride + 1
    n_columns = (image.shape[1] - side) // stride + 1
    output = np.zeros((n_rows, n_columns))
    for row, column, i, j in np.ndindex(n_rows, n_columns, side, side):
        pixel = float(image[row * stride + i, column * stride + j])
        output[row, column] += pixel * kernel[i, j]
    return output


@CONVOLVE.right
def convolve_by_shifted_images(image, kernel, stride):
    height, width = (n - len(kernel) + 1 for n in image.shape)
    total = sum(
        image[i : i + height, j : j + width].astype("float32") * weight
        for (i, j), weight in np.ndenumerate(kernel)
    )
    return total[::stride, ::stride].tolist()


@CONVOLVE.right
def convolve_by_keras(image, kernel, stride):
    import keras

    batch, weights = image[None, :, :, None], kernel[:, :, None, None]
    maps = keras.ops.conv(batch.astype("float32"), weights.astype("float32"), stride, "valid")
    return np.asarray(maps)[0, :, :, 0]


@CONVOLVE.wrong("A convolution turns its kernel round", says="turned the kernel by 180°")
def convolve_turned(image, kernel, stride):
    return _convolve(image, np.rot90(kernel, 2), stride)


@CONVOLVE.wrong("'valid' keeps the size", says="has the size of the image")
def convolve_same_size(image, kernel, stride):
    output = np.zeros(image.shape)
    sums = _convolve(image, kernel, stride)
    output[: sums.shape[0], : sums.shape[1]] = sums
    return output


@CONVOLVE.wrong("uint8 arithmetic is safe", says="wrapped around in uint8")
def convolve_in_uint8(image, kernel, stride):
    return _convolve(image, kernel, stride).astype(image.dtype)


@CONVOLVE.wrong("An argument is mine to change", says="changed its argument")
def convolve_in_place(image, kernel, stride):
    output = _convolve(image, kernel, stride)
    image[: output.shape[0], : output.shape[1]] = 0
    return output


# network_parameters ---------------------------------------------------------------------------


def _network_parameters(input_shape, layers):
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, size, padding = numbers
            total += size * size * channels * filters + filters
            if padding == "valid":
                rows, columns = rows - size + 1, columns - size + 1
            channels = filters
        elif kind == "pool":
            rows, columns = rows // numbers[0], columns // numbers[0]
        elif kind == "flatten":
            channels = rows * columns * channels
        else:
            total += channels * numbers[0] + numbers[0]
            channels = numbers[0]
    return total


def _convolutions_alone(rng: np.random.Generator) -> Iterator[Case]:
    for trial in range(20):
        n_in, first, second = (int(number) for number in rng.integers((2, 5, 12), (5, 12, 30)))
        padding = ("valid", "same")[trial % 2]
        blocks = [("conv", first, 3, padding), ("pool", 2), ("conv", second, 4, padding)]
        yield (30, 24, n_in), [*blocks, ("pool", 2)]


def _whole_networks(rng: np.random.Generator) -> Iterator[Case]:
    for trial in range(20):
        n_in, first, second, units = (
            int(number) for number in rng.integers((2, 5, 12, 30), (5, 12, 30, 50))
        )
        layers = [
            ("conv", first, 3, ("same", "valid")[trial % 2]),
            ("pool", 2),
            ("conv", second, 5, "valid"),
            ("pool", 3),
            ("flatten",),
            ("dense", units),
            ("dense", 10),
        ]
        yield (int(rng.integers(24, 31)), int(rng.integers(33, 40)), n_in), layers


NETWORK_PARAMETERS = Exercise(
    _network_parameters,
    {
        "network_parameters_convolutions": (
            check_network_parameters_convolutions,
            _convolutions_alone,
        ),
        "network_parameters_whole": (check_network_parameters_whole, _whole_networks),
    },
)


@NETWORK_PARAMETERS.right
def network_by_arrays(input_shape, layers):
    maps, n_parameters = np.zeros(input_shape, np.int8), 0
    for layer in layers:
        if layer[0] == "flatten":
            maps = maps.ravel()
        elif layer[0] == "dense":
            n_parameters += np.zeros((maps.size + 1, layer[1])).size
            maps = np.zeros(layer[1])
        elif layer[0] == "pool":
            size = layer[1]
            maps = maps[size - 1 :: size, size - 1 :: size]
        else:
            _, filters, size, padding = layer
            n_parameters += filters * (size**2 * maps.shape[2] + 1)
            lost = size - 1 if padding == "valid" else 0
            maps = np.zeros((maps.shape[0] - lost, maps.shape[1] - lost, filters))
    return n_parameters


@NETWORK_PARAMETERS.right
def network_by_keras(input_shape, layers):
    import keras

    kinds = {
        "conv": keras.layers.Conv2D,
        "pool": keras.layers.MaxPooling2D,
        "flatten": keras.layers.Flatten,
        "dense": keras.layers.Dense,
    }
    network = keras.Sequential([keras.layers.Input(tuple(input_shape))])
    for kind, *numbers in layers:
        padding = {"padding": numbers.pop()} if kind == "conv" else {}
        network.add(kinds[kind](*numbers, **padding))
    return network.count_params()


@NETWORK_PARAMETERS.wrong("A kernel is flat, whatever the input's depth", says="a flat one")
def network_flat_kernels(input_shape, layers):
    total, channels = _network_parameters(input_shape, layers), input_shape[2]
    for layer in layers:
        if layer[0] == "conv":
            total -= layer[2] ** 2 * (channels - 1) * layer[1]
            channels = layer[1]
    return total


@NETWORK_PARAMETERS.wrong(
    "Pooling changes nothing that counts", says="Pooling makes the maps smaller"
)
def network_without_pooling(input_shape, layers):
    return _network_parameters(input_shape, [la for la in layers if la[0] != "pool"])


@NETWORK_PARAMETERS.wrong("The lesson's numbers are the answer", says="hard-coded")
def network_hard_coded(input_shape, layers):
    return {5: 542_230, 7: 421_642}.get(len(layers), 18_816 if layers[0][0] == "conv" else 148)


@NETWORK_PARAMETERS.wrong("An argument is mine to change", says="changed its argument")
def network_pops(input_shape, layers):
    total = _network_parameters(input_shape, layers)
    while layers:
        layers.pop()
    return total


EXERCISES = [OUTPUT_SIZE, CONVOLVE, NETWORK_PARAMETERS]

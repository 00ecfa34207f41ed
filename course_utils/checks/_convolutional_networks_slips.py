"""Known slips of the exercises on convolutional networks: what each gives, and its name."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _convolutional_networks_samples as samples
from course_utils.checks._slips import Slips, lazy

_FLAT = "A kernel is as deep as its input. You counted a flat one: multiply by the channels, too."
_NO_BIASES = "You forgot the biases: each filter has one."
_IMAGE_SIZE = "The number of parameters does not depend on the size of the image. Leave it out."


def output_size_slips(n: int, kernel_size: int, stride: int, padding: str) -> Slips:
    """List what the known slips would make of one side of an image."""
    room = n - 1 if padding == "same" else n - kernel_size
    if padding == "same":
        particular = [
            ("That is the size without zeros around the image. Look at `padding`.",
             (n - kernel_size) // stride + 1),
            ("'same' keeps the size with stride 1 only. A longer step leaves fewer positions.", n),
            ("You rounded down. With zeros around it, the last window begins inside the image.",
             n // stride),
        ]  # fmt: skip
    else:
        kept = "'valid' does not keep the size: the kernel must lie inside the image."
        particular = [(kept, value) for value in (math.ceil(n / stride), n // stride, n)]
    return [
        *lazy((), [case[-1] for case in samples.OUTPUT_SIZE]),
        *particular,
        ("You did not round. A window fits completely, or it is left out.", room / stride + 1),
        ("You rounded up. A window fits completely, or it is left out.",
         math.ceil(room / stride) + 1),
        ("The first position is missing: forgot the + 1?", room // stride),
        ("You left the stride out. It says how many pixels the window moves.", room + 1),
        ("The + 1 comes after the division.", (n - kernel_size + 1) // stride),
        ("You divided before you took the kernel off.", n // stride - kernel_size + 1),
    ]  # fmt: skip


def convolve_slips(image: NDArray[Any], kernel: NDArray[Any], stride: int) -> Slips:
    """List what the known slips would make of this image."""
    values, side = image.astype(np.float64), len(kernel)
    sums = _slide(values, side, stride, lambda window: (window * kernel).sum())
    rows, columns = sums.shape
    dense = _slide(values, side, 1, lambda window: (window * kernel).sum())
    slips: list[tuple[str, Any]] = [
        *lazy(sums.shape, [case[-1] for case in (*samples.CONVOLVE, *samples.CONVOLVE_STRIDES)]),
        ("You turned the kernel round. Keras and this exercise lay it on as it is.",
         _slide(values, side, stride, lambda window: (window * kernel[::-1, ::-1]).sum())),
        ("The kernel moved by one pixel each time. Its window begins at row × stride and "
         "column × stride.", dense[:rows, :columns]),
        ("You left the stride out: these are all positions.", dense),
        ("That is the matrix product. Multiply place by place, then add up.",
         _slide(values, side, stride, lambda window: (window @ kernel).sum())),
        ("That is the mean of the products. Add them up.", sums / kernel.size),
        ("The last row and column of positions are missing.", sums[:-1, :-1]),
        ("Negative sums became 0. There is no ReLU in this exercise.", np.maximum(sums, 0)),
        ("Rows and columns are swapped.", sums.T),
        ("That is the image as it was.", values),
    ]  # fmt: skip
    if image.dtype.kind in "iu":
        wrapped = sums.astype(np.int64).astype(image.dtype)
        slips.append(
            (f"The sums wrapped around in {image.dtype}. Make the output of floats.", wrapped)
        )
    return slips


def parameters_slips(kernel_size: int, n_channels: int, n_filters: int) -> Slips:
    """List what the known slips would count for one convolution."""
    window = kernel_size**2
    weights = window * n_channels * n_filters
    total = weights + n_filters
    return [
        *lazy((), [case[-1] for case in samples.CONVOLUTION_PARAMETERS]),
        (_NO_BIASES, weights),
        (_FLAT, window * n_filters + n_filters),
        (_FLAT, window * n_filters),
        ("You gave the layer a single bias. Each filter has one.", weights + 1),
        ("You gave each channel a bias. Each filter has one.", weights + n_channels),
        ("You gave each channel of each filter a bias. A filter adds up its channels first, and "
         "has one bias.", weights + n_channels * n_filters),
        ("You multiplied by the kernel's side once. A kernel has rows and columns.",
         kernel_size * n_channels * n_filters + n_filters),
        ("Those are the parameters of one filter. The layer has more.", window * n_channels + 1),
        (_IMAGE_SIZE, total * 28 * 28),
        (_IMAGE_SIZE, total * (29 - kernel_size) ** 2),
        (_IMAGE_SIZE, 28 * 28 * n_channels * n_filters + n_filters),
    ]  # fmt: skip


def max_pool_slips(image: NDArray[Any], size: int) -> Slips:
    """List what the known slips would make of this image."""
    image = image.astype(np.float64)
    right = _slide(image, size, size, np.max)
    rows, columns = right.shape
    cropped = image[: rows * size, : columns * size]
    padded = np.pad(image, [(0, -side % size) for side in image.shape], constant_values=-np.inf)
    return [
        *lazy(right.shape, [case[-1] for case in samples.MAX_POOL]),
        ("That is average pooling. Take the greatest.", _slide(image, size, size, np.mean)),
        ("You took the least of each window.", _slide(image, size, size, np.min)),
        ("You added up each window. Take the greatest.", _slide(image, size, size, np.sum)),
        ("You took the first pixel of each window. Look at all of them.",
         cropped[::size, ::size]),
        ("The windows overlap: this one moves by a whole window each time.",
         _slide(image, size, 1, np.max)),
        ("You kept windows that are not complete. What is left over is dropped.",
         _slide(padded, size, size, np.max)),
        ("reshape reads the pixels row by row, so these pieces are no windows.",
         cropped.reshape(rows, columns, size, size).max(axis=(2, 3))),
        ("The negative numbers became 0. The greatest of negative numbers is negative.",
         np.maximum(right, 0)),
        ("You pooled the rows alone.", cropped.reshape(rows, size, -1).max(axis=1)),
        ("That is the greatest of the whole image.", image.max()),
        ("Rows and columns are swapped.", right.T),
        ("That is the image as it was.", image),
    ]  # fmt: skip


def network_slips(input_shape: Sequence[int], layers: Sequence[tuple[Any, ...]]) -> Slips:
    """List what the known slips would count for a whole network."""

    def count(**slip: bool) -> int:
        return _count(input_shape, layers, slip)

    shown = (*samples.WHOLE_NETWORKS, *samples.CONVOLUTIONS_ALONE)
    return [
        *lazy((), [case[-1] for case in shown]),
        (_FLAT, count(flat_kernel=True)),
        (_FLAT, count(first_depth=True)),
        ("You forgot the biases: each filter and each neuron has one.", count(no_biases=True)),
        ("You forgot the biases of the filters.", count(no_filter_biases=True)),
        ("You forgot the biases of the dense layers.", count(no_neuron_biases=True)),
        ("Pooling learns nothing: it has no parameters.", count(pool_learns=True)),
        ("Pooling leaves the channels as they are.", count(pool_channels=True)),
        ("Pooling makes the maps smaller, so fewer numbers leave Flatten.", count(no_pool=True)),
        ("You rounded up after pooling. A window that is not complete is dropped.",
         count(round_up=True)),
        ("'valid' does not keep the size: the kernel must lie inside.", count(valid_keeps=True)),
        ("'same' keeps the size.", count(same_shrinks=True)),
        ("Flatten gives rows × columns × channels. You forgot the channels.",
         count(flat_maps=True)),
        ("Flatten gives rows × columns × channels. You counted the channels alone.",
         count(flat_channels=True)),
        ("Flatten learns nothing: it has no parameters.", count(flatten_learns=True)),
    ]  # fmt: skip


def _count(
    input_shape: Sequence[int], layers: Sequence[tuple[Any, ...]], slip: dict[str, bool]
) -> int:
    """Count a network's parameters, with one slip."""
    rows, columns, channels = input_shape
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            depth = input_shape[2] if slip.get("first_depth") else channels
            depth = 1 if slip.get("flat_kernel") else depth
            biased = not (slip.get("no_biases") or slip.get("no_filter_biases"))
            total += side * side * depth * filters + filters * biased
            shrinks = slip.get("same_shrinks") or (
                padding == "valid" and not slip.get("valid_keeps")
            )
            rows, columns = (n - (side - 1) * bool(shrinks) for n in (rows, columns))
            channels = filters
        elif kind == "pool" and not slip.get("no_pool"):
            total += numbers[0] ** 2 * channels * bool(slip.get("pool_learns"))
            up = (numbers[0] - 1) * bool(slip.get("round_up"))
            rows, columns = ((n + up) // numbers[0] for n in (rows, columns))
            channels = channels // numbers[0] if slip.get("pool_channels") else channels
        elif kind == "flatten":
            maps = 1 if slip.get("flat_maps") else channels
            size = channels if slip.get("flat_channels") else rows * columns * maps
            total += size * bool(slip.get("flatten_learns"))
            channels = size
        elif kind == "dense":
            biased = not (slip.get("no_biases") or slip.get("no_neuron_biases"))
            total += channels * numbers[0] + numbers[0] * biased
            channels = numbers[0]
    return total


def _slide(
    image: NDArray[Any], side: int, stride: int, reduce: Callable[[NDArray[Any]], Any]
) -> NDArray[Any]:
    """Reduce each window inside an image to one number."""
    height, width = image.shape

    def starts(length: int) -> Iterator[int]:
        yield from range(0, length - side + 1, stride)

    return np.array(
        [
            [reduce(image[top : top + side, left : left + side]) for left in starts(width)]
            for top in starts(height)
        ]
    )

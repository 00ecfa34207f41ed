"""The checks of the exercises on convolutional networks: what is asked, and known slips."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import EXACT, Numbers, Slips, is_numeric, lazy

_FLAT = "A kernel is as deep as its input. You counted a flat one: multiply by the channels, too."
_NO_BIASES = "You forgot the biases: each filter has one."
_IMAGE_SIZE = "The number of parameters does not depend on the size of the image. Leave it out."

# output_size ------------------------------------------------------------------------------------

#: Side, kernel size, stride, padding, output side.
_OUTPUT_SIZE = [
    (28, 5, 2, "valid", 12),
    (28, 3, 1, "valid", 26),
    (28, 5, 3, "same", 10),
    (9, 3, 4, "same", 3),
    (16, 4, 3, "valid", 5),
]


def _output_size_slips(n: int, kernel_size: int, stride: int, padding: str, _: int) -> Slips:
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
        *lazy((), [case[-1] for case in _OUTPUT_SIZE]),
        *particular,
        ("You did not round. A window fits completely, or it is left out.", room / stride + 1),
        ("You rounded up. A window fits completely, or it is left out.",
         math.ceil(room / stride) + 1),
        ("The first position is missing: forgot the + 1?", room // stride),
        ("You left the stride out. It says how many pixels the window moves.", room + 1),
        ("The + 1 comes after the division.", (n - kernel_size + 1) // stride),
        ("You divided before you took the kernel off.", n // stride - kernel_size + 1),
    ]  # fmt: skip


check_output_size = Check(
    "output_size(n, kernel_size, stride, padding)",
    _OUTPUT_SIZE,
    _output_size_slips,
    tolerance=EXACT,
)

# convolve ---------------------------------------------------------------------------------------

#: Image, kernel, stride, output.
_CONVOLVE = [
    (
        np.array([[1.0, 2.0, 0.0, 1.0], [0.0, 1.0, 3.0, 2.0], [4.0, 1.0, 0.0, 1.0]]),
        np.array([[1.0, 2.0], [0.0, -1.0]]),
        1,
        np.array([[4.0, -1.0, 0.0], [1.0, 7.0, 6.0]]),
    ),
    (  # grey values as they come from the file
        np.array([[0, 200, 200], [0, 200, 200], [10, 200, 250]], np.uint8),
        np.array([[-1, 1], [-1, 1]]),
        1,
        np.array([[400.0, 0.0], [390.0, 50.0]]),
    ),
]
#: The same, with steps of more than one pixel.
_CONVOLVE_STRIDES = [
    (
        np.array(
            [
                [1.0, 0.0, 2.0, 1.0, 3.0],
                [0.0, 1.0, 1.0, 0.0, 2.0],
                [2.0, 1.0, 0.0, 3.0, 1.0],
                [1.0, 4.0, 1.0, 0.0, 0.0],
            ]
        ),
        np.array([[1.0, -1.0], [2.0, 3.0]]),
        2,
        np.array([[4.0, 3.0], [15.0, -1.0]]),
    )
]


def _convolve_slips(image: Numbers, kernel: Numbers, stride: int, expected: Any) -> Slips:
    values, side = image.astype(np.float64), len(kernel)
    sums = np.asarray(expected, np.float64)
    rows, columns = sums.shape
    dense = _slide(values, side, 1, lambda window: (window * kernel).sum())
    slips: list[tuple[str, Any]] = [
        *lazy(sums.shape, [case[-1] for case in (*_CONVOLVE, *_CONVOLVE_STRIDES)]),
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


def _slide(image: Numbers, side: int, stride: int, reduce: Callable[[Numbers], Any]) -> Numbers:
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


def _kept_size(received: Any, image: Numbers, *_: Any) -> str:
    if is_numeric(received) and np.shape(received) == image.shape:
        return "The output has the size of the image, but the kernel must lie inside the image."
    return ""


_SLIDE = "convolve(image, kernel, stride)"
check_convolve = Check(_SLIDE, _CONVOLVE, _convolve_slips, part="with stride 1", explain=_kept_size)
check_convolve_strides = Check(
    _SLIDE,
    _CONVOLVE_STRIDES,
    _convolve_slips,
    part="with longer steps",
    explain=_kept_size,
    follows=check_convolve,
)

# convolution_parameters -------------------------------------------------------------------------

#: Kernel size, channels, filters, parameters.
_CONVOLUTION_PARAMETERS = [(3, 32, 64, 18_496), (3, 1, 32, 320), (5, 3, 8, 608)]


def _parameters_slips(kernel_size: int, n_channels: int, n_filters: int, total: int) -> Slips:
    window = kernel_size**2
    weights = window * n_channels * n_filters
    return [
        *lazy((), [case[-1] for case in _CONVOLUTION_PARAMETERS]),
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


check_convolution_parameters = Check(
    "convolution_parameters(kernel_size, n_channels, n_filters)",
    _CONVOLUTION_PARAMETERS,
    _parameters_slips,
    tolerance=EXACT,
)

# max_pool ---------------------------------------------------------------------------------------

#: Image, size of the window, output.
_MAX_POOL = [
    (
        np.array(
            [
                [1.0, 3.0, 2.0, 1.0, 9.0],
                [4.0, 6.0, 5.0, 0.0, 7.0],
                [-3.0, -1.0, 1.0, 2.0, 5.0],
                [-2.0, -2.0, 4.0, 8.0, 6.0],
            ]
        ),
        2,
        np.array([[6.0, 5.0], [-1.0, 8.0]]),
    )
]


def _max_pool_slips(image: Numbers, size: int, expected: Any) -> Slips:
    image = image.astype(np.float64)
    right = np.asarray(expected)
    rows, columns = right.shape
    cropped = image[: rows * size, : columns * size]
    padded = np.pad(image, [(0, -side % size) for side in image.shape], constant_values=-np.inf)
    return [
        *lazy(right.shape, [case[-1] for case in _MAX_POOL]),
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


check_max_pool = Check("max_pool(image, size)", _MAX_POOL, _max_pool_slips)

# network_parameters -----------------------------------------------------------------------------

_ONE_BLOCK = [("conv", 32, 3, "valid"), ("pool", 2), ("flatten",), ("dense", 100), ("dense", 10)]
#: Input shape, layers, parameters: convolution and pooling alone.
_CONVOLUTIONS_ALONE = [
    ((28, 28, 1), [("conv", 32, 3, "same"), ("pool", 2), ("conv", 64, 3, "same")], 18_816)
]
#: Input shape, layers, parameters: to the last dense layer.
_WHOLE_NETWORKS = [
    ((28, 28, 1), _ONE_BLOCK, 542_230),
    (
        (28, 28, 1),
        [
            ("conv", 32, 3, "same"), ("pool", 2), ("conv", 64, 3, "same"), ("pool", 2),
            ("flatten",), ("dense", 128), ("dense", 10),
        ],
        421_642,
    ),
    ((9, 6, 3), [("pool", 2), ("flatten",), ("dense", 4)], 148),
]  # fmt: skip


def _network_slips(input_shape: Sequence[int], layers: Sequence[tuple[Any, ...]], _: int) -> Slips:

    def count(**slip: bool) -> int:
        return _count(input_shape, layers, slip)

    shown = (*_WHOLE_NETWORKS, *_CONVOLUTIONS_ALONE)
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


_NETWORK = "network_parameters(input_shape, layers)"
check_network_parameters_convolutions = Check(
    _NETWORK, _CONVOLUTIONS_ALONE, _network_slips, part="without dense layers", tolerance=EXACT
)
check_network_parameters_whole = Check(
    _NETWORK,
    _WHOLE_NETWORKS,
    _network_slips,
    part="whole networks",
    tolerance=EXACT,
    follows=check_network_parameters_convolutions,
)

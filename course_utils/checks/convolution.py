"""The checks of the exercises on convolution: what is asked, and known slips."""

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_utils.checks.check import Check
from course_utils.checks.comparing import EXACT, Numbers, Slips, is_numeric, lazy

_FLAT = "A kernel is as deep as its input, but you counted a flat one. How many channels come in?"

# output_size ------------------------------------------------------------------------------------

#: Side, kernel size, stride, padding, output side.
_OUTPUT_SIZE = [
    (28, 5, 2, "valid", 12),
    (28, 3, 1, "valid", 26),
    (28, 5, 3, "same", 10),
    (9, 3, 4, "same", 3),
    (16, 4, 3, "valid", 5),
    (13, 4, 3, "same", 5),
    (10, 4, 1, "same", 10),
]


def _output_size_slips(n: int, kernel_size: int, stride: int, padding: str, _: int) -> Slips:
    room = n - 1 if padding == "same" else n - kernel_size
    if padding == "same":
        particular: list[tuple[Any, ...]] = [
            ("That is the size without zeros around the image. Look at `padding`.",
             (n - kernel_size) // stride + 1),
            ("'same' keeps the size only with stride 1. A larger stride leaves fewer positions.",
             n),
            ("With an even kernel size, one side of the image gets one zero more than the other: "
             "(kernel_size − 1) // 2 on both sides is too few.",
             (n + 2 * ((kernel_size - 1) // 2) - kernel_size) // stride + 1),
            ("With an even kernel size, half a kernel of zeros at both ends is one zero too many: "
             "kernel_size − 1 zeros in all keep the size at stride 1.",
             (n + 2 * (kernel_size // 2) - kernel_size) // stride + 1),
            ("You rounded down. With zeros around the image, the last window may reach beyond it.",
             n // stride),
            ("One ring of zeros is enough for a kernel of 3 only. 'same' adds as many as keep the "
             "size at stride 1, whatever the kernel's size.",
             (n + 2 - kernel_size) // stride + 1),
        ]  # fmt: skip
    else:
        particular = [
            ("'valid' does not keep the size: the kernel must stay inside the image. Yours is the "
             "number for 'same'. Can the condition of your `if` be false? A text that is not empty "
             "counts as true.", math.ceil(n / stride)),
            ("'valid' does not keep the size: the kernel must stay inside the image.",
             n // stride, n),
        ]  # fmt: skip
    return [
        *lazy((), [case[-1] for case in _OUTPUT_SIZE]),
        *particular,
        ("The division left a remainder. A window that does not fit completely is left out.",
         room / stride + 1),
        ("You rounded up, but a window that does not fit completely is left out.",
         math.ceil(room / stride) + 1),
        ("The first position is missing. Did you forget the + 1?", room // stride),
        ("You left the stride out: the window moves by that many pixels.", room + 1),
        ("The kernel size is subtracted once too often: `room`, the number of one-pixel steps, "
         "allows for the kernel already.", (room - kernel_size) // stride + 1),
        ("The 1 is added to the stride. It counts the starting position, so it is added to the "
         "number of steps, after the division.", room // (stride + 1)),
        ("One position is missing where the steps end exactly at the edge. The window fits there "
         "as well. Does a `<` stand where `<=` belongs?", math.ceil(room / stride)),
        ("The + 1 comes after the division.", (n - kernel_size + 1) // stride),
        ("You divided before you subtracted the kernel size.", n // stride - kernel_size + 1),
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
        np.array([[1, 0, 2, 1, 3], [0, 1, 1, 0, 2], [2, 1, 0, 3, 1], [1, 4, 1, 0, 0]], float),
        np.array([[1.0, -1.0], [2.0, 3.0]]),
        2,
        np.array([[4.0, 3.0], [15.0, -1.0]]),
    )
]


def _convolve_slips(image: Numbers, kernel: Numbers, stride: int, expected: Any) -> Slips:
    values, sums = image.astype(np.float64), np.asarray(expected, np.float64)
    windows, dense = (_windows(values, len(kernel), step) for step in (stride, 1))
    all_sums = (dense * kernel).sum(axis=_EACH)
    return [
        *lazy(sums.shape, [case[-1] for case in (*_CONVOLVE, *_CONVOLVE_STRIDES)]),
        ("You turned the kernel by 180°. Keras and this exercise use it as it is.",
         (windows * kernel[::-1, ::-1]).sum(axis=_EACH)),
        ("The kernel moved by one pixel each time. Its window begins at row × stride and "
         "column × stride.", all_sums[: len(sums), : len(sums[0])]),
        ("You left the stride out: these are all positions.", all_sums),
        ("The stride is used for the rows only: along the columns, the kernel went on pixel by "
         "pixel.", all_sums[::stride], all_sums[::stride, : len(sums[0])]),
        ("The stride is used for the columns only: along the rows, the kernel went on pixel by "
         "pixel.", all_sums[:, ::stride], all_sums[: len(sums), ::stride]),
        ("Each number contains those before it: is the total set back to 0 for each position?",
         np.cumsum(sums).reshape(sums.shape), np.cumsum(sums, axis=1), np.cumsum(sums, axis=0)),
        ("That is the matrix product. Multiply element by element, then add up.",
         (windows @ kernel).sum(axis=_EACH)),
        ("That is the mean of the products. Their sum is asked for.", sums / kernel.size),
        ("The last row and column of positions are missing.", sums[:-1, :-1]),
        ("Negative sums became 0. There is no ReLU in this exercise.", np.maximum(sums, 0)),
        ("Only every so many places of the output are filled. The stride is the way from one "
         "window to the next on the image, while the places of the output are filled one by one.",
         _strides_over_output(all_sums, sums, stride), _strides_over_output(None, sums, stride)),
        ("The window ends one pixel too early. A slice leaves out the place at its end already.",
         *([(windows[..., :1, :1] * kernel).sum(axis=_EACH)] if len(kernel) == 2 else [])),
        ("Each sum replaced the whole output, so the last one alone is left.", sums[-1, -1]),
        ("Rows and columns are swapped.", sums.T),
        ("That is the image unchanged.", values),
        (f"The sums wrapped around in {image.dtype}. Give the output a dtype of floats.",
         *([sums.astype(np.int64).astype(image.dtype)] if image.dtype.kind in "iu" else [])),
    ]  # fmt: skip


_EACH = (2, 3)  # the axes inside a window


def _strides_over_output(all_sums: Numbers | None, sums: Numbers, stride: int) -> Numbers:
    """Fill every so many places of the output, with the sums that belong there or at stride 1."""
    found = np.zeros_like(sums)
    some = np.s_[::stride, ::stride]
    found[some] = (sums if all_sums is None else all_sums[: len(sums), : len(sums[0])])[some]
    return found


def _windows(image: Numbers, side: int, stride: int) -> Numbers:
    """Lay windows over an image: (row of windows, column of windows, row, column)."""
    return sliding_window_view(image, (side, side))[::stride, ::stride]


def _kept_size(received: Any, image: Numbers, *_: Any) -> str:
    if is_numeric(received) and np.shape(received) == image.shape:
        return "The output has the size of the image, but the kernel must stay inside the image."
    return ""


check_convolve = Check(
    "convolve(image, kernel, stride)",
    _CONVOLVE,
    _convolve_slips,
    part="with stride 1",
    explain=_kept_size,
)
check_convolve_strides = check_convolve.then("with longer steps", cases=_CONVOLVE_STRIDES)

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
    count = partial(_count, input_shape, layers)
    return [
        *lazy((), [case[-1] for case in (*_WHOLE_NETWORKS, *_CONVOLUTIONS_ALONE)]),
        (_FLAT, count("flat kernel"), count("first depth")),
        ("You forgot the biases: each filter and each neuron has one.", count("no biases")),
        ("You forgot the biases of the filters.", count("no filter biases")),
        ("You forgot the biases of the dense layers.", count("no neuron biases")),
        ("Pooling learns nothing: it has no parameters.", count("pool learns")),
        ("Pooling leaves the channels as they are.", count("pool channels")),
        ("Pooling makes the maps smaller, so fewer numbers leave Flatten.", count("no pool")),
        ("You rounded up in pooling, but a window that is not complete is dropped.",
         count("round up")),
        ("'valid' does not keep the size: the kernel must stay inside the image.",
         count("valid keeps")),
        ("'same' keeps the size.", count("same shrinks")),
        ("Each convolution made the maps one pixel too small. In how many places does a kernel fit "
         "along a side?", count("a pixel too small")),
        ("Each dense layer was counted as if it came next to Flatten. Its inputs are what the "
         "layer before it gives.", count("dense side by side")),
        ("Flatten gives rows × columns × channels. You forgot the channels.", count("flat maps")),
        ("Flatten gives rows × columns × channels. You counted the channels alone.",
         count("flat channels")),
        ("A filter has the same weights at every position, so they count once. How many rows and "
         "columns the picture has does not matter to a convolution.",
         count("weights at every position"), count("weights and biases at every position")),
        ("A picture need not be square: follow its rows and its columns, each by itself.",
         count("rows for columns"), count("columns for rows")),
        ("A dense layer has more than one bias: each of its neurons has its own.",
         count("one bias a dense layer")),
        ("A convolution has more than one bias: each of its filters has its own.",
         count("one bias a convolution")),
        ("Each layer was given a single bias. Each filter and each neuron has its own.",
         count("one bias a layer")),
        ("A filter gives one map, however many channels it looks at: it adds up over all of them. "
         "So a convolution gives as many channels as it has filters.", count("a map a channel")),
        ("Flatten learns nothing: it has no parameters.", count("flatten learns")),
    ]  # fmt: skip


def _count(input_shape: Sequence[int], layers: Sequence[tuple[Any, ...]], slip: str) -> int:
    """Count a network's parameters, with one slip."""
    rows, columns, channels = input_shape
    rows, columns = {
        "rows for columns": (rows, rows), "columns for rows": (columns, columns)
    }.get(slip, (rows, columns))  # fmt: skip
    total = 0
    for kind, *numbers in layers:
        if kind == "conv":
            filters, side, padding = numbers
            depth = {"first depth": input_shape[2], "flat kernel": 1}.get(slip, channels)
            biased = slip not in ("no biases", "no filter biases")
            weights, biases = side * side * depth * filters, filters * biased
            if slip in ("one bias a convolution", "one bias a layer"):
                biases = 1
            shrinks = slip != "valid keeps" if padding == "valid" else slip == "same shrinks"
            lost = side if slip == "a pixel too small" else side - 1
            rows, columns = (n - lost * shrinks for n in (rows, columns))
            places = rows * columns if slip.endswith("at every position") else 1
            total += weights * places + biases * (places if slip.startswith("weights and") else 1)
            channels = filters * channels if slip == "a map a channel" else filters
        elif kind == "pool" and slip != "no pool":
            total += numbers[0] ** 2 * channels * (slip == "pool learns")
            up = (numbers[0] - 1) * (slip == "round up")
            rows, columns = ((n + up) // numbers[0] for n in (rows, columns))
            channels = channels // numbers[0] if slip == "pool channels" else channels
        elif kind == "flatten":
            sizes = {"flat maps": rows * columns, "flat channels": channels}
            channels = sizes.get(slip, rows * columns * channels)
            total += channels * (slip == "flatten learns")
        elif kind == "dense":
            biased = slip not in ("no biases", "no neuron biases")
            single = slip in ("one bias a dense layer", "one bias a layer")
            total += channels * numbers[0] + (1 if single else numbers[0] * biased)
            channels = channels if slip == "dense side by side" else numbers[0]
    return total


check_network_parameters_convolutions = Check(
    "network_parameters(input_shape, layers)",
    _CONVOLUTIONS_ALONE,
    _network_slips,
    part="without dense layers",
    tolerance=EXACT,
)
check_network_parameters_whole = check_network_parameters_convolutions.then(
    "whole networks", cases=_WHOLE_NETWORKS
)

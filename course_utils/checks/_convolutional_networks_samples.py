"""The visible cases of the exercises on convolutional networks: arguments and results."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

#: Side, kernel size, stride, padding, output side.
OUTPUT_SIZE: list[Case] = [
    (28, 5, 2, "valid", 12),
    (28, 3, 1, "valid", 26),
    (28, 5, 3, "same", 10),
    (9, 3, 4, "same", 3),
    (16, 4, 3, "valid", 5),
]
#: Image, kernel, stride, output.
CONVOLVE: list[Case] = [
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
CONVOLVE_STRIDES: list[Case] = [
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
    ),
]
#: Kernel size, channels, filters, parameters.
CONVOLUTION_PARAMETERS: list[Case] = [
    (3, 32, 64, 18_496),
    (3, 1, 32, 320),
    (5, 3, 8, 608),
]
#: Image, size of the window, output.
MAX_POOL: list[Case] = [
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
    ),
]
_ONE_BLOCK = [("conv", 32, 3, "valid"), ("pool", 2), ("flatten",), ("dense", 100), ("dense", 10)]
#: Input shape, layers, parameters: convolution and pooling alone.
CONVOLUTIONS_ALONE: list[Case] = [
    ((28, 28, 1), [("conv", 32, 3, "same"), ("pool", 2), ("conv", 64, 3, "same")], 18_816),
]
#: Input shape, layers, parameters: to the last dense layer.
WHOLE_NETWORKS: list[Case] = [
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

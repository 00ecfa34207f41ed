"""The visible cases of the exercises on normalisation: arguments and the results they ask for."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

UNROLL: list[Case] = [
    (
        np.array([[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]], np.uint8),
        np.array([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]),
    )
]
TO_UNIT: list[Case] = [
    (np.array([[[0, 51], [102, 255]]], np.uint8), np.array([[[0.0, 0.2], [0.4, 1.0]]])),
    (np.array([[[51, 102, 153]]], np.uint8), np.array([[[0.2, 0.4, 0.6]]])),
]
#: Images, mean, std. The squares of 100 do not fit into uint8.
FIT_SCALER: list[Case] = [
    (
        np.array([[[0, 100, 100], [0, 0, 100]], [[100, 0, 0], [100, 100, 0]]], np.uint8),
        50.0,
        50.0,
    ),
    (np.array([[[3, 5, 10]], [[20, 40, 61]]], np.uint8), 23.166666666666668, 20.95564098014873),
    (np.array([[[10, 30]]], np.uint8), 20.0, 10.0),
]
STANDARDISE: list[Case] = [
    (
        np.array([[[0, 100], [200, 50]]], np.uint8),
        100.0,
        50.0,
        np.array([[[-2.0, 0.0], [2.0, -1.0]]]),
    ),
    (np.array([[[7, 7, 7]]], np.uint8), 7.0, 0.0, np.array([[[0.0, 0.0, 0.0]]])),
]
PREPARE: list[Case] = [
    (
        np.array([[[0, 100], [100, 0]]], np.uint8),
        np.array([[[50, 150], [150, 100]]], np.uint8),
        np.array([[[-1.0, 1.0], [1.0, -1.0]]]),
        np.array([[[0.0, 2.0], [2.0, 1.0]]]),
    ),
    (  # training pixels that are all alike
        np.array([[[9, 9]]], np.uint8),
        np.array([[[9, 9]], [[9, 9]]], np.uint8),
        np.array([[[0.0, 0.0]]]),
        np.array([[[0.0, 0.0]], [[0.0, 0.0]]]),
    ),
]
UNDO: list[Case] = [
    (
        np.array([[[-2.0, 0.0], [2.0, -1.0]]], np.float32),
        100.0,
        50.0,
        np.array([[[0, 100], [200, 50]]], np.uint8),
    ),
    (np.array([[[-0.51, 0.99]]], np.float32), 50.0, 10.0, np.array([[[45, 60]]], np.uint8)),
]

"""The visible cases of the exercises on training: arguments and the results they ask for."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

#: Weights, slopes, learning rate, new weights.
GRADIENT_STEP: list[Case] = [
    (np.array([1.0, -2.0, 0.5]), np.array([0.5, -4.0, 2.0]), 0.1, np.array([0.95, -1.6, 0.3])),
    (
        np.array([[2.0, 0.0], [-1.0, 3.0]]),
        np.array([[10.0, -20.0], [0.0, 4.0]]),
        0.05,
        np.array([[1.5, 1.0], [-1.0, 2.8]]),
    ),
]
#: Number of images, batch size, epochs, updates.
COUNT_UPDATES: list[Case] = [(100, 32, 5, 20), (10, 64, 2, 2), (60_000, 32, 3, 5_625)]
_ROWS = np.array([[10, 11], [20, 21], [30, 31], [40, 41], [50, 51]])
_LABELS = np.array([7, 3, 9, 1, 4])
#: Images, labels, batch size, order, batches.
MAKE_BATCHES: list[Case] = [
    (
        _ROWS,
        _LABELS,
        2,
        np.array([3, 0, 4, 2, 1]),
        [
            (np.array([[40, 41], [10, 11]]), np.array([1, 7])),
            (np.array([[50, 51], [30, 31]]), np.array([4, 9])),
            (np.array([[20, 21]]), np.array([3])),
        ],
    ),
    (
        _ROWS[:4],
        _LABELS[:4],
        2,
        np.array([1, 2, 3, 0]),
        [
            (np.array([[20, 21], [30, 31]]), np.array([3, 9])),
            (np.array([[40, 41], [10, 11]]), np.array([1, 7])),
        ],
    ),
]
#: Inputs, labels, weights, biases, learning rate, new weights, new biases.
TRAIN_STEP: list[Case] = [
    (
        np.array([[1.0, 2.0], [-1.0, 0.5], [0.5, -1.0]]),
        np.array([2, 0, 2]),
        np.array([[0.5, -1.0, 0.2], [1.0, 0.0, -0.5]]),
        np.array([0.1, -0.2, 0.3]),
        0.5,
        np.array([[0.20863193, -0.92689451, 0.41826258], [0.77409588, -0.02743899, -0.24665689]]),
        np.array([0.04156629, -0.31578377, 0.47421748]),
    ),
    (
        np.array([[1.0, 2.0]]),
        np.array([3]),
        np.zeros((2, 4)),
        np.zeros(4),
        0.4,
        np.array([[-0.1, -0.1, -0.1, 0.3], [-0.2, -0.2, -0.2, 0.6]]),
        np.array([-0.1, -0.1, -0.1, 0.3]),
    ),
]
#: Validation losses, patience, best epoch, last epoch.
EARLY_STOP: list[Case] = [
    ([0.9, 0.7, 0.6, 0.65, 0.62, 0.68, 0.5, 0.8], 3, 3, 6),
    ([1.0, 0.8, 0.85, 0.7, 0.75, 0.72, 0.71, 0.9, 0.95], 3, 4, 7),
    ([0.9, 0.8, 0.7, 0.75], 5, 3, 4),
    ([0.8, 0.6, 0.6, 0.6, 0.5], 2, 2, 4),
]
#: Training losses, validation losses, diagnosis.
DIAGNOSE: list[Case] = [
    ([1.0, 0.7, 0.5, 0.4], [0.9, 0.7, 0.62, 0.58], "learning"),
    ([1.0, 0.5, 0.2, 0.05], [0.9, 0.6, 0.7, 0.85], "overfitting"),
    ([2.3, 2.31, 2.29], [2.3, 2.33, 2.31], "not learning"),
    ([2.3, 5.0, 9.0], [2.2, 6.0, 11.0], "not learning"),
    ([1.0, 0.6, 0.4, 0.3], [0.9, 0.6, 0.58, 0.6], "learning"),
    ([0.9, 0.3, 0.1, 0.05], [0.9, 0.5, 0.8, 0.65], "overfitting"),
    ([0.3, 0.05, 0.01], [0.1, 0.05, 0.06], "overfitting"),
    ([1.0, 0.4, 0.1], [0.8, 0.6, 0.95], "overfitting"),
]

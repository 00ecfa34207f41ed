"""The visible cases of the exercises on evaluation: arguments and the results they ask for."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

#: Probabilities, labels, accuracy.
ACCURACY: list[Case] = [
    (
        np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.5, 0.3], [0.25, 0.3, 0.45]]),
        np.array([0, 1, 2, 2]),
        0.75,
    ),
    (
        np.array([[0.9, 0.1], [0.8, 0.2], [0.4, 0.6], [0.3, 0.7], [0.55, 0.45]]),
        np.array([1, 0, 0, 1, 1]),
        0.4,
    ),
]
#: Labels, predictions, number of classes, matrix. No image belongs to class 3.
CONFUSION: list[Case] = [
    (
        np.array([0, 0, 0, 1, 1, 2, 2, 2]),
        np.array([0, 0, 1, 1, 1, 0, 2, 0]),
        4,
        np.array([[2, 1, 0, 0], [0, 2, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]]),
    ),
]
#: Matrix, precision, recall.
PRECISION_AND_RECALL: list[Case] = [
    (
        np.array([[6, 2, 0], [1, 3, 0], [3, 1, 0]]),
        np.array([0.6, 0.5, np.nan]),
        np.array([0.75, 0.75, 0.0]),
    ),
    (
        np.array([[4, 0, 1], [2, 2, 1], [0, 0, 0]]),
        np.array([0.66666667, 1.0, 0.0]),
        np.array([0.8, 0.4, np.nan]),
    ),
]
_SIX = np.array(
    [
        [0.90, 0.05, 0.05],
        [0.19, 0.80, 0.01],
        [0.30, 0.30, 0.40],
        [0.55, 0.25, 0.20],
        [0.05, 0.00, 0.95],
        [0.02, 0.60, 0.38],
    ]
)
#: Probabilities, labels, how many, places of the mistakes.
MISTAKES: list[Case] = [
    (_SIX, np.array([0, 0, 2, 1, 0, 0]), 3, np.array([4, 1, 5])),
    (_SIX[:4], np.array([0, 0, 2, 1]), 3, np.array([1, 3])),
]
_FIVE = np.array(
    [[0.9, 0.05, 0.05], [0.8, 0.1, 0.1], [0.15, 0.75, 0.1], [0.2, 0.7, 0.1], [0.55, 0.25, 0.2]]
)
#: Probabilities, labels, threshold, coverage, accuracy of the answered.
COVERAGE: list[Case] = [
    (_FIVE, np.array([0, 1, 1, 0, 0]), 0.7, 0.8, 0.5),
    (_FIVE, np.array([0, 1, 1, 0, 0]), 0.95, 0.0, np.nan),
]
#: Accuracy and number of images of two networks, standard errors apart.
APART: list[Case] = [
    (0.88, 10_000, 0.87, 10_000, 2.13833),
    (0.6, 100, 0.75, 400, 2.80056),
]

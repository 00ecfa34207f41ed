"""The visible cases of the exercises on activations: arguments and the results they ask for."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

RELU: list[Case] = [
    (np.array([-2.0, -0.5, 0.0, 0.5, 3.0]), np.array([0.0, 0.0, 0.0, 0.5, 3.0])),
    (np.array([[-4, 7], [2, -9]]), np.array([[0, 7], [2, 0]])),
]
SIGMOID: list[Case] = [
    (
        np.array([-2.0, 0.0, 0.5, 2.0]),
        np.array([0.11920292, 0.5, 0.62245933, 0.88079708]),
    ),
    (np.array([[-1000.0, 1000.0], [1.0, -1.0]]), np.array([[0.0, 1.0], [0.73105858, 0.26894142]])),
]
#: Inputs, outputs, slopes.
SLOPES: list[Case] = [
    (np.array([0.0, 2.0, 3.0]), np.array([2.0, 8.0, 4.0]), np.array([3.0, -4.0])),
    (
        np.array([-2.0, -1.5, 0.0, 0.5, 1.0]),
        np.array([0.0, 0.0, 0.0, 0.5, 1.0]),
        np.array([0.0, 0.0, 1.0, 1.0]),
    ),
]
#: Inputs, hidden weights, hidden biases, output weights, outputs. The last network is XOR.
BENT_NETWORK: list[Case] = [
    (
        np.array([[1.0, 2.0], [-3.0, 1.0]]),
        np.array([[1.0, -1.0, 0.5], [2.0, 1.0, -1.0]]),
        np.array([-1.0, 0.5, 3.0]),
        np.array([2.0, 1.0, -3.0]),
        np.array([5.0, 3.0]),
    ),
    (
        np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]),
        np.array([[1.0, 1.0], [1.0, 1.0]]),
        np.array([0.0, -1.0]),
        np.array([1.0, -2.0]),
        np.array([0.0, 1.0, 1.0, 0.0]),
    ),
]
SOFTMAX: list[Case] = [
    (
        np.array([[-1.0, -3.0, 2.0, 0.5]]),
        np.array([[0.03890663, 0.00526544, 0.78146052, 0.17436741]]),
    ),
    (
        np.array([[1.0, 2.0, 0.0], [0.0, 0.0, 0.0]]),
        np.array([[0.24472847, 0.66524096, 0.09003057], [1 / 3, 1 / 3, 1 / 3]]),
    ),
]
SOFTMAX_LARGE: list[Case] = [
    (
        np.array([[1001.0, 1002.0, 1000.0], [-1000.0, -1000.0, -1000.0]]),
        np.array([[0.24472847, 0.66524096, 0.09003057], [1 / 3, 1 / 3, 1 / 3]]),
    ),
]
#: Logits, label, cross-entropy.
CROSS_ENTROPY: list[Case] = [
    (np.array([-1.0, -3.0, 2.0, 0.5]), 0, 3.24659065),
    (np.array([1.0, 2.0, 0.0]), 1, 0.40760596),
    (np.array([1.0, 2.0, 0.0]), 2, 2.40760596),
]
CROSS_ENTROPY_LARGE: list[Case] = [
    (np.array([-2000.0, -2000.0]), 0, 0.69314718),
    (np.array([1000.0, 0.0, -50.0]), 1, 1000.0),
]

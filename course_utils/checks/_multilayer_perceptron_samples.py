"""The visible cases of the exercises on the multilayer perceptron: arguments and results."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

#: Inputs, weights, bias, sum.
WEIGHTED_SUM: list[Case] = [
    (np.array([2.0, 1.0, 3.0]), np.array([4.0, -1.0, 0.5]), -2.0, 6.5),
    (np.array([1.0, 2.0]), np.array([0.5, -3.0]), 1.5, -4.0),
]
#: Inputs, weights, biases, outputs.
DENSE: list[Case] = [
    (
        np.array([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0]]),
        np.array([[1.0, 0.0, 2.0, -1.0], [0.0, 1.0, 1.0, 3.0], [-1.0, 2.0, 0.0, 1.0]]),
        np.array([0.5, -1.0, 0.25, 4.0]),
        np.array([[-1.5, 7.0, 4.25, 12.0], [1.5, -2.0, 1.25, 6.0]]),
    ),
    (  # as many neurons as inputs: a transposed table of weights would fit as well
        np.array([[2.0, 5.0]]),
        np.array([[1.0, 4.0], [-1.0, 3.0]]),
        np.array([0.5, 0.25]),
        np.array([[-2.5, 23.25]]),
    ),
]
#: Sizes, parameters.
COUNT_PARAMETERS: list[Case] = [
    ([5, 2, 3, 4], 37),
    ([2, 2, 2], 12),
    ([6, 3], 21),
]
#: Weights and biases of the first layer and of the second, then those of the merged one.
MERGE_LAYERS: list[Case] = [
    (
        np.array([[1.0, 2.0, 0.0], [0.0, 1.0, -1.0]]),
        np.array([1.0, 0.5, -2.0]),
        np.array([[1.0, 3.0], [2.0, 0.0], [1.0, -1.0]]),
        np.array([0.25, 4.0]),
        np.array([[5.0, 3.0], [1.0, 1.0]]),
        np.array([0.25, 9.0]),
    ),
    (  # both tables square: they fit in either order
        np.array([[1.0, 1.0], [0.0, 2.0]]),
        np.array([3.0, -1.0]),
        np.array([[2.0, 0.0], [1.0, 1.0]]),
        np.array([0.5, 0.25]),
        np.array([[3.0, 1.0], [2.0, 2.0]]),
        np.array([5.5, -0.75]),
    ),
]
#: Inputs, layers, outputs.
FORWARD: list[Case] = [
    (
        np.array([[1.0, 2.0], [-1.0, 0.5]]),
        [
            (np.array([[1.0, 2.0, 2.0], [0.0, 2.0, 2.0]]), np.array([1.5, -1.5, 0.0])),
            (np.array([[1.0, -1.0], [-1.0, 1.0], [2.0, 0.0]]), np.array([-1.0, 0.5])),
            (np.array([[2.0, -1.0], [0.0, -1.0]]), np.array([1.5, -1.5])),
        ],
        np.array([[19.5, -13.0], [1.5, -1.5]]),
    ),
    (  # a single layer is the last one
        np.array([[1.0, -2.0, 0.5]]),
        [(np.array([[1.0, 0.0], [1.0, 2.0], [2.0, 0.0]]), np.array([-1.0, 1.0]))],
        np.array([[-1.0, -3.0]]),
    ),
    (
        np.array([[2.0]]),
        [
            (np.array([[1.0, -1.0]]), np.array([0.0, 1.0])),
            (np.array([[3.0], [4.0]]), np.array([-1.0])),
        ],
        np.array([[5.0]]),
    ),
]

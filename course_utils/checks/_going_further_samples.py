"""Visible samples of the exercises on going further, with literal expected values."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

#: batch, gamma, beta, epsilon, expected
NORMALISE_BATCH: list[Case] = [
    (
        np.array([[1.0, 3.0], [4.0, 0.0], [7.0, 3.0]]),
        np.array([2.0, 3.0]),
        np.array([1.0, 0.5]),
        0.25,
        np.array([[-1.4, 2.5], [1.0, -3.5], [3.4, 2.5]]),
    ),
    (
        np.array([[2.0, 5.0, -1.0], [4.0, 5.0, 3.0]]),
        np.array([1.0, 1.0, 2.0]),
        np.array([0.0, 4.0, -1.0]),
        0.5,
        np.array([[-0.8164966, 4.0, -2.8856181], [0.8164966, 4.0, 0.8856181]]),
    ),
]

#: batch, training_batches, momentum, epsilon, expected
NORMALISE_AT_PREDICTION: list[Case] = [
    (
        np.array([[5.0, 1.0], [3.0, -2.0]]),
        np.array([[[2.0, 0.0], [6.0, 4.0]], [[1.0, 3.0], [7.0, 1.0]], [[0.0, 2.0], [4.0, 8.0]]]),
        0.75,
        0.25,
        np.array([[1.60954573, -0.47293785], [0.59963468, -2.03852523]]),
    ),
    (
        np.array([[8.0]]),
        np.array([[[1.0], [4.0], [7.0]], [[2.0], [2.0], [8.0]]]),
        0.5,
        0.5,
        np.array([[2.0]]),
    ),
]

_PICTURE = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], np.uint8)

#: image, down, right, expected
SHIFT_IMAGE: list[Case] = [
    (_PICTURE, 1, 2, np.array([[0, 0, 0, 0], [0, 0, 1, 2], [0, 0, 5, 6]])),
    (_PICTURE, -2, -1, np.array([[10, 11, 12, 0], [0, 0, 0, 0], [0, 0, 0, 0]])),
    (_PICTURE, 1, -1, np.array([[0, 0, 0, 0], [2, 3, 4, 0], [6, 7, 8, 0]])),
]

SHIFT_PAST_THE_EDGE: list[Case] = [
    (_PICTURE, 0, 1, np.array([[0, 1, 2, 3], [0, 5, 6, 7], [0, 9, 10, 11]])),
    (_PICTURE, -1, 0, np.array([[5, 6, 7, 8], [9, 10, 11, 12], [0, 0, 0, 0]])),
    (_PICTURE, 0, 0, _PICTURE.astype(int)),
    (_PICTURE, 4, 1, np.zeros((3, 4), int)),
    (_PICTURE, -1, -6, np.zeros((3, 4), int)),
]

#: step, n_steps, peak, warmup_steps, expected
COSINE_RATE: list[Case] = [
    (50, 200, 0.4, 0, 0.341421356),
    (0, 200, 0.4, 0, 0.4),
    (100, 200, 0.4, 0, 0.2),
    (200, 200, 0.4, 0, 0.0),
]

COSINE_WARM_UP: list[Case] = [
    (10, 200, 0.4, 40, 0.1),
    (0, 200, 0.4, 40, 0.0),
    (40, 200, 0.4, 40, 0.4),
    (80, 200, 0.4, 40, 0.341421356),
    (120, 200, 0.4, 40, 0.2),
]

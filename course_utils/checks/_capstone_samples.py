"""Literal samples of the capstone's exercises, with the results that are to be expected."""

from typing import Any

import numpy as np

Case = tuple[Any, ...]

# train_labels, validation_labels, expected. No class is as frequent as another.
BASELINE: list[Case] = [
    (np.array([3, 3, 0, 3, 1, 0, 3]), np.array([0, 0, 3, 1, 3, 0, 0, 1, 1]), 2 / 9),
    (np.array([1, 1, 1, 4, 4]), np.array([4, 1, 1, 1, 4]), 0.6),
]


def experiment(
    number: int,
    validation_accuracy: float,
    parameters: int = 60_000,
    cpu_seconds: float = 100.0,
    **others: float,
) -> dict[str, Any]:
    """Write a row as a log has it, for samples."""
    return {
        "kind": "experiment",
        "number": number,
        "settings": {"widths": [8 * number]},
        "seed": 0,
        "validation_accuracy": validation_accuracy,
        "parameters": parameters,
        "cpu_seconds": cpu_seconds,
        **others,
    }


# rows, max_parameters, max_cpu_seconds, expected number.
CHOICE: list[Case] = [
    (
        [
            experiment(11, 0.871, 55_000, test_accuracy=0.868, training_accuracy=0.880),
            experiment(12, 0.893, 40_000, test_accuracy=0.889, training_accuracy=0.912),
            experiment(13, 0.904, 62_000, test_accuracy=0.897, training_accuracy=0.931),
            experiment(14, 0.898, 58_000, test_accuracy=0.905, training_accuracy=0.922),
            experiment(15, 0.889, 70_000, test_accuracy=0.886, training_accuracy=0.988),
            experiment(16, 0.904, 95_000, test_accuracy=0.896, training_accuracy=0.925),
            experiment(17, 0.842, 52_000, test_accuracy=0.840, training_accuracy=0.850),
            experiment(18, 0.897, 99_000, test_accuracy=0.893, training_accuracy=0.915),
            experiment(19, 0.896, 61_000, test_accuracy=0.892, training_accuracy=0.914),
        ],
        120_000,
        360,
        13,
    )
]
BUDGET: list[Case] = [
    (
        [
            experiment(21, 0.880, 50_000, 90.0),
            experiment(22, 0.931, 400_000, 800.0),
            experiment(23, 0.922, 90_000, 410.5),
            experiment(24, 0.917, 150_000, 200.0),
            experiment(25, 0.909, 120_000, 360.0),
            experiment(26, 0.902, 80_000, 250.0),
        ],
        120_000,
        360,
        25,
    )
]

_ROWS = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.3, 0.5], [0.25, 0.25, 0.5]])
_SHARPER = _ROWS**3 / (_ROWS**3).sum(axis=1, keepdims=True)
_MOVED, _CANCELS, _NUDGED, _RISEN, _NAN = (_ROWS.copy() for _ in range(5))
_MOVED[2] = [0.1, 0.3, 0.6]
_CANCELS[0] = [0.6, 0.3, 0.1]
_NUDGED[1, 0] += 0.001
_RISEN[0, 0] += 0.1
_NAN[1, 1] = np.nan

# before, after, whether they are the same.
SAME: list[Case] = [
    (_ROWS, _ROWS.copy(), True),
    (_ROWS, _ROWS.astype(np.float32), True),
    (_ROWS, _SHARPER, False),
    (_ROWS, _MOVED, False),
    (_ROWS, _CANCELS, False),
    (_ROWS, _NUDGED, False),
    (_ROWS, _RISEN, False),
    (_RISEN, _ROWS, False),
    (_ROWS, _ROWS[::-1].copy(), False),
    (_ROWS, _ROWS[:3].copy(), False),
    (np.repeat(_ROWS[:1], 3, axis=0), _ROWS[:1].copy(), False),
    (_ROWS, _NAN, False),
    (_ROWS, _ROWS[:, [1, 2, 0]].copy(), False),
]

# matrix (row: true class, column: answer), n, expected rows (true class, answer, share).
FAILURES: list[Case] = [
    (
        np.array([[40, 9, 1], [3, 16, 1], [6, 32, 162]]),
        3,
        [(0, 1, 0.18), (2, 1, 0.16), (1, 0, 0.15)],
    ),
    (np.array([[90, 10, 0], [1, 6, 3], [4, 0, 16]]), 2, [(1, 2, 0.3), (2, 0, 0.2)]),
]

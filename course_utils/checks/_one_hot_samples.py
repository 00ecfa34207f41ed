"""The visible cases of the exercises on one-hot encoding: arguments, and what is expected."""

import numpy as np

ROWS = [(2, 7, [0, 0, 1, 0, 0, 0, 0]), (0, 4, [1, 0, 0, 0]), (1, 3, [0, 1, 0])]
TABLES = [
    (
        np.array([2, 0, 1, 1, 4], np.int64),
        6,
        [
            [0, 0, 1, 0, 0, 0],
            [1, 0, 0, 0, 0, 0],
            [0, 1, 0, 0, 0, 0],
            [0, 1, 0, 0, 0, 0],
            [0, 0, 0, 0, 1, 0],
        ],
    ),
    (np.array([3, 0], np.uint8), 4, [[0, 0, 0, 1], [1, 0, 0, 0]]),
]
DECODINGS = [
    (np.array([[0, 1, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]], np.float32), [1, 3, 0]),
    (
        np.array([[0.1, 0.2, 0.3, 0.4], [0.45, 0.1, 0.05, 0.4], [0.05, 0.6, 0.05, 0.3]]),
        [3, 0, 1],
    ),
]
VERDICTS = [
    (np.array([[0.0, 1, 0], [1, 0, 0]]), True),
    (np.array([[0.0, 1, 0], [0, 1, 0], [0, 0, 1]]), True),
    (np.array([[0.0, 1, 0], [0.25, 0.5, 0.25]]), False),
    (np.array([[0.25, 0.5, 0.25], [0, 0, 1.0]]), False),
    (np.array([[0.0, 0, 1], [1, 1, 0]]), False),
    (np.array([[1.0, 1, 0], [0, 0, 0]]), False),
    (np.array([[0.0, 1, 0], [0, 0, 0]]), False),
    (np.array([[0.0, 2, 0], [1, 0, 0]]), False),
    (np.array([[1.0, 0.5, 0], [0, 1, 0]]), False),
    (np.array([[1.0, 0.5, -0.5], [0, 1, 0]]), False),
    (np.array([[1, 0, 0, 0], [0, 0, 0, 1]], np.uint8), True),
]
#: Each slip looks at another place of it: 0, 1, the largest, the one before the label.
_ANSWER = np.array([0.08, 0.15, 0.6, 0.05, 0.12])
INTEGER_LOSSES = [
    (_ANSWER, 4, 2.120263536200091),
    (_ANSWER, 2, 0.5108256237659907),
    (_ANSWER, np.uint8(1), 1.8971199848858813),
]
ROW_LOSSES = [
    (_ANSWER, np.array([0, 0, 0, 0, 1], np.float32), 2.120263536200091),
    (_ANSWER, np.array([0, 0, 1, 0, 0], np.float32), 0.5108256237659907),
    (_ANSWER, np.array([0, 1, 0, 0, 0], np.int64), 1.8971199848858813),
]

"""Wrong calls of preprocessing."""

import numpy as np

from course_utils import preprocessing
from wrong_calls.rows import IMAGES, LABELS, Row, labels, mistyped, raw_images, row, whole_number

ROWS: list[Row] = [
    *raw_images(preprocessing.fit_standardizer),
    *raw_images(preprocessing.scale_to_unit),
    *raw_images(preprocessing.Standardizer(0.0, 1.0).transform),
    row(preprocessing.fit_standardizer, IMAGES[:0], expected="must hold pixels", got="(0, 4, 4)"),
    row(preprocessing.unroll, IMAGES[0], expected="(n, height, width)", got="got uint8 (4, 4)"),
    row(
        preprocessing.unroll,
        np.full((1, 2, 2), "a"),
        expected="numbers of shape (n, height, width)",
        got="got <U1 (1, 2, 2)",
    ),
    mistyped(preprocessing.unroll, None, expected="NumPy array", got="got NoneType"),
    *labels(preprocessing.one_hot, after=(3,)),
    *whole_number(
        lambda **n: preprocessing.one_hot(LABELS, **n), "n_classes", "of at least 1", outside=0
    ),
    row(preprocessing.one_hot, LABELS, 2, expected="between 0 and 1", got="got labels[2] = 2"),
    row(preprocessing.Standardizer, np.nan, 1.0, expected="from 0 to 255", got="got nan"),
    row(preprocessing.Standardizer, 0.0, -1.0, expected="from 0 to 127.5", got="got -1.0"),
    mistyped(preprocessing.Standardizer, None, 1.0, expected="`mean` must be", got="got None"),
]

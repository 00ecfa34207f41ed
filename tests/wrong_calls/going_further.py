"""Wrong calls of the explorers on going further."""

from typing import Any

import numpy as np

from course_utils import explorers
from wrong_calls.rows import IMAGES, NAMES, RAGGED, SCALED, Row, row, whole_number


def augment_three(**numbers: Any) -> Any:
    return explorers.explore_augmentation(IMAGES, NAMES, **numbers)


ROWS: list[Row] = [
    row(
        explorers.explore_augmentation,
        SCALED,
        NAMES,
        expected="`images` must be 2 to 20 uint8 images",
        got="got float32 (3, 4, 4)",
    ),
    row(
        explorers.explore_augmentation,
        IMAGES[0],
        NAMES,
        expected="of shape (n, height, width)",
        got="got uint8 (4, 4)",
    ),
    row(explorers.explore_augmentation, None, NAMES, expected="uint8 images", got="got object ()"),
    row(explorers.explore_augmentation, IMAGES[:1], ["a"], expected="2 to 20", got="(1, 4, 4)"),
    row(explorers.explore_augmentation, RAGGED, NAMES, expected="equal lengths", got="different"),
    row(
        explorers.explore_augmentation,
        np.zeros((2, 99, 1), np.uint8),
        ["a", "b"],
        expected="2 to 64 pixels high and wide",
        got="got 99 × 1",
    ),
    row(explorers.explore_augmentation, IMAGES, ["a"], expected="a list of 3 names", got="got 1"),
    row(
        explorers.explore_augmentation,
        IMAGES,
        "abc",
        error=TypeError,
        expected="a list of 3 names",
        got="got 'abc'",
    ),
    *whole_number(augment_three, "image", "from 0 to 2", outside=3),
    *whole_number(augment_three, "down", "from -8 to 8", outside=9),
    *whole_number(augment_three, "right", "from -8 to 8", outside=-9),
    *whole_number(augment_three, "degrees", "from 0 to 345", outside=360),
    *whole_number(augment_three, "zoom", "from 60 to 140", outside=0),
    row(augment_three, mirrored=1, error=TypeError, expected="True or False", got="got 1"),
    row(explorers.explore_schedule, "linear", expected="one of 'constant'", got="got 'linear'"),
    row(explorers.explore_schedule, None, expected="one of 'constant'", got="got None"),
    row(explorers.explore_schedule, base_rate=0.5, expected="one of 0.0001", got="got 0.5"),
    *whole_number(explorers.explore_schedule, "warm_up", "from 0 to 50", outside=51),
    *whole_number(explorers.explore_schedule, "step", "from 0 to 1000", outside=1001),
]

"""Wrong calls of explorers."""

from typing import Any

import numpy as np

from course_utils import explorers
from wrong_calls.rows import (
    IMAGES,
    LABELS,
    NAMES,
    RAGGED,
    SCALED,
    Row,
    a_path,
    class_names,
    labels,
    row,
    whole_number,
)


def explore_three(**numbers: Any) -> Any:
    return explorers.explore_images(IMAGES, LABELS, NAMES, **numbers)


def split_three(**numbers: Any) -> Any:
    return explorers.explore_split(LABELS, NAMES, **numbers)


def scale_two(**numbers: Any) -> Any:
    return explorers.explore_scaling(np.array([0, 9], np.uint8), **numbers)


ROWS: list[Row] = [
    row(
        explorers.explore_images,
        SCALED,
        LABELS,
        expected="uint8 images of shape (n, height, width)",
        got="got float32 (3, 4, 4)",
    ),
    row(
        explorers.explore_images,
        IMAGES[0],
        LABELS,
        expected="uint8 images of shape (n, height, width)",
        got="got uint8 (4, 4)",
    ),
    row(explorers.explore_images, None, LABELS, expected="uint8 images", got="got object ()"),
    row(explorers.explore_images, IMAGES[:0], LABELS, expected="two uint8", got="uint8 (0, 4, 4)"),
    row(explorers.explore_images, RAGGED, LABELS, expected="equal lengths", got="different"),
    row(explorers.explore_images, IMAGES, [0], expected="each of the 3 images", got="got 1"),
    row(explorers.explore_images, IMAGES, LABELS - 1, expected="between 0 and 255", got="got -1"),
    *labels(explorers.explore_images, IMAGES),
    *class_names(explorers.explore_images, IMAGES, LABELS),
    *whole_number(explore_three, "image", "from 0 to 2", outside=3),
    row(explore_three, row=4, expected="`row` must be a whole number from 0 to 3", got="got 4"),
    row(explore_three, column=-1, expected="`column` must be a whole number", got="got -1"),
    *labels(explorers.explore_split),
    *class_names(explorers.explore_split, LABELS),
    row(explorers.explore_split, LABELS[:1], expected="at least two", got="got 1"),
    row(explorers.explore_split, [0, 40], expected="between 0 and 11", got="got 0 to 40"),
    row(explorers.explore_split, LABELS, ["x"] * 13, expected="12 at most", got="got 13"),
    *whole_number(split_three, "percent", "from 1 to 50", outside=51),
    *whole_number(split_three, "seed", "from 0 to 99", outside=-1),
    row(split_three, stratified="yes", error=TypeError, expected="True or False", got="got 'yes'"),
    row(explorers.explore_scaling, SCALED, expected="a uint8 array", got="got float32"),
    row(explorers.explore_scaling, [[0, 9]], expected="a uint8 array", got="got list"),
    row(explorers.explore_scaling, None, expected="a uint8 array", got="got NoneType"),
    row(explorers.explore_scaling, IMAGES, expected="two different grey values", got="got 1"),
    row(explorers.explore_scaling, IMAGES[:0], expected="two different grey values", got="got 0"),
    row(scale_two, scaling="unit", expected="one of 'raw', '/ 255'", got="got 'unit'"),
    row(scale_two, fitted_on=None, expected="one of 'training images'", got="got None"),
    *whole_number(scale_two, "brightness", "from -100 to 100", outside=101),
    *whole_number(scale_two, "contrast", "from 20 to 180", outside=0),
    row(explorers.explore_activation, "relu", expected="one of 'ReLU'", got="got 'relu'"),
    row(explorers.explore_activation, pixel=2, expected="from 0.0 to 1.0", got="got 2"),
    row(explorers.explore_activation, weight=np.nan, expected="a number", got="got nan"),
    row(explorers.explore_activation, bias="1", error=TypeError, expected="number", got="got '1'"),
    *whole_number(explorers.explore_bends, "n_relus", "from 0 to 12", outside=13),
    row(explorers.explore_bends, target="line", expected="one of 'wave'", got="got 'line'"),
    row(explorers.explore_bends, bent=1, error=TypeError, expected="True or False", got="got 1"),
    row(explorers.explore_softmax, cat=6, expected="from -5.0 to 5.0", got="got 6"),
    row(explorers.explore_softmax, temperature=0, expected="from 0.25 to 4.0", got="got 0"),
    row(explorers.explore_softmax, true_class=1, expected="one of 'cat'", got="got 1"),
    row(explorers.explore_softmax, twice=2, error=TypeError, expected="True or False", got="got 2"),
    *whole_number(explorers.explore_valley, "steps", "from 0 to 50", outside=51),
    row(explorers.explore_valley, mean=300, expected="from 0 to 255", got="got 300"),
    row(explorers.explore_valley, mean=np.nan, expected="from 0 to 255", got="got nan"),
    row(explorers.explore_valley, mean="a", error=TypeError, expected="a number", got="got 'a'"),
    row(explorers.explore_valley, std=0, expected="above 0 and at most 127.5", got="got 0"),
    row(explorers.explore_valley, learning_rate=0.5, expected="one of 0.0001", got="got 0.5"),
    row(explorers.explore_valley, "unit", expected="one of 'raw'", got="got 'unit'"),
    row(explorers.explore_valley, ["raw"], expected="one of 'raw'", got="got a list"),
    *whole_number(explorers.explore_layers, "hidden_layers", "from 0 to 3", outside=4),
    *whole_number(explorers.explore_layers, "first_units", "from 1 to 512", outside=0),
    *whole_number(explorers.explore_layers, "further_units", "from 1 to 512", outside=513),
    *whole_number(explorers.explore_layers, "inputs", "from 1 to 10000", outside=0),
    *whole_number(explorers.explore_layers, "outputs", "from 1 to 10000", outside=10_001),
    row(explorers.explore_neuron, first_weight=3, expected="from -2 to 2", got="got 3"),
    row(explorers.explore_neuron, second_weight=-3, expected="from -2 to 2", got="got -3"),
    row(explorers.explore_neuron, bias=np.nan, expected="from -4 to 4", got="got nan"),
    row(explorers.explore_neuron, bias="a", error=TypeError, expected="a number", got="got 'a'"),
    row(explorers.explore_neuron, arrangement="line", expected="'two groups'", got="got 'line'"),
    *whole_number(explorers.explore_neuron, "point", "from 1 to 12", outside=13),
    *whole_number(explorers.explore_label_distance, "first", "from 0 to 9", outside=10),
    *whole_number(explorers.explore_label_distance, "second", "from 0 to 9", outside=-1),
    row(
        explorers.explore_label_distance,
        names="ABCDEFGHIJ",
        error=TypeError,
        expected="`names` must be a list of 10 names",
        got="got 'ABCDEFGHIJ'",
    ),
    row(explorers.explore_label_distance, names=NAMES, expected="10 names", got="got 3"),
    *whole_number(explorers.explore_loss_spelling, "dog_percent", "from 2 to 96", outside=97),
    *whole_number(explorers.explore_loss_spelling, "label", "from 0 to 2", outside=3),
    *whole_number(explorers.explore_one_hot, "label", "from -1 to 11", outside=12),
    *whole_number(explorers.explore_one_hot, "n_classes", "from 2 to 12", outside=1),
    *whole_number(explorers.explore_patch, "row", "from 0 to 2", outside=3),
    *whole_number(explorers.explore_patch, "column", "from 0 to 2", outside=-1),
    *whole_number(explorers.explore_patch, "value", "from 0 to 255", outside=256),
    *whole_number(explorers.explore_wraparound, "first", "from 0 to 255", outside=256),
    *whole_number(explorers.explore_wraparound, "second", "from 0 to 255", outside=-1),
    row(explorers.explore_wraparound, 1, 2, "divide", expected="'add'", got="got 'divide'"),
    row(explorers.explore_wraparound, 1, 2, None, expected="'add'", got="got None"),
    row(explorers.predict, 3, expected="must be '<lesson>.<question>'", got="got 3"),
    row(explorers.predict, "wraparound", expected="'<lesson>.<question>'", got="got 'wraparound'"),
    row(explorers.predict, "loading_dta.x", expected="loading_data", got="no lesson 'loading_dta'"),
    row(explorers.predict, "loading_data.x", expected="wraparound", got="no question 'x'"),
    *a_path(explorers.predict, "loading_data.wraparound", name="folder"),
    row(explorers.review_predictions, "loading_dta", expected="loading_data", got="'loading_dta'"),
    row(explorers.review_predictions, None, expected="loading_data", got="no lesson None"),
    *a_path(explorers.review_predictions, "loading_data", name="folder"),
]

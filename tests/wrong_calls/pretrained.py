"""Wrong calls of the trained networks, and of the explorers that run them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils import explorers, pretrained
from wrong_calls.rows import IMAGES, LABELS, RAGGED, Row, row, whole_number

PICTURES = np.zeros((3, 28, 28), np.uint8)


def network_name(function: Callable[..., Any]) -> list[Row]:
    """What everything that looks a network up refuses."""
    expected = '"digits_mlp", "digits_cnn", "clothes_mlp", "clothes_cnn"'
    return [
        row(function, "digit_cnn", expected=expected, got='got "digit_cnn"'),
        row(function, "resnet", expected=expected, got='got "resnet"'),
        row(function, None, error=TypeError, expected=expected, got="got NoneType"),
        row(function, ["digits_cnn"], error=TypeError, expected=expected, got="got list"),
    ]


def draw(**numbers: Any) -> Any:
    return explorers.explore_drawing("mnist", **numbers)


def look_inside(**numbers: Any) -> Any:
    return explorers.explore_feature_maps(PICTURES, **numbers)


MAPS = "`images` must be at least two uint8 images of shape (n, 28, 28)"
PICTURE = "`image` must be one uint8 image of shape (28, 28)"

ROWS: list[Row] = [
    *network_name(pretrained.describe_pretrained),
    *network_name(pretrained.load_weights),
    row(explorers.explore_drawing, "digits", expected="'mnist', 'fashion_mnist'", got="'digits'"),
    row(explorers.explore_drawing, None, expected="'mnist', 'fashion_mnist'", got="got None"),
    row(explorers.explore_drawing, "mnist", PICTURES, expected=PICTURE, got="uint8 (3, 28, 28)"),
    row(explorers.explore_drawing, "mnist", LABELS, expected=PICTURE, got="got int64 (3,)"),
    row(draw, image=RAGGED, expected="rows of equal lengths", got="different lengths"),
    row(draw, image=PICTURES[0] / 255, expected=PICTURE, got="got float64 (28, 28)"),
    row(draw, centred="yes", error=TypeError, expected="True or False", got="got 'yes'"),
    *whole_number(draw, "down", "from -8 to 8", outside=9),
    *whole_number(draw, "right", "from -8 to 8", outside=-9),
    row(explorers.explore_feature_maps, PICTURES / 255, expected=MAPS, got="float64 (3, 28, 28)"),
    row(explorers.explore_feature_maps, IMAGES, expected=MAPS, got="got uint8 (3, 4, 4)"),
    row(explorers.explore_feature_maps, PICTURES[:1], expected=MAPS, got="got uint8 (1, 28, 28)"),
    row(explorers.explore_feature_maps, None, expected=MAPS, got="got object ()"),
    row(explorers.explore_feature_maps, RAGGED, expected="equal lengths", got="different lengths"),
    row(look_inside, network="clothes_mlp", expected="'clothes_cnn'", got="got 'clothes_mlp'"),
    row(look_inside, layer="conv_3", expected="'conv_1', 'pool_1'", got="got 'conv_3'"),
    *whole_number(look_inside, "image", "from 0 to 2", outside=3),
    *whole_number(look_inside, "channel", "from 0 to 15", outside=16),
]

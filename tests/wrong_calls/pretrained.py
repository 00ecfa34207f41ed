"""Wrong calls of the trained networks."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils import pretrained
from wrong_calls.rows import Row, mistyped, row


def network_name(function: Callable[..., Any]) -> list[Row]:
    """What everything that looks a network up refuses."""
    expected = '"digits_mlp", "digits_cnn", "clothes_mlp", "clothes_cnn"'
    return [
        row(function, "digit_cnn", expected=expected, got='got "digit_cnn"'),
        row(function, "resnet", expected=expected, got='got "resnet"'),
        mistyped(function, None, expected=expected, got="got NoneType"),
        mistyped(function, ["digits_cnn"], expected=expected, got="got list"),
    ]


def photos() -> list[Row]:
    """What is no set of colour photos."""
    function, expected = pretrained.prepare_photos, "`photos` must be uint8 (n, height, width, 3)"
    photo = np.zeros((4, 6, 3), np.uint8)
    return [
        row(function, photo, expected=expected, got="got uint8 (4, 6, 3), a single photo"),
        row(function, photo[None] / 255, expected=expected, got="got float64 (4, 6, 3) for one"),
        row(function, photo[..., 0], expected=expected, got="got uint8 (6,) for one"),
        row(function, [photo, photo[..., :2]], expected=expected, got="got uint8 (4, 6, 2)"),
        row(function, [photo[:0]], expected=expected, got="got uint8 (0, 6, 3) for one"),
        row(function, [], expected=expected, got="got none"),
        row(function, photo[None][:0], expected=expected, got="got none"),
        mistyped(function, "cat.jpg", expected=expected, got="got str"),
        mistyped(function, None, expected=expected, got="got NoneType"),
        mistyped(function, ["cat.jpg"], expected=expected, got="got str among them"),
    ]


ROWS: list[Row] = [
    *photos(),
    *network_name(pretrained.describe_pretrained),
    *network_name(pretrained.load_weights),
]

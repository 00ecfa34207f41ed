"""Wrong calls of the trained networks."""

from collections.abc import Callable
from typing import Any

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


ROWS: list[Row] = [
    *network_name(pretrained.describe_pretrained),
    *network_name(pretrained.load_weights),
]

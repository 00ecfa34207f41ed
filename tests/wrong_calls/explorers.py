"""Wrong calls of explorers.

What a slider, a tick box or a choice refuses follows from the explorer's traits; written by hand
are only the rows of arguments that have no control.
"""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import traitlets

from course_utils import explorers
from wrong_calls.rows import (
    IMAGES,
    LABELS,
    NAMES,
    RAGGED,
    SCALED,
    Row,
    class_names,
    labels,
    mistyped,
    name_list,
    row,
    whole_number,
)

SHARES = np.full((3, 2), 0.5)
LOGITS = np.array([[3.0, 0.0], [0.0, 2.0], [1.0, 0.0]])
PICTURES = np.arange(3 * 28 * 28).reshape(3, 28, 28).astype(np.uint8)
#: An example of each argument that an explorer cannot do without.
EXAMPLES = {
    "images": PICTURES,
    "labels": [0, 1, 0],
    "logits": LOGITS,
    "names": NAMES,
    "probabilities": SHARES,
}


def required_by(explore: Callable[..., Any]) -> list[str]:
    """Name the arguments that an explorer cannot do without."""
    parameters = inspect.signature(explore).parameters.values()
    return [parameter.name for parameter in parameters if parameter.default is parameter.empty]


def refused_by_controls(explore: Callable[..., Any]) -> list[Row]:
    """What the controls refuse, of those that can be set when the explorer is opened."""
    required, parameters = required_by(explore), inspect.signature(explore).parameters
    if not set(required) <= EXAMPLES.keys():
        return []  # tests/explorers/test_every_explorer.py says which example is missing
    function = partial(explore, **{name: EXAMPLES[name] for name in required})
    explorer = function()
    rows = []
    for name in explorer.control_names():
        if name in parameters:
            default = parameters[name].default
            rows += refused_by(function, name, explorer.traits()[name], default is None)
    return [(explore, (), {**function.keywords, **given}, *rest) for _, _, given, *rest in rows]


def refused_by(
    function: Callable[..., Any], name: str, trait: traitlets.TraitType, none: bool
) -> list[Row]:
    """What one control refuses; None too, unless it stands for a value that fits."""
    refuse = partial(row, function)
    if isinstance(trait, traitlets.Bool):
        expected = f"`{name}` must be True or False"
        return [
            refuse(error=TypeError, expected=expected, got="got 'yes'", **{name: "yes"}),
            refuse(error=TypeError, expected=expected, got="got 1", **{name: 1}),
        ]
    if isinstance(trait, traitlets.Enum):
        expected = f"`{name}` must be one of {', '.join(map(repr, trait.values))}"
        rows = [
            refuse(expected=expected, got="got 'neither'", **{name: "neither"}),
            refuse(expected=expected, got="got a list", **{name: [trait.default_value]}),
            refuse(expected=expected, got="got None", **{name: None}),
        ]
        return rows[: 2 if none else 3]
    if trait.min is None or trait.max is None:
        return []  # tests/explorers/test_every_explorer.py says that it needs its limits
    span = f"from {trait.min} to {trait.max}"
    if isinstance(trait, traitlets.Int):
        rows = [
            *whole_number(function, name, span, outside=trait.max + 1),
            *whole_number(function, name, span, outside=trait.min - 1)[:1],
        ]
        return [call for call in rows if not none or call[2][name] is not None]
    expected = f"`{name}` must be a number {span}"
    return [
        refuse(expected=expected, got=f"got {trait.max + 1}", **{name: trait.max + 1}),
        refuse(expected=expected, got=f"got {trait.min - 1}", **{name: trait.min - 1}),
        refuse(expected=expected, got="got nan", **{name: np.nan}),
        refuse(error=TypeError, expected=expected, got="got 'a'", **{name: "a"}),
    ]


OPENERS = [getattr(explorers, name) for name in explorers.__all__ if name.startswith("explore_")]
PICTURE = "`image` must be one uint8 image of shape (28, 28)"


def pictures(function: Callable[..., Any], *rest: Any, expected: str) -> list[Row]:
    """What every explorer of several pictures refuses."""
    lengths = "`images` must have rows of equal lengths"
    return [
        row(function, PICTURES / 255, *rest, expected=expected, got="got float64 (3, 28, 28)"),
        row(function, PICTURES[0], *rest, expected=expected, got="got uint8 (28, 28)"),
        row(function, PICTURES[:1], *rest, expected=expected, got="got uint8 (1, 28, 28)"),
        row(function, PICTURES[:0], *rest, expected=expected, got="got uint8 (0, 28, 28)"),
        row(function, None, *rest, expected=expected, got="got object ()"),
        row(function, RAGGED, *rest, expected=lengths, got="got rows of different lengths"),
    ]


def small_picture(function: Callable[..., Any]) -> list[Row]:
    """What every explorer of one small picture refuses."""
    expected = "`image` must be uint8 of shape (height, width), 4 to 28 pixels each"
    return [
        row(function, np.zeros((5, 5)), expected=expected, got="got float64 (5, 5)"),
        row(function, np.zeros((3, 5), np.uint8), expected=expected, got="got uint8 (3, 5)"),
        row(function, np.zeros((29, 5), np.uint8), expected=expected, got="got uint8 (29, 5)"),
        row(function, IMAGES, expected=expected, got="got uint8 (3, 4, 4)"),
    ]


def pixel_by_pixel(function: Callable[..., Any], *rest: Any) -> Row:
    """What every explorer that shows single pixels refuses."""
    expected = "`images` must be 2 to 64 pixels high and wide"
    return row(
        function, np.zeros((3, 99, 1), np.uint8), *rest, expected=expected, got="got 99 × 1. Make"
    )


ROWS: list[Row] = [
    *(call for explore in OPENERS for call in refused_by_controls(explore)),
    *pictures(explorers.explore_images, LABELS, expected="at least two uint8 images of shape (n, "),
    pixel_by_pixel(explorers.explore_images, LABELS),
    *labels(explorers.explore_images, IMAGES),
    row(explorers.explore_images, IMAGES, [0], expected="as many as `images`, 3", got="got 1"),
    row(explorers.explore_images, IMAGES, LABELS - 1, expected="between 0 and 255", got="got -1"),
    *class_names(explorers.explore_images, IMAGES, LABELS),
    *labels(explorers.explore_split),
    *class_names(explorers.explore_split, LABELS),
    row(explorers.explore_split, LABELS[:1], expected="at least two", got="got 1"),
    row(explorers.explore_split, [0, 40], expected="between 0 and 11", got="got 0 to 40"),
    row(explorers.explore_split, [0, -1], expected="between 0 and 11", got="got -1 to 0"),
    row(explorers.explore_split, LABELS, ["x"] * 13, expected="at most 12", got="got 13"),
    row(
        explorers.explore_scaling, SCALED, expected="a uint8 array", got="float32. Pass the images"
    ),
    row(explorers.explore_scaling, [[0, 9]], expected="a uint8 array", got="got list"),
    row(explorers.explore_scaling, None, expected="a uint8 array", got="got NoneType"),
    row(explorers.explore_scaling, IMAGES, expected="two different grey values", got="got 1"),
    row(explorers.explore_scaling, IMAGES[:0], expected="two different grey values", got="got 0"),
    row(explorers.explore_valley, mean=300, expected="from 0 to 255", got="got 300"),
    row(explorers.explore_valley, mean=np.nan, expected="from 0 to 255", got="got nan"),
    mistyped(explorers.explore_valley, mean="a", expected="a number", got="got 'a'"),
    row(explorers.explore_valley, std=0, expected="above 0 and at most 127.5", got="got 0"),
    *name_list(explorers.explore_label_distance, 10, 1, 9),
    row(explorers.explore_layers, inputs=0, expected="from 1 to 10000", got="got 0"),
    row(explorers.explore_layers, outputs=0, expected="from 1 to 10000", got="got 0"),
    *small_picture(explorers.explore_kernel),
    row(explorers.explore_kernel, padding="full", expected="'valid', 'same'", got="got 'full'"),
    *small_picture(explorers.explore_pooling),
    row(explorers.explore_pooling, how="mean", expected="'max', 'average'", got="got 'mean'"),
    *pictures(
        explorers.explore_recolouring, LABELS, expected="at least two uint8 images of shape (n, 28"
    ),
    *labels(explorers.explore_recolouring, PICTURES),
    row(explorers.explore_recolouring, PICTURES, [0], expected="3 images", got="got 1. Cut both"),
    row(explorers.explore_recolouring, PICTURES, [0, 1, 10], expected="0 and 9", got="got 0 to 10"),
    row(explorers.explore_stack, padding=None, expected="'valid', 'same'", got="got None"),
    *pictures(explorers.explore_augmentation, NAMES, expected="2 to 20 uint8 images of shape (n, "),
    pixel_by_pixel(explorers.explore_augmentation, NAMES),
    *name_list(explorers.explore_augmentation, 3, IMAGES),
    *labels(explorers.explore_threshold, SHARES),
    row(explorers.explore_threshold, [0.9], LABELS, expected="(n, n_classes)", got="got (1,)"),
    row(explorers.explore_threshold, LOGITS, LABELS, expected="0 and 1", got="got 0 to 3"),
    row(explorers.explore_threshold, SHARES, [0], expected="as many as `probabilities`", got="1"),
    row(explorers.explore_threshold, SHARES, LABELS, expected="one name each", got="0 to 2"),
    *name_list(explorers.explore_threshold, 2, SHARES, [0, 1, 0]),
    row(
        explorers.explore_threshold, SHARES, [0, 1, 0], ["a", "a"], expected="different", got="a']"
    ),
    *labels(explorers.explore_calibration, LOGITS),
    row(explorers.explore_calibration, [0.9], LABELS, expected="(n, n_classes)", got="got (1,)"),
    row(
        explorers.explore_calibration,
        SHARES,
        [0, 1, 0],
        expected="before softmax",
        got="got rows that sum to 1. If they are probabilities",
    ),
    row(explorers.explore_calibration, LOGITS, LABELS, expected="from 0 to 1", got="from 0 to 2"),
    row(explorers.explore_drawing, "digits", expected="'mnist', 'fashion_mnist'", got="'digits'"),
    row(explorers.explore_drawing, None, expected="'mnist', 'fashion_mnist'", got="got None"),
    row(explorers.explore_drawing, "mnist", PICTURES, expected=PICTURE, got="uint8 (3, 28, 28)"),
    row(explorers.explore_drawing, "mnist", LABELS, expected=PICTURE, got="got int64 (3,)"),
    row(explorers.explore_drawing, image=RAGGED, expected="rows of equal lengths", got="different"),
    row(explorers.explore_drawing, image=PICTURES[0] / 255, expected=PICTURE, got="float64 (28,"),
    *pictures(explorers.explore_feature_maps, expected="two uint8 images of shape (n, 28, 28)"),
    row(explorers.explore_feature_maps, IMAGES, expected="(n, 28, 28)", got="got uint8 (3, 4, 4)"),
    row(
        explorers.explore_feature_maps,
        PICTURES,
        "clothes_mlp",
        expected="'clothes_cnn', 'digits_cnn'",
        got="got 'clothes_mlp'",
    ),
    *pictures(explorers.explore_learning_filters, expected="two uint8 images of shape (n, 28, 28)"),
    *pictures(explorers.explore_evidence, expected="two uint8 images of shape (n, 28, 28)"),
    row(explorers.explore_evidence, IMAGES, expected="(n, 28, 28)", got="got uint8 (3, 4, 4)"),
]

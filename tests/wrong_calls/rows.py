"""What the tables of wrong calls share: a row, and what whole families of functions refuse."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

IMAGES = np.zeros((3, 4, 4), np.uint8)
SCALED = np.zeros((3, 4, 4), np.float32)
LABELS = np.array([0, 1, 2])
NAMES = ["cat", "dog", "owl"]
RAGGED = [[1, 2], [3]]
NAN = np.full((2, 2), np.nan)
COURSE = Path(__file__).parents[2]
NOWHERE = "/no/such/folder"

Row = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any], type[Exception], str, str]


def row(
    function: Callable[..., Any],
    *arguments: Any,
    error: type[Exception] = ValueError,
    expected: str,
    got: str,
    **keywords: Any,
) -> Row:
    return function, arguments, keywords, error, expected, got


#: A call with a value of another type than is wanted.
mistyped = partial(row, error=TypeError)


def whole_number(function: Callable[..., Any], name: str, span: str, outside: int) -> list[Row]:
    """What every slider of whole numbers refuses."""
    expected = f"`{name}` must be a whole number {span}"
    return [
        row(function, expected=expected, got=f"got {outside}", **{name: outside}),
        mistyped(function, expected=expected, got="got 1.5", **{name: 1.5}),
        mistyped(function, expected=expected, got="got None", **{name: None}),
        mistyped(function, expected=expected, got="got nan", **{name: np.nan}),
        mistyped(function, expected=expected, got="got '1'", **{name: "1"}),
        mistyped(function, expected=expected, got="got True", **{name: True}),
        mistyped(function, expected=expected, got="got a list", **{name: [1]}),
    ]


def raw_images(function: Callable[..., Any]) -> list[Row]:
    """What every function that scales images refuses."""
    expected = "`images` must be uint8 (n, height, width)"
    array = "`images` must be a NumPy array"
    return [
        row(function, SCALED, expected=expected, got="got float32 (3, 4, 4)"),
        row(function, IMAGES[0], expected=expected, got="got uint8 (4, 4)"),
        row(function, IMAGES[..., None], expected=expected, got="got uint8 (3, 4, 4, 1)"),
        row(function, NAN, expected=expected, got="got float64 (2, 2)"),
        mistyped(function, [[[0]]], expected=array, got="got list"),
        mistyped(function, None, expected=array, got="got NoneType"),
    ]


def data_set_name(function: Callable[..., Any]) -> list[Row]:
    expected = '"mnist", "fashion_mnist"'
    return [
        row(function, "minst", expected=expected, got='got "minst"'),
        mistyped(function, None, expected=expected, got="got NoneType"),
        mistyped(function, ["mnist"], expected=expected, got="got list"),
    ]


def numbers(function: Callable[..., Any], name: str, *rest: Any) -> list[Row]:
    """What every plot of numbers refuses."""
    expected = f"`{name}` must hold finite numbers"
    lengths = f"`{name}` must have rows of equal lengths"
    return [
        row(function, NAN, *rest, expected=expected, got="got 4 that are not"),
        row(function, np.zeros((0, 2)), *rest, expected=expected, got="got none, in shape (0, 2)"),
        mistyped(function, None, *rest, expected=expected, got="got None"),
        mistyped(function, [["a"]], *rest, expected=expected, got="of dtype <U1"),
        row(function, RAGGED, *rest, expected=lengths, got="got rows of different lengths"),
    ]


def labels(function: Callable[..., Any], *before: Any, after: tuple[Any, ...] = ()) -> list[Row]:
    """What every function of labels refuses."""
    expected = "`labels` must be integers of shape (n,)"
    lengths = "`labels` must have rows of equal lengths"
    return [
        row(function, *before, [0.0, 1.0], *after, expected=expected, got="got float64 (2,)"),
        row(function, *before, [[0, 1]], *after, expected=expected, got="got int64 (1, 2)"),
        row(function, *before, [True, False], *after, expected=expected, got="got bool (2,)"),
        row(function, *before, None, *after, expected=expected, got="got object ()"),
        row(function, *before, ["cat"], *after, expected=expected, got="got <U3 (1,)"),
        row(function, *before, 3, *after, expected=expected, got="got int64 ()"),
        row(function, *before, [], *after, expected=expected, got="got float64 (0,)"),
        row(function, *before, RAGGED, *after, expected=lengths, got="got rows of different"),
    ]


def class_names(function: Callable[..., Any], *before: Any) -> list[Row]:
    """What every function that names labels refuses."""
    expected, two = "`class_names` must be a list of names", ["cat", "dog"]
    each = "`labels` must lie between 0 and 1, with one name each"
    return [
        mistyped(function, *before, "cat", expected=expected, got="got 'cat'"),
        mistyped(function, *before, 3, expected=expected, got="got 3"),
        mistyped(function, *before, [0, 1, 2], expected=expected, got="got 0 among"),
        row(function, *before, [], expected=expected, got="got 0"),
        row(function, *before, two, expected=each, got="got 0 to 2. Pass class_names(...)"),
    ]


def name_list(function: Callable[..., Any], n: int, *before: Any) -> list[Row]:
    """What every function that wants `n` names refuses."""
    expected, few, many = f"a list of {n} names", ["cat"] * (n - 1), ["cat"] * (n + 1)
    return [
        mistyped(function, *before, "cat", expected=expected, got="got 'cat'"),
        row(function, *before, few, expected=expected, got=f"got {n - 1}"),
        row(function, *before, many, expected=expected, got=f"got {n + 1}"),
    ]


def place(function: Callable[..., Any], *before: Any, name: str = "ax") -> list[Row]:
    """What every plot refuses to be drawn on."""
    kind = "one Matplotlib Axes" if name == "ax" else "a Matplotlib Figure"
    expected = f"`{name}` must be {kind}"
    return [
        mistyped(function, *before, expected=expected, got="got str", **{name: "here"}),
        mistyped(function, *before, expected=expected, got="got list", **{name: []}),
    ]


def a_path(function: Callable[..., Any], *before: Any, name: str) -> list[Row]:
    expected = f"`{name}` must be a string or a path"
    return [
        mistyped(function, *before, expected=expected, got="got 3", **{name: 3}),
        mistyped(function, *before, expected=expected, got="got a list", **{name: []}),
    ]


def a_course(function: Callable[..., Any], **others: Any) -> list[Row]:
    expected = "`course` must be an existing folder"
    missing = {"course": NOWHERE, **others}
    here = {"course": Path(__file__).parent, **others}
    return [
        *a_path(lambda course: function(course, *others.values()), name="course"),
        row(function, error=FileNotFoundError, expected=expected, got=NOWHERE, **missing),
        row(
            function,
            error=FileNotFoundError,
            expected="`course` must hold solutions/",
            got="there is none in",
            **here,
        ),
    ]

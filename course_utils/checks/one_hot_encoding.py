"""What the exercises on one-hot encoding say to a learner who is not there yet."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks.outcome import CheckError, call, expect_equal, expect_shape, passed, show

Function = Callable[..., Any]
#: A slip's hint, and what the slip would return; None where it would not return at all.
Slips = Iterable[tuple[str, Any]]

_FRESH = (
    "The visible cases came out right, but this input is fresh. "
    "Does the function work from its arguments, or from the values of the example?"
)
_ROW_CASES = [(1, 3, [0, 1, 0]), (0, 4, [1, 0, 0, 0]), (2, 5, [0, 0, 1, 0, 0])]
_TABLE_CASES = [
    (
        np.array([2, 0, 1, 1, 4], np.uint8),
        6,
        [
            [0, 0, 1, 0, 0, 0],
            [1, 0, 0, 0, 0, 0],
            [0, 1, 0, 0, 0, 0],
            [0, 1, 0, 0, 0, 0],
            [0, 0, 0, 0, 1, 0],
        ],
    ),
    (np.array([3, 0], np.int64), 4, [[0, 0, 0, 1], [1, 0, 0, 0]]),
]
_DECODE_CASES = [
    (np.array([[0, 1, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]], np.float32), [1, 3, 0]),
    (np.array([[0.1, 0.2, 0.3, 0.4], [0.45, 0.1, 0.05, 0.4]], np.float32), [3, 0]),
]


def check_one_hot_row(function: Function, cases: list[tuple] | None = None) -> None:
    """Check the exercise on a single row.

    Parameters
    ----------
    function : callable
        The learner's ``one_hot_row(label, n_classes)``.
    cases : list of (label, n_classes, expected row), optional
        By default the visible ones.

    Raises
    ------
    CheckError
        If a row is wrong.
    """
    for label, n_classes, expected in cases or _ROW_CASES:
        row = _array(call(function, label, n_classes))
        wanted = np.asarray(expected)
        places = np.arange(n_classes)
        slips = [
            ("That is the label itself, still a number. What is asked for is a row.", label),
            ("Every number is 0: the zeros are there, but no column got its 1.", 0 * wanted),
            (
                "You wrote the label where the 1 belongs. A label is a name, not an amount: "
                "class 9 gets the same 1 as class 1.",
                wanted * label,
            ),
            ("You counted columns from 1. NumPy counts from 0.", np.roll(wanted, -1)),
            ("You counted columns from 1. NumPy counts from 0.", np.roll(wanted, 1)),
            (
                "All columns up to the label hold a 1, as if the label were an amount that fills "
                "the row. It names one column.",
                places <= label,
            ),
            ("Zeros and ones have changed places.", 1 - wanted),
            (
                "The row ends at its own 1. It needs a column for every class, "
                "also for those that come after this label.",
                np.append(np.zeros(label), 1),
            ),
            (
                "The row always has ten columns. Its width is `n_classes`, not a fixed number.",
                np.arange(10) == label,
            ),
            ("That is a table with a single row. One label gives one row.", [wanted]),
        ]
        given = f"label {label} and {n_classes} classes"
        hint = _hint(row, slips, wanted, fresh=cases is not None)
        expect_equal("one_hot_row", row, wanted, given, hint)
    _say_passed("one_hot_row", cases)


def check_one_hot_shape(function: Function, cases: list[tuple] | None = None) -> None:
    """Check a table's shape and dtype.

    Parameters
    ----------
    function : callable
        The learner's ``one_hot(labels, n_classes)``.
    cases : list of (labels, n_classes, expected table), optional
        By default the visible ones.

    Raises
    ------
    CheckError
        If the shape or the dtype is wrong.
    """
    for labels, n_classes, expected in cases or _TABLE_CASES:
        result = call(function, labels, n_classes)
        table = _array(result)
        wanted = np.asarray(expected)
        hint = _hint(table, _table_slips(labels, wanted), wanted, by_shape=True)
        given = f" It was called with {len(labels)} labels and n_classes={n_classes}."
        expect_shape("one_hot", table, wanted.shape, f"{given} {hint}".strip())
        dtype = getattr(result, "dtype", None)
        if getattr(dtype, "name", dtype) != "float32":
            came = "a list" if dtype is None else getattr(dtype, "name", dtype)
            raise CheckError(
                f"one_hot: expected a float32 array, received {came}. The shape is right. "
                "Networks calculate in float32, and float64, NumPy's habit, takes twice the memory."
            )
    _say_passed("one_hot", cases, "has the right shape and dtype")


def check_one_hot_values(function: Function, cases: list[tuple] | None = None) -> None:
    """Check a table's zeros and ones.

    Parameters
    ----------
    function : callable
        The learner's ``one_hot(labels, n_classes)``.
    cases : list of (labels, n_classes, expected table), optional
        By default the visible ones.

    Raises
    ------
    CheckError
        If a number is wrong.
    """
    for labels, n_classes, expected in cases or _TABLE_CASES:
        table = _array(call(function, labels, n_classes))
        wanted = np.asarray(expected)
        hint = _hint(table, _table_slips(labels, wanted), wanted, fresh=cases is not None)
        given = f"labels {show(labels)} and {n_classes} classes"
        expect_equal("one_hot", table, wanted, given, hint)
    _say_passed("one_hot", cases)


def check_decode(function: Function, cases: list[tuple] | None = None) -> None:
    """Check the way back from rows to labels.

    Parameters
    ----------
    function : callable
        The learner's ``decode(rows)``.
    cases : list of (rows, expected labels), optional
        By default the visible ones: a one-hot table, and probabilities.

    Raises
    ------
    CheckError
        If a label is wrong.
    """
    for rows, expected in cases or _DECODE_CASES:
        labels = _array(call(function, rows))
        wanted = np.asarray(expected)
        hint = _hint(labels, _decode_slips(rows, wanted), wanted, fresh=cases is not None)
        expect_equal("decode", labels, wanted, f"rows {show(rows)}", hint)
    _say_passed("decode", cases)


def _table_slips(labels: NDArray, wanted: NDArray) -> Slips:
    """List what the known slips would make of these labels."""
    numbers = labels.astype(np.int64)
    n, n_classes = wanted.shape
    seen = np.unique(numbers)
    width = "The width is the number of all classes, `n_classes`."
    return [
        ("Those are the labels, unchanged.", labels),
        ("Every number is 0: no row got its 1.", 0 * wanted),
        (
            "The table is as wide as the greatest label seen in this batch. " + width,
            numbers[:, None] == np.arange(numbers.max() + 1),
        ),
        (
            "The table has a column only for each class seen in this batch. " + width,
            numbers[:, None] == seen,
        ),
        ("The table always has ten columns. " + width, numbers[:, None] == np.arange(10)),
        (
            "The table lies on its side: rows and columns are exchanged. One row is one label.",
            wanted.T,
        ),
        (
            "You wrote the label where the 1 belongs. A label is a name, not an amount.",
            wanted * numbers[:, None],
        ),
        ("You counted columns from 1. NumPy counts from 0.", np.roll(wanted, -1, axis=1)),
        ("You counted columns from 1. NumPy counts from 0.", np.roll(wanted, 1, axis=1)),
        (
            "All columns up to the label hold a 1, as if the label were an amount.",
            np.arange(n_classes) <= numbers[:, None],
        ),
        (
            "Row i has its 1 in column i: it marks the row's own number and never looks at the "
            "label.",
            np.eye(n, n_classes),
        ),
        (
            "The rows are right, but they come in the order of the classes. "
            "Row i belongs to label i, as image i does.",
            wanted[np.argsort(numbers, kind="stable")],
        ),
        (
            "The rows are filled for each class once. There is one row for each label.",
            np.eye(n_classes)[seen],
        ),
    ]


def _decode_slips(rows: NDArray, wanted: NDArray) -> Slips:
    """List what the known slips would make of these rows."""
    places = np.arange(rows.shape[1])
    return [
        ("Those are the rows, unchanged.", rows),
        (
            "That is one number for the whole table: without an axis, all rows are searched as "
            "one long list. One label a row is asked for.",
            np.argmax(rows),
        ),
        (
            "You searched down the columns. That says which row is greatest for each class; "
            "asked for is which class is greatest in each row.",
            np.argmax(rows, axis=0),
        ),
        (
            "That is the largest value of each row. Asked for is the column it stands in.",
            rows.max(axis=1),
        ),
        (
            "You looked for exactly 1. Probabilities are seldom exactly 1: look for the largest.",
            np.nonzero(rows == 1)[1],
        ),
        (
            "You rounded, or asked for more than one half. The largest probability of a row may "
            "be 0.4: nothing has to pass one half.",
            np.argmax(rows > 0.5, axis=1),
        ),
        (
            "You cut the probabilities down to whole numbers, so that all became 0. "
            "The largest counts, however small.",
            np.argmax(rows.astype(int), axis=1),
        ),
        (
            "That is the average of the labels, weighted by the row. Labels are names: half 1 and "
            "half 9 is not 5.",
            rows @ places,
        ),
        (
            "That is the average of the labels, rounded. Labels are names: half 1 and half 9 is "
            "not 5.",
            np.round(rows @ places),
        ),
        ("You counted columns from 1. NumPy counts from 0.", wanted + 1),
        ("You searched for the smallest number of each row.", np.argmin(rows, axis=1)),
        ("Every label is 0, whatever the row.", 0 * wanted),
    ]


def _hint(
    received: NDArray, slips: Slips, wanted: NDArray, *, by_shape: bool = False, fresh: bool = False
) -> str:
    """Name the first slip that gives what was received and not what was wanted."""
    for hint, result in slips:
        slip = np.asarray(result)
        if by_shape and slip.shape == received.shape != wanted.shape and _alike(slip, received):
            return hint
        if not by_shape and _alike(slip, received) and not _alike(slip, wanted):
            return hint
    return _FRESH if fresh else ""


def _alike(first: NDArray, second: NDArray) -> bool:
    if first.shape != second.shape or "biuf".find(second.dtype.kind) < 0:
        return False
    return bool(np.allclose(first.astype(float), second.astype(float), atol=1e-6, equal_nan=True))


def _array(result: Any) -> NDArray:
    """Make an array of what a learner returned, or say that it is not one."""
    try:
        return np.asarray(result)
    except ValueError:
        raise CheckError(
            f"The rows have different lengths: {show(result)}. A table needs equal ones."
        ) from None


def _say_passed(name: str, cases: list[tuple] | None, what: str = "") -> None:
    """Tell of success for the visible cases only: hidden ones come by the dozen."""
    if cases is not None:
        return
    if what:
        print(f"✓ {name} {what} on the visible cases.")
    else:
        passed(name)

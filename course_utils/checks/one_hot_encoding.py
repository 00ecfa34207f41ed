"""The checks of the exercises on one-hot encoding: what is asked, known slips, what is said."""

from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import Numbers, Slips, is_numeric
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show

_FROM_ONE = "You counted columns from 1. NumPy counts from 0."

# one_hot_row ------------------------------------------------------------------------------------

_ROWS = [(2, 7, [0, 0, 1, 0, 0, 0, 0]), (0, 4, [1, 0, 0, 0]), (1, 3, [0, 1, 0])]


def _row_slips(label: int, n_classes: int, expected: Any) -> Slips:
    wanted = np.asarray(expected)
    return [
        ("That is the label itself, still a number. Return a row.", label),
        ("Every number is 0: the zeros are there, but no column got its 1.", 0 * wanted),
        ("You wrote the label where the 1 belongs. A label is a name, not an amount: class 9 gets "
         "the same 1 as class 1.", wanted * label),
        (_FROM_ONE, np.roll(wanted, -1), np.roll(wanted, 1)),
        ("All columns up to the label hold a 1, as if the label were an amount that fills the row. "
         "It names one column.", np.arange(n_classes) <= label),
        ("Zeros and ones are swapped.", 1 - wanted),
        ("The row ends at its own 1. It needs a column for every class, including those that "
         "come after this label.", np.append(np.zeros(label), 1)),
        ("The row always has ten columns. Its width is `n_classes`, not a fixed number.",
         np.arange(10) == label),
        ("That is a table with a single row. One label gives one row.", [wanted]),
        ("That is a column, a table with a single number per row.", wanted[:, None]),
        ("You counted columns from the end of the row.", wanted[::-1], np.roll(wanted, -2 * label)),
        ("The row has one column too many: they run from 0 to `n_classes` - 1. Does the 1 take the "
         "place of a 0, or was it put between them?", np.append(wanted, 0)),
        ("The row of label 0 stays empty. 0 is a class like the others, but `if label:` takes it "
         "for False.", wanted * (label > 0)),
        ("You compared the label with the zeros that stand in the row. Compare it with the numbers "
         "of the columns, which np.arange gives.", np.full(n_classes, label == 0)),
        ("That is the 1 alone, without its row. Return the row.", 1),
    ]  # fmt: skip


check_one_hot_row = Check("one_hot_row(label, n_classes)", _ROWS, _row_slips)

# one_hot ----------------------------------------------------------------------------------------

_TABLES = [
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


def _table_slips(labels: Numbers, n_classes: int, expected: Any) -> Slips:
    wanted, numbers = np.asarray(expected), labels.astype(np.int64)[:, None]
    n, classes, seen = len(wanted), np.arange(n_classes), np.unique(numbers)
    row = np.arange(n)[:, None]
    width = "The width is the number of all classes, `n_classes`."
    return [
        ("Those are the labels, unchanged.", labels),
        ("Every number is 0: no row got its 1.", 0 * wanted),
        ("The table is only as wide as the highest label in this batch needs. " + width,
         numbers == np.arange(numbers.max() + 1)),
        ("The table has columns only for the classes that occur in this batch. " + width,
         numbers == seen),
        ("The table always has ten columns. " + width, numbers == np.arange(10)),
        ("Rows and columns are swapped. Each label needs a row of its own.",
         wanted.T),
        ("You wrote the label where the 1 belongs. A label is a name, not an amount.",
         wanted * numbers),
        (_FROM_ONE, np.roll(wanted, -1, axis=1), np.roll(wanted, 1, axis=1)),
        ("All columns up to the label hold a 1, as if the label were an amount.",
         classes <= numbers),
        ("Row i has its 1 in column i, which is the row's own index. The column is the label.",
         np.eye(n, n_classes)),
        ("The rows are right, but they come in the order of the classes. Row i belongs to label i, "
         "as image i does.", wanted[np.argsort(labels, kind="stable")]),
        ("There is one row per class that occurs. Return one row per label.",
         np.eye(n_classes)[seen]),
        ("These are the rows of all classes in order. Return one row per label.",
         np.eye(n_classes)),
        ("Every row got the 1 of every label. Row i gets a single 1, that of label i.",
         np.repeat([np.isin(classes, seen)], n, axis=0)),
        ("Only the first row is filled. Is `return` inside the loop?",
         wanted * (row == 0)),
        ("The last row was left out: the loop ends one label too early.", wanted * (row < n - 1)),
        ("The rows come in reverse order. Row i belongs to label i.", wanted[::-1]),
        ("You numbered the classes that occur anew. If one is missing, all behind it move. The "
         "column is the label itself.", np.searchsorted(seen, numbers) == classes),
        ("Every number is 1. A row has a single 1.", 0 * wanted + 1),
    ]  # fmt: skip


_TABLE = "one_hot(labels, n_classes)"
check_one_hot_shape = Check(
    _TABLE,
    _TABLES,
    _table_slips,
    shape_only="There is one row per label and one column per class.",
    dtype=np.float32,
    says="has the right shape and dtype",
)
check_one_hot_values = Check(_TABLE, _TABLES, _table_slips, follows=check_one_hot_shape)

# is_one_hot -------------------------------------------------------------------------------------

_VERDICTS = [
    (np.array([[0.0, 1, 0], [1, 0, 0]]), True),
    (np.array([[0.0, 1, 0], [0, 1, 0], [0, 0, 1]]), True),
    (np.array([[0.0, 1, 0], [0.25, 0.5, 0.25]]), False),
    (np.array([[0.25, 0.5, 0.25], [0, 0, 1.0]]), False),
    (np.array([[0.0, 0, 1], [1, 1, 0]]), False),
    (np.array([[1.0, 1, 0], [0, 0, 0]]), False),
    (np.array([[0.0, 1, 0], [0, 0, 0]]), False),
    (np.array([[0.0, 2, 0], [1, 0, 0]]), False),
    (np.array([[1.0, 2, 0], [0, 1, 0]]), False),
    (np.array([[1.0, 0.5, 0], [0, 1, 0]]), False),
    (np.array([[1.0, 0.5, -0.5], [0, 1, 0]]), False),
    (np.array([[0.5, 0.5, 0.5, -0.5], [0, 1, 0, 0]]), False),
    (np.array([[0.999, 0.001, 0], [0, 1, 0]]), False),
    (np.array([[1, 0, 0, 0], [0, 0, 0, 1]], np.uint8), True),
]


def _verdict_slips(table: Numbers, _: bool) -> Slips:
    ones, sums, greatest = table == 1, table.sum(axis=1), table.max(axis=1)
    good = ((table == 0) | ones).all(axis=1) & (sums == 1)
    known = [
        ("It returns True for every table.", True),
        ("It returns False for every table.", False),
        ("A row can sum to 1 without being one-hot: 0.25 + 0.5 + 0.25 is 1 as well.", sums == 1),
        ("Zeros and ones alone are not enough: a row may hold two ones, or none.",
         np.isin(table, (0, 1))),
        ("A sum over the whole table can hide a row with two ones behind a row with none. Look at "
         "each row.", table.sum() == len(table)),
        ("You looked at the columns. A class may occur often or never; each row holds one label.",
         table.sum(axis=0) == 1),
        ("One good row is not enough: every row has to be one-hot.", good.any()),
        ("A largest number of 1 is not enough: a second 1, or a fraction, may stand beside it.",
         greatest == 1),
        ("Exactly one 1 is not enough: all other numbers of the row have to be 0.",
         ones.sum(axis=1) == 1),
        ("A single number that is not 0 is not enough: it has to be 1.",
         np.count_nonzero(table, axis=1) == 1),
        ("A largest number and a sum of 1 are not enough: 1, 0.5 and −0.5 have both.",
         (greatest == 1) & (sums == 1)),
        ("A sum and a sum of squares of 1 are not enough: 0.5, 0.5, 0.5 and −0.5 have both.",
         np.isclose(sums, 1) & np.isclose((table.astype(float) ** 2).sum(axis=1), 1)),
        ("A number near 1 is not 1: a row of 0.999 and 0.001 holds probabilities.",
         (np.abs(table - np.round(table)) < 0.01).all(axis=1)
         & (np.isin(np.round(table), (0, 1))).all(axis=1) & (np.round(table).sum(axis=1) == 1)),
        ("A fraction passes as if only its whole part were there. 0.5 is neither 0 nor 1.",
         np.isin(np.trunc(table), (0, 1)).all(axis=1) & (np.trunc(table).sum(axis=1) == 1)),
        ("You looked at the first row only.", good[0]),
        ("You looked at the last row only.", good[-1]),
        ("Numbers from 0 to 1 that sum to 1 are probabilities. In a one-hot row one of them is 1.",
         np.isclose(sums, 1) & (table >= 0).all(axis=1)),
        ("The right number of ones and zeros in the whole table is not enough. Look at each row.",
         ones.sum() == len(table) and (table == 0).sum() == table.size - len(table)),
    ]  # fmt: skip
    return [(name, bool(np.all(holds))) for name, holds in known]


def _true_or_false(received: Any) -> bool:
    """Read a learner's True or False, of whatever library."""
    answer = np.asarray(received) if is_numeric(received) else None
    if answer is not None and answer.ndim:
        raise CheckError(
            f"expected one True or False for the whole table, received {show(received)}. "
            "That is one answer per row or number, so put them together."
        )
    if answer is None or answer not in (0, 1):
        raise CheckError(f"expected True or False, received {show(received)}.")
    return bool(answer)


check_is_one_hot = Check(
    "is_one_hot(table)", _VERDICTS, _verdict_slips, form=_true_or_false, together=True
)

"""The checks of the exercises on one-hot encoding: what is asked, known slips, what is said."""

from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import Numbers, Slips, is_numeric
from course_utils.checks.forms import one_number
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show

_FROM_ONE = "You counted columns from 1. NumPy counts from 0."

# one_hot_row ------------------------------------------------------------------------------------

_ROWS = [(2, 7, [0, 0, 1, 0, 0, 0, 0]), (0, 4, [1, 0, 0, 0]), (1, 3, [0, 1, 0])]


def _row_slips(label: int, n_classes: int, expected: Any) -> Slips:
    wanted = np.asarray(expected)
    return [
        ("That is the label itself, still a number. What is asked for is a row.", label),
        ("Every number is 0: the zeros are there, but no column got its 1.", 0 * wanted),
        ("You wrote the label where the 1 belongs. A label is a name, not an amount: class 9 gets "
         "the same 1 as class 1.", wanted * label),
        (_FROM_ONE, np.roll(wanted, -1), np.roll(wanted, 1)),
        ("All columns up to the label hold a 1, as if the label were an amount that fills the row. "
         "It names one column.", np.arange(n_classes) <= label),
        ("Zeros and ones have changed places.", 1 - wanted),
        ("The row ends at its own 1. It needs a column for every class, also for those that come "
         "after this label.", np.append(np.zeros(label), 1)),
        ("The row always has ten columns. Its width is `n_classes`, not a fixed number.",
         np.arange(10) == label),
        ("That is a table with a single row. One label gives one row.", [wanted]),
        ("That is a column, a table with a single number a row.", wanted[:, None]),
        ("You counted columns from the end of the row.", wanted[::-1], np.roll(wanted, -2 * label)),
        ("The row has one column too many: columns 0 to `n_classes` - 1.", np.append(wanted, 0)),
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
        ("The table is as wide as the greatest label seen in this batch. " + width,
         numbers == np.arange(numbers.max() + 1)),
        ("The table has a column only for each class seen in this batch. " + width,
         numbers == seen),
        ("The table always has ten columns. " + width, numbers == np.arange(10)),
        ("The table lies on its side: rows and columns are exchanged. One row is one label.",
         wanted.T),
        ("You wrote the label where the 1 belongs. A label is a name, not an amount.",
         wanted * numbers),
        (_FROM_ONE, np.roll(wanted, -1, axis=1), np.roll(wanted, 1, axis=1)),
        ("All columns up to the label hold a 1, as if the label were an amount.",
         classes <= numbers),
        ("Row i has its 1 in column i: it marks the row's own number and never looks at the label.",
         np.eye(n, n_classes)),
        ("The rows are right, but they come in the order of the classes. Row i belongs to label i, "
         "as image i does.", wanted[np.argsort(labels, kind="stable")]),
        ("The rows are filled for each class once. There is one row for each label.",
         np.eye(n_classes)[seen]),
        ("That is the dictionary, a row for each class. One row for each label is asked for.",
         np.eye(n_classes)),
        ("Every row got the 1 of every label. Row i gets one 1, for label i alone.",
         np.repeat([np.isin(classes, seen)], n, axis=0)),
        ("The first row alone is filled. Does `return` stand inside the loop?",
         wanted * (row == 0)),
        ("The last row was left out: the loop ends one label too early.", wanted * (row < n - 1)),
        ("The rows come in reverse order. Row i belongs to label i.", wanted[::-1]),
        ("Every number is 1. A row has a single 1.", 0 * wanted + 1),
    ]  # fmt: skip


_TABLE = "one_hot(labels, n_classes)"
check_one_hot_shape = Check(
    _TABLE,
    _TABLES,
    _table_slips,
    shape_only="One row for each label, one column for each class.",
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
    (np.array([[1.0, 0.5, 0], [0, 1, 0]]), False),
    (np.array([[1.0, 0.5, -0.5], [0, 1, 0]]), False),
    (np.array([[1, 0, 0, 0], [0, 0, 0, 1]], np.uint8), True),
]


def _verdict_slips(table: Numbers, _: bool) -> Slips:
    ones, sums, greatest = table == 1, table.sum(axis=1), table.max(axis=1)
    good = ((table == 0) | ones).all(axis=1) & (sums == 1)
    known = [
        ("It answers True to every table.", True),
        ("It answers False to every table.", False),
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
        ("You looked at the first row only.", good[0]),
        ("You looked at the last row only.", good[-1]),
        ("Numbers from 0 to 1 that sum to 1 are probabilities. In a one-hot row one of them is 1.",
         np.isclose(sums, 1) & (table >= 0).all(axis=1)),
        ("The right number of ones and zeros in the whole table is not enough. Look at each row.",
         ones.sum() == len(table) and (table == 0).sum() == table.size - len(table)),
    ]  # fmt: skip
    return [(name, bool(np.all(holds))) for name, holds in known]


def _true_or_false(received: Any) -> bool:
    """Read a learner's True or False, in whatever library's spelling."""
    answer = np.asarray(received) if is_numeric(received) else None
    if answer is not None and answer.ndim:
        raise CheckError(
            f"expected one True or False for the whole table, received {show(received)}. "
            "That is one answer for each row or number; put them together."
        )
    if answer is None or answer not in (0, 1):
        raise CheckError(f"expected True or False, received {show(received)}.")
    return bool(answer)


check_is_one_hot = Check(
    "is_one_hot(table)", _VERDICTS, _verdict_slips, form=_true_or_false, together=True
)

# decode -----------------------------------------------------------------------------------------

_DECODINGS = [
    (np.array([[0, 1, 0, 0], [0, 0, 0, 1], [1, 0, 0, 0]], np.float32), [1, 3, 0]),
    (np.array([[0.1, 0.2, 0.3, 0.4], [0.45, 0.1, 0.05, 0.4], [0.05, 0.6, 0.05, 0.3]]), [3, 0, 1]),
]


def _decode_slips(rows: Numbers, expected: Any) -> Slips:
    wanted, ranked = np.asarray(expected), np.argsort(rows, axis=1)
    average = rows @ np.arange(rows.shape[1])
    return [
        ("Those are the rows, unchanged.", rows),
        ("That is one number for the whole table: without an axis, all rows are searched as one "
         "long list. One label a row is asked for.", np.argmax(rows)),
        ("You searched down the columns. That says which row is greatest for each class; asked for "
         "is which class is greatest in each row.", np.argmax(rows, axis=0)),
        ("That is the largest value of each row. Asked for is the column it stands in.",
         rows.max(axis=1)),
        ("You looked for exactly 1. Probabilities are seldom exactly 1: look for the largest.",
         np.nonzero(rows == 1)[1]),
        ("You rounded, or asked for more than one half. The largest probability of a row may be "
         "0.4: nothing has to pass one half.", np.argmax(rows > 0.5, axis=1)),
        ("You cut the probabilities down to whole numbers, so that all became 0. The largest "
         "counts, however small.", np.argmax(rows.astype(int), axis=1)),
        ("That is the average of the labels, weighted by the row. Labels are names: half 1 and "
         "half 9 is not 5.", average),
        ("That is the average of the labels, rounded. Labels are names: half 1 and half 9 is not "
         "5.", np.round(average)),
        (_FROM_ONE, wanted + 1),
        ("You searched for the smallest number of each row.", np.argmin(rows, axis=1)),
        ("That is the second largest number of each row.", ranked[:, -2]),
        ("Those are all columns, from the least number to the greatest. One label a row is asked "
         "for.", ranked),
        ("Each label stands in a row of its own. A plain list of labels is asked for.",
         wanted[:, None]),
        ("Those are the places of the ones, row and column. The column is the label.",
         np.argwhere(rows == 1)),
        ("Every label is 0, whatever the row.", 0 * wanted),
    ]  # fmt: skip


def _without_ones(rows: Numbers) -> dict[str, str]:
    """Say what an error means: without a 1 in a row, nothing is found where one is looked for."""
    errors = "^ValueError" if (rows == 1).any() else "^(ValueError|IndexError)"
    looked = "Did you look for exactly 1? Probabilities are seldom exactly 1: look for the largest."
    return {errors: looked}


check_decode = Check(
    "decode(rows)", _DECODINGS, _decode_slips, meanings=_without_ones, dtype=np.integer
)

# cross_entropy ----------------------------------------------------------------------------------

#: Each slip looks at another place of it: 0, 1, the largest, the one before the label.
_PROBABILITIES = np.array([0.08, 0.15, 0.6, 0.05, 0.12])
_INTEGER_LOSSES = [
    (_PROBABILITIES, 4, 2.120263536200091),
    (_PROBABILITIES, 2, 0.5108256237659907),
    (_PROBABILITIES, np.uint8(1), 1.8971199848858813),
]
_ROW_LOSSES = [
    (_PROBABILITIES, np.array([0, 0, 0, 0, 1], np.float32), 2.120263536200091),
    (_PROBABILITIES, np.array([0, 0, 1, 0, 0], np.float32), 0.5108256237659907),
    (_PROBABILITIES, np.array([0, 1, 0, 0, 0], np.int64), 1.8971199848858813),
]


def _loss_slips(probabilities: Numbers, label: Any, loss: float) -> Slips:
    n_classes, losses = len(probabilities), -np.log(probabilities)
    row = np.asarray(label) if np.ndim(label) else np.eye(n_classes)[int(label)]
    true_class, guess = int(np.argmax(row)), int(np.argmax(probabilities))
    of_truth = probabilities[true_class]
    named = [
        ("The sign is missing: a logarithm of a probability is never above 0, a loss never below.",
         -loss),
        ("That is the loss of the largest probability, so the network is always right. "
         "Look up the true class, however small its probability is.", losses[guess]),
        ("That is the probability itself; its logarithm is still to be taken.", of_truth),
        ("That is 1 minus the probability. It stays small when the answer is very wrong.",
         1 - of_truth),
        ("That is a logarithm to base 10. The loss uses the natural one, np.log.",
         loss / np.log(10)),
        ("That is a logarithm to base 2. The loss uses the natural one, np.log.", loss / np.log(2)),
        ("You added up the loss of every class. Only the true class counts.", losses.sum()),
        ("That is the mean over the classes. The zeros only switch the other classes off; "
         "they are not further examples to be averaged over.", loss / n_classes),
        ("That is one number a class. Only the true class counts, and a loss is one number.",
         losses),
        ("Those are the products, one a class. A loss is one number: their sum.", row * losses),
        ("You also asked the other classes how sure they were to be wrong. Only the true class "
         "counts.", loss - np.log(1 - np.delete(probabilities, true_class)).sum()),
        ("You measured how far the label lies from the guess on the number line. Labels are names, "
         "and both spellings are the same loss.",
         abs(true_class - guess), (true_class - guess) ** 2),
        ("You counted classes from 1. NumPy counts from 0.", losses[true_class - 1]),
        ("That is 0, a perfect answer, whatever the network said.", 0.0),
        ("You rounded. Return the loss with all its digits.", np.round(loss, 2)),
        ("That is the probability with a minus. Its logarithm is still to be taken.", -of_truth),
        ("That is one number a class, all 0. A loss is one number.", 0 * losses),
    ]  # fmt: skip
    if np.ndim(label):
        return [
            *named,
            ("You used the one-hot row as a list of places. Its zeros and ones say yes and no; "
             "they are not positions.", losses[row.astype(int)]),
            ("You looked up class 1. The greatest number of a one-hot row is 1, and so is its "
             "sum, whatever the class. Ask in which place the 1 stands.", losses[1]),
        ]  # fmt: skip
    return [
        ("You looked up class 0: argmax of a single number is 0, whatever the number. This label "
         "is a whole number already.", losses[0]),
        *named,
        ("The integer label multiplied the logarithm of every class, as if it were an amount or "
         "a row. An integer says where to look.", int(label) * losses.sum(), int(label) * losses),
    ]  # fmt: skip


_OTHER_SPELLING = "^(TypeError|IndexError)"
check_cross_entropy_integer = Check(
    "cross_entropy(probabilities, label)",
    _INTEGER_LOSSES,
    _loss_slips,
    form=one_number,
    tolerance=1e-5,
    meanings={
        _OTHER_SPELLING: "This label is a whole number, not a row: it has no length and no places. "
        "It says itself where to look."
    },
    says="is right for integer labels",
)
check_cross_entropy_row = check_cross_entropy_integer.then(
    cases=_ROW_LOSSES,
    meanings={
        _OTHER_SPELLING: "This label is a one-hot row, not a whole number: it cannot say at once "
        "where to look. Both spellings have to work."
    },
    says="is right for one-hot labels",
)

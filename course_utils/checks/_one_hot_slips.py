"""Known slips of the exercises on one-hot encoding: what each gives, and how to name it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks._slips import Slips


def row_slips(label: int, wanted: NDArray) -> Slips:
    """List what the known slips would make of this label."""
    n_classes = len(wanted)
    places = np.arange(n_classes)
    return [
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
        ("That is a column, a table with a single number a row.", wanted[:, None]),
        ("You counted columns from the end of the row.", wanted[::-1]),
        ("You counted columns from the end of the row.", np.roll(wanted, -2 * label)),
        ("The row has one column too many: columns 0 to `n_classes` - 1.", np.append(wanted, 0)),
        ("That is the 1 alone, without its row. Return the row.", 1),
    ]


def table_slips(labels: NDArray, wanted: NDArray) -> Slips:
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
        ("That is the dictionary, a row for each class. One row for each label is asked for.",
         np.eye(n_classes)),
        ("Every row got the 1 of every label. Row i gets one 1, for label i alone.",
         np.repeat([np.isin(np.arange(n_classes), seen)], n, axis=0)),
        ("The first row alone is filled. Does `return` stand inside the loop?",
         wanted * (np.arange(n) == 0)[:, None]),
        ("The last row was left out: the loop ends one label too early.",
         wanted * (np.arange(n) < n - 1)[:, None]),
        ("The rows come in reverse order. Row i belongs to label i.", wanted[::-1]),
        ("Every number is 1. A row has a single 1.", 0 * wanted + 1),
    ]  # fmt: skip


def decode_slips(rows: NDArray, wanted: NDArray) -> Slips:
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
        ("That is the second largest number of each row.", np.argsort(rows, axis=1)[:, -2]),
        ("Those are all columns, from the least number to the greatest. One label a row is "
         "asked for.", np.argsort(rows, axis=1)),
        ("Each label stands in a row of its own. A plain list of labels is asked for.",
         wanted[:, None]),
        ("Those are the places of the ones, row and column. The column is the label.",
         np.argwhere(rows == 1)),
        ("Every label is 0, whatever the row.", 0 * wanted),
    ]  # fmt: skip


def loss_slips(probabilities: NDArray, label: Any) -> Slips:
    """List what the known slips would make of this answer and this spelling of its label."""
    n_classes = len(probabilities)
    row = np.asarray(label) if np.ndim(label) else np.eye(n_classes)[int(label)]
    true_class = int(np.argmax(row))
    losses = -np.log(probabilities)
    loss = losses[true_class]
    guess = int(np.argmax(probabilities))
    named = [
        ("The sign is missing: a logarithm of a probability is never above 0, a loss never below.",
         -loss),
        ("That is the loss of the largest probability, so the network is always right. "
         "Look up the true class, however small its probability is.", losses[guess]),
        ("That is the probability itself; its logarithm is still to be taken.",
         probabilities[true_class]),
        ("That is 1 minus the probability. It stays small when the answer is very wrong.",
         1 - probabilities[true_class]),
        ("That is a logarithm to base 10. The loss uses the natural one, np.log.",
         loss / np.log(10)),
        ("That is a logarithm to base 2. The loss uses the natural one, np.log.", loss / np.log(2)),
        ("You added up the loss of every class. Only the true class counts.", losses.sum()),
        ("That is the mean over the classes. The zeros only switch the other classes off; "
         "they are not further examples to be averaged over.", loss / n_classes),
        ("That is one number a class. Only the true class counts, and a loss is one number.",
         losses),
        ("Those are the products, one a class. A loss is one number: their sum.", row * losses),
        ("You also asked the other classes how sure they were to be wrong. "
         "Only the true class counts.",
         loss - np.log(1 - np.delete(probabilities, true_class)).sum()),
        ("You measured how far the label lies from the guess on the number line. Labels are names, "
         "and both spellings are the same loss.", abs(true_class - guess)),
        ("You measured how far the label lies from the guess on the number line. Labels are names, "
         "and both spellings are the same loss.", (true_class - guess) ** 2),
        ("You counted classes from 1. NumPy counts from 0.", losses[true_class - 1]),
        ("That is 0, a perfect answer, whatever the network said.", 0.0),
        ("You rounded. Return the loss with all its digits.", np.round(loss, 2)),
        ("That is the probability with a minus. Its logarithm is still to be taken.",
         -probabilities[true_class]),
        ("That is one number a class, all 0. A loss is one number.", 0 * losses),
    ]  # fmt: skip
    if np.ndim(label):
        places = np.asarray(label).astype(int)
        return [
            *named,
            ("You used the one-hot row as a list of places. Its zeros and ones say yes and no; "
             "they are not positions.", losses[places]),
            ("You looked up class 1. The greatest number of a one-hot row is 1, and so is its "
             "sum, whatever the class. Ask in which place the 1 stands.", losses[1]),
        ]  # fmt: skip
    return [
        ("You looked up class 0: argmax of a single number is 0, whatever the number. This label "
         "is a whole number already.", losses[0]),
        *named,
        ("The integer label multiplied the logarithm of every class, as if it were an amount or "
         "a row. An integer says where to look.", int(label) * losses.sum()),
        ("The integer label multiplied the logarithm of every class, as if it were an amount or "
         "a row. An integer says where to look.", int(label) * losses),
    ]  # fmt: skip

"""Right and wrong answers to the exercises on one-hot encoding. For instructors and tests."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.one_hot_encoding import (
    check_is_one_hot,
    check_one_hot_row,
    check_one_hot_shape,
    check_one_hot_values,
)
from course_utils.grading.exercise import Exercise

CASES = 20


def _row_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        n_classes = int(rng.integers(2, 13))
        yield int(rng.integers(0, n_classes)), n_classes


def _reference_row(label, n_classes):
    return np.eye(n_classes)[label]


one_hot_row = Exercise(_reference_row, {"one_hot_row_check": (check_one_hot_row, _row_cases)})


@one_hot_row.right
def row_with_one_entry_set(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[label] = 1
    return row


@one_hot_row.right
def row_as_list(label, n_classes):
    return [1 if column == label else 0 for column in range(n_classes)]


@one_hot_row.right
def row_by_comparison(label, n_classes):
    return np.arange(n_classes) == label


@one_hot_row.right
def row_by_keras(label, n_classes):
    from keras.utils import to_categorical

    return to_categorical(label, n_classes)


@one_hot_row.right
def row_of_halves_with_a_line_on_standard_error(label, n_classes):
    print("a line on standard error loses no marks", file=sys.stderr)
    return tuple(np.identity(n_classes, dtype="float16")[label])


@one_hot_row.wrong("A label is an amount that fills the row", says="fills the row")
def row_filled_up_to_the_label(label, n_classes):
    row = np.zeros(n_classes)
    row[: label + 1] = 1
    return row


@one_hot_row.wrong("Text is numbers", says="That is text")
def row_of_text(label, n_classes):
    return [str(int(column == label)) for column in range(n_classes)]


@one_hot_row.wrong("The width follows from the label", says="ends at its own 1")
def row_ending_at_its_one(label, n_classes):
    return np.eye(label + 1)[label]


@one_hot_row.wrong("Printing is returning", says="prints its answer")
def row_printed(label, n_classes):
    print(np.eye(n_classes)[label])


@one_hot_row.wrong("Lazy: the visible cases hard-coded", says="same when only `label` changes")
def row_hard_coded(label, n_classes):
    return {7: [0, 0, 1, 0, 0, 0, 0], 4: [1, 0, 0, 0]}.get(n_classes, [0, 1, 0])


def _table_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        n_classes = int(rng.integers(2, 13))
        labels = rng.integers(0, n_classes, size=rng.integers(1, 30))
        yield labels.astype(rng.choice(["uint8", "int64"])), n_classes


def _reference_table(labels, n_classes):
    return np.eye(n_classes, dtype="float32")[labels]


one_hot = Exercise(
    _reference_table,
    {
        "one_hot_shape": (check_one_hot_shape, _table_cases),
        "one_hot_values": (check_one_hot_values, _table_cases),
    },
)


@one_hot.right
def table_by_loop(labels, n_classes):
    table = np.zeros((len(labels), n_classes), dtype=np.float32)
    for i, label in enumerate(labels):
        table[i, label] = 1
    return table


@one_hot.right
def table_by_comparison(labels, n_classes):
    return (labels[:, None] == np.arange(n_classes)).astype(np.float32)


@one_hot.right
def table_by_keras(labels, n_classes):
    from keras.utils import to_categorical

    return to_categorical(labels, num_classes=n_classes).astype("float32")


@one_hot.right
def table_by_tensorflow(labels, n_classes):
    import tensorflow as tf

    return tf.one_hot(labels, n_classes)


@one_hot.right
def table_by_flat_places(labels, n_classes):
    flat = np.zeros(len(labels) * n_classes, dtype=np.float32)
    flat[np.arange(len(labels)) * n_classes + labels] = 1
    return flat.reshape(-1, n_classes)


@one_hot.wrong("A colon means: row by row", says="the 1 of every label")
def table_with_all_rows_alike(labels, n_classes):
    table = np.zeros((len(labels), n_classes), dtype="float32")
    table[:, labels] = 1
    return table


@one_hot.wrong("return may stand in the loop", says="inside the loop")
def table_returned_too_early(labels, n_classes):
    table = np.zeros((len(labels), n_classes), dtype="float32")
    for i, label in enumerate(labels):
        table[i, label] = 1
        return table
    return table


@one_hot.wrong("Zeros and ones are whole numbers", says="received: uint8")
def table_of_uint8(labels, n_classes):
    return np.eye(n_classes, dtype="uint8")[labels]


@one_hot.wrong("A list is an array", says="a list, which has no dtype")
def table_as_list(labels, n_classes):
    return [[float(column == label) for column in range(n_classes)] for label in labels]


@one_hot.wrong("NumPy's habit of float64 is what networks use", says="received: float64")
def table_of_float64(labels, n_classes):
    return np.eye(n_classes)[labels]


@one_hot.wrong("Arguments are mine to change", says="changed its argument")
def table_that_changes_its_labels(labels, n_classes):
    table = np.eye(n_classes, dtype="float32")[labels]
    labels[:] = 0
    return table


@one_hot.wrong("Printing is returning", says="prints its answer")
def table_printed(labels, n_classes):
    print(np.eye(n_classes)[labels])


@one_hot.wrong("Lazy: the visible cases hard-coded", says="What is different about this one")
def table_hard_coded(labels, n_classes):
    shown = [3, 0] if len(labels) == 2 else [2, 0, 1, 1, 4]
    return np.eye(max(n_classes, 5), dtype="float32")[np.resize(shown, len(labels)), :n_classes]


#: Three numbers of a row whose others are 0; none makes it one-hot.
_SPOILT = [
    (0.5, 0.5, 0), (1, 1, 0), (0, 0, 0), (2, 0, 0), (1, 0.25, 0), (1.5, -0.5, 0),
    (1, -1, 0), (1, 1, -1), (1, 2, 0),
]  # fmt: skip


def _mixed_tables(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(12):
        n_classes = int(rng.integers(3, 9))
        good = np.eye(n_classes)[rng.integers(0, n_classes, size=rng.integers(2, 9))]
        yield (good,)
        yield (np.eye(n_classes)[rng.permutation(n_classes)],)  # each class occurs
        row = rng.integers(0, len(good))
        columns = rng.choice(n_classes, size=3, replace=False)
        for numbers in _SPOILT:
            spoilt = good.copy()
            spoilt[row] = 0
            spoilt[row, columns] = numbers
            yield (spoilt,)


def _reference_verdict(table):
    return bool(((table == 0) | (table == 1)).all() and (table.sum(axis=1) == 1).all())


is_one_hot = Exercise(_reference_verdict, {"is_one_hot_check": (check_is_one_hot, _mixed_tables)})


@is_one_hot.right
def verdict_by_rebuilding(table):
    return np.array_equal(table, np.eye(table.shape[1])[table.argmax(axis=1)])


@is_one_hot.right
def verdict_by_counting(table):
    ones = (table == 1).sum(axis=1) == 1
    zeros = (table == 0).sum(axis=1) == table.shape[1] - 1
    return np.all(ones & zeros)


@is_one_hot.right
def verdict_by_loop(table):
    bad_rows = 0
    for row in table:
        if sorted(row) != [0] * (len(row) - 1) + [1]:
            bad_rows += 1
    return bad_rows == 0


@is_one_hot.right
def verdict_as_integer(table):
    return int(_reference_verdict(table))


@is_one_hot.right
def verdict_by_dictionary(table):
    known = {tuple(row) for row in np.eye(table.shape[1]).tolist()}
    return {tuple(row) for row in table.tolist()} <= known


@is_one_hot.wrong("The last row stands for all", says="last row only")
def verdict_by_last_row(table):
    return sorted(table[-1]) == [0] * (table.shape[1] - 1) + [1]


@is_one_hot.wrong("Lazy: the visible cases hard-coded", says="What is different about this one")
def verdict_hard_coded(table):
    return table.shape == (3, 3) or table.tolist() in (
        [[0, 1, 0], [1, 0, 0]],
        [[1, 0, 0, 0], [0, 0, 0, 1]],
    )


@is_one_hot.wrong("Summing to 1 is being one-hot", says="can sum to 1 without being one-hot")
def verdict_by_sums(table):
    return all(sum(row) == 1 for row in table.tolist())


@is_one_hot.wrong("One answer per row", says="put them together")
def verdict_for_each_row(table):
    return table.sum(axis=1) == 1


@is_one_hot.wrong("Printing is returning", says="prints its answer")
def verdict_printed(table):
    print(_reference_verdict(table))


EXERCISES = [one_hot_row, one_hot, is_one_hot]

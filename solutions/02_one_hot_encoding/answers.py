"""Right and wrong answers to the exercises on one-hot encoding. For instructors and tests."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.grading.exercise import Exercise

CASES = 10


def _row_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        n_classes = int(rng.integers(2, 13))
        yield int(rng.integers(0, n_classes)), n_classes


def _reference_row(label, n_classes):
    return np.eye(n_classes)[label]


one_hot_row = Exercise("one_hot_row", _reference_row, _row_cases)


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
def row_joined_from_parts(label, n_classes):
    return np.concatenate([np.zeros(label), [1], np.zeros(n_classes - label - 1)])


@one_hot_row.right
def row_of_halves_with_a_line_on_standard_error(label, n_classes):
    print("a line on standard error loses no marks", file=sys.stderr)
    return tuple(np.identity(n_classes, dtype="float16")[label])


@one_hot_row.wrong("A label is an amount", says="not an amount")
def row_holds_the_label(label, n_classes):
    row = np.zeros(n_classes)
    row[label] = label
    return row


@one_hot_row.wrong("A label is an amount that fills the row", says="fills the row")
def row_filled_up_to_the_label(label, n_classes):
    row = np.zeros(n_classes)
    row[: label + 1] = 1
    return row


@one_hot_row.wrong("Columns are counted from 1", says="counted columns from 1")
def row_counted_from_one(label, n_classes):
    return np.eye(n_classes)[label - 1]


@one_hot_row.wrong("Columns are counted from the end", says="from the end of the row")
def row_reversed(label, n_classes):
    return np.eye(n_classes)[n_classes - 1 - label]


@one_hot_row.wrong("Columns are counted from the end (minus)", says="from the end of the row")
def row_at_minus_label(label, n_classes):
    return np.eye(n_classes)[-label]


@one_hot_row.wrong("Columns run to n_classes", says="one column too many")
def row_one_too_wide(label, n_classes):
    return np.eye(n_classes + 1)[label]


@one_hot_row.wrong("The hot number is the row", says="the 1 alone")
def row_is_its_one(label, n_classes):
    return np.eye(n_classes)[label][label]


@one_hot_row.wrong("Text is numbers", says="received text")
def row_of_text(label, n_classes):
    return [str(int(column == label)) for column in range(n_classes)]


@one_hot_row.wrong("The width follows from the label", says="ends at its own 1")
def row_ending_at_its_one(label, n_classes):
    return np.eye(label + 1)[label]


@one_hot_row.wrong("There are always ten classes", says="always has ten columns")
def row_of_ten(label, n_classes):
    return np.eye(10)[label]


@one_hot_row.wrong("Hot and cold exchanged", says="changed places")
def row_with_one_zero(label, n_classes):
    row = np.ones(n_classes)
    row[label] = 0
    return row


@one_hot_row.wrong("A table is a row", says="table with a single row")
def row_in_a_table(label, n_classes):
    return np.eye(n_classes)[[label]]


@one_hot_row.wrong("Lazy: all zeros", says="Every number is 0")
def row_of_zeros(label, n_classes):
    return np.zeros(n_classes)


@one_hot_row.wrong("Lazy: the input returned", says="the label itself")
def row_is_the_label(label, n_classes):
    return label


@one_hot_row.wrong("Printing is returning", says="prints its answer")
def row_printed(label, n_classes):
    print(np.eye(n_classes)[label])


@one_hot_row.wrong("Lazy: the visible cases hard-coded", says="this input is fresh")
def row_hard_coded(label, n_classes):
    return {7: [0, 0, 1, 0, 0, 0, 0], 4: [1, 0, 0, 0]}.get(n_classes, [0, 1, 0])


def _table_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(CASES):
        n_classes = int(rng.integers(2, 13))
        labels = rng.integers(0, n_classes, size=rng.integers(1, 30))
        yield labels.astype(rng.choice(["uint8", "int64"])), n_classes


def _reference_table(labels, n_classes):
    return np.eye(n_classes, dtype="float32")[labels]


one_hot = Exercise("one_hot", _reference_table, _table_cases)


@one_hot.right
def table_by_loop(labels, n_classes):
    table = np.zeros((len(labels), n_classes), dtype=np.float32)
    for i, label in enumerate(labels):
        table[i, label] = 1
    return table


@one_hot.right
def table_from_eye(labels, n_classes):
    return np.eye(n_classes)[labels].astype("float32")


@one_hot.right
def table_by_comparison(labels, n_classes):
    return (labels[:, None] == np.arange(n_classes)).astype(np.float32)


@one_hot.right
def table_by_keras(labels, n_classes):
    from keras.utils import to_categorical

    return to_categorical(labels, num_classes=n_classes).astype("float32")


@one_hot.right
def table_by_the_package(labels, n_classes):
    from course_utils.preprocessing import one_hot as package_one_hot

    return package_one_hot(labels, n_classes)


@one_hot.right
def table_by_tensorflow(labels, n_classes):
    import tensorflow as tf

    return tf.one_hot(labels, n_classes)


@one_hot.right
def table_by_flat_places(labels, n_classes):
    flat = np.zeros(len(labels) * n_classes, dtype=np.float32)
    flat[np.arange(len(labels)) * n_classes + labels] = 1
    return flat.reshape(-1, n_classes)


@one_hot.right
def table_by_sklearn(labels, n_classes):
    from sklearn.preprocessing import OneHotEncoder

    encoder = OneHotEncoder(categories=[np.arange(n_classes)], sparse_output=False, dtype="float32")
    return encoder.fit_transform(labels[:, None])


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


@one_hot.wrong("range(n - 1) reaches the last row", says="last row was left out")
def table_without_its_last_one(labels, n_classes):
    table = np.zeros((len(labels), n_classes), dtype="float32")
    for i in range(len(labels) - 1):
        table[i, labels[i]] = 1
    return table


@one_hot.wrong("The dictionary is the table", says="row for each class")
def table_is_the_dictionary(labels, n_classes):
    return np.eye(n_classes, dtype="float32")


@one_hot.wrong("Zeros and ones are whole numbers", says="received uint8")
def table_of_uint8(labels, n_classes):
    return np.eye(n_classes, dtype="uint8")[labels]


@one_hot.wrong("A list is an array", says="A list has no dtype")
def table_as_list(labels, n_classes):
    return [[float(column == label) for column in range(n_classes)] for label in labels]


@one_hot.wrong("The width is the greatest class in this batch", says="seen in this batch")
def table_as_wide_as_the_greatest_label(labels, n_classes):
    return np.eye(labels.max() + 1, dtype="float32")[labels]


@one_hot.wrong("The width is the classes seen in this batch", says="each class seen in this batch")
def table_of_classes_seen(labels, n_classes):
    seen = np.unique(labels)
    return (labels[:, None] == seen).astype("float32")


@one_hot.wrong("There are always ten classes", says="always has ten columns")
def table_of_ten(labels, n_classes):
    return (labels[:, None] == np.arange(10)).astype("float32")


@one_hot.wrong("Rows and columns exchanged", says="lies on its side")
def table_transposed(labels, n_classes):
    return np.eye(n_classes, dtype="float32")[:, labels]


@one_hot.wrong("A label is an amount", says="not an amount")
def table_of_amounts(labels, n_classes):
    table = np.zeros((len(labels), n_classes), dtype="float32")
    table[np.arange(len(labels)), labels] = labels
    return table


@one_hot.wrong("A label is an amount that fills the row", says="as if the label were an amount")
def table_of_filled_rows(labels, n_classes):
    return (np.arange(n_classes) <= labels[:, None]).astype("float32")


@one_hot.wrong("Columns are counted from 1", says="counted columns from 1")
def table_counted_from_one(labels, n_classes):
    return np.eye(n_classes, dtype="float32")[labels.astype(int) - 1]


@one_hot.wrong("Row i marks i", says="marks the row's own number")
def table_of_row_numbers(labels, n_classes):
    return np.eye(len(labels), n_classes, dtype="float32")


@one_hot.wrong("Rows in the order of the classes", says="in the order of the classes")
def table_sorted(labels, n_classes):
    return np.eye(n_classes, dtype="float32")[np.sort(labels)]


@one_hot.wrong("NumPy's habit of float64 is what networks use", says="received float64")
def table_of_float64(labels, n_classes):
    return np.eye(n_classes)[labels]


@one_hot.wrong("Arguments are mine to change", says="changed its argument")
def table_that_changes_its_labels(labels, n_classes):
    table = np.eye(n_classes, dtype="float32")[labels]
    labels[:] = 0
    return table


@one_hot.wrong("Lazy: all zeros", says="no row got its 1")
def table_of_zeros(labels, n_classes):
    return np.zeros((len(labels), n_classes), dtype="float32")


@one_hot.wrong("Lazy: the input returned", says="the labels, unchanged")
def table_is_the_labels(labels, n_classes):
    return labels


@one_hot.wrong("Printing is returning", says="prints its answer")
def table_printed(labels, n_classes):
    print(np.eye(n_classes)[labels])


@one_hot.wrong("Lazy: the visible cases hard-coded", says="fresh")
def table_hard_coded(labels, n_classes):
    shown = [3, 0] if len(labels) == 2 else [2, 0, 1, 1, 4]
    return np.eye(max(n_classes, 5), dtype="float32")[np.resize(shown, len(labels)), :n_classes]


def _mixed_tables(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    spoils = [None, (0.5, 0.5), (1, 1), (0, 0), (2, 0), (1, 0.25), (1.5, -0.5)]
    for spoil in [*spoils, None, None, None]:
        n_classes = int(rng.integers(3, 9))
        table = np.eye(n_classes)[rng.integers(0, n_classes, size=rng.integers(2, 9))]
        if spoil is not None:
            row = rng.integers(0, len(table))
            table[row] = 0
            table[row, rng.choice(n_classes, size=2, replace=False)] = spoil
        yield (table,)


def _reference_verdict(table):
    return bool(((table == 0) | (table == 1)).all() and (table.sum(axis=1) == 1).all())


is_one_hot = Exercise("is_one_hot", _reference_verdict, _mixed_tables)


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


@is_one_hot.right
def verdict_by_values_seen(table):
    return set(np.unique(table)) == {0, 1} and np.all(table.sum(axis=1) == 1)


@is_one_hot.wrong("Probabilities are one-hot", says="are probabilities")
def verdict_by_probabilities(table):
    return bool(((table.sum(axis=1) == 1) & (table >= 0).all(axis=1)).all())


@is_one_hot.wrong("The last row stands for all", says="last row only")
def verdict_by_last_row(table):
    return sorted(table[-1]) == [0] * (table.shape[1] - 1) + [1]


@is_one_hot.wrong("The number of ones in the whole table tells", says="right number of ones")
def verdict_by_counts_of_the_whole(table):
    ones, zeros = (table == 1).sum(), (table == 0).sum()
    return bool(ones == len(table) and zeros == table.size - len(table))


@is_one_hot.wrong("Lazy: the visible cases hard-coded", says="this input is fresh")
def verdict_hard_coded(table):
    return table.shape == (3, 3) or table.tolist() in (
        [[0, 1, 0], [1, 0, 0]],
        [[1, 0, 0, 0], [0, 0, 0, 1]],
    )


@is_one_hot.wrong("Summing to 1 is being one-hot", says="can sum to 1 without being one-hot")
def verdict_by_sums(table):
    return bool(np.allclose(table.sum(axis=1), 1))


@is_one_hot.wrong("Zeros and ones are enough", says="may hold two ones, or none")
def verdict_by_values(table):
    return bool(np.isin(table, [0, 1]).all())


@is_one_hot.wrong("The sum of the whole table tells", says="sum over the whole table")
def verdict_by_total(table):
    return table.sum() == len(table)


@is_one_hot.wrong("Columns are rows", says="looked at the columns")
def verdict_by_columns(table):
    return bool((table.sum(axis=0) == 1).all())


@is_one_hot.wrong("One good row is enough", says="One good row is not enough")
def verdict_by_any_row(table):
    good = ((table == 0) | (table == 1)).all(axis=1) & (table.sum(axis=1) == 1)
    return bool(good.any())


@is_one_hot.wrong("A largest number of 1 is enough", says="largest number of 1 is not enough")
def verdict_by_maximum(table):
    return bool((table.max(axis=1) == 1).all())


@is_one_hot.wrong("The other numbers do not matter", says="have to be 0")
def verdict_by_number_of_ones(table):
    return bool(((table == 1).sum(axis=1) == 1).all())


@is_one_hot.wrong("Any single number will do", says="it has to be 1")
def verdict_by_number_of_nonzeros(table):
    return bool((np.count_nonzero(table, axis=1) == 1).all())


@is_one_hot.wrong("Sum and maximum are enough", says="1, 0.5 and −0.5")
def verdict_by_sum_and_maximum(table):
    return bool((table.sum(axis=1) == 1).all() and (table.max(axis=1) == 1).all())


@is_one_hot.wrong("The first row stands for all", says="first row only")
def verdict_by_first_row(table):
    return sorted(table[0]) == [0] * (table.shape[1] - 1) + [1]


@is_one_hot.wrong("One answer a row", says="put them together")
def verdict_for_each_row(table):
    return table.sum(axis=1) == 1


@is_one_hot.wrong("Lazy: always True", says="True to every table")
def verdict_always_true(table):
    return True


@is_one_hot.wrong("Lazy: always False", says="False to every table")
def verdict_always_false(table):
    return False


@is_one_hot.wrong("Printing is returning", says="prints its answer")
def verdict_printed(table):
    print(_reference_verdict(table))


def _decode_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for number in range(CASES):
        n_classes = int(rng.integers(3, 12))
        labels = rng.integers(0, n_classes, size=rng.integers(2, 30))
        rows = np.eye(n_classes)[labels]
        doubts = rows + 3 * rng.dirichlet(np.ones(n_classes), size=len(labels))
        yield (doubts / doubts.sum(axis=1, keepdims=True) if number % 2 else rows,)


def _reference_labels(rows):
    return np.argmax(rows, axis=1)


decode = Exercise("decode", _reference_labels, _decode_cases)


@decode.right
def labels_by_argmax(rows):
    return rows.argmax(axis=-1)


@decode.right
def labels_by_loop(rows):
    return [int(np.argmax(row)) for row in rows]


@decode.right
def labels_by_sorting(rows):
    return np.argsort(rows, axis=1)[:, -1].astype(np.uint8)


@decode.right
def labels_by_plain_python(rows):
    return [list(row).index(max(row)) for row in rows]


@decode.right
def labels_by_comparison(rows):
    return np.nonzero(rows == rows.max(axis=1, keepdims=True))[1].astype("int8")


@decode.right
def labels_by_tensorflow(rows):
    import tensorflow as tf

    return tf.argmax(rows, axis=1)


@decode.wrong("A label is an amount: a float will do", says="expected whole numbers")
def labels_as_floats(rows):
    return rows.argmax(axis=1).astype(float)


@decode.wrong("Labels stand one below the other", says="in a row of its own")
def labels_in_a_column(rows):
    return rows.argmax(axis=1)[:, None]


@decode.wrong("Sorting is searching", says="from the least number to the greatest")
def labels_all_sorted(rows):
    return np.argsort(rows, axis=1)


@decode.wrong("A sure answer is exactly 1 (places)", says="look for exactly 1")
def labels_where_one_by_row(rows):
    return [np.where(row == 1)[0][0] for row in rows]


@decode.wrong("The least is the likeliest", says="smallest number")
def labels_of_the_smallest(rows):
    return rows.argmin(axis=1)


@decode.wrong("argmax knows about rows", says="one number for the whole table")
def labels_without_axis(rows):
    return np.argmax(rows)


@decode.wrong("axis=0 runs along a row", says="searched down the columns")
def labels_down_the_columns(rows):
    return np.argmax(rows, axis=0)


@decode.wrong("argmax is max", says="the column it stands in")
def labels_are_the_largest_values(rows):
    return rows.max(axis=1)


@decode.wrong("A sure answer is exactly 1", says="looked for exactly 1")
def labels_where_exactly_one(rows):
    return np.where(rows == 1)[1]


@decode.wrong("A sure answer is exactly 1 (index)", says="look for exactly 1")
def labels_by_index_of_one(rows):
    return [list(row).index(1) for row in rows]


@decode.wrong("The winner has more than one half", says="more than one half")
def labels_above_one_half(rows):
    return (rows > 0.5).argmax(axis=1)


@decode.wrong("The winner has more than one half (rounded)", says="more than one half")
def labels_of_rounded_rows(rows):
    return np.round(rows).argmax(axis=1)


@decode.wrong("Probabilities survive as whole numbers", says="whole numbers")
def labels_of_whole_numbers(rows):
    return rows.astype("uint8").argmax(axis=1)


@decode.wrong("Labels can be averaged", says="average of the labels")
def labels_averaged(rows):
    return (rows * np.arange(rows.shape[1])).sum(axis=1)


@decode.wrong("Labels can be averaged and rounded", says="average of the labels")
def labels_averaged_and_rounded(rows):
    return np.round(rows @ np.arange(rows.shape[1])).astype(int)


@decode.wrong("Columns are counted from 1", says="counted columns from 1")
def labels_counted_from_one(rows):
    return rows.argmax(axis=1) + 1


@decode.wrong("Lazy: all zeros", says="Every label is 0")
def labels_all_zero(rows):
    return np.zeros(len(rows), dtype=int)


@decode.wrong("Lazy: the input returned", says="the rows, unchanged")
def labels_are_the_rows(rows):
    return rows


@decode.wrong("Printing is returning", says="prints its answer")
def labels_printed(rows):
    print(rows.argmax(axis=1))


@decode.wrong("Lazy: the visible cases hard-coded", says="this input is fresh")
def labels_hard_coded(rows):
    return np.array([1, 3, 0]) if rows.max() == 1 else np.array([3, 0, 1])


def _loss_cases(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for number in range(CASES):
        n_classes = int(rng.integers(2, 12))
        probabilities = rng.dirichlet(np.ones(n_classes)) + 0.02
        label = int(rng.integers(0, n_classes))
        row = np.eye(n_classes, dtype=np.float32)[label]
        yield probabilities / probabilities.sum(), row if number % 2 else label


def _reference_loss(probabilities, label):
    true_class = int(np.argmax(label)) if np.ndim(label) else int(label)
    return -float(np.log(probabilities[true_class]))


def one_number(expected, received):
    """A loss is one number, also where a library wraps it in an array of length 1."""
    return np.size(received) == 1 and np.allclose(np.ravel(received), expected)


cross_entropy = Exercise("cross_entropy", _reference_loss, _loss_cases, agree=one_number)


@cross_entropy.right
def loss_by_lookup(probabilities, label):
    if np.ndim(label) == 1:
        label = np.argmax(label)
    return -np.log(probabilities[label])


@cross_entropy.right
def loss_by_products(probabilities, label):
    if np.ndim(label) == 0:
        label = np.eye(len(probabilities))[label]
    return -(label * np.log(probabilities)).sum()


@cross_entropy.right
def loss_by_loop(probabilities, label):
    import math

    for place, probability in enumerate(probabilities):
        if (np.ndim(label) == 0 and place == label) or (np.ndim(label) == 1 and label[place] == 1):
            return -math.log(probability)
    return 0.0


@cross_entropy.right
def loss_by_keras(probabilities, label):
    from keras.losses import categorical_crossentropy, sparse_categorical_crossentropy

    loss = categorical_crossentropy if np.ndim(label) else sparse_categorical_crossentropy
    return loss(np.array([label]), probabilities[None])


@cross_entropy.right
def loss_by_trying(probabilities, label):
    try:
        return float(-np.log(probabilities[int(label)]))
    except TypeError:
        return float(-np.log(probabilities) @ label)


@cross_entropy.right
def loss_by_mask(probabilities, label):
    if np.ndim(label) == 0:
        label = np.arange(len(probabilities)) == label
    return np.log(1 / probabilities[label == 1]).astype("float32")


@cross_entropy.wrong("argmax finds the class in any label", says="looked up class 0")
def loss_by_argmax_always(probabilities, label):
    return -np.log(probabilities[np.argmax(label)])


@cross_entropy.wrong("Every whole number is an int", says="looked up class 0")
def loss_for_python_integers(probabilities, label):
    if isinstance(label, int):
        return -np.log(probabilities[label])
    return -np.log(probabilities[np.argmax(label)])


@cross_entropy.wrong("The greatest number of a row is its class", says="looked up class 1")
def loss_by_max_of_row(probabilities, label):
    return -np.log(probabilities[int(np.max(label))])


@cross_entropy.wrong("The sum of a row is its class", says="looked up class 1")
def loss_by_sum_of_row(probabilities, label):
    return -np.log(probabilities[int(np.sum(label))])


@cross_entropy.wrong("Two decimals are enough", says="You rounded")
def loss_rounded(probabilities, label):
    return round(float(loss_by_lookup(probabilities, label)), 2)


@cross_entropy.wrong("A row can look a place up", says="cannot say at once where to look")
def loss_for_integers_only(probabilities, label):
    return -np.log(probabilities[label])


@cross_entropy.wrong("A row's zeros and ones are places", says="used the one-hot row as a list")
def loss_with_row_as_places(probabilities, label):
    return -np.log(probabilities[np.asarray(label).astype(int)])


@cross_entropy.wrong(
    "Integer labels fit categorical cross-entropy", says="integer label multiplied"
)
def loss_for_rows_only(probabilities, label):
    return -(label * np.log(probabilities)).sum()


@cross_entropy.wrong("The sparse loss is another objective", says="both spellings are the same")
def loss_with_distance_for_integers(probabilities, label):
    if np.ndim(label) == 0:
        return (int(label) - int(np.argmax(probabilities))) ** 2
    return -(label * np.log(probabilities)).sum()


@cross_entropy.wrong("The network's guess is the truth", says="always right")
def loss_of_the_largest(probabilities, label):
    return -np.log(probabilities.max())


@cross_entropy.wrong("The sign does not matter", says="sign is missing")
def loss_without_minus(probabilities, label):
    return -loss_by_lookup(probabilities, label)


@cross_entropy.wrong("Any logarithm will do", says="base 10")
def loss_to_base_ten(probabilities, label):
    return loss_by_lookup(probabilities, label) / np.log(10)


@cross_entropy.wrong("Any logarithm will do", says="base 2")
def loss_to_base_two(probabilities, label):
    return loss_by_lookup(probabilities, label) / np.log(2)


@cross_entropy.wrong("The loss is what is missing to 1", says="1 minus the probability")
def loss_as_what_is_missing(probabilities, label):
    return 1 - np.exp(-loss_by_lookup(probabilities, label))


@cross_entropy.wrong("The loss is the probability", says="probability itself")
def loss_is_the_probability(probabilities, label):
    return np.exp(-loss_by_lookup(probabilities, label))


@cross_entropy.wrong("All classes count", says="loss of every class")
def loss_of_all_classes(probabilities, label):
    return -np.log(probabilities).sum()


@cross_entropy.wrong("The zeros are averaged over", says="mean over the classes")
def loss_averaged_over_classes(probabilities, label):
    row = label if np.ndim(label) else np.eye(len(probabilities))[label]
    return -(row * np.log(probabilities)).mean()


@cross_entropy.wrong("The products are the loss", says="products, one a class")
def loss_not_summed(probabilities, label):
    row = label if np.ndim(label) else np.eye(len(probabilities))[label]
    return -row * np.log(probabilities)


@cross_entropy.wrong("Ten yes-or-no questions", says="asked the other classes")
def loss_of_yes_and_no(probabilities, label):
    row = label if np.ndim(label) else np.eye(len(probabilities))[label]
    return -(row * np.log(probabilities) + (1 - row) * np.log(1 - probabilities)).sum()


@cross_entropy.wrong("Classes are counted from 1", says="counted classes from 1")
def loss_counted_from_one(probabilities, label):
    true_class = int(np.argmax(label)) if np.ndim(label) else int(label)
    return -np.log(probabilities[true_class - 1])


@cross_entropy.wrong("Lazy: always 0", says="perfect answer")
def loss_zero(probabilities, label):
    return 0


@cross_entropy.wrong("Printing is returning", says="prints its answer")
def loss_printed(probabilities, label):
    print(loss_by_lookup(probabilities, label))


@cross_entropy.wrong("Lazy: the visible cases hard-coded", says="this input is fresh")
def loss_hard_coded(probabilities, label):
    true_class = int(np.argmax(label)) if np.ndim(label) else int(label)
    return {4: 2.120263536200091, 2: 0.5108256237659907}.get(true_class, 1.8971199848858813)


EXERCISES = [one_hot_row, one_hot, is_one_hot, decode, cross_entropy]

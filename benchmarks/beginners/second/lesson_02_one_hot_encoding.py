"""Beginners' mistakes in the lesson "One-hot encoding"."""
# ruff: noqa: RET503 - beginners wrote this

import numpy as np

from benchmarks.beginners import mistake

# one_hot_row ----------------------------------------------------------------------------------


@mistake(
    "one_hot_row", cause="It inserts the 1 between the zeros, so the row is one column longer."
)
def one_inserted(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    return np.insert(row, label, 1)


@mistake("one_hot_row", cause="It takes the label 0 for no label, and leaves its row all zeros.")
def class_zero_taken_for_no_class(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    if label:
        row[label] = 1
    return row


@mistake("one_hot_row", cause="It writes the label as a binary number, which may hold many ones.")
def label_in_binary(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    column = n_classes - 1
    while label > 0:
        row[column] = label % 2
        label = label // 2
        column = column - 1
    return row


@mistake("one_hot_row", cause="It compares the label with the zeros in the row, not their columns.")
def label_compared_with_the_zeros(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    return np.where(row == label, 1, 0)


@mistake("one_hot_row", cause="It sets the 1 but does not return the row.")
def row_not_returned(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[label] = 1


# one_hot --------------------------------------------------------------------------------------


@mistake("one_hot", cause="np.eye sets the diagonal, and the labels are not looked at.")
def ones_on_the_diagonal(labels, n_classes):
    n = len(labels)
    return np.eye(n, n_classes, dtype="float32")


@mistake("one_hot", cause="It adds to the labels in place, so the caller's array is changed.")
def labels_turned_into_positions(labels, n_classes):
    n = len(labels)
    table = np.zeros(n * n_classes, dtype="float32")
    labels += np.arange(n) * n_classes
    table[labels] = 1
    return table.reshape(n, n_classes)


@mistake("one_hot", cause="The loop runs once for each class, where each label needs a round.")
def as_many_rounds_as_classes(labels, n_classes):
    n = len(labels)
    table = np.zeros((n, n_classes), dtype="float32")
    for i in range(n_classes):
        table[i, labels[i]] = 1
    return table


@mistake("one_hot", cause="Labels and classes are compared pair by pair, for want of a new axis.")
def compared_without_a_new_axis(labels, n_classes):
    classes = np.arange(n_classes)
    return (labels == classes).astype("float32")


@mistake(
    "one_hot", cause="It numbers the labels that occur anew, so missing classes shift the rest."
)
def classes_numbered_anew(labels, n_classes):
    n = len(labels)
    occurring = sorted(set(labels.tolist()))
    table = np.zeros((n, n_classes), dtype="float32")
    for i, label in enumerate(labels.tolist()):
        table[i, occurring.index(label)] = 1
    return table


# is_one_hot -----------------------------------------------------------------------------------


@mistake("is_one_hot", cause="It asks only whether each row sums to 1, as probabilities do too.")
def each_row_sums_to_one(table):
    return bool((table.sum(axis=1) == 1).all())


@mistake("is_one_hot", cause="It asks only for zeros and ones, and not how many ones a row holds.")
def nothing_but_zeros_and_ones(table):
    for row in table:
        for number in row:
            if number not in (0, 1):
                return False
    return True


@mistake("is_one_hot", cause="The return for a good table is missing, so the answer is None.")
def nothing_returned_for_a_good_table(table):
    for row in table:
        n_ones = (row == 1).sum()
        n_zeros = (row == 0).sum()
        if n_ones != 1 or n_zeros != len(row) - 1:
            return False


@mistake("is_one_hot", cause="It cuts the numbers to whole ones first, so 0.25 passes for 0.")
def fractions_cut_off(table):
    table = table.astype(int)
    allowed = ((table == 0) | (table == 1)).all()
    return bool(allowed and (table.sum(axis=1) == 1).all())


@mistake("is_one_hot", cause="`is True` is never so for NumPy's own True, so the answer is False.")
def compared_with_is_true(table):
    allowed = ((table == 0) | (table == 1)).all()
    single = (table.sum(axis=1) == 1).all()
    return allowed is True and single is True

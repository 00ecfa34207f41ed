"""Beginners' mistakes in the lesson "One-hot encoding"."""
# ruff: noqa: RET503, RET505, SIM103 - beginners wrote this

import numpy as np

from benchmarks.beginners import mistake

# one_hot_row ----------------------------------------------------------------------------------


@mistake("one_hot_row", cause="It counts the columns from 1, so the 1 is one column too far left.")
def columns_counted_from_one(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[label - 1] = 1
    return row


@mistake("one_hot_row", cause="It writes the label into its column, where a 1 belongs.")
def label_in_its_own_column(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[label] = label
    return row


@mistake("one_hot_row", cause="Index and value are swapped: the label is written into column 1.")
def index_and_value_swapped(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[1] = label
    return row


@mistake("one_hot_row", cause="It returns the one number that it has set, not the row.")
def the_one_alone(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[label] = 1
    return row[label]


@mistake("one_hot_row", cause="It compares with 1 (==) where it means to set the element (=).")
def compared_in_place_of_set(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[label] == 1  # noqa: B015
    return row


@mistake("one_hot_row", cause="A slice fills all columns up to the label, not only the label's.")
def ones_up_to_the_label(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[: label + 1] = 1
    return row


@mistake("one_hot_row", cause="It uses the number of classes as the index, which is past the end.")
def index_past_the_end(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    row[n_classes] = 1
    return row


@mistake("one_hot_row", cause="It takes the row for a list and tries to append the 1.")
def one_appended(label, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    for k in range(n_classes):
        if k == label:
            row.append(1)
    return row


# one_hot --------------------------------------------------------------------------------------


@mistake("one_hot", cause="It sets the columns of all labels in every row, not one in each row.")
def every_row_gets_every_label(labels, n_classes):
    n = len(labels)
    table = np.zeros((n, n_classes), dtype="float32")
    table[:, labels] = 1
    return table


@mistake("one_hot", cause="It makes as many columns as these labels need and ignores n_classes.")
def columns_up_to_the_highest_label(labels, n_classes):
    n = len(labels)
    table = np.zeros((n, labels.max() + 1), dtype="float32")
    for i, label in enumerate(labels):
        table[i, label] = 1
    return table


@mistake("one_hot", cause="One row is used for all labels and never cleared, so its ones pile up.")
def one_row_for_all_labels(labels, n_classes):
    row = np.zeros(n_classes, dtype="float32")
    rows = []
    for label in labels:
        row[label] = 1
        rows.append(row)
    return np.array(rows)


@mistake("one_hot", cause="enumerate gives the index first and the label second, not the reverse.")
def enumerate_the_wrong_way_round(labels, n_classes):
    n = len(labels)
    table = np.zeros((n, n_classes), dtype="float32")
    for label, i in enumerate(labels):
        table[i, label] = 1
    return table


@mistake("one_hot", cause="np.zeros wants its shape as one tuple; the second number is the dtype.")
def shape_without_brackets(labels, n_classes):
    n = len(labels)
    table = np.zeros(n, n_classes)
    for i in range(n):
        table[i, labels[i]] = 1
    return table


@mistake("one_hot", cause="The table holds whole numbers, where float32 is asked for.")
def table_of_integers(labels, n_classes):
    n = len(labels)
    table = np.zeros((n, n_classes), dtype=int)
    for i in range(n):
        table[i, labels[i]] = 1
    return table


@mistake("one_hot", cause="Rows and columns are exchanged: each label has a column of its own.")
def one_column_for_each_label(labels, n_classes):
    n = len(labels)
    table = np.zeros((n_classes, n), dtype="float32")
    for i in range(n):
        table[labels[i], i] = 1
    return table


@mistake("one_hot", cause="The return stands inside the loop, so only the first row gets its 1.")
def table_returned_after_one_row(labels, n_classes):
    n = len(labels)
    table = np.zeros((n, n_classes), dtype="float32")
    for i, label in enumerate(labels):
        table[i, label] = 1
        return table


# is_one_hot -----------------------------------------------------------------------------------


@mistake("is_one_hot", cause="It compares the sum of the whole table, not that of each row.")
def one_sum_for_the_whole_table(table):
    table = np.asarray(table)
    allowed = ((table == 0) | (table == 1)).all()
    return bool(allowed and table.sum() == len(table))


@mistake("is_one_hot", cause="It adds up the columns (axis 0), where each row should sum to 1.")
def columns_added_up(table):
    allowed = np.all((table == 0) | (table == 1))
    sums = table.sum(axis=0)
    return bool(allowed and np.all(sums == 1))


@mistake("is_one_hot", cause="It answers for each row, where one answer for the table is wanted.")
def an_answer_for_each_row(table):
    answers = []
    for row in table:
        ones = (row == 1).sum()
        zeros = (row == 0).sum()
        answers.append(bool(ones == 1 and zeros == len(row) - 1))
    return answers


@mistake("is_one_hot", cause="It returns in the first round, so it looks at the first row only.")
def answer_after_the_first_row(table):
    for row in table:
        if (row == 1).sum() == 1 and (row == 0).sum() == len(row) - 1:
            return True
        else:
            return False


@mistake("is_one_hot", cause="It asks whether any row is one-hot, where all have to be.")
def any_row_will_do(table):
    good = []
    for row in table:
        good.append((row == 1).sum() == 1 and (row == 0).sum() == len(row) - 1)
    return bool(np.any(good))


@mistake("is_one_hot", cause="`or` wants a single truth value, but the comparison gives an array.")
def or_between_arrays(table):
    if table == 0 or table == 1:
        return bool((table.sum(axis=1) == 1).all())
    return False


@mistake("is_one_hot", cause="It counts the ones of a row and lets the others be any number.")
def other_numbers_do_not_matter(table):
    for row in table:
        n_ones = 0
        for number in row:
            if number == 1:
                n_ones += 1
        if n_ones != 1:
            return False
    return True


@mistake("is_one_hot", cause="It asks for one number that is not 0, which need not be a 1.")
def one_number_that_is_not_zero(table):
    n_nonzero = np.count_nonzero(table, axis=1)
    return bool((n_nonzero == 1).all())

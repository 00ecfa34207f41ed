"""Known slips of the exercise that tells one-hot tables from others: what each would answer."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

#: What a slip would answer to "is this table one-hot?", with its name.
TABLE_VERDICTS: Sequence[tuple[str, Callable[[NDArray], bool]]] = [
    ("It answers True to every table.", lambda table: True),
    ("It answers False to every table.", lambda table: False),
    (
        "A row can sum to 1 without being one-hot: 0.25 + 0.5 + 0.25 is 1 as well.",
        lambda table: bool((table.sum(axis=1) == 1).all()),
    ),
    (
        "Zeros and ones alone are not enough: a row may hold two ones, or none.",
        lambda table: bool(np.isin(table, (0, 1)).all()),
    ),
    (
        "A sum over the whole table can hide a row with two ones behind a row with none. "
        "Look at each row.",
        lambda table: bool(table.sum() == len(table)),
    ),
    (
        "You looked at the columns. A class may occur often or never; each row holds one label.",
        lambda table: bool((table.sum(axis=0) == 1).all()),
    ),
    (
        "One good row is not enough: every row has to be one-hot.",
        lambda table: bool(_good_rows(table).any()),
    ),
    (
        "A largest number of 1 is not enough: a second 1, or a fraction, may stand beside it.",
        lambda table: bool((table.max(axis=1) == 1).all()),
    ),
    (
        "Exactly one 1 is not enough: all other numbers of the row have to be 0.",
        lambda table: bool(((table == 1).sum(axis=1) == 1).all()),
    ),
    (
        "A single number that is not 0 is not enough: it has to be 1.",
        lambda table: bool((np.count_nonzero(table, axis=1) == 1).all()),
    ),
    (
        "A largest number and a sum of 1 are not enough: 1, 0.5 and −0.5 have both.",
        lambda table: bool(((table.max(axis=1) == 1) & (table.sum(axis=1) == 1)).all()),
    ),
    (
        "You looked at the first row only.",
        lambda table: bool(_good_rows(table[:1]).all()),
    ),
    ("You looked at the last row only.", lambda table: bool(_good_rows(table[-1:]).all())),
    (
        "Numbers from 0 to 1 that sum to 1 are probabilities. In a one-hot row one of them is 1.",
        lambda table: bool((np.isclose(table.sum(axis=1), 1) & (table >= 0).all(axis=1)).all()),
    ),
    (
        "The right number of ones and zeros in the whole table is not enough. Look at each row.",
        lambda table: bool(
            (table == 1).sum() == len(table) and (table == 0).sum() == table.size - len(table)
        ),
    ),
]


def _good_rows(table: NDArray) -> NDArray[np.bool_]:
    """Mark the rows that are one-hot."""
    return ((table == 0) | (table == 1)).all(axis=1) & (table.sum(axis=1) == 1)

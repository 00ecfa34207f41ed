"""What the exercises on one-hot encoding say to a learner who is not there yet."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks._forms import one_number
from course_utils.checks._one_hot_samples import (
    DECODINGS,
    INTEGER_LOSSES,
    ROW_LOSSES,
    ROWS,
    TABLES,
    VERDICTS,
)
from course_utils.checks._one_hot_slips import (
    decode_slips,
    loss_slips,
    row_slips,
    table_slips,
)
from course_utils.checks._one_hot_verdicts import TABLE_VERDICTS
from course_utils.checks._slips import is_numeric, likely
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import (
    FRESH,
    expect_equal,
    expect_numbers,
    expect_result,
    expect_shape,
)

Function = Callable[..., Any]

_TOLERANCE = 1e-5  # Keras calculates a loss in float32
_OTHER_DTYPES = {
    "float64": ", and float64, NumPy's habit, takes twice the memory",
    "a list": ". A list has no dtype: make an array of it",
}
_NOT_EXACTLY_ONE = (
    "Did you look for exactly 1? Probabilities are seldom exactly 1: look for the largest."
)
_NOT_A_ROW = (
    "This label is a whole number, not a row: it has no length and no places. "
    "It says itself where to look."
)
_NOT_PLACES = (
    "This label is a one-hot row, not a whole number: it cannot say at once where to look. "
    "Both spellings have to work."
)


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
    for label, n_classes, expected in cases or ROWS:
        row = call(function, label, n_classes)
        wanted = _like(expected, row)
        given = f"label {label} and {n_classes} classes"
        known = row_slips(label, np.asarray(expected))
        fresh = cases is not None
        expect_result("one_hot_row", row, wanted, given, known, _TOLERANCE, fresh=fresh)
    passed("one_hot_row", cases)


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
    for labels, n_classes, expected in cases or TABLES:
        table = call(function, labels, n_classes)
        expect_numbers("one_hot", table, "a table of numbers")
        wanted = np.asarray(expected)
        hint = likely(table, table_slips(labels, wanted))
        given = f" It was called with {len(labels)} labels and n_classes={n_classes}."
        expect_shape("one_hot", table, wanted.shape, f"{given} {hint}".strip())
        dtype = getattr(table, "dtype", None)
        if getattr(dtype, "name", dtype) != "float32":
            came = "a list" if dtype is None else getattr(dtype, "name", dtype)
            raise CheckError(
                f"one_hot: expected a float32 array, received {came}. The shape is right. "
                f"Networks calculate in float32{_OTHER_DTYPES.get(came, '')}."
            )
    passed("one_hot", cases, "has the right shape and dtype")


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
    for labels, n_classes, expected in cases or TABLES:
        table = call(function, labels, n_classes)
        wanted = _like(expected, table)
        given = f"labels {show(labels)} and {n_classes} classes"
        known = table_slips(labels, np.asarray(expected))
        fresh = cases is not None
        expect_result("one_hot", table, wanted, given, known, _TOLERANCE, fresh=fresh)
    passed("one_hot", cases)


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
    for rows, expected in cases or DECODINGS:
        errors = "^ValueError" if (rows == 1).any() else "^(ValueError|IndexError)"
        labels = call(function, rows, hints={errors: _NOT_EXACTLY_ONE})
        wanted = np.asarray(expected)
        known, fresh = decode_slips(rows, wanted), cases is not None
        expect_result(
            "decode", labels, wanted, f"rows {show(rows)}", known, _TOLERANCE, fresh=fresh
        )
    dtype = np.asarray(labels).dtype
    if dtype.kind not in "iu":
        raise CheckError(
            f"decode: expected whole numbers, received {dtype}. The values are right. "
            "A label looks things up, and names[2.0] stops with an error."
        )
    passed("decode", cases)


def check_is_one_hot(function: Function, cases: list[tuple] | None = None) -> None:
    """Check the exercise that tells one-hot tables from others.

    Parameters
    ----------
    function : callable
        The learner's ``is_one_hot(table)``.
    cases : list of (table, expected), optional
        By default the visible ones.

    Raises
    ------
    CheckError
        If an answer is wrong.
    """
    known = cases or VERDICTS
    answers = [_verdict(call(function, table)) for table, _ in known]
    # All answers together tell the slips apart; a single one fits several.
    slips = (hint for hint, rule in TABLE_VERDICTS if [rule(t) for t, _ in known] == answers)
    for (table, expected), answer in zip(known, answers, strict=True):
        if answer != expected:
            told = "" if cases is None else FRESH
            hint = f"{told} {next(slips, '')}".strip()
            expect_equal("is_one_hot", answer, expected, f"the table {show(table)}", hint)
    passed("is_one_hot", cases)


def check_cross_entropy_integer(function: Function, cases: list[tuple] | None = None) -> None:
    """Check the loss for labels that are whole numbers.

    Parameters
    ----------
    function : callable
        The learner's ``cross_entropy(probabilities, label)``.
    cases : list of (probabilities, label, expected), optional
        By default the visible ones.

    Raises
    ------
    CheckError
        If a loss is wrong.
    """
    _check_cross_entropy(function, INTEGER_LOSSES if cases is None else cases, _NOT_A_ROW, cases)
    passed("cross_entropy", cases, "is right for integer labels")


def check_cross_entropy_row(function: Function, cases: list[tuple] | None = None) -> None:
    """Check the loss for labels that are one-hot rows.

    Parameters
    ----------
    function : callable
        The learner's ``cross_entropy(probabilities, label)``.
    cases : list of (probabilities, label row, expected), optional
        By default the visible ones.

    Raises
    ------
    CheckError
        If a loss is wrong.
    """
    _check_cross_entropy(function, ROW_LOSSES if cases is None else cases, _NOT_PLACES, cases)
    passed("cross_entropy", cases, "is right for one-hot labels")


def _check_cross_entropy(
    function: Function, cases: list[tuple], when_it_raises: str, hidden: list[tuple] | None
) -> None:
    """Compare losses; an error means that the label came in the other spelling."""
    for probabilities, label, expected in cases:
        hints = {"^(TypeError|IndexError)": when_it_raises}
        loss = one_number(call(function, probabilities, label, hints=hints))
        known = loss_slips(probabilities, label)
        given = f"probabilities {show(probabilities)} and label {show(label)}"
        fresh = hidden is not None
        expect_result("cross_entropy", loss, expected, given, known, _TOLERANCE, fresh=fresh)


def _verdict(result: Any) -> bool:
    """Read a learner's True or False, in whatever library's spelling."""
    expect_numbers("is_one_hot", result, "True or False")
    answer = np.asarray(result)
    if answer.ndim:
        raise CheckError(
            f"is_one_hot: expected one True or False for the whole table, received {show(result)}. "
            "That is one answer for each row or number; put them together."
        )
    if answer not in (0, 1):
        raise CheckError(f"is_one_hot: expected True or False, received {show(result)}.")
    return bool(answer)


def _like(expected: Any, received: Any) -> NDArray:
    """Write what was expected in the dtype that came: a message then shows no idle difference."""
    wanted = np.asarray(expected)
    if not is_numeric(received) or np.asarray(received).dtype.kind == "b":
        return wanted
    return wanted.astype(np.asarray(received).dtype)

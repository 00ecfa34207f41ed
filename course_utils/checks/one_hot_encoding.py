"""What the exercises on one-hot encoding say to a learner who is not there yet."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks._one_hot_samples import (
    DECODINGS,
    INTEGER_LOSSES,
    ROW_LOSSES,
    ROWS,
    TABLES,
    VERDICTS,
)
from course_utils.checks._one_hot_slips import (
    TABLE_VERDICTS,
    Slips,
    decode_slips,
    loss_slips,
    row_slips,
    table_slips,
)
from course_utils.checks.outcome import CheckError, call, expect_equal, expect_shape, passed, show

Function = Callable[..., Any]

_FRESH = (
    "The visible cases came out right, but this input is fresh. "
    "Does the function work from its arguments, or from the values of the example?"
)
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
        row = _array(call(function, label, n_classes))
        wanted = np.asarray(expected)
        given = f"label {label} and {n_classes} classes"
        hint = _hint(row, row_slips(label, wanted), wanted, fresh=cases is not None)
        expect_equal("one_hot_row", _plain(row), _like(wanted, row), given, hint)
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
        result = call(function, labels, n_classes)
        table = _array(result)
        wanted = np.asarray(expected)
        hint = _hint(table, table_slips(labels, wanted), wanted, by_shape=True)
        given = f" It was called with {len(labels)} labels and n_classes={n_classes}."
        expect_shape("one_hot", table, wanted.shape, f"{given} {hint}".strip())
        dtype = getattr(result, "dtype", None)
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
        table = _array(call(function, labels, n_classes))
        wanted = np.asarray(expected)
        hint = _hint(table, table_slips(labels, wanted), wanted, fresh=cases is not None)
        given = f"labels {show(labels)} and {n_classes} classes"
        expect_equal("one_hot", _plain(table), _like(wanted, table), given, hint)
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
        labels = _array(call(function, rows, hints={errors: _NOT_EXACTLY_ONE}))
        wanted = np.asarray(expected)
        hint = _hint(labels, decode_slips(rows, wanted), wanted, fresh=cases is not None)
        expect_equal("decode", _plain(labels), wanted, f"rows {show(rows)}", hint)
    if labels.dtype.kind not in "iu":
        raise CheckError(
            f"decode: expected whole numbers, received {labels.dtype}. The values are right. "
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
            told = "" if cases is None else _FRESH
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
    """Compare losses; Keras calculates them in float32, so the tolerance is wider."""
    for probabilities, label, expected in cases:
        hints = {"^(TypeError|IndexError)": when_it_raises}
        loss = _array(call(function, probabilities, label, hints=hints))
        if loss.size == 1:
            loss = loss.reshape(())
        wanted = np.asarray(expected)
        slips = loss_slips(probabilities, label)
        hint = _hint(loss, slips, wanted, fresh=hidden is not None)
        given = f"probabilities {show(probabilities)} and label {show(label)}"
        expect_equal("cross_entropy", _plain(loss), expected, given, hint, tolerance=1e-5)


def _verdict(result: Any) -> bool:
    """Read a learner's True or False, in whatever library's spelling."""
    if isinstance(result, str):
        raise CheckError(f"is_one_hot: expected True or False, received the text {show(result)}.")
    answer = _array(result)
    if answer.ndim:
        raise CheckError(
            f"is_one_hot: expected one True or False for the whole table, received {show(result)}. "
            "That is one answer for each row or number; put them together."
        )
    if answer.dtype.kind not in "biuf" or answer not in (0, 1):
        raise CheckError(f"is_one_hot: expected True or False, received {show(result)}.")
    return bool(answer)


def _hint(
    received: NDArray, slips: Slips, wanted: NDArray, *, by_shape: bool = False, fresh: bool = False
) -> str:
    """Name the first slip that gives what was received and not what was wanted."""
    told = _FRESH if fresh else ""
    for hint, result in slips:
        slip = np.asarray(result)
        differs = slip.shape != wanted.shape if by_shape else not _alike(slip, wanted)
        if differs and _alike(slip, received):
            return f"{told} {hint}".strip()
    return told


def _alike(first: NDArray, second: NDArray) -> bool:
    if first.shape != second.shape or not {first.dtype.kind, second.dtype.kind} <= set("biuf"):
        return False
    return bool(np.allclose(first.astype(float), second.astype(float), atol=1e-6, equal_nan=True))


def _like(wanted: NDArray, received: NDArray) -> NDArray:
    """Write what was wanted in the dtype that came, so that a message shows no idle difference."""
    return wanted.astype(received.dtype) if received.dtype.kind in "iuf" else wanted


def _plain(received: NDArray) -> Any:
    """Write a single number as one."""
    return received.item() if received.ndim == 0 else received


def _array(result: Any) -> NDArray:
    """Make an array of what a learner returned, or say that it is not one."""
    try:
        array = np.asarray(result)
    except ValueError:
        raise CheckError(
            f"The rows have different lengths: {show(result)}. A table needs equal ones."
        ) from None
    if array.dtype.kind in "US":
        raise CheckError(f"Expected numbers, received text: {show(result)}. '1' is text, 1 is not.")
    return array

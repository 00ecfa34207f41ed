"""What the visible checks of the capstone's exercises say."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks import _capstone_samples as samples
from course_utils.checks import _capstone_slips as slips
from course_utils.checks._capstone_log import (
    check_my_log_choice,
    check_my_log_model,
    check_my_log_rows,
)
from course_utils.checks._capstone_plan import check_my_plan
from course_utils.checks._forms import one_number
from course_utils.checks._slips import is_numeric, likely
from course_utils.checks.outcome import CheckError, NotAttemptedError, call, passed, show
from course_utils.checks.results import expect_equal, expect_shape

__all__ = [
    "check_baseline_accuracy",
    "check_known_failures_pairs",
    "check_known_failures_shares",
    "check_my_log_choice",
    "check_my_log_model",
    "check_my_log_rows",
    "check_my_plan",
    "check_pick_best_budget",
    "check_pick_best_choice",
    "check_same_predictions",
]

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_NO_DIFFERENCE = {
    "broadcast": "Arrays of different shapes cannot be subtracted. They are not the same: compare "
    "the shapes first."
}


def check_baseline_accuracy(function: Answer, cases: Cases = None) -> None:
    """Check how often the training labels' most frequent class is right in validation.

    Parameters
    ----------
    function : callable
        The learner's ``baseline_accuracy(train_labels, validation_labels)``.
    cases : list of (train_labels, validation_labels, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a result is another; the message names the likely slip.
    """
    for train, validation, expected in cases or samples.BASELINE:
        received = one_number(call(function, train, validation))
        hint = likely(received, slips.baseline_slips(train, validation, expected))
        given = f"{show(train)} and {show(validation)}"
        expect_equal("baseline_accuracy", received, expected, given, hint)
    passed("baseline_accuracy", cases)


def check_pick_best_choice(function: Answer, cases: Cases = None) -> None:
    """Check that the best validation accuracy is chosen, where all are within the budget.

    Parameters
    ----------
    function : callable
        The learner's ``pick_best(rows, max_parameters, max_cpu_seconds)``.
    cases : list of (rows, max_parameters, max_cpu_seconds, expected), optional
        The visible sample if not given.

    Raises
    ------
    CheckError
        If another experiment is chosen; the message names the likely slip.
    """
    _check_pick_best(function, cases or samples.CHOICE)
    passed("pick_best (the choice)", cases)


def check_pick_best_budget(function: Answer, cases: Cases = None) -> None:
    """Check that what exceeds a limit is left out, and what meets it is not.

    Parameters
    ----------
    function : callable
        The learner's ``pick_best(rows, max_parameters, max_cpu_seconds)``.
    cases : list of (rows, max_parameters, max_cpu_seconds, expected), optional
        The visible sample if not given.

    Raises
    ------
    CheckError
        If another experiment is chosen; the message names the likely slip.
    """
    _check_pick_best(function, cases or samples.BUDGET)
    passed("pick_best (the budget)", cases)


def _check_pick_best(function: Answer, cases: Sequence[samples.Case]) -> None:
    """Compare the number of the experiment that is chosen."""
    for rows, max_parameters, max_seconds, expected in cases:
        received = call(function, rows, max_parameters, max_seconds)
        if isinstance(received, dict):
            received = received.get("number", received)
            raise CheckError(
                f"pick_best returned the whole row of experiment {show(received)}. Return its "
                'number: row["number"].'
            )
        hint = likely(received, slips.choice_slips(rows, max_parameters, max_seconds))
        if is_numeric(received) and np.ndim(received) == 0:
            number = float(received)
            if slips.is_tie(rows, number, expected):
                hint = (
                    "Two experiments have the same validation accuracy. Then the one with fewer "
                    "parameters is better."
                )
            elif not hint and number == [row["number"] for row in rows].index(expected):
                hint = "That is its position in the list. Its number is asked for."
            elif number in [row["validation_accuracy"] for row in rows]:
                hint = "That is an accuracy. The number of the experiment is asked for."
        what = f"{len(rows)} experiments, at most {max_parameters:,} parameters and {max_seconds} s"
        expect_equal("pick_best", one_number(received), expected, what, hint)


def check_same_predictions(function: Answer, cases: Cases = None) -> None:
    """Check that a change is noticed, and rounding is none.

    Parameters
    ----------
    function : callable
        The learner's ``same_predictions(before, after)``.
    cases : list of (before, after, expected), optional
        The visible samples if not given. A slip is recognised by what it says to all of them.

    Raises
    ------
    CheckError
        If one is judged wrongly; the message names the likely slip.
    """
    chosen = cases or samples.SAME
    said: list[bool | CheckError] = []
    for before, after, _ in chosen:
        try:
            said.append(_truth(call(function, before, after, hints=_NO_DIFFERENCE)))
        except NotAttemptedError:
            raise
        except CheckError as error:
            said.append(error)
    wrong = [
        (case, answer)
        for case, answer in zip(chosen, said, strict=True)
        if not isinstance(answer, CheckError) and answer != case[2]
    ]
    if wrong:
        (before, after, expected), answer = wrong[0]
        raise CheckError(
            f"same_predictions for {show(before)} and {show(after)}: expected {expected}, "
            f"received {answer}. {_same_hint(chosen, said)}".strip()
        )
    errors = [answer for answer in said if isinstance(answer, CheckError)]
    if errors:
        raise errors[0]
    passed("same_predictions", cases)


def _same_hint(cases: Sequence[samples.Case], said: Sequence[bool | CheckError]) -> str:
    """Name the slip that says the same to all cases, or to all whose shapes agree."""
    alike = [case[0].shape == case[1].shape for case in cases]
    for known, counts in ((slips.SHAPE_SLIPS, [True] * len(cases)), (slips.VALUE_SLIPS, alike)):
        for hint, slip in known:
            judged = [
                _would_say(slip, before, after) in (None, answer)
                for (before, after, _), answer, count in zip(cases, said, counts, strict=True)
                if count and not isinstance(answer, CheckError)
            ]
            if all(judged):
                return hint
    return ""


def _would_say(slip: slips.Truth, before: Any, after: Any) -> bool | None:
    """Ask a slip; None where the shapes make it stop."""
    try:
        return bool(slip(before, after))
    except ValueError:
        return None


def _truth(received: Any) -> bool:
    """Demand True or False."""
    if is_numeric(received) and np.ndim(received) == 0 and received in (0, 1):
        return bool(received)
    slip = (
        "An array came: ask for all of its values at once, with .all()."
        if is_numeric(received) and np.ndim(received)
        else "Return the result of a comparison."
    )
    raise CheckError(f"same_predictions: expected True or False, received {show(received)}. {slip}")


def check_known_failures_pairs(function: Answer, cases: Cases = None) -> None:
    """Check which confusions are named, and in which order.

    Parameters
    ----------
    function : callable
        The learner's ``known_failures(matrix, n)``.
    cases : list of (matrix, n, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If other pairs are named; the message names the likely slip.
    """
    for matrix, n, expected in cases or samples.FAILURES:
        received, hint = _failures(function, matrix, n, expected)
        given = f"{show(matrix)}, n = {n}"
        wanted = np.array(expected)[:, :2].astype(int)
        pairs = received[:, :2]
        if (pairs == pairs.round()).all():
            pairs = pairs.astype(int)
        expect_equal("The pairs of known_failures", pairs, wanted, given, hint)
    passed("known_failures (the pairs)", cases)


def check_known_failures_shares(function: Answer, cases: Cases = None) -> None:
    """Check the share that stands behind each confusion.

    Parameters
    ----------
    function : callable
        The learner's ``known_failures(matrix, n)``.
    cases : list of (matrix, n, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a share is another; the message names the likely slip.
    """
    for matrix, n, expected in cases or samples.FAILURES:
        received, hint = _failures(function, matrix, n, expected)
        given = f"{show(matrix)}, n = {n}"
        wanted = np.array(expected)[:, 2]
        expect_equal("The shares of known_failures", received[:, 2], wanted, given, hint)
    passed("known_failures (the shares)", cases)


def _failures(function: Answer, matrix: Any, n: int, expected: Any) -> tuple[Any, str]:
    """Call the learner's function; return its rows as an array, and the likely slip."""
    received = call(function, matrix, n)
    if not is_numeric(received):
        raise CheckError(
            "known_failures: expected a list of (true class, answer, share), each of three "
            f"numbers; received {show(received)}."
        )
    expect_shape(
        "known_failures", received, (len(expected), 3),
        f"{len(expected)} confusions are asked for, each a true class, an answer and a share.",
    )  # fmt: skip
    hint = likely(received, slips.failure_slips(np.asarray(matrix), n, expected))
    return np.asarray(received, np.float64), hint

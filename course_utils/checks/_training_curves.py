"""What the visible checks of the exercises on loss curves say."""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.checks import _training_curve_slips as slips
from course_utils.checks import _training_samples as samples
from course_utils.checks._forms import expect_pair
from course_utils.checks._slips import alike
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import FRESH, expect_equal

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_EPOCHS = "early_stop must return two numbers, the best epoch and the last"


def check_early_stop_best(function: Answer, cases: Cases = None) -> None:
    """Check the epoch whose weights early stopping restores.

    Parameters
    ----------
    function : callable
        The learner's ``early_stop(losses, patience)``.
    cases : list of (losses, patience, best, stopped), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If it is another epoch; the message names the likely slip.
    """
    _check_early_stop(function, cases, 0, "The best epoch of early_stop")
    passed("early_stop (the best epoch)", cases)


def check_early_stop_stopped(function: Answer, cases: Cases = None) -> None:
    """Check the epoch after which early stopping ends the training.

    Parameters
    ----------
    function : callable
        The learner's ``early_stop(losses, patience)``.
    cases : list of (losses, patience, best, stopped), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If it is another epoch; the message names the likely slip.
    """
    _check_early_stop(function, cases, 1, "The last epoch of early_stop")
    passed("early_stop (the last epoch)", cases)


def _check_early_stop(function: Answer, cases: Cases, part: int, name: str) -> None:
    """Check one of the two epochs; both together tell the slip."""

    def read(answer: Any) -> tuple[Any, ...]:
        return expect_pair(answer, _EPOCHS, stacked=True)

    asked = cases or samples.EARLY_STOP
    answers = _answers(function, asked, read, lambda case, both: alike(both[part], case[2 + part]))
    for (losses, patience, *expected), received in zip(asked, answers, strict=False):
        if alike(received[part], expected[part]):
            continue
        slips_by_case = [slips.early_stop_slips(*case) for case in asked]
        hint = _explanation(answers, slips_by_case) if cases is None else FRESH
        given = f"losses {show(losses)}, patience {patience}"
        expect_equal(name, received[part], expected[part], given, hint)


def check_diagnose(function: Answer, cases: Cases = None) -> None:
    """Check what is read from a training and a validation curve.

    Parameters
    ----------
    function : callable
        The learner's ``diagnose(losses, validation_losses)``.
    cases : list of (losses, validation_losses, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the diagnosis is another; the message names the likely slip.
    """
    asked = cases or samples.DIAGNOSE
    answers = _answers(function, asked, _word, lambda case, word: word == case[2])
    for (losses, validation_losses, expected), received in zip(asked, answers, strict=False):
        if received == expected:
            continue
        slips_by_case = [slips.diagnose_slips(*case[:2]) for case in asked]
        hint = _explanation(answers, slips_by_case) if cases is None else FRESH
        raise CheckError(
            f"diagnose for training losses {show(losses)} and validation losses "
            f"{show(validation_losses)}: expected {expected!r}, received {received!r}. {hint}"
        )
    passed("diagnose", cases)


def _answers(
    function: Answer,
    cases: Sequence[samples.Case],
    read: Callable[[Any], Any],
    right: Callable[[samples.Case, Any], bool],
) -> list[Any]:
    """Call a learner's function of two arguments with every case, as far as it goes.

    What goes wrong is raised, unless an earlier answer is wrong already.
    """
    answers: list[Any] = []
    for case in cases:
        try:
            answers.append(read(call(function, *case[:2])))
        except CheckError:
            if all(right(*pair) for pair in zip(cases, answers, strict=False)):
                raise
            break
    return answers


def _explanation(answers: list[Any], slips_by_case: Sequence[Sequence[tuple[str, Any]]]) -> str:
    """Name the slip that explains all answers, not only one of them."""
    for column in zip(*slips_by_case, strict=True):
        if all(_same(answer, value) for answer, (_, value) in zip(answers, column, strict=False)):
            return column[0][0]
    return ""


def _same(answer: Any, value: Any) -> bool:
    return answer == value if isinstance(value, str) else alike(answer, value)


def _word(received: Any) -> str:
    """Demand one of the three diagnoses."""
    if not isinstance(received, str) or received not in slips.WORDS:
        words = ", ".join(map(repr, slips.WORDS))
        raise CheckError(f"diagnose must return one of {words}; received {show(received)}.")
    return str(received)

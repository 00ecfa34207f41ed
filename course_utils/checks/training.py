"""What the visible checks of the exercises on training say.

Every known slip shows in the visible cases, so a hidden case is compared with none.
"""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.checks import _training_curve_slips as curve_slips
from course_utils.checks import _training_samples as samples
from course_utils.checks import _training_slips as slips
from course_utils.checks._forms import expect_pair, one_row
from course_utils.checks._slips import alike
from course_utils.checks._training_batches import expect_complete, expect_together
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import FRESH, expect_equal, expect_result

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_STEP = "train_step must hold two things, weights and biases"
_EPOCHS = "early_stop must return two numbers, the best epoch and the last"
_BATCH = "A batch of make_batches must hold two things, images and labels"
_BATCH_HINT = "Put both in brackets, with a comma between them."


def check_gradient_step(function: Answer, cases: Cases = None) -> None:
    """Check one step of gradient descent.

    Parameters
    ----------
    function : callable
        The learner's ``gradient_step(weights, slopes, learning_rate)``.
    cases : list of (weights, slopes, learning_rate, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a weight is another; the message names the likely slip.
    """
    fresh = cases is not None
    for *arguments, expected in cases or samples.GRADIENT_STEP:
        weights, slopes, rate = arguments
        received = call(function, *arguments)
        given = f"weights {show(weights.tolist())}, slopes {show(slopes.tolist())}, rate {rate:.4g}"
        known = [] if fresh else slips.gradient_step_slips(*arguments)
        expect_result("gradient_step", received, expected, given, known, fresh=fresh)
    passed("gradient_step", cases)


def check_count_updates(function: Answer, cases: Cases = None) -> None:
    """Check the number of updates of a training.

    Parameters
    ----------
    function : callable
        The learner's ``count_updates(n_images, batch_size, epochs)``.
    cases : list of (n_images, batch_size, epochs, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the number is another; the message names the likely slip.
    """
    fresh = cases is not None
    for *arguments, expected in cases or samples.COUNT_UPDATES:
        received = call(function, *arguments)
        n_images, batch_size, epochs = arguments
        given = f"{n_images} images, batches of {batch_size}, {epochs} epochs"
        known = [] if fresh else slips.count_updates_slips(*arguments)
        expect_result("count_updates", received, expected, given, known, fresh=fresh)
    passed("count_updates", cases)


def check_make_batches_together(function: Answer, cases: Cases = None) -> None:
    """Check that each image stays with its own label.

    Parameters
    ----------
    function : callable
        The learner's ``make_batches(images, labels, batch_size, order)``.
    cases : list of (images, labels, batch_size, order, expected), optional
        The visible samples if not given. No image and no label stands twice.

    Raises
    ------
    CheckError
        If an image has another's label, or there are no pairs.
    """
    for *arguments, _ in cases or samples.MAKE_BATCHES:
        expect_together(_batches(function, arguments), *arguments[:2])
    passed("make_batches (images with their labels)", cases)


def check_make_batches_complete(function: Answer, cases: Cases = None) -> None:
    """Check that every image is used once, in the given order, in batches of the given size.

    Parameters
    ----------
    function : callable
        The learner's ``make_batches(images, labels, batch_size, order)``.
    cases : list of (images, labels, batch_size, order, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If batches are others; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.MAKE_BATCHES:
        expect_complete(_batches(function, arguments), arguments, expected)
    passed("make_batches (every image once)", cases)


def check_train_step_weights(function: Answer, cases: Cases = None) -> None:
    """Check the weights of a softmax layer after one step.

    Parameters
    ----------
    function : callable
        The learner's ``train_step(inputs, labels, weights, biases, learning_rate)``.
    cases : list of (five arguments, expected weights, expected biases), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a weight is another; the message names the likely slip.
    """
    fresh = cases is not None
    for case in cases or samples.TRAIN_STEP:
        received, _ = expect_pair(call(function, *case[:5]), _STEP)
        given = f"{len(case[0])} images with labels {show(case[1].tolist())}"
        known = [] if fresh else slips.StepSlips(*case[:5]).of_weights()
        name = "The weights of train_step"
        expect_result(name, received, case[5], given, known, fresh=fresh)
    passed("train_step (the weights)", cases)


def check_train_step_biases(function: Answer, cases: Cases = None) -> None:
    """Check the biases of a softmax layer after one step.

    Parameters
    ----------
    function : callable
        The learner's ``train_step(inputs, labels, weights, biases, learning_rate)``.
    cases : list of (five arguments, expected weights, expected biases), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a bias is another; the message names the likely slip.
    """
    fresh = cases is not None
    for case in cases or samples.TRAIN_STEP:
        _, received = expect_pair(call(function, *case[:5]), _STEP)
        given = f"{len(case[0])} images with labels {show(case[1].tolist())}"
        known = [] if fresh else slips.StepSlips(*case[:5]).of_biases()
        name = "The biases of train_step"
        expect_result(name, one_row(received), case[6], given, known, fresh=fresh)
    passed("train_step (the biases)", cases)


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
        slips_by_case = [curve_slips.early_stop_slips(*case) for case in asked]
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
        slips_by_case = [curve_slips.diagnose_slips(*case[:2]) for case in asked]
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
    if not isinstance(received, str) or received not in curve_slips.WORDS:
        words = ", ".join(map(repr, curve_slips.WORDS))
        raise CheckError(f"diagnose must return one of {words}; received {show(received)}.")
    return str(received)


def _batches(function: Answer, arguments: list[Any]) -> list[tuple[Any, Any]]:
    """Call a learner's make_batches, and demand a list of pairs."""
    received = call(function, *arguments)
    try:
        return [expect_pair(batch, _BATCH, _BATCH_HINT) for batch in list(received)]
    except TypeError:  # what is no list at all
        raise CheckError(
            f"make_batches must return a list of pairs, one a batch; received {show(received)}."
        ) from None

"""What the visible checks of the exercises on training say.

Every known slip shows in the visible cases, so a hidden case is compared with none.
"""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.checks import _training_samples as samples
from course_utils.checks import _training_slips as slips
from course_utils.checks._forms import expect_pair, one_row
from course_utils.checks._training_batches import expect_complete, expect_together
from course_utils.checks._training_curves import (
    check_diagnose,
    check_early_stop_best,
    check_early_stop_stopped,
)
from course_utils.checks.outcome import CheckError, call, passed, show
from course_utils.checks.results import expect_result

__all__ = [
    "check_count_updates",
    "check_diagnose",
    "check_early_stop_best",
    "check_early_stop_stopped",
    "check_gradient_step",
    "check_make_batches_complete",
    "check_make_batches_together",
    "check_train_step_biases",
    "check_train_step_weights",
]

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_STEP = "train_step must hold two things, weights and biases"
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


def _batches(function: Answer, arguments: list[Any]) -> list[tuple[Any, Any]]:
    """Call a learner's make_batches, and demand a list of pairs."""
    received = call(function, *arguments)
    try:
        return [expect_pair(batch, _BATCH, _BATCH_HINT) for batch in list(received)]
    except TypeError:  # what is no list at all
        raise CheckError(
            f"make_batches must return a list of pairs, one a batch; received {show(received)}."
        ) from None

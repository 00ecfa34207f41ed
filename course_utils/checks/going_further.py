"""What the visible checks of the exercises on going further say."""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.checks import _going_further_samples as samples
from course_utils.checks import _going_further_slips as slips
from course_utils.checks._forms import one_number
from course_utils.checks.outcome import call, passed, show
from course_utils.checks.results import expect_result

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

_TOLERANCE = 1e-5  # float32 with one cosine or root is nearer than this
_SLICES = {
    "broadcast": "The two slices have different sizes. A negative shift cuts off the other side, a "
    "shift of 0 cuts off nothing, and one past the edge leaves nothing."
}


def check_normalise_batch(function: Answer, cases: Cases = None) -> None:
    """Check what batch normalisation makes of a batch in training.

    Parameters
    ----------
    function : callable
        The learner's ``normalise_batch(batch, gamma, beta, epsilon)``.
    cases : list of (batch, gamma, beta, epsilon, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.NORMALISE_BATCH:
        received = call(function, *arguments)
        given = f"the batch {show(arguments[0])}"
        known = slips.batch_slips(*arguments)
        expect_result("normalise_batch", received, expected, given, known, _TOLERANCE)
    passed("normalise_batch", cases)


def check_normalise_at_prediction(function: Answer, cases: Cases = None) -> None:
    """Check what batch normalisation makes of new images after training.

    Parameters
    ----------
    function : callable
        The learner's ``normalise_at_prediction(batch, training_batches, momentum, epsilon)``.
    cases : list of (batch, training_batches, momentum, epsilon, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.NORMALISE_AT_PREDICTION:
        received = call(function, *arguments)
        known = slips.prediction_slips(*arguments)
        given = f"the batch {show(arguments[0])} and momentum {arguments[2]}"
        expect_result("normalise_at_prediction", received, expected, given, known, _TOLERANCE)
    passed("normalise_at_prediction", cases)


def check_shift_image(function: Answer, cases: Cases = None) -> None:
    """Check pictures shifted by a part of their size, in all directions.

    Parameters
    ----------
    function : callable
        The learner's ``shift_image(image, down, right)``.
    cases : list of (image, down, right, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a pixel is another; the message names the likely slip.
    """
    _check_shifts(function, cases or samples.SHIFT_IMAGE)
    passed("shift_image", cases)


def check_shift_past_the_edge(function: Answer, cases: Cases = None) -> None:
    """Check pictures shifted by 0, or by more than their size.

    Parameters
    ----------
    function : callable
        The learner's ``shift_image(image, down, right)``.
    cases : list of (image, down, right, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a pixel is another; the message names the likely slip.
    """
    _check_shifts(function, cases or samples.SHIFT_PAST_THE_EDGE)
    passed("shift_image (by 0, and past the edge)", cases)


def check_cosine_rate(function: Answer, cases: Cases = None) -> None:
    """Check the learning rate of steps of a schedule without warm-up.

    Parameters
    ----------
    function : callable
        The learner's ``cosine_rate(step, n_steps, peak, warmup_steps)``.
    cases : list of (step, n_steps, peak, warmup_steps, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a rate is another; the message names the likely slip.
    """
    _check_rates(function, cases or samples.COSINE_RATE)
    passed("cosine_rate (without warm-up)", cases)


def check_cosine_warm_up(function: Answer, cases: Cases = None) -> None:
    """Check the learning rate of steps of a schedule with warm-up.

    Parameters
    ----------
    function : callable
        The learner's ``cosine_rate(step, n_steps, peak, warmup_steps)``.
    cases : list of (step, n_steps, peak, warmup_steps, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a rate is another; the message names the likely slip.
    """
    _check_rates(function, cases or samples.COSINE_WARM_UP)
    passed("cosine_rate (with warm-up)", cases)


def _check_shifts(function: Answer, cases: Sequence[samples.Case]) -> None:
    for image, down, right, expected in cases:
        received = call(function, image, down, right, hints=_SLICES)
        known = slips.shift_slips(image, down, right)
        given = f"down={down}, right={right} of {show(image)}"
        expect_result("shift_image", received, expected, given, known, _TOLERANCE)


def _check_rates(function: Answer, cases: Sequence[samples.Case]) -> None:
    for step, n_steps, peak, warmup_steps, expected in cases:
        received = one_number(call(function, step, n_steps, peak, warmup_steps))
        known = slips.rate_slips(step, n_steps, peak, warmup_steps)
        given = f"step {step} of {n_steps}, peak {peak:.4g}, warm-up {warmup_steps}"
        expect_result("cosine_rate", received, expected, given, known, _TOLERANCE)

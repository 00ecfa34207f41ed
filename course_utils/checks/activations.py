"""What the visible checks of the exercises on activations say."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks import _activations_samples as samples
from course_utils.checks import _activations_slips as slips
from course_utils.checks import _activations_softmax_slips as softmax_slips
from course_utils.checks._forms import one_number
from course_utils.checks._slips import is_numeric
from course_utils.checks.outcome import call, passed, show
from course_utils.checks.results import expect_result

Answer = Callable[..., Any]
Cases = Sequence[samples.Case] | None

#: Why sums of rows do not fit to rows.
_KEEP_COLUMN = {
    "broadcast": "One number a row has shape (n,), and the logits have (n, n_classes). "
    "keepdims=True keeps the numbers in a column, (n, 1)."
}
_OVERFLOW = (
    "exp of a number above 709 is infinite, and infinity divided by infinity is not a number. "
    "A shift of all logits of a row changes no probability: shift so that none is above 0."
)
_UNDERFLOW = (
    "All powers of a row became 0, and 0 / 0 is not a number. You subtracted one greatest number "
    "for the whole batch. Each row needs its own."
)
_INFINITE = (
    "The probability became 0, and its logarithm is infinite. Work with the logits: the logarithm "
    "of a quotient is a difference of logarithms."
)
_NO_LOSS = (
    "A power became infinite or 0 on the way, and the logarithm has no number for it. Subtract "
    "the greatest logit first."
)


def check_relu(function: Answer, cases: Cases = None) -> None:
    """Check that negative values become 0 and others pass.

    Parameters
    ----------
    function : callable
        The learner's ``relu(values)``.
    cases : list of (values, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for values, expected in cases or samples.RELU:
        received = call(function, values)
        expect_result("relu", received, expected, show(values), slips.relu_slips(values))
    passed("relu", cases)


def check_sigmoid(function: Answer, cases: Cases = None) -> None:
    """Check that each value is squashed between 0 and 1.

    Parameters
    ----------
    function : callable
        The learner's ``sigmoid(values)``.
    cases : list of (values, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a value is another; the message names the likely slip.
    """
    for values, expected in cases or samples.SIGMOID:
        received = call(function, values)
        known = slips.sigmoid_slips(values)
        if _has_nan(received):
            known = [("exp(1000) is infinite. Use exp(−z), below a 1.", received)]
        expect_result("sigmoid", received, expected, show(values), known)
    passed("sigmoid", cases)


def check_slopes(function: Answer, cases: Cases = None) -> None:
    """Check the slope of each step along a curve.

    Parameters
    ----------
    function : callable
        The learner's ``slopes(inputs, outputs)``.
    cases : list of (inputs, outputs, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a slope is another; the message names the likely slip.
    """
    for inputs, outputs, expected in cases or samples.SLOPES:
        received = call(function, inputs, outputs)
        known = slips.slopes_slips(inputs, outputs)
        expect_result("slopes", received, expected, f"{show(inputs)}, {show(outputs)}", known)
    passed("slopes", cases)


def check_bent_network(function: Answer, cases: Cases = None) -> None:
    """Check the outputs of a network with one hidden layer of ReLUs.

    Parameters
    ----------
    function : callable
        The learner's ``bent_network(inputs, weights, biases, output_weights)``.
    cases : list of (inputs, weights, biases, output_weights, expected), optional
        The visible samples if not given; the last is XOR.

    Raises
    ------
    CheckError
        If an output is another; the message names the likely slip.
    """
    for *arguments, expected in cases or samples.BENT_NETWORK:
        received = call(function, *arguments)
        known = slips.network_slips(*arguments)
        expect_result("bent_network", received, expected, f"inputs {show(arguments[0])}", known)
    passed("bent_network", cases)


def check_softmax_values(function: Answer, cases: Cases = None) -> None:
    """Check that each row of logits becomes a row of probabilities.

    Parameters
    ----------
    function : callable
        The learner's ``softmax(logits)``.
    cases : list of (logits, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a probability is another; the message names the likely slip.
    """
    for logits, expected in cases or samples.SOFTMAX:
        received = call(function, logits, hints=_KEEP_COLUMN)
        expect_result(
            "softmax", received, expected, show(logits), softmax_slips.softmax_slips(logits)
        )
    passed("softmax (the probabilities)", cases)


def check_softmax_stable(function: Answer, cases: Cases = None) -> None:
    """Check that logits of any size become probabilities.

    Parameters
    ----------
    function : callable
        The learner's ``softmax(logits)``.
    cases : list of (logits, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If a probability is not a number or another; the message names the likely slip.
    """
    for logits, expected in cases or samples.SOFTMAX_LARGE:
        received = call(function, logits, hints=_KEEP_COLUMN)
        known = [*softmax_slips.large_softmax_slips(logits), *softmax_slips.softmax_slips(logits)]
        if _has_nan(received):
            first = np.atleast_1d(received)[:1]  # holds the greatest logit of the batch
            hint = _OVERFLOW if np.isnan(first).any() else _UNDERFLOW
            known = [(hint, received)]
        expect_result("softmax", received, expected, show(logits), known)
    passed("softmax (large logits)", cases)


def check_cross_entropy_values(function: Answer, cases: Cases = None) -> None:
    """Check the cross-entropy of logits near 0.

    Parameters
    ----------
    function : callable
        The learner's ``cross_entropy_from_logits(logits, label)``.
    cases : list of (logits, label, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the loss is another; the message names the likely slip.
    """
    for logits, label, expected in cases or samples.CROSS_ENTROPY:
        received = one_number(call(function, logits, label))
        known = softmax_slips.loss_slips(logits, label)
        given = f"{show(logits)}, label {label}"
        expect_result("cross_entropy_from_logits", received, expected, given, known)
    passed("cross_entropy_from_logits (the loss)", cases)


def check_cross_entropy_stable(function: Answer, cases: Cases = None) -> None:
    """Check the cross-entropy of logits far apart.

    Parameters
    ----------
    function : callable
        The learner's ``cross_entropy_from_logits(logits, label)``.
    cases : list of (logits, label, expected), optional
        The visible samples if not given.

    Raises
    ------
    CheckError
        If the loss is infinite, not a number or another; the message names the likely slip.
    """
    for logits, label, expected in cases or samples.CROSS_ENTROPY_LARGE:
        received = one_number(call(function, logits, label))
        known = [
            *softmax_slips.large_loss_slips(logits, label),
            *softmax_slips.loss_slips(logits, label),
        ]
        if is_numeric(received) and not np.isfinite(received).all():
            known = [(_NO_LOSS if _has_nan(received) else _INFINITE, received)]
        given = f"{show(logits)}, label {label}"
        expect_result("cross_entropy_from_logits", received, expected, given, known)
    passed("cross_entropy_from_logits (logits far apart)", cases)


def _has_nan(received: Any) -> bool:
    return is_numeric(received) and bool(np.isnan(np.asarray(received, float)).any())

"""The checks of the exercises on backpropagation: what is asked, known slips, and what is said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from course_utils.checks.check import Check
from course_utils.checks.comparing import (
    HARD_CODED,
    LEAKS,
    Numbers,
    Slips,
    as_arrays,
    is_numeric,
    lazy,
)
from course_utils.checks.forms import one_number, pair
from course_utils.checks.probabilities import softmax

# relu_backward ----------------------------------------------------------------------------------

#: derivatives, sums, expected
_RELUS = as_arrays(
    (
        [[3.0, -2.0, 4.0], [-1.0, 5.0, 0.5]],
        [[2.0, 0.5, -1.0], [0.25, 0.0, -3.0]],
        [[3.0, -2.0, 0.0], [-1.0, 0.0, 0.0]],
    ),
    (
        [[-4.0, 1.5], [2.0, -0.5], [0.0, -3.0]],
        [[-0.5, 3.0], [1.5, -2.0], [4.0, 0.1]],
        [[0.0, 1.5], [2.0, 0.0], [0.0, -3.0]],
    ),
)


def _relu_slips(derivatives: Numbers, sums: Numbers, expected: Numbers) -> Slips:
    on, sigmoid = sums > 0, 1 / (1 + np.exp(-sums))
    return [
        ("You let a derivative pass where it is above 0 itself. What counts is whether the neuron "
         "was on, and so the sign of its weighted sum.", np.maximum(derivatives, 0)),
        ("You stopped the negative derivatives as well. A derivative of either sign passes where "
         "the neuron was on.", np.maximum(expected, 0)),
        ("Those are the slopes of ReLU alone. By the chain rule, multiply them by what comes from "
         "behind.", on),
        ("You multiplied by the weighted sum, or by the neuron's output. The slope of ReLU is 1 "
         "where it is on, however large the sum.", derivatives * sums,
         derivatives * np.maximum(sums, 0)),
        ("Everything passes, as if there were no ReLU. Where a neuron was off, a small change of "
         "its sum changes nothing.", derivatives),
        ("You let the derivatives pass where ReLU was off.", derivatives * ~on),
        ("You let a derivative pass where the sum is exactly 0. There it counts as 0, as in Keras.",
         derivatives * (sums >= 0)),
        ("Those are the outputs of ReLU. The backward pass changes the derivatives.",
         np.maximum(sums, 0)),
        ("The arguments are swapped: you let the sums pass where the derivative is above 0.",
         sums * (derivatives > 0)),
        ("You lost the sign of the derivatives.", np.abs(expected)),
        ("You turned the sign of the derivatives round.", -expected),
        ("Where a neuron was off, a part of the derivative still passes, as with a leaky ReLU.",
         *(np.where(on, derivatives, slope * derivatives) for slope in LEAKS)),
        ("That is the slope of the sigmoid. Here the neurons have ReLU.",
         derivatives * sigmoid * (1 - sigmoid)),
        ("You decided for each neuron once, for all images. It may be on for one image and off "
         "for the next.", derivatives * (sums.sum(axis=0) > 0), derivatives * on.any(axis=0),
         derivatives * on.all(axis=0)),
        ("You added up over the images. Each image has a row of its own.", expected.sum(axis=0)),
        *lazy(expected.shape, [case[-1] for case in _RELUS]),
    ]  # fmt: skip


check_relu_backward = Check("relu_backward(derivatives, sums)", _RELUS, _relu_slips)

# loss_and_derivatives ---------------------------------------------------------------------------

#: logits, labels, expected loss, expected derivatives
_CLASSIFIED = as_arrays(
    (
        [[1.0, 2.0, 0.0], [2.0, 0.0, 1.0]],
        [1, 2],
        0.90760596,
        [[0.12236424, -0.16737952, 0.04501529], [0.33262048, 0.04501529, -0.37763577]],
    ),
    (
        [[0.5, -1.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]],
        [0, 3],
        1.61432197,
        [[-0.42077765, 0.0176769, 0.35504996, 0.04805079], [0.125, 0.125, 0.125, -0.375]],
    ),
    (
        [[1001.0, 1002.0, 1000.0], [-1000.0, -1000.0, -1000.0]],
        [1, 0],
        0.75310912,
        [[0.12236424, -0.16737952, 0.04501529], [-1 / 3, 1 / 6, 1 / 6]],
    ),
)

_OVERFLOW = (
    "A power became infinite, or all powers of a row became 0, and the result is not a number. "
    "Subtract the highest logit of each row before exp, as softmax above does. If you have done "
    "so, a probability is 0, and you took its logarithm: only that of the true class counts."
)
_LOG_OF_ZERO = (
    "A logarithm of 0 was taken, which is minus infinity. The one-hot row is 0 for every other "
    "class: add up each row first, so that the probability of the true class is left, and take the "
    "logarithm of that."
)
_PLAIN_LOGITS = 100  # up to which exp is far from an overflow


def _loss_slips(logits: Numbers, labels: Numbers, loss: float, _: Any) -> Slips:
    rows, shares = np.arange(len(logits)), softmax(logits)
    n, n_classes = logits.shape
    true = shares[rows, labels]
    losses = -np.log(true)
    return [
        ("You added up over the images. The loss is a mean, so divide by their number.",
         losses.sum()),
        ("The sign is missing: a loss is never below 0.", -loss),
        ("That is one loss per image. Return their mean.", one_number(losses)),
        ("That is the mean probability of the true classes. The loss is minus its logarithm.",
         true.mean()),
        ("You took the logarithm of the mean probability. Take the mean of the logarithms.",
         -np.log(true.mean())),
        ("That is the loss of the highest logit, as if every answer were right.",
         -np.log(shares.max(axis=1)).mean()),
        ("You added up the loss of every class. Only that of the true class counts.",
         -np.log(shares).sum(axis=1).mean(), -np.log(shares).sum()),
        ("That is a mean over the classes as well. Only the true class counts, and the mean is "
         "over the images.", loss / n_classes, -np.log(shares).mean()),
        ("You divided by the number of images twice.", loss / n),
        ("That is a logarithm to another base. The loss uses np.log.",
         loss / np.log(2), loss / np.log(10)),
        ("You applied softmax twice.", -np.log(softmax(shares)[rows, labels]).mean()),
        ("You applied softmax down the columns. Each row is one image.",
         -np.log(softmax(logits, axis=0)[rows, labels]).mean()),
        *((("You took the true logits without softmax.", -logits[rows, labels].mean()),)
          if np.abs(logits).max() < _PLAIN_LOGITS else ()),
        ("That is 0, as if every answer were perfect.", 0.0),
        (HARD_CODED, *(case[2] for case in _CLASSIFIED)),
    ]  # fmt: skip


def _derivative_slips(logits: Numbers, labels: Numbers, _: float, expected: Numbers) -> Slips:
    n, n_classes = logits.shape
    shares, table = softmax(logits), np.eye(n_classes)[labels]
    return [
        ("You did not divide by the number of images. The loss is their mean, so each has a share "
         "of 1 / n in it.", n * expected),
        ("The sign is turned round. A step against the derivatives must raise the true class's "
         "logit, so its derivative is below 0.", -expected, -n * expected),
        ("You left the labels out. Subtract the one-hot rows from the probabilities.",
         shares / n, shares),
        ("Softmax is missing. The one-hot rows are subtracted from probabilities, not from logits.",
         (logits - table) / n, logits - table),
        ("You subtracted the label itself. A label is a name, not a quantity: subtract its one-hot "
         "row.", (shares - labels[:, None]) / n, shares - labels[:, None]),
        ("You multiplied by the slope of softmax as well. Probability − one-hot is the whole "
         "derivative for the logits, and contains that slope already.",
         (shares - table) * shares * (1 - shares) / n, (shares - table) * shares * (1 - shares)),
        ("Those are the derivatives for the probabilities, −1 / p for the true class. Go back "
         "through softmax, to the logits.", -table / shares / n, -table / shares),
        ("Only the true class has a derivative in what you return. The logits of all other classes "
         "act on the loss too, because softmax divides by a sum.", (shares - table) * table / n),
        ("You took the answers, the classes of the largest probabilities, in place of the "
         "probabilities.", (np.eye(n_classes)[shares.argmax(axis=1)] - table) / n),
        ("You divided by the number of classes. The loss is a mean over the images.",
         n * expected / n_classes),
        ("You divided by the number of classes as well. The mean is over the images alone.",
         expected / n_classes),
        ("You divided by the number of images twice.", expected / n),
        ("You added up over the images. Each image has a row of its own.",
         expected.sum(axis=0), n * expected.sum(axis=0)),
        ("You applied softmax down the columns. Each row is one image.",
         (softmax(logits, axis=0) - table) / n),
        ("You applied one softmax to the whole batch. Each row has its own.",
         (softmax(logits, axis=None) - table) / n),
        ("You applied softmax twice.", (softmax(shares) - table) / n),
        *lazy(logits.shape, [case[-1] for case in _CLASSIFIED]),
    ]  # fmt: skip


def _not_a_number(part: int, received: Any, logits: Numbers, *_: Any) -> str:
    """Say what led to what is no number."""
    result = received[part]
    if not is_numeric(result) or np.isfinite(np.asarray(result, float)).all():
        return ""
    return _LOG_OF_ZERO if np.abs(logits).max() < _PLAIN_LOGITS else _OVERFLOW


def _loss_first(received: Any) -> tuple[Any, Any]:
    """Demand a loss and derivatives."""
    loss, derivatives = pair("loss", "derivatives")(received)
    return one_number(loss), derivatives


_CLASSIFYING = partial(
    Check,
    "loss_and_derivatives(logits, labels)",
    _CLASSIFIED,
    form=_loss_first,
    allows=("preprocessing.one_hot",),
)
check_loss_and_derivatives_loss = _CLASSIFYING(
    _loss_slips, part="the loss", explain=partial(_not_a_number, 0)
)
check_loss_and_derivatives_derivatives = _CLASSIFYING(
    _derivative_slips,
    part="the derivatives",
    result=1,
    explain=partial(_not_a_number, 1),
    follows=check_loss_and_derivatives_loss,
)

# measure_gradient -------------------------------------------------------------------------------

Loss = Callable[[Numbers], float]
#: What `loss_of` does in a case. All numbers below are sums of powers of 2, so that whoever moves a
#: weight there and back restores it to the last digit.
LOSSES: dict[str, Loss] = {
    "the sum of all squares": lambda weights: float(np.sum(np.square(weights))),
    "the sum of all cubes": lambda weights: float(np.sum(np.power(weights, 3))),
    "the product of all": lambda weights: float(np.prod(weights)),
}
#: loss_of, weights, step, expected
_MEASURED = as_arrays(
    ("the sum of all squares", [3.0, -1.0], 0.5, [6.0, -2.0]),
    ("the sum of all cubes", [[1.0, -2.0], [0.0, 0.5]], 0.5, [[3.25, 12.25], [0.25, 1.0]]),
    ("the product of all", [2.0, 3.0, -1.5], 0.25, [-4.5, -3.0, 6.0]),
)
_NOT_RESTORED = (
    "A weight stays moved while the next ones are measured. Each derivative belongs to the same "
    "point, so put every weight back before you go on."
)


@contextmanager
def _with_loss(name: str, weights: Numbers, step: float) -> Iterator[list[Any]]:
    """Make the function of its name."""
    yield [LOSSES[name], weights, step]


def _moved(loss: Loss, weights: Numbers, step: float, *sides: int, stays: bool = False) -> Numbers:
    """Move one weight at a time to each side, and give the losses there, a row for each side."""
    losses = np.zeros((len(sides), weights.size))
    now = np.array(weights, float)
    for i, place in enumerate(np.ndindex(weights.shape)):
        before = now[place]
        for k, side in enumerate(sides):
            now[place] = before + side * step
            losses[k, i] = loss(now)
        if not stays:
            now[place] = before
    return losses.reshape(len(sides), *weights.shape)


def measured_gradient(loss: Loss, weights: Numbers, step: float) -> Numbers:
    """Measure the slope of a loss for each weight, by a step to both sides."""
    higher, lower = _moved(loss, weights, step, 1, -1)
    return np.asarray((higher - lower) / (2 * step))


def _measured_slips(named: str | Loss, weights: Numbers, step: float, expected: Numbers) -> Slips:
    loss = named if callable(named) else LOSSES[named]
    here = loss(weights)
    higher, lower = _moved(loss, weights, step, 1, -1)
    stays_low, stays_high = (
        _moved(loss, weights, step, *sides, stays=True) for sides in ((1, -1), (-1, 1))
    )
    (climbing,) = _moved(loss, weights, step, 1, stays=True)
    before = np.concatenate([[here], np.ravel(climbing)[:-1]]).reshape(weights.shape)
    at_once = (loss(weights + step) - loss(weights - step)) / (2 * step)
    first = np.zeros(weights.shape)
    first.flat[0] = expected.flat[0]
    flat = [np.ravel(expected)] if weights.ndim > 1 else []
    return [
        ("You measured to one side only. A step to each side cancels the curvature, which spoils "
         "the quotient of one side.", (higher - here) / step, (here - lower) / step),
        ("The two points lie 2 × step apart, but you divided by step.", 2 * expected),
        ("You measured to one side only, and divided by 2 × step. Take the loss on both sides: "
         "from above, 2 × step leads to the other side, and one step only back.",
         (higher - here) / (2 * step), (here - lower) / (2 * step)),
        ("a / 2 * step divides by 2 and then multiplies by step. Put brackets round what you "
         "divide by: a / (2 * step).", step**2 * expected),
        ("You did not divide. A slope is the change of the loss per change of the weight.",
         higher - lower, higher - here),
        ("The sign is turned round: loss above minus loss below.", -expected),
        (_NOT_RESTORED, (stays_low[0] - stays_low[1]) / (2 * step),
         (stays_high[1] - stays_high[0]) / (2 * step), (climbing - here) / step,
         (climbing - before) / step),
        ("You moved all weights at once. Each derivative asks what one weight does alone.",
         at_once, np.full(weights.shape, at_once)),
        ("You used a step of your own. Use the one that the function is given.",
         *(measured_gradient(loss, weights, own) for own in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6))),
        ("You changed each weight by a fraction of itself. Add the step, and subtract it.",
         (_relative(loss, weights, 1 + step) - _relative(loss, weights, 1 - step)) / (2 * step)),
        ("You measured the first weight alone. Go through all of them.", first),
        ("Return an array of the same shape as the weights.", *flat),
        ("Those are losses. A slope is a difference of two losses, divided by the distance.",
         higher, lower, np.full(weights.shape, here), here),
        ("Those are the weights.", weights),
        *lazy(weights.shape, [case[-1] for case in _MEASURED]),
    ]  # fmt: skip


def _relative(loss: Loss, weights: Numbers, factor: float) -> Numbers:
    """Multiply one weight at a time, and give the losses there."""
    losses = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        now = np.array(weights, float)
        now[place] *= factor
        losses[place] = loss(now)
    return losses


check_measure_gradient = Check(
    "measure_gradient(loss_of, weights, step)",
    _MEASURED,
    _measured_slips,
    prepare=_with_loss,
    allows=("checks.backpropagation",),
    meanings={
        "'.*' object is not callable": "loss_of is a function: loss_of(weights) gives the loss.",
    },
)

# relative_error ---------------------------------------------------------------------------------

#: calculated, measured, expected
_ERRORS = as_arrays(
    ([3.0, 4.0], [3.0, 0.0], 0.5),
    ([0.003, 0.004], [0.003, 0.0], 0.5),
    ([[2.0, -1.0], [0.5, 2.0]], [[-2.0, 1.0], [-0.5, -2.0]], 1.0),
    ([[30.0, -10.0], [20.0, 5.0]], [[30.0, -10.5], [20.0, 4.0]], 0.01480548),
    ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 0.0),
    ([0.0, 0.0], [0.3, -0.4], 1.0),
    ([3.0, -4.0], [0.0, 0.0], 1.0),
)


def _length(values: Numbers) -> Any:
    return np.sqrt((values**2).sum())  # NumPy's own, which gives nan for 0 / 0


def _error_slips(calculated: Numbers, measured: Numbers, expected: float) -> Slips:
    apart, sizes = calculated - measured, np.abs(calculated) + np.abs(measured)
    one, other = _length(calculated), _length(measured)
    each = np.abs(apart) / sizes
    return [
        ("That is an absolute error. A difference of 0.004 is nothing beside derivatives of 30, "
         "and everything beside one of 0.004: divide by the lengths of both.",
         _length(apart), np.abs(apart).max(), np.abs(apart).mean(), np.abs(apart).sum(),
         (apart**2).sum(), (apart**2).mean(), np.sqrt((apart**2).mean())),
        ("You divided by one of the two lengths alone. It may be 0, or far too small, where the "
         "other gradient is wrong: divide by their sum.",
         _length(apart) / one, _length(apart) / other, _length(apart) / max(one, other),
         _length(apart) / one if one else 0.0, _length(apart) / other if other else 0.0),
        ("You divided by the length of the sum. Two gradients of opposite sign cancel there: add "
         "up the two lengths.", _length(apart) / _length(calculated + measured)),
        ("You compared only the lengths. Two gradients of equal length may point in opposite "
         "directions: take the length of their difference.", abs(one - other) / (one + other),
         (one - other) / (one + other)),
        ("You added up differences of either sign, so that they cancel.",
         abs(apart.sum()) / sizes.sum(), apart.sum() / sizes.sum(),
         abs(apart.mean()) / (one + other), apart.sum() / (one + other)),
        ("The root is missing. A length is the root of the sum of the squares.",
         (apart**2).sum() / ((calculated**2).sum() + (measured**2).sum())),
        ("You took the root of the two sums of squares together. Add up the two lengths instead.",
         _length(apart) / np.sqrt(one**2 + other**2)),
        ("You added up absolute values. A length is the root of the sum of the squares.",
         np.abs(apart).sum() / sizes.sum()),
        ("You divided by the mean of the two lengths. Divide by their sum, so that the result lies "
         "between 0 and 1.", 2 * expected),
        ("You measured each weight by itself. Here one number is wanted for all of them.",
         each, np.nanmax(each) if sizes.any() else 0.0, np.nanmean(each) if sizes.any() else 0.0),
        ("Where both gradients are 0 everywhere, the quotient is 0 / 0, and the result is not a "
         "number. They agree there, so return 0.", _length(apart) / (one + other)),
        ("That is a percentage. Return the quotient.", 100 * expected),
        ("Whether it is small enough is for whoever reads it to judge: return the number.",
         expected < 1e-7, expected < 1e-2),
        ("That is 1, whatever the gradients.", 1.0),
        ("That is 0, as if every gradient were right.", 0.0),
        (HARD_CODED, *(case[-1] for case in _ERRORS if 0 < case[-1] < 1)),
    ]  # fmt: skip


check_relative_error = Check(
    "relative_error(calculated, measured)",
    _ERRORS,
    _error_slips,
    form=one_number,
    meanings={"ZeroDivisionError": "Both lengths are 0 here. The gradients agree, so return 0."},
)

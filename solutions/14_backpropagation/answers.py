"""Right and wrong answers to the exercises on backpropagation."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.backpropagation import (
    LOSSES,
    check_loss_and_derivatives_derivatives,
    check_loss_and_derivatives_loss,
    check_measure_gradient,
    check_relative_error,
    check_relu_backward,
)
from course_utils.grading.exercise import Exercise

# relu_backward --------------------------------------------------------------------------------


def _relu_backward(derivatives, sums):
    return derivatives * (sums > 0)


def _layers(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        shape = tuple(int(size) for size in rng.integers((3, 3), (7, 6)))
        sums = rng.normal(0, 2, shape).round(3)
        derivatives = rng.normal(0, 3, shape).round(3)
        for array in (sums, derivatives):
            array[tuple(rng.integers(shape))] = 0
        yield derivatives, sums


RELU_BACKWARD = Exercise(_relu_backward, {"relu_backward_check": (check_relu_backward, _layers)})


@RELU_BACKWARD.right
def relu_backward_by_where(derivatives, sums):
    return np.where(sums > 0, derivatives, 0)


@RELU_BACKWARD.right
def relu_backward_by_loops(derivatives, sums):
    passed = np.zeros(sums.shape)
    for place in np.ndindex(sums.shape):
        if sums[place] > 0:
            passed[place] = derivatives[place]
    return passed


@RELU_BACKWARD.right
def relu_backward_in_a_copy(derivatives, sums):
    passed = derivatives.copy()
    passed[sums <= 0] = 0
    return passed


@RELU_BACKWARD.right
def relu_backward_by_the_output(derivatives, sums):
    outputs = np.maximum(sums, 0)
    return derivatives * np.sign(outputs)


@RELU_BACKWARD.wrong("ReLU on the way back is ReLU again", says="where it is above 0 itself")
def relu_backward_as_forward(derivatives, sums):
    return np.maximum(derivatives, 0)


@RELU_BACKWARD.wrong("The slope is the whole derivative", says="slopes of ReLU alone")
def relu_backward_slopes(derivatives, sums):
    return np.where(sums > 0, 1.0, 0.0)


@RELU_BACKWARD.wrong("A strong neuron passes more back", says="however large the sum")
def relu_backward_times_the_output(derivatives, sums):
    return derivatives * np.maximum(sums, 0)


@RELU_BACKWARD.wrong("An argument is mine to change", says="changed its argument")
def relu_backward_in_place(derivatives, sums):
    derivatives[sums <= 0] = 0
    return derivatives


@RELU_BACKWARD.wrong("Printing is returning", says="prints its answer")
def relu_backward_printed(derivatives, sums):
    print(derivatives * (sums > 0))


# loss_and_derivatives -------------------------------------------------------------------------


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _loss_and_derivatives(logits, labels):
    n, probabilities = len(logits), _softmax(logits)
    rows = np.arange(n)
    loss = -np.log(probabilities[rows, labels]).mean()
    probabilities[rows, labels] -= 1
    return loss, probabilities / n


def _batches(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(20):
        n, n_classes = (int(size) for size in rng.integers((2, 6), (6, 9)))
        logits, labels = rng.normal(0, 1.5, (n, n_classes)).round(3), rng.integers(0, n_classes, n)
        if i % 4 == 3:
            logits += rng.choice([-1000, 1000], (n, 1))
        if i % 4 == 1:
            logits[0, labels[0]] += 1000  # of the true class, whose logarithm then is that of 1
        yield logits, labels


def _is_no_square(logits, labels):
    """Say whether a table of all classes cannot be taken for one of the images' classes."""
    return len(logits) not in (1, logits.shape[1])


LOSS_AND_DERIVATIVES = Exercise(
    _loss_and_derivatives,
    {
        "loss_and_derivatives_loss": (check_loss_and_derivatives_loss, _batches),
        "loss_and_derivatives_derivatives": (check_loss_and_derivatives_derivatives, _batches),
    },
    promises={
        "loss_and_derivatives_loss": _is_no_square,
        "loss_and_derivatives_derivatives": _is_no_square,
    },
)


@LOSS_AND_DERIVATIVES.right
def loss_and_derivatives_with_a_table(logits, labels):
    table = np.eye(logits.shape[1])[labels]
    probabilities = _softmax(logits)
    loss = -np.mean(np.log(np.sum(probabilities * table, axis=1)))
    return loss, (probabilities - table) / len(logits)


@LOSS_AND_DERIVATIVES.right
def loss_and_derivatives_row_by_row(logits, labels):
    losses, derivatives = [], []
    for i, label in enumerate(labels):
        total = np.logaddexp.reduce(logits[i])
        losses.append(total - logits[i, label])
        derivative = np.exp(logits[i] - total)
        derivative[label] -= 1
        derivatives.append(derivative / len(logits))
    return [sum(losses) / len(losses), derivatives]


@LOSS_AND_DERIVATIVES.right
def loss_and_derivatives_in_float32(logits, labels):
    shifted = (logits - logits.max(axis=1, keepdims=True)).astype(np.float32)
    log_shares = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    table = np.eye(logits.shape[1])[labels]
    return -(log_shares * table).sum() / len(labels), (np.exp(log_shares) - table) / len(labels)


@LOSS_AND_DERIVATIVES.right
def loss_and_derivatives_image_by_image(logits, labels):
    shares, loss = _softmax(logits), 0.0
    for i in range(len(logits)):
        loss -= np.log(shares[i, labels[i]]) / len(logits)
        shares[i, labels[i]] -= 1
    return loss, shares / len(logits)


@LOSS_AND_DERIVATIVES.wrong("A sum over the batch is as good", says="added up over the images")
def loss_and_derivatives_summed(logits, labels):
    loss, derivatives = _loss_and_derivatives(logits, labels)
    return loss * len(logits), derivatives * len(logits)


@LOSS_AND_DERIVATIVES.wrong("The mean is for the loss alone", says="did not divide by the number")
def loss_and_derivatives_without_the_mean(logits, labels):
    loss, derivatives = _loss_and_derivatives(logits, labels)
    return loss, derivatives * len(logits)


@LOSS_AND_DERIVATIVES.wrong("The derivative is that of the logarithm", says="Go back through")
def loss_and_derivatives_for_the_probabilities(logits, labels):
    loss, _ = _loss_and_derivatives(logits, labels)
    table = np.eye(logits.shape[1])[labels]
    return loss, -table / _softmax(logits) / len(logits)


@LOSS_AND_DERIVATIVES.wrong("Wanted − given points downhill", says="The sign is turned round")
def loss_and_derivatives_reversed(logits, labels):
    loss, derivatives = _loss_and_derivatives(logits, labels)
    return loss, -derivatives


@LOSS_AND_DERIVATIVES.wrong("exp takes any number", says="Subtract the highest logit")
def loss_and_derivatives_overflowing(logits, labels):
    powers = np.exp(logits)
    shares = powers / powers.sum(axis=1, keepdims=True)
    table = np.eye(logits.shape[1])[labels]
    return -np.log((shares * table).sum(axis=1)).mean(), (shares - table) / len(logits)


@LOSS_AND_DERIVATIVES.wrong("The loss is not needed", says="expected two results")
def loss_and_derivatives_alone(logits, labels):
    return _loss_and_derivatives(logits, labels)[1]


# measure_gradient -----------------------------------------------------------------------------


def _measure_gradient(loss_of, weights, step):
    slopes = np.zeros(weights.shape)
    moved = weights.copy()
    for place in np.ndindex(weights.shape):
        moved[place] = weights[place] + step
        higher = loss_of(moved)
        moved[place] = weights[place] - step
        slopes[place] = (higher - loss_of(moved)) / (2 * step)
        moved[place] = weights[place]
    return slopes


def _expected_gradient(named, weights, step):
    """Calculate what is measured: it is the slope only as nearly as the step allows."""
    return _measure_gradient(named if callable(named) else LOSSES[named], weights, step)


def _losses(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    """Draw sums of powers of 2, so that whoever moves a weight there and back restores it."""
    shapes = (3,), (2, 2), (4,), (3, 2)
    for i in range(12):
        weights = rng.integers(1, 13, shapes[i % 4]) / 4 * rng.choice([-1, 1], shapes[i % 4])
        yield list(LOSSES)[i % 3], weights, float(rng.choice([0.5, 0.25]))


MEASURE_GRADIENT = Exercise(
    _measure_gradient,
    {"measure_gradient_check": (check_measure_gradient, _losses)},
    expect=_expected_gradient,
)


@MEASURE_GRADIENT.right
def measured_in_copies(loss_of, weights, step):
    slopes = np.zeros_like(weights)
    for place in np.ndindex(weights.shape):
        change = np.zeros_like(weights)
        change[place] = step
        slopes[place] = (loss_of(weights + change) - loss_of(weights - change)) / (2 * step)
    return slopes


@MEASURE_GRADIENT.right
def measured_there_and_back(loss_of, weights, step):
    slopes = []
    for place in np.ndindex(weights.shape):
        weights[place] += step
        higher = loss_of(weights)
        weights[place] -= 2 * step
        lower = loss_of(weights)
        weights[place] += step
        slopes.append((higher - lower) / (2 * step))
    return np.reshape(slopes, weights.shape)


@MEASURE_GRADIENT.right
def measured_with_unit_rows(loss_of, weights, step):
    units = np.eye(weights.size).reshape(-1, *weights.shape) * step
    slopes = [(loss_of(weights + u) - loss_of(weights - u)) / step / 2 for u in units]
    return np.array(slopes).reshape(weights.shape).tolist()


@MEASURE_GRADIENT.wrong("One side is as good as both", says="to one side only")
def measured_to_one_side(loss_of, weights, step):
    slopes = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        moved = weights.copy()
        moved[place] += step
        slopes[place] = (loss_of(moved) - loss_of(weights)) / step
    return slopes


@MEASURE_GRADIENT.wrong("A weight may stay where it was moved", says="stays moved")
def measured_without_restoring(loss_of, weights, step):
    slopes, moved = np.zeros(weights.shape), weights.copy()
    for place in np.ndindex(weights.shape):
        moved[place] = weights[place] + step
        higher = loss_of(moved)
        moved[place] = weights[place] - step
        slopes[place] = (higher - loss_of(moved)) / (2 * step)
    return slopes


@MEASURE_GRADIENT.wrong("An argument is mine to change", says="changed its argument")
def measured_in_place(loss_of, weights, step):
    slopes = np.zeros(weights.shape)
    for place in np.ndindex(weights.shape):
        weights[place] += step
        higher = loss_of(weights)
        weights[place] -= 2 * step
        slopes[place] = (higher - loss_of(weights)) / (2 * step)
    return slopes


@MEASURE_GRADIENT.wrong("The smaller the step, the better", says="a step of your own")
def measured_with_a_tiny_step(loss_of, weights, step):
    return _measure_gradient(loss_of, weights, 1e-5)


@MEASURE_GRADIENT.wrong("A gradient is one slope", says="moved all weights at once")
def measured_at_once(loss_of, weights, step):
    return (loss_of(weights + step) - loss_of(weights - step)) / (2 * step)


@MEASURE_GRADIENT.wrong("The loss is an array", says="loss_of is a function")
def measured_without_a_call(loss_of, weights, step):
    loss = 1.0
    return (loss(weights + step) - loss(weights - step)) / (2 * step)


# relative_error -------------------------------------------------------------------------------


def _relative_error(calculated, measured):
    lengths = np.linalg.norm(calculated) + np.linalg.norm(measured)
    return np.linalg.norm(calculated - measured) / lengths if lengths else 0.0


def _gradients(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(20):
        shape = (4,) if i % 2 else (3, 2)
        size = 10.0 ** rng.integers(-3, 3)
        calculated = rng.normal(0, size, shape)
        measured = calculated * rng.uniform(0.3, 1.2, shape) * (-1 if i % 5 == 4 else 1)
        yield calculated * (i % 7 != 5), measured * (i % 7 != 6)


RELATIVE_ERROR = Exercise(
    _relative_error, {"relative_error_check": (check_relative_error, _gradients)}
)


@RELATIVE_ERROR.right
def relative_error_by_sums(calculated, measured):
    def length(values):
        return sum(value**2 for value in np.ravel(values)) ** 0.5

    sizes = length(calculated) + length(measured)
    return 0 if sizes == 0 else length(calculated - measured) / sizes


@RELATIVE_ERROR.right
def relative_error_in_plain_python(calculated, measured):
    one, other = np.ravel(calculated).tolist(), np.ravel(measured).tolist()
    lengths = math.hypot(*one) + math.hypot(*other)
    return math.dist(one, other) / lengths if lengths else 0


@RELATIVE_ERROR.right
def relative_error_by_root_mean_squares(calculated, measured):
    one, other, apart = (
        np.sqrt(np.mean(x**2)) for x in (calculated, measured, calculated - measured)
    )
    return [apart / (one + other)] if one + other else [0]


@RELATIVE_ERROR.wrong("A small difference is a small error", says="absolute error")
def relative_error_absolute(calculated, measured):
    return np.abs(calculated - measured).max()


@RELATIVE_ERROR.wrong("Equal lengths are equal gradients", says="compared only the lengths")
def relative_error_of_lengths(calculated, measured):
    one, other = np.linalg.norm(calculated), np.linalg.norm(measured)
    return abs(one - other) / (one + other) if one + other else 0.0


@RELATIVE_ERROR.wrong("Measured is true, so it is the measure", says="one of the two lengths")
def relative_error_of_the_measured(calculated, measured):
    size = np.linalg.norm(measured)
    return np.linalg.norm(calculated - measured) / size if size else 0.0


@RELATIVE_ERROR.wrong("A gradient is never 0", says="0 / 0")
def relative_error_of_nothing(calculated, measured):
    sizes = np.linalg.norm(calculated) + np.linalg.norm(measured)
    return np.linalg.norm(calculated - measured) / sizes


@RELATIVE_ERROR.wrong("A check says yes or no", says="return the number")
def relative_error_as_a_verdict(calculated, measured):
    return bool(_relative_error(calculated, measured) < 1e-7)


EXERCISES = [RELU_BACKWARD, LOSS_AND_DERIVATIVES, MEASURE_GRADIENT, RELATIVE_ERROR]

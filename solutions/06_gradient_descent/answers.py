"""Right and wrong answers to the exercises on gradient descent."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.gradient_descent import (
    check_gradient_step,
    check_make_batches_complete,
    check_make_batches_together,
    check_train_step_biases,
    check_train_step_weights,
)
from course_utils.grading.exercise import Exercise

# gradient_step --------------------------------------------------------------------------------


def _gradient_step(weights, gradient, learning_rate):
    return weights - learning_rate * gradient


def _steps(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        shape = tuple(int(size) for size in rng.integers(2, 6, 2))
        yield rng.normal(0, 2, shape), rng.normal(0, 3, shape), float(rng.uniform(0.01, 0.3))


GRADIENT_STEP = Exercise(_gradient_step, {"gradient_step_check": (check_gradient_step, _steps)})


@GRADIENT_STEP.right
def step_in_a_copy(weights, gradient, learning_rate):
    new = weights.copy()
    new -= learning_rate * gradient
    return new


@GRADIENT_STEP.right
def step_by_loop(weights, gradient, learning_rate):
    pairs = zip(weights.ravel().tolist(), gradient.ravel().tolist(), strict=True)
    return np.array([w - learning_rate * s for w, s in pairs]).reshape(weights.shape).tolist()


@GRADIENT_STEP.right
def step_in_float32(weights, gradient, learning_rate):
    return weights.astype(np.float32) - np.float32(learning_rate) * gradient.astype(np.float32)


@GRADIENT_STEP.wrong("The gradient points downhill", says="went uphill")
def step_uphill(weights, gradient, learning_rate):
    return weights + learning_rate * gradient


@GRADIENT_STEP.wrong("All weights take the same step", says="moved every weight equally far")
def step_by_sign(weights, gradient, learning_rate):
    return weights - learning_rate * np.sign(gradient)


@GRADIENT_STEP.wrong("What is worked out is returned", says="is lost when it ends")
def gradient_step_kept(weights, gradient, learning_rate):
    weights = weights - learning_rate * gradient


@GRADIENT_STEP.wrong("An argument is mine to change", says="changed its argument")
def step_in_place(weights, gradient, learning_rate):
    weights -= learning_rate * gradient
    return weights


# make_batches ---------------------------------------------------------------------------------


def _make_batches(images, labels, batch_size, order):
    starts = range(0, len(images), batch_size)
    places = [order[start : start + batch_size] for start in starts]
    return [(images[some], labels[some]) for some in places]


def _sets(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        n, batch_size = int(rng.integers(7, 15)), int(rng.integers(3, 6))
        images = rng.permutation(n * 6).reshape(n, 2, 3)
        yield images, rng.permutation(n), batch_size, rng.permutation(n)


MAKE_BATCHES = Exercise(
    _make_batches,
    {
        "make_batches_together": (check_make_batches_together, _sets),
        "make_batches_complete": (check_make_batches_complete, _sets),
    },
)


@MAKE_BATCHES.right
def batches_by_array_split(images, labels, batch_size, order):
    cuts = list(range(batch_size, len(order), batch_size))
    return [(images[some], labels[some].tolist()) for some in np.array_split(order, cuts)]


@MAKE_BATCHES.right
def batches_one_by_one(images, labels, batch_size, order):
    batches = []
    for i, place in enumerate(order):
        if i % batch_size == 0:
            batches.append(([], []))
        batches[-1][0].append(images[place].tolist())
        batches[-1][1].append(labels[place])
    return batches


@MAKE_BATCHES.right
def batches_one_at_a_time(images, labels, batch_size, order):
    images, labels = images[order], labels[order]
    for start in range(0, len(order), batch_size):
        stop = start + batch_size
        yield [images[start:stop], labels[start:stop]]


@MAKE_BATCHES.wrong("Images can be shuffled alone", says="no longer belong together")
def batches_images_shuffled(images, labels, batch_size, order):
    return _make_batches(images[order], labels, batch_size, np.arange(len(order)))


@MAKE_BATCHES.wrong("Each may have its own shuffle", says="no longer belong together")
def batches_two_shuffles(images, labels, batch_size, order):
    other = order[::-1]
    batches = range(0, len(order), batch_size)
    return [(images[order[i : i + batch_size]], labels[other[i : i + batch_size]]) for i in batches]


@MAKE_BATCHES.wrong("Only whole batches count", says="last, smaller batch is missing")
def batches_whole(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, order)[: len(images) // batch_size]


@MAKE_BATCHES.wrong("Batches need no shuffle", says="in their old order")
def batches_in_old_order(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, np.arange(len(order)))


@MAKE_BATCHES.wrong("An order may be read both ways", says="the other way round")
def batches_by_inverse(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, np.argsort(order))


@MAKE_BATCHES.wrong("batch_size is how many batches", says="not the number of batches")
def batches_so_many(images, labels, batch_size, order):
    parts = np.array_split(order, batch_size)
    return [(images[some], labels[some]) for some in parts]


@MAKE_BATCHES.wrong("A training uses one batch", says="single batch")
def batches_first_alone(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, order)[:1]


@MAKE_BATCHES.wrong("Batches are drawn at random", says="Some images occur twice")
def batches_drawn(images, labels, batch_size, order):
    again = np.concatenate([order[:1], order[:-1]])
    return _make_batches(images, labels, batch_size, again)


@MAKE_BATCHES.wrong("Shuffled images need the order, too", says="You used `order` twice")
def batches_in_order_twice(images, labels, batch_size, order):
    return _make_batches(images[order], labels[order], batch_size, order)


@MAKE_BATCHES.wrong("The order in a batch is free", says="Each batch holds the right images")
def batches_sorted_inside(images, labels, batch_size, order):
    starts = range(0, len(images), batch_size)
    parts = [np.sort(order[start : start + batch_size]) for start in starts]
    return [(images[some], labels[some]) for some in parts]


@MAKE_BATCHES.wrong("Any order will do", says="every image comes once, but not in the order")
def batches_from_the_end(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, order[::-1])


@MAKE_BATCHES.wrong("Batches are of equal size", says="only the last one may be smaller")
def batches_evened_out(images, labels, batch_size, order):
    parts = np.array_split(order, -(-len(order) // batch_size))
    return [(images[some], labels[some]) for some in parts]


@MAKE_BATCHES.wrong("A batch is a slice of the images", says="none, if the first is the larger")
def batches_from_first_to_last(images, labels, batch_size, order):
    parts = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    spans = [slice(part[0], part[-1] + 1) for part in parts]
    return [(images[span], labels[span]) for span in spans]


@MAKE_BATCHES.wrong("Half an epoch is one", says="Some images are missing")
def batches_every_other(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, order)[::2]


@MAKE_BATCHES.wrong("A pair holds one image", says="you made 5 pairs for 5 images")
def batches_of_one_image(images, labels, batch_size, order):
    return [(images[place], labels[place]) for place in order]


@MAKE_BATCHES.wrong("Images alone make a batch", says="hold two things")
def batches_without_labels(images, labels, batch_size, order):
    return [some for some, _ in _make_batches(images, labels, batch_size, order)]


@MAKE_BATCHES.wrong("Nothing returned is nothing wrong", says="no batches at all")
def batches_none(images, labels, batch_size, order):
    return []


# train_step -----------------------------------------------------------------------------------


def _softmax(logits):
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _error(inputs, labels, weights, biases):
    return _softmax(inputs @ weights + biases) - np.eye(weights.shape[1])[labels]


def _step(inputs, weights, biases, change):
    return weights - inputs.T @ change, biases - change.sum(axis=0)


def _train_step(inputs, labels, weights, biases, learning_rate):
    change = learning_rate * _error(inputs, labels, weights, biases) / len(inputs)
    return _step(inputs, weights, biases, change)


def _layers(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        n, n_inputs, n_classes = (int(size) for size in rng.integers((4, 2, 5), (9, 5, 8)))
        yield (
            rng.normal(size=(n, n_inputs)),
            rng.integers(0, n_classes, n),
            rng.normal(size=(n_inputs, n_classes)),
            rng.normal(size=n_classes),
            float(rng.uniform(0.1, 0.8)),
        )


TRAIN_STEP = Exercise(
    _train_step,
    {
        "train_step_weights": (check_train_step_weights, _layers),
        "train_step_biases": (check_train_step_biases, _layers),
    },
)


@TRAIN_STEP.right
def train_step_in_place_of_ones(inputs, labels, weights, biases, learning_rate):
    error = _softmax(inputs @ weights + biases)
    error[np.arange(len(labels)), labels] -= 1
    step = learning_rate / len(labels)
    return weights - step * inputs.T @ error, biases - step * error.sum(axis=0, keepdims=True)


@TRAIN_STEP.right
def train_step_image_by_image(inputs, labels, weights, biases, learning_rate):
    new_weights, new_biases = weights.copy(), biases.copy()
    for row, label in zip(inputs, labels, strict=True):
        error = _error(row[None], np.array([label]), weights, biases)[0]
        new_weights -= learning_rate * np.outer(row, error) / len(inputs)
        new_biases -= learning_rate * error / len(inputs)
    return [new_weights.tolist(), new_biases.tolist()]


@TRAIN_STEP.right
def train_step_with_a_column_of_ones(inputs, labels, weights, biases, learning_rate):
    wide = np.column_stack([inputs, np.ones(len(inputs))]).astype(np.float32)
    both = np.vstack([weights, biases]).astype(np.float32)
    error = _softmax(wide @ both) - np.eye(len(biases), dtype=np.float32)[labels]
    both = both - learning_rate * wide.T @ error / len(inputs)
    return both[:-1], both[-1]


@TRAIN_STEP.right
def train_step_by_differences(inputs, labels, weights, biases, learning_rate):
    def loss(parameters):
        shares = _softmax(inputs @ parameters[:-1] + parameters[-1])
        return -np.log(shares[np.arange(len(labels)), labels]).mean()

    old, small = np.vstack([weights, biases]), 1e-6
    new = old.copy()
    for place in np.ndindex(old.shape):
        there = old.copy()
        there[place] += small
        new[place] -= learning_rate * (loss(there) - loss(old)) / small
    return new[:-1], new[-1]


@TRAIN_STEP.wrong("A larger batch makes a larger step", says="added up over the batch")
def train_step_sum(inputs, labels, weights, biases, learning_rate):
    error = _error(inputs, labels, weights, biases)
    return _step(inputs, weights, biases, learning_rate * error)


@TRAIN_STEP.wrong("One bias is enough", says="each has its own derivative")
def train_step_of_one_bias(inputs, labels, weights, biases, learning_rate):
    error = _error(inputs, labels, weights, biases) / len(inputs)
    return weights - learning_rate * inputs.T @ error, biases - learning_rate * error.mean()


@TRAIN_STEP.wrong("An argument is mine to change", says="changed its argument")
def train_step_in_place(inputs, labels, weights, biases, learning_rate):
    weights[:], biases[:] = _train_step(inputs, labels, weights, biases, learning_rate)
    return weights, biases


@TRAIN_STEP.wrong("The new weights are all of it", says="expected two results")
def train_step_without_biases(inputs, labels, weights, biases, learning_rate):
    return _train_step(inputs, labels, weights, biases, learning_rate)[0]


EXERCISES = [GRADIENT_STEP, MAKE_BATCHES, TRAIN_STEP]

"""Right and wrong answers to the exercises on training."""

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from course_utils.checks.training import (
    check_count_updates,
    check_diagnose,
    check_early_stop_best,
    check_early_stop_stopped,
    check_gradient_step,
    check_make_batches_complete,
    check_make_batches_together,
    check_train_step_biases,
    check_train_step_weights,
)
from course_utils.grading.exercise import Exercise

# gradient_step --------------------------------------------------------------------------------


def _gradient_step(weights, slopes, learning_rate):
    return weights - learning_rate * slopes


def _steps(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        shape = tuple(int(size) for size in rng.integers(2, 6, 2))
        yield rng.normal(0, 2, shape), rng.normal(0, 3, shape), float(rng.uniform(0.01, 0.3))


GRADIENT_STEP = Exercise(_gradient_step, {"gradient_step_check": (check_gradient_step, _steps)})


@GRADIENT_STEP.right
def step_in_a_copy(weights, slopes, learning_rate):
    new = weights.copy()
    new -= learning_rate * slopes
    return new


@GRADIENT_STEP.right
def step_by_loop(weights, slopes, learning_rate):
    pairs = zip(weights.ravel().tolist(), slopes.ravel().tolist(), strict=True)
    return np.array([w - learning_rate * s for w, s in pairs]).reshape(weights.shape).tolist()


@GRADIENT_STEP.right
def step_in_float32(weights, slopes, learning_rate):
    return weights.astype(np.float32) - np.float32(learning_rate) * slopes.astype(np.float32)


@GRADIENT_STEP.wrong("The slope points downhill", says="went uphill")
def step_uphill(weights, slopes, learning_rate):
    return weights + learning_rate * slopes


@GRADIENT_STEP.wrong("All weights take the same step", says="moved every weight equally far")
def step_by_sign(weights, slopes, learning_rate):
    return weights - learning_rate * np.sign(slopes)


@GRADIENT_STEP.wrong("An argument is mine to change", says="changed its argument")
def step_in_place(weights, slopes, learning_rate):
    weights -= learning_rate * slopes
    return weights


# count_updates --------------------------------------------------------------------------------


def _count_updates(n_images, batch_size, epochs):
    return epochs * math.ceil(n_images / batch_size)


def _trainings(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(20):
        n_images, batch_size, epochs = (int(n) for n in rng.integers((41, 7, 2), (500, 40, 9)))
        yield batch_size * 4 if i % 5 == 0 else n_images, batch_size, epochs


COUNT_UPDATES = Exercise(_count_updates, {"count_updates_check": (check_count_updates, _trainings)})


@COUNT_UPDATES.right
def updates_by_range(n_images, batch_size, epochs):
    return len(range(0, n_images, batch_size)) * epochs


@COUNT_UPDATES.right
def updates_without_ceil(n_images, batch_size, epochs):
    return np.int64((n_images + batch_size - 1) // batch_size) * epochs


@COUNT_UPDATES.right
def updates_by_float(n_images, batch_size, epochs):
    return float(np.ceil(n_images / batch_size) * epochs)


@COUNT_UPDATES.wrong("Only whole batches count", says="last, smaller batch")
def updates_floor(n_images, batch_size, epochs):
    return n_images // batch_size * epochs


@COUNT_UPDATES.wrong("A batch goes on into the next epoch", says="round up in each epoch")
def updates_across(n_images, batch_size, epochs):
    return math.ceil(n_images * epochs / batch_size)


@COUNT_UPDATES.wrong("The sample's answer is the answer", says="hard-coded")
def updates_hard_coded(n_images, batch_size, epochs):
    return {(100, 32): 20, (10, 64): 2, (60_000, 32): 5_625}.get((n_images, batch_size), 9)


@COUNT_UPDATES.wrong("Printing is returning", says="prints its answer")
def updates_printed(n_images, batch_size, epochs):
    print(epochs * math.ceil(n_images / batch_size))


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


@MAKE_BATCHES.wrong("Batches need no shuffle", says="old order")
def batches_in_old_order(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, np.arange(len(order)))


@MAKE_BATCHES.wrong("An order may be read both ways", says="turned `order` round")
def batches_by_inverse(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, np.argsort(order))


@MAKE_BATCHES.wrong("batch_size is how many batches", says="not the number of batches")
def batches_so_many(images, labels, batch_size, order):
    parts = np.array_split(order, batch_size)
    return [(images[some], labels[some]) for some in parts]


@MAKE_BATCHES.wrong("A training uses one batch", says="single batch")
def batches_first_alone(images, labels, batch_size, order):
    return _make_batches(images, labels, batch_size, order)[:1]


@MAKE_BATCHES.wrong("Batches are drawn at random", says="Some images stand twice")
def batches_drawn(images, labels, batch_size, order):
    again = np.concatenate([order[:1], order[:-1]])
    return _make_batches(images, labels, batch_size, again)


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


@TRAIN_STEP.wrong("One bias is enough", says="each has a slope of its own")
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


# early_stop -----------------------------------------------------------------------------------


def _early_stop(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses)


def _curves(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(20):
        patience, n_falls, n_future = (int(n) for n in rng.integers((2, 3, 0), (5, 7, 4)))
        fall = np.sort(rng.choice(np.arange(50, 90), n_falls, replace=False))[::-1]
        rise = rng.integers(91, 130, patience - (n_future == 0))  # a future: patience is used up
        future = rng.integers(10, 40, n_future)
        yield [float(loss) / 100 for loss in (*fall, *rise, *future)], patience


EARLY_STOP = Exercise(
    _early_stop,
    {
        "early_stop_best": (check_early_stop_best, _curves),
        "early_stop_stopped": (check_early_stop_stopped, _curves),
    },
)


@EARLY_STOP.right
def early_stop_by_waiting(losses, patience):
    best, least, waited = 0, math.inf, 0
    for epoch, loss in enumerate(losses, start=1):
        waited += 1
        if loss < least:
            best, least, waited = epoch, loss, 0
        if waited >= patience:
            break
    return [best, epoch]


@EARLY_STOP.right
def early_stop_by_slices(losses, patience):
    for stopped in range(patience + 1, len(losses) + 1):
        if min(losses[: stopped - patience]) <= min(losses[stopped - patience : stopped]):
            break
    else:
        stopped = len(losses)
    return np.array([np.argmin(losses[:stopped]) + 1, stopped])


@EARLY_STOP.right
def early_stop_by_keras(losses, patience):
    import keras

    network = SimpleNamespace(stop_training=False, get_weights=list, set_weights=len)
    stop = keras.callbacks.EarlyStopping("val_loss", patience=patience, restore_best_weights=True)
    stop.set_model(network)
    stop.on_train_begin()
    for epoch, loss in enumerate(losses):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if network.stop_training:
            break
    return stop.best_epoch + 1, epoch + 1


@EARLY_STOP.wrong("The epoch before is the measure", says="compared each epoch with the one before")
def early_stop_by_neighbours(losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(losses) + 1):
        waited = waited + 1 if losses[epoch - 1] >= losses[epoch - 2] else 0
        best = epoch if losses[epoch - 1] < losses[best - 1] else best
        if waited >= patience:
            return best, epoch
    return best, len(losses)


@EARLY_STOP.wrong("Bad epochs add up", says="starts the count again")
def early_stop_adds_up(losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] < losses[best - 1]:
            best = epoch
            continue
        waited += 1
        if waited >= patience:
            return best, epoch
    return best, len(losses)


# diagnose -------------------------------------------------------------------------------------


def _diagnose(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"


def _trained(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(24):
        n, scale = int(rng.integers(4, 8)), float(rng.uniform(0.2, 3))
        fall, rise = [(0.96, 1.3), (0.5, 1.2), (0.5, 1.04), (1.4, 1.6)][i % 4]
        losses = np.linspace(1, fall, n) * scale
        before = max(0.6 * (2.6 - rise), 0.61)  # above the lowest, and often above the last
        path = np.array([*np.linspace(1.2, 0.6, n - 2), before, 0.6 * rise]) * scale
        yield losses.tolist(), path.tolist()


DIAGNOSE = Exercise(_diagnose, {"diagnose_check": (check_diagnose, _trained)})


@DIAGNOSE.right
def diagnose_by_arrays(losses, validation_losses):
    learns = np.array(losses)[-1] / losses[0] < 0.9
    rise = validation_losses[-1] / np.min(validation_losses)
    return np.array(["not learning", "learning", "overfitting"])[learns * (1 + (rise > 1.1))]


@DIAGNOSE.right
def diagnose_in_one_line(losses, validation_losses):
    rise = validation_losses[-1] - min(validation_losses)
    risen = rise > 0.1 * sorted(validation_losses)[0]
    learns = losses[-1] < losses[0] - 0.1 * losses[0]
    return ("overfitting" if risen else "learning") if learns else "not learning"


@DIAGNOSE.wrong("A rising validation loss is always overfitting", says="does not overfit")
def diagnose_other_order(losses, validation_losses):
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "not learning" if losses[-1] >= 0.9 * losses[0] else "learning"


@DIAGNOSE.wrong("10 % is 0.1", says="not a loss of 0.1")
def diagnose_absolute(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "overfitting" if validation_losses[-1] > min(validation_losses) + 0.1 else "learning"


@DIAGNOSE.wrong("Any word will do", says="'not learning', 'overfitting', 'learning'")
def diagnose_free(losses, validation_losses):
    return "Overfitting!"


@DIAGNOSE.wrong("Printing is returning", says="prints its answer")
def diagnose_printed(losses, validation_losses):
    print(_diagnose(losses, validation_losses))


EXERCISES = [GRADIENT_STEP, COUNT_UPDATES, MAKE_BATCHES, TRAIN_STEP, EARLY_STOP, DIAGNOSE]

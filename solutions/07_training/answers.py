"""Right and wrong answers to the exercises on training."""

import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from course_utils.checks.training import (
    Parts,
    check_diagnose,
    check_early_stop_best,
    check_early_stop_stopped,
    check_train_with_early_stopping,
)
from course_utils.grading.exercise import Exercise

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
    yield [1.0, 0.5], 1
    yield [0.7], 2
    yield [0.5, 0.5, 0.5], 1


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


@EARLY_STOP.wrong("The epoch before is the measure", says="compared with the one before")
def early_stop_by_neighbours(losses, patience):
    best, waited = 1, 0
    for epoch in range(2, len(losses) + 1):
        waited = waited + 1 if losses[epoch - 1] >= losses[epoch - 2] else 0
        best = epoch if losses[epoch - 1] < losses[best - 1] else best
        if waited >= patience:
            return best, epoch
    return best, len(losses)


@EARLY_STOP.wrong("Bad epochs add up", says="starts it again")
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


#: What the losses fall to and what the validation losses rise to, some of them near the limits.
_ENDS = [
    (0.96, 1.3),
    (0.5, 1.2),
    (0.5, 1.04),
    (1.4, 1.6),
    (0.905, 1.2),
    (0.89, 1.105),
    (0.89, 1.095),
]


def _trained(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for i in range(28):
        n, (fall, rise) = int(rng.integers(4, 8)), _ENDS[i % len(_ENDS)]
        scale, validation_scale = 10 ** rng.uniform(-1, 1, 2)
        losses = np.linspace(1, fall, n)
        # Whoever takes another epoch for the first or the last comes to another diagnosis.
        low, high = (0.52, 0.97) if fall < 0.9 else (0.5, 1.6)
        losses[1], losses[-2] = (low, high) if i < 14 else (high, low)
        before = max(0.6 * (2.6 - rise), 0.61)  # above the lowest, and often above the last
        path = np.array([*np.linspace(1.2, 0.6, n - 2), before, 0.6 * rise])
        yield (losses * scale).tolist(), (path * validation_scale).tolist()


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


@DIAGNOSE.wrong("Every way has its return", says="not on every way through the function")
def diagnose_one_branch(losses, validation_losses):
    if losses[-1] < 0.9 * losses[0]:
        if validation_losses[-1] > 1.1 * min(validation_losses):
            return "overfitting"
    else:
        return "not learning"
    return None


@DIAGNOSE.wrong("Any word will do", says="'not learning', 'overfitting', 'learning'")
def diagnose_free(losses, validation_losses):
    return "Overfitting!"


@DIAGNOSE.wrong("Printing is returning", says="prints its answer")
def diagnose_printed(losses, validation_losses):
    print(_diagnose(losses, validation_losses))


# train_with_early_stopping ----------------------------------------------------------------------


def _compiled(network):
    import keras

    network.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=["accuracy"])
    return network


def _fit(network, parts, epochs=20, watched="validation", **early):
    """Train by the rules, but for what is asked for otherwise; without `early`, never stop."""
    import keras

    stop = [keras.callbacks.EarlyStopping(**early)] if early else []
    given = {"epochs": epochs, "callbacks": stop, "verbose": 0}
    return _compiled(network).fit(*parts["training"], validation_data=parts[watched], **given)


def _train(network, parts, patience):
    return _fit(network, parts, patience=patience, restore_best_weights=True)


def _training_runs(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    yield [784, 32, 10], Parts(int(rng.integers(2_000, 59_000))), int(rng.integers(1, 3))


TRAIN = Exercise(
    _train,
    {"train_with_early_stopping_check": (check_train_with_early_stopping, _training_runs)},
    expect=lambda network, parts, patience: 0,
)


@TRAIN.right
def train_as_the_lesson_does(network, parts, patience):
    import keras

    from course_utils.training import STEPS_PER_EXECUTION, progress

    images, labels = parts["training"]
    network.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss=keras.losses.CategoricalCrossentropy(),
        metrics=["acc"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    stop = keras.callbacks.EarlyStopping("val_loss", patience=patience, restore_best_weights=True)
    return network.fit(
        x=images,
        y=labels,
        batch_size=32,
        epochs=20,
        validation_data=parts["validation"],
        validation_batch_size=100,
        callbacks=[progress(), stop],
    ).history


@TRAIN.right
def train_as_briefly_as_possible(network, parts, patience):
    from keras.callbacks import EarlyStopping

    stop = EarlyStopping(patience=patience, restore_best_weights=True, mode="min")
    return _compiled(network).fit(
        *parts["training"], 32, 20, validation_data=parts["validation"], callbacks=stop
    )


@TRAIN.wrong("A network that stops is at its best", says="restores its weights only if")
def train_without_restoring(network, parts, patience):
    return _fit(network, parts, patience=patience)


@TRAIN.wrong("fit can do without validation data", says="no validation data")
def train_without_validation(network, parts, patience):
    _compiled(network)
    return network.fit(*parts["training"], verbose=0)


@TRAIN.wrong("The test set says when to stop", says="measured on the test images")
def train_by_the_test_images(network, parts, patience):
    return _fit(network, parts, watched="test", patience=patience, restore_best_weights=True)


@TRAIN.wrong("Training images validate", says="measured on the training images")
def train_by_the_training_images(network, parts, patience):
    return _fit(network, parts, 3, watched="training", patience=patience)


@TRAIN.wrong("Calling fit again starts over", says="Call `fit` once")
def train_twice(network, parts, patience):
    first = _fit(network, parts, 4).history["val_loss"]
    best = first.index(min(first)) + 1
    return network.fit(
        *parts["training"], epochs=best, validation_data=parts["validation"], verbose=0
    )


@TRAIN.wrong("A part of the training images validates", says="the val_loss does not fit")
def train_with_a_split(network, parts, patience):
    return _compiled(network).fit(*parts["training"], validation_split=0.1, verbose=0)


@TRAIN.wrong("Larger batches are as good", says="all of them, and the batch size 32?")
def train_in_large_batches(network, parts, patience):
    given = {"validation_data": parts["validation"], "batch_size": 50, "verbose": 0}
    return _compiled(network).fit(*parts["training"], **given)


@TRAIN.wrong("One patience fits all", says="5 without a new lowest one. The patience is 2")
def train_with_patience_5(network, parts, patience):
    return _fit(network, parts, patience=5, restore_best_weights=True)


@TRAIN.wrong("fit returns a better network", says="received: the network")
def train_and_return_the_network(network, parts, patience):
    _compiled(network)  # and trained, which makes no difference here
    return network


@TRAIN.wrong("fit compiles", says="call its compile first")
def train_without_compiling(network, parts, patience):
    return network.fit(*parts["training"], validation_data=parts["validation"], verbose=0)


EXERCISES = [EARLY_STOP, TRAIN, DIAGNOSE]

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
)
from course_utils.grading.exercise import Exercise

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


EXERCISES = [COUNT_UPDATES, EARLY_STOP, DIAGNOSE]

"""Right and wrong answers to the exercises on training."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.grading.exercise import Exercise

# gradient_step --------------------------------------------------------------------------------


def _gradient_step(weights, slopes, learning_rate):
    return weights - learning_rate * slopes


def _steps(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for _ in range(10):
        shape = tuple(int(size) for size in rng.integers(2, 5, int(rng.integers(1, 3))))
        yield rng.normal(0, 2, shape), rng.normal(0, 3, shape), float(rng.uniform(0.01, 0.3))


GRADIENT_STEP = Exercise("gradient_step", _gradient_step, _steps)


@GRADIENT_STEP.right
def step_by_adding(weights, slopes, learning_rate):
    return np.add(weights, -learning_rate * slopes)


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


@GRADIENT_STEP.wrong("The slope is the step", says="learning rate is missing")
def step_without_rate(weights, slopes, learning_rate):
    return weights - slopes


@GRADIENT_STEP.wrong("All weights take the same step", says="moved every weight equally far")
def step_by_sign(weights, slopes, learning_rate):
    return weights - learning_rate * np.sign(slopes)


@GRADIENT_STEP.wrong("Downhill means smaller weights", says="lost the sign of the slope")
def step_always_smaller(weights, slopes, learning_rate):
    return weights - learning_rate * np.abs(slopes)


@GRADIENT_STEP.wrong("The change is the new weight", says="the change alone")
def step_change(weights, slopes, learning_rate):
    return -learning_rate * slopes


@GRADIENT_STEP.wrong("The network has one slope", says="one mean slope for all")
def step_mean(weights, slopes, learning_rate):
    return weights - learning_rate * slopes.mean()


@GRADIENT_STEP.wrong("An argument is mine to change", says="changed its argument")
def step_in_place(weights, slopes, learning_rate):
    weights -= learning_rate * slopes
    return weights


@GRADIENT_STEP.wrong("The sample's answer is the answer", says="hard-coded")
def step_hard_coded(weights, slopes, learning_rate):
    return np.array([0.95, -1.6, 0.3])


# count_updates --------------------------------------------------------------------------------


def _count_updates(n_images, batch_size, epochs):
    return epochs * math.ceil(n_images / batch_size)


def _trainings(rng):
    for _ in range(10):
        yield tuple(int(size) for size in rng.integers((50, 7, 2), (500, 40, 9)))


COUNT_UPDATES = Exercise("count_updates", _count_updates, _trainings)


@COUNT_UPDATES.right
def updates_by_range(n_images, batch_size, epochs):
    return len(range(0, n_images, batch_size)) * epochs


@COUNT_UPDATES.right
def updates_without_ceil(n_images, batch_size, epochs):
    return np.int64((n_images + batch_size - 1) // batch_size) * epochs


@COUNT_UPDATES.right
def updates_by_float(n_images, batch_size, epochs):
    return float(np.ceil(n_images / batch_size) * epochs)


@COUNT_UPDATES.wrong("An epoch is one update", says="An epoch is not one update")
def updates_epochs(n_images, batch_size, epochs):
    return epochs


@COUNT_UPDATES.wrong("Only whole batches count", says="last, smaller batch")
def updates_floor(n_images, batch_size, epochs):
    return n_images // batch_size * epochs


@COUNT_UPDATES.wrong("A batch goes on into the next epoch", says="round up in each epoch")
def updates_across(n_images, batch_size, epochs):
    return math.ceil(n_images * epochs / batch_size)


@COUNT_UPDATES.wrong("Each image is an update", says="You counted images")
def updates_images(n_images, batch_size, epochs):
    return n_images * epochs


@COUNT_UPDATES.wrong("There are parts of an update", says="no part of an update")
def updates_fraction(n_images, batch_size, epochs):
    return n_images / batch_size * epochs


@COUNT_UPDATES.wrong("Epochs repeat what is done", says="That is one epoch")
def updates_one_epoch(n_images, batch_size, epochs):
    return math.ceil(n_images / batch_size)


@COUNT_UPDATES.wrong("There is always one more batch", says="a batch too many")
def updates_one_more(n_images, batch_size, epochs):
    return (n_images // batch_size + 1) * epochs


@COUNT_UPDATES.wrong("The sample's answer is the answer", says="hard-coded")
def updates_hard_coded(n_images, batch_size, epochs):
    return {100: 20, 10: 2}.get(n_images, 5_625)


@COUNT_UPDATES.wrong("Printing is returning", says="prints its answer")
def updates_printed(n_images, batch_size, epochs):
    print(epochs * math.ceil(n_images / batch_size))


# make_batches ---------------------------------------------------------------------------------


def _make_batches(images, labels, batch_size, order):
    starts = range(0, len(images), batch_size)
    places = [order[start : start + batch_size] for start in starts]
    return [(images[some], labels[some]) for some in places]


def _sets(rng):
    for _ in range(10):
        n = int(rng.integers(6, 15))
        images = rng.permutation(n * 6).reshape(n, 2, 3)
        yield images, rng.permutation(n), int(rng.integers(3, 6)), rng.permutation(n)


def _same_batches(expected, received):
    return len(expected) == len(received) and all(
        np.array_equal(a[0], b[0]) and np.array_equal(a[1], b[1])
        for a, b in zip(expected, received, strict=True)
    )


MAKE_BATCHES = Exercise("make_batches", _make_batches, _sets, agree=_same_batches)


@MAKE_BATCHES.right
def batches_of_shuffled(images, labels, batch_size, order):
    images, labels = images[order], labels[order]
    batches = []
    for start in range(0, len(order), batch_size):
        stop = start + batch_size
        batches.append([images[start:stop], labels[start:stop]])
    return batches


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


@MAKE_BATCHES.wrong("Images alone make a batch", says="must hold two things")
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


def _layers(rng):
    for _ in range(10):
        n, n_inputs, n_classes = (int(size) for size in rng.integers((4, 2, 5), (9, 5, 8)))
        yield (
            rng.normal(0, 1, (n, n_inputs)),
            rng.integers(0, n_classes, n),
            rng.normal(0, 1, (n_inputs, n_classes)),
            rng.normal(0, 1, n_classes),
            float(rng.uniform(0.1, 0.8)),
        )


def _same_step(expected, received):
    biases = np.ravel(received[1])  # a table with one row adds up alike
    return len(received) == 2 and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, 1e-4, 1e-5)
        for a, b in zip(expected, (received[0], biases), strict=True)
    )


TRAIN_STEP = Exercise("train_step", _train_step, _layers, agree=_same_step)


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
    def loss(w, b):
        return -np.log(_softmax(inputs @ w + b)[np.arange(len(labels)), labels]).mean()

    new_weights, new_biases, small = weights.copy(), biases.copy(), 1e-6
    for place in np.ndindex(weights.shape):
        there = weights.copy()
        there[place] += small
        rise = loss(there, biases) - loss(weights, biases)
        new_weights[place] -= learning_rate * rise / small
    for place in range(len(biases)):
        there = biases.copy()
        there[place] += small
        rise = loss(weights, there) - loss(weights, biases)
        new_biases[place] -= learning_rate * rise / small
    return new_weights, new_biases


@TRAIN_STEP.wrong("The slope points downhill", says="went uphill")
def train_step_uphill(inputs, labels, weights, biases, learning_rate):
    error = _error(inputs, labels, weights, biases) / len(inputs)
    return _step(inputs, weights, biases, -learning_rate * error)


@TRAIN_STEP.wrong("A larger batch makes a larger step", says="added up over the batch")
def train_step_sum(inputs, labels, weights, biases, learning_rate):
    error = _error(inputs, labels, weights, biases)
    return _step(inputs, weights, biases, learning_rate * error)


@TRAIN_STEP.wrong("The slope is the step", says="learning rate is missing")
def train_step_without_rate(inputs, labels, weights, biases, learning_rate):
    error = _error(inputs, labels, weights, biases)
    return _step(inputs, weights, biases, error / len(inputs))


@TRAIN_STEP.wrong("Logits are probabilities", says="Softmax is missing")
def train_step_without_softmax(inputs, labels, weights, biases, learning_rate):
    error = inputs @ weights + biases - np.eye(weights.shape[1])[labels]
    return _step(inputs, weights, biases, learning_rate * error / len(inputs))


@TRAIN_STEP.wrong("Label 9 is greater than label 1", says="Labels are names")
def train_step_of_numbers(inputs, labels, weights, biases, learning_rate):
    error = _softmax(inputs @ weights + biases) - labels[:, None]
    return _step(inputs, weights, biases, learning_rate * error / len(inputs))


@TRAIN_STEP.wrong("Only weights learn", says="The biases have not moved")
def train_step_of_weights(inputs, labels, weights, biases, learning_rate):
    return _train_step(inputs, labels, weights, biases, learning_rate)[0], biases


@TRAIN_STEP.wrong("One bias is enough", says="each has a slope of its own")
def train_step_of_one_bias(inputs, labels, weights, biases, learning_rate):
    error = _error(inputs, labels, weights, biases) / len(inputs)
    return weights - learning_rate * inputs.T @ error, biases - learning_rate * error.mean()


@TRAIN_STEP.wrong("Softmax may go down the columns", says="went down the columns")
def train_step_of_columns(inputs, labels, weights, biases, learning_rate):
    error = _softmax((inputs @ weights + biases).T).T - np.eye(weights.shape[1])[labels]
    return _step(inputs, weights, biases, learning_rate * error / len(inputs))


@TRAIN_STEP.wrong("An argument is mine to change", says="changed its argument")
def train_step_in_place(inputs, labels, weights, biases, learning_rate):
    weights[:], biases[:] = _train_step(inputs, labels, weights, biases, learning_rate)
    return weights, biases


@TRAIN_STEP.wrong("The new weights are all of it", says="must hold two things")
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


def _curves(rng):
    for _ in range(10):
        n = int(rng.integers(8, 16))
        noise = rng.normal(0, 0.06, n)
        losses = np.abs(np.linspace(-0.5, 0.4, n)) + 0.5 + noise
        yield [round(float(loss), 2) for loss in losses], int(rng.integers(2, 5))


EARLY_STOP = Exercise("early_stop", _early_stop, _curves)


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

    class Network:
        stop_training = False

        def get_weights(self):
            return []

        def set_weights(self, weights):
            pass

    stop = keras.callbacks.EarlyStopping("val_loss", patience=patience, restore_best_weights=True)
    network = Network()
    stop.set_model(network)
    stop.on_train_begin()
    for epoch, loss in enumerate(losses):
        stop.on_epoch_end(epoch, {"val_loss": loss})
        if network.stop_training:
            break
    return stop.best_epoch + 1, epoch + 1


@EARLY_STOP.wrong("The first rise is the end", says="patience is not used")
def early_stop_at_first_rise(losses, patience):
    for epoch in range(1, len(losses)):
        if losses[epoch] > losses[epoch - 1]:
            return epoch, epoch + 1
    return len(losses), len(losses)


@EARLY_STOP.wrong("More epochs are better", says="never stopped")
def early_stop_never(losses, patience):
    return losses.index(min(losses)) + 1, len(losses)


@EARLY_STOP.wrong("The future is known", says="looked into the future")
def early_stop_with_future(losses, patience):
    return losses.index(min(losses)) + 1, _early_stop(losses, patience)[1]


@EARLY_STOP.wrong("The last weights are the best", says="last epoch is not the best")
def early_stop_keeps_last(losses, patience):
    stopped = _early_stop(losses, patience)[1]
    return stopped, stopped


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


@EARLY_STOP.wrong("Patience runs out after one more", says="an epoch too late")
def early_stop_late(losses, patience):
    return _early_stop(losses, patience + 1)


@EARLY_STOP.wrong("Equal is better", says="equals the lowest")
def early_stop_equal(losses, patience):
    best = 1
    for epoch in range(2, len(losses) + 1):
        if losses[epoch - 1] <= losses[best - 1]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses)


@EARLY_STOP.wrong("Epochs are counted from 0", says="counted from 0")
def early_stop_from_0(losses, patience):
    best, stopped = _early_stop(losses, patience)
    return best - 1, stopped - 1


@EARLY_STOP.wrong("There is always another epoch", says="patience is not used up")
def early_stop_beyond(losses, patience):
    best = _early_stop(losses, patience)[0]
    return best, best + patience


@EARLY_STOP.wrong("The sample's answer is the answer", says="hard-coded")
def early_stop_hard_coded(losses, patience):
    return 3, 6


# diagnose -------------------------------------------------------------------------------------


def _diagnose(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "learning"


def _trained(rng):
    for i in range(12):
        n = int(rng.integers(5, 9))
        fall = [0.97, 0.3, 0.4][i % 3]
        losses = np.linspace(1, fall, n) * rng.uniform(0.2, 2)
        lowest = losses[0] * 0.6
        path = np.concatenate([np.linspace(losses[0], lowest, n - 2), [lowest * 1.3, lowest]])
        path[-1] *= [1.02, 1.2, 1.03][i % 3]
        yield [float(x) for x in losses], [float(x) for x in path]


DIAGNOSE = Exercise("diagnose", _diagnose, _trained, agree=lambda a, b: str(a) == str(b))


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


@DIAGNOSE.wrong("Any gap is overfitting", says="gap between the curves")
def diagnose_gap(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "overfitting" if validation_losses[-1] > losses[-1] else "learning"


@DIAGNOSE.wrong("Low accuracy is overfitting", says="does not overfit")
def diagnose_bad_is_overfitting(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "overfitting"
    return _diagnose(losses, validation_losses)


@DIAGNOSE.wrong("A rising validation loss is always overfitting", says="does not overfit")
def diagnose_other_order(losses, validation_losses):
    if validation_losses[-1] > 1.1 * min(validation_losses):
        return "overfitting"
    return "not learning" if losses[-1] >= 0.9 * losses[0] else "learning"


@DIAGNOSE.wrong("The first epoch is the measure", says="compared with the first epoch")
def diagnose_by_first(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "overfitting" if validation_losses[-1] > 1.1 * validation_losses[0] else "learning"


@DIAGNOSE.wrong("The epoch before is the measure", says="compared with the epoch before")
def diagnose_by_neighbour(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "overfitting" if validation_losses[-1] > validation_losses[-2] else "learning"


@DIAGNOSE.wrong("Every rise is overfitting", says="noise")
def diagnose_any_rise(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "overfitting" if validation_losses[-1] > min(validation_losses) else "learning"


@DIAGNOSE.wrong("10 % is 0.1", says="not a loss of 0.1")
def diagnose_absolute(losses, validation_losses):
    if losses[-1] >= 0.9 * losses[0]:
        return "not learning"
    return "overfitting" if validation_losses[-1] > min(validation_losses) + 0.1 else "learning"


@DIAGNOSE.wrong("A falling training loss is success", says="Look at the validation loss")
def diagnose_training_only(losses, validation_losses):
    return "learning" if losses[-1] < 0.9 * losses[0] else "not learning"


@DIAGNOSE.wrong("Any word will do", says="must return one of")
def diagnose_free(losses, validation_losses):
    return "Overfitting!"


@DIAGNOSE.wrong("Printing is returning", says="prints its answer")
def diagnose_printed(losses, validation_losses):
    print(_diagnose(losses, validation_losses))


EXERCISES = [GRADIENT_STEP, COUNT_UPDATES, MAKE_BATCHES, TRAIN_STEP, EARLY_STOP, DIAGNOSE]

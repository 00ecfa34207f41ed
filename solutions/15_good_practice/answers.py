"""The answers to the exercises on good practice: right ones, wrong ones, and hidden cases."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks.good_practice import (
    check_nudge,
    check_spread_rates,
    check_suspicious,
    gradient_of,
)
from course_utils.grading.exercise import Exercise

# spread_rates ---------------------------------------------------------------------------------


def _spread_rates(fractions, lowest, highest):
    return lowest * (highest / lowest) ** fractions


def _fractions(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for n in rng.integers(3, 9, 20):
        lowest = float(rng.choice([0.002, 0.005, 0.01, 0.03]))
        yield rng.uniform(0.05, 0.95, n), lowest, lowest * float(rng.choice([50, 300, 1_000]))


SPREAD_RATES = Exercise(_spread_rates, {"spread_rates_check": (check_spread_rates, _fractions)})


@SPREAD_RATES.right
def rates_by_powers_of_ten(fractions, lowest, highest):
    first, last = np.log10(lowest), np.log10(highest)
    return 10 ** (first + np.asarray(fractions) * (last - first))


@SPREAD_RATES.right
def rates_one_by_one(fractions, lowest, highest):
    import math

    first, last = math.log(lowest), math.log(highest)
    return [math.exp(first * (1 - fraction) + last * fraction) for fraction in fractions]


@SPREAD_RATES.right
def rates_in_float32(fractions, lowest, highest):
    start = np.log2(lowest)
    return np.exp2(np.interp(fractions, [0, 1], [start, np.log2(highest)])).astype(np.float32)


@SPREAD_RATES.wrong("Evenly is evenly", says="spread evenly over the numbers")
def rates_evenly(fractions, lowest, highest):
    return np.interp(fractions, [0, 1], [lowest, highest])


@SPREAD_RATES.wrong("np.logspace takes the rates", says="np.logspace takes powers of ten")
def rates_by_logspace(fractions, lowest, highest):
    return np.logspace(lowest, highest, len(fractions))


@SPREAD_RATES.wrong("The order does not matter", says="The rates are sorted")
def rates_sorted(fractions, lowest, highest):
    return sorted(lowest * (highest / lowest) ** fractions)


@SPREAD_RATES.wrong("log and 10 ** undo each other", says="different bases")
def rates_of_two_bases(fractions, lowest, highest):
    return 10 ** (np.log(lowest) + fractions * (np.log(highest) - np.log(lowest)))


@SPREAD_RATES.wrong("An argument is mine to change", says="changed its argument")
def rates_in_place(fractions, lowest, highest):
    fractions[:] = lowest * (highest / lowest) ** fractions
    return fractions


# suspicious -----------------------------------------------------------------------------------


def _suspicious(probabilities, labels, n):
    return np.argsort(probabilities[np.arange(len(labels)), labels])[:n]


def _doubted(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for trial in range(20):
        n_images, n_classes = int(rng.integers(20, 30)), int(rng.integers(4, 7))
        n_images += 200 * (trial == 0)  # places that need more than a byte with a sign
        given = rng.dirichlet(np.ones(n_classes), n_images)
        labels = np.where(
            rng.random(n_images) < 0.6, given.argmax(axis=1), rng.integers(0, n_classes, n_images)
        )
        n_mistakes = int((given.argmax(axis=1) != labels).sum())
        yield given, labels, n_mistakes + 3 if trial % 2 else 4


def _are_enough(_, labels, n):
    """Say whether there are as many images as are to be returned."""
    return n <= len(labels)


SUSPICIOUS = Exercise(
    _suspicious,
    {"suspicious_check": (check_suspicious, _doubted)},
    promises={"suspicious_check": _are_enough},
)


@SUSPICIOUS.right
def suspicious_by_loss(probabilities, labels, n):
    losses = [-np.log(row[label]) for row, label in zip(probabilities, labels, strict=True)]
    return np.argsort(losses)[::-1][:n].astype(np.uint8)


@SUSPICIOUS.right
def suspicious_by_sorting(probabilities, labels, n):
    ranked = sorted((row[labels[i]], i) for i, row in enumerate(probabilities))
    return [i for _, i in ranked[:n]]


@SUSPICIOUS.right
def suspicious_by_take_along(probabilities, labels, n):
    of_given = np.take_along_axis(probabilities, labels[:, None], axis=1)[:, 0]
    return of_given.argsort()[:n]


@SUSPICIOUS.right
def suspicious_one_after_another(probabilities, labels, n):
    of_given = [row[label] for row, label in zip(probabilities, labels, strict=True)]
    found = []
    for _ in range(n):
        found.append(int(np.argmin(of_given)))
        of_given[found[-1]] = np.inf
    return found


@SUSPICIOUS.wrong("A surest mistake is the most suspicious", says="the confidence of the answer")
def suspicious_by_confidence(probabilities, labels, n):
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    return wrong[np.argsort(-probabilities.max(axis=1)[wrong])][:n]


@SUSPICIOUS.wrong("Only a mistake is suspicious", says="You looked for mistakes only")
def suspicious_mistakes(probabilities, labels, n):
    of_given = probabilities[np.arange(len(labels)), labels]
    wrong = probabilities.argmax(axis=1) != labels
    return [i for i in np.argsort(of_given) if wrong[i]][:n]


@SUSPICIOUS.wrong("Doubt is a low confidence", says="the network is least sure")
def suspicious_unsure(probabilities, labels, n):
    return probabilities.max(axis=1).argsort()[:n]


@SUSPICIOUS.wrong("The lowest probability comes last", says="The order is reversed")
def suspicious_backwards(probabilities, labels, n):
    return _suspicious(probabilities, labels, n)[::-1]


@SUSPICIOUS.wrong("Printing is returning", says="prints its answer")
def suspicious_printed(probabilities, labels, n):
    print(_suspicious(probabilities, labels, n))


# nudge ----------------------------------------------------------------------------------------


def _gradient(network, images, labels):
    import keras
    import tensorflow as tf

    inputs = tf.constant(images)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        loss = keras.losses.sparse_categorical_crossentropy(labels, network(inputs))
    return np.asarray(tape.gradient(loss, inputs))


def _nudge(network, images, labels, size):
    return np.clip(images + size * np.sign(_gradient(network, images, labels)), 0, 1)


def _nudged(layer, images, labels, size):
    gradient = gradient_of(layer, images, labels)
    return np.clip(images + size * np.sign(gradient), 0, 1)


def _layers(rng: np.random.Generator) -> Iterator[tuple[Any, ...]]:
    for trial in range(4):
        n, n_pixels, n_classes = int(rng.integers(3, 6)), int(rng.integers(5, 9)), 3
        while True:
            weights = rng.normal(0, 1, (n_pixels, n_classes)).round(2)
            weights[:trial] = 0  # pixels that play no part stay as they are
            biases = rng.normal(0, 0.3, n_classes).round(2)
            images = rng.uniform(0, 1, (n, n_pixels)).round(2).astype(np.float32)
            images[rng.random(images.shape) < 0.3] = 0
            labels = rng.integers(0, n_classes, n)
            # A gradient of nearly 0 may have either sign in float32.
            gradient = gradient_of((weights, biases), images, labels)
            if np.abs(gradient[:, trial:]).min() > 0.002:
                break
        yield (weights, biases), images, labels, float(rng.choice([0.05, 0.1, 0.25]))


NUDGE = Exercise(_nudge, {"nudge_check": (check_nudge, _layers)}, expect=_nudged)


@NUDGE.right
def nudge_in_tensorflow(network, images, labels, size):
    import keras
    import tensorflow as tf

    loss_of = keras.losses.SparseCategoricalCrossentropy()
    inputs = tf.Variable(images)
    with tf.GradientTape() as tape:
        loss = loss_of(labels, network(inputs))
    return tf.clip_by_value(inputs + size * tf.sign(tape.gradient(loss, inputs)), 0.0, 1.0)


@NUDGE.right
def nudge_one_by_one(network, images, labels, size):
    nudged = []
    for image, label in zip(images, labels, strict=True):
        gradient = _gradient(network, image[None], np.array([label]))[0]
        step = np.where(gradient > 0, size, np.where(gradient < 0, -size, 0))
        nudged.append(np.minimum(1, np.maximum(0, image + step)))
    return np.array(nudged)


@NUDGE.right
def nudge_by_log_of_probability(network, images, labels, size):
    import tensorflow as tf

    inputs = tf.convert_to_tensor(images)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        of_label = tf.gather(network(inputs), labels, batch_dims=1)
    step = -size * np.sign(tape.gradient(of_label, inputs))
    return (images + step).clip(0, 1)


@NUDGE.wrong("Going down the gradient misleads", says="moved towards the label")
def nudge_towards(network, images, labels, size):
    return np.clip(images - size * np.sign(_gradient(network, images, labels)), 0, 1)


@NUDGE.wrong("The gradient's size counts", says="The sign is missing")
def nudge_without_sign(network, images, labels, size):
    return np.clip(images + size * _gradient(network, images, labels), 0, 1)


@NUDGE.wrong("A picture may hold any number", says="Clip the nudged images")
def nudge_unclipped(network, images, labels, size):
    return images + size * np.sign(_gradient(network, images, labels))


@NUDGE.wrong("The gradient is that of the weights", says="another shape than the images")
def nudge_by_weights(network, images, labels, size):
    import keras
    import tensorflow as tf

    with tf.GradientTape() as tape:
        loss = keras.losses.sparse_categorical_crossentropy(labels, network(images))
    gradient = tape.gradient(loss, network.trainable_variables[0])
    return np.clip(images + size * np.sign(gradient), 0, 1)


@NUDGE.wrong("A tape watches everything", says="The tape gave no gradient")
def nudge_unwatched(network, images, labels, size):
    import keras
    import tensorflow as tf

    inputs = tf.constant(images)
    with tf.GradientTape() as tape:
        loss = keras.losses.sparse_categorical_crossentropy(labels, network(inputs))
    return np.clip(images + size * np.sign(tape.gradient(loss, inputs)), 0, 1)


@NUDGE.wrong("The network's answer is the label", says="away from what the network answers")
def nudge_by_answer(network, images, labels, size):
    answers = np.asarray(network(images)).argmax(axis=1)
    return _nudge(network, images, answers, size)


@NUDGE.wrong("An argument is mine to change", says="changed its argument")
def nudge_in_place(network, images, labels, size):
    images[:] = _nudge(network, images, labels, size)
    return images


EXERCISES = [SPREAD_RATES, SUSPICIOUS, NUDGE]

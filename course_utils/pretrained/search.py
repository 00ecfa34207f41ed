"""Recorded trials of a search for a learning rate and a dropout, which an explorer replays.

A network 784-64-10 with ReLU, softmax and SGD learns 1,000 images of Fashion-MNIST for 5 epochs,
once for each pair and seed. A seed draws its own images to learn from, 500 to choose by
(validation) and 5,000 that nobody chooses by (fresh), and the weights to begin with.
``search.json`` holds the accuracies.
"""

import os
import random
from collections.abc import Callable, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.datasets import load_dataset
from course_utils.preprocessing import scale_to_unit, unroll
from course_utils.pretrained import recordings

#: Two to a decade, so that neighbours differ by a factor of about 3.
RATES = (0.0001, 0.00032, 0.001, 0.0032, 0.01, 0.032, 0.1, 0.32, 1.0, 3.2, 10.0)
DROPOUTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
SEEDS = (0, 1, 2, 3, 4)
N_TRAIN, N_VALIDATION, N_FRESH, EPOCHS, _BATCH = 1_000, 500, 5_000, 5, 32
RECORDS = Path(__file__).with_name("search.json")


@cache
def load_trials() -> list[dict[str, Any]]:
    """Read the trials: rate and dropout of each, and both accuracies from each seed."""
    return recordings.read(RECORDS)


def rebuild(
    folder: str | os.PathLike[str] | None = None,
    rates: Sequence[float] = RATES,
    dropouts: Sequence[float] = DROPOUTS,
    seeds: Sequence[int] = SEEDS,
) -> Path:
    """Train every trial again and write them, by default over the shipped file."""
    from tqdm import tqdm

    target = recordings.place_for(RECORDS, folder)
    weights = {seed: _first_weights(seed) for seed in seeds}
    trials = []
    turns = tqdm(total=len(dropouts) * len(seeds) * len(rates), unit="trial")
    with turns:
        for dropout in dropouts:
            network = build(dropout)
            train = trainer(network)  # a graph, which takes longer to make than to run
            found = {}
            for seed, rate in product(seeds, rates):
                network.set_weights(weights[seed])
                found[rate, seed] = record(network, train, rate, seed)
                turns.update()
            trials += [
                {"rate": rate, "dropout": dropout, **_by_name([found[rate, s] for s in seeds])}
                for rate in rates
            ]
    recordings.write(target, trials)
    return target


def _by_name(pairs: Sequence[tuple[float, float]]) -> dict[str, list[float]]:
    """Name the accuracies of all seeds."""
    return {"validation": [right for right, _ in pairs], "fresh": [right for _, right in pairs]}


def build(dropout: float) -> Any:
    """Build the network with fresh weights."""
    import keras

    return keras.Sequential(
        [
            keras.layers.Input((784,)),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dropout(dropout),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def trainer(network: Any) -> Callable[..., None]:
    """Make a function that trains a network with plain SGD, all epochs in one graph.

    `fit` prepares more for each of a few hundred trainings than these take.
    """
    import keras
    import tensorflow as tf

    @tf.function
    def train(rows: Any, labels: Any, rate: Any) -> None:
        for _ in tf.range(EPOCHS):
            order = tf.random.shuffle(tf.range(len(rows)))
            for start in tf.range(0, len(rows), _BATCH):
                part = order[start : start + _BATCH]
                with tf.GradientTape() as tape:
                    answers = network(tf.gather(rows, part), training=True)
                    truth = tf.gather(labels, part)
                    losses = keras.losses.sparse_categorical_crossentropy(truth, answers)
                    loss = tf.reduce_mean(losses)
                weights = network.trainable_variables
                for weight, gradient in zip(weights, tape.gradient(loss, weights), strict=True):
                    weight.assign_sub(rate * gradient)

    return train


def record(network: Any, train: Callable[..., None], rate: float, seed: int) -> tuple[float, float]:
    """Train a network from the weights that it has; return both accuracies, to four digits."""
    import tensorflow as tf

    (rows, labels), *others = _clothes(seed)
    train(tf.constant(rows), tf.constant(labels), tf.constant(rate, tf.float32))
    right, fresh = (
        round(float((np.argmax(network(images), axis=1) == truth).mean()), 4)
        for images, truth in others
    )
    return right, fresh


def _first_weights(seed: int) -> list[NDArray[Any]]:
    """Draw a seed's weights; all that Keras draws comes from Python's own generator."""
    random.seed(seed)
    return build(0.0).get_weights()


@cache
def _clothes(seed: int) -> list[tuple[NDArray[Any], NDArray[Any]]]:
    """Draw a seed's images and labels: to learn from, to choose by, and fresh ones."""
    (images, labels), _ = load_dataset("fashion_mnist")
    order = np.random.default_rng(seed).permutation(len(images))
    ends = np.cumsum([N_TRAIN, N_VALIDATION, N_FRESH])
    parts = np.split(order[: ends[-1]], ends[:-1])
    return [(unroll(scale_to_unit(images[part])), labels[part]) for part in parts]

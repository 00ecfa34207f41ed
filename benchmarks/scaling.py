"""Measure what scaling pixels does for a small network, and at which learning rates.

A network 784-128-128-10 learns once for each seed, each scaling and each optimiser with its rate,
so that a row and its neighbour differ in one thing. Validation images are the last 10,000 training
images, which no network here learns from.
"""

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import fit_standardizer

quiet_tensorflow()
import keras

Images = NDArray[np.generic]
Scale = Callable[[Images], Images]

# seeds, training images, epochs
FULL, QUICK = (5, 12_000, 3), (2, 1_600, 1)
N_VALIDATION = 10_000
BATCH_SIZE = 32
N_CLASSES = 10
DATASETS = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}

OPTIMISERS: dict[str, Callable[[], keras.optimizers.Optimizer]] = {
    "SGD, 0.0001": lambda: keras.optimizers.SGD(0.0001),
    "SGD, 0.001": lambda: keras.optimizers.SGD(0.001),
    "SGD, 0.01": lambda: keras.optimizers.SGD(0.01),
    "SGD, 0.1": lambda: keras.optimizers.SGD(0.1),
    "SGD, 1": lambda: keras.optimizers.SGD(1.0),
    "Adam, 0.001": lambda: keras.optimizers.Adam(0.001),
}
RATES = ("SGD, 0.001", "SGD, 0.01", "SGD, 0.1", "Adam, 0.001")
# how the training images are scaled, how those that the network is asked about, how it learns
SETTINGS = (
    ("raw", "raw", "SGD, 0.0001"),
    *((name, name, how) for name, how in product(("raw", "/ 255", "standardised"), RATES)),
    ("/ 255 / 255", "/ 255 / 255", "SGD, 0.01"),
    ("/ 255 / 255", "/ 255 / 255", "SGD, 1"),
    ("/ 255 / 255", "/ 255 / 255", "Adam, 0.001"),
    ("/ 255", "raw", "SGD, 0.01"),
    ("standardised", "raw", "SGD, 0.01"),
    ("standardised", "mean subtracted", "SGD, 0.01"),
)


def scales(train_images: Images) -> dict[str, Scale]:
    """Name the ways to scale; what is measured is measured on these images."""
    standardizer = fit_standardizer(train_images)
    return {
        "raw": lambda images: images.astype(np.float32),
        "/ 255": lambda images: images / np.float32(255),
        "/ 255 / 255": lambda images: images / np.float32(255) / np.float32(255),
        "standardised": standardizer.transform,
        "mean subtracted": lambda images: images - np.float32(standardizer.mean),
    }


def train(images: Images, labels: Images, optimiser: str, seed: int, epochs: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.layers.Input((784,)),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(N_CLASSES, activation="softmax"),
        ]
    )
    network.compile(
        optimizer=OPTIMISERS[optimiser](),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=len(images) // BATCH_SIZE,
    )
    network.fit(images, labels, epochs=epochs, batch_size=BATCH_SIZE, verbose=0)
    return network


def accuracies(name: str, *, quick: bool) -> Iterator[list[str]]:
    """Yield for each setting the accuracies over the seeds: on validation and on test images."""
    seeds, n_train, epochs = QUICK if quick else FULL
    (all_images, all_labels), test = load_dataset(name)
    train_images, train_labels = all_images[:n_train], all_labels[:n_train]
    asked = [(all_images[-N_VALIDATION:], all_labels[-N_VALIDATION:]), test]
    ways = scales(train_images)
    networks: dict[tuple[str, str], list[keras.Model]] = {}
    for learnt_from, asked_with, optimiser in SETTINGS:
        setting = (learnt_from, optimiser)
        if setting not in networks:
            inputs = ways[learnt_from](train_images).reshape(n_train, 784)
            networks[setting] = [
                train(inputs, train_labels, optimiser, seed, epochs)
                for seed in tqdm(range(seeds), desc=f"{name}, {', '.join(setting)}", leave=False)
            ]
        yield [
            mean_and_range(
                [
                    float(np.mean(predict(network, ways[asked_with](images)) == labels))
                    for network in networks[setting]
                ]
            )
            for images, labels in asked
        ]


def predict(network: keras.Model, inputs: Images) -> Images:
    scores = network.predict(inputs.reshape(len(inputs), 784), batch_size=1000, verbose=0)
    return scores.argmax(axis=1)


def tables(*, quick: bool = False) -> list[Table]:
    """List the settings, of each data set."""
    seeds, n_train, epochs = QUICK if quick else FULL
    text = (
        "# What scaling does, at which learning rates\n\n"
        f"784-128-128-10, ReLU and softmax; batches of {BATCH_SIZE}; "
        f"the first {n_train:,} training images, {counted(epochs, 'epoch')}; {seeds} seeds. "
        "Accuracy: mean (lowest to highest)."
    )
    header = [
        "Data",
        "Learnt from",
        "Asked with",
        "Optimiser, learning rate",
        f"Validation ({N_VALIDATION:,} images)",
        "Test (10,000 images)",
    ]
    return [Table(text, header, [(data, *row) for data in DATASETS.values() for row in SETTINGS])]


def measure(*, quick: bool = False) -> str:
    """Train with each scaling, each optimiser and each seed."""
    figures = (row for name in DATASETS for row in accuracies(name, quick=quick))
    return page(tables(quick=quick)[0].filled(figures))

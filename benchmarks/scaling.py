"""Measure how the scaling of pixels decides what a small network learns.

A network 784-128-128-10 learns with plain SGD, once for each seed and each way to scale. Validation
images are the last 10,000 training images, which no network here learns from.
"""

from collections.abc import Callable, Iterator

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
BATCH_SIZE, RATE = 32, 0.01
N_CLASSES = 10
DATASETS = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}


SCALINGS = (
    "raw",
    "/ 255",
    "standardised",
    "scaled twice (/ 255 / 255)",
    "standardised, but asked with raw images",
    "/ 255, but asked with raw images",
)


def scalings(train_images: Images) -> Iterator[tuple[Scale, Scale]]:
    """Yield for each of `SCALINGS` what training images get, and what the network is asked with."""
    standardised = fit_standardizer(train_images).transform

    def raw(images: Images) -> Images:
        return images.astype(np.float32)

    def unit(images: Images) -> Images:
        return images / np.float32(255)

    def twice(images: Images) -> Images:
        return unit(unit(images))

    yield from (
        (raw, raw),
        (unit, unit),
        (standardised, standardised),
        (twice, twice),
        (standardised, raw),
        (unit, raw),
    )


def train(images: Images, labels: Images, seed: int, epochs: int) -> keras.Model:
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
        optimizer=keras.optimizers.SGD(learning_rate=RATE),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=len(images) // BATCH_SIZE,
    )
    network.fit(images, labels, epochs=epochs, batch_size=BATCH_SIZE, verbose=0)
    return network


def accuracies(name: str, *, quick: bool) -> Iterator[list[str]]:
    """Yield for each scaling the accuracies over the seeds: on validation and on test images."""
    seeds, n_train, epochs = QUICK if quick else FULL
    (all_images, all_labels), test = load_dataset(name)
    train_images, train_labels = all_images[:n_train], all_labels[:n_train]
    asked = [(all_images[-N_VALIDATION:], all_labels[-N_VALIDATION:]), test]
    networks: dict[Scale, list[keras.Model]] = {}
    for title, (scale, scale_asked) in zip(SCALINGS, scalings(train_images), strict=True):
        if scale not in networks:
            inputs = scale(train_images).reshape(n_train, 784)
            networks[scale] = [
                train(inputs, train_labels, seed, epochs)
                for seed in tqdm(range(seeds), desc=f"{name}, {title}", leave=False)
            ]
        yield [
            mean_and_range(
                [
                    float(np.mean(predict(network, scale_asked(images)) == labels))
                    for network in networks[scale]
                ]
            )
            for images, labels in asked
        ]


def predict(network: keras.Model, inputs: Images) -> Images:
    scores = network.predict(inputs.reshape(len(inputs), 784), batch_size=1000, verbose=0)
    return scores.argmax(axis=1)


def tables(*, quick: bool = False) -> list[Table]:
    """List the ways to scale, of each data set."""
    seeds, n_train, epochs = QUICK if quick else FULL
    text = (
        "# Scaling decides what SGD learns\n\n"
        f"784-128-128-10, ReLU and softmax; SGD, learning rate {RATE}, batches of {BATCH_SIZE}; "
        f"the first {n_train:,} training images, {counted(epochs, 'epoch')}; {seeds} seeds. "
        "Accuracy: mean (least to greatest)."
    )
    header = ["Data", "Scaling", f"Validation ({N_VALIDATION:,} images)", "Test (10,000 images)"]
    return [
        Table(text, header, [(data, title) for data in DATASETS.values() for title in SCALINGS])
    ]


def measure(*, quick: bool = False) -> str:
    """Train with each scaling and each seed."""
    figures = (row for name in DATASETS for row in accuracies(name, quick=quick))
    return page(tables(quick=quick)[0].filled(figures))

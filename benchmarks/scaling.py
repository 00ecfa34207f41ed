"""Measure how the scaling of pixels decides what a small network learns.

    python -m benchmarks scaling

A network 784-128-128-10 learns 12,000 training images for 3 epochs with plain SGD, learning rate
0.01, batches of 32: once for each seed and each way to scale. It prints a Markdown table of the
accuracies: mean over the seeds, least and greatest. Validation images are the last 10,000
training images, which no network here learns from.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import keras
import numpy as np
import typer
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import mean_and_range
from course_utils.datasets import load_dataset
from course_utils.preprocessing import fit_standardizer

Images = NDArray[np.generic]
Scale = Callable[[Images], Images]

N_TRAIN, N_VALIDATION = 12_000, 10_000
BATCH_SIZE = 32
N_CLASSES = 10
DATASETS = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}


def scalings(train_images: Images) -> dict[str, tuple[Scale, Scale]]:
    """Each way to scale: what the training images get, and what the network is asked with."""
    standardizer = fit_standardizer(train_images)

    def raw(images: Images) -> Images:
        return images.astype(np.float32)

    def unit(images: Images) -> Images:
        return images / np.float32(255)

    def twice(images: Images) -> Images:
        return unit(unit(images))

    return {
        "raw": (raw, raw),
        "/ 255": (unit, unit),
        "standardised": (standardizer.transform, standardizer.transform),
        "scaled twice (/ 255 / 255)": (twice, twice),
        "standardised, but asked with raw images": (standardizer.transform, raw),
        "/ 255, but asked with raw images": (unit, raw),
    }


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
        optimizer=keras.optimizers.SGD(learning_rate=0.01),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=len(images) // BATCH_SIZE,
    )
    network.fit(images, labels, epochs=epochs, batch_size=BATCH_SIZE, verbose=0)
    return network


def accuracies(
    name: str, seeds: int, n_train: int, epochs: int
) -> Iterator[tuple[str, list[float], list[float]]]:
    """Yield each scaling with its accuracies by seed: on validation images and on test images."""
    (all_images, all_labels), test = load_dataset(name)
    train_images, train_labels = all_images[:n_train], all_labels[:n_train]
    asked = [(all_images[-N_VALIDATION:], all_labels[-N_VALIDATION:]), test]
    networks: dict[Scale, list[keras.Model]] = {}
    for scaling, (scale, scale_asked) in scalings(train_images).items():
        if scale not in networks:
            inputs = scale(train_images).reshape(n_train, 784)
            networks[scale] = [
                train(inputs, train_labels, seed, epochs)
                for seed in tqdm(range(seeds), desc=f"{name}, {scaling}", leave=False)
            ]
        on_validation, on_test = (
            [
                float(np.mean(predict(network, scale_asked(images)) == labels))
                for network in networks[scale]
            ]
            for images, labels in asked
        )
        yield scaling, on_validation, on_test


def predict(network: keras.Model, inputs: Images) -> Images:
    scores = network.predict(inputs.reshape(len(inputs), 784), batch_size=1000, verbose=0)
    return scores.argmax(axis=1)


def main(
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds to train with.")] = 5,
    quick: Annotated[bool, typer.Option(help="A trial: 2 seeds, 1,600 images, 1 epoch.")] = False,
    output: Annotated[Path | None, typer.Option(help="Also write the table to this file.")] = None,
) -> None:
    """Print how accurate a small network is by the scaling of its pixels."""
    seeds, n_train, epochs = (min(seeds, 2), 1_600, 1) if quick else (seeds, N_TRAIN, 3)
    lines = [
        "# Scaling decides what SGD learns",
        "",
        f"784-128-128-10, ReLU and softmax; SGD, learning rate 0.01, batches of {BATCH_SIZE}; the "
        f"first {n_train:,} training images, {epochs} epoch{'s' * (epochs > 1)}; {seeds} seeds. "
        "Accuracy: mean (least to greatest). Printed by `python -m benchmarks scaling`.",
        "",
        f"| Data | Scaling | Validation ({N_VALIDATION:,} images) | Test (10,000 images) |",
        "|---|---|---|---|",
    ]
    for name, title in DATASETS.items():
        for scaling, validation, test in accuracies(name, seeds, n_train, epochs):
            lines.append(
                f"| {title} | {scaling} | {mean_and_range(validation)} | {mean_and_range(test)} |"
            )
    text = "\n".join(lines) + "\n"
    print(text)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)

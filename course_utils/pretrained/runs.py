"""Recorded training runs: losses and accuracies per epoch, which an explorer replays.

A network 784-128-10 with ReLU, softmax and Adam learns Fashion-MNIST for 60 epochs: from 1,000,
3,000 or 10,000 images, with dropout 0.5 or without, from three seeds. ``runs.json`` holds them.
"""

import os
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from course_utils.datasets import load_dataset
from course_utils.preprocessing import scale_to_unit, unroll
from course_utils.pretrained import recordings
from course_utils.training import STEPS_PER_EXECUTION

SIZES, DROPOUTS, SEEDS, EPOCHS = (1_000, 3_000, 10_000), (0.0, 0.5), (0, 1, 2), 60
RECORDS = Path(__file__).with_name("runs.json")
_SPLIT_SEED, _VALIDATION_FRACTION = 48, 0.05


@cache
def load_runs() -> list[dict[str, Any]]:
    """Read the runs: images, dropout and seed of each, and what Keras's history holds."""
    return recordings.read(RECORDS)


def rebuild(
    folder: str | os.PathLike[str] | None = None, sizes: Sequence[int] = SIZES, epochs: int = EPOCHS
) -> Path:
    """Train every run again and write them, by default over the shipped file."""
    from tqdm import tqdm

    target = recordings.place_for(RECORDS, folder)
    turns = tqdm(list(product(sizes, DROPOUTS, SEEDS)), unit="run")
    runs = [record(n_train, dropout, seed, epochs) for n_train, dropout, seed in turns]
    recordings.write(target, runs)
    return target


def record(n_train: int, dropout: float, seed: int, epochs: int = EPOCHS) -> dict[str, Any]:
    """Train once, and return the run as `load_runs` does, rounded to four digits."""
    import keras

    train, validation = _clothes(n_train)
    keras.utils.set_random_seed(seed)
    hidden = [keras.layers.Dense(128, activation="relu")]
    hidden += [keras.layers.Dropout(dropout)] if dropout else []
    output = keras.layers.Dense(10, activation="softmax")
    network = keras.Sequential([keras.layers.Input((784,)), *hidden, output])
    network.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    history = network.fit(
        *train, epochs=epochs, validation_data=validation, validation_batch_size=1000, verbose=0
    ).history
    curves = {name: [round(value, 4) for value in values] for name, values in history.items()}
    return {"images": n_train, "dropout": dropout, "seed": seed, **curves}


def _clothes(n_train: int) -> tuple[tuple[Any, Any], tuple[Any, Any]]:
    """Return the first training images of a split, and its 3,000 validation images."""
    from sklearn.model_selection import train_test_split

    (images, labels), _ = load_dataset("fashion_mnist")
    train, validation, train_labels, validation_labels = train_test_split(
        images, labels, test_size=_VALIDATION_FRACTION, stratify=labels, random_state=_SPLIT_SEED
    )
    return (
        (unroll(scale_to_unit(train[:n_train])), train_labels[:n_train]),
        (unroll(scale_to_unit(validation)), validation_labels),
    )

"""Recorded checkpoints: the first layer of ``clothes_cnn`` at twenty steps of its own training.

``checkpoints.json`` holds the layer's weights and biases after each of these steps, and the whole
network's validation accuracy. The training is the one that `rebuilding` does, so the last of them
are the weights that are shipped.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.pretrained import rebuilding, recordings

NETWORK = "clothes_cnn"
#: Dense at first, because most happens there; an epoch has 891, and the last ends the twelfth.
STEPS = (0, 1, 2, 5, 10, 20, 30, 50, 70, 100, 200, 300, 500, 700, 1_000, 2_000, 3_000, 5_000,
         7_000, 10_692)  # fmt: skip
RECORDS = Path(__file__).with_name("checkpoints.json")


@cache
def load_checkpoints() -> list[dict[str, Any]]:
    """Read the checkpoints: the step, the accuracy, 72 weights in Keras's order and 8 biases."""
    return recordings.read(RECORDS)


def rebuild(folder: str | os.PathLike[str] | None = None, steps: tuple[int, ...] = STEPS) -> Path:
    """Train the network again and write its checkpoints, by default over the shipped file."""
    target = recordings.place_for(RECORDS, folder)
    recordings.write(target, record(steps))
    return target


def record(steps: tuple[int, ...] = STEPS) -> list[dict[str, Any]]:
    """Train once, and return the checkpoints as `load_checkpoints` does."""
    import keras

    class Watch(keras.callbacks.Callback):
        """Keep all weights after some of the steps."""

        n_steps = 0

        def on_train_begin(self, logs: Any = None) -> None:
            self.kept = {0: self.model.get_weights()}

        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.n_steps += 1
            if self.n_steps in steps:
                self.kept[self.n_steps] = self.model.get_weights()

    watch = Watch()
    network, _ = rebuilding.train(NETWORK, watch)
    _, (images, labels) = rebuilding.split(NETWORK)
    found = []
    for step, weights in watch.kept.items():
        network.set_weights(weights)
        right = network.predict(images, 1000, verbose=0).argmax(axis=1) == labels
        first, biases = weights[:2]
        found.append({"step": step, "accuracy": round(float(right.mean()), 4),
                      "weights": _digits(first), "biases": _digits(biases)})  # fmt: skip
    return found


def _digits(numbers: NDArray[np.float32]) -> list[float]:
    """Write float32 numbers with as many digits as tell them apart."""
    return [float(str(number)) for number in numbers.ravel()]

"""A shortcut: garments that have the colour of their class in training and any colour afterwards.

One small network learns from coloured garments in several ways. Each is judged on validation
images that have their class's colour, any class's colour, or none.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.pretrained.colouring import N_CLASSES, tint
from course_utils.training import STEPS_PER_EXECUTION

quiet_tensorflow()
import keras
from keras import layers

# seeds, training images, validation images, epochs
FULL, QUICK = (5, 10_000, 2_000, 4), (2, 320, 100, 1)
BATCH_SIZE = 64
GAIN = 0.5  # a channel is multiplied by between 1 - GAIN and 1 + GAIN
Floats = NDArray[np.float32]


class RandomGains(layers.Layer):
    """Multiply each channel of each picture by a random number of its own, in training only."""

    def call(self, pictures: Any, training: bool = False) -> Any:
        """Draw the numbers anew for each batch."""
        if not training:
            return pictures
        shape = (keras.ops.shape(pictures)[0], 1, 1, 3)
        gains = keras.random.uniform(shape, 1 - GAIN, 1 + GAIN)
        return keras.ops.clip(pictures * gains, 0, 1)


@dataclass(frozen=True)
class Setting:
    """How the garments are coloured in training, and what the network does with colours."""

    title: str
    share: float = 1.0  # of training garments that have their class's colour; the others any
    first: str = ""  # the layer before the first convolution: a key of `FIRST`


FIRST = {
    "RandomHue": lambda: layers.RandomHue(1.0, value_range=(0, 1)),
    "gains": RandomGains,
    "grey": lambda: layers.Lambda(lambda x: keras.ops.mean(x, axis=-1, keepdims=True)),
}
SETTINGS = (
    Setting("all in their class's colour"),
    Setting("95 % in their class's colour", share=0.95),
    Setting("all, and RandomHue", first="RandomHue"),
    Setting("all, and random gains of the channels", first="gains"),
    Setting("all, and grey by the mean of the channels", first="grey"),
)


def train(pictures: Floats, labels: NDArray[Any], first: str, epochs: int) -> Any:
    """Train the network; return it."""
    network = keras.Sequential([layers.Input((28, 28, 3))])
    if first:
        network.add(FIRST[first]())
    for filters in (8, 16):
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        network.add(layers.MaxPooling2D())
    network.add(layers.Flatten())
    network.add(layers.Dense(64, activation="relu"))
    network.add(layers.Dense(N_CLASSES, activation="softmax"))
    network.compile(
        "adam", "sparse_categorical_crossentropy", steps_per_execution=STEPS_PER_EXECUTION
    )
    network.fit(pictures, labels, BATCH_SIZE, epochs, verbose=0)
    return network


def tables(*, quick: bool = False) -> list[Table]:
    """List the settings."""
    seeds, n_train, n_validation, epochs = QUICK if quick else FULL
    text = (
        "# A shortcut by colour\n\n"
        "Garments of Fashion-MNIST, multiplied by one of ten colours, a hue for each class. "
        "Convolutions of 8 and 16 filters with pooling, 64 hidden units, Adam 0.001; "
        f"{n_train:,} training images, batches of {BATCH_SIZE}, {counted(epochs, 'epoch')}. "
        f"Accuracy on {n_validation:,} validation images in their class's colour, in the colour "
        "of a class drawn at random, and grey; and the share of answers that are the class whose "
        "colour a garment was given at random, which would be 0.1 if colour did not count. Over "
        f"{counted(seeds, 'seed')}: mean (lowest to highest)."
    )
    header = ["Training garments", "Class's colour", "Any colour", "Grey", "Follow any colour"]
    return [Table(text, header, [(setting.title,) for setting in SETTINGS])]


def shares(setting: Setting, seed: int, *, quick: bool) -> list[float]:
    """Train once; return three accuracies, and the share of answers that follow the colour."""
    _, n_train, n_validation, epochs = QUICK if quick else FULL
    (images, labels), _ = load_dataset("fashion_mnist")
    rng = np.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    learnt = labels[:n_train]
    own = rng.random(n_train) < setting.share
    colour_of = np.where(own, learnt, rng.integers(0, N_CLASSES, n_train))
    network = train(tint(images[:n_train], colour_of, rng), learnt, setting.first, epochs)
    garments, answers = images[-n_validation:], labels[-n_validation:]
    any_class = rng.integers(0, N_CLASSES, n_validation)
    given = [
        tint(garments, answers, rng),
        tint(garments, any_class, rng),
        np.repeat(garments[..., np.newaxis] / np.float32(255), 3, axis=-1),
    ]
    found = [network.predict(pictures, 500, verbose=0).argmax(axis=1) for pictures in given]
    keras.backend.clear_session()
    return [*((x == answers).mean() for x in found), (found[1] == any_class).mean()]


def measure(*, quick: bool = False) -> str:
    """Train each setting with each seed."""
    seeds = (QUICK if quick else FULL)[0]
    rows = []
    for setting in SETTINGS:
        each = [
            shares(setting, seed, quick=quick) for seed in tqdm(range(seeds), desc=setting.title)
        ]
        rows.append([mean_and_range(values) for values in zip(*each, strict=True)])
    return page(tables(quick=quick)[0].filled(rows))

"""Measure what convolution is worth: against an MLP, with Dropout, shuffled and shifted.

Then whether learnt first filters are better than others, with pattern and size varied one at a
time. Networks for Fashion-MNIST; validation images are the last 10,000 training images.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, lowest_to_highest, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.training import STEPS_PER_EXECUTION

quiet_tensorflow()
import keras
from keras import layers

# seeds, training images, validation images, epochs
FULL, QUICK = (5, 10_000, 10_000, 5), (1, 800, 500, 1)
QUICK_NAMES = ("MLP", "CNN", "by hand, kept")
SHIFTED, SHIFTS = ("MLP", "CNN"), range(5)
HAND_MADE = np.array(
    [
        [[0, 0, 0], [0, 1, 0], [0, 0, 0]],  # identity
        np.full((3, 3), 1 / 9),  # blur
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],  # sharpen
        [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],  # outline
        [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],  # left edges
        [[1, 0, -1], [1, 0, -1], [1, 0, -1]],  # right edges
        [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],  # top edges
        [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],  # bottom edges
    ]
)

Images = NDArray[np.float32]


@dataclass(frozen=True)
class Contestant:
    """A network that takes part: its name, its layers, and what is done to it or its images."""

    name: str
    layers: Callable[[], list[Any]]
    prepare: Callable[[Images], Images] = lambda images: images
    start: Callable[[Any], None] = lambda network: None


def mlp(dropout: float = 0) -> list[Any]:
    """Return the layers of the MLP."""
    return [
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        *([layers.Dropout(dropout)] if dropout else []),
        layers.Dense(10, activation="softmax"),
    ]


def cnn(filters: int = 16, dropout: float = 0) -> list[Any]:
    """Return the layers of the CNN."""
    return [
        layers.Conv2D(filters, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        *([layers.Dropout(dropout)] if dropout else []),
        layers.Dense(10, activation="softmax"),
    ]


def shuffle_pixels(images: Images) -> Images:
    """Put the pixels of all images into one and the same random order."""
    order = np.random.default_rng(0).permutation(28 * 28)
    return images.reshape(-1, 28 * 28)[:, order].reshape(images.shape)


def shift(images: Images, pixels: int) -> Images:
    """Move images to the right; black comes in."""
    moved = np.zeros_like(images)
    moved[:, :, pixels:] = images[:, :, : 28 - pixels]
    return moved


def first_filters(pattern: str, size: str, *, learnt: bool = False) -> Callable[[Any], None]:
    """Begin the first layer with the pattern of some kernels and the size of others, or the same.

    Both are "by hand" or "random"; a kernel's size is its norm.
    """

    def start(network: Any) -> None:
        first = network.layers[0]
        kernels = {
            "by hand": HAND_MADE.transpose(1, 2, 0)[:, :, None, :],
            "random": np.asarray(first.kernel),
        }  # each (3, 3, 1, 8)
        norms = {name: kernel_norms(array) for name, array in kernels.items()}
        first.set_weights([kernels[pattern] * (norms[size] / norms[pattern]), np.zeros(8)])
        first.trainable = learnt

    return start


def kernel_norms(kernels: NDArray[Any]) -> NDArray[Any]:
    """Return the root of the sum of squares of each kernel of (rows, columns, channels, n)."""
    return np.sqrt((kernels**2).sum(axis=(0, 1, 2)))


def duellists(*, quick: bool) -> list[Contestant]:
    """List the networks of the first table; a trial takes two."""
    everyone = [
        Contestant("MLP", mlp),
        Contestant("MLP, Dropout 0.2", lambda: mlp(0.2)),
        Contestant("CNN", cnn),
        Contestant("CNN, Dropout 0.2", lambda: cnn(dropout=0.2)),
        Contestant("MLP, pixels shuffled", mlp, shuffle_pixels),
        Contestant("CNN, pixels shuffled", cnn, shuffle_pixels),
    ]
    return _chosen(everyone, quick=quick)


def filter_contestants(*, quick: bool) -> list[Contestant]:
    """List networks that differ in their first 8 filters; a trial takes one."""
    starts = {
        "learnt": first_filters("random", "random", learnt=True),
        "learnt, begun at the hand-made size": first_filters("random", "by hand", learnt=True),
        "by hand, kept": first_filters("by hand", "by hand"),
        "by hand at the random size, kept": first_filters("by hand", "random"),
        "random, kept": first_filters("random", "random"),
        "random at the hand-made size, kept": first_filters("random", "by hand"),
    }
    everyone = [Contestant(name, lambda: cnn(8), start=start) for name, start in starts.items()]
    return _chosen(everyone, quick=quick)


def _chosen(everyone: Sequence[Contestant], *, quick: bool) -> list[Contestant]:
    return [one for one in everyone if not quick or one.name in QUICK_NAMES]


def begin(contestant: Contestant, seed: int) -> Any:
    """Build a network with fresh random weights, and what its contestant does to them."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([layers.Input((28, 28, 1)), *contestant.layers()])
    contestant.start(network)
    return network


def train(contestant: Contestant, images: Images, labels: Any, epochs: int, seed: int) -> Any:
    """Train a network from its start."""
    network = begin(contestant, seed)
    network.compile(
        "adam",
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    network.fit(contestant.prepare(images), labels, 32, epochs, verbose=0)
    return network


def tables(*, quick: bool = False) -> list[Table]:
    """List the networks; then two of them, asked about images that were moved; then filters."""
    seeds, n_train, n_validation, epochs = QUICK if quick else FULL
    networks = (
        "# What convolution is worth\n\n"
        f"Accuracy on {n_validation:,} validation images of Fashion-MNIST over "
        f"{counted(seeds, 'seed')}: mean (lowest to highest). The first {n_train:,} training "
        f"images, Adam, batches of 32, {counted(epochs, 'epoch')}. MLP: 128 hidden units. CNN: "
        "convolutions with 16 and 32 filters of 3 × 3, each with padding and max pooling, then 64 "
        "hidden units."
    )
    moved = "The same trained networks, asked about images that were moved to the right:"
    filters = (
        "The CNN with 8 first filters, which differ in their pattern and in their size when "
        "training begins. Size: the norm of a kernel, which is the root of the sum of its squared "
        "weights; where pattern and size come from different kernels, the first takes its size "
        "from the first, and so on."
    )
    duel = [(contestant.name,) for contestant in duellists(quick=quick)]
    starts = [(contestant.name,) for contestant in filter_contestants(quick=quick)]
    return [
        Table(networks, ["Network", "Parameters", "Accuracy"], duel),
        Table(moved, ["Pixels moved", *SHIFTED], [(str(by),) for by in SHIFTS]),
        Table(filters, ["First 8 filters", "Size at the start", "Accuracy"], starts),
    ]


def measure(*, quick: bool = False) -> str:
    """Train each network with each seed, and move images for two of them."""
    seeds, n_train, n_validation, epochs = QUICK if quick else FULL
    (images, labels), _ = load_dataset("fashion_mnist")
    scaled = images[..., None][:n_train] / np.float32(255)
    held_out = images[..., None][-n_validation:] / np.float32(255)
    truth = labels[-n_validation:]
    figures = []
    moved: dict[str, list[list[float]]] = {name: [] for name in SHIFTED}
    for contestant in duellists(quick=quick):
        accuracies = []
        for seed in tqdm(range(seeds), desc=contestant.name):
            network = train(contestant, scaled, labels[:n_train], epochs, seed)
            validation = contestant.prepare(held_out)
            accuracies.append(_accuracy(network, validation, truth))
            if contestant.name in moved:
                rights = [_accuracy(network, shift(validation, by), truth) for by in SHIFTS]
                moved[contestant.name].append(rights)
        figures.append([f"{network.count_params():,}", mean_and_range(accuracies)])
    by_shift = (
        [mean_and_range([rights[by] for rights in moved[name]]) for name in SHIFTED]
        for by in SHIFTS
    )
    by_start = []
    for contestant in filter_contestants(quick=quick):
        accuracies, sizes = [], []
        for seed in tqdm(range(seeds), desc=contestant.name):
            sizes += list(kernel_norms(np.asarray(begin(contestant, seed).layers[0].kernel)))
            network = train(contestant, scaled, labels[:n_train], epochs, seed)
            accuracies.append(_accuracy(network, held_out, truth))
        by_start.append([lowest_to_highest(sizes, 2), mean_and_range(accuracies)])
    networks, shifts, filters = tables(quick=quick)
    return page(networks.filled(figures), shifts.filled(by_shift), filters.filled(by_start))


def _accuracy(network: Any, images: Images, labels: Any) -> float:
    """Return the share of images whose class is named."""
    return network.evaluate(images, labels, batch_size=1000, verbose=0)[1]

"""Measure what convolution is worth: against an MLP, with Dropout, shuffled, shifted, by hand.

    python -m benchmarks convolution

Networks for Fashion-MNIST learn from the first 10,000 training images, Adam, batches of 32, 5
epochs. Validation images are the last 10,000 training images. MLP: 128. CNN: convolutions with 16
and 32 filters of 3 × 3, each with padding and max pooling, then 64.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import mean_and_range
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.training import STEPS_PER_EXECUTION

quiet_tensorflow()
import keras
from keras import layers

N_TRAIN, N_VALIDATION, EPOCHS = 10_000, 10_000, 5
QUICK = ("MLP", "CNN", "CNN, first 8 filters by hand")
SHIFTS = range(5)
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
    accuracies: list[float] = field(default_factory=list)
    n_parameters: list[int] = field(default_factory=list)


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


def freeze_hand_made(network: Any) -> None:
    """Give the first layer kernels made by hand, and keep them."""
    first = network.layers[0]
    first.set_weights([HAND_MADE.transpose(1, 2, 0)[:, :, None, :], np.zeros(8)])
    first.trainable = False


def freeze_random(network: Any) -> None:
    """Keep the first layer's random kernels."""
    network.layers[0].trainable = False


def contestants() -> list[Contestant]:
    """List all networks."""
    return [
        Contestant("MLP", mlp),
        Contestant("MLP, Dropout 0.2", lambda: mlp(0.2)),
        Contestant("CNN", cnn),
        Contestant("CNN, Dropout 0.2", lambda: cnn(dropout=0.2)),
        Contestant("MLP, pixels shuffled", mlp, shuffle_pixels),
        Contestant("CNN, pixels shuffled", cnn, shuffle_pixels),
        Contestant("CNN, first 8 filters learnt", lambda: cnn(8)),
        Contestant("CNN, first 8 filters by hand", lambda: cnn(8), start=freeze_hand_made),
        Contestant("CNN, first 8 filters random", lambda: cnn(8), start=freeze_random),
    ]


def train(contestant: Contestant, images: Images, labels: Any, epochs: int, seed: int) -> Any:
    """Train a network from fresh random weights."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([layers.Input((28, 28, 1)), *contestant.layers()])
    contestant.start(network)
    network.compile(
        "adam",
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    network.fit(contestant.prepare(images), labels, 32, epochs, verbose=0)
    return network


def main(
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds to train with.")] = 5,
    quick: Annotated[bool, typer.Option(help="A trial: 3 networks, 1 seed, 1 epoch.")] = False,
) -> None:
    """Print accuracies of MLPs and CNNs, and what a shift does to them."""
    n_train, n_validation, epochs = N_TRAIN, N_VALIDATION, EPOCHS
    if quick:
        seeds, n_train, n_validation, epochs = 1, 800, 500, 1
    (images, labels), _ = load_dataset("fashion_mnist")
    scaled = images[..., None][:n_train] / np.float32(255)
    held_out = images[..., None][-n_validation:] / np.float32(255)
    truth = labels[-n_validation:]

    moved: dict[str, list[list[float]]] = {"MLP": [], "CNN": []}
    field_of = [c for c in contestants() if not quick or c.name in QUICK]
    for contestant in field_of:
        for seed in tqdm(range(seeds), desc=contestant.name):
            network = train(contestant, scaled, labels[:n_train], epochs, seed)
            validation = contestant.prepare(held_out)
            contestant.accuracies.append(_accuracy(network, validation, truth))
            contestant.n_parameters.append(network.count_params())
            if contestant.name in moved:
                rights = [_accuracy(network, shift(validation, by), truth) for by in SHIFTS]
                moved[contestant.name].append(rights)

    print(
        "# What convolution is worth\n\n"
        f"Accuracy on {n_validation:,} validation images of Fashion-MNIST over {seeds} "
        f"seed{'s' * (seeds > 1)}: mean (least to greatest). The first {n_train:,} training "
        f"images, Adam, batches of 32, {epochs} epoch{'s' * (epochs > 1)}.\n\n"
        "| Network | Parameters | Accuracy |\n|---|---|---|"
    )
    for contestant in field_of:
        accuracy = mean_and_range(contestant.accuracies)
        print(f"| {contestant.name} | {contestant.n_parameters[0]:,} | {accuracy} |")
    print(
        "\nThe same trained networks, asked about images that were moved to the right:\n\n"
        "| Pixels moved | MLP | CNN |\n|---|---|---|"
    )
    for by in SHIFTS:
        cells = (mean_and_range([rights[by] for rights in moved[name]]) for name in moved)
        print(f"| {by} | {' | '.join(cells)} |")


def _accuracy(network: Any, images: Images, labels: Any) -> float:
    """Return the share of images whose class is named."""
    return network.evaluate(images, labels, batch_size=1000, verbose=0)[1]


if __name__ == "__main__":
    typer.run(main)

"""Measure what depth costs, what residual connections give back, and what may stand for Flatten.

Two experiments on Fashion-MNIST; validation images are the last 10,000 training images.

Depth: two convolutional layers make 7 × 7 maps of 16 channels out of an image; 2, 10 or 30 more
convolutions of the same width follow, each with ReLU, in blocks of two. The blocks are plain, or
have batch normalisation, or a connection past them, or both. All else is the same: first weights
(He), optimiser, images, and their order.

Heads: the same three convolutions end in Flatten and a dense layer, or in global average pooling.
Both are asked about validation images, as they are and shifted; beside the training images as they
are, both also learn from images that are shifted at random.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.convolution import shift
from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow

quiet_tensorflow()
import keras
from keras import layers

# seeds, training images, epochs
FULL, QUICK = (5, 6_000, 5), (2, 640, 1)
# training images and epochs of the heads
FULL_HEADS, QUICK_HEADS = (12_000, 8), (640, 1)
N_VALIDATION = 10_000
CHANNELS = 16
FILTERS = (16, 32, 64)
RATE = 0.001
BATCH_SIZE = 32
SHIFT = 4

Array = NDArray[Any]


@dataclass(frozen=True)
class Blocks:
    """What the middle of a deep network is made of."""

    n_convolutions: int
    residual: bool
    normalised: bool

    @property
    def title(self) -> str:
        """As in the table."""
        kind = "residual" if self.residual else "plain"
        return f"{kind}, batch normalisation" if self.normalised else kind


DEPTHS = [
    Blocks(n, residual, normalised)
    for normalised in (False, True)
    for residual in (False, True)
    for n in (2, 10, 30)
]
QUICK_DEPTHS = [DEPTHS[0], DEPTHS[-3]]


def _convolution(maps: Any, blocks: Blocks, strides: int = 1) -> Any:
    """Add a convolution, and batch normalisation where the blocks have it."""
    maps = layers.Conv2D(
        CHANNELS,
        3,
        strides,
        padding="same",
        use_bias=not blocks.normalised,
        kernel_initializer="he_normal",
    )(maps)
    return layers.BatchNormalization()(maps) if blocks.normalised else maps


def build_deep(blocks: Blocks, seed: int) -> Any:
    """Build a network with blocks of two convolutions each."""
    keras.utils.set_random_seed(seed)
    inputs = layers.Input((28, 28, 1))
    maps = layers.ReLU()(_convolution(inputs, blocks, strides=2))
    maps = layers.ReLU()(_convolution(maps, blocks, strides=2))
    for _ in range(blocks.n_convolutions // 2):
        before = maps
        maps = layers.ReLU()(_convolution(maps, blocks))
        maps = _convolution(maps, blocks)
        if blocks.residual:
            maps = layers.Add()([before, maps])
        maps = layers.ReLU()(maps)
    row = layers.GlobalAveragePooling2D()(maps)
    return keras.Model(inputs, layers.Dense(10, activation="softmax")(row))


#: The layer behind the last convolution, by its title.
HEADS = {"Flatten": layers.Flatten, "global average pooling": layers.GlobalAveragePooling2D}


def build_head(title: str, shifted: bool, seed: int) -> Any:
    """Build a network of three convolutions that ends in one way or another."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([layers.Input((28, 28, 1))])
    if shifted:
        part = SHIFT / 28
        network.add(layers.RandomTranslation(part, part, fill_mode="constant", seed=seed))
    for i, filters in enumerate(FILTERS):
        network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
        if i < len(FILTERS) - 1:
            network.add(layers.MaxPooling2D(2))
    network.add(HEADS[title]())
    network.add(layers.Dense(10, activation="softmax"))
    return network


def trained(network: Any, images: Array, labels: Array, epochs: int) -> dict[str, float]:
    """Train a network; return its loss and accuracy in the last epoch."""
    network.compile(
        keras.optimizers.Adam(RATE),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=20,
    )
    history = network.fit(images, labels, BATCH_SIZE, epochs, verbose=0).history
    return {name: values[-1] for name, values in history.items()}


def accuracy_of(network: Any, images: Array, labels: Array) -> float:
    """Return the accuracy on some images."""
    return float(network.evaluate(images, labels, batch_size=1000, verbose=0)[1])


def tables(*, quick: bool = False) -> list[Table]:
    """List the networks of both experiments."""
    seeds, n_train, epochs = QUICK if quick else FULL
    n_heads, epochs_heads = QUICK_HEADS if quick else FULL_HEADS
    how = (
        f"Mean (lowest to highest) over {counted(seeds, 'seed')}, Adam with rate {RATE:g}, batches "
        f"of {BATCH_SIZE}"
    )
    of_depth = Table(
        "# Deeper networks\n\n"
        f"Fashion-MNIST, {N_VALIDATION:,} validation images. {how}.\n\n"
        "## Depth\n\n"
        f"Two convolutions with stride 2, then as many as the table says, with {CHANNELS} filters "
        "each on 7 × 7 maps, in blocks of two; global average pooling and a dense layer at the "
        f"end. {counted(epochs, 'epoch')} on {n_train:,} training images; loss and accuracy in "
        "training are those of the last epoch.",
        ["Convolutions", "Blocks", "Training loss", "Training accuracy", "Validation accuracy"],
        [
            (str(blocks.n_convolutions), blocks.title)
            for blocks in (QUICK_DEPTHS if quick else DEPTHS)
        ],
    )
    filters = ", ".join(map(str, FILTERS))
    of_heads = Table(
        "## Heads\n\n"
        f"Convolutions with {filters} filters, max pooling behind the first two. "
        f"{counted(epochs_heads, 'epoch')} on {n_heads:,} training images, as they are or shifted "
        f"at random by up to {SHIFT} pixels.",
        ["Head", "Training images", "Parameters", "Validation accuracy"]
        + [f"{pixels} pixels to the right" for pixels in (SHIFT // 2, SHIFT)],
        [
            (title, "shifted" if shifted else "as they are")
            for shifted in (False, True)
            for title in HEADS
        ],
    )
    return [of_depth, of_heads]


def measure(*, quick: bool = False) -> str:
    """Build and train each network with each seed."""
    seeds, n_train, epochs = QUICK if quick else FULL
    n_heads, epochs_heads = QUICK_HEADS if quick else FULL_HEADS
    (images, labels), _ = load_dataset("fashion_mnist")
    images = images[..., None] / np.float32(255)
    held_out = images[-N_VALIDATION:], labels[-N_VALIDATION:]
    of_depth, of_heads = tables(quick=quick)
    depths = []
    for blocks in QUICK_DEPTHS if quick else DEPTHS:
        figures = []
        for seed in tqdm(range(seeds), desc=f"{blocks.n_convolutions}, {blocks.title}"):
            network = build_deep(blocks, seed)
            found = trained(network, images[:n_train], labels[:n_train], epochs)
            figures.append((found["loss"], found["accuracy"], accuracy_of(network, *held_out)))
        depths.append([mean_and_range(values) for values in zip(*figures, strict=True)])
    heads = []
    for title, learnt in of_heads.labels:
        figures = []
        for seed in tqdm(range(seeds), desc=f"{title}, {learnt}"):
            network = build_head(title, learnt == "shifted", seed)
            trained(network, images[:n_heads], labels[:n_heads], epochs_heads)
            asked = (shift(held_out[0], pixels) for pixels in (0, SHIFT // 2, SHIFT))
            figures.append([accuracy_of(network, some, held_out[1]) for some in asked])
        parameters = f"{network.count_params():,}"
        heads.append([parameters, *map(mean_and_range, zip(*figures, strict=True))])
    return page(of_depth.filled(depths), of_heads.filled(heads))

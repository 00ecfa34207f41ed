"""Measure what becomes of the gradient on its way back through many layers, and what that costs.

Networks for digits with 10 or 30 hidden layers of 64 that differ in their activation and in the
size of their first weights. Before training, the gradient of the loss over 1,000 training images is
calculated: its typical size in the first and in the last hidden layer. Then each network learns
from 12,000 training images for 5 epochs, with SGD. Validation images are the last 10,000 training
images.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import fit_standardizer

quiet_tensorflow()
import keras
import tensorflow as tf

# seeds, training images, epochs
FULL, QUICK = (5, 12_000, 5), (2, 1_600, 2)
N_VALIDATION, N_MEASURED = 10_000, 1_000
UNITS = 64
RATE = 0.05
BATCH_SIZE = 32

Array = NDArray[Any]


@dataclass(frozen=True)
class Start:
    """How a network begins: its depth, its activation, and how its weights are drawn."""

    n_layers: int  # hidden ones
    activation: str  # as in the table
    title: str  # of the initialisation
    initializer: str | float  # as Keras knows it, or the standard deviation of normal weights

    def initial(self, seed: int) -> Any:
        """Make an initialiser of Keras."""
        if isinstance(self.initializer, float):
            return keras.initializers.RandomNormal(stddev=self.initializer, seed=seed)
        found = keras.initializers.get(self.initializer)
        return type(found)(seed=seed)


STARTS = [
    Start(10, "sigmoid", "Glorot", "glorot_normal"),
    Start(10, "sigmoid", "normal, 0.01", 0.01),
    Start(10, "sigmoid", "normal, 1", 1.0),
    Start(10, "tanh", "Glorot", "glorot_normal"),
    Start(10, "ReLU", "normal, 0.01", 0.01),
    Start(10, "ReLU", "Glorot", "glorot_normal"),
    Start(10, "ReLU", "He", "he_normal"),
    Start(10, "ReLU", "normal, 1", 1.0),
    Start(30, "ReLU", "Glorot", "glorot_normal"),
    Start(30, "ReLU", "He", "he_normal"),
]
QUICK_STARTS = [STARTS[0], STARTS[6]]


def build(start: Start, seed: int) -> Any:
    """Build a network with fresh weights; its last layer gives logits."""
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([keras.layers.Input((784,))])
    for i in range(start.n_layers):
        network.add(
            keras.layers.Dense(
                UNITS,
                activation=start.activation.lower(),
                kernel_initializer=start.initial(100 * seed + i),
            )
        )
    network.add(keras.layers.Dense(10))
    return network


def gradient_sizes(network: Any, rows: Array, labels: Array) -> list[float]:
    """Return the root mean square of the loss's gradient for the weights of each hidden layer."""
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    with tf.GradientTape() as tape:
        value = loss(labels, network(rows))
    kernels = [layer.kernel.value for layer in network.layers[:-1]]
    gradients = tape.gradient(value, kernels)
    return [float(np.sqrt(np.mean(np.float64(gradient) ** 2))) for gradient in gradients]


def accuracies_of(
    network: Any, learnt: tuple[Array, Array], held_out: tuple[Array, Array], epochs: int
) -> tuple[float, float]:
    """Train with SGD; return the validation accuracy after the first epoch and after all."""
    network.compile(
        keras.optimizers.SGD(RATE),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        steps_per_execution=25,
    )
    network.fit(*learnt, BATCH_SIZE, 1, verbose=0)
    first = network.evaluate(*held_out, batch_size=1000, verbose=0)[1]
    network.fit(*learnt, BATCH_SIZE, epochs - 1, verbose=0)
    return first, network.evaluate(*held_out, batch_size=1000, verbose=0)[1]


def sizes_and_range(values: list[float]) -> str:
    """Write small numbers, one of each seed: the median and, in brackets, lowest to highest."""
    return f"{np.median(values):.1e} ({min(values):.1e} to {max(values):.1e})"


def tables(*, quick: bool = False) -> list[Table]:
    """List the networks."""
    seeds, n_train, epochs = QUICK if quick else FULL
    text = (
        "# Gradients in deep networks\n\n"
        f"MNIST, 784-{UNITS}-…-{UNITS}-10, pixels standardised, over {counted(seeds, 'seed')}. "
        "Gradient: before training, the root mean square of the derivatives of the mean "
        "cross-entropy with respect to a layer's weights, over the first "
        f"{N_MEASURED:,} training images, as median (lowest to highest). First / last: the "
        "quotient of the two. Accuracy: mean (lowest to highest) after 1 epoch and after "
        f"{counted(epochs, 'epoch')} of SGD with rate {RATE:g} and batches of {BATCH_SIZE} on the "
        f"first {n_train:,} training images, evaluated on {N_VALIDATION:,} validation images. A "
        "normal initialisation is given with its standard deviation."
    )
    header = ["Hidden layers", "Activation", "Initialisation", "First hidden layer"]
    header += ["Last hidden layer", "First / last", "After 1 epoch", "Accuracy"]
    starts = QUICK_STARTS if quick else STARTS
    labels = [(str(start.n_layers), start.activation, start.title) for start in starts]
    return [Table(text, header, labels)]


def measure(*, quick: bool = False) -> str:
    """Build and train each network with each seed."""
    seeds, n_train, epochs = QUICK if quick else FULL
    (images, labels), _ = load_dataset("mnist")
    scaler = fit_standardizer(images[:n_train])
    rows = scaler.transform(images).reshape(len(images), -1)
    learnt = rows[:n_train], labels[:n_train]
    held_out = rows[-N_VALIDATION:], labels[-N_VALIDATION:]
    measured = rows[:N_MEASURED], labels[:N_MEASURED]
    figures = []
    for start in QUICK_STARTS if quick else STARTS:
        first, last, quotients, accuracies = [], [], [], []
        title = f"{start.n_layers}, {start.activation}, {start.title}"
        for seed in tqdm(range(seeds), desc=title):
            network = build(start, seed)
            sizes = gradient_sizes(network, *measured)
            first.append(sizes[0])
            last.append(sizes[-1])
            quotients.append(sizes[0] / sizes[-1])
            accuracies.append(accuracies_of(network, learnt, held_out, epochs))
        cells = [sizes_and_range(values) for values in (first, last, quotients)]
        figures.append([*cells, *map(mean_and_range, zip(*accuracies, strict=True))])
    return page(tables(quick=quick)[0].filled(figures))

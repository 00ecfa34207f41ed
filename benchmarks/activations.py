"""Measure what activations are worth in a deep network, and what a second softmax costs.

Depth: eight hidden layers of 32 with the sigmoid, tanh or ReLU. Softmax: 784-128-10, one softmax
or two. All learn from 12,000 training images, with Adam, for 3 epochs. Validation images are the
last 10,000 training images.
"""

from collections.abc import Callable
from functools import partial

from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import scale_to_unit

quiet_tensorflow()
import keras

# seeds, training images, epochs
FULL, QUICK = (5, 12_000, 3), (2, 1_600, 1)
N_VALIDATION = 10_000
DATASETS = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}


def softmax_accuracy(name: str, n_softmaxes: int, seed: int, n_train: int, epochs: int) -> float:
    """Train with one softmax, inside the loss, or with two; return the validation accuracy."""
    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10)]
    if n_softmaxes == 2:
        layers += [keras.layers.Softmax(), keras.layers.Softmax()]
    return validation_accuracy(name, layers, n_softmaxes == 1, n_train, epochs)


def deep_accuracy(activation: str, seed: int, n_train: int, epochs: int) -> float:
    """Train on digits with eight hidden layers; return the validation accuracy."""
    keras.utils.set_random_seed(seed)
    hidden = [keras.layers.Dense(32, activation=activation) for _ in range(8)]
    return validation_accuracy("mnist", [*hidden, keras.layers.Dense(10)], True, n_train, epochs)


def validation_accuracy(
    name: str, layers: list[keras.Layer], from_logits: bool, n_train: int, epochs: int
) -> float:
    """Train a network of these layers; return its validation accuracy."""
    (images, labels), _ = load_dataset(name)
    network = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), *layers])
    network.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits),
        metrics=["accuracy"],
        steps_per_execution=25,
    )
    network.fit(scale_to_unit(images[:n_train]), labels[:n_train], 32, epochs, verbose=0)
    validation = scale_to_unit(images[-N_VALIDATION:]), labels[-N_VALIDATION:]
    return network.evaluate(*validation, batch_size=1000, verbose=0)[1]


def accuracies(*, quick: bool) -> dict[tuple[str, str], Callable[[int], float]]:
    """List what is trained, by data and network: a function of the seed."""
    _, n_train, epochs = QUICK if quick else FULL
    trials: dict[tuple[str, str], Callable[[int], float]] = {}
    for activation, title in (("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "ReLU")):
        trials["MNIST", f"8 hidden layers, {title}"] = partial(
            deep_accuracy, activation, n_train=n_train, epochs=epochs
        )
    for name, data in DATASETS.items():
        for n_softmaxes, title in ((1, "one softmax"), (2, "two softmaxes")):
            trials[data, title] = partial(
                softmax_accuracy, name, n_softmaxes, n_train=n_train, epochs=epochs
            )
    return trials


def tables(*, quick: bool = False) -> list[Table]:
    """List the networks."""
    seeds, n_train, epochs = QUICK if quick else FULL
    text = (
        "# Activations in a deep network, and a softmax too many\n\n"
        f"Accuracy over {seeds} seeds: mean (lowest to highest). 784-128-10, or eight hidden "
        f"layers of 32 units; Adam, batches of 32, the first {n_train:,} training images, "
        f"{counted(epochs, 'epoch')}, evaluated on {N_VALIDATION:,} validation images."
    )
    return [Table(text, ["Data", "Network", "Accuracy"], list(accuracies(quick=quick)))]


def measure(*, quick: bool = False) -> str:
    """Train each network with each seed."""
    seeds, *_ = QUICK if quick else FULL
    figures = (
        [mean_and_range([accuracy(seed) for seed in tqdm(range(seeds), desc=", ".join(label))])]
        for label, accuracy in accuracies(quick=quick).items()
    )
    return page(tables(quick=quick)[0].filled(figures))

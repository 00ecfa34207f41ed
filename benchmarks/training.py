"""Measure what the lesson on training claims: rates, optimisers, overfitting, early stopping.

    python -m benchmarks training

NumPy against Keras: 784-128-128-10 on all standardised digits. Learning rates and optimisers:
784-128-10 on 12,000 clothes. Overfitting: the same network on 1,000 clothes. Early stopping:
784-350-10 on 10,000 clothes. Validation images are 3,000 held out of the training images.
"""

import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from benchmarks.report import markdown_table, mean_and_range
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import fit_standardizer, one_hot, scale_to_unit, unroll

quiet_tensorflow()
import keras

from course_utils.training import STEPS_PER_EXECUTION

Array = NDArray[Any]
BATCH_SIZE = 32
OPTIMISERS: dict[str, Callable[[], Any]] = {
    "SGD, 0.0001": lambda: keras.optimizers.SGD(0.0001),
    "SGD, 0.01": lambda: keras.optimizers.SGD(0.01),
    "SGD, 0.1": lambda: keras.optimizers.SGD(0.1),
    "SGD, 1": lambda: keras.optimizers.SGD(1.0),
    "SGD, 10": lambda: keras.optimizers.SGD(10.0),
    "SGD, 0.01, momentum 0.9": lambda: keras.optimizers.SGD(0.01, momentum=0.9),
    "Adam, 0.001": lambda: keras.optimizers.Adam(0.001),
    "Adam, 0.1": lambda: keras.optimizers.Adam(0.1),
}


def first_weights(sizes: list[int], seed: int) -> list[Array]:
    """Draw weights as Keras's Dense does, with biases of 0."""
    rng = np.random.default_rng(seed)
    parameters = []
    for n_in, n_out in pairwise(sizes):
        limit = np.sqrt(6 / (n_in + n_out))
        parameters += [rng.uniform(-limit, limit, (n_in, n_out)), np.zeros(n_out)]
    return [array.astype(np.float32) for array in parameters]


def forward(rows: Array, parameters: list[Array]) -> list[Array]:
    """Return both hidden layers and the probabilities."""
    w1, b1, w2, b2, w3, b3 = parameters
    hidden_1 = np.maximum(rows @ w1 + b1, 0)
    hidden_2 = np.maximum(hidden_1 @ w2 + b2, 0)
    logits = hidden_2 @ w3 + b3
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return [hidden_1, hidden_2, powers / powers.sum(axis=1, keepdims=True)]


def train_step(rows: Array, truth: Array, parameters: list[Array], rate: np.float32) -> None:
    """Take one step of SGD, in place."""
    hidden_1, hidden_2, shares = forward(rows, parameters)
    error_3 = (shares - truth) / np.float32(len(rows))
    error_2 = error_3 @ parameters[4].T * (hidden_2 > 0)
    error_1 = error_2 @ parameters[2].T * (hidden_1 > 0)
    layers = [(rows, error_1), (hidden_1, error_2), (hidden_2, error_3)]
    gradients = [g for x, error in layers for g in (x.T @ error, error.sum(axis=0))]
    for array, gradient in zip(parameters, gradients, strict=True):
        array -= rate * gradient


def train_by_hand(rows: Array, table: Array, seed: int, epochs: int) -> list[Array]:
    """Train 784-128-128-10 with NumPy; return its weights and biases."""
    parameters, rng = first_weights([784, 128, 128, 10], seed), np.random.default_rng(seed)
    with threadpool_limits(1):  # for 32 rows, sharing the work costs more than the work
        for _ in range(epochs):
            order = rng.permutation(len(rows))
            for start in range(0, len(rows), BATCH_SIZE):
                batch = order[start : start + BATCH_SIZE]
                train_step(rows[batch], table[batch], parameters, np.float32(0.01))
    return parameters


def network_of(units: list[int], dropout: float = 0.0) -> Any:
    """Build an MLP for 784 numbers, ReLU between its layers and softmax at its end."""
    layers = [keras.layers.Input((784,))]
    for n in units:
        layers += [keras.layers.Dense(n, activation="relu")]
        layers += [keras.layers.Dropout(dropout)] if dropout else []
    return keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])


def fit(network: Any, optimiser: Any, train: Any, validation: Any, epochs: int, **how: Any) -> Any:
    """Train on integer labels; return the record by epoch."""
    steps = how.pop("steps", STEPS_PER_EXECUTION)
    loss = "sparse_categorical_crossentropy"
    network.compile(optimiser, loss, metrics=["accuracy"], steps_per_execution=steps)
    how |= {"validation_data": validation, "validation_batch_size": 1000, "verbose": 0}
    return network.fit(*train, BATCH_SIZE, epochs, **how).history


def right_of(network: Any, images: tuple[Array, Array]) -> float:
    """Return the accuracy on images and labels."""
    return float(network.evaluate(*images, batch_size=1000, verbose=0)[1])


@cache
def clothes(n_train: int) -> list[tuple[Array, Array]]:
    """Return training, validation and test images of Fashion-MNIST, scaled, with their labels."""
    (images, labels), test = load_dataset("fashion_mnist")
    parts = train_test_split(images, labels, test_size=0.05, stratify=labels, random_state=48)
    fit_images, held_images, fit_labels, held_labels = parts
    pairs = [(fit_images[:n_train], fit_labels[:n_train]), (held_images, held_labels), test]
    return [(unroll(scale_to_unit(some)), names) for some, names in pairs]


def mean_range(values: list[float], decimals: int) -> str:
    """Write losses or epochs as ``least to greatest``."""
    return f"{min(values):.{decimals}f} to {max(values):.{decimals}f}"


def numpy_and_keras(seeds: int, n: int, epochs: int) -> Iterator[list[str]]:
    """Yield accuracies and training times of NumPy, plain Keras and Keras with longer calls."""
    (images, labels), (test_images, test_labels) = load_dataset("mnist")
    scaler = fit_standardizer(images)
    rows, test_rows = (unroll(scaler.transform(some)) for some in (images[:n], test_images))
    table = one_hot(labels[:n], 10)
    accuracies: dict[str, list[float]] = {}
    seconds: dict[str, list[float]] = {}

    def note(how: str, began: float, accuracy: float) -> None:
        seconds.setdefault(how, []).append(began)
        accuracies.setdefault(how, []).append(accuracy)

    for seed in tqdm(range(seeds), desc="NumPy and Keras"):
        began = time.process_time()
        parameters = train_by_hand(rows, table, seed, epochs)
        lasted = time.process_time() - began
        answers = forward(test_rows, parameters)[2].argmax(axis=1)
        note("NumPy", lasted, float((answers == test_labels).mean()))
        for how, steps in (("Keras", 1), ("Keras, STEPS_PER_EXECUTION", STEPS_PER_EXECUTION)):
            keras.utils.set_random_seed(seed)
            network = network_of([128, 128])
            sgd, train = keras.optimizers.SGD(0.01), (rows, labels[:n])
            began = time.process_time()
            fit(network, sgd, train, None, epochs, steps=steps)
            lasted = time.process_time() - began
            note(how, lasted, right_of(network, (test_rows, test_labels)))
    plain = min(seconds["Keras"])
    for how, values in accuracies.items():
        yield [how, mean_and_range(values), f"{min(seconds[how]) / plain:.2f}"]


def optimisers(seeds: int, n: int, epochs: int, n_shown: int) -> Iterator[list[str]]:
    """Yield each rate of SGD and each optimiser, with losses and accuracies at the end."""
    train, validation, _ = clothes(n)
    for title, optimiser in list(OPTIMISERS.items())[:n_shown]:
        losses, accuracies = [], []
        for seed in tqdm(range(seeds), desc=title):
            keras.utils.set_random_seed(seed)
            record = fit(network_of([128]), optimiser(), train, validation, epochs)
            losses.append(record["loss"][-1])
            accuracies.append(record["val_accuracy"][-1])
        yield [title, mean_range(losses, 2), mean_and_range(accuracies)]


def overfitting(seeds: int, n: int, epochs: int) -> Iterator[list[str]]:
    """Yield what a small and a large set of images do to a network, with dropout and without."""
    for n_train, units, dropout in ((n, 128, 0), (n, 128, 0.5), (n, 16, 0), (n, 16, 0.5)):
        train, validation, _ = clothes(n_train)
        runs = []
        for seed in tqdm(range(seeds), desc=f"{n_train} images, dropout {dropout}"):
            keras.utils.set_random_seed(seed)
            runs.append(fit(network_of([units], dropout), "adam", train, validation, epochs))
        best = [int(np.argmin(run["val_loss"])) for run in runs]
        yield [
            f"{n_train:,} images, {units} units, dropout {dropout}",
            mean_range([run["accuracy"][-1] for run in runs], 2),
            mean_range([min(run["val_loss"]) for run in runs], 2),
            mean_range([place + 1 for place in best], 0),
            mean_range([run["val_loss"][-1] for run in runs], 2),
            mean_range([run["val_accuracy"][i] for run, i in zip(runs, best, strict=True)], 3),
            mean_range([run["val_accuracy"][-1] for run in runs], 3),
        ]


def early_stopping(seeds: int, n: int, epochs: int) -> Iterator[list[str]]:
    """Yield where early stopping ends, and what the weights that it restores are worth."""
    train, validation, test = clothes(n)
    best, stopped, on_validation, on_test = [], [], [], []
    for seed in tqdm(range(seeds), desc="early stopping"):
        keras.utils.set_random_seed(seed)
        network = network_of([350])
        stop = keras.callbacks.EarlyStopping("val_loss", patience=5, restore_best_weights=True)
        record = fit(network, "adam", train, validation, epochs, callbacks=[stop])
        stopped.append(len(record["val_loss"]))
        best.append(int(np.argmin(record["val_loss"])) + 1)
        on_validation.append(right_of(network, validation))
        on_test.append(right_of(network, test))
    columns = [mean_range(best, 0), mean_range(stopped, 0)]
    yield [f"{n:,} images", *columns, mean_and_range(on_validation), mean_and_range(on_test)]


def main(
    seeds: Annotated[int, typer.Option(min=1, help="How many seeds to train with.")] = 5,
    quick: Annotated[bool, typer.Option(help="A trial: 1 seed, few images, 1 epoch.")] = False,
) -> None:
    """Print every range that the lesson on training quotes."""
    seeds = 1 if quick else seeds

    def size(full: int, trial: int) -> int:
        return trial if quick else full

    tables = {
        "All digits, 784-128-128-10, SGD 0.01, 3 epochs: NumPy and Keras": (
            ["How", "Test accuracy", "Processor time, plain Keras = 1"],
            numpy_and_keras(seeds, size(60_000, 1_600), size(3, 1)),
        ),
        "12,000 clothes, 784-128-10, 3 epochs: learning rates and optimisers": (
            ["Optimiser", "Training loss", "Validation accuracy"],
            optimisers(seeds, size(12_000, 800), size(3, 1), size(len(OPTIMISERS), 2)),
        ),
        "Few clothes, 784-128-10, Adam, 60 epochs: overfitting and dropout": (
            ["Run", "Training accuracy", "Lowest validation loss", "In epoch", "At the end",
             "Validation accuracy in that epoch", "At the end"],
            overfitting(seeds, size(1_000, 200), size(60, 2)),
        ),
        "Clothes, 784-350-10, Adam, at most 100 epochs: early stopping with patience 5": (
            ["Images", "Best epoch", "Stopped after", "Validation accuracy", "Test accuracy"],
            early_stopping(seeds, size(10_000, 400), size(100, 3)),
        ),
    }  # fmt: skip
    print(
        "# Training: rates, optimisers, overfitting, early stopping\n\n"
        f"Over {seeds} seed{'s' * (seeds > 1)}: mean (least to greatest), or least to greatest. "
        f"Batches of {BATCH_SIZE}; 3,000 validation images held out of the training images."
    )
    for title, (header, rows) in tables.items():
        print(f"\n## {title}\n\n{markdown_table(header, list(rows))}")


if __name__ == "__main__":
    typer.run(main)

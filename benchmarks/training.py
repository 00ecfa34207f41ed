"""Measure what the lesson on training claims: rates, optimisers, overfitting, early stopping.

NumPy against Keras; sizes of batches; learning rates and optimisers; overfitting; early stopping;
and whether validation images flatter because they chose the epoch, or because the test file is
harder. Validation images are 3,000 held out of the training images.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_limits
from tqdm import tqdm

from benchmarks.report import Table, counted, lowest_to_highest, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.preprocessing import fit_standardizer, one_hot, scale_to_unit, unroll

quiet_tensorflow()
import keras

from course_utils.training import STEPS_PER_EXECUTION

Array = NDArray[Any]
BATCH_SIZE, PATIENCE = 32, 5
FIXED_EPOCHS = 6  # about where early stopping finds the best
HOWS = {"NumPy": 0, "Keras": 1, "Keras, STEPS_PER_EXECUTION": STEPS_PER_EXECUTION}
OPTIMISERS: dict[str, Callable[[], Any]] = {
    "SGD, 0.0001": lambda: keras.optimizers.SGD(0.0001),
    "SGD, 0.01": lambda: keras.optimizers.SGD(0.01),
    "SGD, 0.1": lambda: keras.optimizers.SGD(0.1),
    "SGD, 10": lambda: keras.optimizers.SGD(10.0),
    "SGD, 0.01, momentum 0.9": lambda: keras.optimizers.SGD(0.01, momentum=0.9),
    "Adam, 0.001": lambda: keras.optimizers.Adam(0.001),
    "Adam, 0.1": lambda: keras.optimizers.Adam(0.1),
}

ASKED = ("validation images", "other images of the training file", "test images")


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


def train_by_hand(
    rows: Array,
    table: Array,
    seed: int,
    epochs: int,
    batch_size: int = BATCH_SIZE,
    rate: float = 0.01,
) -> list[Array]:
    """Train 784-128-128-10 with NumPy; return its weights and biases."""
    parameters, rng = first_weights([784, 128, 128, 10], seed), np.random.default_rng(seed)
    with threadpool_limits(1):  # for 32 rows, sharing the work costs more than the work
        for _ in range(epochs):
            order = rng.permutation(len(rows))
            for start in range(0, len(rows), batch_size):
                batch = order[start : start + batch_size]
                train_step(rows[batch], table[batch], parameters, np.float32(rate))
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


def clothes(n_train: int) -> list[tuple[Array, Array]]:
    """Return scaled images of Fashion-MNIST, with their labels: those to train on, then `ASKED`."""
    (images, labels), test = load_dataset("fashion_mnist")
    parts = train_test_split(images, labels, test_size=0.05, stratify=labels, random_state=48)
    fit_images, held_images, fit_labels, held_labels = parts
    pairs = [
        (fit_images[:n_train], fit_labels[:n_train]),
        (held_images, held_labels),
        (fit_images[n_train:], fit_labels[n_train:]),
        test,
    ]
    return [(unroll(scale_to_unit(some)), names) for some, names in pairs]


@dataclass(frozen=True)
class Budget:
    """How much is trained: images and epochs of each table, and how many optimisers."""

    seeds: int = 5
    digits: tuple[int, int] = (60_000, 3)
    batches: tuple[int, int] = (12_000, 3)
    n_optimisers: int = len(OPTIMISERS)
    optimisers: tuple[int, int] = (12_000, 3)
    few: tuple[int, int] = (1_000, 60)
    stopping: tuple[int, int] = (10_000, 100)


FULL = Budget()
QUICK = Budget(1, (1_600, 1), (640, 1), 2, (800, 1), (200, 2), (400, 3))
# size of a batch, rate, and how many times as many epochs
BATCHES = [(BATCH_SIZE, 0.01, 1), (320, 0.01, 1), (320, 0.01, 10), (320, 0.1, 1)]
DROPOUT_RUNS = [(128, 0.0), (128, 0.5), (16, 0.0), (16, 0.5)]  # units and dropout


def numpy_and_keras(budget: Budget) -> Iterator[list[str]]:
    """Yield accuracies and training times of each of `HOWS`."""
    n, epochs = budget.digits
    (images, labels), (test_images, test_labels) = load_dataset("mnist")
    scaler = fit_standardizer(images)
    rows, test_rows = (unroll(scaler.transform(some)) for some in (images[:n], test_images))
    table = one_hot(labels[:n], 10)
    accuracies: dict[str, list[float]] = {how: [] for how in HOWS}
    seconds: dict[str, list[float]] = {how: [] for how in HOWS}
    for seed in tqdm(range(budget.seeds), desc="NumPy and Keras"):
        for how, steps in HOWS.items():
            if how == "NumPy":
                began = time.process_time()
                parameters = train_by_hand(rows, table, seed, epochs)
                seconds[how].append(time.process_time() - began)
                answers = forward(test_rows, parameters)[2].argmax(axis=1)
                accuracies[how].append(float((answers == test_labels).mean()))
                continue
            keras.utils.set_random_seed(seed)
            network, sgd = network_of([128, 128]), keras.optimizers.SGD(0.01)
            began = time.process_time()
            fit(network, sgd, (rows, labels[:n]), None, epochs, steps=steps)
            seconds[how].append(time.process_time() - began)
            accuracies[how].append(right_of(network, (test_rows, test_labels)))
    plain = min(seconds["Keras"])
    for how, values in accuracies.items():
        yield [mean_and_range(values), f"{min(seconds[how]) / plain:.2f}"]


def batch_sizes(budget: Budget) -> Iterator[list[str]]:
    """Yield updates and accuracies of each of `BATCHES`."""
    n, epochs = budget.batches
    (images, labels), _ = load_dataset("mnist")
    scaler = fit_standardizer(images[:n])
    rows, held_out = (unroll(scaler.transform(some)) for some in (images[:n], images[-10_000:]))
    table = one_hot(labels[:n], 10)
    for size, rate, times in BATCHES:
        accuracies = []
        for seed in tqdm(range(budget.seeds), desc=f"batches of {size}, rate {rate:g}"):
            parameters = train_by_hand(rows, table, seed, times * epochs, size, rate)
            answers = forward(held_out, parameters)[2].argmax(axis=1)
            accuracies.append(float((answers == labels[-10_000:]).mean()))
        yield [f"{times * epochs * -(-n // size):,}", mean_and_range(accuracies)]


def optimisers(budget: Budget) -> Iterator[list[str]]:
    """Yield the losses and accuracies at the end of each of `OPTIMISERS`."""
    n, epochs = budget.optimisers
    train, validation, *_ = clothes(n)
    for title, optimiser in list(OPTIMISERS.items())[: budget.n_optimisers]:
        losses, accuracies = [], []
        for seed in tqdm(range(budget.seeds), desc=title):
            keras.utils.set_random_seed(seed)
            record = fit(network_of([128]), optimiser(), train, validation, epochs)
            losses.append(record["loss"][-1])
            accuracies.append(record["val_accuracy"][-1])
        yield [lowest_to_highest(losses, 2), mean_and_range(accuracies)]


def overfitting(budget: Budget) -> Iterator[list[str]]:
    """Yield what few images do to each of `DROPOUT_RUNS`."""
    n, epochs = budget.few
    train, validation, *_ = clothes(n)
    for units, dropout in DROPOUT_RUNS:
        runs = []
        for seed in tqdm(range(budget.seeds), desc=f"{units} units, dropout {dropout:g}"):
            keras.utils.set_random_seed(seed)
            runs.append(fit(network_of([units], dropout), "adam", train, validation, epochs))
        best = [int(np.argmin(run["val_loss"])) for run in runs]
        at_best = [run["val_accuracy"][i] for run, i in zip(runs, best, strict=True)]
        yield [
            lowest_to_highest([run["accuracy"][-1] for run in runs], 2),
            lowest_to_highest([min(run["val_loss"]) for run in runs], 2),
            lowest_to_highest([place + 1 for place in best], 0),
            lowest_to_highest([run["val_loss"][-1] for run in runs], 2),
            lowest_to_highest(at_best, 3),
            lowest_to_highest([run["val_accuracy"][-1] for run in runs], 3),
        ]


@cache
def stopped_and_fixed(budget: Budget) -> list[tuple[Any, list[float], list[float]]]:
    """Train with early stopping, and once more for `FIXED_EPOCHS`, with each seed.

    Of each seed: the record with early stopping, then how much of `ASKED` each network has right.
    """
    n, epochs = budget.stopping
    train, validation, *others = clothes(n)
    runs = []
    for seed in tqdm(range(budget.seeds), desc="early stopping"):
        stop = keras.callbacks.EarlyStopping(
            "val_loss", patience=PATIENCE, restore_best_weights=True
        )
        records, rights = [], []
        for most, callbacks in ((epochs, [stop]), (min(epochs, FIXED_EPOCHS), [])):
            keras.utils.set_random_seed(seed)
            network = network_of([350])
            records.append(fit(network, "adam", train, validation, most, callbacks=callbacks))
            rights.append([right_of(network, asked) for asked in (validation, *others)])
        runs.append((records[0], *rights))
    return runs


def early_stopping(budget: Budget) -> Iterator[list[str]]:
    """Yield where early stopping ends."""
    losses = [record["val_loss"] for record, _, _ in stopped_and_fixed(budget)]
    yield [
        lowest_to_highest([int(np.argmin(values)) + 1 for values in losses], 0),
        lowest_to_highest([len(values) for values in losses], 0),
    ]


def kinds_of_images(budget: Budget) -> Iterator[list[str]]:
    """Yield accuracies by what is asked, where nothing chose the epoch and where validation did."""
    _, stopped, fixed = zip(*stopped_and_fixed(budget), strict=True)
    # (what is asked, way, seed)
    rights = np.transpose([fixed, stopped], (2, 0, 1))
    validation, others, test = rights
    for figures in (*rights, validation - others, others - test):
        yield [mean_and_range(list(way)) for way in figures]


def tables(*, quick: bool = False) -> list[Table]:
    """List what is trained: NumPy and Keras, batches, optimisers, overfitting, early stopping."""
    budget = QUICK if quick else FULL
    (digits, digit_epochs), (some, epochs) = budget.digits, budget.optimisers
    n_batches, batch_epochs = budget.batches
    (few, few_epochs), (many, most_epochs) = budget.few, budget.stopping
    return [
        Table(
            "# Training: rates, optimisers, overfitting, early stopping\n\n"
            f"Over {counted(budget.seeds, 'seed')}: mean (lowest to highest), or lowest to "
            f"highest. Batches of {BATCH_SIZE}; 3,000 validation images held out of the training "
            f"images.\n\n## {digits:,} digits, 784-128-128-10, SGD 0.01, "
            f"{counted(digit_epochs, 'epoch')}: NumPy and Keras",
            ["How", "Test accuracy", "Processor time, plain Keras = 1"],
            [(how,) for how in HOWS],
        ),
        Table(
            f"## The first {n_batches:,} digits, the same network in NumPy, asked about the last "
            "10,000 training images: sizes of batches",
            ["Batches of", "Learning rate", "Epochs", "Updates", "Accuracy"],
            [(str(size), f"{rate:g}", str(times * batch_epochs)) for size, rate, times in BATCHES],
        ),
        Table(
            f"## {some:,} clothes, 784-128-10, {counted(epochs, 'epoch')}: learning rates and "
            "optimisers",
            ["Optimiser", "Training loss", "Validation accuracy"],
            [(title,) for title in list(OPTIMISERS)[: budget.n_optimisers]],
        ),
        Table(
            f"## {few:,} clothes, Adam, {counted(few_epochs, 'epoch')}: overfitting and dropout",
            [
                "Network",
                "Training accuracy",
                "Lowest validation loss",
                "In epoch",
                "Validation loss at the end",
                "Validation accuracy in that epoch",
                "Validation accuracy at the end",
            ],
            [(f"784-{units}-10, dropout {dropout:g}",) for units, dropout in DROPOUT_RUNS],
        ),
        Table(
            f"## Clothes, 784-350-10, Adam, at most {counted(most_epochs, 'epoch')}: early "
            f"stopping with patience {PATIENCE}",
            ["Images", "Best epoch", "Stopped after"],
            [(f"{many:,} images",)],
        ),
        Table(
            "## The same network, asked about 3,000 validation images, "
            f"{57_000 - many:,} others of the training file, and 10,000 test images: did choosing "
            "flatter, or is the test file harder?",
            [
                "Asked about",
                f"{min(most_epochs, FIXED_EPOCHS)} epochs, fixed beforehand",
                "Early stopping by the validation images",
            ],
            [*((name,) for name in ASKED), *((f"{a} − {b}",) for a, b in pairwise(ASKED))],
        ),
    ]


def measure(*, quick: bool = False) -> str:
    """Train for all tables."""
    budget = QUICK if quick else FULL
    figures = (
        numpy_and_keras,
        batch_sizes,
        optimisers,
        overfitting,
        early_stopping,
        kinds_of_images,
    )
    filled = [
        table.filled(measured(budget))
        for table, measured in zip(tables(quick=quick), figures, strict=True)
    ]
    return page(*filled)

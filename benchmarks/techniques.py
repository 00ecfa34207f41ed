"""Measure whether techniques that many networks use help in a small budget.

One small convolutional network and the same budget for all. A setting and its baseline begin with
the same seeds, so that they are compared seed by seed. Validation images are the last 10,000
training images, which no network here learns from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow

quiet_tensorflow()
import keras
from keras import layers

# seeds, training images, validation images
FULL, QUICK = (5, 10_000, 10_000), (2, 320, 1_000)
BATCH_SIZE = 32
SHIFT = 2 / 28  # two pixels up or down, and two to a side
DATASETS = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}


@dataclass(frozen=True)
class Setting:
    """One way to train, and the epochs that it gets."""

    title: str
    data: str = "fashion_mnist"  # one of `DATASETS`
    normalised: bool = False  # whether batch normalisation follows each convolution
    augmentation: tuple[str, ...] = ()  # of "left-right", "shift"
    optimizer: str = "adam"  # or "sgd"
    rate: float = 0.001  # with a schedule, the highest
    schedule: str = "constant"  # or "step decay", "cosine"
    warm_up: float = 0.0  # share of all steps in which the rate rises from 0
    epochs: int = 5
    decay: float = 0.0  # the L2 penalty on the weights of all layers


PLAIN = Setting("plain")
SGD = Setting("plain, SGD 0.01", optimizer="sgd", rate=0.01)
DIGITS = Setting("digits, plain", data="mnist")
LONG = Setting("20 epochs, plain", epochs=20)
FLIPS = ("left-right",)

#: Each baseline with what is compared with it.
GROUPS: list[list[Setting]] = [
    [
        PLAIN,
        Setting("batch normalisation", normalised=True),
        Setting("left-right flips", augmentation=FLIPS),
        Setting("shifts of up to 2 pixels", augmentation=("shift",)),
        Setting("step decay", schedule="step decay"),
        Setting("cosine", schedule="cosine"),
        Setting("constant 0.0001", rate=0.0001),
        Setting("constant 0.01", rate=0.01),
        Setting("cosine from 0.01", rate=0.01, schedule="cosine"),
        Setting("cosine from 0.01, warm-up 30 %", rate=0.01, schedule="cosine", warm_up=0.3),
    ],
    [SGD, replace(SGD, title="batch normalisation, SGD 0.01", normalised=True)],
    [DIGITS, replace(DIGITS, title="digits, left-right flips", augmentation=FLIPS)],
    [
        LONG,
        replace(LONG, title="20 epochs, left-right flips", augmentation=FLIPS),
        replace(LONG, title="20 epochs, weight decay 0.0005", decay=0.0005),
    ],
]


def augmenting_layers(names: Sequence[str]) -> list[Any]:
    """Make the layers that change training images at random."""
    makers = {
        "left-right": lambda: layers.RandomFlip("horizontal"),
        "shift": lambda: layers.RandomTranslation(SHIFT, SHIFT, fill_mode="constant"),
    }
    return [makers[name]() for name in names]


def convolution(n_filters: int, normalised: bool, penalty: Any = None) -> list[Any]:
    """Make a convolution with ReLU and pooling; with batch normalisation it needs no bias."""
    shared = {"padding": "same", "kernel_regularizer": penalty}
    if not normalised:
        first = [layers.Conv2D(n_filters, 3, activation="relu", **shared)]
    else:
        first = [
            layers.Conv2D(n_filters, 3, use_bias=False, **shared),
            layers.BatchNormalization(),
            layers.Activation("relu"),
        ]
    return [*first, layers.MaxPooling2D()]


def learning_rate(setting: Setting, n_steps: int) -> Any:
    """Make what the optimiser takes for its learning rate."""
    schedules = keras.optimizers.schedules
    if setting.schedule == "constant":
        return setting.rate
    if setting.schedule == "step decay":
        return schedules.ExponentialDecay(setting.rate, max(1, n_steps // 4), 0.5, staircase=True)
    rising = int(setting.warm_up * n_steps)
    if not rising:
        return schedules.CosineDecay(setting.rate, n_steps)
    return schedules.CosineDecay(
        0.0, n_steps - rising, warmup_target=setting.rate, warmup_steps=rising
    )


def accuracy(
    setting: Setting,
    train: tuple[NDArray[Any], NDArray[Any]],
    validation: tuple[NDArray[Any], NDArray[Any]],
    seed: int,
) -> float:
    """Train once; return the validation accuracy after the last epoch."""
    keras.utils.set_random_seed(seed)
    penalty = keras.regularizers.L2(setting.decay) if setting.decay else None
    network = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            *augmenting_layers(setting.augmentation),
            *convolution(8, setting.normalised, penalty),
            *convolution(16, setting.normalised, penalty),
            layers.Flatten(),
            layers.Dense(64, activation="relu", kernel_regularizer=penalty),
            layers.Dense(10, activation="softmax", kernel_regularizer=penalty),
        ]
    )
    steps_an_epoch = -(-len(train[0]) // BATCH_SIZE)
    rate = learning_rate(setting, setting.epochs * steps_an_epoch)
    optimizer = {"adam": keras.optimizers.Adam, "sgd": keras.optimizers.SGD}[setting.optimizer]
    network.compile(
        optimizer=optimizer(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=25,
    )
    network.fit(*train, BATCH_SIZE, setting.epochs, verbose=0)
    found = network.evaluate(*validation, batch_size=1000, verbose=0)[1]
    keras.backend.clear_session()
    return float(found)


def difference(values: Sequence[float], baseline: Sequence[float]) -> str:
    """Write the mean difference seed by seed, and its standard error, in points of a hundred."""
    points = 100 * (np.array(values) - np.array(baseline))
    error = points.std(ddof=1) / np.sqrt(len(points))
    return f"{points.mean():+.2f} ± {error:.2f}"


def groups(*, quick: bool) -> list[list[Setting]]:
    """List the baselines with what is compared with them; a trial trains two for an epoch."""
    return [[replace(setting, epochs=1) for setting in GROUPS[0][:2]]] if quick else GROUPS


def tables(*, quick: bool = False) -> list[Table]:
    """List the settings."""
    seeds, n_train, n_validation = QUICK if quick else FULL
    epochs = groups(quick=quick)[0][0].epochs
    text = (
        "# What four techniques are worth in a small budget\n\n"
        "Convolutions of 8 and 16 filters with pooling, 64 hidden units; "
        f"{n_train:,} training images / 255, batches of {BATCH_SIZE}, "
        f"{counted(epochs, 'epoch')} where the row names no other number; Adam 0.001 where "
        f"the row names no other rate. Accuracy on {n_validation:,} validation images over "
        f"{seeds} seeds: mean (lowest to highest). Difference from the plain row above it: mean "
        "of the differences seed by seed, in points of a hundred, ± its standard error."
    )
    labels = [
        (DATASETS[setting.data], setting.title)
        for group in groups(quick=quick)
        for setting in group
    ]
    return [Table(text, ["Data", "Setting", "Accuracy", "Difference", "By seed"], labels)]


def figures(*, quick: bool) -> Iterator[list[str]]:
    """Train each setting with each seed."""
    seeds, n_train, n_validation = QUICK if quick else FULL
    for group in groups(quick=quick):
        baseline: list[float] = []
        for setting in group:
            (images, labels), _ = load_dataset(setting.data)
            pixels = (images / np.float32(255))[..., None]  # (n, 28, 28, 1)
            train = pixels[:n_train], labels[:n_train]
            validation = pixels[-n_validation:], labels[-n_validation:]
            values = [
                accuracy(setting, train, validation, seed)
                for seed in tqdm(range(seeds), desc=setting.title)
            ]
            apart = difference(values, baseline) if baseline else ""
            baseline = baseline or values
            yield [mean_and_range(values), apart, " ".join(f"{value:.4f}" for value in values)]


def measure(*, quick: bool = False) -> str:
    """Train each setting, and compare it with its baseline."""
    return page(tables(quick=quick)[0].filled(figures(quick=quick)))

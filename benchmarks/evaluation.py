"""Measure what an accuracy hides: weak classes, misplaced confidence, chance, and choosing.

Choosing: 100 weak classifiers, each with the mean of three training images a class, and the best
of them on 100 validation images, asked about the others. Validation images are the last 10,000
training images.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.evaluation import (
    accuracy_by_class,
    coverage_and_accuracy,
    expected_calibration_error,
    spread,
)
from course_utils.preprocessing import scale_to_unit
from course_utils.training import STEPS_PER_EXECUTION

quiet_tensorflow()
import keras

# seeds, training images, epochs
FULL, QUICK = (5, 12_000, 20), (2, 1_600, 1)
N_VALIDATION = 10_000
TEMPERATURES = np.arange(50, 401, 5) / 100
N_CLASSIFIERS, N_CHOOSING, N_A_CLASS = 100, 100, 3
NETWORK = (
    "accuracy, training images",
    "accuracy, validation images",
    "accuracy, test images",
    "weakest class's accuracy",
    "mean confidence",
    "mean confidence of wrong answers",
    "expected calibration error",
    "temperature of the least validation loss",
    "expected calibration error at this temperature",
    "confidence of at least 0.9: answered",
    "confidence of at least 0.9: right",
)
SEEDS = (
    "accuracy, test images, seed by seed",
    "greatest difference between two seeds",
    "binomial standard error of one accuracy",
    "standard error of the mean over seeds",
    "images that one network has right and another wrong",
)
CHOOSING = tuple(
    f"{name}: {how}"
    for name in ("mean images", "guesses")
    for how in (
        f"best of {N_CLASSIFIERS}, on the {N_CHOOSING} images it was chosen by",
        f"the same one, on {N_VALIDATION - N_CHOOSING:,} fresh images",
        f"all {N_CLASSIFIERS}, on average",
    )
)


@dataclass(frozen=True)
class Answers:
    """What a network says to images of known classes."""

    logits: NDArray[np.float32]
    labels: NDArray[np.uint8]

    def probabilities(self, temperature: float = 1.0) -> NDArray[np.float64]:
        """Softmax of the logits, divided by a temperature."""
        shifted = (self.logits - self.logits.max(axis=1, keepdims=True)) / temperature
        powers = np.exp(shifted.astype(np.float64))
        return powers / powers.sum(axis=1, keepdims=True)

    def loss(self, temperature: float) -> float:
        """Mean cross-entropy at a temperature."""
        of_truth = self.probabilities(temperature)[np.arange(len(self.labels)), self.labels]
        return float(-np.log(np.maximum(of_truth, 1e-300)).mean())

    @property
    def correct(self) -> NDArray[np.bool_]:
        """Whether each answer is right."""
        return self.logits.argmax(axis=1) == self.labels


def trained_answers(seed: int, n_train: int, epochs: int) -> dict[str, Answers]:
    """Train one network; ask it about training, validation and test images."""
    (images, labels), (test_images, test_labels) = load_dataset("fashion_mnist")
    keras.utils.set_random_seed(seed)
    network = keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    network.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    network.fit(scale_to_unit(images[:n_train]), labels[:n_train], 32, epochs, verbose=0)
    parts = {
        "training": (images[:n_train], labels[:n_train]),
        "validation": (images[-N_VALIDATION:], labels[-N_VALIDATION:]),
        "test": (test_images, test_labels),
    }
    return {
        name: Answers(network.predict(scale_to_unit(part), batch_size=1000, verbose=0), truth)
        for name, (part, truth) in parts.items()
    }


def network_figures(answers: dict[str, Answers]) -> list[float]:
    """Measure one network: `NETWORK`."""
    test = answers["test"]
    temperature = float(min(TEMPERATURES, key=answers["validation"].loss))
    sure, cooled = test.probabilities().max(axis=1), test.probabilities(temperature).max(axis=1)
    coverages, accuracies = coverage_and_accuracy(sure, test.correct, [0.9])
    return [
        *(float(part.correct.mean()) for part in answers.values()),
        accuracy_by_class(test.labels, test.logits.argmax(axis=1), 10).min(),
        sure.mean(),
        sure[~test.correct].mean(),
        expected_calibration_error(sure, test.correct),
        temperature,
        expected_calibration_error(cooled, test.correct),
        coverages[0],
        accuracies[0],
    ]


def seed_figures(trained: list[dict[str, Answers]]) -> list[str]:
    """Compare networks of different seeds: `SEEDS`."""
    correct = [answers["test"].correct for answers in trained]
    accuracies = [float(right.mean()) for right in correct]
    over = spread(accuracies)
    error = float(np.sqrt(over.mean * (1 - over.mean) / len(correct[0])))
    apart = np.mean([np.mean(right != correct[0]) for right in correct[1:]])
    return [
        ", ".join(f"{accuracy:.4f}" for accuracy in accuracies),
        f"{over.greatest - over.least:.4f}",
        f"{error:.4f}",
        f"{over.standard_error:.4f}",
        f"{apart:.3f}",
    ]


def choosing_figures(seed: int) -> list[float]:
    """Choose the best of many weak classifiers, and ask it about fresh images: `CHOOSING`."""
    (images, labels), _ = load_dataset("fashion_mnist")
    asked, truth = images[-N_VALIDATION:].reshape(N_VALIDATION, -1), labels[-N_VALIDATION:]
    rng = np.random.default_rng(seed)
    places = [np.flatnonzero(labels[:-N_VALIDATION] == k) for k in range(10)]
    taken = np.stack(
        [rng.choice(place, (N_CLASSIFIERS, N_A_CLASS)) for place in places], axis=1
    )  # (classifiers, classes, images)
    means = images[taken].mean(axis=2).reshape(N_CLASSIFIERS * 10, -1).astype(np.float32)
    distances = (means**2).sum(axis=1) - 2 * asked.astype(np.float32) @ means.T
    answers = distances.reshape(-1, N_CLASSIFIERS, 10).argmin(axis=2)
    guesses = rng.integers(0, 10, answers.shape)
    figures = []
    for given in (answers, guesses):
        right = given == truth[:, None]  # (images, classifiers)
        best = right[:N_CHOOSING].mean(axis=0).argmax()
        chosen_by, fresh = right[:N_CHOOSING], right[N_CHOOSING:]
        figures += [chosen_by[:, best].mean(), fresh[:, best].mean(), fresh.mean()]
    return figures


def tables(*, quick: bool = False) -> list[Table]:
    """List the figures of a network, of several seeds, and of choosing."""
    seeds, n_train, epochs = QUICK if quick else FULL
    text = (
        "# What an accuracy hides\n\n"
        f"Over {seeds} seeds: mean (least to greatest). Fashion-MNIST, 784-128-10, Adam, batches "
        f"of 32, the first {n_train:,} training images, {counted(epochs, 'epoch')}, asked "
        f"about {N_VALIDATION:,} validation and 10,000 test images; what is not said otherwise "
        f"was measured on test images. Choosing: weak classifiers, each with the mean of "
        f"{N_A_CLASS} training images a class."
    )
    return [Table(text, ["What", "Figure"], [(name,) for name in (*NETWORK, *SEEDS, *CHOOSING)])]


def measure(*, quick: bool = False) -> str:
    """Train the networks and choose the classifiers, once with each seed."""
    seeds, n_train, epochs = QUICK if quick else FULL
    trained = [
        trained_answers(seed, n_train, epochs) for seed in tqdm(range(seeds), desc="networks")
    ]
    networks = [network_figures(answers) for answers in trained]
    chosen = [choosing_figures(seed) for seed in tqdm(range(seeds), desc="choosing")]
    cells = [
        *(mean_and_range(values) for values in zip(*networks, strict=True)),
        *seed_figures(trained),
        *(mean_and_range(values) for values in zip(*chosen, strict=True)),
    ]
    return page(tables(quick=quick)[0].filled([cell] for cell in cells))

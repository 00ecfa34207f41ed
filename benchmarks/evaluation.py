"""Measure what an accuracy hides: weak classes, misplaced confidence, chance, and choosing.

Validation images are the last 10,000 of the training file; all that explains a network is measured
on them. Epochs are fixed and nothing is chosen, so what separates them from the test images is the
images themselves: those of the training file that no network has seen are asked too.

Choosing: 100 weak classifiers, each with the mean of three training images per class, and the best
of them on 100 validation images, asked about the others.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import class_names, load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.evaluation import (
    accuracy_by_class,
    confusion,
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
HALF = N_VALIDATION // 2  # the first half chooses the temperature, the second half judges it
SHIRT = 6
NETWORK = (
    "accuracy, training images",
    "accuracy, validation images",
    "accuracy, other fresh images of the training file",
    "accuracy, test images",
    "accuracy, validation minus other fresh images",
    "accuracy, validation minus test images",
    "recall of the weakest class",
    "mistakes with a shirt, as true class or as answer",
    "mistakes whose true class is shirt",
    "mean confidence",
    "mean confidence of wrong answers",
    "temperature of the lowest loss on the first half",
    "expected calibration error on the second half",
    "expected calibration error on the second half at this temperature",
    "confidence of at least 0.9: answered",
    "confidence of at least 0.9: right",
    "test images: recall of the weakest class",
    "test images: expected calibration error at this temperature",
)
SEEDS = (
    "accuracy, seed by seed",
    "most frequent confusion, seed by seed",
    "binomial standard error of one accuracy",
    "standard deviation between seeds",
    "standard error of the mean over seeds",
    "two seeds: images that only one of them classifies correctly",
    "two seeds: standard errors apart, as pairs",
    "two seeds: standard errors apart, as if on different images",
    "best and worst seed: standard errors apart, as pairs",
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
    """What a network answers to images of known classes."""

    logits: NDArray[np.float32]
    labels: NDArray[np.uint8]

    def probabilities(self, temperature: float = 1.0) -> NDArray[np.float64]:
        """Softmax of the logits, divided by a temperature."""
        shifted = (self.logits - self.logits.max(axis=1, keepdims=True)) / temperature
        powers = np.exp(shifted.astype(np.float64))
        return powers / powers.sum(axis=1, keepdims=True)

    def half(self, first: bool) -> "Answers":
        """Return the answers to the first half of the images, or to the second."""
        part = slice(None, HALF) if first else slice(HALF, None)
        return Answers(self.logits[part], self.labels[part])

    def loss(self, temperature: float) -> float:
        """Mean cross-entropy at a temperature."""
        of_truth = self.probabilities(temperature)[np.arange(len(self.labels)), self.labels]
        return float(-np.log(np.maximum(of_truth, 1e-300)).mean())

    def calibration_error(self, temperature: float = 1.0) -> float:
        """Gap between confidence and accuracy at a temperature."""
        return expected_calibration_error(self.probabilities(temperature).max(axis=1), self.correct)

    @property
    def correct(self) -> NDArray[np.bool_]:
        """Whether each answer is right."""
        return self.logits.argmax(axis=1) == self.labels

    @property
    def accuracy(self) -> float:
        """The fraction of answers that are right."""
        return float(self.correct.mean())

    @property
    def weakest_recall(self) -> float:
        """Recall of the class on which the network does worst."""
        return float(accuracy_by_class(self.labels, self.logits.argmax(axis=1), 10).min())

    @property
    def mistakes(self) -> NDArray[np.int64]:
        """The confusion matrix without its diagonal."""
        matrix = confusion(self.labels, self.logits.argmax(axis=1), 10)
        return matrix - np.diag(matrix.diagonal())


def trained_answers(seed: int, n_train: int, epochs: int) -> dict[str, Answers]:
    """Train one network; ask it about training, validation, other fresh and test images."""
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
        "fresh": (images[n_train:-N_VALIDATION], labels[n_train:-N_VALIDATION]),
        "test": (test_images, test_labels),
    }
    return {
        name: Answers(network.predict(scale_to_unit(part), batch_size=1000, verbose=0), truth)
        for name, (part, truth) in parts.items()
    }


def network_figures(answers: dict[str, Answers]) -> list[float]:
    """Measure one network: `NETWORK`."""
    asked, test = answers["validation"], answers["test"]
    judged = asked.half(first=False)
    temperature = float(min(TEMPERATURES, key=asked.half(first=True).loss))
    sure = asked.probabilities().max(axis=1)
    coverages, accuracies = coverage_and_accuracy(sure, asked.correct, [0.9])
    mistakes = asked.mistakes
    of_shirts, as_shirts = mistakes[SHIRT].sum(), mistakes[:, SHIRT].sum()
    return [
        *(part.accuracy for part in answers.values()),
        asked.accuracy - answers["fresh"].accuracy,
        asked.accuracy - test.accuracy,
        asked.weakest_recall,
        (of_shirts + as_shirts) / mistakes.sum(),
        of_shirts / mistakes.sum(),
        sure.mean(),
        sure[~asked.correct].mean(),
        temperature,
        judged.calibration_error(),
        judged.calibration_error(temperature),
        coverages[0],
        accuracies[0],
        test.weakest_recall,
        test.calibration_error(temperature),
    ]


def most_frequent_confusion(answers: Answers) -> str:
    """Name the pair of classes that a network mixes up most often, and how often."""
    names, mistakes = class_names("fashion_mnist"), answers.mistakes
    true_class, answer = divmod(int(mistakes.argmax()), 10)
    return f"{names[true_class]} called {names[answer]} {mistakes.max()}"


def as_pairs(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return how many standard errors lie between two networks that saw the same images."""
    only_first, only_second = np.sum(first & ~second), np.sum(second & ~first)
    return float(abs(only_first - only_second) / np.sqrt(only_first + only_second))


def as_strangers(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> float:
    """Return the same by the formula for two networks that saw different images."""
    variance = sum(right.mean() * (1 - right.mean()) / len(right) for right in (first, second))
    return float(abs(first.mean() - second.mean()) / np.sqrt(variance))


def seed_figures(trained: list[dict[str, Answers]]) -> list[str]:
    """Compare networks of different seeds: `SEEDS`."""
    asked = [answers["validation"] for answers in trained]
    ranked = sorted(asked, key=lambda answers: answers.accuracy)
    over = spread([answers.accuracy for answers in asked])
    pairs = list(combinations([answers.correct for answers in asked], 2))
    return [
        ", ".join(f"{answers.accuracy:.4f}" for answers in asked),
        ", ".join(most_frequent_confusion(answers) for answers in asked),
        f"{np.sqrt(over.mean * (1 - over.mean) / N_VALIDATION):.4f}",
        f"{over.standard_error * np.sqrt(len(asked)):.4f}",
        f"{over.standard_error:.4f}",
        mean_and_range([float(np.mean(one != other)) for one, other in pairs]),
        mean_and_range([as_pairs(*pair) for pair in pairs], 1),
        mean_and_range([as_strangers(*pair) for pair in pairs], 1),
        f"{as_pairs(ranked[0].correct, ranked[-1].correct):.1f}",
    ]


def choosing_figures(seed: int) -> list[float]:
    """Choose the best of many weak classifiers, and ask it about fresh images: `CHOOSING`."""
    (images, labels), _ = load_dataset("fashion_mnist")
    asked, truth = images[-N_VALIDATION:].reshape(N_VALIDATION, -1), labels[-N_VALIDATION:]
    rng = np.random.default_rng(seed)
    of_class = [np.flatnonzero(labels[:-N_VALIDATION] == k) for k in range(10)]
    taken = np.stack(
        [rng.choice(indices, (N_CLASSIFIERS, N_A_CLASS)) for indices in of_class], axis=1
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
        f"Over {seeds} seeds: mean (lowest to highest). Fashion-MNIST, 784-128-10, Adam, batches "
        f"of 32, the first {n_train:,} training images, {counted(epochs, 'epoch')}, asked "
        f"about {N_VALIDATION:,} validation images, unless the row names others. Choosing: weak "
        f"classifiers, each with the mean of {N_A_CLASS} training images per class."
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

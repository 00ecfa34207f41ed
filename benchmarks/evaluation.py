"""Measure what an accuracy hides: weak classes, misplaced confidence, chance, and choosing.

    python -m benchmarks evaluation

Fashion-MNIST, 784-128-10 on 12,000 training images, Adam, 20 epochs. Validation images are the
last 10,000 training images. Choosing: 100 weak classifiers, each with the mean of three training
images a class, and the best of them on 100 validation images, asked about the others.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.report import mean_and_range
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

N_TRAIN, N_VALIDATION, EPOCHS = 12_000, 10_000, 20
TEMPERATURES = np.arange(50, 401, 5) / 100
N_CLASSIFIERS, N_CHOOSING, N_A_CLASS = 100, 100, 3


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


def network_figures(answers: dict[str, Answers]) -> dict[str, float]:
    """Measure one network: accuracies, weakest class, confidence, calibration, threshold."""
    test = answers["test"]
    temperature = min(TEMPERATURES, key=answers["validation"].loss)
    sure, cooled = test.probabilities().max(axis=1), test.probabilities(temperature).max(axis=1)
    coverages, accuracies = coverage_and_accuracy(sure, test.correct, [0.9])
    return {
        **{f"accuracy, {name} images": float(a.correct.mean()) for name, a in answers.items()},
        "weakest class's accuracy": accuracy_by_class(
            test.labels, test.logits.argmax(axis=1), 10
        ).min(),
        "mean confidence": sure.mean(),
        "mean confidence of wrong answers": sure[~test.correct].mean(),
        "expected calibration error": expected_calibration_error(sure, test.correct),
        "temperature of the least validation loss": float(temperature),
        "expected calibration error at this temperature": expected_calibration_error(
            cooled, test.correct
        ),
        "confidence of at least 0.9: answered": coverages[0],
        "confidence of at least 0.9: right": accuracies[0],
    }


def choosing_figures(seed: int) -> dict[str, float]:
    """Choose the best of many weak classifiers on few images; ask it about fresh ones."""
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
    figures = {}
    for name, given in (("mean images", answers), ("guesses", guesses)):
        right = given == truth[:, None]  # (images, classifiers)
        best = right[:N_CHOOSING].mean(axis=0).argmax()
        figures[f"{name}: best of 100, on the 100 images it was chosen by"] = right[
            :N_CHOOSING, best
        ].mean()
        figures[f"{name}: the same one, on 9,900 fresh images"] = right[N_CHOOSING:, best].mean()
        figures[f"{name}: all 100, on average"] = right[N_CHOOSING:].mean()
    return figures


def main(
    seeds: Annotated[int, typer.Option(min=2, help="How many seeds to train with.")] = 5,
    quick: Annotated[bool, typer.Option(help="A trial: 2 seeds, 1,600 images, 1 epoch.")] = False,
) -> None:
    """Print accuracies, calibration, differences between seeds, and what choosing flatters."""
    seeds, n_train, epochs = (2, 1_600, 1) if quick else (seeds, N_TRAIN, EPOCHS)
    turns = tqdm(range(seeds), desc="networks")
    trained = [trained_answers(seed, n_train, epochs) for seed in turns]
    rows = [network_figures(answers) for answers in trained]
    accuracies = [row["accuracy, test images"] for row in rows]
    over = spread(accuracies)
    both = np.mean([np.mean(a["test"].correct != trained[0]["test"].correct) for a in trained[1:]])
    print(
        "# What an accuracy hides\n\n"
        f"Over {seeds} seeds: mean (least to greatest). Fashion-MNIST, 784-128-10, Adam, batches "
        f"of 32, the first {n_train:,} training images, {epochs} epoch{'s' * (epochs > 1)}, asked "
        f"about {N_VALIDATION:,} validation and 10,000 test images; what is not said otherwise "
        "was measured on test images.\n\n| | |\n|:---|---:|"
    )
    for name in rows[0]:
        print(f"| {name} | {mean_and_range([row[name] for row in rows])} |")
    print(f"| accuracy, test images, seed by seed | {', '.join(f'{a:.4f}' for a in accuracies)} |")
    print(f"| greatest difference between two seeds | {over.greatest - over.least:.4f} |")
    error = float(np.sqrt(over.mean * (1 - over.mean) / 10_000))
    print(f"| binomial standard error of one accuracy | {error:.4f} |")
    print(f"| standard error of the mean over seeds | {over.standard_error:.4f} |")
    print(f"| images that one network has right and another wrong | {both:.3f} |")
    chosen = [choosing_figures(seed) for seed in tqdm(range(seeds), desc="choosing")]
    for name in chosen[0]:
        print(f"| {name} | {mean_and_range([row[name] for row in chosen])} |")


if __name__ == "__main__":
    typer.run(main)

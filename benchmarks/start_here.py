"""Measure what the first lesson's program reaches: plain Keras on digits, as the lesson has it."""

from collections.abc import Iterator

from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow

quiet_tensorflow()
import keras

# seeds, training images, epochs
FULL, QUICK = (5, 50_000, 2), (2, 1_600, 1)
N_HELD_OUT = 10_000


def accuracies(*, quick: bool) -> Iterator[float]:
    """Yield the accuracy on the images that were held out, seed by seed."""
    seeds, n_train, epochs = QUICK if quick else FULL
    (images, labels), _ = load_dataset("mnist")
    images = images.astype("float32") / 255
    for seed in tqdm(range(seeds), leave=False):
        keras.utils.set_random_seed(seed)
        network = keras.Sequential(
            [
                keras.layers.Flatten(),
                keras.layers.Dense(128, activation="relu"),
                keras.layers.Dense(10, activation="softmax"),
            ]
        )
        network.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        network.fit(images[:n_train], labels[:n_train], epochs=epochs, verbose=0)
        held_out = images[-N_HELD_OUT:], labels[-N_HELD_OUT:]
        yield network.evaluate(*held_out, verbose=0)[1]


def tables(*, quick: bool = False) -> list[Table]:
    """List the one network."""
    seeds, n_train, epochs = QUICK if quick else FULL
    text = (
        "# The first network\n\n"
        f"784-128-10, ReLU and softmax; Adam, batches of 32; the first {n_train:,} training images "
        f"of MNIST, {counted(epochs, 'epoch')}; {seeds} seeds. Accuracy: mean (lowest to highest) "
        f"on the last {N_HELD_OUT:,} training images, which were held out."
    )
    return [Table(text, ["Network", "Accuracy"], [("MLP",)])]


def measure(*, quick: bool = False) -> str:
    """Train with each seed."""
    return page(tables(quick=quick)[0].filled([[mean_and_range(list(accuracies(quick=quick)))]]))

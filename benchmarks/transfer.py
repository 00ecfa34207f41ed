"""What features are worth that were learnt from other pictures, when there are few of one's own.

Digits with the features of the course's network for clothes, and the shipped photos with those of
the network for photos. What stays frozen is calculated once; the rest trains on its outputs.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset, load_photos
from course_utils.environment import quiet_tensorflow
from course_utils.pretrained import load_photo_network, prepare_photos
from course_utils.pretrained.rebuilding import build_trained

quiet_tensorflow()
import keras
from keras import layers

# draws, digits to learn from, digits to judge by, photos of each class to learn from
FULL, QUICK = (5, (100, 300, 1_000), 5_000, (5, 10, 15)), (1, (50,), 100, (2,))
SCRATCH_EPOCHS, TUNED_EPOCHS = 60, 10
QUICK_EPOCHS = 1
Numbers = NDArray[Any]
#: Takes what to learn from, its labels, and what to judge by; returns answers.
Way = Callable[[Numbers, Numbers, Numbers], Numbers]

DIGITS = ("pixels", "features of the clothes network")
COLOUR, SCRATCH = "six numbers of colour", "small CNN from scratch"
FROZEN, TUNED = "frozen features, new last layer", "the same, last block tuned"
PHOTOS = (COLOUR, SCRATCH, FROZEN, TUNED)


def linear(train: Numbers, labels: Numbers, others: Numbers) -> Numbers:
    """Train a last layer alone, which is a logistic regression."""
    return LogisticRegression(max_iter=2000).fit(train, labels).predict(others)


def standardised(train: Numbers, labels: Numbers, others: Numbers) -> Numbers:
    """Do the same with numbers that are standardised first."""
    head = make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))
    return head.fit(train, labels).predict(others)


def from_scratch(epochs: int) -> Way:
    """Train a small convolutional network on small photos, with flips and dropout."""

    def way(train: Numbers, labels: Numbers, others: Numbers) -> Numbers:
        network = keras.Sequential([layers.Input(train.shape[1:]), layers.RandomFlip("horizontal")])
        for filters in (16, 32, 64):
            network.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
            network.add(layers.MaxPooling2D())
        network.add(layers.Flatten())
        network.add(layers.Dropout(0.3))
        network.add(layers.Dense(64, activation="relu"))
        network.add(layers.Dense(int(labels.max()) + 1, activation="softmax"))
        network.compile("adam", "sparse_categorical_crossentropy")
        network.fit(train, labels, 16, epochs, verbose=0)
        return network.predict(others, verbose=0).argmax(axis=1)

    return way


def split_extractor(extractor: Any) -> tuple[Any, Callable[[], Any]]:
    """Split the network for photos at its last sum.

    Returned are the part before it, and what copies the rest with batch normalisation frozen.
    """
    last = max(i for i, layer in enumerate(extractor.layers) if isinstance(layer, layers.Add))
    middle = extractor.layers[last].output

    def copy_tail() -> Any:
        start = x = keras.Input(middle.shape[1:])
        for layer in extractor.layers[last + 1 :]:
            copy = type(layer).from_config(layer.get_config())
            x = copy(x)
            copy.set_weights(layer.get_weights())
            copy.trainable = not isinstance(copy, layers.BatchNormalization)
        return keras.Model(start, x)

    return keras.Model(extractor.input, middle), copy_tail


def tuned(copy_tail: Callable[[], Any], epochs: int) -> Way:
    """Train the last block together with a last layer that was trained before."""

    def way(train: Numbers, labels: Numbers, others: Numbers) -> Numbers:
        tail = copy_tail()
        head = LogisticRegression(max_iter=2000).fit(tail.predict(train, verbose=0), labels)
        last = layers.Dense(len(head.classes_), activation="softmax")
        network = keras.Sequential([layers.Input(train.shape[1:]), tail, last])
        last.set_weights([head.coef_.T, head.intercept_])
        network.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy")
        network.fit(train, labels, 16, epochs, verbose=0)
        return network.predict(others, verbose=0).argmax(axis=1)

    return way


def tables(*, quick: bool = False) -> list[Table]:
    """List what is learnt from, and how."""
    draws, n_digits, n_judged, n_photos = QUICK if quick else FULL
    digits = (
        "# Few pictures, and features from elsewhere\n\n"
        "Digits of MNIST by a logistic regression, which is a last layer alone: from pixels / 255, "
        "and from the last feature maps of `clothes_cnn`, which has seen nothing but garments. "
        f"Accuracy on {n_judged:,} other training images over {counted(draws, 'draw')}: mean "
        "(lowest to highest)."
    )
    photos = (
        "The 113 photos of animals, fish, monuments and tools: balanced accuracy on those that "
        f"were not learnt from, over {counted(draws, 'draw')}: mean (lowest to highest); and the "
        "median of the seconds for one training with its answers. Six numbers of colour: mean and "
        "standard deviation of red, green and blue of the whole photo, by a logistic regression. "
        f"From scratch: three convolutions on 56 × 56 pixels, flips, dropout, {SCRATCH_EPOCHS} "
        "epochs. Frozen features: 1,280 of the network for photos. Last block tuned: "
        f"{TUNED_EPOCHS} epochs with Adam 0.0001, what comes before it calculated once, batch "
        "normalisation frozen."
    )
    counts = [f"{n} a class" for n in n_photos]
    return [
        Table(digits, ["Digits", *DIGITS], [(f"{n:,}",) for n in n_digits]),
        Table(photos, ["Learnt from", *counts, "Seconds"], [(way,) for way in PHOTOS]),
    ]


def digit_rows(*, quick: bool) -> Iterator[list[str]]:
    """Compare pixels with features, for each number of digits."""
    draws, n_digits, n_judged, _ = QUICK if quick else FULL
    (images, labels), _ = load_dataset("mnist")
    network = build_trained("clothes_cnn")
    maps = keras.Model(network.inputs[0], network.get_layer("pool_2").output)
    for n in n_digits:
        scores: list[list[float]] = [[], []]
        for draw in range(draws):
            some = np.random.default_rng(draw).permutation(len(images))[: n + n_judged]
            pixels = images[some][..., np.newaxis] / np.float32(255)
            for found, given in zip(scores, (pixels, maps.predict(pixels, 500, verbose=0)),
                                    strict=True):  # fmt: skip
                rows = given.reshape(len(given), -1)
                answers = linear(rows[:n], labels[some[:n]], rows[n:])
                found.append(float((answers == labels[some[n:]]).mean()))
        yield [mean_and_range(found) for found in scores]


def photo_rows(*, quick: bool) -> Iterator[list[str]]:
    """Compare four ways to learn from few photos."""
    draws, _, _, n_photos = QUICK if quick else FULL
    photos, labels, class_names = load_photos()
    small = photos.reshape(-1, 56, 4, 56, 4, 3).mean(axis=(2, 4), dtype=np.float32) / 255
    colours = np.concatenate([small.mean(axis=(1, 2)), small.std(axis=(1, 2))], axis=1)
    _, extractor = load_photo_network()
    before, copy_tail = split_extractor(extractor)
    middle = before.predict(prepare_photos(photos), batch_size=8, verbose=0)
    features = copy_tail().predict(middle, batch_size=8, verbose=0)
    n_epochs = (QUICK_EPOCHS, QUICK_EPOCHS) if quick else (SCRATCH_EPOCHS, TUNED_EPOCHS)
    ways: list[tuple[Numbers, Way]] = [
        (colours, standardised),
        (small, from_scratch(n_epochs[0])),
        (features, linear),
        (middle, tuned(copy_tail, n_epochs[1])),
    ]
    for name, (given, way) in zip(PHOTOS, ways, strict=True):
        row, seconds = [], []
        for n in n_photos:
            scores = []
            for draw in tqdm(range(draws), desc=f"{name}, {n} a class"):
                rng = np.random.default_rng(draw)
                keras.utils.set_random_seed(draw)
                train = np.concatenate(
                    [rng.permutation(np.flatnonzero(labels == k))[:n] for k in
                     range(len(class_names))]
                )  # fmt: skip
                others = np.setdiff1d(np.arange(len(labels)), train)
                start = time.perf_counter()
                answers = way(given[train], labels[train], given[others])
                seconds.append(time.perf_counter() - start)
                scores.append(float(balanced_accuracy_score(labels[others], answers)))
                keras.backend.clear_session()
            row.append(mean_and_range(scores, 2))
        yield [*row, f"{np.median(seconds):.1f}"]


def measure(*, quick: bool = False) -> str:
    """Learn from digits, then from photos."""
    digits, photos = tables(quick=quick)
    return page(digits.filled(digit_rows(quick=quick)), photos.filled(photo_rows(quick=quick)))

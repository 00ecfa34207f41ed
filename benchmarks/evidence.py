"""Does a map of evidence show what the answer rests on? Black out the cells that it ranks highest.

Compared are class evidence less a blank picture's, raw class evidence, Grad-CAM and chance, for the
small CNN for clothes that comes with the course and for networks like it, trained anew.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split
from tqdm import tqdm

from benchmarks.report import Table, counted, mean_and_range, page
from course_utils.datasets import load_dataset
from course_utils.environment import quiet_tensorflow
from course_utils.evaluation import class_evidence
from course_utils.pretrained import registry
from course_utils.pretrained.rebuilding import build_trained, build_untrained
from course_utils.training import STEPS_PER_EXECUTION

quiet_tensorflow()
import keras
import tensorflow as tf

NETWORK = "clothes_cnn"
# validation images, seeds, training images of each network trained anew, its epochs
FULL, QUICK = (3_000, 5, 10_000, 5), (60, 2, 320, 1)
BLACKENED, CELL = 10, 4  # cells, and pixels along the side of each
SHIPPED, ANEW = "The course's network", "Trained anew"
WAYS = ("evidence less a blank picture's", "raw evidence", "Grad-CAM", "chance")
Floats = NDArray[Any]


def _share(values: list[float]) -> str:
    return f"{values[0]:.3f}" if len(values) == 1 else mean_and_range(values)


def _mean(values: list[float]) -> str:
    return f"{values[0]:.2f}" if len(values) == 1 else mean_and_range(values, 2)


def _largest(values: list[float]) -> str:
    return f"{max(values):.0e}" if max(values) else "0"


#: What is compared for each network, and how it is written.
CHECKS = {
    "evidence and bias against the logit, largest difference": _largest,
    "gradient times activation against the evidence, largest difference": _largest,
    "correlation of Grad-CAM with the raw evidence": _mean,
    "share of Grad-CAM maps without a value above 0": _mean,
}


@dataclass(frozen=True)
class Parts:
    """A network taken apart before ``Flatten``."""

    maps_of: Any  # a Keras model: images in, last maps out
    weights: Floats  # (height * width * maps, classes)
    biases: Floats

    def logits_from(self, maps: Any) -> Any:
        """Let TensorFlow calculate the logits from the last maps."""
        return tf.reshape(maps, (len(maps), -1)) @ self.weights + self.biases

    def logits(self, images: Floats) -> Floats:
        """Let TensorFlow calculate the logits of images."""
        return np.asarray(self.logits_from(self.maps_of.predict(images, 500, verbose=0)))


def apart(network: Any) -> Parts:
    """Take a network apart."""
    maps_of = keras.Model(network.inputs[0], network.get_layer("pool_2").output)
    return Parts(maps_of, *network.layers[-1].get_weights())


def gradient(parts: Parts, maps: Floats, classes: Floats) -> Floats:
    """Differentiate each image's logit of its class with respect to the last maps."""
    given = tf.constant(maps)
    with tf.GradientTape() as tape:
        tape.watch(given)
        logits = tf.gather(parts.logits_from(given), classes, axis=1, batch_dims=1)
    return tape.gradient(logits, given).numpy()


def summed(products: Floats) -> Floats:
    """Add up over the maps, one after the other, as `class_evidence` does."""
    return np.cumsum(products, axis=-1)[..., -1]


def kept(parts: Parts, images: Floats, scores: Floats) -> float:
    """Black out the cells of the highest scores; return the share of answers that stay."""
    n, _, across = scores.shape
    hidden = images.copy()
    order = np.argsort(-scores.reshape(n, -1), axis=1, kind="stable")[:, :BLACKENED]
    for image, cells in zip(hidden, order, strict=True):
        for row, column in zip(*divmod(cells, across), strict=True):
            top, left = CELL * row, CELL * column
            image[top : top + CELL, left : left + CELL] = 0
    before, after = (parts.logits(given).argmax(axis=1) for given in (images, hidden))
    return float((before == after).mean())


def compare(network: Any, images: Floats, seeds: range) -> tuple[list[list[float]], list[float]]:
    """Return the shares of answers kept, of chance one for each seed; then the checks."""
    parts, n = apart(network), len(images)
    maps, logits = parts.maps_of.predict(images, 500, verbose=0), parts.logits(images)
    classes = logits.argmax(axis=1)
    everything = class_evidence(maps, parts.weights)
    blank = class_evidence(parts.maps_of(np.zeros_like(images[:1])), parts.weights)
    raw, added = (
        np.take_along_axis(cells, classes[:, None, None, None], axis=3)[..., 0]
        for cells in (everything, everything - blank)
    )
    slopes = gradient(parts, maps, classes).astype(np.float64)
    cam = (maps * slopes.mean(axis=(1, 2), keepdims=True)).sum(axis=-1)
    ranked = [[kept(parts, images, scores)] for scores in (added, raw, cam)]
    chance = [np.random.default_rng(seed).random(raw.shape) for seed in seeds]
    pairs = zip(cam.reshape(n, -1), raw.reshape(n, -1), strict=True)
    checks = [
        np.abs(everything.sum(axis=(1, 2)) + parts.biases - logits).max(),
        np.abs(summed(maps * slopes) - raw).max(),
        np.mean([np.corrcoef(one, other)[0, 1] for one, other in pairs if one.std() > 0]),
        (cam.max(axis=(1, 2)) <= 0).mean(),
    ]
    return [*ranked, [kept(parts, images, scores) for scores in chance]], checks


def train_anew(images: Floats, labels: Floats, epochs: int, seed: int) -> Any:
    """Train a network of the same layers from fresh random weights."""
    keras.utils.set_random_seed(seed)
    network = build_untrained(NETWORK)
    network.compile(
        keras.optimizers.Adam(registry.LEARNING_RATE),
        "sparse_categorical_crossentropy",
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    network.fit(images, labels, 32, epochs, verbose=0)
    return network


def tables(*, quick: bool = False) -> list[Table]:
    """List the ways of ranking cells, then the checks."""
    n, seeds, n_train, epochs = QUICK if quick else FULL
    blackened = (
        "# Does the evidence show what an answer rests on?\n\n"
        f"Share of {n:,} validation images of Fashion-MNIST for which `{NETWORK}` keeps its answer "
        f"when {BLACKENED} of the 49 cells of {CELL} × {CELL} pixels are blackened: those that "
        f"count most for the answer, by each way of ranking them. Chance: "
        f"{counted(seeds, 'seed')}. Trained anew: networks of the same layers, from "
        f"{counted(seeds, 'seed')}, on {n_train:,} images for {counted(epochs, 'epoch')}. Mean "
        "(lowest to highest). Grad-CAM: before what is below 0 is cut off. The lower the share, "
        "the better a ranking finds what the answer rests on."
    )
    checks = (
        "The same images and networks; of the networks trained anew the worst case for a largest "
        "difference, and mean (lowest to highest) for the others."
    )
    header = [SHIPPED, ANEW]
    return [
        Table(blackened, ["Cells ranked by", *header], [(way,) for way in WAYS]),
        Table(checks, ["What is compared", *header], [(check,) for check in CHECKS]),
    ]


def measure(*, quick: bool = False) -> str:
    """Rank and blacken for each network."""
    n, seeds, n_train, epochs = QUICK if quick else FULL
    (images, labels), _ = load_dataset("fashion_mnist")
    learn, held_out, learn_labels, _ = train_test_split(
        images[..., None] / np.float32(255),
        labels,
        test_size=registry.VALIDATION_FRACTION,
        stratify=labels,
        random_state=registry.SPLIT_SEED,
    )
    held_out = held_out[:n]
    shares, checks = compare(build_trained(NETWORK), held_out, range(seeds))
    anew = [
        compare(
            train_anew(learn[:n_train], learn_labels[:n_train], epochs, seed),
            held_out,
            range(seed, seed + 1),
        )
        for seed in tqdm(range(seeds), desc="evidence")
    ]
    others, other_checks = zip(*anew, strict=True)
    by_way, by_check = tables(quick=quick)
    return page(
        by_way.filled(
            [_share(own), _share([share for other in found for share in other])]
            for own, *found in zip(shares, *others, strict=True)
        ),
        by_check.filled(
            [write([own]), write(found)]
            for write, own, *found in zip(CHECKS.values(), checks, *other_checks, strict=True)
        ),
    )

"""The checks of the exercises on evaluation: what is asked, known slips, and what is said."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from course_utils.checks.asking import Described
from course_utils.checks.check import Case, Check
from course_utils.checks.comparing import (
    HARD_CODED,
    Numbers,
    Slips,
    alike,
    as_arrays,
    is_numeric,
)
from course_utils.checks.forms import one_number, pair
from course_utils.checks.networks import MEANINGS, shipped_images
from course_utils.checks.probabilities import softmax
from course_utils.checks.showing import show
from course_utils.pretrained import load_weights

#: Why one answer per class does not fit the labels.
_ALONG_CLASSES = {
    "broadcast": "Does each image have one answer of its own? axis=0 runs down the columns, over "
    "the images; axis=1 runs over the classes."
}

# evaluate_file ----------------------------------------------------------------------------------

_N_IMAGES = 200  # that the network in a file is asked, in each case


@dataclass(frozen=True)
class Pictures(Described):
    """Which images the function is given: 200 of a data set's training images."""

    dataset: str
    first: int
    is_dim: bool = False  # taken in poor light: a third as bright

    @property
    def shown(self) -> str:
        """How a message writes it."""
        light = ", a third as bright" if self.is_dim else ""
        return f"{_N_IMAGES} uint8 images of {self.dataset}, from number {self.first}{light}"


#: The network in the file, images, labels, accuracy.
_FILES: list[Case] = [
    ("clothes_mlp", Pictures("fashion_mnist", 1_800), "theirs", 0.92),
    ("digits_mlp", Pictures("mnist", 900), "theirs", 0.97),
]


def load_pictures(pictures: Pictures) -> tuple[Numbers, Numbers]:
    """Take the images and their labels out of their data set."""
    images, labels = shipped_images(pictures.dataset, pictures.first, _N_IMAGES)
    return images // 3 if pictures.is_dim else images, labels


def calculate_logits(network: str, images: Numbers) -> Numbers:
    """Calculate in NumPy what the network in the file gives for these pixels."""
    weights = load_weights(network)
    rows = images.reshape(len(images), -1)
    hidden = np.maximum(rows @ weights["hidden_weights"] + weights["hidden_biases"], 0)
    return np.asarray(hidden @ weights["output_weights"] + weights["output_biases"])


@contextmanager
def _file_of_a_network(network: str, pictures: Pictures, _: str) -> Iterator[list[Any]]:
    """Write the network into a file, and take the images."""
    import keras

    weights = load_weights(network)
    layers = [
        keras.layers.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(10),
    ]
    saved = keras.Sequential(layers)
    saved.set_weights(list(weights.values()))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    saved.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    images, labels = load_pictures(pictures)
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / f"{network}.keras")
        saved.save(path)
        yield [path, images.copy(), labels.copy()]


def _file_slips(network: str, pictures: Pictures, _: str, accuracy: float) -> Slips:
    images, labels = load_pictures(pictures)
    logits = calculate_logits(network, images / 255)
    right = logits.argmax(axis=1) == labels
    probabilities = softmax(logits)
    loss = -np.log(probabilities[np.arange(len(labels)), labels]).mean()
    is_class = np.eye(probabilities.shape[1])[labels]

    def of_pixels(pixels: Numbers) -> float:
        return float((calculate_logits(network, pixels).argmax(axis=1) == labels).mean())

    return [
        ("The pixels are not scaled. In its training the network saw pixels divided by 255, and "
         "no error reminds you of that.", of_pixels(images)),
        ("The pixels are scaled twice. Divide them by 255 once.", of_pixels(images / 255 / 255)),
        ("The pixels are all 0 or 1, as whole-number division and uint8 make them. Divide with "
         "`/`, which gives fractions.", of_pixels(images // 255)),
        ("The pixels are divided by the highest value among them, or by that of each image. In its "
         "training the network saw pixels divided by 255, also where none was white.",
         of_pixels(images / images.max()),
         of_pixels(images / images.max(axis=(1, 2), keepdims=True))),
        ("That is the loss. Accuracy is the fraction of images that are classified correctly.",
         loss),
        ("Those are the loss and the accuracy, as `evaluate` gives them. Return the accuracy "
         "alone.", np.array([loss, accuracy])),
        ("Those are the outputs of the network. Its answer to an image is the class with the "
         "highest one.", logits, probabilities),
        ("Those are the answers, one per image. Compare them with the labels.",
         logits.argmax(axis=1)),
        ("That tells for each image whether it is classified correctly. Return the fraction.",
         right),
        ("That is the number of correct answers. Divide it by the number of images.", right.sum()),
        ("You divided by the number of images of a whole data set. Divide by the number of those "
         "that the function was given.", right.sum() / 10_000, right.sum() / 60_000),
        ("That is a percentage. Return a fraction, from 0 to 1.", 100 * accuracy),
        ("That is the fraction of wrong answers.", 1 - accuracy),
        ("That is the mean confidence. How confident a network is does not tell how often it is "
         "right.", probabilities.max(axis=1).mean()),
        ("Only right answers of which the network is sure are counted. Its answer is the class "
         "with the highest output, however sure of it the network is.",
         *((right & (probabilities.max(axis=1) > least)).mean() for least in (0.5, 0.9))),
        ("Only the answers of which the network is sure are looked at. Each image counts, however "
         "sure of its answer the network is.",
         *(right[probabilities.max(axis=1) > least].mean() for least in (0.5, 0.9))),
        ("That compares all ten outputs of an image with a one-hot row. An image has one answer, "
         "the class with the highest output, and it is either right or wrong.",
         ((logits > 0) == is_class).mean(), ((probabilities > 0.5) == is_class).mean()),
        ("Not one answer came out right, which is worse than chance. Are classes compared with the "
         "labels, or numbers of another kind, such as logits?", 0.0),
        *((HARD_CODED, case[-1]) for case in _FILES),
    ]  # fmt: skip


def _file_explained(received: Any, *case: Any) -> str:
    if not is_numeric(received) or np.ndim(received):
        return ""
    n = _N_IMAGES
    given, right = n * float(received), round(n * case[-1])
    if not 0 <= given <= n:
        return "A fraction of the images lies from 0 to 1."
    if abs(given - round(given)) > 0.001:
        return (
            f"{show(float(received))} of {n} images is no whole number of images, so that is not "
            "the fraction of them that is classified correctly. What is counted, and what is it "
            "divided by?"
        )
    than = f"{abs(round(given) - right)} {'fewer' if given < right else 'more'} than"
    return (
        f"{show(float(received))} would be {round(given)} right answers to {n} images, {than} the "
        "network in the file gives to images that are prepared as for its training. Are its "
        "weights left as they are? And which answers do you count as right?"
    )


check_evaluate_file = Check(
    "evaluate_file(path, images, labels)",
    _FILES,
    _file_slips,
    prepare=_file_of_a_network,
    form=one_number,
    explain=_file_explained,
    meanings={
        **_ALONG_CLASSES,
        "(?i)ufunc.*output from dtype|same_kind": "uint8 has no fractions, so the images cannot "
        "be scaled in place. Make a new array: images / 255.",
        **MEANINGS,
    },
)

# confusion --------------------------------------------------------------------------------------

#: Labels, predictions, number of classes, matrix. No image belongs to class 3.
_CONFUSION = as_arrays(
    (
        [0, 0, 0, 1, 1, 2, 2, 2],
        [0, 0, 1, 1, 1, 0, 2, 0],
        4,
        [[2, 1, 0, 0], [0, 2, 0, 0], [2, 0, 1, 0], [0, 0, 0, 0]],
    ),
    # more than a byte can count
    ([0] * 300 + [1, 1, 2], [0] * 300 + [1, 2, 2], 3, [[300, 0, 0], [0, 1, 1], [0, 0, 1]]),
)


def _confusion_slips(
    labels: Numbers, predictions: Numbers, n_classes: int, expected: Numbers
) -> Slips:
    right = np.asarray(expected)
    seen = np.union1d(labels, predictions)
    of_seen, once = right[np.ix_(seen, seen)], np.minimum(right, 1)
    shares = right / right.sum(axis=1, keepdims=True)
    return [
        ("The axes are swapped: a row is a true class, a column an answer.", right.T),
        ("In your matrix, a class that does not occur has no row of its own. The matrix should "
         "have n_classes rows and columns, whichever classes occur.", of_seen, of_seen.T),
        ("Each pair of classes is counted only once, however often it occurs. `matrix[a, b] += 1` "
         "with whole arrays adds 1 to a cell once, even if the cell is named twice.", once, once.T),
        ("Only correct answers are counted. The mistakes belong off the diagonal.",
         np.diag(right.diagonal())),
        ("Only correct answers are counted, in one row. Return a matrix.", right.diagonal()),
        ("Only the mistakes are counted. Correct answers belong on the diagonal.",
         right - np.diag(right.diagonal())),
        ("Those are fractions of each row. Return counts.", shares, np.nan_to_num(shares)),
        ("Those are fractions of all images. Return counts.", right / len(labels)),
        ("That is how many images each class has.", right.sum(axis=1)),
        ("Those are the right counts, but in one row. Return a matrix of shape (n_classes, "
         "n_classes).", right.ravel()),
        *((HARD_CODED, case[-1]) for case in _CONFUSION),
        ("Every value is 0. Count the pairs.", 0 * right),
        *_miscounted(right),
        ("The classes have moved: each is one place too early in the matrix, and class 0 in the "
         "last, where an index of 0 − 1 is. Classes count from 0.",
         np.roll(right, (-1, -1), (0, 1)), np.roll(right, -1, 0), np.roll(right, -1, 1)),
        *([("A count went past 255 and wrapped around, as counts that are kept in uint8 do.",
            right % 256)] if right.max() > 255 else []),
    ]  # fmt: skip


def _miscounted(right: Numbers) -> Slips:
    """List what is given by counting an image in more than one cell."""
    rows, columns = right.sum(axis=1, keepdims=True), right.sum(axis=0, keepdims=True)
    return [
        ("Each mistake is in two cells: its own, and the one that has row and column exchanged. A "
         "row is a true class and a column an answer, so only one of the two fits.",
         right + right.T - np.diag(right.diagonal())),
        ("An image is in every cell of its row and of its column. It belongs only where both fit: "
         "the row its true class, and the column its answer. Is an `|` or `or` where `&` or `and` "
         "belongs?", rows + columns - right, rows + columns),
    ]  # fmt: skip


def _all_counted(received: Any, labels: Numbers, *others: Any) -> str:
    """Demand that a table of the right shape holds every image."""
    n, fits = len(labels), is_numeric(received) and np.shape(received) == np.shape(others[-1])
    if not fits or np.isclose(total := np.sum(received), n):
        return ""
    each = "The only image" if n == 1 else f"Each of the {n} images"
    told = f"{each} belongs in one cell, but your matrix sums to {show(total)}."
    for name, *values in _miscounted(np.asarray(others[-1])):
        if any(alike(received, value) for value in values):
            return f"{told}\n{name}"
    return told


def _too_few_counts(labels: Numbers, predictions: Numbers, n_classes: int) -> dict[str, str]:
    """Say what an error means where np.bincount gives less than one count for each cell."""
    lasts = (one.max() for one in (labels * n_classes + predictions,
                                   predictions * n_classes + labels))  # fmt: skip
    return {
        rf"cannot reshape array of size {last + 1} into": "np.bincount counts up to the largest "
        f"number that occurs, and here that is {last}: {last + 1} counts for {n_classes**2} cells. "
        "Its argument minlength says how many counts there should be at least."
        for last in lasts
    }


_COUNTING = partial(
    Check,
    "confusion(labels, predictions, n_classes)",
    _CONFUSION,
    _confusion_slips,
    meanings=_too_few_counts,
)
check_confusion_shape = _COUNTING(
    part="the shape",
    demand=_all_counted,
    shape_only="One row for each true class, one column for each answer.",
)
check_confusion_values = _COUNTING(part="the counts", follows=check_confusion_shape)

# precision_and_recall ---------------------------------------------------------------------------

#: Matrix, precision, recall.
_PRECISION_AND_RECALL = as_arrays(
    ([[6, 2, 0], [1, 3, 0], [3, 1, 0]], [0.6, 0.5, np.nan], [0.75, 0.75, 0.0]),
    ([[3, 0], [1, 4]], [0.75, 1.0], [1.0, 0.8]),
    ([[4, 0, 1], [2, 2, 1], [0, 0, 0]], [0.66666667, 1.0, 0.0], [0.8, 0.4, np.nan]),
    ([[0, 2], [1, 3]], [0.0, 0.6], [0.0, 0.75]),  # a class that is answered, and never rightly
)


def _class_slips(own: int, matrix: Numbers, precision: Numbers, recall: Numbers) -> Slips:
    """List slips of precision (own axis 0) or recall (own axis 1)."""
    right, swapped = (precision, recall)[:: 1 - 2 * own]
    name, other = ("precision", "recall")[:: 1 - 2 * own]
    empty, line = (("is never answered", "column"), ("has no images", "row"))[own]
    across = ("row", "column")[own]
    counts = matrix.astype(np.float64)
    diagonal, total = counts.diagonal(), counts.sum()
    shares = counts / counts.sum(axis=1 - own, keepdims=True)
    nothing = f"A class that {empty} has no {name}: there is nothing to divide by. Give nan; "
    return [
        (f"That is {other}, not {name}. Look along the other axis: columns are answers, rows are "
         "true classes.", swapped, np.nan_to_num(swapped)),
        (f"{nothing}a 0 would look like a failure.", np.nan_to_num(right)),
        (f"{nothing}a 1 would look like a success.", np.where(np.isnan(right), 1.0, right)),
        (f"The class that {empty} is left out, so the shape has changed. Keep its position, with "
         "nan.",
         right[~np.isnan(right)]),
        ("The mean hides which class fails. Return one number per class.",
         np.nanmean(right)),
        ("That is the accuracy: all correct answers, divided by all images.",
         diagonal.sum() / total),
        (f"That divides by all images. Divide by those of one {line}.", diagonal / total),
        ("That counts the mistakes. The diagonal holds the correct answers.", 1 - right),
        (f"Your divisor holds the correct answers twice: the sum of a {line} has them already.",
         diagonal / (diagonal + counts.sum(axis=own))),
        (f"Your divisor holds only the wrong answers of a {line}. Divide by all of them, the right "
         "ones included: no share is above 1.",
         diagonal / (counts.sum(axis=own) - diagonal)),
        (f"Each divisor holds the sums of all {line}s before it, too, as if a total were never set "
         "back to 0.", diagonal / np.cumsum(counts.sum(axis=own))),
        (f"A class of which no image is recognised has a {name}, and it is 0: only where the sum "
         f"of its {line} is 0 is there nothing to divide by.", np.where(right == 0, np.nan, right)),
        (f"A class that has no {other} can have a {name} all the same. Each of the two has a "
         "divisor of its own.",
         np.where(np.isnan(swapped), np.nan, right)),
        ("That divides every cell. Only the diagonal holds correct answers.",
         counts / counts.sum(axis=own, keepdims=True)),
        (f"Each {across} was divided by its sum first, so that all classes count alike, however "
         "many images they have. Divide the counts themselves.",
         shares.diagonal() / shares.sum(axis=own),
         shares.diagonal() / np.nansum(shares, axis=own)),
        ("That is F1, which mixes precision and recall. Keep the two apart.",
         2 * right * swapped / (right + swapped)),
        ("That is the diagonal, not yet divided.", diagonal),
        ("That is in per cent. Return fractions, from 0 to 1.",
         100 * right, np.nan_to_num(100 * right)),
        ("The fractions have been rounded down to whole numbers, as // does. Divide with /.",
         np.floor(right), np.nan_to_num(np.floor(right))),
        *((HARD_CODED, case[1 + own]) for case in _PRECISION_AND_RECALL),
        ("Every value is 0. Where on the way do the counts of the matrix get lost?",
         np.zeros(len(counts))),
    ]  # fmt: skip


_OF_CLASSES = partial(
    Check,
    "precision_and_recall(matrix)",
    _PRECISION_AND_RECALL,
    form=pair("precision", "recall", stacked=True),
)
check_precision = _OF_CLASSES(partial(_class_slips, 0), part="the precision")
check_recall = _OF_CLASSES(
    partial(_class_slips, 1), part="the recall", result=1, follows=check_precision
)

# most_confident_mistakes ------------------------------------------------------------------------

_PER_CENT = [[90, 5, 5], [19, 80, 1], [30, 30, 40], [55, 25, 20], [5, 0, 95], [2, 60, 38]]
_SIX = np.array(_PER_CENT) / 100
#: Probabilities, labels, how many, indices of the mistakes.
_MISTAKES = [
    (_SIX, np.array([0, 0, 2, 1, 0, 0]), 3, np.array([4, 1, 5])),
    (_SIX[:4], np.array([0, 0, 2, 1]), 3, np.array([1, 3])),
]


def _mistakes_slips(probabilities: Numbers, labels: Numbers, k: int, expected: Numbers) -> Slips:
    sure = probabilities.max(axis=1)
    wrong = probabilities.argmax(axis=1) != labels
    places = np.flatnonzero(wrong)
    order = np.argsort(-sure[wrong])
    of_truth = probabilities[np.arange(len(labels)), labels]
    return [
        ("Those are indices into the mistakes alone. To look at an image, you need its index among "
         "all images.", order[:k]),
        ("The order is reversed: the most confident comes first.", places[order][:k][::-1]),
        ("Those are the least confident mistakes.", places[np.argsort(sure[wrong])][:k]),
        ("Those are the most confident answers, correct ones included.", np.argsort(-sure)[:k]),
        ("Those are the mistakes among the k most confident answers. Look for the most confident "
         "among the mistakes.", np.array([i for i in np.argsort(-sure)[:k] if wrong[i]], int)),
        ("Those are the most confident correct answers. Find the mistakes.",
         np.flatnonzero(~wrong)[np.argsort(-sure[~wrong])][:k]),
        ("That sorts by the probability of the true class. The confidence is that of the answer.",
         places[np.argsort(of_truth[wrong])][:k]),
        ("Those are confidences. Return the indices of the images.", sure[wrong][order][:k]),
        ("Those are the first mistakes, not yet sorted by confidence.", places[:k]),
        ("Those are all mistakes. Return the first k of them.", places[order]),
        ("You look for the image by its confidence, and find the first that has it. That may be a "
         "right answer. Keep the index beside the confidence.",
         np.array([np.flatnonzero(sure == sure[i])[0] for i in places[order][:k]], int)),
        ("That tells for each image whether it is a mistake. Return indices.", wrong),
        ("There are fewer than k mistakes. Then return fewer indices.",
         np.argsort(-np.where(wrong, sure, 0), kind="stable")[:k],
         np.argsort(-np.where(wrong, sure, 0))[:k]),
        ("Those are the wrong answers themselves. Return the indices of the images.",
         probabilities.argmax(axis=1)[places[order][:k]]),
        *((HARD_CODED, case[-1]) for case in _MISTAKES),
        ("Every value is 0. Look for the mistakes.", np.zeros(k)),
    ]  # fmt: skip


check_most_confident_mistakes = Check(
    "most_confident_mistakes(probabilities, labels, k)",
    _MISTAKES,
    _mistakes_slips,
    meanings={
        "only integer scalar arrays": "An array stands where one whole number is needed. An array "
        "of indices picks from an array, and not from a tuple or a list. Have you used np.where? "
        "It gives a tuple, and the array is its first item, [0].",
        **_ALONG_CLASSES,
    },
)

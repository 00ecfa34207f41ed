"""Known slips of the exercises on steps and batches: what each gives, and its name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils.checks import _training_samples as samples
from course_utils.checks._slips import Slips, lazy

_UPHILL = "You went uphill. The slope points to where the loss grows: go against it."
_NO_RATE = "The learning rate is missing. It says how much of the slope a step takes."
_CHANGE = "That is the change alone. The new value is the old one and its change."
_PER_BATCH = (
    "You added up over the batch. Take the mean: divide by the number of images, so that a larger "
    "batch does not make a larger step."
)
_NAMES = (
    "You subtracted the label itself. Labels are names: subtract the one-hot row from the "
    "probabilities."
)


def gradient_step_slips(weights: NDArray[Any], slopes: NDArray[Any], rate: float) -> Slips:
    """List what the known slips would make of these weights."""
    change = rate * slopes
    with np.errstate(all="ignore"):
        return [
            (_UPHILL, weights + change),
            (_NO_RATE, weights - slopes),
            (_NO_RATE, weights + slopes),
            (_CHANGE, change),
            (_CHANGE, -change),
            ("You subtracted the learning rate and left the slope out.", weights - rate),
            (
                "You moved every weight equally far. A step is as large as rate times slope: "
                "small where the loss is flat.",
                weights - rate * np.sign(slopes),
            ),
            (
                "You lost the sign of the slope. Where it is negative, the weight must grow.",
                weights - np.abs(change),
            ),
            ("You divided by the learning rate. Multiply.", weights - slopes / rate),
            ("You multiplied by the weights as well.", weights - change * weights),
            ("You multiplied by the weights as well.", weights * change),
            ("Weights and slopes are swapped.", slopes - rate * weights),
            (
                "You took one mean slope for all. Each weight has its own slope.",
                weights - change.mean(),
            ),
            (
                "You took one sum of slopes for all. Each weight has its own slope.",
                weights - change.sum(),
            ),
            ("The learning rate belongs to the slope alone.", rate * (weights - slopes)),
            ("The weights have not changed.", weights),
            ("Those are the slopes.", slopes),
            *lazy(weights.shape, [case[-1] for case in samples.GRADIENT_STEP]),
        ]


def count_updates_slips(n_images: int, batch_size: int, epochs: int) -> Slips:
    """List what the known slips would count."""
    whole, exact = n_images // batch_size, n_images / batch_size
    last = (
        "The last, smaller batch of an epoch is missing. It is an update, too."
        if n_images % batch_size
        else ""
    )
    return [
        ("An epoch is not one update. Each batch is one.", epochs),
        (last, whole * epochs),
        (last, round(exact) * epochs),
        ("You gave each epoch a batch too many.", (whole + 1) * epochs),
        ("That is not a whole number. There is no part of an update.", exact * epochs),
        (
            "A batch does not go on into the next epoch: round up in each epoch, then multiply.",
            -(-n_images * epochs // batch_size),
        ),
        (
            "A batch does not go on into the next epoch: round up in each epoch, then multiply.",
            n_images * epochs // batch_size,
        ),
        ("That is one epoch. They are all to be counted.", -(-n_images // batch_size)),
        ("You counted images. A whole batch makes one update.", n_images * epochs),
        ("You counted images. A whole batch makes one update.", n_images),
        ("The batch size does not multiply the updates.", batch_size * epochs),
        ("The batch size does not multiply the updates.", n_images * batch_size * epochs),
        *lazy((), [case[-1] for case in samples.COUNT_UPDATES]),
    ]


class StepSlips:
    """What the known slips would make of one step of a softmax layer."""

    def __init__(
        self,
        inputs: NDArray[Any],
        labels: NDArray[Any],
        weights: NDArray[Any],
        biases: NDArray[Any],
        rate: float,
    ) -> None:
        n, n_classes = len(inputs), weights.shape[1]
        logits = inputs @ weights + biases
        table = np.eye(n_classes)[labels]
        shares = _softmax(logits)
        error = shares - table
        self._variants = [
            (_UPHILL, -rate * error / n),
            (_PER_BATCH, rate * error),
            (_NO_RATE, error / n),
            (
                "Softmax is missing. The one-hot rows are subtracted from probabilities, not from "
                "logits.",
                rate * (logits - table) / n,
            ),
            (_NAMES, rate * (shares - labels[:, None]) / n),
            (
                "You left the labels out. What counts is probabilities minus one-hot rows.",
                rate * shares / n,
            ),
            (
                "Softmax went down the columns. Each image, a row, has its own probabilities.",
                rate * (_softmax(logits.T).T - table) / n,
            ),
            (
                "You shared one softmax among the whole batch. Each row has its own.",
                rate * (_softmax(logits.reshape(1, -1)).reshape(logits.shape) - table) / n,
            ),
            (
                "That is the sigmoid of each logit. This layer has softmax.",
                rate * (1 / (1 + np.exp(-logits)) - table) / n,
            ),
            ("You divided by the number of images twice.", rate * error / n / n),
            (
                "You divided by the number of classes as well. The mean is over images.",
                rate * error / n / n_classes,
            ),
            (
                "You used the first image alone. All of the batch counts.",
                rate * error / n * (np.arange(n) == 0)[:, None],
            ),
        ]
        self._inputs, self._weights, self._biases = inputs, weights, biases
        self._error, self._rate = error / n, rate

    def of_weights(self) -> Slips:
        """List the weights that slips would give."""
        gradient = self._inputs.T @ self._error
        return [
            *((hint, self._weights - self._inputs.T @ part) for hint, part in self._variants),
            ("You left the weights as they were.", self._weights),
            (_CHANGE, self._rate * gradient),
            (_CHANGE, -self._rate * gradient),
            ("That is the slope of the loss. Take a step against it.", gradient),
            *lazy(self._weights.shape, [case[5] for case in samples.TRAIN_STEP]),
        ]

    def of_biases(self) -> Slips:
        """List the biases that slips would give."""
        gradient = self._error.sum(axis=0)
        return [
            (
                "The biases have not moved. They learn, too, and each has a slope of its own.",
                self._biases,
            ),
            *((hint, self._biases - part.sum(axis=0)) for hint, part in self._variants),
            (_CHANGE, self._rate * gradient),
            (_CHANGE, -self._rate * gradient),
            ("That is the slope of the loss. Take a step against it.", gradient),
            *lazy(self._biases.shape, [case[6] for case in samples.TRAIN_STEP]),
        ]


def _softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Turn rows of numbers into probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)

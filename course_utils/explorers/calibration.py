"""Does confidence match accuracy? A reliability diagram, its bins, and a temperature."""

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import GREY
from course_utils.evaluation import calibration_table
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals
from course_utils.plots import plot_reliability

_MOST_IMAGES, _MOST_CLASSES = 20_000, 12
_STEPS = 256  # to a difference of 1 between two logits
_LARGEST = 65_535  # of a difference, in these steps


def confidences_at(below: bytes, n_classes: int, temperature: float) -> list[float]:
    """Return the highest softmax probability, from how far logits lie below the highest."""
    # As floats first: minus an unsigned number wraps round.
    differences = np.frombuffer(below, "<u2").reshape(-1, n_classes).astype(np.float64)
    powers = np.exp(differences * (-1 / (_STEPS * temperature)))
    return (1 / powers.sum(axis=1)).tolist()


def reliability(confidences: list[float], correct: bytes, n_bins: int) -> list[list[float]]:
    """Compare confidence with accuracy in bins: [count, mean confidence, accuracy] of each."""
    table = calibration_table(confidences, np.frombuffer(correct, np.uint8), n_bins)
    columns = (table.counts, table.confidences, table.accuracies)
    return np.nan_to_num(np.array(columns, float)).T.tolist()


def calibration_error(bins: list[list[float]]) -> float:
    """Return the expected calibration error: the mean gap, each bin counted by its answers."""
    total = sum(count for count, _, _ in bins)
    return sum(count * abs(sure - right) for count, sure, right in bins) / total


def verdict(mean_confidence: float, accuracy: float) -> str:
    """Tell whether the answers are too confident."""
    if mean_confidence - accuracy > 0.01:
        return "overconfident"
    if accuracy - mean_confidence > 0.01:
        return "underconfident"
    return "about as confident as it is accurate"


class Calibration(Explorer):
    """A reliability diagram of a network's logits, at a temperature."""

    scene = "calibration.js"
    lessons = ("evaluation",)

    below = traitlets.Bytes().tag(sync=True)
    correct = traitlets.Bytes().tag(sync=True)
    n_classes = traitlets.Int(2).tag(sync=True)
    temperature = traitlets.Float(1.0, min=0.2, max=4.0).tag(
        sync=True, label="temperature", step=0.1, format=".1f"
    )
    n_bins = traitlets.Int(10, min=2, max=30).tag(sync=True, label="number of bins")

    @property
    def bins(self) -> list[list[float]]:
        """Count, mean confidence and accuracy of each bin."""
        sure = confidences_at(self.below, self.n_classes, self.temperature)
        return reliability(sure, self.correct, self.n_bins)

    def sentence(self) -> str:
        """Give the mean confidence, the accuracy and the expected calibration error."""
        bins = self.bins
        total = len(self.correct)
        sure = sum(count * mean for count, mean, _ in bins) / total
        right = sum(self.correct) / total
        return (
            f"At temperature {self.temperature:.1f} the mean confidence is {decimals(sure, 3)} and "
            f"the accuracy is {decimals(right, 3)}, so the network is {verdict(sure, right)}. The "
            f"expected calibration error with {self.n_bins} bins is "
            f"{decimals(calibration_error(bins), 3)}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the reliability diagram, and how many answers each bin holds."""
        sure = confidences_at(self.below, self.n_classes, self.temperature)
        correct = np.frombuffer(self.correct, np.uint8)
        left, right = figure.subplots(1, 2)
        plot_reliability(sure, correct, n_bins=self.n_bins, ax=left)
        table = calibration_table(sure, correct, self.n_bins)
        right.stairs(100 * table.counts / len(correct), table.edges, fill=True, color=GREY)
        right.set(xlabel="confidence", ylabel="% of the answers", xlim=(0, 1), ylim=(0, 100))
        right.set_title(f"temperature {self.temperature:.1f}", fontsize=10)


def explore_calibration(
    logits: ArrayLike, labels: ArrayLike, temperature: float = 1.0, n_bins: int = 10
) -> Calibration:
    """Compare a network's confidence with its accuracy, and change it by a temperature.

    Parameters
    ----------
    logits : array_like of shape (n, n_classes)
        What the last layer gives before softmax. At most 20,000 images and 12 classes.
    labels : array_like of shape (n,), integer
        The true classes, 0 to ``n_classes - 1``.
    temperature : float, default 1
        The logits are divided by it before softmax; 0.2 to 4.
    n_bins : int, default 10
        From 2 to 30.

    Returns
    -------
    Calibration
        Its traits are ``temperature`` and ``n_bins``.

    Raises
    ------
    TypeError
        If `logits` does not hold numbers, `temperature` is not a number, or `n_bins` is not a
        whole number.
    ValueError
        If logits and labels do not fit together, the logits are probabilities, or a value is out
        of its range.

    Notes
    -----
    Dividing the logits by one number is temperature scaling, due to C. Guo, G. Pleiss, Y. Sun and
    K. Q. Weinberger (2017), "On Calibration of Modern Neural Networks". Choose the number on
    validation images. Differences between logits are sent to the browser in steps of 1/256.

    Examples
    --------
    >>> explore_calibration([[4.0, 0.0], [3.0, 0.0]], [0, 1], n_bins=2)
    Calibration: At temperature 1.0 the mean confidence is 0.967 and the accuracy is 0.500, so ...
    """
    rows = _arguments.finite_array("logits", logits)
    n_classes = rows.shape[1] if rows.ndim == 2 else 0
    if not (2 <= n_classes <= _MOST_CLASSES and len(rows) <= _MOST_IMAGES):
        raise ValueError(
            f"`logits` must have shape (n, n_classes), with 2 to {_MOST_CLASSES} classes and at "
            f"most {_MOST_IMAGES} images; got {rows.shape}. Pass one row per image."
        )
    if rows.min() >= 0 and np.allclose(rows.sum(axis=1), 1, atol=1e-3):
        raise ValueError(
            "`logits` must be what the last layer gives before softmax; got rows that sum to 1. "
            "If they are probabilities, pass their logarithm, np.log(probabilities)."
        )
    true = _arguments.label_vector(labels)
    if len(true) != len(rows) or true.min() < 0 or true.max() >= n_classes:
        raise ValueError(
            f"`labels` must be {len(rows)} classes from 0 to {n_classes - 1}, one per row of "
            f"logits; got {len(true)} from {true.min()} to {true.max()}. "
            "Take both from the same split."
        )
    return Calibration(
        below=_steps_below(rows).tobytes(),
        correct=(rows.argmax(axis=1) == true).astype(np.uint8).tobytes(),
        n_classes=n_classes,
        temperature=temperature,
        n_bins=n_bins,
    )


def _steps_below(logits: NDArray) -> NDArray[np.uint16]:
    """Write how far each logit lies below the highest of its row."""
    differences = logits.max(axis=1, keepdims=True).astype(np.float64) - logits
    return np.minimum(np.round(differences * _STEPS), _LARGEST).astype("<u2")

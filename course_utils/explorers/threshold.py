"""A threshold on the confidence: how many answers it leaves, and how many of them are right."""

from collections.abc import Sequence

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLACK, BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.mathematics.tallies import HIGHEST, curve, tally
from course_utils.plots import plot_confusion

_MOST_IMAGES, _MOST_CLASSES = 20_000, 12


def percentage(part: int, whole: int) -> str:
    """Write a fraction in per cent with one decimal, rounded as in JavaScript."""
    if whole == 0:
        return "none"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10} %"


def mistaken_for(row: Sequence[int], true_class: int, names: Sequence[str]) -> str:
    """List the wrong answers, at most two, that a class is most often given."""
    wrong = [(-count, k) for k, count in enumerate(row) if count and k != true_class]
    return ", ".join(f"{-count} as {names[k]}" for count, k in sorted(wrong)[:2]) or "none"


class Threshold(Explorer):
    """A threshold on the confidence: coverage, accuracy of what is answered, confusions."""

    scene = "threshold.js"
    lessons = ("evaluation", "capstone")

    levels = traitlets.Bytes().tag(sync=True)
    answers = traitlets.Bytes().tag(sync=True)
    labels = traitlets.Bytes().tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    threshold = traitlets.Int(0, min=0, max=HIGHEST).tag(sync=True, label="minimum confidence, %")
    true_class: str

    def __init__(
        self,
        levels: NDArray[np.uint8],
        answers: NDArray[np.uint8],
        labels: NDArray[np.uint8],
        class_names: Sequence[str],
        threshold: int,
        true_class: str,
    ) -> None:
        # Each explorer has its own classes, so its slider of names has its own values.
        self.add_traits(
            true_class=traitlets.Enum(tuple(class_names), class_names[0]).tag(label="true class")
        )
        super().__init__(
            levels=levels.tobytes(),
            answers=answers.tobytes(),
            labels=labels.tobytes(),
            class_names=list(class_names),
            threshold=threshold,
            true_class=true_class,
        )

    @property
    def matrix(self) -> list[list[int]]:
        """The confusion matrix of what is answered. Row: true class."""
        n_classes = len(self.class_names)
        return tally(self.levels, self.answers, self.labels, self.threshold, n_classes)

    def sentence(self) -> str:
        """Tell how much is answered, how much of it is right, and the same for one class."""
        answered, right = curve(self.levels, self.answers, self.labels)
        n, n_right, n_all = answered[self.threshold], right[self.threshold], len(self.levels)
        own = self.class_names.index(self.true_class)
        row = self.matrix[own]
        of_these = (
            f"and {percentage(n_right, n)} of these answers are right"
            if n
            else "so there is no accuracy"
        )
        return (
            f"With a confidence of at least {self.threshold} %, the network answers {n} of {n_all} "
            f"images ({percentage(n, n_all)}), {of_these}. Of the class {self.true_class} it "
            f"answers {sum(row)} of {self.labels.count(own)} images, "
            f"{percentage(row[own], sum(row))} of them correctly; most common mistakes: "
            f"{mistaken_for(row, own, self.class_names)}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw coverage and accuracy over the threshold, beside the confusion matrix."""
        lines, table = figure.subplots(1, 2, width_ratios=(2, 3))
        answered, right = (np.array(row) for row in curve(self.levels, self.answers, self.labels))
        thresholds = np.arange(len(answered))
        held = answered > 0
        lines.plot(thresholds, 100 * answered / answered[0], color=BLUE, label="answered")
        lines.plot(
            thresholds[held],
            100 * right[held] / answered[held],
            "--",
            color=ORANGE,
            label="of these right",
        )
        lines.axvline(self.threshold, color=BLACK, linewidth=1)
        lines.set(xlabel="minimum confidence, %", ylabel="%", ylim=(0, 105))
        lines.legend(fontsize=8, loc="lower left")
        plot_confusion(self.matrix, self.class_names, numbers=False, ax=table)
        table.tick_params(labelsize=7)
        own = self.class_names.index(self.true_class)
        table.get_yticklabels()[own].set_fontweight("bold")


def explore_threshold(
    probabilities: ArrayLike,
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    threshold: int = 0,
    true_class: str | None = None,
) -> Threshold:
    """Let a network answer only when it is confident, and see what that leaves.

    Parameters
    ----------
    probabilities : array_like of shape (n, n_classes)
        Outputs of the network, 0 to 1. At most 20,000 images and 12 classes.
    labels : array_like of shape (n,), integer
        The true classes, 0 to ``n_classes - 1``.
    class_names : sequence of str, optional
        Different names, one per class. Without it, the classes are numbered.
    threshold : int, default 0
        Minimum confidence in per cent, 0 to 99.
    true_class : str, optional
        The class that the sentence describes; by default the first.

    Returns
    -------
    Threshold
        Its traits are ``threshold`` and ``true_class``.

    Raises
    ------
    TypeError
        If `probabilities` does not hold numbers, `class_names` is not a list of names, or
        `threshold` is not a whole number.
    ValueError
        If probabilities, labels and names do not fit together, or a value is out of its range.

    Examples
    --------
    >>> explore_threshold([[0.9, 0.1], [0.6, 0.4]], [0, 1], ["cat", "dog"], threshold=80)
    Threshold: With a confidence of at least 80 %, the network answers 1 of 2 images (50.0 %), ...
    """
    rows = _arguments.finite_array("probabilities", probabilities)
    n_classes = rows.shape[1] if rows.ndim == 2 else 0
    if not (2 <= n_classes <= _MOST_CLASSES and len(rows) <= _MOST_IMAGES):
        raise ValueError(
            f"`probabilities` must have shape (n, n_classes), with 2 to {_MOST_CLASSES} classes "
            f"and at most {_MOST_IMAGES} images; got {rows.shape}. Pass one row per image."
        )
    if rows.min() < 0 or rows.max() > 1 + 1e-6:
        raise ValueError(
            f"`probabilities` must lie between 0 and 1; got {rows.min():g} to {rows.max():g}. "
            "If they are logits, apply softmax first."
        )
    true = _arguments.same_length("labels", _arguments.label_vector(labels), "probabilities", rows)
    names = _arguments.names_or_numbers("class_names", class_names, n_classes)
    _require_different(names)
    _arguments.class_names_for(true, names)
    # The highest whole per cent that the confidence reaches: exact for each value of the slider.
    steps = np.arange(101) / 100
    levels = np.searchsorted(steps, rows.max(axis=1).astype(np.float64), side="right") - 1
    return Threshold(
        levels.astype(np.uint8),
        rows.argmax(axis=1).astype(np.uint8),
        true.astype(np.uint8),
        names,
        threshold=threshold,
        true_class=names[0] if true_class is None else true_class,
    )


def _require_different(names: list[str]) -> None:
    """Require names that differ, because a slider tells classes apart by name."""
    if len(set(names)) < len(names):
        raise ValueError(
            f"`class_names` must be {len(names)} different names; got {names}. "
            "Give each class its own."
        )

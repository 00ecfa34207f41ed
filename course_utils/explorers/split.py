"""Which images a seed holds out, and how many of each class are among them."""

from collections.abc import Sequence

import numpy as np
import traitlets
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from course_utils import _arguments
from course_utils._palette import BLUE, GREY, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.mathematics.shuffling import shuffled

_MOST_LABELS = 2000  # as many as are shuffled at every step of a slider
_MOST_CLASSES = 12  # as many bars as can be read
_SHOWN = 40


def count_by_class(labels: Sequence[int], classes: int) -> list[int]:
    """Count the labels of each class."""
    return np.bincount(np.array(list(labels), dtype=np.intp), minlength=classes).tolist()


def quotas(counts: Sequence[int], held_out: int) -> list[int]:
    """Divide the held-out images among the classes by largest remainders."""
    total = sum(counts)
    shares = [count * held_out // total for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda c: (-(counts[c] * held_out % total), c))
    for label in by_remainder[: held_out - sum(shares)]:
        shares[label] += 1
    return shares


def held_out_positions(
    labels: Sequence[int], classes: int, percent: int, seed: int, stratified: bool
) -> list[int]:
    """Choose which images to hold out."""
    held_out = max(1, (len(labels) * percent + 50) // 100)
    order = shuffled(len(labels), seed)
    if not stratified:
        return order[:held_out]
    left = quotas(count_by_class(labels, classes), held_out)
    chosen = []
    for position in order:
        if left[labels[position]] > 0:
            left[labels[position]] -= 1
            chosen.append(position)
    return chosen


class Split(Explorer):
    """A held-out part of the labels, and how many of each class it contains."""

    scene = "split.js"
    lessons = ("loading_data",)

    labels = traitlets.Bytes().tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    percent = traitlets.Int(5, min=1, max=50).tag(sync=True, label="held out, %")
    seed = traitlets.Int(48, min=0, max=99).tag(sync=True, label="seed")
    stratified = traitlets.Bool(False).tag(sync=True, label="stratified")

    def held_out(self) -> list[int]:
        """Return the indices of the held-out images."""
        classes = len(self.class_names)
        return held_out_positions(self.labels, classes, self.percent, self.seed, self.stratified)

    def held_out_counts(self) -> list[int]:
        """Count the held-out images of each class."""
        return count_by_class([self.labels[i] for i in self.held_out()], len(self.class_names))

    def sentence(self) -> str:
        """Compare the rarest and the most common class among the held-out images."""
        counts = self.held_out_counts()
        fewest, most = min(counts), max(counts)
        how = "class by class (stratified)" if self.stratified else "at random (not stratified)"
        held_out = f"Seed {self.seed} holds out {sum(counts)} of {len(self.labels)} images {how}"
        if fewest == most:
            return f"{held_out}. Every class has {most} of them, a difference of 0."
        rarest, most_common = (self.class_names[counts.index(count)] for count in (fewest, most))
        return (
            f"{held_out}. Of these, {rarest} has the fewest, {fewest}, and {most_common} has the "
            f"most, {most}, a difference of {most - fewest}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the held-out images of each class beside their fair share."""
        counts = self.held_out_counts()
        everything = np.array(count_by_class(self.labels, len(counts)))
        fair = everything * sum(counts) / len(self.labels)
        axes, strip = figure.subplots(2, 1, height_ratios=[8, 1])
        rows = np.arange(len(counts))
        axes.bar_label(axes.barh(rows, counts, color=BLUE), padding=6, fontsize=9)
        ends = (fair, rows - 0.45, rows + 0.45)
        axes.vlines(*ends, color="white", linewidth=5)
        axes.vlines(*ends, color=ORANGE, linestyle="--", linewidth=2)
        axes.set_yticks(rows, self.class_names, fontsize=9)
        axes.invert_yaxis()
        how = "stratified" if self.stratified else "not stratified"
        title = f"Held out: {self.percent} %, seed {self.seed}, {how} (dashed: the fair share)"
        axes.set_title(title, fontsize=10)
        axes.tick_params(axis="x", labelsize=9)
        axes.margins(x=0.12)
        chosen = set(self.held_out())
        shown = range(min(_SHOWN, len(self.labels)))
        colours = [BLUE if i in chosen else "white" for i in shown]
        strip.bar(shown, 1, width=0.8, color=colours, edgecolor=GREY)
        strip.set_ylim(-0.1, 1.1)
        strip.axis("off")
        strip.set_title(f"The first {len(shown)} images: filled = held out", fontsize=9)


def explore_split(
    labels: ArrayLike,
    class_names: Sequence[str] | None = None,
    percent: int = 5,
    seed: int = 48,
    stratified: bool = False,
) -> Split:
    """Hold out a part of the images, and watch how many each class loses.

    Parameters
    ----------
    labels : array_like of shape (n,), integer
        From 0 to 11. If there are more than 2,000, the first 2,000 are used, so that the sliders
        keep up.
    class_names : sequence of str, optional
        The class that each label stands for. Without it, the labels themselves are shown.
    percent : int, default 5
        How many to hold out: 1 to 50 per cent.
    seed : int, default 48
        0 to 99.
    stratified : bool, default False
        Whether the same fraction of each class is held out.

    Returns
    -------
    Split
        Its traits are ``percent``, ``seed`` and ``stratified``.

    Raises
    ------
    TypeError
        If `class_names` is not a list of names, `percent` or `seed` is not a whole number, or
        `stratified` is neither True nor False.
    ValueError
        If the labels are not a row of whole numbers from 0, lack names, or a number is out of its
        range.

    Examples
    --------
    >>> explorer = explore_split([0, 0, 0, 0, 1, 1, 1, 1], percent=50, stratified=True)
    >>> explorer.held_out_counts()
    [2, 2]
    """
    row = _arguments.label_vector(labels)
    if row.size < 2:
        raise ValueError(
            f"`labels` must be at least two, so that a part can be held out; got {row.size}. "
            "Pass more labels."
        )
    if row.min() < 0 or row.max() >= _MOST_CLASSES:
        raise ValueError(
            f"`labels` must lie between 0 and {_MOST_CLASSES - 1}, because each class gets a bar; "
            f"got {row.min()} to {row.max()}. Choose the classes that you want to compare."
        )
    names = _arguments.class_names_for(row, class_names)
    if len(names) > _MOST_CLASSES:
        raise ValueError(
            f"`class_names` must be at most {_MOST_CLASSES}, because each class gets a bar; "
            f"got {len(names)}. Choose the classes that you want to compare."
        )
    return Split(
        labels=row[:_MOST_LABELS].astype(np.uint8).tobytes(),
        class_names=names,
        percent=percent,
        seed=seed,
        stratified=stratified,
    )

"""A network's answer, its label as a one-hot row and as an integer, and the loss of both."""

import math

import traitlets
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from course_utils._palette import BLUE, PALE_BLUE
from course_utils.explorers.base.explorer import Explorer

_NAMES = ("cat", "dog", "bird")


def answer_percents(dog_percent: int) -> list[int]:
    """Split 100 per cent: about a quarter of what dog leaves goes to cat, the rest to bird."""
    rest = 100 - dog_percent
    cat = rest // 4
    return [cat, dog_percent, rest - cat]


def true_class_loss(percents: list[int], label: int) -> float:
    """Calculate minus the natural logarithm of the true class's probability."""
    return -math.log(percents[label] / 100)


class LabelForms(Explorer):
    """An answer and a true class: the loss from the one-hot row and from the integer."""

    scene = "label_forms.js"
    lessons = ("one_hot_encoding",)

    dog_percent = traitlets.Int(70, min=2, max=96).tag(sync=True, label="probability of dog, %")
    label = traitlets.Int(1, min=0, max=2).tag(sync=True, label="label (true class)")

    def sentence(self) -> str:
        """Show how each form of the label leads to the loss."""
        percents = answer_percents(self.dog_percent)
        logs = [f"{true_class_loss(percents, index):.2f}" for index in range(3)]
        terms = " + ".join(f"{int(self.label == index)} × {logs[index]}" for index in range(3))
        return (
            f"The true class is {_NAMES[self.label]}. With its one-hot row the loss is {terms} = "
            f"{logs[self.label]}. The integer label picks the value at index {self.label}, "
            f"{logs[self.label]}, so both forms give the same loss."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the calculation as a table with the true class's column outlined."""
        percents = answer_percents(self.dog_percent)
        losses = [true_class_loss(percents, index) for index in range(3)]
        row = [int(self.label == index) for index in range(3)]
        cells = [
            [f"{percent / 100:.2f}" for percent in percents],
            [f"{loss:.2f}" for loss in losses],
            [str(number) for number in row],
            [f"{loss if number else 0:.2f}" for loss, number in zip(losses, row, strict=True)],
        ]
        axes = figure.subplots()
        axes.set_axis_off()
        table = axes.table(
            cells,
            rowLabels=["probability p", "−log p", "one-hot row", "product"],
            colLabels=[f"{index}: {name}" for index, name in enumerate(_NAMES)],
            cellLoc="center",
            bbox=Bbox.from_bounds(0.22, 0.18, 0.76, 0.8),
        )
        for line in range(5):
            table[line, self.label].set(facecolor=PALE_BLUE, edgecolor=BLUE, linewidth=2)
        loss = f"{losses[self.label]:.2f}"
        axes.text(
            0.5,
            0.04,
            f"sum of products {loss}  =  value {self.label} of −log p: {loss}",
            ha="center",
            transform=axes.transAxes,
            weight="bold",
        )


def explore_label_forms(dog_percent: int = 70, label: int = 1) -> LabelForms:
    """Change an answer and its label: one-hot and integer labels give the same loss.

    Parameters
    ----------
    dog_percent : int, default 70
        The probability that the answer gives to class 1, dog: 2 to 96 per cent.
    label : int, default 1
        The true class: 0 is cat, 1 dog, 2 bird.

    Returns
    -------
    LabelForms
        Its traits are ``dog_percent`` and ``label``.

    Raises
    ------
    TypeError
        If a value is not a whole number.
    ValueError
        If a value is out of its range.

    Examples
    --------
    >>> explore_label_forms(96, 1).sentence()[-48:]
    'index 1, 0.04, so both forms give the same loss.'
    """
    return LabelForms(dog_percent=dog_percent, label=label)

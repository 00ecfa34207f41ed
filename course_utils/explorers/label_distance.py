"""How far apart two labels are: as whole numbers, and as one-hot rows."""

import math
from collections.abc import Sequence

import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE, PALE_GREY
from course_utils.datasets import class_names
from course_utils.explorers.base.explorer import Explorer

_N_CLASSES = 10


def integer_distance(first: int, second: int) -> int:
    """Measure how far apart two labels lie on the number line."""
    return abs(first - second)


def one_hot_distance(first: int, second: int) -> float:
    """Measure the straight line between two one-hot rows: they differ by 1 in two columns."""
    return 0.0 if first == second else math.sqrt(2)


class LabelDistance(Explorer):
    """Two labels: their distance as integers beside their distance as one-hot rows."""

    scene = "label_distance.js"
    lessons = ("one_hot_encoding",)

    first = traitlets.Int(1, min=0, max=_N_CLASSES - 1).tag(sync=True, label="first label")
    second = traitlets.Int(9, min=0, max=_N_CLASSES - 1).tag(sync=True, label="second label")
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def sentence(self) -> str:
        """Give the names of the two classes, and both distances."""
        pair = (
            f"{self.names[self.first]} ({self.first}) and {self.names[self.second]} ({self.second})"
        )
        if self.first == self.second:
            return f"{pair} are the same class, so they are 0 apart in both forms."
        integer = integer_distance(self.first, self.second)
        one_hot = one_hot_distance(self.first, self.second)
        return f"{pair} are {integer} apart as integers and {one_hot:.2f} apart as one-hot rows."

    def draw(self, figure: Figure) -> None:
        """Draw both distances from the first label to each of the ten."""
        upper, lower = figure.subplots(2, sharex=True)
        integers = [integer_distance(self.first, label) for label in range(_N_CLASSES)]
        rows = [one_hot_distance(self.first, label) for label in range(_N_CLASSES)]
        self._draw_bars(upper, integers, "as integers", ORANGE)
        self._draw_bars(lower, rows, "as one-hot rows", BLUE)
        upper.set_title(f"Distance from {self.names[self.first]} ({self.first}, ▲) to each label")
        lower.set(xlabel="label", xticks=range(_N_CLASSES))

    def _draw_bars(self, axes: Axes, distances: Sequence[float], form: str, colour: str) -> None:
        """Draw a bar for each label, the second one filled, with its distance above it."""
        bars = axes.bar(range(_N_CLASSES), distances, color=PALE_GREY)
        bars[self.second].set(facecolor=colour, edgecolor="black", linewidth=1.5)
        distance = distances[self.second]
        axes.text(
            self.second,
            distance + (2.5 if self.first == self.second else 0),
            f"{round(distance, 2):g}",
            ha="center",
            va="bottom",
            weight="bold",
        )
        axes.text(self.first, 0.2, "▲", ha="center", va="bottom")
        axes.set(ylabel=form, yticks=[], ylim=(0, 1.35 * (_N_CLASSES - 1)))


def explore_label_distance(
    first: int = 1, second: int = 9, names: list[str] | None = None
) -> LabelDistance:
    """Move two labels, and compare their distance as integers and as one-hot rows.

    Parameters
    ----------
    first, second : int, default 1 and 9
        Labels, 0 to 9.
    names : list of str, optional
        Names of the ten classes; by default those of Fashion-MNIST.

    Returns
    -------
    LabelDistance
        Its traits are ``first`` and ``second``.

    Raises
    ------
    TypeError
        If a label is not a whole number, or `names` not a list of names.
    ValueError
        If a label is out of its range, or there are not ten names.

    Examples
    --------
    >>> explore_label_distance(1, 9)
    LabelDistance: Trouser (1) and Ankle boot (9) are 8 apart as integers and 1.41 apart as ...
    """
    given = class_names("fashion_mnist") if names is None else names
    names = _arguments.name_list("names", given, _N_CLASSES)
    return LabelDistance(first=first, second=second, names=names)

"""A label as a one-hot row: which column holds the 1, and what if there is no such column."""

import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, GREY, ORANGE
from course_utils.explorers.base.explorer import Explorer

_MOST = 12


def hot_column(label: int, n_classes: int) -> int | None:
    """Find the column where ``row[label] = 1`` writes the 1, or None if it is an IndexError."""
    if n_classes < 1:
        raise ValueError(
            f"`n_classes` must be at least 1; got {n_classes}. Pass the number of all classes."
        )
    if not -n_classes <= label < n_classes:
        return None
    return label % n_classes


def row_text(column: int, n_classes: int) -> str:
    """Write a row of zeros with a single 1."""
    return str([int(index == column) for index in range(n_classes)])


class OneHot(Explorer):
    """A label and a number of classes: the row, its sum, and its argmax."""

    scene = "one_hot.js"
    lessons = ("one_hot_encoding",)

    label = traitlets.Int(3, min=-1, max=_MOST - 1).tag(sync=True, label="label")
    n_classes = traitlets.Int(10, min=2, max=_MOST).tag(sync=True, label="number of classes")

    def sentence(self) -> str:
        """Give the row, its sum and its argmax, or why there is no row."""
        column = hot_column(self.label, self.n_classes)
        if column is None:
            return (
                f"Label {self.label} does not fit: {self.n_classes} classes have only "
                f"columns 0 to {self.n_classes - 1}, so NumPy raises an IndexError."
            )
        row = row_text(column, self.n_classes)
        if self.label < 0:
            return (
                f"Label {self.label} is not a class, but NumPy counts it from the end and gives "
                f"{row}, with sum 1 and argmax {column}: a wrong row without any error."
            )
        return (
            f"Label {self.label} of {self.n_classes} classes becomes {row}, with sum 1 and "
            f"argmax {column}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the row as boxes, and a label that does not fit as a dashed box beside them."""
        column = hot_column(self.label, self.n_classes)
        axes = figure.subplots()
        for index in range(self.n_classes):
            hot = index == column
            axes.bar(index, 1, 0.9, color=BLUE if hot else "white", edgecolor=GREY)
            colour = "white" if hot else "black"
            axes.text(index, 0.5, str(int(hot)), color=colour, ha="center", va="center", size=14)
        if column is None:
            axes.bar(self.label, 1, 0.9, fill=False, edgecolor=ORANGE, linestyle="--")
            axes.text(self.label, 0.5, "?", color=ORANGE, ha="center", va="center", size=14)
        axes.set(
            title="no row" if column is None else f"sum 1, argmax {column}",
            xlabel="column",
            xlim=(-0.6, max(self.n_classes - 1, self.label) + 0.6),
            xticks=range(max(self.n_classes, self.label + 1)),
            ylim=(-0.04, 1.04),
            yticks=[],
            aspect="equal",
        )
        axes.spines[:].set_visible(False)


def explore_one_hot(label: int = 3, n_classes: int = 10) -> OneHot:
    """Change a label and the number of classes, and watch the one-hot row.

    Parameters
    ----------
    label : int, default 3
        From -1 to 11. One that does not fit shows what goes wrong.
    n_classes : int, default 10
        From 2 to 12.

    Returns
    -------
    OneHot
        Its traits are ``label`` and ``n_classes``.

    Raises
    ------
    TypeError
        If a value is not a whole number.
    ValueError
        If a value is out of its range.

    Examples
    --------
    >>> explore_one_hot(1, 3)
    OneHot: Label 1 of 3 classes becomes [0, 1, 0], with sum 1 and argmax 1.
    """
    return OneHot(label=label, n_classes=n_classes)

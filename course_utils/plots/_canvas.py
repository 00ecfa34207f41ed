"""Where a plot is drawn: on the Axes or figure that is passed, or on a new pyplot figure."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course_utils import _arguments


def axes_or_new(ax: Axes | None, size: tuple[float, float] | None = None) -> Axes:
    """Return the given Axes, or those of a new figure of `size` inches."""
    if ax is None:
        return figure_or_new(None, size).subplots()
    if not isinstance(ax, Axes):
        raise TypeError(
            f"`ax` must be one Matplotlib Axes; got {type(ax).__name__}. "
            "Leave it out, or pass one of those that plt.subplots() returns."
        )
    return ax


def figure_or_new(figure: Figure | None, size: tuple[float, float] | None = None) -> Figure:
    """Return the given figure, or a new one, which a notebook shows even without `describe`."""
    if figure is None:
        import matplotlib.pyplot as plt

        return plt.figure(figsize=size, layout="constrained")
    if not isinstance(figure, Figure):
        raise TypeError(
            f"`figure` must be a Matplotlib Figure; got {type(figure).__name__}. "
            "Leave it out, or pass plt.figure()."
        )
    return figure


def grid_or_new(
    figure: Figure | None, n: int, n_columns: int, size: tuple[float, float], axes_each: int = 1
) -> NDArray[Any]:
    """Return Axes without frames row by row, `axes_each` for each of `n` parts of `size` inches."""
    n_columns = _arguments.whole_number("n_columns", n_columns, least=1)
    n_rows = -(-n // n_columns)
    sheet = figure_or_new(figure, (size[0] * n_columns, size[1] * n_rows))
    axes = sheet.subplots(n_rows, axes_each * n_columns, squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    return axes


def name_columns(ax: Axes, names: Sequence[str]) -> None:
    """Write a name below each column, slanted if the names would overlap."""
    slanted = max(map(len, names)) > 3
    rotation, side = (40, "right") if slanted else (0, "center")
    ax.set_xticks(range(len(names)), names, rotation=rotation, ha=side)

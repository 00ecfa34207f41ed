"""Where a plot is drawn: on what the caller gives, or on a new pyplot figure."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure


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

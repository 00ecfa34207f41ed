"""Networks as circles and lines, and their responses to a single input."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from course_utils import _arguments
from course_utils._palette import BLACK, BLUE, GREEN, GREY, ORANGE
from course_utils.plots._canvas import axes_or_new

_MOST_CIRCLES = 6  # a larger layer is drawn with a gap in it
_STYLES = ((BLUE, "-"), (ORANGE, "--"), (GREEN, ":"), (BLACK, "-."))


def plot_network(sizes: Sequence[int], ax: Axes | None = None) -> Axes:
    """Draw a network of dense layers: a circle for each number, a line for each weight.

    Parameters
    ----------
    sizes : sequence of int
        The number of inputs, then the neurons of each layer: ``[784, 128, 128, 10]``.
        A layer of more than six is drawn as six circles with a gap.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If a size is not a whole number, or `ax` is not Axes.
    ValueError
        If there are fewer than two sizes, or one of them is less than 1.

    Examples
    --------
    >>> axes = plot_network([2, 2, 2])
    >>> [text.get_text() for text in axes.texts]
    ['2', '2', '2']
    """
    if isinstance(sizes, str) or not isinstance(sizes, Sequence):
        raise TypeError(
            f"`sizes` must be a list of whole numbers; got {type(sizes).__name__}. "
            "Pass for instance [784, 128, 10]."
        )
    if len(sizes) < 2:
        raise ValueError(
            f"`sizes` must hold the inputs and at least one layer; got {len(sizes)} sizes. "
            "Pass for instance [784, 10]."
        )
    whole = [_arguments.whole_number(f"sizes[{i}]", size, 1) for i, size in enumerate(sizes)]
    ax = axes_or_new(ax, (6.4, 2.6))
    columns = [_heights(size) for size in whole]
    for x, (here, there) in enumerate(pairwise(columns)):
        for y in here:
            for y_next in there:
                ax.plot([x, x + 1], [y, y_next], color=GREY, linewidth=0.6, zorder=1)
    for x, (size, heights) in enumerate(zip(whole, columns, strict=True)):
        colour, marker = (ORANGE, "s") if x == 0 else (BLUE, "o")
        ax.scatter([x] * len(heights), heights, s=90, color=colour, marker=marker, zorder=2)
        if size > _MOST_CIRCLES:
            ax.scatter([x] * 3, [-0.22, 0, 0.22], s=5, color=BLACK, zorder=2)
        ax.text(x, -3.4, f"{size:,}", ha="center", va="center", fontsize=10)
    ax.set(xlim=(-0.4, len(whole) - 0.6), ylim=(-3.8, 3))
    ax.axis("off")
    return ax


def plot_responses(
    inputs: ArrayLike, responses: Mapping[str, ArrayLike], ax: Axes | None = None
) -> Axes:
    """Draw the outputs of several networks that have one input and one output.

    Parameters
    ----------
    inputs : array_like of shape (n,)
        The inputs.
    responses : mapping of str to array_like of shape (n,)
        The outputs by the network's name; at most four.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default on a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `responses` is not a mapping, or `ax` is not Axes.
    ValueError
        If the numbers are not finite or not equally many, or there are more than four names.

    Examples
    --------
    >>> axes = plot_responses([0, 1], {"straight": [0, 2]})
    >>> axes.get_xlabel()
    'input'
    """
    xs = _arguments.finite_array("inputs", inputs)
    named = _arguments.mapping("responses", responses)
    if len(named) > len(_STYLES):
        raise ValueError(
            f"`responses` must hold at most {len(_STYLES)} curves; got {len(named)}. "
            "Draw two plots."
        )
    ax = axes_or_new(ax, (5.6, 3.0))
    for (name, values), (colour, dashes) in zip(named.items(), _STYLES, strict=False):
        ys = _arguments.finite_array(f"responses[{name!r}]", values)
        if ys.shape != xs.shape:
            raise ValueError(
                f"`responses[{name!r}]` must have the shape of `inputs`, {xs.shape}; got "
                f"{ys.shape}. Give one output for each input."
            )
        ax.plot(xs, ys, dashes, color=colour, linewidth=2.2, label=name)
    ax.set(xlabel="input", ylabel="output")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False)
    return ax


def _heights(size: int) -> list[float]:
    """Return the heights of a layer's circles, with a gap in the middle if they do not fit."""
    if size > _MOST_CIRCLES:
        return [2.5, 1.7, 0.9, -0.9, -1.7, -2.5]
    step = 1.6 if size < 4 else 0.9
    return [((size - 1) / 2 - i) * step for i in range(size)]

"""A calculation as a graph: values go forward through it, derivatives backward."""

from collections.abc import Mapping
from itertools import pairwise

from matplotlib.axes import Axes

from course_utils import _arguments
from course_utils._palette import BLACK, BLUE, ORANGE, PALE_BLUE, PALE_ORANGE
from course_utils.plots._canvas import axes_or_new

_FORWARD = {"arrowstyle": "-|>", "color": BLUE, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
_BACKWARD = {**_FORWARD, "color": ORANGE, "linestyle": "--"}
#: Where an arrow lies between two boxes, as parts of the way from one to the next.
_LEAVES, _ARRIVES = 0.34, 0.66
_WEIGHTS_ABOVE, _GAP = 1.3, 0.28
_APART = 0.1  # from the middle to an arrow


def plot_backpropagation(
    steps: Mapping[str, tuple[float, float]],
    weights: Mapping[str, tuple[float, float, str]],
    ax: Axes | None = None,
) -> Axes:
    """Draw a chain of steps as boxes, with the value and the derivative that each passes on.

    Solid arrows lead forward and carry values; dashed arrows lead backward and carry derivatives
    of the last step.

    Parameters
    ----------
    steps : mapping of str to (float, float)
        For each step in order its value, and the derivative of the last step with respect to it.
    weights : mapping of str to (float, float, str)
        For each weight its value, its derivative, and the step that it enters.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    TypeError
        If `steps` or `weights` is not a mapping, or holds something else than numbers, or `ax` is
        not an Axes.
    ValueError
        If there is no step or no weight, or a weight enters a step that is not there.

    Examples
    --------
    >>> steps = {"x": (2, -24), "loss = (w · x)²": (36, 1)}
    >>> axes = plot_backpropagation(steps, {"w": (3, 24, "loss = (w · x)²")})
    >>> [text.get_text() for text in axes.texts][:3]
    ['x', 'loss = (w · x)²', 'w']
    """
    passed = {
        name: _pair(f"steps[{name!r}]", numbers)
        for name, numbers in _arguments.mapping("steps", steps).items()
    }
    places = {name: (float(i), 0.0) for i, name in enumerate(passed)}
    arrows = [
        (*way, passed[name]) for name, way in zip(passed, pairwise(places.values()), strict=False)
    ]
    for name, given in _arguments.mapping("weights", weights).items():
        if not isinstance(given, tuple | list) or len(given) != 3:
            raise TypeError(
                f"`weights[{name!r}]` must hold a value, a derivative and the step that the "
                f"weight enters; got {given!r}. Write all three in brackets."
            )
        step = _arguments.choice(f"weights[{name!r}][2]", given[2], passed)
        place = places[step][0], _WEIGHTS_ABOVE
        arrows.append((place, places[step], _pair(f"weights[{name!r}]", given[:2])))
        places[name] = place
    ax = axes_or_new(ax, (2.1 * len(passed), 2.9))
    for name, (x, y) in places.items():
        ground = PALE_BLUE if y == 0 else PALE_ORANGE
        box = {"boxstyle": "round,pad=0.4", "facecolor": ground, "edgecolor": BLACK}
        ax.text(x, y, name, ha="center", va="center", fontsize=10, bbox=box)
    for here, there, (value, derivative) in arrows:
        _draw_arrows(ax, here, there, _written(value), _written(derivative))
    ax.set(xlim=(-0.4, len(passed) - 0.55), ylim=(-0.6, _WEIGHTS_ABOVE + 0.35))
    ax.axis("off")
    return ax


def _draw_arrows(
    ax: Axes, here: tuple[float, float], there: tuple[float, float], value: str, derivative: str
) -> None:
    """Draw the way forward and, beside it, the way back, each with its number."""
    (x, y), is_level = here, here[1] == there[1]
    if is_level:
        start, end, aside = (x + _LEAVES, y), (x + _ARRIVES, y), (0.0, _APART)
        sides = ("center", "bottom"), ("center", "top")
    else:
        start, end, aside = (x, y - _GAP), (x, there[1] + _GAP), (-_APART / 2, 0.0)
        sides = ("right", "center"), ("left", "center")
    looks = (1, value, _FORWARD), (-1, derivative, _BACKWARD)
    for (sign, words, look), (ha, va) in zip(looks, sides, strict=True):
        ends = [(px + sign * aside[0], py + sign * aside[1]) for px, py in (start, end)][::sign]
        ax.annotate("", xy=ends[1], xytext=ends[0], arrowprops=look)
        at_x, at_y = ((start[i] + end[i]) / 2 + 2 * sign * aside[i] for i in (0, 1))
        ax.text(at_x, at_y, words, ha=ha, va=va, color=look["color"], fontsize=11)


def _pair(name: str, values: object) -> tuple[float, float]:
    """Demand a value and a derivative."""
    if not isinstance(values, tuple | list) or len(values) != 2:
        raise TypeError(
            f"`{name}` must hold a value and a derivative; got {values!r}. "
            "Write both in brackets, with a comma between them."
        )
    return _arguments.number(f"{name}[0]", values[0]), _arguments.number(f"{name}[1]", values[1])


def _written(number: float) -> str:
    """Write a number with at most two decimals and a true minus sign."""
    return f"{round(number, 2) + 0:g}".replace("-", "−")  # + 0 makes 0 of −0

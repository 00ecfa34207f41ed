"""What uint8 does with a sum that does not fit: it wraps around."""

import operator

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils.explorers.explorer import Explorer

_SIGNS = {"add": "+", "subtract": "−", "multiply": "×"}
_OPERATIONS = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul}


def wrap(value: int) -> int:
    """Put a whole number where uint8 puts it: on the circle of 256.

    Parameters
    ----------
    value : int
        Any whole number.

    Returns
    -------
    int
        From 0 to 255.

    Examples
    --------
    >>> wrap(300), wrap(-1)
    (44, 255)
    """
    return int(np.array(value).astype(np.uint8))


def exact(operation: str, first: int, second: int) -> int:
    """Calculate with whole numbers that have room.

    Parameters
    ----------
    operation : {'add', 'subtract', 'multiply'}
    first, second : int

    Returns
    -------
    int

    Examples
    --------
    >>> exact("add", 200, 100)
    300
    """
    return _OPERATIONS[operation](first, second)


class Wraparound(Explorer):
    """Two pixel values, one operation: what was meant, and what uint8 keeps."""

    scene = "wraparound.js"

    first = traitlets.Int(200, min=0, max=255).tag(sync=True, label="first pixel")
    second = traitlets.Int(100, min=0, max=255).tag(sync=True, label="second pixel")
    operation = traitlets.Enum(tuple(_SIGNS), "add").tag(label="operation")

    def sentence(self) -> str:
        """Say the sum that was meant and the one that uint8 keeps.

        Returns
        -------
        str
        """
        meant = exact(self.operation, self.first, self.second)
        kept = wrap(meant)
        sum_ = f"{self.first} {_SIGNS[self.operation]} {self.second} = {meant}"
        if kept == meant:
            return f"{sum_}, which fits into uint8."
        return f"{sum_}, but uint8 has room for 0 to 255 only and keeps {kept}."

    def draw(self, figure: Figure) -> None:
        """Draw both results as bars beside the limit of 255.

        Parameters
        ----------
        figure : matplotlib.figure.Figure
            An empty figure.
        """
        meant = exact(self.operation, self.first, self.second)
        axes = figure.subplots()
        bars = axes.barh(["uint8 keeps", "meant"], [wrap(meant), meant], color=["#c44f00", "#0072b2"])
        axes.bar_label(bars, padding=4)
        axes.axvspan(0, 255, color="#d6d6d6", zorder=0)
        axes.set(title="Grey: what uint8 can hold, 0 to 255", xlabel="value")
        axes.margins(x=0.15)


def explore_wraparound(first: int = 200, second: int = 100, operation: str = "add") -> Wraparound:
    """Move two pixel values and watch their sum wrap around.

    Parameters
    ----------
    first, second : int, default 200 and 100
        Pixel values, 0 to 255.
    operation : {'add', 'subtract', 'multiply'}, default 'add'

    Returns
    -------
    Wraparound
        Its traits are ``first``, ``second`` and ``operation``.

    Raises
    ------
    traitlets.TraitError
        If a value is out of its range.

    Examples
    --------
    >>> explore_wraparound(200, 100)
    Wraparound: 200 + 100 = 300, but uint8 has room for 0 to 255 only and keeps 44.
    """
    return Wraparound(first=first, second=second, operation=operation)

"""What uint8 does with a result that does not fit: it wraps around."""

import operator
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_utils._palette import BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer

_SIGNS = {"add": "+", "subtract": "−", "multiply": "×"}
_OPERATIONS = {"add": operator.add, "subtract": operator.sub, "multiply": operator.mul}
_MOST_TURNS = 3  # more would only blacken the dial


def wrap(value: int) -> int:
    """Return what uint8 keeps of a whole number: its remainder on the circle of 256."""
    return int(np.array(value).astype(np.uint8))


def exact(operation: str, first: int, second: int) -> int:
    """Calculate with whole numbers of any size."""
    return _OPERATIONS[operation](first, second)


def full_turns(value: int) -> int:
    """Count how often a whole number goes round the circle of 256; negative if it falls below 0."""
    return value // 256


def dial_arc(operation: str, first: int, second: int) -> tuple[int, int]:
    """Return the start and end of the line on the dial; of a long one, the last three rounds."""
    start = 0 if operation == "multiply" else first
    end = exact(operation, first, second)
    return max(start, end - _MOST_TURNS * 256), end


def wraps_in_words(value: int) -> str:
    """Describe how often, and which way, a whole number leaves the range of uint8."""
    times = abs(full_turns(value))
    if times == 0:
        return "no wraparound"
    how = "once" if times == 1 else f"{times} times"
    return f"{how} down past 0" if value < 0 else f"{how} up past 255"


class Wraparound(Explorer):
    """Two pixel values, one operation: the exact result, and what uint8 keeps."""

    scene = "wraparound.js"
    lessons = ("loading_data",)

    first = traitlets.Int(200, min=0, max=255).tag(sync=True, label="first pixel")
    second = traitlets.Int(100, min=0, max=255).tag(sync=True, label="second pixel")
    operation = traitlets.Enum(tuple(_SIGNS), "add").tag(label="operation")

    def sentence(self) -> str:
        """Give the exact result and the one that uint8 keeps."""
        meant = exact(self.operation, self.first, self.second)
        kept = wrap(meant)
        sum_ = f"{self.first} {_SIGNS[self.operation]} {self.second} = {meant}"
        if kept == meant:
            return f"{sum_}, which fits in uint8."
        return f"{sum_}, but uint8 can hold only 0 to 255 and keeps {kept}."

    def draw(self, figure: Figure) -> None:
        """Draw the way from start to result on a dial of 256 values."""
        meant = exact(self.operation, self.first, self.second)
        start, end = dial_arc(self.operation, self.first, self.second)
        values = np.linspace(start, end, 600)
        radii = 0.93 - 0.06 * np.abs(values - start) / 256
        angles = values / 256 * 2 * np.pi
        axes: Any = figure.add_subplot(projection="polar")
        axes.set_theta_zero_location("N")
        axes.set_theta_direction(-1)
        axes.set_rlim(0, 1)
        axes.grid(visible=False)
        axes.set_rticks([])
        axes.set_xticks(np.array([0, 64, 128, 192]) / 128 * np.pi, ["255 | 0", "64", "128", "192"])
        axes.plot(angles, radii, color=BLUE, linewidth=3)
        axes.plot(angles[0], radii[0], "o", color=BLUE, mfc="white", ms=8, mew=2.5)
        axes.plot(angles[-1], radii[-1], "D", color=ORANGE, ms=8)
        sum_ = f"{self.first} {_SIGNS[self.operation]} {self.second}\n= {meant}"
        words: dict[str, Any] = {"ha": "center", "va": "center", "transform": axes.transAxes}
        axes.text(0.5, 0.685, sum_, fontsize=11, **words)
        axes.text(0.5, 0.54, wraps_in_words(meant), fontsize=10, **words)
        axes.text(0.5, 0.44, "uint8 keeps", color=ORANGE, fontsize=10.5, **words)
        axes.text(0.5, 0.31, str(wrap(meant)), color=ORANGE, fontsize=18, weight="bold", **words)


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
    TypeError
        If a pixel value is not a whole number.
    ValueError
        If one is out of its range, or `operation` is not one of those above.

    Examples
    --------
    >>> explore_wraparound(200, 100)
    Wraparound: 200 + 100 = 300, but uint8 can hold only 0 to 255 and keeps 44.
    """
    return Wraparound(first=first, second=second, operation=operation)

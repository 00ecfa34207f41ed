"""A frame around pixels that is visible on black and on white."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course_utils._palette import ORANGE


def draw_frame(
    axes: Axes, top: int, left: int, height: int, width: int, thickness: float = 2
) -> None:
    """Draw an orange frame with a white one below it."""
    for colour, thick in (("white", 2 * thickness), (ORANGE, thickness)):
        axes.add_patch(
            Rectangle(
                (left - 0.5, top - 0.5),
                width,
                height,
                fill=False,
                edgecolor=colour,
                linewidth=thick,
            )
        )

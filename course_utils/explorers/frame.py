"""A frame around pixels, to be seen on black and on white."""

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle


def draw_frame(
    axes: Axes, top: int, left: int, height: int, width: int, thickness: float = 2
) -> None:
    """Draw an orange frame with a white one below it.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        Where an image is shown.
    top, left : int
        Row and column of the first pixel.
    height, width : int
        How many pixels the frame holds.
    thickness : float, default 2
        In points.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().subplots()
    >>> draw_frame(axes, top=1, left=0, height=2, width=3)
    >>> axes.patches[0].get_xy()
    (-0.5, 0.5)
    """
    for colour, thick in (("white", 2 * thickness), ("#c44f00", thickness)):
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

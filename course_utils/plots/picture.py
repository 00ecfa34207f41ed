"""A picture with a text alternative for readers who cannot see it."""

import base64
import html
import io

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from numpy.typing import NDArray

_DOTS_PER_INCH = 80


class Picture:
    """A still figure together with a sentence that describes it.

    Jupyter displays it as an HTML figure whose alternative text is the sentence. GitHub, print and
    screen readers get the same. A page in a dark theme may turn a chart's light and dark around,
    which it knows by the class ``course-chart``; a picture with pixels in it stays as it is.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure to show. It is drawn once, here, and not kept.
    sentence : str
        A description that can replace the figure.
    caption : bool, default False
        Whether the sentence is also shown below the figure.

    Raises
    ------
    TypeError
        If `figure` is not a Matplotlib Figure.
    ValueError
        If `sentence` is empty.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> Picture(Figure(), "An empty sheet.")
    An empty sheet.
    """

    def __init__(self, figure: Figure, sentence: str, *, caption: bool = False) -> None:
        if not isinstance(figure, Figure):
            raise TypeError(
                f"`figure` must be a Matplotlib Figure; got {type(figure).__name__}. "
                "Pass `axes.figure`."
            )
        if not isinstance(sentence, str) or not sentence.strip():
            raise ValueError(
                f"`sentence` must describe what the figure shows; got {sentence!r}. "
                "Write what you would tell somebody on the telephone."
            )
        self.sentence = sentence
        self.caption = caption
        self.has_pixels = bool(figure.findobj(AxesImage))
        buffer = io.BytesIO()
        # Without the version of Matplotlib in it, the file is the same each time, byte for byte.
        figure.savefig(
            buffer,
            format="png",
            dpi=_DOTS_PER_INCH,
            bbox_inches="tight",
            facecolor="white",
            metadata={"Software": None},
        )
        self.png = buffer.getvalue()

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        words = html.escape(self.sentence)
        data = base64.b64encode(self.png).decode()
        caption = f"<figcaption>{words}</figcaption>" if self.caption else ""
        image = f'<img alt="{words}" style="max-width: 100%" src="data:image/png;base64,{data}">'
        kind = "" if self.has_pixels else ' class="course-chart"'
        return f'<figure{kind} style="margin: 0">{image}{caption}</figure>'


def describe(axes: Axes | NDArray[np.object_], sentence: str) -> Picture:
    """Give a plot its alternative text, as the last line of a notebook cell.

    Parameters
    ----------
    axes : matplotlib.axes.Axes or array of Axes
        What a ``plot_`` function returned. Its whole figure is shown.
    sentence : str
        What the figure shows. Describe the content; do not write that it is a plot.

    Returns
    -------
    Picture
        Jupyter displays it. The pyplot figure is closed, so that it is not shown twice.

    Raises
    ------
    TypeError
        If `axes` has no figure.
    ValueError
        If `sentence` is empty.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> describe(Figure().subplots(), "Two empty axes, from 0 to 1.")
    Two empty axes, from 0 to 1.
    """
    import matplotlib.pyplot as plt

    first = axes.flat[0] if isinstance(axes, np.ndarray) and axes.size else axes
    figure = getattr(first, "figure", None)
    if not isinstance(figure, Figure):
        raise TypeError(
            f"`axes` must be Matplotlib Axes; got {type(axes).__name__}. "
            "Pass what a plot_ function returned."
        )
    picture = Picture(figure, sentence)
    plt.close(figure)
    return picture

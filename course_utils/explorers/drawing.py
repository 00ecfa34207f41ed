"""Draw a digit or a garment, and see how two trained networks classify it."""

from itertools import pairwise
from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE
from course_utils.datasets import class_names
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import decimals
from course_utils.explorers.mathematics.class_evidence import draw_evidence, reading
from course_utils.explorers.mathematics.network import as_floats, layer_outputs, packed, percent_of
from course_utils.explorers.mathematics.sheet import (
    DOTS,
    PIXELS,
    Sheet,
    fitted,
    reduced,
    shifted,
    stroke,
)

_NETWORKS = {"mnist": ("digits_mlp", "digits_cnn"), "fashion_mnist": ("clothes_mlp", "clothes_cnn")}
#: How each data set was made from its originals: the ink's longer side, centred by mass or not.
_FITS = {"mnist": (20, True), "fashion_mnist": (28, False)}
_FITTED = {
    "mnist": "scaled into 20 × 20 and centred by its mass, as MNIST's digits are",
    "fashion_mnist": "scaled to 28 pixels and centred, as Fashion-MNIST's clothes are",
}
_RADII = {"mnist": 4.5, "fashion_mnist": 11.0}  # of the pen, in dots
#: The drawings to begin with, a seven and trousers: corners of lines, in pixels.
_EXAMPLES: dict[str, list[list[tuple[float, float]]]] = {
    "mnist": [[(5, 7), (5, 16), (19, 10)]],
    "fashion_mnist": [[(4, 11), (4, 17)], [(5, 11), (24, 10)], [(5, 17), (24, 18)]],
}


def ranking(probabilities: NDArray[np.float64]) -> tuple[int, int]:
    """Find the two most probable classes."""
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    return int(first), int(second)


def shift_in_words(down: int, right: int) -> str:
    """Describe by how many pixels a picture is moved."""
    steps = [
        f"{abs(n)} {words[n < 0]}"
        for n, words in ((down, ("down", "up")), (right, ("right", "left")))
        if n
    ]
    return f"moved {' and '.join(steps)}" if steps else "not moved"


class Drawing(Explorer):
    """A sheet to draw on, the picture made of it, and how an MLP and a CNN classify it."""

    scene = "drawing.js"
    lessons = ("start_here", "convolutional_networks")
    shared = ("network.js", "class_evidence.js", "sheet.js")

    centred = traitlets.Bool(True).tag(sync=True, label="scale and centre the ink")
    down = traitlets.Int(0, min=-8, max=8).tag(sync=True, label="move down, pixels")
    right = traitlets.Int(0, min=-8, max=8).tag(sync=True, label="move right, pixels")
    evidence = traitlets.Bool(False).tag(sync=True, label="show the CNN's evidence")
    # The browser draws on while an echo of an earlier line would still be under way.
    drawing = traitlets.Bytes().tag(
        sync=True, echo_update=False, from_json=lambda value, widget: bytes(value)
    )
    pen: traitlets.List = traitlets.List([DOTS // 2, DOTS // 2, 0]).tag(
        sync=True, echo_update=False
    )
    example = traitlets.Bytes().tag(sync=True)
    radius = traitlets.Float().tag(sync=True)
    fit: traitlets.List = traitlets.List().tag(sync=True)
    networks: traitlets.List = traitlets.List().tag(sync=True)
    mlp = traitlets.Bytes().tag(sync=True)
    cnn = traitlets.Bytes().tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def sheet(self) -> Sheet:
        """Return the drawing as it is on the sheet: (112, 112), uint8."""
        return np.frombuffer(self.drawing, np.uint8).reshape(DOTS, DOTS)

    def image(self) -> NDArray[np.uint8]:
        """Return the picture that both networks get: (28, 28), uint8."""
        side, by_mass, _ = self.fit
        image = fitted(self.sheet(), side, by_mass) if self.centred else reduced(self.sheet())
        return shifted(image, self.down, self.right)

    def probabilities(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the ten probabilities of the MLP and those of the CNN."""
        image = self.image()
        mlp, cnn = (
            layer_outputs(layers, as_floats(weights), image)[-1].values
            for layers, weights in zip(self.networks, (self.mlp, self.cnn), strict=True)
        )
        return mlp, cnn

    def added(self) -> NDArray[np.float64]:
        """Return what each cell adds to the logit of the CNN's answer, less a blank picture's.

        The array has the shape (7, 7).
        """
        layers, weights, blank = self.networks[1], as_floats(self.cnn), np.zeros((28, 28), np.uint8)
        seen, without = (reading(layers, weights, pixels) for pixels in (self.image(), blank))
        return (seen.evidence - without.evidence)[..., ranking(seen.probabilities)[0]]

    def sentence(self) -> str:
        """Describe what was done to the ink, and what each network predicts."""
        answers = self.probabilities()
        (mlp, _), (cnn, _) = map(ranking, answers)
        verdict = "agree" if mlp == cnn else "disagree"
        of_mlp, of_cnn = (
            f"the {name} predicts {self.class_names[first]} ({percent_of(answer[first])} %) ahead "
            f"of {self.class_names[second]} ({percent_of(answer[second])} %)"
            for name, answer in zip(("MLP", "CNN"), answers, strict=True)
            for first, second in [ranking(answer)]
        )
        most = self._evidence_in_words(self.class_names[cnn]) if self.evidence else ""
        predicted = f"T{of_mlp[1:]}, and {of_cnn}, so they {verdict}."
        if not self.image().any():
            return (
                f"The picture is empty, but each network still picks a class. {predicted} "
                f"Neither has a class for “none of these”.{most}"
            )
        done = self.fit[2] if self.centred else "left where it was drawn"
        moved = shift_in_words(self.down, self.right)
        return f"The ink is {done}, and {moved}. {predicted}{most}"

    def _evidence_in_words(self, name: str) -> str:
        """Tell which cell speaks most for the CNN's answer."""
        added = self.added()
        row, column = divmod(int(added.argmax()), added.shape[1])
        if added.max() <= 0:
            return f" No cell speaks for {name}."
        return (
            f" What speaks most for {name} is the cell in row {row} and column {column}, "
            f"{decimals(float(added.max()), 2)}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the sheet, the picture made of it, and the ten probabilities of each network."""
        parts: Any = figure.subfigures(1, 2, width_ratios=[1, 2])
        left, right = parts
        sheet, image, *evidence = left.subplots(3 if self.evidence else 2, 1)
        sheet.imshow(self.sheet(), cmap="gray", vmin=0, vmax=255)
        sheet.set_title("your drawing", fontsize=9)
        image.imshow(self.image(), cmap="gray", vmin=0, vmax=255)
        image.set_title("what the networks get", fontsize=9)
        for axes in evidence:
            added = self.added()
            draw_evidence(axes, self.image(), added, float(np.abs(added).max()) or 1.0)
            axes.set_title("evidence for the CNN's answer", fontsize=9)
        for axes in (sheet, image, *evidence):
            axes.set(xticks=[], yticks=[])
        columns = right.subplots(1, 2, sharey=True)
        looks = (("MLP", BLUE, ""), ("CNN", ORANGE, "//"))
        for axes, answer, look in zip(columns, self.probabilities(), looks, strict=True):
            self._draw_answer(axes, answer, *look)

    def _draw_answer(
        self, axes: Axes, answer: NDArray[np.float64], name: str, colour: str, hatch: str
    ) -> None:
        """Draw one network's probabilities as bars."""
        look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white"}
        bars = axes.barh(range(len(answer)), answer, **look)
        axes.bar_label(bars, [f"{percent_of(p)} %" for p in answer], padding=3, fontsize=8)
        axes.set_yticks(range(len(answer)), self.class_names, fontsize=8)
        axes.set(xlim=(0, 1.4), xticks=[], ylim=(len(answer) - 0.5, -0.5))
        axes.set_title(f"{name}: {self.class_names[ranking(answer)[0]]}", fontsize=9)
        axes.spines[["top", "right", "bottom"]].set_visible(False)


def explore_drawing(
    data: str = "mnist",
    image: ArrayLike | None = None,
    centred: bool = True,
    down: int = 0,
    right: int = 0,
    evidence: bool = False,
) -> Drawing:
    """Draw, and watch how a trained MLP and a trained CNN classify the drawing.

    Draw with the mouse or a finger. With the keyboard, focus the sheet, move the pen with the
    arrow keys, and press space to lower or lift it.

    Parameters
    ----------
    data : {'mnist', 'fashion_mnist'}, default 'mnist'
        What the two networks were trained on, digits or clothes.
    image : array_like of shape (28, 28), uint8, optional
        A picture to begin with and to draw over; without it, a seven or trousers.
    centred : bool, default True
        Whether the ink is scaled and centred as the data set's pictures were.
    down, right : int, default 0
        By how many pixels the picture is then moved, -8 to 8.
    evidence : bool, default False
        Whether to show where in the picture the evidence for the CNN's answer lies.

    Returns
    -------
    Drawing
        Its traits are ``centred``, ``down``, ``right`` and ``evidence``; ``explorer.image()`` gives
        the picture that the networks get, ``explorer.probabilities()`` their answers, and
        ``explorer.added()`` the evidence as an array.

    Raises
    ------
    TypeError
        If `centred` or `evidence` is not True or False, or `down` or `right` not a whole number.
    ValueError
        If there are no such networks, `image` has another shape or dtype, or a number is out of
        its range.

    Examples
    --------
    >>> explorer = explore_drawing("mnist")
    >>> explorer.image().shape, int(explorer.probabilities()[1].argmax())
    ((28, 28), 7)
    """
    data = _arguments.choice("data", data, _NETWORKS)
    mlp, cnn = map(packed, _NETWORKS[data])
    example = (_example(data) if image is None else _enlarged(image)).tobytes()
    return Drawing(
        drawing=example,
        example=example,
        centred=centred,
        down=down,
        right=right,
        evidence=evidence,
        radius=_RADII[data],
        fit=[*_FITS[data], _FITTED[data]],
        networks=[mlp[0], cnn[0]],
        mlp=mlp[1],
        cnn=cnn[1],
        class_names=class_names(data),
    )


def _example(data: str) -> Sheet:
    """Draw the picture that an explorer shows first."""
    sheet = np.zeros((DOTS, DOTS), np.uint8)
    for corners in _EXAMPLES[data]:
        dots = [(4 * row, 4 * column) for row, column in corners]
        for start, end in pairwise(dots):
            sheet = stroke(sheet, start, end, _RADII[data])
    return sheet


def _enlarged(image: ArrayLike) -> Sheet:
    """Lay a picture on the sheet, each pixel on its 4 × 4 dots."""
    pixels = _arguments.array("image", image)
    if pixels.shape != (PIXELS, PIXELS) or pixels.dtype != np.uint8:
        raise ValueError(
            f"`image` must be one uint8 image of shape (28, 28); got {pixels.dtype} "
            f"{pixels.shape}. Pass for instance test_images[0], before scaling."
        )
    return pixels.repeat(DOTS // PIXELS, axis=0).repeat(DOTS // PIXELS, axis=1)

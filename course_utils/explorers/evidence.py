"""Why a network answers as it does: class evidence over a picture that can be covered in part."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils._palette import BLUE, GREY
from course_utils.datasets import class_names
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.frame import draw_frame
from course_utils.explorers.base.numbers import decimals
from course_utils.explorers.base.pictures import picture_stack
from course_utils.explorers.mathematics.class_evidence import (
    Reading,
    cover,
    draw_evidence,
    draw_squares,
    logit,
    logits_everywhere,
    logits_of,
    reading,
)
from course_utils.explorers.mathematics.network import as_floats, packed, percent_of

_MOST_IMAGES = 50  # as many as are sent to the browser: 39 kB
_NETWORK = "clothes_cnn"
_NAMES = tuple(class_names("fashion_mnist"))


class ForClass(NamedTuple):
    """What a picture adds to a blank one's logit of a class."""

    name: str
    added: NDArray[np.float64]  # (rows, columns)
    blank: float  # the blank picture's logit
    logit: float


class Evidence(Explorer):
    """A picture under a square, the evidence for two classes, and the network's confidences."""

    scene = "evidence.js"
    lessons = ("convolutional_networks",)
    shared = ("network.js", "class_evidence.js")

    pixels = traitlets.Bytes().tag(sync=True)
    weights = traitlets.Bytes().tag(sync=True)
    layers: traitlets.List = traitlets.List().tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    image: int
    first: str
    second: str
    side: int
    row: int
    column: int
    grey: int
    occlusion: bool

    def __init__(self, images: NDArray[np.uint8], **numbers: Any) -> None:
        # Each explorer has its own number of pictures, so its first slider has its own end.
        self.add_traits(
            image=traitlets.Int(0, min=0, max=len(images) - 1).tag(sync=True, label="picture"),
            first=traitlets.Enum(_NAMES, "Ankle boot").tag(label="first class"),
            second=traitlets.Enum(_NAMES, "Sneaker").tag(label="second class"),
            side=traitlets.Int(0, min=0, max=16).tag(sync=True, label="square, pixels"),
            row=traitlets.Int(10, min=0, max=27).tag(sync=True, label="its first row"),
            column=traitlets.Int(10, min=0, max=27).tag(sync=True, label="its first column"),
            grey=traitlets.Int(128, min=0, max=255).tag(sync=True, label="its grey value"),
            occlusion=traitlets.Bool(False).tag(sync=True, label="occlusion maps"),
        )
        layers, weights = packed(_NETWORK)
        super().__init__(
            pixels=images.tobytes(),
            weights=weights,
            layers=layers,
            class_names=list(_NAMES),
            **numbers,
        )

    def covered(self) -> NDArray[np.uint8]:
        """Return the picture as the network sees it, under the square: (28, 28), uint8."""
        return cover(self._picture(), self.row, self.column, self.side, self.grey)

    def probabilities(self) -> NDArray[np.float64]:
        """Return the network's ten confidences for the covered picture."""
        return self._read(self.covered()).probabilities

    def evidence(self) -> NDArray[np.float64]:
        """Return each cell's evidence for each class, less a blank picture's: (7, 7, 10)."""
        return self._read(self.covered()).evidence - self._blank().evidence

    def falls(self) -> NDArray[np.float64]:
        """Return by how much the square lowers each class's logit at each position: (n, n, 10).

        Along each axis there are n = 29 less the square's side positions, or 0 without a square.
        """
        if not self.side:
            return np.zeros((0, 0, len(_NAMES)))
        return logits_of(self._read(self._picture())) - self._logits_everywhere()

    def sentence(self) -> str:
        """Describe the answer with and without the square, and the maps of two classes."""
        answer = self._answer(self._read(self._picture()))
        words = [f"The network classifies picture {self.image} as {answer}."]
        if self.side:
            rows, columns = (
                f"{start} to {min(start + self.side, 28) - 1}" for start in (self.row, self.column)
            )
            answer = self._answer(self._read(self.covered()))
            words.append(
                f"With grey {self.grey} over rows {rows} and columns {columns}, it answers "
                f"{answer}."
            )
        if self.occlusion:
            return " ".join([*words, *self._falls_in_words()])
        for one in dict.fromkeys((self.first, self.second)):
            found = self._for(one)
            words.append(
                f"The logit of {one} is {decimals(found.blank, 2)} for a blank picture and "
                f"{decimals(found.logit, 2)} for what it sees here."
            )
            best = int(found.added.argmax())
            highest = float(found.added.ravel()[best])
            if highest <= 0:
                words.append("No cell adds to it.")
                continue
            row, column = divmod(best, found.added.shape[1])
            words.append(
                f"The cell in row {row} and column {column} adds most, {decimals(highest, 2)}."
            )
        return " ".join(words)

    def draw(self, figure: Figure) -> None:
        """Draw the picture, a map for each class, and the ten confidences."""
        parts: Any = figure.subfigures(2, 1, height_ratios=[1.25, 1])
        whole, *maps = parts[0].subplots(1, 3)
        whole.imshow(self.covered(), cmap="gray", vmin=0, vmax=255)
        whole.set_title(f"picture {self.image}", fontsize=9)
        filled = "filled falls, hollow rises" if self.occlusion else "filled for, hollow against"
        whole.set_xlabel(f"maps: {filled}", fontsize=8)
        if self.side:
            height, width = (min(self.side, 28 - start) for start in (self.row, self.column))
            draw_frame(whole, self.row, self.column, height, width)
        if self.occlusion:
            self._draw_falls(maps)
        else:
            self._draw_maps(maps)
        for axes in (whole, *maps):
            axes.set(xticks=[], yticks=[])
        self._draw_confidences(parts[1].subplots())

    def _draw_maps(self, maps: list[Axes]) -> None:
        """Draw the evidence for each of the two classes, and what it adds up to."""
        classes = [self._for(name) for name in (self.first, self.second)]
        strongest = max(float(np.abs(one.added).max()) for one in classes) or 1.0
        for axes, one in zip(maps, classes, strict=True):
            draw_evidence(axes, self.covered(), one.added, strongest)
            axes.set_title(f"evidence for {one.name}", fontsize=9)
            added = decimals(one.logit - one.blank, 2)
            axes.set_xlabel(f"blank {decimals(one.blank, 2)}, all cells add {added}", fontsize=8)

    def _draw_falls(self, maps: list[Axes]) -> None:
        """Draw how much the logit of each of the two classes falls at each position."""
        both = self.falls()[..., [_NAMES.index(name) for name in (self.first, self.second)]]
        strongest = float(np.abs(both).max(initial=0)) or 1.0
        for axes, name, falls in zip(
            maps, (self.first, self.second), np.moveaxis(both, -1, 0), strict=True
        ):
            middle = (self.side - 1) / 2
            draw_squares(axes, self._picture(), falls, strongest, cell=1, first=middle)
            axes.set_title(f"square lowers {name}", fontsize=9)
            most = f"falls most by {decimals(float(falls.max()), 2)}" if falls.size else "no square"
            axes.set_xlabel(most, fontsize=8)

    def _falls_in_words(self) -> Iterator[str]:
        """Say where the square lowers the logits of the two classes most."""
        falls = self.falls()
        if not falls.size:
            yield "There is no square to move over the picture."
            return
        whole = logits_of(self._read(self._picture()))
        others = int((self._logits_everywhere().argmax(axis=2) != whole.argmax()).sum())
        across = len(falls)
        yield f"With the square at each of {across**2} positions, the answer changes at {others}."
        for name in dict.fromkeys((self.first, self.second)):
            k = _NAMES.index(name)
            row, column = divmod(int(falls[..., k].argmax()), across)
            most = float(falls[row, column, k])
            if most <= 0:
                yield f"The logit of {name} falls nowhere."
                continue
            rows, columns = (f"{start} to {start + self.side - 1}" for start in (row, column))
            yield (
                f"The logit of {name}, {decimals(float(whole[k]), 2)} without it, falls most with "
                f"the square over rows {rows} and columns {columns}, by {decimals(most, 2)}."
            )

    def _draw_confidences(self, axes: Axes) -> None:
        probabilities = self.probabilities()
        colours = [BLUE if i == probabilities.argmax() else GREY for i in range(len(_NAMES))]
        bars = axes.bar(range(len(_NAMES)), probabilities, color=colours)
        axes.bar_label(bars, [f"{percent_of(float(p))} %" for p in probabilities], fontsize=8)
        axes.set(ylim=(0, 1.25), yticks=[], ylabel="confidence")
        axes.set_xticks(range(len(_NAMES)), _NAMES, fontsize=8, rotation=30, ha="right")

    def _for(self, name: str) -> ForClass:
        k, blank = _NAMES.index(name), self._blank()
        seen, bias = self._read(self.covered()).evidence[..., k], float(blank.biases[k])
        without = blank.evidence[..., k]
        return ForClass(name, seen - without, logit(without, bias), logit(seen, bias))

    def _answer(self, read: Reading) -> str:
        best = int(read.probabilities.argmax())
        percent = percent_of(float(read.probabilities[best]))
        return f"{_NAMES[best]} with {percent} % confidence"

    def _picture(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.pixels, np.uint8).reshape(-1, 28, 28)[self.image]

    def _logits_everywhere(self) -> NDArray[np.float64]:
        return logits_everywhere(_NETWORK, self._picture().tobytes(), self.side, self.grey)

    def _blank(self) -> Reading:
        return self._read(np.zeros((28, 28), np.uint8))

    def _read(self, pixels: NDArray[np.uint8]) -> Reading:
        return reading(self.layers, as_floats(self.weights), pixels)


def explore_evidence(
    images: ArrayLike,
    image: int = 0,
    first: str = "Ankle boot",
    second: str = "Sneaker",
    side: int = 8,
    row: int = 10,
    column: int = 10,
    grey: int = 128,
    occlusion: bool = False,
) -> Evidence:
    """See where in a picture the evidence for two classes lies, and cover a part of it.

    The network is the small CNN for clothes that comes with the course. Each of the 7 × 7 cells of
    its last feature maps adds something to the logit of each class; shown is what it adds beyond
    what it would add in a blank picture. Instead of it, two occlusion maps can show by how much the
    square lowers the logits of both classes at each of its positions.

    Parameters
    ----------
    images : array_like of shape (n, 28, 28), uint8
        At least two pictures, grey values from 0 to 255. If there are more than 50,
        the first 50 are used.
    image : int, default 0
        The image shown first.
    first, second : str
        Names of the two classes that are compared, as `class_names` lists them for
        ``"fashion_mnist"``.
    side : int, default 8
        Of the square that covers a part of the picture, 0 to 16 pixels. With 0 nothing is covered.
    row, column : int, default 10
        The first row and column that are covered, 0 to 27.
    grey : int, default 128
        The square's grey value, 0 to 255.
    occlusion : bool, default False
        Whether occlusion maps are shown.

    Returns
    -------
    Evidence
        Its traits are ``image``, ``first``, ``second``, ``side``, ``row``, ``column``, ``grey`` and
        ``occlusion``. ``explorer.evidence()`` gives the evidence of all classes as an array,
        ``explorer.falls()`` what the square takes from their logits, position by position,
        ``explorer.probabilities()`` the confidences, and ``explorer.covered()`` the picture.

    Raises
    ------
    TypeError
        If a number is not a whole one, or `occlusion` is not True or False.
    ValueError
        If the images have another shape or dtype, a number is out of its range, or there is no
        such class.

    Examples
    --------
    >>> from course_utils.datasets import load_dataset
    >>> (images, _), _ = load_dataset("fashion_mnist")
    >>> explore_evidence(images).evidence().shape
    (7, 7, 10)
    """
    return Evidence(
        picture_stack(images, size=(28, 28))[:_MOST_IMAGES],
        image=image,
        first=first,
        second=second,
        side=side,
        row=row,
        column=column,
        grey=grey,
        occlusion=occlusion,
    )

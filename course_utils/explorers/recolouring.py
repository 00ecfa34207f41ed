"""A garment in any hue, and how two networks classify it: one of them has learnt its colour."""

import math
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
from course_utils.explorers.base.pictures import picture_stack
from course_utils.explorers.mathematics.network import as_floats, layer_outputs, packed, percent_of
from course_utils.pretrained.colouring import N_CLASSES, class_hues, colour_of

_MOST_IMAGES = 50  # as many as are sent to the browser: 39 kB
_NETWORKS = ("coloured_cnn", "recoloured_cnn")
_HEADINGS = ("fixed colours", "turned hues")
_NAMES = tuple(class_names("fashion_mnist"))


def recoloured(grey: NDArray[np.uint8], hue: int) -> NDArray[np.float64]:
    """Multiply each grey value by red, green and blue: from (28, 28) to (28, 28, 3), 0 to 255."""
    return grey[..., np.newaxis].astype(np.float64) * np.array(colour_of(hue))


def class_of_hue(hue: int) -> int:
    """Find the class whose hue in training is nearest on the circle; of two, the first."""
    apart = [min(abs(hue - own), 360 - abs(hue - own)) for own in class_hues()]
    return apart.index(min(apart))


class Recolouring(Explorer):
    """A garment inside a circle of hues, and the answers of two networks to it."""

    scene = "recolouring.js"
    lessons = ("colour_and_photos",)
    shared = ("network.js",)

    pixels = traitlets.Bytes().tag(sync=True)
    labels = traitlets.Bytes().tag(sync=True)
    layers: traitlets.List = traitlets.List().tag(sync=True)
    fixed = traitlets.Bytes().tag(sync=True)
    turned = traitlets.Bytes().tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    image: int
    hue: int

    def __init__(
        self, images: NDArray[np.uint8], labels: NDArray[np.integer], **numbers: Any
    ) -> None:
        # Each explorer has its own number of pictures, so its first slider has its own end.
        self.add_traits(
            image=traitlets.Int(0, min=0, max=len(images) - 1).tag(sync=True, label="picture"),
            hue=traitlets.Int(0, min=0, max=359).tag(sync=True, label="hue, degrees"),
        )
        (layers, fixed), (_, turned) = map(packed, _NETWORKS)
        super().__init__(
            pixels=images.tobytes(),
            labels=labels.astype(np.uint8).tobytes(),
            layers=layers,
            fixed=fixed,
            turned=turned,
            class_names=list(_NAMES),
            **numbers,
        )

    def coloured(self) -> NDArray[np.float64]:
        """Return the picture that both networks get: (28, 28, 3), from 0 to 255."""
        grey = np.frombuffer(self.pixels, np.uint8).reshape(-1, 28, 28)[self.image]
        return recoloured(grey, self.hue)

    def probabilities(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the ten probabilities of each network, that of fixed colours first."""
        picture = self.coloured()
        fixed, turned = (
            layer_outputs(self.layers, as_floats(weights), picture)[-1].values
            for weights in (self.fixed, self.turned)
        )
        return fixed, turned

    def sentence(self) -> str:
        """Describe the garment, its hue, and what each network answers."""
        fixed, turned = map(_answer, self.probabilities())
        return (
            f"Picture {self.image} is of the class {_NAMES[self.labels[self.image]]}. Its hue is "
            f"{self.hue} degrees, and nearest to it in training was the hue of "
            f"{_NAMES[class_of_hue(self.hue)]}. The network of fixed colours answers {fixed}, "
            f"and the network of turned hues {turned}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the garment, the circle of hues, and the ten probabilities of each network."""
        parts: Any = figure.subfigures(1, 2, width_ratios=[1, 2])
        left, right = parts
        ring, picture = left.subplots(2, 1)
        _draw_ring(ring, self.hue)
        picture.imshow(self.coloured().round().astype(np.uint8))
        picture.set(xticks=[], yticks=[])
        columns = right.subplots(1, 2, sharey=True)
        looks = zip(_HEADINGS, (BLUE, ORANGE), ("", "//"), strict=True)
        for axes, answer, look in zip(columns, self.probabilities(), looks, strict=True):
            _draw_answer(axes, answer, *look)


def _answer(probabilities: NDArray[np.float64]) -> str:
    best = int(probabilities.argmax())
    return f"{_NAMES[best]} with {percent_of(float(probabilities[best]))} % confidence"


def _draw_ring(axes: Axes, hue: int) -> None:
    """Draw the circle of hues, a line for each class, and a mark at the hue that is shown."""
    shown = np.arange(0, 360, 3)
    angles = np.radians(90 - shown)
    axes.scatter(np.cos(angles), np.sin(angles), s=50, c=[colour_of(at) for at in shown.tolist()])
    for k, own in enumerate(class_hues()):
        angle = math.radians(90 - own)
        axes.text(1.3 * math.cos(angle), 1.3 * math.sin(angle), str(k), fontsize=7,
                  ha="center", va="center")  # fmt: skip
    angle = math.radians(90 - hue)
    axes.plot(math.cos(angle), math.sin(angle), "o", markersize=9, markerfacecolor="white",
              markeredgecolor="black")  # fmt: skip
    axes.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), aspect="equal")
    axes.set_title(f"hue {hue}°", fontsize=9)
    axes.axis("off")


def _draw_answer(
    axes: Axes, answer: NDArray[np.float64], heading: str, colour: str, hatch: str
) -> None:
    """Draw one network's probabilities as bars."""
    look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "white"}
    bars = axes.barh(range(N_CLASSES), answer, **look)
    axes.bar_label(bars, [f"{percent_of(float(p))} %" for p in answer], padding=3, fontsize=8)
    axes.set_yticks(range(N_CLASSES), [f"{k} {name}" for k, name in enumerate(_NAMES)], fontsize=8)
    axes.set(xlim=(0, 1.4), xticks=[], ylim=(N_CLASSES - 0.5, -0.5))
    axes.set_title(f"{heading}: {_NAMES[int(answer.argmax())]}", fontsize=9)
    axes.spines[["top", "right", "bottom"]].set_visible(False)


def explore_recolouring(
    images: ArrayLike, labels: ArrayLike, image: int = 0, hue: int = 0
) -> Recolouring:
    """Turn the hue of a garment, and see how two trained networks classify it.

    Both networks learnt from Fashion-MNIST's garments in colour, ten hues for the ten classes. For
    the first, each garment always had the colour of its class. For the second, `RandomHue` turned
    the hue at random in training.

    Parameters
    ----------
    images : array_like of shape (n, 28, 28), uint8
        At least two grey garments, 0 to 255. If there are more than 50, the first 50 are used.
    labels : array_like of shape (n,), integer
        Their classes, 0 to 9.
    image : int, default 0
        The garment shown first.
    hue : int, default 0
        In degrees, 0 to 359: red is at 0, green at 120, blue at 240.

    Returns
    -------
    Recolouring
        Its traits are ``image`` and ``hue``. ``explorer.coloured()`` gives the picture as an
        array, and ``explorer.probabilities()`` those of both networks.

    Raises
    ------
    TypeError
        If a number is not a whole one.
    ValueError
        If the images have another shape or dtype, there are not as many labels, a label is no
        class, or a number is out of its range.

    Examples
    --------
    >>> from course_utils.datasets import load_dataset
    >>> (images, labels), _ = load_dataset("fashion_mnist")
    >>> explore_recolouring(images, labels, hue=240).coloured().shape
    (28, 28, 3)
    """
    stack = picture_stack(images, size=(28, 28))
    row = _arguments.label_vector(labels)
    if len(row) != len(stack):
        raise ValueError(
            f"`labels` must be one class for each of the {len(stack)} images; got {len(row)}. "
            "Cut both alike: images[:40], labels[:40]."
        )
    _arguments.class_names_for(row, _NAMES)
    return Recolouring(stack[:_MOST_IMAGES], row[:_MOST_IMAGES], image=image, hue=hue)

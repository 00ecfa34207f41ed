"""Filters that learn: a first layer at steps of its training, and the maps that it makes."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils._palette import BLUE, ORANGE, PALE_GREY
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.frame import draw_frame
from course_utils.explorers.base.numbers import decimals, thousands
from course_utils.explorers.base.pictures import picture_stack
from course_utils.explorers.mathematics.filters import draw_filter
from course_utils.explorers.mathematics.network import as_floats, convolve, map_in_words
from course_utils.pretrained.checkpoints import STEPS, load_checkpoints

_MOST_IMAGES = 50  # as many as are sent to the browser: 39 kB
_FILTERS = 8
_TILE = 31  # pixels from map to map in the still picture


def size_of(kernel: ArrayLike) -> float:
    """Take the square root of the sum of the squared weights, in the browser's order."""
    return float(np.sqrt(_in_order(np.square(kernel))))


def cosine(kernel: ArrayLike, other: ArrayLike) -> float:
    """Compare the patterns of two kernels, whatever their sizes: 1 if equal, −1 if opposite."""
    return _in_order(np.multiply(kernel, other)) / (size_of(kernel) * size_of(other))


def _in_order(parts: NDArray[np.float64]) -> float:
    return float(np.cumsum(parts)[-1])  # sum() would add in another order


class LearningFilters(Explorer):
    """The eight kernels of a first layer after some steps of training, and a picture's maps."""

    scene = "learning_filters.js"
    lessons = ("convolutional_networks",)
    shared = ("network.js",)

    pixels = traitlets.Bytes().tag(sync=True)
    weights = traitlets.Bytes().tag(sync=True)
    accuracies = traitlets.List(traitlets.Float()).tag(sync=True)
    steps = traitlets.List(traitlets.Int()).tag(sync=True)
    step: int
    image: int
    channel: int

    def __init__(self, images: NDArray[np.uint8], **numbers: Any) -> None:
        # Each explorer has its own number of pictures, so that slider has its own end.
        self.add_traits(
            step=traitlets.Enum(STEPS, 0).tag(label="training step"),
            image=traitlets.Int(0, min=0, max=len(images) - 1).tag(sync=True, label="picture"),
            channel=traitlets.Int(0, min=0, max=_FILTERS - 1).tag(sync=True, label="filter"),
        )
        checkpoints = load_checkpoints()
        rows = [checkpoint["weights"] + checkpoint["biases"] for checkpoint in checkpoints]
        super().__init__(
            pixels=images.tobytes(),
            weights=np.array(rows, "<f4").tobytes(),
            accuracies=[checkpoint["accuracy"] for checkpoint in checkpoints],
            steps=list(STEPS),
            **numbers,
        )

    def kernels(self) -> NDArray[np.float64]:
        """Return the eight kernels after this step of training: (8, 3, 3)."""
        return self._kernels_after(STEPS.index(self.step))

    def maps(self) -> NDArray[np.float64]:
        """Return the maps that they make of the picture, after ReLU: (28, 28, 8)."""
        weights, biases = self._layer_after(STEPS.index(self.step))
        maps = convolve(self._picture()[..., np.newaxis] / 255, weights, biases)
        return np.maximum(maps, 0)

    def cosines(self) -> list[float]:
        """Compare each kernel with its own random beginning."""
        return [cosine(*pair) for pair in zip(self.kernels(), self._kernels_after(0), strict=True)]

    def sentence(self) -> str:
        """Give the accuracy, and say how far the kernels have come and what one of them makes."""
        accuracy = decimals(self.accuracies[STEPS.index(self.step)], 3)
        last = thousands(STEPS[-1])
        if self.step == 0:
            return (
                f"Before the first of {last} training steps the kernels are random, and the "
                f"network's validation accuracy is {accuracy}. {self._map_in_words()}"
            )
        cosines, k = self.cosines(), self.channel
        least = int(np.argmin(cosines))
        times = size_of(self.kernels()[k]) / size_of(self._kernels_after(0)[k])
        return (
            f"After {thousands(self.step)} of {last} training steps the network's validation "
            f"accuracy is {accuracy}. Between the kernels and their random beginnings the cosine "
            f"is {decimals(sum(cosines) / _FILTERS, 2)} on average and lowest for filter {least}, "
            f"{decimals(cosines[least], 2)}. Filter {k} has a cosine of {decimals(cosines[k], 2)} "
            f"and {decimals(times, 2)} times its first size. {self._map_in_words()}"
        )

    def _map_in_words(self) -> str:
        """Say where the chosen filter's map of the picture is 0, and where it is highest."""
        chosen = self.maps()[..., self.channel]
        words = map_in_words(chosen) if chosen.any() else "0 everywhere"
        return f"Filter {self.channel} makes a map of picture {self.image} that is {words}."

    def draw(self, figure: Figure) -> None:
        """Draw the picture, the accuracies, the kernels at first and now, and their maps."""
        parts: Any = figure.subfigures(2, 1, height_ratios=[1, 1.3])
        whole, chart = parts[0].subplots(1, 2, width_ratios=[1, 5])
        whole.imshow(self._picture(), cmap="gray", vmin=0, vmax=255)
        whole.set_title(f"picture {self.image}", fontsize=8)
        self._draw_accuracies(chart)
        first, now, maps = parts[1].subplots(1, 3, width_ratios=[1, 1, 1.2])
        for axes, kernels in ((first, self._kernels_after(0)), (now, self.kernels())):
            # Each on a scale of its own, so that patterns can be compared.
            draw_filter(axes, kernels / np.abs(kernels).max(axis=(1, 2), keepdims=True))
            axes.set_aspect("equal")
        self._draw_maps(maps)
        first.set_title("filters 0 to 3 and 4 to 7, at first", fontsize=8)
        now.set_title("now: filled +, empty −", fontsize=8)
        maps.set_title(f"their maps, that of {self.channel} framed", fontsize=8)
        for axes in (whole, first, now, maps):
            axes.set(xticks=[], yticks=[])

    def _draw_maps(self, axes: Axes) -> None:
        """Draw the maps in two rows of four, as one picture."""
        maps = self.maps()
        sheet = np.full((2 * _TILE, 4 * _TILE), np.nan)
        for k in range(_FILTERS):
            top, left = (_TILE * part for part in divmod(k, 4))
            sheet[top : top + 28, left : left + 28] = maps[..., k]
        axes.imshow(sheet, cmap="gray", vmin=0, vmax=maps.max() or 1)
        top, left = (_TILE * part for part in divmod(self.channel, 4))
        draw_frame(axes, top, left, 28, 28, thickness=1)

    def _draw_accuracies(self, axes: Axes) -> None:
        places, at = range(len(STEPS)), STEPS.index(self.step)
        axes.plot(places, self.accuracies, color=BLUE)
        axes.plot(at, self.accuracies[at], "o", color=ORANGE)
        axes.set_title(f"validation accuracy: {decimals(self.accuracies[at], 3)}", fontsize=8)
        axes.set_xticks(places, [f"{step:,}" for step in STEPS], fontsize=6, rotation=30)
        axes.set(ylim=(0, 1))
        axes.grid(color=PALE_GREY)

    def _layer_after(self, place: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the layer's weights, (3, 3, 1, 8), and its biases at one of the steps."""
        own = as_floats(self.weights).reshape(len(STEPS), -1)[place]
        return own[: 9 * _FILTERS].reshape(3, 3, 1, _FILTERS), own[9 * _FILTERS :]

    def _kernels_after(self, place: int) -> NDArray[np.float64]:
        return np.moveaxis(self._layer_after(place)[0][:, :, 0], -1, 0)

    def _picture(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.pixels, np.uint8).reshape(-1, 28, 28)[self.image]


def explore_learning_filters(
    images: ArrayLike, step: int = 0, image: int = 0, channel: int = 0
) -> LearningFilters:
    """Watch the first filters of a network learn, and the maps that they make.

    The network is the small CNN for clothes that comes with the course, at twenty steps of the
    training that made it.

    Parameters
    ----------
    images : array_like of shape (n, 28, 28), uint8
        At least two pictures, grey values from 0 to 255. If there are more than 50,
        the first 50 are used.
    step : int, default 0
        After how many steps of training: 0, 1, 2, 5, 10, 20, 30, 50, 70, 100, 200, 300, 500, 700,
        1000, 2000, 3000, 5000, 7000 or 10692.
    image : int, default 0
        The image shown first.
    channel : int, default 0
        The filter that the sentence is about, 0 to 7.

    Returns
    -------
    LearningFilters
        Its traits are ``step``, ``image`` and ``channel``. ``explorer.kernels()`` gives the eight
        kernels as an array, ``explorer.cosines()`` their likeness to how they began, and
        ``explorer.maps()`` what they make of the picture.

    Raises
    ------
    TypeError
        If `image` or `channel` is not a whole number.
    ValueError
        If the images have another shape or dtype, a number is out of its range, or no checkpoint
        was kept at this step.

    Examples
    --------
    >>> from course_utils.datasets import load_dataset
    >>> (images, _), _ = load_dataset("fashion_mnist")
    >>> [round(value, 2) for value in explore_learning_filters(images, step=100).cosines()]
    [0.94, 0.99, 1.0, 0.99, 0.92, 0.95, 0.97, 0.99]
    """
    return LearningFilters(
        picture_stack(images, size=(28, 28))[:_MOST_IMAGES],
        step=step,
        image=image,
        channel=channel,
    )

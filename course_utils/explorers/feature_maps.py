"""The feature maps of a trained convolutional network for a picture, layer by layer."""

import math
from typing import Any

import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _arguments
from course_utils.datasets import class_names
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.frame import draw_frame
from course_utils.explorers.base.numbers import decimals
from course_utils.explorers.base.pictures import picture_stack
from course_utils.explorers.mathematics.filters import (
    draw_filter,
    filter_of,
    receptive_field,
    sum_of_products,
    windows_in,
)
from course_utils.explorers.mathematics.network import (
    LayerOutput,
    as_floats,
    layer_outputs,
    map_in_words,
    packed,
    percent_of,
)
from course_utils.pretrained import describe_pretrained

_MOST_IMAGES = 50  # as many as are sent to the browser: 39 kB
_NETWORKS = ("clothes_cnn", "digits_cnn")
_LAYERS = ("conv_1", "pool_1", "conv_2", "pool_2")


class FeatureMaps(Explorer):
    """A picture, the maps that a trained network's layers make of it, and their filters."""

    scene = "feature_maps.js"
    lessons = ("convolutional_networks",)
    shared = ("network.js",)

    pixels = traitlets.Bytes().tag(sync=True)
    weights = traitlets.Bytes().tag(sync=True)
    layers: traitlets.List = traitlets.List().tag(sync=True)
    class_names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    image: int
    layer: str
    channel: int
    row: int
    column: int

    def __init__(self, images: NDArray[np.uint8], network: str, **numbers: Any) -> None:
        # Each explorer has its own number of pictures, so its first slider has its own end.
        self.add_traits(
            image=traitlets.Int(0, min=0, max=len(images) - 1).tag(sync=True, label="picture"),
            layer=traitlets.Enum(_LAYERS, "conv_1").tag(label="layer"),
            channel=traitlets.Int(0, min=0, max=15).tag(sync=True, label="feature map"),
            row=traitlets.Int(14, min=0, max=27).tag(sync=True, label="row of the map"),
            column=traitlets.Int(14, min=0, max=27).tag(sync=True, label="column of the map"),
        )
        layers, weights = packed(network)
        super().__init__(
            pixels=images.tobytes(),
            weights=weights,
            layers=layers,
            class_names=class_names(describe_pretrained(network).dataset),
            **numbers,
        )

    def maps(self) -> NDArray[np.float64]:
        """Return the chosen layer's feature maps, after its activation: (height, width, maps)."""
        return self._outputs()[_LAYERS.index(self.layer)].values

    def shown_channel(self) -> int:
        """Return the map that is shown: the slider's, or the last if there are not so many."""
        return min(self.channel, self.maps().shape[-1] - 1)

    def sentence(self) -> str:
        """Describe the layer's maps, and where the chosen one has its highest value."""
        outputs, depth = self._outputs(), _LAYERS.index(self.layer)
        maps, answer = outputs[depth].values, outputs[-1].values
        height, width, n_maps = maps.shape
        channel, best = min(self.channel, n_maps - 1), int(answer.argmax())
        chosen = maps[..., channel]
        size = f"{n_maps} maps of {height} × {width}"
        if self.layer.startswith("pool"):
            before = _LAYERS[depth - 1]
            made = f"{self.layer} keeps the largest of each 2 × 2 values of {before}: {size}."
            source = "has no filter of its own"
        else:
            kernel, _ = self._filter(channel)
            made = f"{self.layer} makes {size}."
            source = f"comes from a filter of 3 × 3 × {len(kernel)} weights"
        words = [
            f"The network classifies picture {self.image} as {self.class_names[best]} with "
            f"{percent_of(float(answer[best]))} % confidence. {made}"
        ]
        if channel != self.channel:
            words.append(f"This layer has no map {self.channel}, so its last one is shown.")
        if chosen.max() == 0:
            words.append(f"Map {channel} {source}. It is 0 everywhere, because nothing was found.")
            return " ".join([*words, self._working_in_words()])
        row, column = divmod(int(chosen.argmax()), width)
        top, bottom, left, right = self._field(row, column)
        words.append(
            f"Map {channel} {source}. It is {map_in_words(chosen)}, whose receptive field covers "
            f"{bottom - top + 1} × {right - left + 1} pixels of the picture."
        )
        return " ".join([*words, self._working_in_words()])

    def place(self) -> tuple[int, int]:
        """Return the chosen row and column, or the map's last where it has not so many."""
        height, width, _ = self.maps().shape
        return min(self.row, height - 1), min(self.column, width - 1)

    def windows(self) -> NDArray[np.float64]:
        """Return what the chosen position sees of the layer before, from 0 to 1 in the picture.

        A convolution sees a window of each map, (maps, 9), pooling one of the same map, (1, 4).
        """
        depth, (row, column) = _LAYERS.index(self.layer), self.place()
        before = self._outputs()[depth - 1].values if depth else self._pixels()[..., None] / 255
        if self.layer.startswith("pool"):
            channel = self.shown_channel()
            return windows_in(before, 2 * row, 2 * column, 2)[channel : channel + 1]
        return windows_in(before, row - 1, column - 1, 3)

    def _working_in_words(self) -> str:
        """Tell how the layer makes the value at the chosen position."""
        (row, column), windows = self.place(), self.windows()
        at = f"In row {row} and column {column}, "
        if self.layer.startswith("pool"):
            values = ", ".join(decimals(float(one), 2) for one in windows[0])
            return f"{at}it keeps {decimals(float(windows.max()), 2)}, the largest of {values}."
        weights, bias = self._filter(self.shown_channel())
        parts = zip(windows, weights.reshape(-1, 9), strict=True)
        total = sum([sum_of_products(window, own) for window, own in parts])
        before = _LAYERS[_LAYERS.index(self.layer) - 1]
        of = "the picture's window" if len(windows) == 1 else f"{len(windows)} windows of {before}"
        return (
            f"{at}the products of {of} and the filter sum to {decimals(total, 2)}; with the bias "
            f"{decimals(bias, 2)} and ReLU this is {decimals(max(0.0, total + bias), 2)}."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the picture, the chosen map large with its filter, and all maps small."""
        maps, channel = self.maps(), self.shown_channel()
        n_maps, highest = maps.shape[-1], maps.max()
        chosen = maps[..., channel]
        grey: dict[str, Any] = {"cmap": "gray", "vmin": 0}
        parts: Any = figure.subfigures(1, 3, width_ratios=[1, 1.6, 1.9])
        left, middle, right = parts
        whole, kernel = left.subplots(2, 1)
        whole.imshow(self._pixels(), cmap="gray", vmin=0, vmax=255)
        whole.set_title(f"picture {self.image}", fontsize=9)
        self._draw_filter(kernel, channel)
        large = middle.subplots()
        large.imshow(chosen, **grey, vmax=chosen.max() or 1)
        white = decimals(float(chosen.max()), 2)
        large.set_title(f"{self.layer}, map {channel}: white is {white}", fontsize=9)
        row, column = self.place()
        top, bottom, first, last = self._field(row, column)
        draw_frame(large, row, column, 1, 1)
        draw_frame(whole, top, first, bottom - top + 1, last - first + 1)
        for i, small in enumerate(right.subplots(n_maps // 4, 4).flat):
            small.imshow(maps[..., i], **grey, vmax=highest or 1)
            small.set_title(f"[{i}]" if i == channel else str(i), fontsize=7, pad=2)
            small.set_axis_off()
        for axes in (whole, large):
            axes.set(xticks=[], yticks=[])

    def _draw_filter(self, axes: Axes, channel: int) -> None:
        """Draw the filter that makes a map, or write that there is none."""
        axes.set(xticks=[], yticks=[], aspect="equal")
        if self.layer.startswith("pool"):
            axes.set_axis_off()
            axes.text(0.5, 0.5, "no filter:\nthe largest\nof each 2 × 2", ha="center", va="center")
            return
        draw_filter(axes, self._filter(channel)[0])
        axes.set_title(f"filter {channel}: filled +, empty −", fontsize=8)

    def _pixels(self) -> NDArray[np.uint8]:
        return np.frombuffer(self.pixels, np.uint8).reshape(-1, 28, 28)[self.image]

    def _outputs(self) -> list[LayerOutput]:
        return layer_outputs(self.layers, as_floats(self.weights), self._pixels())

    def _filter(self, channel: int) -> tuple[NDArray[np.float64], float]:
        """Find a convolution's filter and its bias among all the weights."""
        numbers, start = as_floats(self.weights), 0
        for layer in self.layers:
            size = math.prod(layer["shape"]) if layer["shape"] else 0
            if layer["name"] == self.layer:
                break
            start += size + (layer["shape"][-1] if size else 0)
        weights = numbers[start : start + size].reshape(layer["shape"])
        return filter_of(weights, channel), float(numbers[start + size + channel])

    def _field(self, row: int, column: int) -> tuple[int, int, int, int]:
        """Find the receptive field of a position: first and last row, first and last column."""
        kinds = [layer["kind"] for layer in self.layers[: _LAYERS.index(self.layer) + 1]]
        return *receptive_field(kinds, row), *receptive_field(kinds, column)


def explore_feature_maps(
    images: ArrayLike,
    network: str = "clothes_cnn",
    image: int = 0,
    layer: str = "conv_1",
    channel: int = 0,
    row: int = 14,
    column: int = 14,
) -> FeatureMaps:
    """Look into a trained CNN: the feature maps that each layer makes of a picture.

    Parameters
    ----------
    images : array_like of shape (n, 28, 28), uint8
        At least two pictures, grey values from 0 to 255. If there are more than 50,
        the first 50 are used.
    network : {'clothes_cnn', 'digits_cnn'}, default 'clothes_cnn'
        The shipped network: conv_1 with 8 filters, pool_1, conv_2 with 16, pool_2.
    image : int, default 0
        The image shown first.
    layer : {'conv_1', 'pool_1', 'conv_2', 'pool_2'}, default 'conv_1'
        Whose maps are shown, after ReLU.
    channel : int, default 0
        The map that is shown large, 0 to 15. If a layer has only 8, the last one is shown.
    row, column : int, default 14
        The position of that map whose calculation is shown, 0 to 27; in a smaller map, the last.

    Returns
    -------
    FeatureMaps
        Its traits are ``image``, ``layer``, ``channel``, ``row`` and ``column``;
        ``explorer.maps()`` gives the layer's maps as an array, and ``explorer.windows()`` what
        the chosen position sees.

    Raises
    ------
    TypeError
        If `image`, `channel`, `row` or `column` is not a whole number.
    ValueError
        If the images have another shape or dtype, a number is out of its range, or there is no
        such network or layer.

    Examples
    --------
    >>> from course_utils.datasets import load_dataset
    >>> _, (test_images, _) = load_dataset("fashion_mnist")
    >>> explore_feature_maps(test_images).maps().shape
    (28, 28, 8)
    """
    return FeatureMaps(
        picture_stack(images, size=(28, 28))[:_MOST_IMAGES],
        _arguments.choice("network", network, _NETWORKS),
        image=image,
        layer=layer,
        channel=channel,
        row=row,
        column=column,
    )

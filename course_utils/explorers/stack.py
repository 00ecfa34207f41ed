"""A stack of layers: what leaves each, how many parameters it has, and how far it sees."""

import math
from typing import Any

import traitlets
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course_utils import _arguments
from course_utils._palette import BLUE, ORANGE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import thousands
from course_utils.explorers.mathematics.windows import output_size

_CLASSES = 10
#: A layer's name, the shape that leaves it (empty if it does not fit), its parameters, and the
#: side of its receptive field in pixels (0 where there is no map, so that all pixels count).
Layer = tuple[str, list[int], int, int]


def stack_layers(
    side: int,
    channels: int,
    blocks: int,
    filters: int,
    kernel_size: int,
    stride: int,
    same: bool,
    pool_size: int,
    dense_units: int,
) -> list[Layer]:
    """List a network's layers: what leaves each, its parameters, and how many pixels it sees."""
    layers: list[Layer] = [("Input", [side, side, channels], 0, 1)]
    sees, apart = 1, 1  # apart: how many pixels lie between neighbours of a map
    for block in range(blocks):
        units = filters * 2**block
        parameters = kernel_size**2 * channels * units + units
        steps = [(f"Conv2D {units}", kernel_size, stride, "same" if same else "valid", parameters)]
        if pool_size > 1:
            steps.append((f"MaxPool {pool_size}", pool_size, pool_size, "valid", 0))
        for name, window, step, padding, count in steps:
            side, channels = output_size(side, window, step, padding), units
            if side == 0:
                return [*layers, (name, [], 0, 0)]
            sees, apart = sees + (window - 1) * apart, apart * step
            layers.append((name, [side, side, channels], count, sees))
    size = side * side * channels
    layers.append(("Flatten", [size], 0, 0))
    for units in [dense_units, _CLASSES] if dense_units else [_CLASSES]:
        layers.append((f"Dense {units}", [units], size * units + units, 0))
        size = units
    return layers


def shape_in_words(shape: list[int]) -> str:
    """Write a shape."""
    return " × ".join(map(thousands, shape)) if shape else "does not fit"


def field_in_words(sees: int) -> str:
    """Write how many pixels count for one number of a map."""
    return f"sees {sees} × {sees}"


def percent_of(part: int, whole: int) -> int:
    """Return a part as a percentage of the whole."""
    return (100 * part + whole // 2) // whole


def _layer_in_words(layer: Layer) -> str:
    name, shape, count, sees = layer
    parameters = f" ({thousands(count)})" if count else ""
    return f"{name}: {shape_in_words(shape)}{parameters}" + (
        f", {field_in_words(sees)}" if sees > 1 else ""
    )


class Stack(Explorer):
    """A convolutional network that you can deepen, widen, pad and pool."""

    scene = "stack.js"
    lessons = ("convolution", "capstone", "deeper_networks")
    shared = ("windows.js",)

    blocks = traitlets.Int(2, min=0, max=3).tag(sync=True, label="convolution blocks")
    filters = traitlets.Int(32, min=1, max=64).tag(sync=True, label="filters in the first")
    kernel_size = traitlets.Int(3, min=1, max=5).tag(sync=True, label="kernel size")
    stride = traitlets.Int(1, min=1, max=3).tag(sync=True, label="stride of Conv2D")
    pool_size = traitlets.Int(2, min=1, max=3).tag(sync=True, label="MaxPool window")
    dense_units = traitlets.Int(128, min=0, max=256).tag(sync=True, label="neurons after Flatten")
    same = traitlets.Bool(True).tag(sync=True, label="padding 'same' in Conv2D")
    side = traitlets.Int(28).tag(sync=True)
    channels = traitlets.Int(1).tag(sync=True)

    def layers(self) -> list[Layer]:
        """Return the network's layers."""
        return stack_layers(
            self.side,
            self.channels,
            self.blocks,
            self.filters,
            self.kernel_size,
            self.stride,
            self.same,
            self.pool_size,
            self.dense_units,
        )

    def sentence(self) -> str:
        """Give what leaves each layer, its parameters and how far it sees; then all parameters."""
        layers = self.layers()
        words = " → ".join(map(_layer_in_words, layers))
        if not layers[-1][1]:
            unreached = f"Dense {self.dense_units}" if self.dense_units else "The output layer"
            return f"{words}. {unreached} is never reached, so this network cannot be built."
        total = sum(count for _, _, count, _ in layers)
        name, _, most, _ = max(layers, key=lambda layer: layer[2])
        return (
            f"{words}. Together these layers have {thousands(total)} parameters. The largest, "
            f"{name}, has {percent_of(most, total)} % of them."
        )

    def draw(self, figure: Figure) -> None:
        """Draw what leaves each layer as a block, with shape, receptive field and parameters."""
        layers = self.layers()
        total = sum(count for _, _, count, _ in layers) or 1
        axes = figure.subplots()
        axes.set(xlim=(0, 10), ylim=(len(layers) + 0.5, -0.5))
        axes.axis("off")
        size: dict[str, Any] = {"fontsize": 9, "va": "center"}
        for row, (name, shape, count, sees) in enumerate(layers):
            if len(shape) == 3:
                high, wide = 0.85 * shape[0] / self.side, 0.25 + 0.3 * math.log2(shape[2] + 1)
                block = Rectangle((0.1, row - high / 2), wide, high, color=BLUE)
                axes.add_patch(block)
            elif shape:
                flat = Rectangle((0.1, row - 0.08), 0.18 * math.log2(shape[0]), 0.16)
                flat.set_color(ORANGE)
                axes.add_patch(flat)
            axes.text(2.5, row, name, weight="bold", **size)
            axes.text(4.2, row, shape_in_words(shape), **size)
            if sees > 1:
                axes.text(5.8, row, field_in_words(sees), **size)
            if count:
                axes.text(8, row, thousands(count), ha="right", **size)
                bar = Rectangle((8.2, row - 0.2), 1.7 * count / total, 0.4, color=BLUE)
                axes.add_patch(bar)
        complete = bool(layers[-1][1])
        words = f"all: {thousands(total)} parameters" if complete else "cannot be built"
        axes.text(8, len(layers), words, ha="right", weight="bold", **size)


def explore_stack(
    blocks: int = 2,
    filters: int = 32,
    kernel_size: int = 3,
    stride: int = 1,
    padding: str = "same",
    pool_size: int = 2,
    dense_units: int = 128,
    side: int = 28,
    channels: int = 1,
) -> Stack:
    """Build a convolutional network with sliders: watch shapes, parameters and how far it sees.

    Parameters
    ----------
    blocks : int, default 2
        How many times a convolution followed by max pooling is repeated, 0 to 3.
    filters : int, default 32
        Of the first convolution, 1 to 64. Each further one has twice as many.
    kernel_size : int, default 3
        1 to 5.
    stride : int, default 1
        Of the convolutions, 1 to 3.
    padding : {'valid', 'same'}, default 'same'
        Of the convolutions.
    pool_size : int, default 2
        Window and stride of the pooling, 1 (none) to 3.
    dense_units : int, default 128
        Neurons between Flatten and the output, 0 (none) to 256.
    side, channels : int, default 28 and 1
        Of an image: 4 to 256, and 1 to 3.

    Returns
    -------
    Stack
        Its traits are ``blocks``, ``filters``, ``kernel_size``, ``stride``, ``pool_size``,
        ``dense_units`` and ``same``.

    Raises
    ------
    TypeError
        If a number is not a whole number.
    ValueError
        If one is out of its range, or `padding` is unknown.

    Examples
    --------
    >>> explore_stack(1, padding="valid", dense_units=100).sentence()[-67:]
    'have 542,230 parameters. The largest, Dense 100, has 100 % of them.'
    """
    return Stack(
        blocks=blocks,
        filters=filters,
        kernel_size=kernel_size,
        stride=stride,
        same=_arguments.choice("padding", padding, ("valid", "same")) == "same",
        pool_size=pool_size,
        dense_units=dense_units,
        side=_arguments.whole_number("side", side, 4, 256),
        channels=_arguments.whole_number("channels", channels, 1, 3),
    )

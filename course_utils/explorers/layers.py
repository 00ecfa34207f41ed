"""How many parameters a network of dense layers has, layer by layer."""

from itertools import pairwise

import traitlets
from matplotlib.figure import Figure

from course_utils import _arguments
from course_utils._palette import BLUE
from course_utils.explorers.base.explorer import Explorer
from course_utils.explorers.base.numbers import thousands
from course_utils.plots import plot_network

_MOST = 10_000  # inputs or outputs


def layer_sizes(
    inputs: int, hidden_layers: int, first_units: int, further_units: int, outputs: int
) -> list[int]:
    """List how many numbers enter a network and leave each of its layers."""
    hidden = [first_units if i == 0 else further_units for i in range(hidden_layers)]
    return [inputs, *hidden, outputs]


def layer_parameters(sizes: list[int]) -> list[int]:
    """Count each layer's weights and biases."""
    return [before * units + units for before, units in pairwise(sizes)]


def layer_names(hidden_layers: int) -> list[str]:
    """Name the layers in order."""
    return [*(f"hidden {i + 1}" for i in range(hidden_layers)), "output"]


class Layers(Explorer):
    """A network whose layers you can add and widen, and the parameters that each costs."""

    scene = "layers.js"
    lessons = ("multilayer_perceptron",)

    hidden_layers = traitlets.Int(2, min=0, max=3).tag(sync=True, label="hidden layers")
    first_units = traitlets.Int(128, min=1, max=512).tag(sync=True, label="neurons in the first")
    further_units = traitlets.Int(128, min=1, max=512).tag(sync=True, label="neurons in the others")
    inputs = traitlets.Int(784).tag(sync=True)
    outputs = traitlets.Int(10).tag(sync=True)

    def sizes(self) -> list[int]:
        """List how many numbers enter the network and leave each layer."""
        return layer_sizes(
            self.inputs, self.hidden_layers, self.first_units, self.further_units, self.outputs
        )

    def sentence(self) -> str:
        """Give the parameters of each layer, their sum, and which layer holds the most."""
        sizes = self.sizes()
        counts = layer_parameters(sizes)
        total, most = sum(counts), max(counts)
        sum_ = f"{' + '.join(map(thousands, counts))} = " if len(counts) > 1 else ""
        percent = (100 * most + total // 2) // total
        where = layer_names(self.hidden_layers)[counts.index(most)]
        neurons = sum(sizes[1:])
        return (
            f"{' → '.join(map(str, sizes))} has {sum_}{thousands(total)} parameters for "
            f"{thousands(neurons)} neuron{'' if neurons == 1 else 's'}. "
            f"The largest layer is {where}, with {percent} % of the parameters."
        )

    def draw(self, figure: Figure) -> None:
        """Draw the network, and below it each layer's parameters as a bar."""
        sizes = self.sizes()
        counts = layer_parameters(sizes)
        network, bars = figure.subplots(2, 1, height_ratios=[1.3, 1])
        plot_network(sizes, ax=network)
        drawn = bars.barh(range(len(counts)), counts, color=BLUE, height=0.6)
        words = [
            f"{a} × {b} + {b} = {thousands(count)}"
            for (a, b), count in zip(pairwise(sizes), counts, strict=True)
        ]
        bars.bar_label(drawn, words, padding=4, fontsize=9)
        bars.set_yticks(range(len(counts)), layer_names(self.hidden_layers), fontsize=9)
        bars.set_xlim(0, max(counts) * 1.5)
        bars.set_title(f"parameters: {thousands(sum(counts))}", fontsize=10)
        bars.invert_yaxis()
        bars.set_xticks([])
        bars.spines[["top", "right", "bottom"]].set_visible(False)


def explore_layers(
    hidden_layers: int = 2,
    first_units: int = 128,
    further_units: int = 128,
    inputs: int = 784,
    outputs: int = 10,
) -> Layers:
    """Add hidden layers, widen them, and watch what each costs in parameters.

    Parameters
    ----------
    hidden_layers : int, default 2
        0 to 3.
    first_units : int, default 128
        Neurons in the first hidden layer, 1 to 512.
    further_units : int, default 128
        Neurons in each further hidden layer, 1 to 512.
    inputs, outputs : int, default 784 and 10
        How many numbers enter and leave the network, 1 to 10,000.

    Returns
    -------
    Layers
        Its traits are ``hidden_layers``, ``first_units`` and ``further_units``.

    Raises
    ------
    TypeError
        If an argument is not a whole number.
    ValueError
        If one is out of its range.

    Examples
    --------
    >>> explore_layers(1, first_units=350)
    Layers: 784 → 350 → 10 has 274,750 + 3,510 = 278,260 parameters for 360 neurons. ...
    """
    return Layers(
        hidden_layers=hidden_layers,
        first_units=first_units,
        further_units=further_units,
        inputs=_arguments.whole_number("inputs", inputs, 1, _MOST),
        outputs=_arguments.whole_number("outputs", outputs, 1, _MOST),
    )

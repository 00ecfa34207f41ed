"""The layers explorer: what each layer of a network costs."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_layers
from course_utils.explorers.layers import layer_names, layer_parameters, layer_sizes


def random_networks(seed: int, n: int = 200) -> list[tuple[int, int, int, int, int]]:
    rng = np.random.default_rng(seed)
    return [
        tuple(map(int, rng.integers((1, 0, 1, 1, 1), (900, 4, 513, 513, 40)))) for _ in range(n)
    ]


def test_a_layer_has_the_parameters_of_its_arrays() -> None:
    for case in random_networks(0, 20):
        sizes = layer_sizes(*case)
        arrays = [np.zeros((a, b)).size + np.zeros(b).size for a, b in pairwise(sizes)]
        assert layer_parameters(sizes) == arrays


@pytest.mark.parametrize(
    ("layers", "units", "total"), [(2, 128, 118_282), (1, 350, 278_260), (1, 128, 101_770)]
)
def test_the_tutorials_networks_have_their_parameters(layers: int, units: int, total: int) -> None:
    assert sum(layer_parameters(explore_layers(layers, units).sizes())) == total


def test_a_narrow_hidden_layer_can_save_parameters() -> None:
    narrow, none = explore_layers(1, 9).sizes(), explore_layers(0).sizes()
    assert sum(layer_parameters(narrow)) == 7165 < sum(layer_parameters(none)) == 7850


def test_the_sentence_adds_up_the_layers() -> None:
    assert explore_layers(2, 128, 128).sentence() == (
        "784 → 128 → 128 → 10 has 100,480 + 16,512 + 1,290 = 118,282 parameters for 266 neurons. "
        "The largest layer is hidden 1, with 85 % of the parameters."
    )


def test_a_single_layer_needs_no_addition() -> None:
    assert explore_layers(0).sentence().startswith("784 → 10 has 7,850 parameters for 10 neurons.")


def test_the_smallest_network_has_one_neuron() -> None:
    assert "2 parameters for 1 neuron." in explore_layers(0, inputs=1, outputs=1).sentence()


def test_the_still_twin_writes_each_layers_calculation() -> None:
    figure = Figure()
    explore_layers(1, 350).draw(figure)
    words = [text.get_text() for text in figure.axes[1].texts]
    assert words == ["784 × 350 + 350 = 274,750", "350 × 10 + 10 = 3,510"]


COMPARED = {
    layer_sizes: random_networks(1),
    layer_parameters: [(layer_sizes(*case),) for case in random_networks(2)],
    layer_names: [(count,) for count in range(4)],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("layers.js", function, COMPARED[function])

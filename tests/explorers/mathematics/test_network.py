"""The shipped networks' forward pass: the same in NumPy, in the browser and in Keras."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from course_utils.datasets import load_dataset
from course_utils.explorers.mathematics.network import (
    as_floats,
    convolve,
    dense,
    layer_outputs,
    packed,
    percent_of,
    pool,
    softmax,
)
from course_utils.pretrained import describe_pretrained, pretrained_names
from course_utils.pretrained.rebuilding import build_trained

RNG = np.random.default_rng(0)
every_network = pytest.mark.parametrize("name", pretrained_names())


def real_images(name: str, n: int) -> np.ndarray:
    """Test images with as many channels as the network takes: (n, 28, 28) or (n, 28, 28, 3)."""
    info = describe_pretrained(name)
    images = load_dataset(info.dataset)[1][0][:n]
    return images if info.n_channels == 1 else np.stack([images, images // 2, 255 - images], -1)


@every_network
def test_numpy_gives_at_every_layer_what_keras_gives(name: str) -> None:
    import keras

    network, images = build_trained(name), real_images(name, 20)
    inside = keras.Model(network.inputs, [layer.output for layer in network.layers])
    expected = inside.predict((images / np.float32(255)).reshape(20, 28, 28, -1), verbose=0)
    layers, weights = packed(name)
    for i, image in enumerate(images):
        outputs = layer_outputs(layers, as_floats(weights), image)
        assert [output.name for output in outputs] == [layer.name for layer in network.layers]
        for output, of_all in zip(outputs, expected, strict=True):
            assert_allclose(output.values, of_all[i], atol=1e-4)


@every_network
def test_the_browser_gives_at_every_layer_what_numpy_gives(name: str, in_browser) -> None:
    layers, weights = packed(name)
    numbers = as_floats(weights)
    for image in real_images(name, 3):
        case = (layers, numbers, image.ravel())
        [seen] = in_browser("network.js", "layerOutputs", [case])
        for output, other in zip(layer_outputs(layers, numbers, image), seen, strict=True):
            assert (output.name, list(output.values.shape)) == (other["name"], other["shape"])
            assert_allclose(other["values"], output.values.ravel(), rtol=1e-12)


def test_the_browser_reads_float32_as_python_does(same_in_browser) -> None:
    same_in_browser("network.js", as_floats, [(RNG.normal(size=50).astype("<f4").tobytes(),)])


def test_the_browser_convolves_to_the_bit_as_python_does(in_browser) -> None:
    maps, weights, biases = RNG.normal(size=(5, 4, 3)), RNG.normal(size=(3, 3, 3, 2)), RNG.random(2)
    case = (maps.ravel(), maps.shape, weights.ravel(), biases)
    [sums] = in_browser("network.js", "convolve", [case])
    assert_array_equal(sums, convolve(maps, weights, biases).ravel())


def test_a_convolution_turns_nothing_round() -> None:
    point = np.zeros((3, 3, 1))
    point[0, 0] = 1
    weights = np.arange(9.0).reshape(3, 3, 1, 1)
    sums = convolve(point, weights, np.zeros(1))[..., 0]
    assert sums.tolist() == [[4, 3, 0], [1, 0, 0], [0, 0, 0]]


def test_the_browser_pools_as_python_does(in_browser) -> None:
    maps = RNG.normal(size=(6, 4, 3))
    [pooled] = in_browser("network.js", "pool", [(maps.ravel(), maps.shape)])
    assert_array_equal(pooled, pool(maps).ravel())


def test_the_browser_weighs_to_the_bit_as_python_does(in_browser) -> None:
    inputs, weights, biases = RNG.random(100), RNG.normal(size=(100, 7)), RNG.normal(size=7)
    case = (inputs, weights.ravel(), biases)
    assert_array_equal(in_browser("network.js", "dense", [case])[0], dense(inputs, weights, biases))


def test_the_browser_makes_the_same_probabilities(same_in_browser) -> None:
    same_in_browser(
        "network.js", softmax, [(row,) for row in RNG.normal(0, 8, (40, 10))], rtol=1e-12
    )


def test_the_browser_rounds_percent_as_python_does(same_in_browser) -> None:
    values = [0.0, 0.005, 0.985, 0.125, 1.0, *RNG.random(300)]
    same_in_browser("network.js", percent_of, [(float(value),) for value in values])


def test_the_browser_finds_the_first_of_the_largest_as_numpy_does(in_browser) -> None:
    rows = RNG.integers(0, 4, (50, 6))
    seen = in_browser("network.js", "argmax", [(row,) for row in rows])
    assert seen == rows.argmax(axis=1).tolist()


@every_network
def test_what_is_sent_to_the_browser_holds_every_parameter(name: str) -> None:
    layers, weights = packed(name)
    shapes = [layer["shape"] for layer in layers if layer["shape"]]
    n_parameters = sum(math.prod(shape) + shape[-1] for shape in shapes)
    assert len(weights) == 4 * n_parameters == 4 * describe_pretrained(name).n_parameters

"""The forward pass of a small trained network, for the explorers that show one at work.

The browser's twin is ``network.js``. Both add up in the same order and in float64, so that they
give the same bits, and so the same sentences.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_utils.pretrained import describe_pretrained, load_weights

Layers = list[dict[str, Any]]


class LayerOutput(NamedTuple):
    """What a layer made of a picture: shape (height, width, maps), or (n,)."""

    name: str
    values: NDArray[np.float64]


def packed(name: str) -> tuple[Layers, bytes]:
    """Put a shipped network into the form in which it is sent to the browser.

    Parameters
    ----------
    name : str
        One of `course_utils.pretrained.pretrained_names`.

    Returns
    -------
    layers : list of dict
        Name, kind, shape of the weights and activation of each layer.
    weights : bytes
        All its numbers, float32, layer by layer, first the weights and then the biases.

    Examples
    --------
    >>> layers, weights = packed("digits_cnn")
    >>> [layer["name"] for layer in layers], len(weights)
    (['conv_1', 'pool_1', 'conv_2', 'pool_2', 'flatten', 'output'], 36392)
    """
    layers = [
        {
            "name": layer.name,
            "kind": layer.kind,
            "shape": list(layer.weights_shape),
            "activation": layer.activation,
        }
        for layer in describe_pretrained(name).layers
    ]
    weights = b"".join(array.astype("<f4").tobytes() for array in load_weights(name).values())
    return layers, weights


def as_floats(weights: bytes) -> NDArray[np.float64]:
    """Read float32 numbers.

    Parameters
    ----------
    weights : bytes

    Returns
    -------
    ndarray of float64
        The same numbers; float64 only for the sums to come.

    Examples
    --------
    >>> as_floats(bytes([0, 0, 128, 63]))
    array([1.])
    """
    return np.frombuffer(weights, "<f4").astype(np.float64)


def convolve(
    maps: NDArray[np.float64], weights: NDArray[np.float64], biases: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Slide 3 × 3 filters over maps whose edges are padded with 0.

    Parameters
    ----------
    maps : ndarray of shape (height, width, channels)
    weights : ndarray of shape (3, 3, channels, filters)
    biases : ndarray of shape (filters,)

    Returns
    -------
    ndarray of shape (height, width, filters)

    Examples
    --------
    >>> convolve(np.ones((2, 2, 1)), np.ones((3, 3, 1, 1)), np.array([0.5])).ravel()
    array([4.5, 4.5, 4.5, 4.5])
    """
    height, width, n_channels = maps.shape
    padded = np.pad(maps, ((1, 1), (1, 1), (0, 0)))
    sums = np.broadcast_to(biases, (height, width, len(biases))).copy()
    for row, column, channel in np.ndindex(3, 3, n_channels):
        seen = padded[row : row + height, column : column + width, channel, np.newaxis]
        sums += seen * weights[row, column, channel]
    return sums


def pool(maps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the greatest of each 2 × 2.

    Parameters
    ----------
    maps : ndarray of shape (height, width, channels)
        Height and width are even.

    Returns
    -------
    ndarray of shape (height // 2, width // 2, channels)

    Examples
    --------
    >>> pool(np.array([[[1.0], [5.0]], [[3.0], [2.0]]])).ravel()
    array([5.])
    """
    height, width, n_channels = maps.shape
    blocks = maps.reshape(height // 2, 2, width // 2, 2, n_channels)
    return blocks.max(axis=(1, 3))


def weigh(
    inputs: NDArray[np.float64], weights: NDArray[np.float64], biases: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Add up all inputs, weighted, for each neuron of a dense layer.

    Parameters
    ----------
    inputs : ndarray of shape (n,)
    weights : ndarray of shape (n, neurons)
    biases : ndarray of shape (neurons,)

    Returns
    -------
    ndarray of shape (neurons,)

    Examples
    --------
    >>> weigh(np.array([1.0, 2.0]), np.array([[1.0], [10.0]]), np.array([0.5]))
    array([21.5])
    """
    sums = biases.copy()
    for value, row in zip(inputs, weights, strict=True):  # a matrix product has another order
        sums += value * row
    return sums


def softmax_of(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn any numbers into probabilities.

    Parameters
    ----------
    logits : ndarray of shape (n,)

    Returns
    -------
    ndarray of shape (n,)

    Examples
    --------
    >>> softmax_of(np.array([0.0, 0.0]))
    array([0.5, 0.5])
    """
    powers = np.array([math.exp(value - logits.max()) for value in logits])
    return powers / np.cumsum(powers)[-1]  # sum() would add in another order


def layer_outputs(
    layers: Layers, weights: NDArray[np.float64], pixels: NDArray[np.uint8]
) -> list[LayerOutput]:
    """Calculate what every layer makes of a picture.

    Parameters
    ----------
    layers : list of dict
        As from `packed`.
    weights : ndarray of float64
        All the network's numbers, as from `as_floats`.
    pixels : ndarray of shape (28, 28), uint8
        Grey values from 0 to 255.

    Returns
    -------
    list of LayerOutput
        One for each layer, after its activation.

    Examples
    --------
    >>> layers, weights = packed("digits_cnn")
    >>> outputs = layer_outputs(layers, as_floats(weights), np.zeros((28, 28), np.uint8))
    >>> outputs[2].name, outputs[2].values.shape
    ('conv_2', (14, 14, 16))
    """
    values = (pixels.astype(np.float64) / 255)[..., np.newaxis]  # (28, 28, 1)
    outputs, start = [], 0
    for layer in layers:
        shape = tuple(layer["shape"])
        n_weights = math.prod(shape) if shape else 0
        n_biases = shape[-1] if shape else 0
        own = weights[start : start + n_weights].reshape(shape or (0,))
        biases = weights[start + n_weights : start + n_weights + n_biases]
        start += n_weights + n_biases
        if layer["kind"] == "convolution":
            values = convolve(values, own, biases)
        elif layer["kind"] == "pooling":
            values = pool(values)
        elif layer["kind"] == "dense":
            values = weigh(values, own, biases)
        else:
            values = values.ravel()
        if layer["activation"] == "relu":
            values = np.maximum(values, 0)
        if layer["activation"] == "softmax":
            values = softmax_of(values)
        outputs.append(LayerOutput(layer["name"], values))
    return outputs


def percent_of(fraction: float) -> int:
    """Round to hundredths, halves up.

    Parameters
    ----------
    fraction : float

    Returns
    -------
    int

    Examples
    --------
    >>> percent_of(0.985), percent_of(0.004)
    (99, 0)
    """
    return math.floor(fraction * 100 + 0.5)

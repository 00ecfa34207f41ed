"""The forward pass of a small trained network, for the explorers that show one at work.

The browser's twin is ``network.js``. Both add up in the same order and in float64, so that they
give the same bits, and so the same sentences.
"""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from course_utils.explorers.base.numbers import decimals
from course_utils.pretrained import describe_pretrained, load_weights

Layers = list[dict[str, Any]]


class LayerOutput(NamedTuple):
    """The output of a layer for one picture: shape (height, width, maps), or (n,)."""

    name: str
    values: NDArray[np.float64]


def packed(name: str) -> tuple[Layers, bytes]:
    """Put a shipped network into the form that the browser gets: its layers, and all numbers."""
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
    """Read float32 numbers, as float64 for the sums to come."""
    return np.frombuffer(weights, "<f4").astype(np.float64)


def convolve(
    maps: NDArray[np.float64], weights: NDArray[np.float64], biases: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Slide 3 × 3 filters over maps whose edges are padded with 0."""
    height, width, n_channels = maps.shape
    padded = np.pad(maps, ((1, 1), (1, 1), (0, 0)))
    sums = np.broadcast_to(biases, (height, width, len(biases))).copy()
    for row, column, channel in np.ndindex(3, 3, n_channels):
        seen = padded[row : row + height, column : column + width, channel, np.newaxis]
        sums += seen * weights[row, column, channel]
    return sums


def pool(maps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep the largest of each 2 × 2."""
    height, width, n_channels = maps.shape
    blocks = maps.reshape(height // 2, 2, width // 2, 2, n_channels)
    return blocks.max(axis=(1, 3))


def dense(
    inputs: NDArray[np.float64], weights: NDArray[np.float64], biases: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Add up all inputs, weighted, for each neuron of a dense layer."""
    sums = biases.copy()
    for value, row in zip(inputs, weights, strict=True):  # a matrix product has another order
        sums += value * row
    return sums


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn logits into probabilities."""
    powers = np.array([math.exp(value - logits.max()) for value in logits])
    return powers / np.cumsum(powers)[-1]  # sum() would add in another order


def layer_outputs(
    layers: Layers, weights: NDArray[np.float64], pixels: NDArray[Any]
) -> list[LayerOutput]:
    """Calculate the output of every layer for a picture, (28, 28) or (28, 28, 3), of 0 to 255."""
    values = pixels.astype(np.float64).reshape(28, 28, -1) / 255
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
            values = dense(values, own, biases)
        else:
            values = values.ravel()
        if layer["activation"] == "relu":
            values = np.maximum(values, 0)
        if layer["activation"] == "softmax":
            values = softmax(values)
        outputs.append(LayerOutput(layer["name"], values))
    return outputs


def percent_of(fraction: float) -> int:
    """Round to hundredths, halves up."""
    return math.floor(fraction * 100 + 0.5)


def map_in_words(chosen: NDArray[np.float64]) -> str:
    """Say how much of a map with anything in it is 0, and where it is highest."""
    row, column = divmod(int(chosen.argmax()), chosen.shape[1])
    return (
        f"0 at {percent_of(float((chosen == 0).mean()))} % of its positions and has its highest "
        f"value, {decimals(float(chosen.max()), 2)}, in row {row} and column {column}"
    )

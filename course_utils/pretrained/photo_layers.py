"""The layers of the network for photos: EfficientNet-Lite0, written out for Keras.

A block widens what it gets with a 1 × 1 convolution, filters each channel for itself (depthwise),
and narrows it again. Where nothing changed its size, it adds what it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from keras import Model

SIDE = 224  # pixels
N_CLASSES = 1000
N_FEATURES = 1280
_STEM_FILTERS = 32
_EPSILON = 1e-3  # of batch normalisation, with which the weights were trained

#: Blocks, kernel, stride of the first block, widening, filters: Tan and Le (2019), table 1.
_STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
#: What each kind of layer has learnt, in the order in which Keras holds it.
_PARTS = {
    "Conv2D": ("weights",),
    "DepthwiseConv2D": ("weights",),
    "BatchNormalization": ("scale", "shift", "mean", "variance"),
    "Dense": ("weights", "biases"),
}


@dataclass(frozen=True)
class Block:
    """One block, from its number of input channels to its number of filters."""

    name: str
    kernel: int
    stride: int
    widening: int
    n_in: int
    n_out: int


def blocks() -> Iterator[Block]:
    """List the 16 blocks, from the picture to the features."""
    n_in, number = _STEM_FILTERS, 0
    for n_blocks, kernel, first_stride, widening, n_out in _STAGES:
        for i in range(n_blocks):
            number += 1
            stride = first_stride if i == 0 else 1
            yield Block(f"block_{number:02}", kernel, stride, widening, n_in, n_out)
            n_in = n_out


def build_photo_network() -> Model:
    """Build the network, uncompiled, with fresh random weights."""
    import keras
    from keras import layers

    def normalised(x: Any, name: str) -> Any:
        return layers.BatchNormalization(epsilon=_EPSILON, name=f"{name}_norm")(x)

    def active(x: Any, name: str) -> Any:
        return layers.ReLU(6.0, name=f"{name}_relu")(normalised(x, name))

    def convolved(x: Any, name: str, n_out: int, kernel: int = 1, stride: int = 1) -> Any:
        layer = layers.Conv2D(n_out, kernel, stride, padding="same", use_bias=False, name=name)
        return layer(x)

    photo = keras.Input((SIDE, SIDE, 3), name="photo")
    x = active(convolved(photo, "stem", _STEM_FILTERS, 3, 2), "stem")
    for block in blocks():
        name, y = block.name, x
        if block.widening > 1:
            y = convolved(y, f"{name}_expand", block.n_in * block.widening)
            y = active(y, f"{name}_expand")
        y = layers.DepthwiseConv2D(
            block.kernel, block.stride, padding="same", use_bias=False, name=f"{name}_depthwise"
        )(y)
        y = active(y, f"{name}_depthwise")
        y = normalised(convolved(y, f"{name}_project", block.n_out), f"{name}_project")
        same_size = block.stride == 1 and block.n_in == block.n_out
        x = layers.Add(name=f"{name}_add")([y, x]) if same_size else y
    x = active(convolved(x, "head", N_FEATURES), "head")
    features = layers.GlobalAveragePooling2D(name="features")(x)
    answer = layers.Dense(N_CLASSES, activation="softmax", name="answer")(features)
    return keras.Model(photo, answer, name="photo_classifier")


def array_names(network: Model) -> dict[str, list[str]]:
    """List the names of each layer's arrays, in the order in which Keras holds them."""
    return {
        layer.name: [f"{layer.name}_{part}" for part in _PARTS[type(layer).__name__]]
        for layer in network.layers
        if layer.weights
    }


def set_arrays(network: Model, arrays: dict[str, Any]) -> None:
    """Give each layer its arrays, in single precision."""
    for layer, names in array_names(network).items():
        network.get_layer(layer).set_weights([arrays[name].astype("float32") for name in names])

"""Load a trained network's weights, after checking that their file arrived whole."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course_utils.pretrained.info import Layer, PretrainedInfo
from course_utils.pretrained.registry import describe_pretrained

if TYPE_CHECKING:
    from keras import Sequential


class DamagedWeightsError(OSError):
    """A shipped file of weights does not hold what it should."""


def load_weights(name: str) -> dict[str, NDArray[np.float32]]:
    """Load a trained network's weights and biases as NumPy arrays, without TensorFlow.

    Parameters
    ----------
    name : {"digits_mlp", "digits_cnn", "clothes_mlp", "clothes_cnn"}
        Which network.

    Returns
    -------
    dict of str to ndarray of float32
        ``<layer>_weights`` and ``<layer>_biases`` of each layer that learned, in the order of
        the layers. A convolution's weights have the shape (3, 3, channels in, filters), a
        dense layer's (numbers in, neurons). Each call returns new arrays.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no network has this name; the message suggests the nearest.
    FileNotFoundError
        If the network's file is missing.
    DamagedWeightsError
        If the file is truncated or altered.

    Examples
    --------
    >>> weights = load_weights("digits_cnn")
    >>> weights["conv_1_weights"].shape, weights["conv_1_biases"].shape
    ((3, 3, 1, 8), (8,))
    """
    info = describe_pretrained(name)
    path = shipped_path(info)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            f'The weights of "{info.name}" are missing: {path}. {_remedy()}'
        ) from None
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != info.sha256:
        raise DamagedWeightsError(
            f'The weights of "{info.name}" are truncated or were altered: {path} '
            f"({len(content):,} bytes, expected {info.n_bytes:,}).\n"
            f"Expected SHA-256 {info.sha256}\nGot SHA-256      {sha256}\n{_remedy()}"
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {key: file[key] for key in info.array_shapes}


def load_pretrained(name: str) -> Sequential:
    """Load a trained network as a Keras model.

    Parameters
    ----------
    name : {"digits_mlp", "digits_cnn", "clothes_mlp", "clothes_cnn"}
        Which network. The first two know MNIST's digits, the others Fashion-MNIST's clothes.

    Returns
    -------
    keras.Sequential
        It takes images of shape (n, 28, 28, 1), float32, scaled from 0 to 1, and gives ten
        probabilities for each, shape (n, 10). Not compiled: ``predict`` needs no loss; compile
        it before ``evaluate`` or ``fit``. Its layers have the names of the arrays that
        `load_weights` gives: ``network.get_layer("conv_1")``.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no network has this name; the message suggests the nearest.
    FileNotFoundError
        If the network's file is missing.
    DamagedWeightsError
        If the file is truncated or altered.

    Examples
    --------
    >>> network = load_pretrained("digits_cnn")
    >>> network.count_params(), network.output_shape
    (9098, (None, 10))
    """
    weights = load_weights(name)
    network = build_untrained(name)
    network.set_weights(list(weights.values()))
    return network


def build_untrained(name: str) -> Sequential:
    """Build a network like a shipped one, with fresh random weights.

    Parameters
    ----------
    name : str
        One of `pretrained_names`.

    Returns
    -------
    keras.Sequential
        Not compiled.

    Raises
    ------
    TypeError, ValueError
        If no network has this name.

    Examples
    --------
    >>> build_untrained("clothes_cnn").count_params()
    9098
    """
    info = describe_pretrained(name)
    import keras

    image = keras.layers.Input((28, 28, 1))
    return keras.Sequential([image, *map(_keras_layer, info.layers)], name=name)


def shipped_path(info: PretrainedInfo) -> Path:
    """Say where a network's file lies: beside this module.

    Parameters
    ----------
    info : PretrainedInfo
        As from `describe_pretrained`.

    Returns
    -------
    pathlib.Path
        Whether or not the file is there.

    Examples
    --------
    >>> shipped_path(describe_pretrained("digits_mlp")).name
    'digits_mlp.npz'
    """
    return Path(__file__).with_name(info.file_name)


def _keras_layer(layer: Layer) -> Any:
    """Make one Keras layer."""
    from keras import layers

    activation = layer.activation or None
    n_out = layer.weights_shape[-1] if layer.weights_shape else 0
    if layer.kind == "convolution":
        return layers.Conv2D(n_out, 3, padding="same", activation=activation, name=layer.name)
    if layer.kind == "pooling":
        return layers.MaxPooling2D(2, name=layer.name)
    if layer.kind == "dense":
        return layers.Dense(n_out, activation=activation, name=layer.name)
    return layers.Flatten(name=layer.name)


def _remedy() -> str:
    """Say how to get a good file back."""
    return (
        "To restore it, run `git checkout -- course_utils/pretrained` in the course's folder, or "
        "install the course again. Maintainers can also run `course pretrained rebuild`."
    )

"""Load a trained network's weights, after checking that their file arrived whole."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils._shipped import how_to_restore, load_arrays
from course_utils.pretrained.info import PretrainedInfo
from course_utils.pretrained.registry import describe_pretrained


def load_weights(name: str) -> dict[str, NDArray[np.float32]]:
    """Load a trained network's weights and biases as NumPy arrays, without TensorFlow.

    Parameters
    ----------
    name : str
        One of `pretrained_names`, such as ``"digits_cnn"``.

    Returns
    -------
    dict of str to ndarray of float32
        ``<layer>_weights`` and ``<layer>_biases`` of each layer that learnt, in the order of
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
    DamagedFileError
        If the file is truncated or altered.

    Examples
    --------
    >>> weights = load_weights("digits_cnn")
    >>> weights["conv_1_weights"].shape, weights["conv_1_biases"].shape
    ((3, 3, 1, 8), (8,))
    """
    info = describe_pretrained(name)
    return load_arrays(
        shipped_path(info),
        info.array_shapes,
        info.sha256,
        how_to_restore(f"pretrained/{info.file_name}", "course pretrained rebuild"),
    )


def shipped_path(info: PretrainedInfo) -> Path:
    """Return the path of a network's file, beside this module."""
    return Path(__file__).with_name(info.file_name)

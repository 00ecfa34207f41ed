"""A saved network: loaded safely, shown pictures as it learnt from them, and asked."""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from course_utils.datasets.folder import read_framed, read_resized
from course_utils.trying.notes import Notes

if TYPE_CHECKING:
    from keras import Model

_EXAMPLE = "course try model.keras"
_SCALING = ("Rescaling", "Normalization")


def load_network(path: Path) -> Model:
    """Load a network from a .keras file, without running code that the file may hold."""
    if not path.exists():
        raise FileNotFoundError(
            f"There is no file {path}. Give one that network.save wrote, as in: {_EXAMPLE}"
        )
    if path.is_dir() or path.suffix != ".keras" or not _is_saved_network(path):
        raise ValueError(
            f"{path} is no saved Keras network. Give a file that network.save wrote, whose name "
            f"ends in .keras, as in: {_EXAMPLE}"
        )
    import keras

    try:
        return keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # whatever the layers of a stranger's file raise
        words = str(error)
        if "unsafe" in words or "safe_mode" in words:
            raise ValueError(
                f"{path} holds Python code of whoever made it, as a Lambda layer does, and is not "
                "run here. Build the network from Keras's own layers, train it and save it again."
            ) from None
        if own := re.search(r"Could not locate class '(\w+)'", words):
            raise ValueError(
                f"{path} has a layer of somebody's own, {own[1]}, whose code is not in the file. "
                "Build the network from Keras's own layers, train it and save it again."
            ) from None
        raise ValueError(
            f"Keras cannot load {path} ({type(error).__name__}: {words.split(chr(10))[0][:200]}). "
            "Save the network again, with the version of Keras that is used here."
        ) from None


def _is_saved_network(path: Path) -> bool:
    """Tell whether a file holds what Keras needs to make a network."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return "config.json" in archive.namelist()


def layers_in(network: Any) -> Iterator[Any]:
    """Yield all layers of a network, those of networks inside it as well."""
    for layer in network.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from layers_in(layer)


class SavedNetwork:
    """A network, what is known about its pictures, and its answers.

    Parameters
    ----------
    network : keras.Model
    notes : Notes
        Names and preparation; what they leave open is decided here.
    name : str
        The file's, for messages.
    """

    def __init__(self, network: Any, notes: Notes, name: str = "The network") -> None:
        self.network, self.name = network, name
        self.image_size, self.channels = self._input_shape()
        self.scales = any(type(layer).__name__ in _SCALING for layer in layers_in(network))
        self._require(notes)
        like = None if self.channels == 3 else notes.like
        as_told = notes.frame
        if as_told is None:
            as_told = like == "mnist" and not notes.crop
        frames = self.channels != 3 and as_told
        self.notes = replace(
            notes,
            like=like,
            invert=bool(notes.invert),
            frame=frames,
            crop=bool(notes.crop) and not frames,
            white=notes.white or (255.0 if self.scales else 1.0),
        )

    @property
    def class_names(self) -> list[str]:
        """A name for each answer."""
        return self.notes.class_names or []

    def see(self, file: Path, *, invert: bool, frame: bool, crop: bool) -> NDArray[np.uint8]:
        """Make a picture ready, up to its scaling: (height, width) or (height, width, 3).

        What is framed has been cropped to its ink, so `crop` makes no difference to it.
        """
        if frame:
            return read_framed(file, self.image_size)
        picture = read_resized(file, "RGB" if self.channels == 3 else "L", self.image_size, crop)
        return 255 - picture if invert else picture

    def batch(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Turn a picture into the input of the network, a batch of one."""
        scaled = picture.astype(np.float32) * np.float32((self.notes.white or 1) / 255)
        return scaled.reshape(1, *self.network.input_shape[1:])

    def answer(self, picture: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Return a probability for each class."""
        return as_probabilities(np.asarray(self.network(self.batch(picture), training=False))[0])

    def input_in_words(self) -> str:
        """Describe what the network gets."""
        height, width = self.image_size
        colour = "colour" if self.channels == 3 else "grey"
        why = (
            "a layer of the network scales them"
            if self.scales
            else "no layer of the network scales them"
        )
        white = f"{self.notes.white:g}"
        return f"{height} × {width} pixels in {colour}, with values from 0 to {white} ({why})"

    def _input_shape(self) -> tuple[tuple[int, int], int]:
        """Read height, width and channels, or say why there are none; 0 channels is no axis."""
        shape = getattr(self.network, "input_shape", None)
        known = shape[1:] if isinstance(shape, tuple) and None not in shape[1:] else ()
        side = math.isqrt(known[0]) if len(known) == 1 else 0
        if len(known) == 1 and side > 1 and side * side == known[0]:
            return (side, side), 0
        if len(known) == 2 and min(known) > 1:
            return (known[0], known[1]), 0
        if len(known) == 3 and min(known[:2]) > 1 and known[2] in (1, 3):
            return (known[0], known[1]), known[2]
        raise ValueError(
            f"{self.name} takes input of shape {shape}, which is no picture. Pictures are (height, "
            "width), (height, width, 1) in grey or (height, width, 3) in colour, with fixed "
            "numbers, or the unrolled pixels of a square."
        )

    def _require(self, notes: Notes) -> None:
        """Require an answer for each class name."""
        shape = getattr(self.network, "output_shape", None)
        if not isinstance(shape, tuple) or len(shape) != 2 or shape[1] is None:
            raise ValueError(
                f"{self.name} returns output of shape {shape}, which is no answer for each class. "
                "Let its last layer be a Dense layer with a number for each class."
            )
        n = max(2, shape[1])
        if notes.class_names is None:
            raise ValueError(
                f"{self.name} has {n} answers, and nothing says what they mean. Name them, as in: "
                "--classes fashion_mnist, or --classes cup,plate"
            )
        if len(notes.class_names) != n:
            given = len(notes.class_names)
            names = "class name is" if given == 1 else "class names are"
            raise ValueError(
                f"{self.name} has {n} answers, but {given} {names} given "
                f"({', '.join(notes.class_names)[:100]}). Name them all, as in: --classes cup,plate"
            )


def as_probabilities(output: NDArray[np.floating]) -> NDArray[np.float64]:
    """Turn what a last layer returns into probabilities: of a softmax, a sigmoid, or logits."""
    values = output.astype(np.float64)
    if not np.isfinite(values).all():
        raise ValueError(
            "The network's answer is not a number, as after a training that diverged. Train it "
            "again with a smaller learning rate."
        )
    within = bool(((values >= 0) & (values <= 1)).all())
    if len(values) == 1:  # a single neuron: the probability of the second class, or its logit
        second = values[0] if within else 1 / (1 + np.exp(-np.clip(values[0], -500, 500)))
        return np.array([1 - second, second])
    if within and math.isclose(values.sum(), 1, abs_tol=1e-3):
        return values
    powers = np.exp(values - values.max())
    return powers / powers.sum()

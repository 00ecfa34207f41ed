"""The check of saving and loading: a file holds the whole network, which comes back unchanged."""

import contextlib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from course_utils.checks.check import NOTHING, Case, Check
from course_utils.checks.networks import (
    MEANINGS,
    Network,
    build_dense,
    describe_network,
    first_difference,
    network,
)

_TOLERANCE = 1e-5


def stack(sizes: Sequence[int]) -> Network:
    """Describe the network of these sizes: inputs, hidden layers, outputs."""
    *hidden, last = sizes[1:]
    layers = [f"Dense({units}, relu)" for units in hidden]
    return Network((sizes[0],), (*layers, f"Dense({last}, softmax)"))


#: network, path, expected. A network is made of its sizes, with weights of its own.
_SAVED: list[Case] = [
    ([6, 5, 3], "small.keras", stack([6, 5, 3])),
    ([4, 8, 8, 2], "another.keras", stack([4, 8, 8, 2])),
]


@contextlib.contextmanager
def _network_and_folder(sizes: Sequence[int], path: str) -> Iterator[list[Any]]:
    """Make the network, and an empty folder to work in, so that messages show a short path."""
    made = build_dense(sizes[:1], sizes[1:])
    made.set_weights(_first_weights(made))
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        yield [made, path]


def _first_weights(made: Any) -> list[Any]:
    """Draw the weights of a network, the same at each call."""
    rng = np.random.default_rng(0)
    return [rng.normal(size=weights.shape).astype(np.float32) for weights in made.get_weights()]


def _describe_copy(returned: Any, given: Any, path: str) -> Any:
    """Describe the network that came back, the files beside it, and how far both have moved."""
    found = describe_network(returned)
    if not isinstance(found, Network):
        return found
    return {
        "network": found,
        "is_given": returned is given,
        "kept": all(map(np.array_equal, given.get_weights(), _first_weights(given))),
        "files": sorted(file.name for file in Path().iterdir()),
        "moved": _moved(returned, given),
        "saved": _moved(_loaded(path), given),
    }


def _loaded(path: str) -> Any:
    """Load what was saved, or None if that is no network."""
    import keras

    if Path(path).is_file() and zipfile.is_zipfile(path):
        with contextlib.suppress(Exception):
            return keras.saving.load_model(path)
    return None


def _moved(network: Any, given: Any) -> float | None:
    """Find the largest difference between the probabilities of two networks of one shape."""
    shapes = "input_shape", "output_shape"
    if network is None or not network.built:
        return None
    if any(getattr(network, shape) != getattr(given, shape) for shape in shapes):
        return None
    images = np.random.default_rng(1).normal(size=(20, *given.input_shape[1:]))
    images = images.astype(np.float32)
    return float(np.abs(np.asarray(network(images)) - np.asarray(given(images))).max())


def _read(received: Any) -> dict[str, Any]:
    is_description = isinstance(received, dict) and isinstance(received.get("network"), Network)
    network()(received["network"] if is_description else received)
    return dict(received)


def _judge(received: dict[str, Any], _: Any, path: str, expected: Network) -> str:
    """Say what is wrong with the file, and then with the network that came back."""
    files, found = received["files"], network("loss", "metrics", "optimizer")(received["network"])
    if not files:
        told = "No file was written. network.save( ) writes one."
        if received["is_given"]:
            told += " A network that exists only in memory is gone when the kernel stops."
        return told
    if path not in files:
        return (
            f"There is no file {path!r}, but {', '.join(map(repr, files))}. Where it is saved, and "
            "with which suffix, is up to the caller: use `path` as it is."
        )
    if received["saved"] is None:
        return (
            f"{path} holds no network that Keras can load. Let network.save( ) write it, because "
            "that keeps layers and weights together."
        )
    if received["saved"] > _TOLERANCE:
        return (
            f"The network in {path} gives other probabilities than the one that should be saved. "
            "Save the given network itself."
        )
    if not received["kept"]:
        return (
            "The weights of the network that was given have changed, so the file holds others than "
            "were trained. Save the network as it is."
        )
    if received["is_given"]:
        return (
            "The file is right, but the network that was given came back. It has never been in the "
            "file: return the one that keras.saving.load_model makes from it."
        )
    if found != expected:
        return f"The network that came back has changed. {first_difference(found, expected)}"
    if received["moved"] is None or received["moved"] > _TOLERANCE:
        return (
            "The network that came back has the right layers, but gives other probabilities. A "
            "network that is built again begins with new weights; load_model brings back those of "
            "the file."
        )
    return ""


check_save_and_reload = Check(
    "save_and_reload(network, path)",
    _SAVED,
    form=_read,
    demand=_judge,
    compares=False,
    describe=_describe_copy,
    prepare=_network_and_folder,
    meanings={
        "File not found|No such file": "There is no such file yet. Save the network first, to "
        "`path`, and load it from there.",
        r"must end in `.weights.h5`": "save_weights keeps the weights without the layers that they "
        "belong to. network.save keeps both.",
        "has no attribute 'load_model'": "A network has no method for loading, because before "
        "loading there is no network: call keras.saving.load_model with the path.",
        "Invalid filepath extension": "Keras tells the format by the suffix. `path` ends in .keras "
        "already: use it as it is.",
        **MEANINGS,
        NOTHING: "`network.save` writes a file and returns nothing, so return what "
        "keras.saving.load_model gives.",
    },
)

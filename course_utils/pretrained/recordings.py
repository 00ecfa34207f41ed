"""How recordings are kept: JSON files of the package, an entry to a line."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside


def read(file: Path) -> list[dict[str, Any]]:
    """Read the entries of a recording."""
    return json.loads(file.read_text(encoding="utf-8"))


def place_for(shipped: Path, folder: str | os.PathLike[str] | None) -> Path:
    """Say where to write a recording: over the shipped file, or in a folder, which must exist."""
    return shipped if folder is None else _arguments.folder("folder", folder) / shipped.name


def write(file: Path, entries: Iterable[dict[str, Any]]) -> None:
    """Write a recording, so that a change of one entry is a change of one line."""
    lines = (json.dumps(entry, separators=(",", ":")) for entry in entries)
    write_aside(file, "[\n" + ",\n".join(lines) + "\n]\n")

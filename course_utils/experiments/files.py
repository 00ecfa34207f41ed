"""The file of a log, read whole and added to in one step, and the checksum of any file."""

import hashlib
import os
from pathlib import Path

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.experiments.rows import Row, log_text, parse_log


def read_rows(path: Path) -> list[Row]:
    """Read the rows of a log; without a file there are none."""
    if not path.exists():
        return []
    return parse_log(path.read_bytes().decode("utf-8", errors="replace"), path.name)


def add_row(path: Path, row: Row) -> None:
    """Append a row in one step; a failure leaves the file as it was."""
    rows = [*read_rows(path), row]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_aside(path, log_text(rows))


def sha256_of(path: str | os.PathLike[str]) -> str:
    """Calculate the SHA-256 of a file: 64 characters that change when one of its bytes does."""
    return hashlib.sha256(_arguments.file("path", path).read_bytes()).hexdigest()

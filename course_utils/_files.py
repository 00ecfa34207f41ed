"""Writing a file in one step."""

import os
from pathlib import Path


def write_aside(path: Path, text: str) -> None:
    """Write beside the file, then replace it, so that a failure leaves only the old one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # or a power failure may leave the new name with nothing in it
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)

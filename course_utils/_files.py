"""Writing a file in one step, and saying where one that is Python stopped."""

import os
from pathlib import Path
from traceback import extract_tb


def write_aside(path: Path, content: str | bytes) -> None:
    """Write beside the file, then replace it, so that a failure leaves only the old one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())  # or a power failure may leave the new name with nothing in it
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def where_it_stopped(path: Path, error: Exception) -> str:
    """Say with what, and in which line, a Python file of the course's own stopped."""
    frames = extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    where = f"{path}, line {lines[-1]}" if lines else str(path)
    return f"{where}: {type(error).__name__}: {error}. Correct it there."

"""Files of a folder in one zip file, and back again."""

import io
import zipfile
from pathlib import Path, PurePosixPath

_MOST_BYTES = 500_000_000
_FORBIDDEN = set('\\:*?"<>|')


def pack(folder: Path) -> bytes:
    """Put all that is in a folder into a zip file, without what is hidden, such as checkpoints."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not path.is_symlink() and _is_work(name):
                archive.write(path, name)
    return buffer.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Read the files of a zip file, if :func:`pack` could have made it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            strange = [entry.filename for entry in entries if not _is_work(entry.filename)]
            if strange:
                raise ValueError(
                    f"The file holds {strange[0]!r}, which is no work of this course. Choose the "
                    "zip file that you downloaded here."
                )
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise ValueError(
                    f"The file holds more than {_MOST_BYTES // 10**6} MB. Take out what is large, "
                    "such as saved networks."
                )
            return {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise ValueError(
            "This is not a whole zip file. Choose the one that you downloaded here."
        ) from None


def _is_work(name: str) -> bool:
    """Tell whether a path leads into the folder, to a file that is not hidden."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not Path(name).is_absolute()
        and not _FORBIDDEN & set(name)
        and not any(part.startswith(".") or part == "__pycache__" for part in parts)
        and not name.startswith("/")
    )

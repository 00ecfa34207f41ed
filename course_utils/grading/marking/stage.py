"""Files that are written aside first, and then all moved to where they belong."""

import contextlib
import shutil
import tempfile
import time
from pathlib import Path

from course_utils.grading.database import GradebookError

_STAGE = ".carrying-"
_STALE_SECONDS = 86_400  # whoever left a stage behind so long ago is gone


class Stage(contextlib.AbstractContextManager["Stage"]):
    """Files that are written aside, and then all moved to where they belong."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._folders: dict[Path, Path] = {}
        self._moves: list[tuple[Path, Path]] = []

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, path: Path, content: bytes) -> bool:
        """Write a file aside, if it is not there already, and tell whether that was so."""
        if path.is_file() and path.read_bytes() == content:
            return False
        try:
            aside = self._folder(path) / str(len(self._moves))
            aside.write_bytes(content)
        except OSError as error:
            raise GradebookError(
                f"{path} cannot be written, and nothing was: {error.strerror}. Make room, or give "
                "yourself the right to write there, and run the same command again."
            ) from None
        self._moves.append((aside, path))
        return True

    def move(self) -> None:
        """Move everything to its place."""
        for aside, path in self._moves:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.rmtree(path)
            aside.replace(path)
        self._moves.clear()

    def _folder(self, path: Path) -> Path:
        """Find a folder on the same disk, and sweep up after a process that was killed."""
        first, *rest = path.relative_to(self._course).parts
        root = self._course / first if rest else self._course
        if root not in self._folders:
            root.mkdir(exist_ok=True)
            for left in root.glob(f"{_STAGE}*"):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)
            self._folders[root] = Path(tempfile.mkdtemp(prefix=_STAGE, dir=root))
        return self._folders[root]

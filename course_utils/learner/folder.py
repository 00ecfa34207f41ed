"""A learner's folder: lessons come into it without ever going over anyone's work.

One rule holds for lessons, for their later editions and for work that is restored. A file that is
still as the course brought it is replaced by the newer one. A file that has been changed is its
owner's, and stays: what is new lies beside it, as in ``01_loading_data.new.ipynb``.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside

NOTEBOOKS = "notebooks"
FIRST_LESSON = "00_start_here/00_start_here.ipynb"
_RECORD = ".course.json"
_DEFAULT = "image-classification"


@dataclass(frozen=True)
class Delivery:
    """What became of files that were brought into a folder.

    Attributes
    ----------
    written : tuple of str
        Those that are new there, or replaced what nobody had changed.
    beside : tuple of str
        Those that lie beside a file that its owner has changed.
    """

    written: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class LearnersFolder:
    """A folder of lessons that belongs to a learner.

    Parameters
    ----------
    path : str or Path
        It need not exist yet.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = _arguments.path("path", path).expanduser()

    def bring_lessons(self) -> Delivery:
        """Copy this edition's lessons into the folder; where they live, there is nothing to do."""
        source, here = shipped_notebooks(), self.path.resolve()
        if here == source or here in source.parents:
            return Delivery()
        if source in here.parents:
            raise ValueError(
                f"{self.path} lies among the course's own notebooks. Choose a folder elsewhere, as "
                "in `course lab my-notebooks`."
            )
        return self.bring({name: (source / name).read_bytes() for name in _lesson_files(source)})

    def bring(self, files: Mapping[str, bytes], mark: str = "new") -> Delivery:
        """Lay files into the folder by the rule above.

        Parameters
        ----------
        files : mapping of str to bytes
            By their paths in the folder, with ``/`` between the parts.
        mark : str, default "new"
            What marks the name of a file that lies beside another.
        """
        delivered = self._read_record()
        written, beside = [], []
        for name, content in files.items():
            target, digest = self.path / name, _digest(content)
            there = _digest(target.read_bytes()) if target.is_file() else None
            if there not in (None, digest, delivered.get(name)):  # its owner's
                if delivered.get(name) == digest:  # and nothing has come since
                    continue
                target = _free_place(target, mark, content)
                beside.append(target.relative_to(self.path).as_posix())
            elif there != digest:
                written.append(name)
            delivered[name] = digest
            if not (target.is_file() and target.read_bytes() == content):
                target.parent.mkdir(parents=True, exist_ok=True)
                write_aside(target, content)
        self._write_record(delivered)
        return Delivery(tuple(written), tuple(beside))

    def _read_record(self) -> dict[str, str]:
        """Return what was brought, as digests by name; a record that cannot be read is empty."""
        try:
            content: Any = json.loads((self.path / _RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write_record(self, delivered: Mapping[str, str]) -> None:
        if delivered != self._read_record():
            write_aside(self.path / _RECORD, json.dumps(delivered, indent=1).encode() + b"\n")


def shipped_notebooks() -> Path:
    """Find this edition's notebooks: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / NOTEBOOKS, package.parent / NOTEBOOKS):
        if (folder / FIRST_LESSON).is_file():
            return folder
    raise FileNotFoundError(
        f"The course's notebooks are missing from {package}. Install the course again."
    )


def usual_folder() -> LearnersFolder:
    """Choose where lessons are if nobody says: where one is, or else one place in the home.

    Where one is means a learner's folder, or a checkout of the course, here or above.
    """
    here = Path.cwd()
    source = shipped_notebooks()
    for folder in (here, *here.parents):
        if (folder / _RECORD).is_file():
            return LearnersFolder(folder)
        if folder / NOTEBOOKS == source:
            return LearnersFolder(source)
    return LearnersFolder(Path.home() / _DEFAULT)


def _lesson_files(source: Path) -> list[str]:
    """List what a release is made of, without what a learner or Jupyter leaves beside it."""
    files = (path.relative_to(source) for path in sorted(source.rglob("*")) if path.is_file())
    return [
        file.as_posix()
        for file in files
        if not any(part.startswith((".", "_", "my_")) for part in file.parts)
        and (file.suffix != ".ipynb" or file.stem == file.parent.name)
    ]


def _free_place(target: Path, mark: str, content: bytes) -> Path:
    """Find a name beside a file that is free, or holds the same already."""
    number = 1
    while True:
        count = "" if number == 1 else f"-{number}"
        place = target.with_name(f"{target.stem}.{mark}{count}{target.suffix}")
        if not place.exists() or place.read_bytes() == content:
            return place
        number += 1


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

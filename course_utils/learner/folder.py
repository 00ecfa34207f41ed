"""A learner's folder: lessons come into it without ever going over anyone's work.

One rule holds for lessons and for their later editions. A file that is still as the course brought
it is replaced by the newer one. A file that has been changed is its owner's, and stays: what is new
lies beside it, as in ``01_loading_data.new.ipynb``. Work that is restored takes its place again,
and what its owner has changed since lies beside that.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.learner import _archive

NOTEBOOKS = "notebooks"
FIRST_LESSON = "00_start_here/00_start_here.ipynb"
#: Where a folder keeps what was brought into it, as digests.
RECORD = ".course.json"
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

    def bring(
        self, files: Mapping[str, bytes], mark: str = "new", *, moves_aside: bool = False
    ) -> Delivery:
        """Lay files into the folder by the rule above.

        Parameters
        ----------
        files : mapping of str to bytes
            By their paths in the folder, with ``/`` between the parts.
        mark : str, default "new"
            What marks the name of a file that lies beside another.
        moves_aside : bool, default False
            Whether that is the file which was there, and not the one which comes.
        """
        delivered = self._read_record()
        written, beside = [], []
        for name, content in files.items():
            target, digest = self.path / name, _digest(content)
            there = target.read_bytes() if target.is_file() else None
            is_owners = there is not None and _digest(there) not in (digest, delivered.get(name))
            if there is not None and is_owners:
                if delivered.get(name) == digest and not moves_aside:  # nothing has come since
                    continue
                other = _free_place(target, mark, there if moves_aside else content)
                beside.append(other.relative_to(self.path).as_posix())
                if moves_aside:
                    _write(other, there)
                else:
                    target = other
            elif there != content:
                written.append(name)
            if not moves_aside:
                delivered[name] = digest
            _write(target, content)
        self._write_record(delivered)
        return Delivery(tuple(written), tuple(beside))

    def remember(self) -> None:
        """Take what lies here for what the course brought, as it is in an image just built."""
        names = _lesson_files(self.path)
        self._write_record({name: _digest((self.path / name).read_bytes()) for name in names})

    def pack(self) -> bytes:
        """Put the notebooks, and all work beside them, into a zip file."""
        return _archive.pack(self.path)

    def restore(self, content: bytes) -> Delivery:
        """Lay the work of a zip file into the folder.

        It takes the place of lessons that are as the course brought them. Where there is other work
        already, that stays beside it, as in ``01_loading_data.before.ipynb``. If the file is not as
        :meth:`pack` makes it, nothing is written.
        """
        return self.bring(_archive.unpack(content), mark="before", moves_aside=True)

    def _read_record(self) -> dict[str, str]:
        """Return what was brought, as digests by name; a record that cannot be read is empty."""
        try:
            content: Any = json.loads((self.path / RECORD).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write_record(self, delivered: Mapping[str, str]) -> None:
        if delivered != self._read_record():
            self.path.mkdir(parents=True, exist_ok=True)
            write_aside(self.path / RECORD, json.dumps(delivered, indent=1).encode() + b"\n")


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
        if (folder / RECORD).is_file():
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


def _write(target: Path, content: bytes) -> None:
    """Write a file, unless it is so already."""
    if not (target.is_file() and target.read_bytes() == content):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_aside(target, content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

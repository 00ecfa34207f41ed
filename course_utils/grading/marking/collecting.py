"""Reading the folder that a student handed in: regular files only, and not without end."""

import contextlib
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

_IGNORED = {".ipynb_checkpoints", "__MACOSX", ".DS_Store", "Thumbs.db", "__pycache__"}
#: What nbgrader's exchange adds. It changes with each time that the same is handed in.
_OF_NBGRADER = {"timestamp.txt", "submission_secret.txt"}
_LARGEST_OF_NBGRADER = 10_000
_MOST_ENTRIES, _DEEPEST = 2000, 8
_LARGEST_NOTEBOOK = 256 << 20  # most of it outputs, which are not looked at
_LARGEST_FILE, _LARGEST_SUM = 16 << 20, 32 << 20  # a sandbox has 64 MB for all of its files
_MOST_NAMED = 5  # files in a note


@dataclass(frozen=True)
class HandedIn:
    """What lies in a folder that was handed in.

    Attributes
    ----------
    notebook : bytes, optional
        As it lies there; None if there is none.
    files : mapping of str to bytes
        What lies beside it, by name.
    notes : tuple of str
        What is odd about the folder, a sentence each.
    repairs : tuple of str
        What had to be put right to find the notebook, a sentence each.
    of_nbgrader : mapping of str to bytes
        What nbgrader's exchange has added, by name; no part of the student's work.
    """

    notebook: bytes | None
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    of_nbgrader: Mapping[str, bytes] = field(default_factory=dict)


def collect(folder: Path, lesson: str, fit: Callable[[bytes], Any] = len) -> HandedIn:
    """Read what lies in a folder that was handed in, and leave it as it is.

    Parameters
    ----------
    folder : Path
        As in ``submitted/ada/05_activations``.
    lesson : str
        By which the notebook should be named.
    fit : callable, optional
        ``fit(notebook)`` says how well a notebook fits the lesson, where several could be meant:
        the greatest counts, and what is not true fits not at all.
    """
    try:
        root = _open_folder(folder)
    except OSError as error:
        told = f"{lesson} cannot be opened as a folder ({error.strerror}). Hand in a folder."
        return HandedIn(None, notes=(told,))
    try:
        return _Folder(root, lesson).read(fit)
    finally:
        os.close(root)


class _Folder:
    """A folder, kept open: what it is exchanged for meanwhile is not read."""

    def __init__(self, root: int, lesson: str) -> None:
        self._root, self._lesson = root, lesson
        self._left_aside: dict[str, list[str]] = {}
        self._seen = 0
        self._files = list(self._list(PurePosixPath()))

    def read(self, fit: Callable[[bytes], Any]) -> HandedIn:
        place, notebook, repairs = self._notebook(fit)
        beside = place.parent if place else PurePosixPath()
        files: dict[str, bytes] = {}
        left = _LARGEST_SUM
        for path in self._files:
            if path == place or str(path) in _OF_NBGRADER or not path.is_relative_to(beside):
                continue
            content = self._read(path, min(_LARGEST_FILE, left))
            if content is not None:
                files[str(path.relative_to(beside))] = content
                left -= len(content)
        added = {
            str(path): self._read(path, _LARGEST_OF_NBGRADER) or b""
            for path in self._files
            if str(path) in _OF_NBGRADER
        }
        notes = (*self._notes(notebook), *repairs)
        return HandedIn(notebook, files, notes, tuple(repairs), added)

    def _notebook(
        self, fit: Callable[[bytes], Any]
    ) -> tuple[PurePosixPath | None, bytes | None, list[str]]:
        """Find the notebook that counts: the lesson's by name, or else the one that fits best."""
        named = PurePosixPath(f"{self._lesson}.ipynb")
        others = [path for path in self._files if _is_notebook(path) and path != named]
        others.sort(key=lambda path: (_plain(path.stem) != self._lesson, len(path.parts), path))
        best: tuple[PurePosixPath | None, bytes | None, Any] = None, None, None
        for path in [named, *others] if named in self._files else others:
            content = self._read(path, _LARGEST_NOTEBOOK)
            if content is None:
                continue
            fitness = fit(content) if others else 1
            if best[1] is None or (fitness and (not best[2] or fitness > best[2])):
                best = path, content, fitness
            if path == named and fitness:
                break
        place, content, _ = best
        if place is None or place == named:
            return place, content, []
        return place, content, [f"The notebook was found as {_shown(place)}, not as {named}."]

    def _notes(self, notebook: bytes | None) -> Iterator[str]:
        if notebook is None:
            yield f"There is no notebook {self._lesson}.ipynb that can be read."
        for why, names in self._left_aside.items():
            told = ", ".join(names[:_MOST_NAMED])
            more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
            yield f"Left aside, because it {why}: {told}{more}."

    def _list(self, inside: PurePosixPath) -> Iterator[PurePosixPath]:
        """List regular files, folder by folder, in the order of their names."""
        with contextlib.ExitStack() as stack:
            folder = self._root
            if inside.parts:
                try:
                    folder = self._open(inside, os.O_DIRECTORY)
                except OSError:
                    return self._leave_aside("cannot be opened", inside)
                stack.callback(os.close, folder)
            with os.scandir(folder) as entries:
                found = sorted(entry.name for entry in islice(entries, _MOST_ENTRIES + 1))
            for name in found:
                path = inside / name
                self._seen += 1
                if self._seen > _MOST_ENTRIES:
                    return self._leave_aside(f"comes after the first {_MOST_ENTRIES:,}", path)
                try:
                    mode = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode
                except OSError:  # it has just gone
                    continue
                if name in _IGNORED or name.startswith("._"):
                    continue
                if stat.S_ISDIR(mode) and len(path.parts) > _DEEPEST:
                    self._leave_aside("lies too deep", path)
                elif stat.S_ISDIR(mode):
                    yield from self._list(path)
                elif stat.S_ISREG(mode):
                    yield path
                else:
                    link = stat.S_ISLNK(mode)
                    self._leave_aside("is a link" if link else "is no regular file", path)

    def _open(self, path: PurePosixPath, flags: int) -> int:
        """Open what lies below without following a link anywhere on the way."""
        folder = os.dup(self._root)
        kinds = [os.O_DIRECTORY] * (len(path.parts) - 1) + [flags]
        for part, kind in zip(path.parts, kinds, strict=True):
            try:
                # A pipe that has taken a file's place must not be waited for.
                inner = os.open(part, os.O_NOFOLLOW | os.O_NONBLOCK | kind, dir_fd=folder)
            finally:
                os.close(folder)
            folder = inner
        return folder

    def _read(self, path: PurePosixPath, most: int) -> bytes | None:
        try:
            with os.fdopen(self._open(path, 0), "rb") as file:
                is_regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
                content = file.read(most + 1) if is_regular else b""
        except OSError as error:
            self._leave_aside(f"cannot be read ({error.strerror})", path)
            return None
        if is_regular and len(content) <= most:
            return content
        self._leave_aside("is too large" if is_regular else "is no regular file", path)
        return None

    def _leave_aside(self, why: str, path: PurePosixPath) -> None:
        self._left_aside.setdefault(why, []).append(_shown(path))


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_DIRECTORY | os.O_NOFOLLOW)


def _is_notebook(path: PurePosixPath) -> bool:
    """Say whether a name is a notebook's; browsers add to it."""
    return ".ipynb" in path.name.casefold()


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _shown(path: PurePosixPath) -> str:
    """Write a name so that it can be printed and kept, whatever bytes it is made of."""
    told = str(path).encode("utf-8", "replace").decode()
    return "".join(letter if letter.isprintable() else "?" for letter in told)[:120]

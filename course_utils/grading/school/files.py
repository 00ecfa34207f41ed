"""Submissions that arrive as files, and pages of feedback that go back the way they came.

Moodle and Canvas hand out all submissions to an assignment as one zip file, in which each student
is known by the name of a folder or a file, and take such a file back with something else in it::

    Ada Lovelace_4711_assignsubmission_file/02_one_hot_encoding.ipynb     (Moodle)
    lovelaceada_LATE_1001_55501_02_one_hot_encoding.ipynb                 (Canvas)

nbgrader's `zip_collect` reads the names by a pattern, which cannot know whose id a name stands for,
and stops at a student who handed in two files of one name.
"""

import contextlib
import io
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.grading import release
from course_utils.grading.database import open_gradebook
from course_utils.grading.marking.gradebook import FEEDBACK, SUBMITTED
from course_utils.grading.school.marks import Student, student_of
from course_utils.grading.school.tables import simplified

_MOODLE = re.compile(r"(?P<name>[^_]+)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)_?")
_CANVAS = re.compile(r"(?P<name>.+?)_(?:LATE_)?(?P<number>\d+)_\d+_")
_LARGEST_FILE = 256 << 20
_MOST_FILES = 2_000  # in a zip file that a student handed in
_IGNORED = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints"}


class _Known(NamedTuple):
    """By what a school's system knows whose a file is."""

    system: str
    before: str  # what stands before the file's own name, by which a page finds its student again
    name: str
    number: str


@dataclass(frozen=True)
class Download:
    """What a school's system handed out for an assignment. Nothing of it is written yet.

    Attributes
    ----------
    source : path
        The zip file, or the folder that it was unpacked into.
    files : mapping of str to mapping of str to str
        For each student, by id, the files by their own names: each one's name in the download.
    before : mapping of str to str
        For each student, what stands before the files' own names.
    unknown : list of str
        Whom the download names and the gradebook does not, or not surely.
    others : list of str
        Who is in the gradebook, but not in the download.
    """

    source: Path
    files: Mapping[str, Mapping[str, str]]
    before: Mapping[str, str]
    unknown: list[str]
    others: list[str]

    def take_in(self, course: Path, lesson: str) -> list[str]:
        """Put everyone's files into ``submitted/``, and name those whose work is new or changed.

        What a student handed in before is replaced as a whole, once all of it has been read.
        """
        root = course / SUBMITTED
        root.mkdir(exist_ok=True)
        changed = []
        with tempfile.TemporaryDirectory(prefix=".collecting-", dir=root) as name:
            for student, files in self.files.items():
                aside, target = Path(name) / student, root / student / lesson
                for path, content in self._read(files):
                    (aside / path).parent.mkdir(parents=True, exist_ok=True)
                    (aside / path).write_bytes(content)
                if aside.is_dir() and _content(aside) != _content(target):
                    changed.append(student)
            for student in changed:
                target = root / student / lesson
                target.parent.mkdir(exist_ok=True)
                if target.exists():
                    shutil.rmtree(target)
                (Path(name) / student).replace(target)
        return changed

    def give_back(
        self, course: Path, lesson: str, to: Path | None = None
    ) -> tuple[Path, list[str]]:
        """Write a zip file of the pages of feedback, named as the system takes them back.

        Parameters
        ----------
        course, lesson
            Whose pages.
        to : path, optional
            By default beside the download, with a name that ends in ``-feedback.zip``.

        Returns
        -------
        path, list of str
            The file, and the students of whom there is no page.
        """
        path = self.source.with_name(f"{self.source.stem}-feedback.zip") if to is None else to
        if path.suffix.lower() != ".zip" or path.resolve() == self.source.resolve():
            raise ValueError(f"`to` must be another file that ends in .zip; got {path}. Name one.")
        content, without = io.BytesIO(), []
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for student, before in self.before.items():
                page = course / FEEDBACK / student / lesson / f"{lesson}.html"
                if page.is_file():
                    archive.writestr(f"{before}{page.name}", page.read_bytes())
                else:
                    without.append(student)
        write_aside(path, content.getvalue())
        return path, without

    def _read(self, files: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Read a student's files, and what is in a zip file among them."""
        with _opened(self.source) as source:
            for path, name in files.items():
                content = source.read(name)
                yield from _unpacked(content) or [(path, content)]


def read_download(course: Path, download: Path) -> Download:
    """Read whose files are in what Moodle or Canvas handed out for an assignment.

    Parameters
    ----------
    course : path
        The course's folder. Its gradebook says who is in the class.
    download : path
        The zip file, or the folder that it was unpacked into.

    Returns
    -------
    Download

    Raises
    ------
    GradebookError
        If the gradebook is missing, locked, or of another version of nbgrader's.
    OSError
        If there is no such file or course.
    ValueError
        If it is no such download, or names nobody who is in the gradebook.
    """
    release.lessons(course)  # requires a course
    path = _arguments.path("download", download)
    with open_gradebook(course) as gradebook:
        students = [student_of(row) for row in gradebook.students]
    files: dict[str, dict[str, str]] = {}
    before: dict[str, str] = {}
    known_as: dict[str, set[_Known]] = {}
    unknown: dict[_Known, None] = {}
    with _opened(path) as source:
        found = [(name, known) for name in source.names() if (known := _known(name))]
    if not found:
        raise ValueError(
            f"{path} must be what Moodle or Canvas hands out for an assignment; no name in it is "
            "one of theirs. Download all submissions there, and leave the names as they are."
        )
    for name, known in found:
        student = _whose(known, students)
        own = _safe(name.removeprefix(known.before))
        if student is None:
            unknown[known] = None
        elif own:
            known_as.setdefault(student, set()).add(known._replace(before=""))
            files.setdefault(student, {})[own] = name
            if student not in before or own.endswith(".ipynb"):
                before[student] = known.before
    for student, several in known_as.items():
        if len(several) > 1:  # two people of one name, of whom the gradebook knows one
            unknown |= dict.fromkeys(sorted(several))
            del files[student], before[student]
    if not files:
        raise ValueError(
            f"Nobody in {path} is surely one of the gradebook's students. Take in the class with "
            "`course roster`, from a table that your school's system exported."
        )
    return Download(
        path,
        files,
        before,
        [f"{known.name} ({known.number})" for known in unknown],
        [student.id for student in students if student.id not in files],
    )


def _known(name: str) -> _Known | None:
    """Read in a file's name whose it is: in that of a folder, with Moodle, or in its own."""
    parts = PurePosixPath(name).parts
    if _IGNORED.intersection(parts) or parts[-1].startswith("._"):
        return None
    for place, part in enumerate(parts):
        above = "".join(f"{folder}/" for folder in parts[:place])
        if found := _MOODLE.match(part):
            if found["kind"] != "file":  # a text that was typed into a box, for one
                return None
            is_folder = place < len(parts) - 1
            before = f"{above}{part}/" if is_folder else f"{above}{found[0]}"
            return _Known("Moodle", before, found["name"], found["number"])
    if found := _CANVAS.match(parts[-1]):
        before = f"{name.removesuffix(parts[-1])}{found[0]}"
        return _Known("Canvas", before, found["name"], found["number"])
    return None


def _whose(known: _Known, students: list[Student]) -> str | None:
    """Find the one student whom a school's system means: by number, with Canvas, or by name."""
    if known.system == "Canvas":
        by_number = [one.id for one in students if one.lms_user_id == known.number]
        if len(by_number) == 1:
            return by_number[0]
    words = known.name.split("-")
    # With groups, Moodle puts the group's name before the student's.
    for place in range(len(words) if known.system == "Moodle" else 1):
        name = _letters("-".join(words[place:]))
        by_name = [one.id for one in students if name in _names(one)]
        if by_name:
            return by_name[0] if len(by_name) == 1 else None
    return None


def _names(student: Student) -> set[str]:
    """Spell a student's name as the systems do, which differ in the order and in what they drop."""
    first, last = student.first_name, student.last_name
    return {_letters(first + last), _letters(last + first)} - {""}


def _letters(name: str) -> str:
    return simplified(unicodedata.normalize("NFC", name)).replace(" ", "")


def _safe(name: str) -> str:
    """Keep a path below the folder that it is meant for; what cannot be is left out."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or parts[0] == "/" or ".." in parts or _IGNORED.intersection(parts):
        return ""
    return "/".join(parts)


def _unpacked(content: bytes) -> list[tuple[str, bytes]]:
    """Unpack a zip file that a student handed in; of anything else, or too much, nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            if len(listed) > _MOST_FILES or sum(one.file_size for one in listed) > _LARGEST_FILE:
                return []
            inner = _Zip(archive)
            return [(safe, inner.read(name)) for name in inner.names() if (safe := _safe(name))]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):  # no zip file, or locked
        return []


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class _Folder:
    """A download that was unpacked."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def names(self) -> list[str]:
        found = (path for path in self._root.rglob("*") if path.is_file() and not path.is_symlink())
        return sorted(path.relative_to(self._root).as_posix() for path in found)

    def read(self, name: str) -> bytes:
        with (self._root / name).open("rb") as file:
            return _limited(file.read(_LARGEST_FILE + 1), name)


class _Zip:
    """A download as it came."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        return sorted(info.filename for info in self._archive.infolist() if not info.is_dir())

    def read(self, name: str) -> bytes:
        with self._archive.open(name) as file:
            return _limited(file.read(_LARGEST_FILE + 1), name)


def _limited(content: bytes, name: str) -> bytes:
    if len(content) > _LARGEST_FILE:
        raise ValueError(
            f"{name} is larger than {_LARGEST_FILE >> 20} MB. Remove it, or look at it."
        )
    return content


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[_Folder | _Zip]:
    """Open a zip file or a folder, or say what it is instead."""
    if path.is_dir():
        yield _Folder(path)
        return
    if not path.is_file():
        raise FileNotFoundError(f"{path} must be a zip file or a folder; there is none.")
    try:
        try:  # without a mark of their own, names are in UTF-8 today
            archive = zipfile.ZipFile(path, metadata_encoding="utf-8")
        except UnicodeDecodeError:
            archive = zipfile.ZipFile(path)
        with archive:
            yield _Zip(archive)
    except zipfile.BadZipFile as error:
        raise ValueError(
            f"{path} must be a zip file; it is none, or a broken one ({error}). Download it again."
        ) from None

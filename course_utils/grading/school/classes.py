"""Starting a class from a checkout of the course, and bringing later editions into it.

A class is a course folder of its own, in which every command works. It owns its lessons: an
instructor changes texts, points and exercises, adds some and deletes others. Beside them, in
``.edition/``, lies what the course brought. With it a later edition can tell the instructor's
changes from its own.
"""

import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from course_utils import _arguments
from course_utils.grading.database import make_gradebook
from course_utils.grading.marking.gradebook import SUBMITTED
from course_utils.grading.marking.stage import Stage
from course_utils.grading.release import CONFIG, SOLUTIONS, lessons, read_notebook
from course_utils.grading.school.editions import merge_lesson, without_outputs

EDITION = ".edition"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_CONFIG = """\
\"\"\"nbgrader's settings for this class. `course update` leaves this file alone.\"\"\"

import os
from pathlib import Path

c = get_config()  # noqa: F821  (traitlets provides it)

# The course's own settings come first, so that a line below can change each of them.
load_subconfig("{edition}/{config}")  # noqa: F821
c.CourseDirectory.course_id = "{name}"
c.Exchange.root = os.environ.get("NBGRADER_EXCHANGE") or str(Path(__file__).parent / "exchange")
"""


@dataclass(frozen=True)
class Update:
    """What came into a class with a new edition of the course.

    Attributes
    ----------
    written : tuple of str
        Files that are new or have changed, by their paths in the class's folder.
    conflicts : tuple of (str, tuple of str)
        Lessons with the cells that both have changed. The instructor's version stands.
    beside : tuple of str
        Files of a new edition that lie beside one that the instructor has changed.
    begun : tuple of str
        Lessons that stay as they are, because students have handed them in.
    """

    written: tuple[str, ...] = ()
    conflicts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    beside: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()


def checkout() -> Path:
    """Find the checkout of the course that this package belongs to."""
    folder = Path(__file__).resolve().parents[3]
    if not ((folder / CONFIG).is_file() and (folder / SOLUTIONS).is_dir()):
        raise FileNotFoundError(
            "A class starts from a checkout of the course, because the package alone holds no "
            f"{SOLUTIONS}/. Use the command `course` of the checkout's own environment, .venv."
        )
    return folder


def start_class(
    course: Path,
    folder: Path,
    chosen: Sequence[str] | None = None,
    first_due: date | None = None,
    days: int = 7,
) -> list[tuple[str, datetime | None]]:
    """Start a class in a folder of its own: all of it appears, or nothing.

    Parameters
    ----------
    course : Path
        A checkout of the course.
    folder : Path
        Where the class will be. It must not exist yet; its last part names the class.
    chosen : sequence of str, optional
        The class's lessons; by default all.
    first_due : date, optional
        The day at whose end the first lesson is due, in this machine's time zone. Without it,
        nothing is due.
    days : int, default 7
        From one lesson's due date to the next.

    Returns
    -------
    list of (str, datetime or None)
        The lessons in order, and when each is due.
    """
    folder = _arguments.path("folder", folder).expanduser().resolve()
    _require_place(folder)
    names = choose_lessons(lessons(course), chosen)
    due = [_due(first_due, place * days) for place, _ in enumerate(names)]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".class-", dir=folder.parent) as aside:
        made = Path(aside) / "class"
        for name, content in _edition(course, names).items():
            for place in (made / EDITION / name, made / name):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        settings = _CONFIG.format(edition=EDITION, config=CONFIG, name=folder.name)
        (made / CONFIG).write_text(settings, encoding="utf-8")
        with make_gradebook(made) as book:
            for name, moment in zip(names, due, strict=True):
                utc = moment and moment.astimezone(UTC).replace(tzinfo=None)
                book.add_assignment(name, duedate=utc)
        made.rename(folder)
    return list(zip(names, due, strict=True))


def update_class(course: Path, folder: Path, chosen: Sequence[str] | None = None) -> Update:
    """Bring a new edition into a class, and keep what its instructor has changed.

    A lesson that students have handed in stays as it is, unless it is chosen by name. A lesson that
    is chosen and not in the class yet is added.

    Parameters
    ----------
    course : Path
        A checkout of the course, in its new edition.
    folder : Path
        The class.
    chosen : sequence of str, optional
        Lessons; by default all that the class has from the course.

    Returns
    -------
    Update
    """
    if not (folder / EDITION).is_dir():
        raise ValueError(
            f"{folder} was not made by `course new`: it has no {EDITION}/. A checkout of the "
            "course is updated with `git pull`."
        )
    known = [name for name in lessons(course) if (folder / EDITION / SOLUTIONS / name).is_dir()]
    names = choose_lessons(lessons(course), chosen) if chosen else known
    begun = [] if chosen else [name for name in names if any(_handed_in(folder, name))]
    names = [name for name in names if name not in begun]
    meeting = _Meeting(folder, brings_back=bool(chosen))
    with Stage(folder) as meeting.stage:
        for name, content in _edition(course, names).items():
            meeting.bring(name, content)
        meeting.stage.move()
    return Update(
        tuple(meeting.written), tuple(meeting.conflicts), tuple(meeting.beside), tuple(begun)
    )


@dataclass
class _Meeting:
    """Files of a new edition that meet those of a class."""

    folder: Path
    brings_back: bool  # also what the instructor has deleted
    stage: Stage = field(init=False)
    written: list[str] = field(default_factory=list)
    conflicts: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    def bring(self, name: str, new: bytes) -> None:
        """Bring a file in by its path: over what nobody changed, into a notebook, or beside."""
        place, kept = self.folder / name, self.folder / EDITION / name
        mine = place.read_bytes() if place.is_file() else None
        base = kept.read_bytes() if kept.is_file() else None
        self.stage.add(kept, new)
        if name == CONFIG:  # the class has settings of its own, which read these
            return
        if mine is None and (base is None or self.brings_back):
            self._write(name, new)
        elif mine is None or new in (mine, base):
            return
        elif mine == base:
            self._write(name, new)
        elif base is not None and place.suffix == ".ipynb":
            merged = merge_lesson(read_notebook(kept), read_notebook(place), _read(new))
            if merged.conflicts:
                self.conflicts.append((place.stem, merged.conflicts))
            self._write(name, _written(merged.notebook))
        else:
            other = Path(name).with_name(f"{place.stem}.new{place.suffix}").as_posix()
            self._write(other, new)
            self.beside.append(other)

    def _write(self, name: str, content: bytes) -> None:
        if self.stage.add(self.folder / name, content):
            self.written.append(name)


def choose_lessons(known: Sequence[str], chosen: Iterable[str] | None) -> list[str]:
    """Choose lessons by their names, in the course's order; without names, all."""
    wanted = list(chosen or known)
    for name in wanted:
        if name not in known:
            near = _arguments.nearest(name, known)
            hint = f"Did you mean {near}?" if near else f"There are {', '.join(known)}."
            raise ValueError(f"The course has no lesson {name!r}. {hint}")
    return [name for name in known if name in wanted]


def _require_place(folder: Path) -> None:
    if not _NAME.fullmatch(folder.name):
        raise ValueError(
            f"A class's folder is named with letters, digits, - and _, because nbgrader's exchange "
            f"uses its name; {folder.name!r} is not. Choose one such as spring-2027."
        )
    if folder.exists():
        raise FileExistsError(
            f"{folder} exists already. Choose another name; or, if it is a class, go there and "
            "run `course update`."
        )


def _due(first: date | None, days: int) -> datetime | None:
    """Give the last minute of a day, so that a lesson is due at its end."""
    return None if first is None else datetime.combine(first + timedelta(days), time(23, 59))


def _edition(course: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read what the course brings into a class, by path."""
    shared = [course / CONFIG, course / ".gitignore", *sorted((course / SOLUTIONS).glob("*.toml"))]
    found = {path.relative_to(course).as_posix(): path.read_bytes() for path in shared}
    for name in names:
        folder = course / SOLUTIONS / name
        for path in sorted(folder.iterdir()):
            if path.name == f"{name}.ipynb":
                content = _written(without_outputs(read_notebook(path)))
            elif path.is_file() and not path.name.startswith(("my_", ".")):
                content = path.read_bytes()
            else:
                continue
            found[path.relative_to(course).as_posix()] = content
    return found


def _read(content: bytes) -> object:
    import nbformat

    return nbformat.reads(content.decode(), as_version=4)


def _written(notebook: object) -> bytes:
    import nbformat

    return f"{nbformat.writes(notebook)}\n".encode()


def _handed_in(folder: Path, lesson: str) -> Iterable[Path]:
    return (folder / SUBMITTED).glob(f"[!.]*/{lesson}")

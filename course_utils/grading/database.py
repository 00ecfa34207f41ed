"""nbgrader's gradebook, opened only where there is one, of this version, and free."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from course_utils.grading import release

GRADEBOOK = "gradebook.db"
#: How long another program may keep the gradebook locked, as nbgrader's page does for a moment.
_PATIENCE_SECONDS = 5.0


class GradebookError(RuntimeError):
    """The gradebook cannot be used as it is. The message says what to do."""


def open_gradebook(course: Path, *, write: bool = False) -> AbstractContextManager[Any]:
    """Open a course's gradebook, or say in one sentence why that cannot be done.

    Parameters
    ----------
    course : path
        The course's folder.
    write : bool, default False
        Whether to write to it: another program may not do so at the same time.

    Returns
    -------
    context manager
        It gives an `nbgrader.api.Gradebook`. Errors of the database that come up inside are
        raised as a GradebookError.

    Raises
    ------
    GradebookError
        If it is missing, locked, of another version of nbgrader's, or no gradebook.
    """
    path = gradebook_path(course)
    if not path.is_file():
        raise GradebookError(
            f"There is no gradebook: {path} is missing. Take in the class with `course roster`, "
            "or grade a lesson, first."
        )
    _require_usable(path, write)
    return _opened(path)


def make_gradebook(course: Path) -> AbstractContextManager[Any]:
    """Make a gradebook where there is none. It appears once all that is done with it has worked."""
    path = gradebook_path(course)
    if path.exists():
        raise GradebookError(f"There is a gradebook already: {path}. Open that one instead.")
    return _made(path)


def open_to_write(course: Path) -> AbstractContextManager[Any]:
    """Open a course's gradebook, or make it, so that nobody else writes to it meanwhile."""
    is_there = gradebook_path(course).is_file()
    return _alone(open_gradebook(course, write=True) if is_there else make_gradebook(course))


@contextmanager
def _alone(opened: AbstractContextManager[Any]) -> Iterator[Any]:
    with opened as book:
        book.db.rollback()
        book.db.connection().exec_driver_sql("BEGIN IMMEDIATE")
        yield book


def gradebook_path(course: Path) -> Path:
    """Say where a course's gradebook is kept."""
    release.lessons(course)  # requires a course
    return Path(course).resolve() / GRADEBOOK


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a file that is known to be usable."""
    from nbgrader.api import Gradebook  # it takes a second

    try:
        # With the name of a course, nbgrader would write that name into the file.
        with Gradebook(f"sqlite:///{path}", course_id="") as gradebook:
            yield gradebook
    except Exception as error:
        # What SQLite says, inside what SQLAlchemy makes of it.
        cause = getattr(error, "orig", None)
        if not isinstance(cause, sqlite3.Error):
            raise
        raise _refusal(path, cause) from None


@contextmanager
def _made(path: Path) -> Iterator[Any]:
    aside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        # nbgrader would ask a command for the version, seconds long, and leave a file without
        # one if the command is not on the path. Where a table exists, it only adds the others.
        with closing(sqlite3.connect(aside)) as connection, connection:
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.execute("INSERT INTO alembic_version VALUES (?)", [_versions()[0]])
        with _opened(aside) as gradebook:
            yield gradebook
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _require_usable(path: Path, write: bool) -> None:
    """Require a gradebook of this version that no other program holds."""
    try:
        tables, version = _look(path, write)
    except sqlite3.Error as error:
        raise _refusal(path, error) from None
    newest, known = _versions()
    if not {"student", "assignment", "grade"} <= tables:
        raise GradebookError(f"{path} is not a gradebook. Put back a copy of the right file.")
    if version is None or version in known - {newest}:
        raise GradebookError(
            f"{path} is of an older nbgrader. Run `nbgrader db upgrade` in {path.parent}, "
            "which keeps a copy of the old file."
        )
    if version != newest:
        raise GradebookError(
            f"{path} is of another nbgrader, whose version {version!r} of the gradebook is not "
            "known here. Install the nbgrader that made it, or a newer one."
        )


def _look(path: Path, write: bool) -> tuple[set[str], str | None]:
    """Name a file's tables and its version, while holding the lock that will be needed."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=_PATIENCE_SECONDS, isolation_level=None
    )
    with closing(connection):
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        found = []
        if "alembic_version" in tables:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        return tables, found[0][0] if found else None


def _versions() -> tuple[str, set[str]]:
    """Read from nbgrader's own files which version it writes, and which ones it knows."""
    from nbgrader.dbutil import ALEMBIC_DIR

    known, replaced = set(), set()
    for path in Path(ALEMBIC_DIR, "versions").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        known |= set(re.findall(r"^revision\s*=\s*['\"](\w+)", text, re.MULTILINE))
        replaced |= set(re.findall(r"^down_revision\s*=\s*['\"](\w+)", text, re.MULTILINE))
    (newest,) = known - replaced
    return newest, known


_LOCKED = "is locked: another program is writing to it. Wait until it is done, and try again."
_BROKEN = "is not a gradebook, or a broken one. Put back a copy of the right file."
_REFUSALS = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_NOTADB: _BROKEN,
    sqlite3.SQLITE_CORRUPT: _BROKEN,
    sqlite3.SQLITE_READONLY: "may not be written to. Give yourself the right to write it.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that you may read it, and write beside it.",
    sqlite3.SQLITE_FULL: "could not grow: the disk is full. Make room, and try again.",
}


def _refusal(path: Path, error: sqlite3.Error) -> GradebookError:
    """Say in a sentence what SQLite complains about."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest are its details
    said = _REFUSALS.get(code, f"could not be used: {error}. Put back a copy of the right file.")
    return GradebookError(f"{path} {said}")

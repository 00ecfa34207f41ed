"""The gradebook is opened only where there is one, of this version, and free."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from class_gradebook import course, make_class, make_course, require_refusal

from course_utils.grading import database
from course_utils.grading.database import GradebookError, make_gradebook, open_gradebook

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

NEWEST = database._versions()[0]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_class(tmp_path_factory.mktemp("class"))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A copy to do harm to."""
    return Path(shutil.copytree(original, tmp_path / "course"))


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_PATIENCE_SECONDS", 0.05)


def schema(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {str(row) for row in connection.execute("SELECT type, name, sql FROM sqlite_master")}


def test_what_is_made_is_what_nbgrader_makes(tmp_path: Path) -> None:
    code = f"from nbgrader.api import Gradebook; Gradebook('sqlite:///{tmp_path}/its.db').close()"
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"  # where it finds its command
    subprocess.run([sys.executable, "-c", code], check=True, env={"PATH": path})
    with make_gradebook(make_course(tmp_path)):
        pass
    theirs, ours = tmp_path / "its.db", tmp_path / "gradebook.db"
    assert {line.rstrip(";") for line in schema(ours)} == {x.rstrip(";") for x in schema(theirs)}
    with closing(sqlite3.connect(theirs)) as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(NEWEST,)]


def test_a_gradebook_whose_making_fails_leaves_nothing(tmp_path: Path) -> None:
    before = sorted(make_course(tmp_path).rglob("*"))
    with pytest.raises(ZeroDivisionError), make_gradebook(tmp_path):
        raise ZeroDivisionError
    assert sorted(tmp_path.rglob("*")) == before


def test_opening_changes_no_bit(folder: Path) -> None:
    before = (folder / "gradebook.db").read_bytes()
    with open_gradebook(folder, write=True) as gradebook:
        assert len(gradebook.students) == 3
    assert (folder / "gradebook.db").read_bytes() == before


def is_of(version: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", [version])

    return change


def is_of_the_first_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE alembic_version")


def is_another_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")


def is_cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


#: What may be wrong with a gradebook, and what the sentence says.
WRONG = {
    "missing": (Path.unlink, ("is missing", "course roster")),
    "empty": (lambda path: path.write_bytes(b""), ("is not a gradebook", "Put back a copy")),
    "text": (lambda path: path.write_text("text " * 200), ("is not a gradebook", "Put back")),
    "cut off": (is_cut_off, ("is not a gradebook, or a broken one", "Put back a copy")),
    "another database": (is_another_database, ("is not a gradebook", "Put back a copy")),
    "older": (is_of("50a4d84c131a"), ("of an older nbgrader", "nbgrader db upgrade")),
    "the oldest": (is_of_the_first_version, ("of an older nbgrader", "nbgrader db upgrade")),
    "newer": (is_of("0123456789ab"), ("of another nbgrader", "0123456789ab", "Install")),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_gradebook_that_cannot_be_used_is_named_with_a_remedy(kind: str, folder: Path) -> None:
    harm, parts = WRONG[kind]
    path = folder / "gradebook.db"
    harm(path)
    require_refusal(course("export", "long", "--course", folder), str(path), *parts)


@pytest.mark.parametrize("kind", sorted(WRONG.keys() - {"missing"}))
def test_a_roster_leaves_a_gradebook_that_cannot_be_used_as_it_is(kind: str, folder: Path) -> None:
    path, roster = folder / "gradebook.db", folder / "class.csv"
    WRONG[kind][0](path)
    before = path.read_bytes()
    roster.write_text("id\n0099\n")
    require_refusal(course("roster", roster, "--course", folder), str(path))
    assert path.read_bytes() == before


@pytest.fixture
def writer(folder: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has begun to write."""
    connection = sqlite3.connect(folder / "gradebook.db", isolation_level=None)
    with closing(connection):
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_a_gradebook_that_is_being_written_is_locked_for_a_roster(
    folder: Path, writer: sqlite3.Connection
) -> None:
    roster = folder / "class.csv"
    roster.write_text("id\n0099\n")
    require_refusal(course("roster", roster, "--course", folder), "is locked", "try again")


def test_a_gradebook_that_is_being_written_can_still_be_read(
    folder: Path, writer: sqlite3.Connection
) -> None:
    with open_gradebook(folder) as gradebook:
        assert len(gradebook.students) == 3


def test_a_gradebook_whose_writer_is_about_to_end_is_locked_for_an_export(
    folder: Path, writer: sqlite3.Connection
) -> None:
    writer.execute("ROLLBACK")
    writer.execute("BEGIN EXCLUSIVE")
    require_refusal(course("export", "long", "--course", folder), "is locked", "try again")
    assert not (folder / "grades.csv").exists()


def test_what_the_database_says_in_between_is_said_in_a_sentence(folder: Path) -> None:
    with (
        pytest.raises(GradebookError, match="could not be used: no such table: absent"),
        open_gradebook(folder) as gradebook,
    ):
        gradebook.db.connection().exec_driver_sql("SELECT * FROM absent")


def test_outside_a_course_the_commands_say_where_to_go(tmp_path: Path) -> None:
    result = course("export", "long", "--course", tmp_path)
    require_refusal(result, "is not in a course", "--course")

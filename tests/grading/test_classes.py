"""A class starts from the course, owns its lessons, and takes in later editions."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pytest
from class_gradebook import course as command
from class_gradebook import require_refusal
from graded_class import gradebook
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils.grading.release import read_config
from course_utils.grading.school.classes import EDITION, checkout, start_class, update_class

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

FIRST, SECOND, THIRD = "01_loading_data", "02_one_hot_encoding", "03_normalisation"


def lesson(*sources: str) -> bytes:
    cells: list[Any] = [new_markdown_cell("# A lesson", id="title")]
    cells += [new_code_cell(source, id=f"code-{n}") for n, source in enumerate(sources)]
    return f"{nbformat.writes(new_notebook(cells=cells))}\n".encode()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course of three lessons."""
    files = {
        "nbgrader_config.py": b'c.CourseDirectory.source_directory = "solutions"\n',
        ".gitignore": b"/gradebook.db\n",
        "solutions/glossary.toml": b"",
        **{f"solutions/{name}/{name}.ipynb": lesson("a = 1", "b = 2") for name in (FIRST, THIRD)},
        f"solutions/{SECOND}/{SECOND}.ipynb": lesson("c = 3"),
        f"solutions/{SECOND}/answers.py": b"ANSWERS = []\n",
        f"solutions/{SECOND}/my_predictions.json": b"{}",
    }
    folder = tmp_path / "course"
    for name, content in files.items():
        write(folder / name, content)
    return folder


@pytest.fixture
def started(course: Path, tmp_path: Path) -> Path:
    """A class with all three lessons."""
    start_class(course, tmp_path / "spring")
    return tmp_path / "spring"


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def notebook(folder: Path, name: str) -> Path:
    return folder / "solutions" / name / f"{name}.ipynb"


def edit(path: Path, change: Callable[[Any], object]) -> None:
    content = nbformat.read(path, as_version=4)
    change(content)
    nbformat.write(content, path)


def sources(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def append(source: str) -> Callable[[Any], object]:
    return lambda content: content.cells.append(new_code_cell(source, id="own"))


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_class_has_the_chosen_lessons_in_the_course_s_order(course: Path, tmp_path: Path) -> None:
    start_class(course, tmp_path / "spring", [SECOND, FIRST])
    found = sorted(path.name for path in (tmp_path / "spring" / "solutions").glob("*_*"))
    assert found == [FIRST, SECOND]


def test_due_dates_are_in_the_gradebook_a_week_apart(course: Path, tmp_path: Path) -> None:
    started = start_class(course, tmp_path / "spring", first_due=date(2027, 3, 24))
    with gradebook(tmp_path / "spring") as book:
        in_book = [book.find_assignment(name).duedate for name, _ in started]
    told = [f"{due:%d %b %H:%M}" for _, due in started if due]
    assert told == ["24 Mar 23:59", "31 Mar 23:59", "07 Apr 23:59"]
    # The gradebook is in UTC; a week in this machine's zone may hold a change to summer time.
    local = [due.timestamp() for _, due in started if due]
    assert [(moment - in_book[0]).total_seconds() for moment in in_book] == [
        moment - local[0] for moment in local
    ]


def test_a_class_keeps_nothing_that_a_learner_left_in_the_course(started: Path) -> None:
    assert list(started.rglob("my_*")) == []


def test_the_class_s_settings_come_after_the_course_s(started: Path) -> None:
    settings = read_config(started).CourseDirectory
    assert (settings.course_id, settings.source_directory) == ("spring", "solutions")


def test_a_class_is_not_started_over_anything(course: Path, started: Path) -> None:
    before = files_of(started)
    with pytest.raises(FileExistsError, match="Choose another name"):
        start_class(course, started)
    assert files_of(started) == before


@pytest.mark.parametrize("name", ["two words", "über", ".hidden", "a+b"])
def test_a_name_that_the_exchange_cannot_use_is_refused(
    name: str, course: Path, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="letters, digits"):
        start_class(course, tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course"]


def test_an_unknown_lesson_is_refused_with_the_nearest(course: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"Did you mean {FIRST}"):
        start_class(course, tmp_path / "spring", ["01_loading"])
    assert not (tmp_path / "spring").exists()


def test_a_class_that_could_not_be_made_leaves_nothing(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr("course_utils.grading.school.classes.make_gradebook", fail)
    with pytest.raises(OSError, match="disk"):
        start_class(course, tmp_path / "spring")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course"]


def test_an_update_to_the_same_edition_changes_nothing(course: Path, started: Path) -> None:
    edit(notebook(started, FIRST), append("own = 1"))
    before = files_of(started)
    assert update_class(course, started).written == ()
    assert files_of(started) == before


def test_a_lesson_that_nobody_changed_is_replaced(course: Path, started: Path) -> None:
    write(notebook(course, FIRST), lesson("a = 1", "b = 3"))
    assert update_class(course, started).written == (f"solutions/{FIRST}/{FIRST}.ipynb",)
    assert sources(notebook(started, FIRST)) == ["# A lesson", "a = 1", "b = 3"]


def test_an_own_exercise_stays_when_the_lesson_is_updated(course: Path, started: Path) -> None:
    edit(notebook(started, FIRST), append("own = 1"))
    write(notebook(course, FIRST), lesson("a = 1", "b = 3"))
    update_class(course, started)
    assert sources(notebook(started, FIRST)) == ["# A lesson", "a = 1", "b = 3", "own = 1"]


def test_a_second_update_knows_what_the_first_brought(course: Path, started: Path) -> None:
    edit(notebook(started, FIRST), append("own = 1"))
    for value in (3, 4):
        write(notebook(course, FIRST), lesson("a = 1", f"b = {value}"))
        assert update_class(course, started).conflicts == ()
    assert "b = 4" in sources(notebook(started, FIRST))


def test_what_both_changed_is_named(course: Path, started: Path) -> None:
    edit(notebook(started, FIRST), lambda content: content.cells[2].update(source="b = 20"))
    write(notebook(course, FIRST), lesson("a = 1", "b = 3"))
    assert update_class(course, started).conflicts == ((FIRST, ("code-1",)),)
    assert "b = 20" in sources(notebook(started, FIRST))
    assert "b = 3" in sources(notebook(started / EDITION, FIRST))


def test_another_file_that_both_changed_comes_beside(course: Path, started: Path) -> None:
    mine, name = b"ANSWERS = [1]\n", f"solutions/{SECOND}/answers.py"
    write(started / name, mine)
    write(course / name, b"ANSWERS = [2]\n")
    assert update_class(course, started).beside == (f"solutions/{SECOND}/answers.new.py",)
    assert (started / name).read_bytes() == mine


def test_a_lesson_that_was_handed_in_waits_until_it_is_named(course: Path, started: Path) -> None:
    (started / "submitted" / "ada" / FIRST).mkdir(parents=True)
    write(notebook(course, FIRST), lesson("a = 1", "b = 3"))
    update = update_class(course, started)
    assert (update.written, update.begun) == ((), (FIRST,))
    assert update_class(course, started, [FIRST]).begun == ()
    assert "b = 3" in sources(notebook(started, FIRST))


def test_a_lesson_that_the_instructor_deleted_comes_back_only_by_name(
    course: Path, started: Path
) -> None:
    shutil.rmtree(started / "solutions" / FIRST)
    update_class(course, started)
    assert not notebook(started, FIRST).exists()
    update_class(course, started, [FIRST])
    assert notebook(started, FIRST).is_file()


def test_a_lesson_is_added_by_its_name(course: Path, tmp_path: Path) -> None:
    start_class(course, tmp_path / "spring", [FIRST])
    update_class(course, tmp_path / "spring", [THIRD])
    assert notebook(tmp_path / "spring", THIRD).is_file()


def test_an_own_lesson_of_the_same_name_stays(course: Path, tmp_path: Path) -> None:
    start_class(course, tmp_path / "spring", [FIRST])
    write(notebook(tmp_path / "spring", THIRD), lesson("mine = 1"))
    update = update_class(course, tmp_path / "spring", [THIRD])
    assert update.beside == (f"solutions/{THIRD}/{THIRD}.new.ipynb",)
    assert sources(notebook(tmp_path / "spring", THIRD))[1:] == ["mine = 1"]


def test_the_course_s_settings_come_in_and_the_class_s_stay(course: Path, started: Path) -> None:
    write(started / "nbgrader_config.py", (started / "nbgrader_config.py").read_bytes() + b"#\n")
    write(course / "nbgrader_config.py", b'c.CourseDirectory.release_directory = "out"\n')
    update_class(course, started)
    settings = read_config(started).CourseDirectory
    assert (settings.course_id, settings.release_directory) == ("spring", "out")
    assert (started / "nbgrader_config.py").read_text(encoding="utf-8").endswith("#\n")


def test_a_broken_lesson_of_the_class_is_named_and_nothing_is_written(
    course: Path, started: Path
) -> None:
    notebook(started, SECOND).write_text("{", encoding="utf-8")
    for name in (FIRST, SECOND):
        write(notebook(course, name), lesson("new = 1"))
    before = files_of(started)
    with pytest.raises(ValueError, match=SECOND):
        update_class(course, started)
    assert files_of(started) == before


def test_a_checkout_is_no_class(course: Path) -> None:
    with pytest.raises(ValueError, match="git pull"):
        update_class(course, course)


def test_the_command_starts_a_class_from_this_checkout(tmp_path: Path) -> None:
    folder = tmp_path / "spring"
    made = command("new", folder, "--lesson", SECOND, "--first-due", "2027-02-08")
    assert made.exit_code == 0, made.output
    assert "08 Feb 23:59" in made.stdout
    assert sources(notebook(folder, SECOND)) == sources(notebook(checkout(), SECOND))
    assert "has all of this edition" in command("update", "--course", folder).stdout


def test_the_command_refuses_a_day_that_is_none(tmp_path: Path) -> None:
    refused = command("new", tmp_path / "spring", "--first-due", "8 February")
    assert refused.exit_code == 2
    assert not (tmp_path / "spring").exists()


def test_the_command_names_what_it_could_not_settle(
    course: Path, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_utils.grading.school.classes.checkout", lambda: course)
    edit(notebook(started, FIRST), lambda content: content.cells[2].update(source="b = 20"))
    write(notebook(course, FIRST), lesson("a = 1", "b = 3"))
    (started / "submitted" / "ada" / THIRD).mkdir(parents=True)
    told = command("update", "--course", started).stdout
    assert "your version stays where both have changed: code-1." in told
    assert f"course update {THIRD}" in told


def test_the_command_says_where_there_is_no_class(tmp_path: Path) -> None:
    require_refusal(command("update", "--course", tmp_path), "is not in a course")

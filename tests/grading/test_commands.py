"""The commands that grade a class, as a person runs them: each in a process of its own."""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from graded_class import KEY, LESSON, hand_in, make_course, page_of, result
from typer.testing import CliRunner

from course_utils.cli import app, base
from course_utils.cli.grading import _Bar, _marks
from course_utils.grading.marking.gradebook import Carried, carry

CLASS = "student_id,first_name,last_name\nada,Ada,Lovelace\nbob,Bob,Ross\n"
CANVAS = f"Student,ID,SIS Login ID,Section,{LESSON} (7)\nPoints Possible,,,,8\nLovelace,1,ada,A,\n"
MOODLE = (
    f"First name,Last name,ID number,Email address,{LESSON}\nAda,Lovelace,ada,ada@example.org,\n"
)


def run(course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that has loaded nothing yet, as a terminal does."""
    command = [sys.executable, "-m", "course_utils.cli", *arguments]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course in which two have handed in, and one has been graded."""
    course = make_course(tmp_path / "course")
    for student in ("ada", "bob"):
        hand_in(course, student)
    carry(course, LESSON, [result("ada")])
    return course


def done(run: subprocess.CompletedProcess[str]) -> str:
    """Demand that a command did its work without a word of complaint."""
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


def test_roster_takes_a_class_in(course: Path) -> None:
    (course / "class.csv").write_text(CLASS)
    said = done(run(course, "roster", "class.csv"))
    assert "add bob (Ross, Bob)" in said
    assert "2 kept" in done(run(course, "roster", "class.csv"))


def test_export_long_writes_a_table(course: Path) -> None:
    done(run(course, "export", "long"))
    assert "ada" in (course / "grades.csv").read_text()


def test_export_canvas_fills_the_scores_in(course: Path) -> None:
    (course / "canvas.csv").write_text(CANVAS)
    done(run(course, "export", "canvas", "canvas.csv"))
    assert "Lovelace,1,ada,A,8" in (course / "canvas-filled.csv").read_text()


def test_export_moodle_fills_the_scores_in(course: Path) -> None:
    (course / "moodle.csv").write_text(MOODLE)
    done(run(course, "export", "moodle", "moodle.csv", "--lesson", LESSON))
    assert "ada@example.org,8" in (course / "moodle-filled.csv").read_text()


def test_grade_feedback_and_report_follow_one_another(course: Path) -> None:
    said = done(run(course, "grade", LESSON, "--unsafe", "--workers", "1"))
    assert "2 judged now" in said
    page_of(course, "bob").unlink()
    assert "1 of 2 pages" in done(run(course, "feedback", LESSON))
    assert "1 lessons, 2 students" in done(run(course, "report"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["grade", LESSON, "--scheduler", ""],
        ["grade", LESSON, "--student", ""],
        ["grade", LESSON, "--sandbox", " "],
        ["grade", LESSON, "--unsafe", "--sandbox", "landlock"],
        ["feedback", LESSON, "--student", ""],
        ["export", "long", "--lesson", ""],
    ],
)
def test_an_option_that_means_nothing_is_refused_before_anything_is_done(
    course: Path, arguments: list[str]
) -> None:
    before = sorted(course.rglob("*"))
    refused = CliRunner().invoke(app, [*arguments, "--course", str(course)])
    assert (refused.exit_code, sorted(course.rglob("*"))) == (2, before)


@pytest.mark.parametrize("name", ["[red]x", "[/]", "a :smile: b", "[link=file:///]x[/link]"])
def test_a_name_is_printed_as_it_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    terminal = base.console(width=200)
    monkeypatch.setattr(terminal, "file", written)
    terminal.print(_marks(LESSON, [result(name)], Carried(1, 1, (), missing=(f"{name}2",))))
    with _Bar(name, terminal) as bar:
        bar.tell(result(name), 1, 2)
        bar.refresh()
    assert name in written.getvalue()
    assert f"{name}2" in written.getvalue()


# What was damaged ------------------------------------------------------------------------------

DAMAGED = {"no cells": b"{}", "a list": b"[]", "no JSON": b"{", "no text": b"\xff", "empty": b""}


def refused(course: Path, *arguments: str) -> str:
    """Demand that a command ends with status 1, and return the one sentence that it says."""
    ended = CliRunner().invoke(app, [*arguments, "--course", str(course)])
    assert (ended.exit_code, ended.stderr.count("\n")) == (1, 1), ended.output
    return ended.stderr.replace(f"{course}/", "")


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_carried_notebook_that_was_damaged_is_named_and_carried_again(
    course: Path, content: bytes
) -> None:
    path = course / "autograded" / "ada" / LESSON / f"{LESSON}.ipynb"
    whole = path.read_bytes()
    path.write_bytes(content)
    assert f"autograded/ada/{LESSON}/{LESSON}.ipynb is no notebook" in refused(
        course, "feedback", LESSON
    )
    carry(course, LESSON, [result("ada")])
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("kind", ["solutions", "notebooks"])
@pytest.mark.parametrize("verb", ["grade", "feedback"])
def test_a_notebook_of_the_course_that_was_damaged_is_named(
    course: Path, content: bytes, kind: str, verb: str
) -> None:
    path = course / kind / LESSON / f"{LESSON}.ipynb"
    path.write_bytes(content)
    assert f"{kind}/{LESSON}/{LESSON}.ipynb must be a notebook" in refused(course, verb, LESSON)


def test_a_configuration_that_stops_is_named_with_the_line(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("c = get_config()\n1 / 0\n")
    said = refused(course, "feedback", LESSON)
    assert "nbgrader_config.py, line 2: ZeroDivisionError" in said


def test_a_result_that_was_cut_off_is_named_by_feedback(course: Path) -> None:
    path = course / "results" / LESSON / "ada" / f"{KEY}.json"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    assert "has lost what ada earned" in refused(course, "feedback", LESSON)


@pytest.mark.parametrize("broken", ["EXERCISES = [\n", "1 / 0\n", "EXERCISES = []\n1 +\n"])
def test_answers_that_are_broken_are_named_where_they_lie(course: Path, broken: str) -> None:
    (course / "solutions" / LESSON / "answers.py").write_text(broken)
    said = refused(course, "grade", LESSON, "--unsafe")
    assert "answers.py" in said
    assert tempfile.gettempdir() not in said


def test_a_cell_of_the_solution_that_is_no_python_is_named(course: Path) -> None:
    path = course / "solutions" / LESSON / f"{LESSON}.ipynb"
    path.write_text(path.read_text().replace("def one_hot_row(label", "def one_hot_row(label:"))
    assert "the cell one_hot_row" in refused(course, "grade", LESSON, "--unsafe")


@pytest.mark.parametrize("address", ["foo", "http://127.0.0.1:1", "tcp://127.0.0.1:999999"])
def test_an_address_that_is_none_is_told_in_one_sentence(course: Path, address: str) -> None:
    ended = run(course, "grade", LESSON, "--unsafe", "--scheduler", address)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert address in ended.stderr


def test_what_cannot_be_written_does_not_end_a_command() -> None:
    assert base.clean("b\udcff\x1b[2J").encode() == "b\ufffd\ufffd[2J".encode()

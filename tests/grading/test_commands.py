"""The commands that grade a class, as a person runs them: each in a process of its own."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from graded_class import LESSON, hand_in, make_course, page_of, result
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


def test_what_cannot_be_written_does_not_end_a_command() -> None:
    assert base.clean("b\udcff\x1b[2J").encode() == "b\ufffd\ufffd[2J".encode()

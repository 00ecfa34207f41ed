"""A course with a class in its gradebook, for the tests of what goes to and from the school.

Three students and two lessons, of which the first asks for a text, too:

====  ============================  ==================================  ===================
id    last name                     01_loading_data, of 5               02_one_hot_encoding, of 4
====  ============================  ==================================  ===================
0012  Lovelace                      3, and a text that nobody has read  0, all wrong
12    ``=HYPERLINK("x")``           handed in, but not graded           2.5, late
0013  O'Neil, Jr                    5                                   missing
====  ============================  ==================================  ===================
"""

from datetime import datetime
from pathlib import Path

from typer.testing import CliRunner, Result

from course_utils.cli import app
from course_utils.grading.database import make_gradebook

LESSONS = ("01_loading_data", "02_one_hot_encoding")


def course(*arguments: str | Path) -> Result:
    """Run the command in a terminal that is wide enough for its tables."""
    return CliRunner().invoke(app, list(map(str, arguments)), env={"COLUMNS": "200"})


def require_refusal(result: Result, *parts: str) -> None:
    """Demand that a command failed with a sentence for a person, with all these parts in it."""
    lines = result.stderr.strip().splitlines()
    assert (result.exit_code, len(lines)) == (1, 1), result.output
    assert lines[0].startswith("course: ")
    assert [part for part in parts if part not in lines[0]] == []


def make_course(folder: Path) -> Path:
    """Make a course of two lessons, as far as these commands look at it."""
    for lesson in LESSONS:
        (folder / "solutions" / lesson).mkdir(parents=True)
        (folder / "solutions" / lesson / f"{lesson}.ipynb").touch()
    (folder / "nbgrader_config.py").touch()
    return folder


def make_class(folder: Path) -> Path:
    """Make a course with the class described above."""
    from nbgrader.api import Gradebook

    first, second = LESSONS
    made = make_course(folder)
    with make_gradebook(made):
        pass
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "course") as book:
        for lesson, points in ((first, 3), (second, 4)):
            book.add_assignment(lesson, duedate="2030-01-31 12:00 UTC")
            book.add_notebook(lesson, lesson)
            book.add_grade_cell("check", lesson, lesson, max_score=points, cell_type="code")
        book.add_grade_cell("text", first, first, max_score=2, cell_type="markdown")
        people = {
            "0012": ("Ada", "Lovelace", "ada@uni.example", "1001"),
            "12": ("Eve", '=HYPERLINK("x")', "eve@uni.example", "1002"),
            "0013": ("Zoë", "O'Neil, Jr", "zoe@uni.example", "1003"),
        }
        for name, (given, family, email, number) in people.items():
            book.add_student(
                name, first_name=given, last_name=family, email=email, lms_user_id=number
            )
        early, late = datetime(2030, 1, 30), datetime(2030, 2, 1)
        for lesson, student, when, scores in (
            (first, "0012", early, {"check": 3.0}),
            (second, "0012", early, {"check": 0.0}),
            (first, "12", early, {}),
            (second, "12", late, {"check": 2.5}),
            (first, "0013", early, {"check": 3.0, "text": 2.0}),
        ):
            book.add_submission(lesson, student, timestamp=str(when))
            for cell, score in scores.items():
                grade = book.find_grade(cell, lesson, lesson, student)
                column = "manual_score" if cell == "text" else "auto_score"
                setattr(grade, column, score)
                grade.needs_manual_grade = False
        book.db.commit()
    return made

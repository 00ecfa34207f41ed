"""Hidden cases come from the course around a notebook, never from what a student handed in."""

from pathlib import Path

import pytest

from course_utils import lessons
from course_utils.checks import CheckError
from course_utils.checks.start_here import check_count_pixels
from course_utils.grading import hidden
from course_utils.grading.hidden import find_answers

ANSWERS = """
from course_utils.checks.start_here import check_count_pixels
from course_utils.grading.exercise import Exercise

def draw(rng):
    yield 3, 4

parts = {"count_pixels_check": (check_count_pixels, draw)}
EXERCISES = [Exercise(lambda height, width: height * width, parts)]
"""


def lesson_in(folder: Path) -> Path:
    """Make a folder look like a course of one lesson."""
    answers = folder / "solutions" / "only" / "answers.py"
    answers.parent.mkdir(parents=True)
    answers.touch()
    return answers


def test_a_solution_finds_the_answers_beside_it(tmp_path: Path) -> None:
    answers = lesson_in(tmp_path)
    assert find_answers(answers.parent) == answers


def test_an_autograded_notebook_finds_the_answers_of_its_course(tmp_path: Path) -> None:
    answers = lesson_in(tmp_path)
    assert find_answers(tmp_path / "autograded" / "ada" / "only") == answers


def test_answers_that_were_handed_in_are_not_looked_at(tmp_path: Path) -> None:
    answers = lesson_in(tmp_path)
    handed_in = tmp_path / "autograded" / "ada" / "only"
    lesson_in(handed_in)
    assert find_answers(handed_in) == answers


def test_outside_a_course_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="Grade inside the course's folder"):
        find_answers(tmp_path / "only")


def test_the_checks_of_a_graded_lesson_ask_hidden_cases_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = lesson_in(tmp_path)
    answers.write_text(ANSWERS)
    monkeypatch.chdir(answers.parent)
    asked = [*check_count_pixels.cases, *check_count_pixels.further.cases]
    known = {case[:2]: case[2] for case in asked}
    with pytest.raises(CheckError, match="a fresh one did not") as told:
        hidden.start_here.check_count_pixels(lambda height, width: known.get((height, width), 0))
    assert "expected" not in str(told.value)  # what is asked, and what is right, stays hidden
    hidden.start_here.check_count_pixels(lambda height, width: height * width)


def test_what_is_no_check_stays_as_the_lesson_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = lesson_in(tmp_path)
    answers.write_text("EXERCISES = []\n")
    monkeypatch.chdir(answers.parent)
    assert dir(hidden.start_here) == dir(lessons.start_here)

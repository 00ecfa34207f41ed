"""An answer is tried on the cells that grade students, as often as its author likes."""

from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from course_utils.cli import app
from course_utils.grading.trial import Lesson, Outcome

GRADED = """from course_utils.checks import CheckError
if double(2) != 4:
    raise CheckError("that is no double")
### BEGIN HIDDEN TESTS
if double(3) != 6:
    raise CheckError("that is the sample's answer")
### END HIDDEN TESTS
"""
ANSWERS = """from itertools import count

from course_utils.grading.exercise import Exercise

double = Exercise("double", lambda x: 2 * x, lambda rng: iter([(1,)]))
EXERCISES = [double]
calls = count()

@double.right
def by_addition(x):
    return x + x

@double.wrong("The sample's answer is enough", says="sample's answer")
def hard_coded(x):
    return 4
"""
UNSTEADY = """
@double.right
def right_at_first(x):
    return 2 * x if next(calls) < 6 else 0
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one exercise."""
    set_up, graded = (nbformat.v4.new_code_cell(text) for text in ("", GRADED))
    graded.metadata.nbgrader = {"grade": True, "grade_id": "double_check", "points": 2}
    folder = tmp_path / "solutions" / "only"
    folder.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[set_up, graded]), folder / "only.ipynb")
    (folder / "answers.py").write_text(ANSWERS, encoding="utf-8")
    (tmp_path / "nbgrader_config.py").touch()
    return tmp_path


@pytest.fixture
def unsteady_course(course: Path) -> Path:
    """A course with an answer that its author calls right, and that fails now and then."""
    with (course / "solutions" / "only" / "answers.py").open("a", encoding="utf-8") as answers:
        answers.write(UNSTEADY)
    return course


def answers(course: Path, *arguments: str) -> tuple[int, str]:
    """Run `course answers`; return its exit status and what it printed."""
    result = CliRunner().invoke(app, ["answers", "--course", str(course), *arguments])
    return result.exit_code, result.output


def test_a_right_answer_earns_all_points(course: Path) -> None:
    lesson = Lesson(course, "only")
    right = lesson.attempts()[0]
    assert lesson.try_answer(right.exercise, right.answer) == Outcome(2, 2, "", "")


def test_a_wrong_answer_is_caught_where_it_first_shows(course: Path) -> None:
    lesson = Lesson(course, "only")
    wrong = lesson.attempts()[1]
    outcome = lesson.try_answer(wrong.exercise, wrong.answer)
    assert (outcome.earned, outcome.caught_by) == (0, "hidden tests")


def test_an_author_is_right_about_a_wrong_answer_only_if_its_message_names_the_slip(
    course: Path,
) -> None:
    wrong = Lesson(course, "only").attempts()[1]
    assert wrong.comes_true(Outcome(0, 2, "hidden tests", "that is the sample's answer"))
    assert not wrong.comes_true(Outcome(0, 2, "hidden tests", "wrong"))


def test_the_command_fails_on_nothing_if_all_come_out_as_said(course: Path) -> None:
    assert answers(course)[0] == 0


def test_an_answer_that_fails_now_and_then_passes_once(unsteady_course: Path) -> None:
    assert answers(unsteady_course)[0] == 0


def test_repeating_finds_an_answer_that_fails_now_and_then(unsteady_course: Path) -> None:
    status, printed = answers(unsteady_course, "--repeat", "5")
    assert status == 1
    assert "did not come out as their authors say: 1" in printed


def test_repeating_less_than_once_is_refused(course: Path) -> None:
    assert answers(course, "--repeat", "0")[0] == 2

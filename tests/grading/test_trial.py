"""An answer is tried on the cells that grade students, as often as its author likes."""

from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from course_utils.cli import app
from course_utils.grading.trial import Lesson, Outcome

ANSWERS = """from itertools import count

from course_utils.checks.check import Check
from course_utils.grading.exercise import Exercise


def slips(x, expected):
    return [("You squared it.", x * x)]


def draw(rng):
    yield (3,)


CHECK = Check("double(x)", [(2, 4)], slips)
double = Exercise(lambda x: 2 * x, {"double_check": (CHECK, draw)})
EXERCISES = [double]
calls = count()

@double.right
def by_addition(x):
    return x + x

@double.wrong("The sample's answer is enough", says="is an answer hard-coded?")
def hard_coded(x):
    return 4
"""
UNSTEADY = """
@double.right
def right_at_first(x):
    return 2 * x if next(calls) < 4 else 0
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one exercise."""
    graded = nbformat.v4.new_code_cell("check_double(double)")
    graded.metadata.nbgrader = {"grade": True, "grade_id": "double_check", "points": 2}
    folder = tmp_path / "solutions" / "only"
    folder.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[graded]), folder / "only.ipynb")
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
    assert wrong.comes_true(Outcome(0, 2, "hidden tests", "is an answer hard-coded?"))
    assert not wrong.comes_true(Outcome(0, 2, "hidden tests", "wrong"))


def test_the_command_fails_on_nothing_if_all_come_out_as_said(course: Path) -> None:
    assert answers(course)[0] == 0


def test_right_answers_can_be_tried_alone(course: Path) -> None:
    assert "hidden tests" in answers(course)[1]
    assert "hidden tests" not in answers(course, "--right")[1]


def test_an_answer_that_fails_now_and_then_passes_once(unsteady_course: Path) -> None:
    assert answers(unsteady_course)[0] == 0


def test_repeating_finds_an_answer_that_fails_now_and_then(unsteady_course: Path) -> None:
    status, printed = answers(unsteady_course, "--repeat", "5")
    assert status == 1
    assert "with another outcome than their authors expect: 1" in printed


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("from itertools import count", "", "line 18: NameError: name 'count' is not defined"),
        ("import count", "import counts", "line 1: ImportError"),
        ("EXERCISES = [double]", "", "must end with EXERCISES, a list of its exercises"),
        ("EXERCISES = [double]", "EXERCISES = double", "must end with EXERCISES"),
        ('{"double_check": (CHECK, draw)}', "{}", "each with one part or more"),
        ('"double_check"', '"treble_check"', "has no graded cell of this grade_id"),
        ("yield (3,)", "yield 3", "must yield tuples of x; got 3"),
        ("return 4", "raise SystemExit", "with another outcome than their authors expect"),
        ("return 4", "return '[/red]'", "with another outcome than their authors expect"),
    ],
)
def test_a_mistake_in_the_answers_is_told_in_a_sentence(
    course: Path, good: str, bad: str, says: str
) -> None:
    path = course / "solutions" / "only" / "answers.py"
    path.write_text(ANSWERS.replace(good, bad), encoding="utf-8")
    status, printed = answers(course)
    assert status == 1
    assert says in " ".join(printed.split())


def test_repeating_less_than_once_is_refused(course: Path) -> None:
    assert answers(course, "--repeat", "0")[0] == 2


def test_a_slip_is_tried_as_a_wrong_answer(course: Path) -> None:
    lesson = Lesson(course, "only")
    slip = lesson.attempts(slips=True)[-1]
    outcome = lesson.try_answer(slip.exercise, slip.answer)
    assert slip.comes_true(outcome)
    assert "received: 9" in outcome.message


def test_a_learners_function_keeps_its_own_name(course: Path) -> None:
    lesson = Lesson(course, "only")
    lesson.try_answer(lesson.exercises[0], max)
    assert max.__name__ == "max"


def test_the_story_of_an_exercise_tells_its_cases_slips_answers_and_points(course: Path) -> None:
    result = CliRunner().invoke(app, ["exercise", "double", "--course", str(course)])
    assert result.exit_code == 0
    for part in ("double(x)", "2 points", "visible cases", "hidden cases", "You squared it."):
        assert part in result.output


def test_the_story_of_an_unknown_exercise_names_those_that_there_are(course: Path) -> None:
    result = CliRunner().invoke(app, ["exercise", "treble", "--course", str(course)])
    assert result.exit_code == 1
    assert "There are: double." in result.output

"""What becomes of a class where judges are lost or disagree; the judges here are made up."""

import io
import json
import os
import re
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from graded_class import LESSON, hand_in, make_course, result
from rich.console import Console

from course_utils.cli.grading import _marks
from course_utils.grading.marking import grade
from course_utils.grading.marking.grade import GradingError, UnjudgedError, grade_lesson
from course_utils.grading.marking.gradebook import Carried
from course_utils.grading.marking.judging import Task
from course_utils.grading.marking.results import Result

SOLUTION, STUDENTS = ".reference", ["ada", "bob", "eve"]


def everything(task: Task) -> Result:
    """Give everything to everyone."""
    return result(task.student, key=task.key)


def fail_the_solution(task: Task) -> Result:
    """Find a mistake in the solution."""
    cells = {"one_hot_shape": "the shape is wrong"} if task.student == SOLUTION else {}
    return result(task.student, key=task.key, **cells)


def be_of_another_version(task: Task) -> Result:
    """Judge what was not sent."""
    return replace(everything(task), key="another")


def lose_bob(task: Task) -> Result:
    """Be ended from outside whenever it is bob's turn."""
    if task.student == "bob":
        raise BrokenProcessPool
    return everything(task)


def fail_at_bob(task: Task) -> Result:
    """Stumble over bob's work."""
    if task.student == "bob":
        raise KeyError("bob")
    return everything(task)


class Judges(Executor):
    """Judges who have judged at once."""

    def __init__(self, judge: Callable[[Task], Result]) -> None:
        self._judge = judge

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(self._judge(arguments[0]))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with a class."""
    course = make_course(tmp_path / "course")
    for student in STUDENTS:
        hand_in(course, student)
    return course


@pytest.fixture
def judged_by(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Task], Result]], list[str]]:
    """Have the class judged by processes of this machine, and name who has a result."""

    def judge_all(judge: Callable[[Task], Result]) -> list[str]:
        monkeypatch.setattr(grade, "Processes", lambda _: Judges(judge))
        return [one.result.student for one in grade_lesson(course, LESSON, kind="unsafe")]

    return judge_all


def kept(course: Path) -> list[str]:
    return sorted(path.parent.name for path in course.glob("results/*/*/*.json"))


def test_a_solution_that_fails_lets_no_result_be_kept(course: Path, judged_by: Any) -> None:
    with pytest.raises(GradingError, match="the solution of .* itself fails.*one_hot_shape"):
        judged_by(fail_the_solution)
    assert kept(course) == []


def test_a_judge_of_another_version_is_refused(judged_by: Any) -> None:
    with pytest.raises(GradingError, match="has another version of this course's package"):
        judged_by(be_of_another_version)


@pytest.mark.parametrize(
    ("judge", "reason"),
    [(lose_bob, "ended from outside, again and again"), (fail_at_bob, "KeyError")],
)
def test_a_judge_that_is_lost_over_one_submission_judges_the_others(
    course: Path, judged_by: Any, judge: Callable[[Task], Result], reason: str
) -> None:
    with pytest.raises(UnjudgedError, match=f"bob: .*{reason}"):
        judged_by(judge)
    assert kept(course) == [SOLUTION, "ada", "eve"]


@pytest.mark.parametrize("text", ["", '{"lesson": "02', "{}", "[]"])
def test_a_result_that_was_cut_off_is_judged_again(course: Path, judged_by: Any, text: str) -> None:
    judged_by(everything)
    for path in course.glob("results/*/[!.]*/*.json"):
        path.write_text(text, encoding="utf-8")
    assert judged_by(everything) == STUDENTS
    assert all(json.loads(path.read_text()) for path in course.glob("results/*/*/*.json"))


def test_what_could_not_be_judged_is_judged_the_next_time(judged_by: Any) -> None:
    with pytest.raises(UnjudgedError):
        judged_by(lose_bob)
    assert judged_by(everything) == STUDENTS


@pytest.mark.parametrize("others", [STUDENTS, []])
def test_a_folder_whose_name_is_no_text_is_named_and_all_others_are_judged(
    course: Path, judged_by: Any, others: list[str]
) -> None:
    for student in set(STUDENTS) - set(others):
        shutil.rmtree(course / "submitted" / student)
    (course / "submitted" / os.fsdecode(b"b\xf6b") / LESSON).mkdir(parents=True)
    with pytest.raises(UnjudgedError, match=r"1 could not be judged \('b\\udcf6b': .*not text"):
        judged_by(everything)
    assert kept(course) == [SOLUTION, *others]


def test_what_a_student_wrote_does_not_reach_the_terminal_as_commands() -> None:
    told = result("ada", notes=("It was left out: \x1b[2J\x1b]0;hello\x07 \x9b2J",))
    console = Console(file=io.StringIO(), width=200)
    console.print(_marks(LESSON, [told], Carried(1, 1, ())))
    assert "left out" in console.file.getvalue()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", console.file.getvalue())

"""Trying an exercise's right and wrong answers on the checks that grade students."""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from course_utils import _arguments
from course_utils._files import where_it_stopped
from course_utils.checks.asking import Answer as Asked
from course_utils.checks.asking import plain
from course_utils.checks.check import Asker, Check
from course_utils.grading.exercise import Answer, Exercise, Slip
from course_utils.grading.release import SOLUTIONS, lessons, read_notebook


@dataclass(frozen=True)
class Outcome:
    """The outcome of an answer in the graded cells of an exercise."""

    earned: int  # points
    possible: int
    caught_by: str  # "visible check", "hidden tests", or "" if nothing objected
    message: str  # what the learner would read, a line for each graded cell that objects


@dataclass(frozen=True)
class Attempt:
    """An answer to an exercise, and the outcome that its author expects."""

    exercise: Exercise
    answer: Answer
    title: str  # the answer's approach, or its misconception
    says: str | None  # a part of the message that it must meet; None for a right answer

    def comes_true(self, outcome: Outcome) -> bool:
        """Tell whether the outcome is the expected one."""
        if self.says is None:
            return outcome.earned == outcome.possible
        return outcome.earned < outcome.possible and self.says in outcome.message


class Lesson:
    """A lesson's exercises, together with the points of the cells that grade them."""

    def __init__(self, course: Path, name: str) -> None:
        self.name = name
        folder = course / SOLUTIONS / name
        self.notebook = folder / f"{name}.ipynb"
        self.answers = folder / "answers.py"
        self.exercises = load_exercises(self.answers)
        self._cells = read_notebook(self.notebook).cells

    def graded_cells(self) -> dict[str, Any]:
        """Return the cells that nbgrader grades automatically, by their ``grade_id``."""
        return {
            cell.metadata.nbgrader.grade_id: cell
            for cell in self._cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
        }

    def solution_cells(self) -> dict[str, str]:
        """Return the source of every cell that a learner fills with code, by its ``grade_id``."""
        return {
            cell.metadata.nbgrader.grade_id: cell.source
            for cell in self._cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
        }

    def points(self, grade_id: str) -> int:
        """Look up the points of a graded cell."""
        cells = self.graded_cells()
        if grade_id not in cells:
            raise ValueError(
                f"{self.answers} has a part {grade_id!r}, but {self.notebook} has no graded cell "
                f"of this grade_id. It has: {', '.join(cells) or 'none'}."
            )
        return cells[grade_id].metadata.nbgrader.points

    def attempts(self, *, slips: bool = False) -> list[Attempt]:
        """List the right and wrong answers of all exercises in order, with or without `slips`."""
        listed: list[Attempt] = []
        for exercise in self.exercises:
            for answer in exercise.right_answers:
                title = f"right: {answer.__name__.replace('_', ' ')}"
                listed.append(Attempt(exercise, answer, title, None))
            for wrong in exercise.wrong_answers:
                listed.append(Attempt(exercise, wrong.answer, wrong.misconception, wrong.says))
            for slip in exercise.slips() if slips else ():
                listed.append(Attempt(exercise, slip, f"slip: {slip.name}", slip.name))
        return listed

    @staticmethod
    def asker(answer: Answer, check: Check) -> Asker:
        """Return how an answer is called; the result of a slip is known without asking."""
        if isinstance(answer, Slip):
            return lambda arguments: Asked(plain(answer(*arguments)))
        return check.asker(answer)

    def try_answer(
        self,
        exercise: Exercise,
        answer: Answer,
        rng: np.random.Generator | None = None,
        asked: Callable[[Check], Asker] | None = None,
    ) -> Outcome:
        """Run the checks of an exercise on an answer, as the graded cells do.

        `asked` says how a check asks it, if it lives in another process.
        """
        earned = possible = 0
        caught_by = ""
        messages: list[str] = []
        for grade_id, (check, _) in exercise.parts.items():
            points = self.points(grade_id)
            possible += points
            asker = asked(check) if asked else self.asker(answer, check)
            verdict, part = check.examine(asker), "visible check"
            if not verdict:
                cases = exercise.hidden_cases(grade_id, rng or np.random.default_rng())
                verdict, part = check.examine(asker, cases), "hidden tests"
            if verdict:
                caught_by = caught_by or part
                messages.append(verdict.message)
            else:
                earned += points
        return Outcome(earned, possible, caught_by, "\n".join(dict.fromkeys(messages)))


def list_answers(path: Path) -> list[Answer]:
    """List the right and wrong answers of a lesson's answers.py, in order."""
    return [
        answer
        for exercise in load_exercises(path)
        for answer in (
            *exercise.right_answers,
            *(wrong.answer for wrong in exercise.wrong_answers),
        )
    ]


def load_lessons(course: Path, names: list[str] | None = None) -> Iterator[Lesson]:
    """Load a course's lessons with their exercises, all or those of these names."""
    known = lessons(course)
    for name in _arguments.name_list("names", names, each="lesson") if names else known:
        if name not in known:
            raise ValueError(f"There is no lesson {name!r}. There are: {', '.join(known)}.")
        yield Lesson(course, name)


@cache
def load_exercises(path: Path) -> list[Exercise]:
    """Import the exercises of a lesson's answers.py, whose folder is not a package."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing: each lesson keeps its exercises there.")
    spec = importlib.util.spec_from_file_location(f"answers_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        if getattr(error, "filename", None):  # the error names the file itself
            raise
        raise ValueError(where_it_stopped(path, error)) from error
    exercises = getattr(module, "EXERCISES", None)
    listed: list[Any] = exercises if isinstance(exercises, list) else [None]
    if not all(isinstance(item, Exercise) and item.parts for item in listed):
        raise ValueError(
            f"{path} must end with EXERCISES, a list of its exercises, each with one part or more."
        )
    return listed

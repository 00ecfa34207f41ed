"""Trying an exercise's right and wrong answers on the very cells that grade students."""

import contextlib
import importlib.util
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from course_utils import _arguments
from course_utils.checks import CheckError
from course_utils.grading.exercise import Answer, Exercise
from course_utils.grading.release import SOLUTIONS, lessons

_HIDDEN = "### BEGIN HIDDEN TESTS"


@dataclass(frozen=True)
class Outcome:
    """What an answer met in an exercise's graded cells.

    Attributes
    ----------
    earned, possible : int
        Points.
    caught_by : str
        ``"visible check"``, ``"hidden tests"``, or ``""`` if nothing objected.
    message : str
        What the learner would read, a line for each graded cell that objects.
    """

    earned: int
    possible: int
    caught_by: str
    message: str


@dataclass(frozen=True)
class Attempt:
    """An answer to an exercise, and what its author says will come of it.

    Attributes
    ----------
    exercise : Exercise
    answer : callable
    title : str
        How the answer goes about it, or its misconception.
    says : str or None
        A part of the message that it must meet; None for a right answer.
    """

    exercise: Exercise
    answer: Answer
    title: str
    says: str | None

    def comes_true(self, outcome: Outcome) -> bool:
        """Say whether the author is right.

        Parameters
        ----------
        outcome : Outcome

        Returns
        -------
        bool
        """
        if self.says is None:
            return outcome.earned == outcome.possible
        return outcome.earned < outcome.possible and self.says in outcome.message


class Lesson:
    """A lesson's exercises, together with the cells that grade them.

    Parameters
    ----------
    course : Path
        The course.
    name : str
        As in ``"01_loading_data"``.

    Attributes
    ----------
    exercises : list of Exercise
        From the lesson's ``answers.py``.
    """

    def __init__(self, course: Path, name: str) -> None:
        self.name = name
        folder = course / SOLUTIONS / name
        self._cells = nbformat.read(folder / f"{name}.ipynb", as_version=4).cells
        self.exercises = _load_exercises(folder / "answers.py")

    def graded_cells(self, exercise: str) -> list[Any]:
        """Return the autograded cells of an exercise: those whose id is its name and a suffix.

        Parameters
        ----------
        exercise : str
            The function that the learner writes.

        Returns
        -------
        list of nbformat.NotebookNode
        """
        names = sorted((e.name for e in self.exercises), key=len, reverse=True)
        return [
            cell
            for cell in self.autograded_cells()
            if next((n for n in names if cell.metadata.nbgrader.grade_id.startswith(f"{n}_")), None)
            == exercise
        ]

    def autograded_cells(self) -> list[Any]:
        """Return all cells that nbgrader gives points for by itself.

        Returns
        -------
        list of nbformat.NotebookNode
        """
        return [
            cell
            for cell in self._cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade")
        ]

    def attempts(self) -> list[Attempt]:
        """List the right and wrong answers of all exercises, in their order.

        Returns
        -------
        list of Attempt
        """
        listed = []
        for exercise in self.exercises:
            for answer in exercise.right_answers:
                title = f"right: {answer.__name__.replace('_', ' ')}"
                listed.append(Attempt(exercise, answer, title, None))
            for wrong in exercise.wrong_answers:
                listed.append(Attempt(exercise, wrong.answer, wrong.misconception, wrong.says))
        return listed

    def try_answer(self, exercise: Exercise, answer: Answer) -> Outcome:
        """Put an answer in the learner's place and run the cells that grade it.

        Parameters
        ----------
        exercise : Exercise
            One of :attr:`exercises`.
        answer : callable
            What a learner might hand in.

        Returns
        -------
        Outcome
        """
        earned = possible = 0
        caught_by = ""
        messages: list[str] = []
        for cell in self.graded_cells(exercise.name):
            points = cell.metadata.nbgrader.points
            possible += points
            visible = cell.source.split(_HIDDEN)[0]
            for source, part in ((visible, "visible check"), (cell.source, "hidden tests")):
                objection = self._run(source, exercise.name, answer)
                if objection is not None:
                    caught_by = caught_by or part
                    messages.append(objection)
                    break
            else:
                earned += points
        return Outcome(earned, possible, caught_by, "\n".join(dict.fromkeys(messages)))

    def _run(self, source: str, name: str, answer: Answer) -> str | None:
        """Run a graded cell after the lesson's set-up cell; return what it objected to."""
        set_up = next(cell for cell in self._cells if cell.cell_type == "code")
        space: dict[str, Any] = {"__name__": "__main__"}
        # Learners' functions go by the exercise's name in every message.
        answer.__name__ = name
        with contextlib.redirect_stdout(io.StringIO()):
            exec(set_up.source, space)
            space[name] = answer
            try:
                exec(source, space)
            except CheckError as error:
                return str(error)
        return None


def load_lessons(course: Path, names: list[str] | None = None) -> Iterator[Lesson]:
    """Load lessons with their exercises.

    Parameters
    ----------
    course : Path
        The course.
    names : list of str, optional
        Which ones; all by default.

    Yields
    ------
    Lesson

    Raises
    ------
    TypeError, FileNotFoundError, NotADirectoryError
        If `course` is not the folder of a course, or `names` not a list of names.
    ValueError
        If there is no lesson of that name.
    """
    known = lessons(course)
    for name in _arguments.name_list("names", names, each="lesson") if names else known:
        if name not in known:
            raise ValueError(f"There is no lesson {name!r}. There are: {', '.join(known)}.")
        yield Lesson(course, name)


def _load_exercises(path: Path) -> list[Exercise]:
    """Import a lesson's answers.py, whose folder is no package."""
    spec = importlib.util.spec_from_file_location(f"answers_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{path} is missing: each lesson keeps its exercises there.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.EXERCISES

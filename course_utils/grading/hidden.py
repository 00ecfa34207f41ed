"""A lesson's tools with hidden cases behind its checks.

A graded cell takes the lesson's tools from here in one line that students never see::

    from course_utils.grading.hidden import activations as lesson

The rest of the cell calls the check as the student's notebook does. The line uses no name to which
a student's code could have given another meaning. Hidden cases come from the course's
``answers.py``, never from the folder that a student handed in.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from IPython import get_ipython

from course_utils import lessons
from course_utils.checks.outcome import CheckError
from course_utils.grading.exercise import Exercise
from course_utils.grading.release import SOLUTIONS
from course_utils.grading.seed import drawing
from course_utils.grading.trial import load_exercises


def __getattr__(lesson: str) -> ModuleType:
    """Open a lesson's tools, and add hidden cases to the visible ones of its checks."""
    if lesson.startswith("__"):
        raise AttributeError(lesson)
    tools = lessons.tools(lesson)
    parts = {
        id(check): (exercise, grade_id)
        for exercise in load_exercises(find_answers(_notebooks_folder()))
        for grade_id, (check, _) in exercise.parts.items()
    }
    for name, tool in list(vars(tools).items()):
        if id(tool) in parts:
            setattr(tools, name, partial(_check_all, *parts[id(tool)]))
    return tools


def _check_all(exercise: Exercise, grade_id: str, function: Callable[..., Any]) -> None:
    """Check the visible cases, then hidden ones."""
    check, _ = exercise.parts[grade_id]
    check(function)
    if cases := exercise.hidden_cases(grade_id, drawing.get().rng(grade_id)):
        try:
            check(function, cases)
        except CheckError as error:
            raise _without_the_case(error) from None


def _without_the_case(error: CheckError) -> CheckError:
    """Keep a hidden case, and what is expected of it, out of what a learner reads."""
    if not error.title:
        return error
    told = f"{error.title}: the visible cases came out right, and a fresh one did not."
    return type(error)(f"{told} {error.reason}".rstrip(), error.reason, is_sure=error.is_sure)


def find_answers(folder: Path) -> Path:
    """Find a lesson's answers in the course around a notebook's folder, but never inside it."""
    for above in folder.resolve().parents:
        answers = above / SOLUTIONS / folder.name / "answers.py"
        if answers.is_file():
            return answers
    raise FileNotFoundError(
        f"The hidden cases of {folder.name} were not found: no folder above {folder} holds "
        f"{SOLUTIONS}/{folder.name}/answers.py. Grade inside the course's folder."
    )


def _notebooks_folder() -> Path:
    """Return the notebook's folder, even if its code has changed the working folder."""
    if folder := drawing.get().folder:
        return folder
    shell = get_ipython()
    return Path(shell.starting_dir) if shell else Path.cwd()

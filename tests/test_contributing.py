"""The guide to adding an exercise works, to the letter."""

import re
from pathlib import Path
from typing import Any

import pytest

from course_utils.checks import loading_data
from course_utils.grading.exercise import Exercise
from course_utils.grading.trial import Lesson

GUIDE = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")


def code(section: str) -> list[str]:
    """Take the code out of a section of the guide."""
    text = GUIDE.partition(f"## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def exercise() -> Exercise:
    """The guide's exercise, its check with no other names than those in the file it is added to."""
    space: dict[str, Any] = {**vars(loading_data), "Exercise": Exercise, "__name__": "guide"}
    check, answers, _ = code("Add an exercise")
    exec(check, space)
    exec(answers, space)
    return space["BRIGHTEST"]


@pytest.fixture
def lesson(exercise: Exercise, tmp_path: Path) -> Lesson:
    """A course whose only lesson is the guide's."""
    import jupytext
    import nbformat

    folder = tmp_path / "solutions" / "only"
    folder.mkdir(parents=True)
    (folder / "answers.py").write_text("EXERCISES = []\n")
    notebook = jupytext.reads(code("Add an exercise")[2], fmt="py:percent")
    nbformat.write(notebook, folder / "only.ipynb")
    lesson = Lesson(tmp_path, "only")
    lesson.exercises.append(exercise)
    return lesson


def test_the_guides_answers_come_out_as_it_says(lesson: Lesson) -> None:
    attempts = lesson.attempts(slips=True)
    outcomes = [lesson.try_answer(attempt.exercise, attempt.answer) for attempt in attempts]
    surprises = [
        attempt.title
        for attempt, outcome in zip(attempts, outcomes, strict=True)
        if not attempt.comes_true(outcome)
    ]
    assert len(attempts) == 7
    assert surprises == []


def test_the_guides_exercise_takes_three_files_and_ninety_lines_at_most(lesson: Lesson) -> None:
    check, answers, cells = code("Add an exercise")
    imports = ["in answers.py"]
    authored = [*check.splitlines(), *answers.splitlines(), *cells.splitlines(), *imports]
    assert len(authored) <= 90

"""The guide to adding an exercise works, to the letter."""

import importlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course_utils.checks import loading_data, multilayer_perceptron
from course_utils.checks.asking import ask
from course_utils.checks.networks import Network
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


@pytest.fixture
def network_guide() -> dict[str, Any]:
    """What the guide to networks defines, with what its imports bring."""
    names = "contextlib.contextmanager collections.abc.Iterator tempfile.TemporaryDirectory"
    space: dict[str, Any] = {**vars(multilayer_perceptron), "Exercise": Exercise, "Path": Path}
    space["__name__"] = "guide"
    for name in names.split():
        module, _, attribute = name.rpartition(".")
        space[attribute] = getattr(importlib.import_module(module), attribute)
    for part in code("An exercise whose answer is a network"):
        exec(part, space)
    return space


def test_the_guides_network_and_its_slips_come_out_as_it_says(
    network_guide: dict[str, Any],
) -> None:
    check, exercise = network_guide["check_build_linear"], network_guide["BUILD_LINEAR"]
    hidden = exercise.hidden_cases("build_linear_check", np.random.default_rng(0))
    for cases in (None, hidden):
        assert check.examine(check.asker(exercise.reference), cases).message == ""
    for slip in exercise.slips():
        assert slip.name in check.examine(Lesson.asker(slip, check)).message


def test_the_guides_saved_network_is_described_with_what_was_given(
    network_guide: dict[str, Any],
) -> None:
    def save_and_load(network: Any, path: str) -> Any:
        import keras

        network.save(path)
        return keras.models.load_model(path)

    describe, prepare = network_guide["_describe_copy"], network_guide["_network_and_folder"]
    answer = ask(save_and_load, [3, "copy.keras"], describe, prepare)
    assert answer.returned == (Network((4,), ("Dense(3)",)), True, 0)

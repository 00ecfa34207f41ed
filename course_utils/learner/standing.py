"""Where a learner stands: read from the predictions and the saved notebooks in their folder.

Nothing is recorded for this. A notebook keeps what its checks said when they were last run, and the
predictions lie beside it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils.predictions.questions import lesson_names, question
from course_utils.predictions.record import PredictionFile

_CHECK = re.compile(r"^lesson\.check_(\w+)", re.MULTILINE)
_BOX = re.compile(r"lesson\.predict\(\s*[\"'](\w+)[\"']")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
#: How the saved output of a check begins that has nothing to object.
_PASSED = "✓"


@dataclass(frozen=True)
class Exercise:
    """An exercise with all its checks.

    Attributes
    ----------
    name : str
        What is written in it, as in ``"one_hot"``.
    section : str
        The heading above it.
    said : tuple of str
        What its checks said when they were last run; empty for one that was not.
    """

    name: str
    section: str
    said: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether all its checks were passed."""
        return all(text.startswith(_PASSED) for text in self.said)

    @property
    def objection(self) -> str:
        """What the first check objects to that was run, if any does."""
        return next((text for text in self.said if text.startswith("✗")), "")


@dataclass(frozen=True)
class Prediction:
    """A predict box, and what was locked in.

    Attributes
    ----------
    question, section : str
        What it asks, and the heading above it.
    chosen, right_answer : str
        The option that was locked in, empty if none is, and the right one.
    is_right : bool
        Whether they are the same.
    confidence : int
        How sure the learner was, in per cent.
    """

    question: str
    section: str
    chosen: str
    right_answer: str
    is_right: bool
    confidence: int


@dataclass(frozen=True)
class LessonStanding:
    """How far a lesson is.

    Attributes
    ----------
    name : str
        Its folder, as in ``"02_one_hot_encoding"``.
    title : str
        As the notebook has it.
    exercises : tuple of Exercise
    predictions : tuple of Prediction
    """

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    predictions: tuple[Prediction, ...]

    @property
    def done(self) -> bool:
        """Whether every exercise is solved; a prediction may be left out."""
        return all(exercise.done for exercise in self.exercises)


@dataclass(frozen=True)
class Standing:
    """How far all lessons are.

    Attributes
    ----------
    lessons : tuple of LessonStanding
        In the order of the course.
    """

    lessons: tuple[LessonStanding, ...]

    def overview(self) -> Iterator[str]:
        """Say in lines how far each lesson is, and what comes next."""
        width = max(len(lesson.title) for lesson in self.lessons) + len("00 ")
        for lesson in self.lessons:
            title = f"{lesson.name.partition('_')[0]} {lesson.title}"
            solved = sum(exercise.done for exercise in lesson.exercises)
            locked = sum(bool(prediction.chosen) for prediction in lesson.predictions)
            yield (
                f"{title:{width}}  exercises {solved} of {len(lesson.exercises)}, "
                f"predictions {locked} of {len(lesson.predictions)}"
            )
        yield ""
        following = next((lesson for lesson in self.lessons if not lesson.done), None)
        if following is None:
            yield "You have solved every exercise of the course."
            return
        exercise = next(exercise for exercise in following.exercises if not exercise.done)
        yield f'Next: {following.title}, "{exercise.section}". Write {exercise.name}.'

    def review(self) -> Iterator[str]:
        """Say in lines what to read again: wrong predictions, surest first, and failed checks."""
        wrong = [
            (lesson, prediction)
            for lesson in self.lessons
            for prediction in lesson.predictions
            if prediction.chosen and not prediction.is_right
        ]
        for lesson, prediction in sorted(wrong, key=lambda pair: -pair[1].confidence):
            yield f'{lesson.title}, "{prediction.section}"'
            yield f"  {prediction.question}"
            yield f"  You were {prediction.confidence} % sure of: {prediction.chosen}"
            yield f"  The answer is: {prediction.right_answer}"
            yield ""
        for lesson in self.lessons:
            for exercise in lesson.exercises:
                if exercise.objection:
                    yield f'{lesson.title}, "{exercise.section}"'
                    yield from (f"  {line}" for line in exercise.objection.splitlines())
                    yield ""


def standing(folder: str | Path) -> Standing:
    """Read how far each lesson is.

    Parameters
    ----------
    folder : str or Path
        The learner's.

    Returns
    -------
    Standing

    Raises
    ------
    TypeError
        If `folder` is neither a string nor a path.
    FileNotFoundError
        If there is no such folder, or no lesson in it.
    ValueError
        If a notebook cannot be read.
    """
    folder = _arguments.folder("folder", _arguments.path("folder", folder))
    known = set(lesson_names())
    lessons = [
        _read(path)
        for path in sorted(folder.glob("[0-9]*_*/*.ipynb"))
        if path.stem == path.parent.name and path.stem.partition("_")[2] in known
    ]
    if not lessons:
        raise FileNotFoundError(
            f"`folder` must hold lessons, as in 00_start_here; there is none in {folder}. Name the "
            "folder that `course lab` opened, or go there."
        )
    return Standing(tuple(lessons))


def _read(path: Path) -> LessonStanding:
    cells = _cells(path)
    lesson = path.stem.partition("_")[2]
    section, title = "", path.stem
    exercises: dict[str, tuple[str, list[str]]] = {}
    predictions = []
    answers = PredictionFile(path.parent)
    for cell in cells:
        source = _joined(cell.get("source", ""))
        if cell.get("cell_type") == "markdown":
            headings = _HEADING.findall(source)
            title = title if section or not headings else headings[0]
            section = headings[-1] if headings else section
            continue
        if cell.get("metadata", {}).get("nbgrader", {}).get("grade"):
            for check in _CHECK.findall(source)[:1]:
                name = _function(source) or check
                exercises.setdefault(name, (section, []))[1].append(_said(cell))
        predictions += [
            _prediction(lesson, name, section, answers) for name in _BOX.findall(source)
        ]
    return LessonStanding(
        path.stem,
        title,
        tuple(Exercise(name, where, tuple(said)) for name, (where, said) in exercises.items()),
        tuple(predictions),
    )


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [cell for cell in cells if isinstance(cell, dict)]
    except (ValueError, KeyError, TypeError):
        raise ValueError(
            f"{path} cannot be read as a notebook. Rename it, and let `course lab` bring a new one."
        ) from None


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _function(source: str) -> str:
    """Find the function that a check is given, as in ``lesson.check_one_hot_values(one_hot)``."""
    match = re.search(r"^lesson\.check_\w+\((\w+)", source, re.MULTILINE)
    return match[1] if match else ""


def _said(cell: dict[str, Any]) -> str:
    """Return what a check said when its cell was last run: its first output, without colours."""
    for output in cell.get("outputs", []):
        text = _joined(output.get("text") or output.get("traceback") or "").strip()
        if text:
            return re.sub(r"\x1b\[[0-9;]*m", "", text)
    return ""


def _prediction(lesson: str, name: str, section: str, answers: PredictionFile) -> Prediction:
    asked = question(lesson, name)
    entry = answers.find(f"{lesson}.{name}", asked.get("was", ""))
    right = next(option["text"] for option in asked["options"] if option.get("right"))
    return Prediction(
        asked["question"],
        section,
        str(entry.get("choice", "")),
        right,
        bool(entry.get("right")),
        int(entry.get("confidence", 0)),
    )

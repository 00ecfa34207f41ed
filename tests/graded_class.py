"""A course with one lesson, work that was handed in for it, and results as a judge writes them."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from course_notebooks import COURSE, lesson_on, nbgrader, read
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course_utils.grading.marking.results import CellResult, Outcome, Result

#: Two exercises with one graded cell, one with two, and a question for a person.
LESSON = lesson_on("one_hot_encoding")
GRADED = {
    "one_hot_row_check": ("one_hot_row", 2.0),
    "one_hot_shape": ("one_hot", 1.0),
    "one_hot_values": ("one_hot", 2.0),
    "is_one_hot_check": ("is_one_hot", 3.0),
}
EVERYTHING = 8.0
TEXT = "own_words"
KEY = "0123456789abcdef"


def make_course(folder: Path) -> Path:
    """Make a course of one lesson, without any work in it."""
    folder.mkdir(exist_ok=True)
    shutil.copy(COURSE / "nbgrader_config.py", folder)
    for kind in ("solutions", "notebooks"):
        shutil.copytree(COURSE / kind / LESSON, folder / kind / LESSON)
    return folder


def hand_in(course: Path, student: str, answers: Mapping[str, str] | None = None) -> Path:
    """Hand in the lesson with these answers, by ``grade_id``; return the notebook's path."""
    notebook = read("notebooks", LESSON)
    for cell in notebook.cells:
        cell.source = (answers or {}).get(nbgrader(cell).get("grade_id"), cell.source)
    return hand_in_bytes(course, student, nbformat.writes(notebook).encode())


def hand_in_bytes(course: Path, student: str, content: bytes) -> Path:
    """Hand in a file of any content."""
    path = course / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def result(student: str, *, key: str = KEY, notes: tuple[str, ...] = (), **cells: Any) -> Result:
    """Make a result in which all is right but the named cells: an outcome or a message of each."""
    found = []
    for name, (exercise, points) in GRADED.items():
        said = cells.get(name, "")
        is_outcome = isinstance(said, Outcome)
        found.append(
            CellResult(
                name,
                exercise,
                0.0 if said else points,
                points,
                said if is_outcome else Outcome.GRADED,
                f"{exercise}: a sentence." if is_outcome else said,
            )
        )
    outcomes = [cell.outcome for cell in found if cell.outcome != Outcome.GRADED]
    whole = outcomes[0] if outcomes else Outcome.GRADED
    return Result(LESSON, student, whole, notes, tuple(found), "bubblewrap", key)


def gradebook(course: Path) -> Any:
    """Open the gradebook with nbgrader."""
    return Gradebook(f"sqlite:///{course}/gradebook.db", "image-classification")


def nbgrader_of(course: Path, exchange: Path | None = None) -> NbGraderAPI:
    """Make nbgrader's own interface to a course, with which its formgrader works."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    own: dict[str, Any] = {"CourseDirectory": {"root": str(course)}}
    if exchange:
        own["Exchange"] = {"root": str(exchange)}
    config.merge(Config(own))
    return NbGraderAPI(CourseDirectory(config=config), config=config)


def autograded(course: Path, student: str) -> Any:
    """Read the notebook that a person would mark."""
    path = course / "autograded" / student / LESSON / f"{LESSON}.ipynb"
    return nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))


def page_of(course: Path, student: str) -> Path:
    """Say where a student's page of feedback is."""
    return course / "feedback" / student / LESSON / f"{LESSON}.html"


def files_of(course: Path) -> dict[str, bytes]:
    """Read everything in a course."""
    return {
        path.relative_to(course).as_posix(): path.read_bytes()
        for path in sorted(course.rglob("*"))
        if path.is_file()
    }

"""The notebooks of the course, read once."""

from pathlib import Path
from typing import Any

import nbformat

from course_utils.grading.release import find_course, lessons

COURSE = find_course(Path(__file__))
LESSONS = lessons(COURSE)


def read(kind: str, lesson: str) -> Any:
    """Read a lesson's notebook from ``solutions`` or ``notebooks``."""
    return nbformat.read(COURSE / kind / lesson / f"{lesson}.ipynb", as_version=4)


def nbgrader(cell: Any) -> dict[str, Any]:
    """Return a cell's nbgrader metadata, empty for a cell that it does not mind."""
    return cell.metadata.get("nbgrader", {})

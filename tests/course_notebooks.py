"""The notebooks of the course, read once."""

import re
from pathlib import Path
from typing import Any

import nbformat

from course_utils.grading.release import find_course, lessons

COURSE = find_course(Path(__file__))
LESSONS = lessons(COURSE)


def topic_of(lesson: str) -> str:
    """Tell from a lesson's folder what it is about, as in "evaluation"; numbers may change."""
    return lesson.partition("_")[2]


def lesson_on(topic: str) -> str:
    """Find a lesson's folder by what it is about."""
    return next(lesson for lesson in LESSONS if topic_of(lesson) == topic)


def read(kind: str, lesson: str) -> Any:
    """Read a lesson's notebook from ``solutions`` or ``notebooks``."""
    return nbformat.read(COURSE / kind / lesson / f"{lesson}.ipynb", as_version=4)


def nbgrader(cell: Any) -> dict[str, Any]:
    """Return a cell's nbgrader metadata, empty for a cell that it does not mind."""
    return cell.metadata.get("nbgrader", {})


def results(name: str) -> str:
    """Read a benchmark's page."""
    return (COURSE / "benchmarks" / "results" / f"{name}.md").read_text(encoding="utf-8")


def table_rows(text: str) -> list[list[str]]:
    """Read the rows of all tables in a text, headers and rules included: their cells."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def tables_on(text: str) -> list[list[list[str]]]:
    """Read a page's tables, each with its header first."""
    blocks = re.findall(r"(?:^\|.*\n)+", text, flags=re.MULTILINE)
    lines = [[_cells(line) for line in block.splitlines()] for block in blocks]
    return [[header, *rows] for header, _, *rows in lines]


def _cells(line: str) -> list[str]:
    return [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def explorers_in(lesson: str) -> list[str]:
    """Name the explorers that the cells of a student's lesson open, in order."""
    cells = read("notebooks", lesson).cells
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return re.findall(r"= lesson\.(explore_\w+)\(", source)


def points(lesson: str, kind: str) -> int:
    """Add up the points that a machine gives ("code") or a person ("markdown")."""
    cells = [cell for cell in read("solutions", lesson).cells if cell.cell_type == kind]
    return sum(nbgrader(cell)["points"] for cell in cells if nbgrader(cell).get("grade"))


def solve(path: Path) -> None:
    """Write the solution's answers into a student's notebook, as a student would."""
    answers = {cell.id: cell.source for cell in read("solutions", path.stem).cells}
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if nbgrader(cell).get("solution"):
            cell.source = answers[cell.id]
    nbformat.write(notebook, path)

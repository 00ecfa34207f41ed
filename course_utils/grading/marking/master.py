"""A lesson as its instructor has written it, and as nbgrader's gradebook wants it."""

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from course_utils.grading._model_answers import model_answers
from course_utils.grading.database import GradebookError
from course_utils.grading.marking.autograded import is_answer
from course_utils.grading.marking.feedback import Outline
from course_utils.grading.release import RELEASE, SOLUTIONS, lessons, read_config, read_notebook


@dataclass(frozen=True)
class Cell:
    """A cell that nbgrader minds, as it writes it into a gradebook."""

    name: str
    kind: str
    source: str
    checksum: str | None
    is_grade: bool
    is_solution: bool
    is_task: bool
    is_locked: bool
    points: float
    answer: str  # the solution cell whose work it grades, by its name


@dataclass(frozen=True)
class Master:
    """What an instructor has written for a lesson, as the gradebook wants it."""

    lesson: str
    cells: tuple[Cell, ...]
    kernelspec: str
    release: Any
    outline: Outline
    models: Mapping[str, str]  # the answers in words, by the names of their cells
    config: Any

    @classmethod
    def read(cls, course: Path, lesson: str) -> "Master":
        """Read it with nbgrader's own steps, up to the one that fills the gradebook."""
        with _without_a_grammar():
            from nbgrader import utils
            from nbgrader.converters.generate_assignment import GenerateAssignment
            from nbgrader.preprocessors import SaveCells

        known = lessons(course)
        if lesson not in known:
            raise GradebookError(f"There is no lesson {lesson!r}. There are: {', '.join(known)}.")
        config = read_config(course)
        notebook = read_notebook(course / SOLUTIONS / lesson / f"{lesson}.ipynb")
        models = model_answers(notebook)
        resources = {"nbgrader": {"assignment": lesson, "notebook": lesson}, "metadata": {}}
        steps = GenerateAssignment(config=config).preprocessors
        for step in takewhile(lambda step: step is not SaveCells, steps):
            notebook, resources = step(config=config).preprocess(notebook, resources)
        cells: list[Cell] = []
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            kinds = {
                "is_grade": utils.is_grade(cell),
                "is_solution": utils.is_solution(cell),
                "is_task": utils.is_task(cell),
                "is_locked": utils.is_locked(cell),
            }
            if any(kinds.values()):
                before = next((one.name for one in reversed(cells) if one.is_solution), "")
                made = Cell(
                    name=marks["grade_id"],
                    kind=cell.cell_type,
                    source=cell.source,
                    checksum=marks.get("checksum"),
                    points=float(marks.get("points", 0)),
                    answer=marks["grade_id"] if is_answer(marks) else before,
                    **kinds,
                )
                cells.append(made)
        path = course / RELEASE / lesson / f"{lesson}.ipynb"
        if not path.is_file():
            raise GradebookError(f"{path} is missing. Make the students' notebooks: course release")
        release = read_notebook(path)
        given = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in release.cells}
        if given - {None} != {cell.name for cell in cells}:
            raise GradebookError(f"{path} is not of these solutions. Make it anew: course release")
        kernelspec = json.dumps(notebook.metadata.get("kernelspec", {}))
        outline = Outline.of(release)
        return cls(lesson, tuple(cells), kernelspec, release, outline, models, config)


@contextlib.contextmanager
def _without_a_grammar() -> Iterator[None]:
    """Keep what is imported from building a grammar of internet addresses, which takes a second.

    Where jsonschema does not find that package, it leaves such addresses unchecked, and no notebook
    holds any that are to be checked.
    """
    name = "rfc3987_syntax"
    is_hidden = name not in sys.modules
    if is_hidden:
        sys.modules[name] = None  # type: ignore[assignment]  # so Python does not find it
    try:
        yield
    finally:
        if is_hidden:
            del sys.modules[name]

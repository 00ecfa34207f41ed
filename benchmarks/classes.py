"""Classes of made-up students, whose work is of mixed quality, for whoever measures grading."""

import ast
import inspect
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np

from benchmarks.processes import ROOT
from course_utils.grading.exercise import Exercise
from course_utils.grading.release import CONFIG, RELEASE, SOLUTIONS
from course_utils.grading.trial import Lesson

_TRIED = "print([value for value in range(3)], {exercise}.__name__)"
_NOTE = "I tried this out first, and looked at what came."


def make_course(folder: Path, lessons: list[str]) -> Path:
    """Make a course of some lessons, without any work in it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / CONFIG, folder)
    for lesson in lessons:
        for kind in (SOLUTIONS, RELEASE):
            shutil.copytree(ROOT / kind / lesson, folder / kind / lesson)
    return folder


def hand_in(course: Path, lesson: str, n: int, seed: int = 0) -> None:
    """Hand in a lesson for so many students: solved, untouched, and in between.

    The first has solved everything and the second has touched nothing. Of the others each exercise
    is answered as in the solution, with a right or with a wrong answer of ``answers.py``, or not
    at all; and some have added cells of their own.
    """
    rng = np.random.default_rng(seed)
    known = Lesson(ROOT, lesson)
    solved = known.solution_cells()
    for number in range(n):
        notebook = nbformat.read(ROOT / RELEASE / lesson / f"{lesson}.ipynb", as_version=4)
        for exercise in known.exercises:
            written = _answer(exercise, solved[exercise.name], number, rng)
            if written is not None:
                _write(notebook, exercise.name, written)
        if number > 1 and rng.random() < 0.3:
            _add_cells(notebook, known.exercises[-1].name)
        path = course / "submitted" / f"student{number:04}" / lesson / f"{lesson}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)


def _answer(exercise: Exercise, solution: str, number: int, rng: np.random.Generator) -> str | None:
    """Choose what a student has written for an exercise; None if nothing."""
    kind = 0.0 if number == 0 else 1.0 if number == 1 else rng.random()
    if kind < 0.35:
        return solution
    if kind < 0.6:
        right = exercise.right_answers
        return source_of(right[rng.integers(len(right))], exercise.name)
    if kind < 0.85:
        wrong = exercise.wrong_answers
        return source_of(wrong[rng.integers(len(wrong))].answer, exercise.name)
    return None


def _write(notebook: Any, grade_id: str, source: str) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            cell.source = source


def _add_cells(notebook: Any, exercise: str) -> None:
    place = next(
        place
        for place, cell in enumerate(notebook.cells)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == exercise
    )
    note = nbformat.v4.new_markdown_cell(_NOTE, id="note")
    tried = nbformat.v4.new_code_cell(_TRIED.format(exercise=exercise), id="tried")
    notebook.cells[place + 1 : place + 1] = [note, tried]


def source_of(answer: Callable[..., Any], name: str) -> str:
    """Write an answer of ``answers.py`` as a student would, with all that it needs there."""
    module = inspect.getmodule(answer)
    path = inspect.getsourcefile(answer)
    assert path is not None, module
    statements = ast.parse(Path(path).read_text(encoding="utf-8")).body
    given = {defined: one for one in statements for defined in _defined(one)}
    itself = given[answer.__name__]
    needed: list[ast.stmt] = []
    _collect(itself, given, needed)
    parts = [ast.unparse(_bare(one, answer.__name__, name)) for one in needed]
    return "\n\n\n".join(parts) + "\n"


def _collect(one: ast.stmt, given: dict[str, ast.stmt], needed: list[ast.stmt]) -> None:
    """Add a statement behind those that it needs."""
    bare = _bare(one, "", "")
    names = {node.id for node in ast.walk(bare) if isinstance(node, ast.Name)}
    for name in sorted(names & given.keys()):
        if given[name] is not one and given[name] not in needed:
            _collect(given[name], given, needed)
    if one not in needed:
        needed.append(one)


def _bare(one: ast.stmt, old: str, new: str) -> ast.stmt:
    """Take the decorators from a function, and give the answer its learner's name."""
    if not isinstance(one, ast.FunctionDef):
        return one
    (copy,) = ast.parse(ast.unparse(one)).body
    assert isinstance(copy, ast.FunctionDef)
    copy.decorator_list = []
    if copy.name == old:
        copy.name = new
    return copy


def _defined(one: ast.stmt) -> Iterator[str]:
    """Name what a statement of a module defines."""
    if isinstance(one, ast.FunctionDef | ast.ClassDef):
        yield one.name
    elif isinstance(one, ast.Import | ast.ImportFrom):
        for alias in one.names:
            yield alias.asname or alias.name.partition(".")[0]
    elif isinstance(one, ast.Assign | ast.AnnAssign):
        targets = one.targets if isinstance(one, ast.Assign) else [one.target]
        yield from (node.id for target in targets for node in ast.walk(target)
                    if isinstance(node, ast.Name))  # fmt: skip

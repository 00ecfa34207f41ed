"""Notebooks that hold given code, and a judge for them, for tests of what is made of answers."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from course_notebooks import COURSE, nbgrader, read

from course_utils.grading.marking.judging import Material, Task, judge
from course_utils.grading.marking.results import CellResult
from course_utils.sandbox.box import Box

#: For a class in tests, which has no gradebook.
SEED = 1234


def notebook(lesson: str, code: Mapping[str, str]) -> bytes:
    """Write code into the cells of exercises, by their names; the others stay as they were."""
    made = read("notebooks", lesson)
    for cell in made.cells:
        cell.source = code.get(nbgrader(cell).get("grade_id", ""), cell.source)
    return nbformat.writes(made).encode()


def completed(lesson: str, exercise: str, body: str) -> str:
    """Complete what students are given of an exercise."""
    [given] = [
        cell.source
        for cell in read("notebooks", lesson).cells
        if nbgrader(cell).get("grade_id") == exercise
    ]
    return given.partition("    # Your code here")[0] + body


def judged(lesson: str, content: bytes, box: Box, student: str = "ada") -> list[CellResult]:
    """Judge a notebook in a sandbox."""
    return list(judge(Task(_material(lesson), student, content), box).cells)


@cache
def _material(lesson: str) -> Material:
    return Material.read(COURSE, lesson, SEED)


def code_of(answers: Path, function: str, called: str) -> str:
    """Take a function out of answers.py, with what it needs there, and give it another name."""
    found: dict[str, Any] = {}
    for statement in ast.parse(answers.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.FunctionDef):
            statement.decorator_list = []
            found[statement.name] = statement
        elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            found[statement.targets[0].id] = statement
        elif isinstance(statement, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name: statement for alias in statement.names}
    needed: list[str] = []
    wanted = [function]
    while wanted:
        name = wanted.pop()
        if name in found and name not in needed:
            needed.append(name)
            wanted += [x.id for x in ast.walk(found[name]) if isinstance(x, ast.Name)]
    source = "\n\n".join(ast.unparse(found[name]) for name in reversed(needed))
    return f"{source}\n\n{called} = {function}" if function != called else source

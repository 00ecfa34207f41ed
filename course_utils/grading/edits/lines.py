"""Edits of lines: left out, moved into a loop or out of it."""

import ast
from collections.abc import Iterator
from typing import Any

from course_utils.grading.edits.base import (
    Edit,
    Scope,
    Way,
    changed,
    edits_of,
    is_docstring,
    literal,
)

_NO_STEPS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.Pass)


@edits_of(ast.FunctionDef, ast.For, ast.While, ast.If, ast.With)
def _lines(node: Any, way: Way, scope: Scope) -> Iterator[Edit]:
    for block in ("body", "orelse"):
        lines = getattr(node, block, [])
        for says, new in _edited_lines(lines, isinstance(node, ast.For | ast.While)):
            yield says, changed(node, **{block: new or [ast.Pass()]})


def _edited_lines(lines: list[ast.stmt], in_loop: bool) -> Iterator[tuple[str, list[ast.stmt]]]:
    for i, line in enumerate(lines):
        before, after = lines[:i], lines[i + 1 :]
        if isinstance(line, ast.Return):
            yield "returns nothing where it has its result", [*before, *after]
        elif not isinstance(line, _NO_STEPS) and not is_docstring(line):
            yield _says_without(line), [*before, *after]
        if isinstance(line, ast.For) and after:
            inside = changed(line, body=[*line.body, after[0]])
            if isinstance(after[0], ast.Return):
                # What follows the loop stays, as it does where only the return is indented.
                yield "returns in the first round of its loop", [*before, inside, *after[1:]]
            else:
                says = "does in every round of a loop what belongs after it"
                yield says, [*before, inside, *after[1:]]
        if isinstance(line, ast.For | ast.While) and len(line.body) > 1 and not line.orelse:
            *body, last = line.body
            if not isinstance(last, ast.Continue | ast.Break):
                outside = [*before, changed(line, body=body), last, *after]
                yield "does after a loop what belongs into every round", outside
        if isinstance(line, ast.Break | ast.Continue):
            stops = isinstance(line, ast.Break)
            says = "goes on where it should stop" if stops else "stops where it should go on"
            yield says, [*before, ast.Continue() if stops else ast.Break(), *after]
        if (
            isinstance(line, ast.If)
            and len(line.orelse) == 1
            and isinstance(line.orelse[0], ast.If)
        ):
            apart = [*before, changed(line, orelse=[]), line.orelse[0], *after]
            yield "looks at the next condition even if the one before holds", apart
    if in_loop and lines and not isinstance(lines[-1], ast.Break | ast.Continue | ast.Return):
        yield "stops after the first round of a loop", [*lines, ast.Break()]


def _says_without(line: ast.stmt) -> str:
    if isinstance(line, ast.If):
        return "does not look at one of the cases"
    if isinstance(line, ast.AugAssign):
        return "leaves out what changes with every step"
    if isinstance(line, ast.Break):
        return "goes on where it should stop"
    return "leaves out a step"


@edits_of(ast.For)
def _rounds(node: ast.For, way: Way, scope: Scope) -> Iterator[Edit]:
    for says, bounds in (
        ("leaves out the first round of a loop", ast.Slice(lower=ast.Constant(1))),
        ("leaves out the last round of a loop", ast.Slice(upper=literal(-1))),
    ):
        part = ast.Subscript(node.iter, bounds, ast.Load())
        yield says, changed(node, iter=part)

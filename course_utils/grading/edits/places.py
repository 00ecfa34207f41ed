"""Edits of indices and slices."""

import ast
from collections.abc import Iterator

from course_utils.grading.edits.base import (
    Edit,
    Scope,
    Way,
    changed,
    edits_of,
    number,
    one_more,
)
from course_utils.grading.edits.words import ONE_OFF


@edits_of(ast.Subscript)
def _no_index(node: ast.Subscript, way: Way, scope: Scope) -> Iterator[Edit]:
    if not isinstance(node.ctx, ast.Load):
        return
    if isinstance(node.slice, ast.Slice):
        step = node.slice.step
        says = (
            "does not reverse" if step and number(step) == -1 else "takes all where a part is meant"
        )
        yield says, node.value
    else:
        yield "leaves out an index", node.value
        if number(node.slice) is None and not isinstance(node.slice, ast.Tuple | ast.Constant):
            yield "looks one place too far", changed(node, slice=one_more(node.slice, 1))
            yield "looks one place too early", changed(node, slice=one_more(node.slice, -1))


@edits_of(ast.Slice)
def _other_slice(node: ast.Slice, way: Way, scope: Scope) -> Iterator[Edit]:
    lacks = {
        "lower": "starts a slice at the very beginning",
        "upper": "ends a slice at the very end",
        "step": "leaves out the step of a slice",
    }
    for bound, says in lacks.items():
        value = getattr(node, bound)
        if value is None:
            continue
        yield says, changed(node, **{bound: None})
        if bound != "step" and number(value) is None:
            for by in (1, -1):
                yield ONE_OFF[bound][by > 0], changed(node, **{bound: one_more(value, by)})
    if (node.lower is None) != (node.upper is None):
        says = "takes the other part of what a slice divides"
        yield says, changed(node, lower=node.upper, upper=node.lower)

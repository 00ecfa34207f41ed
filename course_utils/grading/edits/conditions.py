"""Edits of conditions: other comparisons, other branches."""

import ast
from collections.abc import Iterator

from course_utils.grading.edits.base import (
    Edit,
    Scope,
    Way,
    changed,
    edits_of,
    without,
)

_SIGNS: dict[type, str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_OTHER_COMPARISONS: dict[type, tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@edits_of(ast.Compare)
def _other_comparisons(node: ast.Compare, way: Way, scope: Scope) -> Iterator[Edit]:
    for i, old in enumerate(node.ops):
        for new in _OTHER_COMPARISONS.get(type(old), ()):
            says = f"compares with {_SIGNS[new]} where {_SIGNS[type(old)]} is meant"
            yield says, changed(node, ops=[*node.ops[:i], new(), *node.ops[i + 1 :]])


@edits_of(ast.BoolOp)
def _joined_conditions(node: ast.BoolOp, way: Way, scope: Scope) -> Iterator[Edit]:
    is_and = isinstance(node.op, ast.And)
    used, meant = ("or", "and") if is_and else ("and", "or")
    yield (
        f"joins conditions with `{used}` where `{meant}` is meant",
        changed(node, op=ast.Or() if is_and else ast.And()),
    )
    for i in range(len(node.values)):
        rest = without(node.values, i)
        yield (
            "leaves out one of the conditions",
            changed(node, values=rest) if len(rest) > 1 else rest[0],
        )


@edits_of(ast.IfExp)
def _other_choice(node: ast.IfExp, way: Way, scope: Scope) -> Iterator[Edit]:
    yield "exchanges what belongs to two cases", changed(node, body=node.orelse, orelse=node.body)
    yield "does in every case what belongs to one of them", node.body
    yield "does not look at one of the cases", node.orelse


@edits_of(ast.If)
def _other_branch(node: ast.If, way: Way, scope: Scope) -> Iterator[Edit]:
    if node.orelse:
        says = "exchanges what belongs to two cases"
        yield says, changed(node, body=node.orelse, orelse=node.body)
        yield "does not look at one of the cases", changed(node, orelse=[])
    always = changed(node, test=ast.Constant(True))
    yield "does in every case what belongs to one of them", always


@edits_of(ast.comprehension)
def _no_filter(node: ast.comprehension, way: Way, scope: Scope) -> Iterator[Edit]:
    for i in range(len(node.ifs)):
        yield "takes all where a condition should choose", changed(node, ifs=without(node.ifs, i))

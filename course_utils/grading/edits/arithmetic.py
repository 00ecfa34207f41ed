"""Edits of arithmetic: other operators, sides left out or exchanged, brackets that lack."""

import ast
from collections.abc import Iterator

from course_utils.grading.edits.base import (
    Edit,
    Scope,
    Way,
    changed,
    edits_of,
    last_name,
    number,
)
from course_utils.grading.edits.words import NO_MEASURES, NOUNS

#: Of each operator: what it does, in "adds" and in "should add".
_DOES: dict[type, tuple[str, str]] = {
    ast.Add: ("adds", "add"),
    ast.Sub: ("subtracts", "subtract"),
    ast.Mult: ("multiplies", "multiply"),
    ast.Div: ("divides", "divide"),
    ast.FloorDiv: ("divides and rounds down", "divide and round down"),
    ast.Mod: ("takes the remainder of a division", "take the remainder of a division"),
    ast.Pow: ("raises to a power", "raise to a power"),
    ast.BitXor: ("writes ^, which is no power,", "raise to a power"),
    ast.MatMult: ("takes the matrix product", "take the matrix product"),
    ast.BitAnd: ("asks for both conditions", "ask for both conditions"),
    ast.BitOr: ("asks for either of two conditions", "ask for either of two conditions"),
}
_OTHER_OPERATORS: dict[type, tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add, ast.Pow, ast.MatMult),
    ast.Div: (ast.Mult, ast.FloorDiv, ast.Sub),
    ast.FloorDiv: (ast.Div, ast.Mod, ast.Mult),
    ast.Mod: (ast.FloorDiv, ast.Div),
    ast.Pow: (ast.Mult, ast.BitXor),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
#: What a result is called, and how tightly its operator binds.
_RESULT: dict[type, tuple[str, int]] = {
    ast.Add: ("sum", 1),
    ast.Sub: ("difference", 1),
    ast.Mult: ("product", 2),
    ast.Div: ("quotient", 2),
    ast.FloorDiv: ("quotient", 2),
    ast.MatMult: ("product", 2),
    ast.Mod: ("remainder", 2),
    ast.Pow: ("power", 3),
}
#: What is said where the left or the right side is left out.
_LACKS: dict[type, tuple[str, str]] = {
    ast.Add: ("does not add {}", "does not add {}"),
    ast.Sub: ("gives what should be subtracted, and from nothing", "does not subtract {}"),
    ast.Mult: ("does not multiply by {}", "does not multiply by {}"),
    ast.Div: ("gives what it should divide by", "does not divide by {}"),
    ast.FloorDiv: ("gives what it should divide by", "does not divide by {}"),
    ast.Mod: ("gives what it should divide by", "does not take a remainder"),
    ast.Pow: ("gives the exponent alone", "leaves out a power"),
    ast.MatMult: ("leaves out a matrix product", "leaves out a matrix product"),
    ast.BitAnd: ("leaves out one of two conditions", "leaves out one of two conditions"),
    ast.BitOr: ("leaves out one of two conditions", "leaves out one of two conditions"),
}
_TURNED: dict[type, str] = {
    ast.Sub: "subtracts the wrong way round",
    ast.Div: "divides the wrong way round",
    ast.FloorDiv: "divides the wrong way round",
    ast.Mod: "takes a remainder the wrong way round",
    ast.Pow: "exchanges a base and its exponent",
    ast.MatMult: "takes a matrix product in the other order",
}


@edits_of(ast.BinOp, ast.AugAssign)
def _other_operators(node: ast.BinOp | ast.AugAssign, way: Way, scope: Scope) -> Iterator[Edit]:
    for other in _OTHER_OPERATORS.get(type(node.op), ()):
        says = f"{_DOES[other][0]} where it should {_DOES[type(node.op)][1]}"
        yield says, changed(node, op=other())


@edits_of(ast.BinOp)
def _sides(node: ast.BinOp, way: Way, scope: Scope) -> Iterator[Edit]:
    kind = type(node.op)
    if kind in _LACKS:
        no_left, no_right = _LACKS[kind]
        yield no_left.format(_something(node.left, scope)), node.right
        yield no_right.format(_something(node.right, scope)), node.left
    if kind in _TURNED:
        yield _TURNED[kind], changed(node, left=node.right, right=node.left)
    if kind is ast.MatMult:
        for side in ("left", "right"):
            turned = ast.Attribute(getattr(node, side), "T", ast.Load())
            yield "transposes what should not be transposed", changed(node, **{side: turned})
    if kind is ast.Pow and number(node.right) == 2:
        magnitude = ast.Call(ast.Name("abs", ast.Load()), [node.left], [])
        yield "takes magnitudes where squares belong", magnitude


@edits_of(ast.BinOp)
def _no_brackets(node: ast.BinOp, way: Way, scope: Scope) -> Iterator[Edit]:
    outer, (left, right) = _RESULT.get(type(node.op), ("", 0))[1], (node.left, node.right)
    if isinstance(left, ast.BinOp) and type(left.op) in _RESULT:
        noun, inner = _RESULT[type(left.op)]
        if outer > inner:
            new = ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))
            yield f"lacks the brackets around a {noun}", new
    if isinstance(right, ast.BinOp) and type(right.op) in _RESULT:
        noun, inner = _RESULT[type(right.op)]
        first = ast.BinOp(left, node.op, right.left)
        if outer >= inner:
            yield f"lacks the brackets around a {noun}", ast.BinOp(first, right.op, right.right)


@edits_of(ast.AugAssign)
def _plain_assignment(node: ast.AugAssign, way: Way, scope: Scope) -> Iterator[Edit]:
    _, should = _DOES.get(type(node.op), ("", "go on"))
    says = f"overwrites in every round where it should {should} what is new"
    yield says, ast.Assign([node.target], node.value, lineno=0)


@edits_of(ast.UnaryOp)
def _no_sign(node: ast.UnaryOp, way: Way, scope: Scope) -> Iterator[Edit]:
    if number(node) is not None:
        return
    if isinstance(node.op, ast.USub):
        yield "leaves out a minus sign", node.operand
        if isinstance(node.operand, ast.BinOp):
            negated = changed(node, operand=node.operand.left)
            yield "lacks the brackets behind a minus sign", changed(node.operand, left=negated)
    else:
        yield "takes a condition the wrong way round", node.operand


def _something(node: ast.AST, scope: Scope) -> str:
    """Name what is left out, if a learner knows it: a parameter, or its mean."""
    if isinstance(node, ast.Name) and node.id in scope.parameters:
        return f"`{node.id}`"
    if isinstance(node, ast.Call):
        name = last_name(node.func)
        if name in NOUNS and name not in NO_MEASURES:
            return NOUNS[name]
        if name == "len":
            return "a number of elements"
    return "something that it should"

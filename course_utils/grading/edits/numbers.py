"""Edits of what is written out: numbers, axes, words and dtypes."""

import ast
from collections.abc import Iterator

from course_utils.grading.edits.base import (
    Edit,
    Scope,
    Way,
    edits_of,
    last_name,
    literal,
    number,
    of_module,
)
from course_utils.grading.edits.words import COUNTERS, ONE_OFF, REDUCE

_DTYPES = {
    "float16": ("float32",),
    "float32": ("float64", "float16", "uint8"),
    "float64": ("float32", "uint8"),
    "int8": ("int64",),
    "int16": ("uint8",),
    "int32": ("uint8",),
    "int64": ("uint8",),
    "uint8": ("int8", "float32"),
    "int": ("uint8", "float"),
    "float": ("int", "float32"),
}
_OTHER_WORDS = {
    "same": ("valid",),
    "valid": ("same",),
    "relu": ("sigmoid", "linear"),
    "softmax": ("sigmoid", "relu"),
    "sigmoid": ("softmax",),
}


@edits_of(ast.Constant, ast.UnaryOp)
def _other_numbers(node: ast.expr, way: Way, scope: Scope) -> Iterator[Edit]:
    value = number(node)
    if value is None:
        return
    for new in _numbers_near(value, is_axis := _is_axis(way, scope)):
        if is_axis:
            says = f"works along axis {new} where axis {value} is meant"
        else:
            says = _how_far_off(value, new, way)
        yield says, literal(new)


def _numbers_near(value: int | float, is_axis: bool) -> list[int | float]:
    found: list[int | float]
    if is_axis:
        found = [0, 1, -1] if value in (0, 1, -1) else [value - 1, value + 1]
    elif isinstance(value, float) and 0 < abs(value) < 0.01:
        found = [value * 1000, value / 1000, 0.0]
    elif isinstance(value, float) and 0 < abs(value) < 1:
        found = [1 - value, value * 10, value / 10, 0.0, -value]
    else:
        found = [value + 1, value - 1, type(value)(0), -value, value * 2]
    return [new for new in dict.fromkeys(found) if new != value]


def _how_far_off(value: int | float, new: int | float, way: Way) -> str:
    """Say how a number differs from the one that is meant, in the words of its place."""
    by = new - value
    if _is_of_shape(way[-1].parent):
        return f"takes the length of axis {new} where that of axis {value} is meant"
    if by in (1, -1) and (place := _place(way)):
        if place == "index" and (value, new) in [(0, -1), (-1, 0)]:
            ends = ("first", "last") if new == 0 else ("last", "first")
            return "looks at the {} place where the {} is meant".format(*ends)
        return ONE_OFF[place][by > 0]
    what = next((f"`{step.argument}`" for step in reversed(way[-2:]) if step.argument), "")
    if isinstance(value, float) and 0 < abs(value) < 0.01:
        return f"uses a tolerance that is too {'narrow' if abs(by) == value or by < 0 else 'wide'}"
    if new == -value and _place(way) == "index":
        return "counts a place from the wrong end"
    if not what:  # whether it is larger or smaller depends on how the formula is written
        return "turns the sign of a number" if new == -value else "has another number in one place"
    if new == 0:
        return f"has 0 for {what} where another belongs"
    if new == -value:
        return f"has the wrong sign at {what}"
    if by in (1, -1):
        return f"has {what} one too {'large' if by > 0 else 'small'}"
    return f"has {what} too {'large' if abs(new) > abs(value) else 'small'}"


def _place(way: Way) -> str:
    """Say what a number does where it stands; nothing if its place does not tell."""
    step = way[-1]
    if isinstance(step.parent, ast.Tuple) and len(way) > 1:
        way, step = way[:-1], way[-2]
    if isinstance(step.parent, ast.Slice):
        return step.field
    if isinstance(step.parent, ast.Subscript):
        return "index"
    if isinstance(step.parent, ast.Call) and last_name(step.parent.func) in COUNTERS:
        return "start" if len(step.parent.args) > 1 and step.index == 0 else "count"
    if isinstance(step.parent, ast.BinOp) and step.field == "right":
        return {ast.Add: "added", ast.Sub: "subtracted"}.get(type(step.parent.op), "")
    return "limit" if isinstance(step.parent, ast.Compare) else ""


def _is_of_shape(node: ast.AST) -> bool:
    """Say whether it picks a length out of a shape, as in ``images.shape[0]``."""
    return isinstance(node, ast.Subscript) and last_name(node.value) == "shape"


def _is_axis(way: Way, scope: Scope) -> bool:
    """Say whether a number is an axis, by its keyword or by its place."""
    above = [step for step in way[-3:] if not isinstance(step.parent, ast.Tuple)]
    if not above or above[-1].argument:
        return bool(above) and above[-1].argument in ("axis", "axes")
    call = above[-1].parent
    if not isinstance(call, ast.Call) or last_name(call.func) not in REDUCE:
        return False
    is_method = isinstance(call.func, ast.Attribute) and not of_module(call.func, scope)
    place = above[-1]
    return place.field == "args" and place.index == (0 if is_method else 1)


@edits_of(ast.Constant)
def _other_words(node: ast.Constant, way: Way, scope: Scope) -> Iterator[Edit]:
    if isinstance(node.value, bool):
        argument = way[-1].argument
        what = f"`{argument}`" if argument else "a truth value"
        yield f"has {what} the wrong way round", ast.Constant(not node.value)
    if not isinstance(node.value, str):
        return
    if node.value in _DTYPES:
        for new in _DTYPES[node.value]:
            yield f"works in {new} where {node.value} is meant", ast.Constant(new)
        return
    for new in dict.fromkeys([*_OTHER_WORDS.get(node.value, ()), *scope.words]):
        if new != node.value and new not in _DTYPES:
            yield f"uses the word '{new}' where another belongs", ast.Constant(new)


@edits_of(ast.Attribute, ast.Name)
def _other_dtype(node: ast.Attribute | ast.Name, way: Way, scope: Scope) -> Iterator[Edit]:
    old = last_name(node)
    is_called = way and isinstance(way[-1].parent, ast.Call) and way[-1].field == "func"
    if isinstance(node, ast.Name):
        given_to = last_name(way[-1].parent.func) if isinstance(way[-1].parent, ast.Call) else ""
        is_dtype = way[-1].argument == "dtype" or given_to in ("astype", "zeros", "array", "empty")
    else:
        is_dtype = of_module(node, scope)
    if old not in _DTYPES or not is_dtype or is_called:
        return
    for new in _DTYPES[old]:
        yield f"works in {new} where {old} is meant", ast.Constant(new)

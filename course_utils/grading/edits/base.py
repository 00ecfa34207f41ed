"""What an edit is made of: where it is made, what is known there, and how trees are made anew."""

import ast
import copy
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

#: What the edited function does, and what stands in the place of the node.
Edit = tuple[str, ast.AST]


@dataclass(frozen=True)
class Scope:
    """What is known of the function in which an edit is made."""

    parameters: Sequence[str]
    modules: Collection[str]  # names that stand for modules, so that `np.sum(x)` is no method
    words: Sequence[str]  # the texts of one word that occur in it, as "same" and "valid"


@dataclass(frozen=True)
class Step:
    """One step of the way from the function down to a node."""

    parent: ast.AST
    field: str
    index: int = 0

    @property
    def argument(self) -> str:
        """The keyword whose value is below, or nothing."""
        return (self.parent.arg or "") if isinstance(self.parent, ast.keyword) else ""


Way = tuple[Step, ...]
Editor = Callable[[Any, Way, Scope], Iterator[Edit]]
EDITORS: list[tuple[type | tuple[type, ...], Editor]] = []


def edits_of(*kinds: type) -> Callable[[Editor], Editor]:
    """Register what edits nodes of these kinds."""

    def register(editor: Editor) -> Editor:
        EDITORS.append((kinds, editor))
        return editor

    return register


def changed(node: ast.AST, **changes: Any) -> Any:
    """Make a node anew, with some of its fields changed."""
    new = copy.copy(node)
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def is_docstring(node: ast.AST) -> bool:
    """Say whether a line is a text alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def number(node: ast.AST) -> int | float | None:
    """Read a number that is written out, with its sign."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = number(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return None if isinstance(node.value, bool) else node.value
    return None


def literal(value: int | float) -> ast.expr:
    """Write a number out."""
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def one_more(node: ast.expr, by: int) -> ast.expr:
    """Add 1 to what a node gives, or take 1 away: `by` is 1 or −1."""
    return ast.BinOp(node, ast.Add() if by > 0 else ast.Sub(), ast.Constant(1))


def swapped(items: Sequence[Any], i: int) -> list[Any]:
    """Exchange two neighbours."""
    return [*items[:i], items[i + 1], items[i], *items[i + 2 :]]


def without(items: Sequence[Any], i: int) -> list[Any]:
    """Leave one out."""
    return [*items[:i], *items[i + 1 :]]


def last_name(node: ast.AST) -> str:
    """Take the last name of a dotted one: ``sum`` of ``np.sum``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def of_module(node: ast.Attribute, scope: Scope) -> bool:
    """Say whether a dotted name begins with a module."""
    root: ast.AST = node
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and root.id in scope.modules

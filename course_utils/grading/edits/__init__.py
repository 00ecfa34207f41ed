"""One edit of a function: what a slip of the pen changes in it, and how a learner is told of it.

An edit is a pair: what the edited function does, as a phrase that continues "Your function ...",
and the tree that takes the place of the old one. Trees are never changed: each edit makes the
nodes above it anew.

A phrase quotes nothing of the function but the names of its parameters, which the exercise gives,
and of keywords and dtypes: it has to be true of any function that gives the same results.
"""

import ast
from collections.abc import Collection, Iterator

from course_utils.grading.edits import (  # noqa: F401 (each registers its own)
    arithmetic,
    calls,
    conditions,
    lines,
    numbers,
    places,
)
from course_utils.grading.edits.base import (
    EDITORS,
    Edit,
    Scope,
    Step,
    Way,
    changed,
    is_docstring,
    number,
)

__all__: list[str] = []  # nothing but mutants.py makes edits

_NOT_CODE = ("annotation", "decorator_list", "returns", "type_comment", "type_params")


def edits(function: ast.FunctionDef, modules: Collection[str] = ()) -> Iterator[Edit]:
    """Make every edit of a function, each in every place where it can be made.

    Parameters
    ----------
    function : ast.FunctionDef
        As `ast.parse` gives it.
    modules : collection of str
        The names of modules that its file imports.

    Yields
    ------
    (str, ast.FunctionDef)
        What the edited function does, and the edited function. Some of them are alike.
    """
    nodes = list(ast.walk(function))
    imported = [
        (alias.asname or alias.name).split(".")[0]
        for node in nodes
        if isinstance(node, ast.Import)
        for alias in node.names
    ]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant)]
    words = [text for text in texts if isinstance(text, str) and len(text.split()) == 1]
    parameters = [argument.arg for argument in function.args.args]
    scope = Scope(parameters, {*modules, *imported}, list(dict.fromkeys(words)))
    yield from _edited(function, (), scope)


def _edited(node: ast.AST, way: Way, scope: Scope) -> Iterator[Edit]:
    """Edit a node, then what is below it."""
    for kinds, editor in EDITORS:
        if isinstance(node, kinds):
            yield from editor(node, way, scope)
    if number(node) is not None or is_docstring(node):  # the 1 of −1 is no number of its own
        return
    for name, value in ast.iter_fields(node):
        if name in _NOT_CODE:
            continue
        if isinstance(value, ast.AST):
            for says, new in _edited(value, (*way, Step(node, name)), scope):
                yield says, changed(node, **{name: new})
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, ast.AST):
                    for says, new in _edited(item, (*way, Step(node, name, i)), scope):
                        yield says, changed(node, **{name: [*value[:i], new, *value[i + 1 :]]})

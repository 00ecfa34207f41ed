"""Mutants of a right answer: what it becomes if one thing is written otherwise.

They are the mistakes that nobody had to foresee. A check that knows its exercise refuses each one
that gives other results, and can say what it does.
"""

import ast
import difflib
import inspect
import linecache
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

from course_utils.checks.time_limit import OutOfTimeError, time_limit
from course_utils.grading.edits import edits

__all__ = ["Mutant", "mutants"]

#: How long a call of a mutant may take, in seconds. Some of them never end.
LIMIT = 2.0


@dataclass(frozen=True, eq=False)
class Mutant:
    """A right answer with one edit. Calling it calls the edited function, for a limited time.

    Attributes
    ----------
    says : str
        What it does, as a phrase that continues "Your function ...". True of any function that
        gives the same results.
    source : str
        The whole of it, in Python.
    answer : callable
        The right answer that was edited.
    """

    says: str
    source: str
    answer: Callable[..., Any] = field(repr=False)

    def __call__(self, *arguments: Any) -> Any:
        """Call the edited function.

        Raises
        ------
        TimeoutError
            If it takes longer than :data:`LIMIT`.
        """
        try:
            with time_limit(LIMIT):
                return self.function(*arguments)
        except OutOfTimeError:
            raise TimeoutError(f"no end within {LIMIT:g} s") from None

    @cached_property
    def changed(self) -> str:
        """The lines of the answer that are written otherwise, and what they are now."""
        tree = _definition(self.answer) if isinstance(self.answer, FunctionType) else None
        assert tree is not None, "a mutant is made of a definition"
        lines = ast.unparse(tree).splitlines(), self.source.splitlines()
        _, _, *steps = difflib.unified_diff(*lines, n=0, lineterm="")
        before, now = ([step[1:].strip() for step in steps if step[0] == kind] for kind in "-+")
        return f"{' / '.join(before)} -> {' / '.join(now)}".rstrip()

    @cached_property
    def function(self) -> Callable[..., Any]:
        """The edited function, as a learner could have written it: for a check to ask.

        It stands beside the answer, with the names of its file and with what it closes over.
        Nothing limits the time of its calls.
        """
        answer, name = self.answer, self.answer.__name__
        file = f"<{name} {self.says}, {id(self)}>"
        lines = self.source.splitlines(keepends=True)
        linecache.cache[file] = (len(self.source), None, lines, file)  # for tracebacks
        names = dict(answer.__globals__)
        cells = dict(zip(answer.__code__.co_freevars, answer.__closure__ or (), strict=True))
        if not cells:
            exec(_compiled(self.source, file), names)
            return names[name]
        # A name is closed over only inside of another function.
        body = textwrap.indent(self.source, " ")
        (outer,) = _codes(_compiled(f"def _outer({', '.join(cells)}):\n{body}", file))
        (code,) = _codes(outer)
        closure = tuple(cells[free] for free in code.co_freevars)
        return FunctionType(code, names, name, answer.__defaults__, closure)


def mutants(answer: Callable[..., Any]) -> list[Mutant]:
    """Make every mutant of a right answer, each once.

    Parameters
    ----------
    answer : callable
        A function that was defined with ``def``, in a file.

    Returns
    -------
    list of Mutant
        In the order of its lines. Some give the same results as the answer.

    Raises
    ------
    ValueError
        If the answer has no such definition.
    """
    tree = _definition(answer) if isinstance(answer, FunctionType) else None
    if tree is None:
        raise ValueError(
            f"`answer` must be a function that a file defines with def; got {answer}. "
            "Write it so, and hand over the function itself."
        )
    modules = [name for name, it in answer.__globals__.items() if isinstance(it, ModuleType)]
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for says, edited in edits(tree, modules):
        source = ast.unparse(edited)
        if source != original and source not in found and _is_python(source):
            found[source] = Mutant(says, source, answer)
    return list(found.values())


def _definition(answer: FunctionType) -> ast.FunctionDef | None:
    """Read a function's definition without its decorators; of a lambda there is none."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(answer))).body[0]
    except (OSError, SyntaxError):  # no file, or a lambda amid a call of several lines
        return None
    if not isinstance(tree, ast.FunctionDef) or tree.name != answer.__name__:
        return None
    tree.decorator_list = []
    return tree


def _compiled(source: str, file: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)  # `2(rows)` is what a mutant may say
        return compile(source, file, "exec")


def _codes(code: CodeType) -> list[CodeType]:
    """List the functions that are defined in it."""
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _is_python(source: str) -> bool:
    """Say whether Python takes it: a `break` may have lost its loop."""
    try:
        _compiled(source, "<mutant>")
    except SyntaxError:
        return False
    return True

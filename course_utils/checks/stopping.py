"""Where a learner's function stopped: the line that the learner wrote, and what stood in it."""

import builtins
import contextlib
import inspect
import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

import numpy as np

from course_utils._arguments import nearest

#: What every lesson calls these, whether or not its first cell was run.
USUAL_NAMES = ("np", "keras", "plt")
_WORD = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*")
_MOST_NAMES = 8
#: How like a misspelt name has to be to the one that is suggested. An object has dozens of names of
#: its own, so that some other is always near; a typing error changes a letter or two.
_LIKE, _LIKE_AN_ATTRIBUTE = 0.6, 0.82
_KINDS = {bool: "True or False", int: "a whole number", float: "a number", str: "text"}


@dataclass(frozen=True)
class Stopped:
    """Where a function stopped.

    Attributes
    ----------
    line : str
        The learner's own; empty if it is not known.
    nearest : str
        The known name to which one that was misspelt is nearest.
    stood_for : tuple of (str, str)
        What the names in the line stood for.
    """

    line: str = ""
    nearest: str = ""
    stood_for: tuple[tuple[str, str], ...] = ()


def own_place(function: Callable[..., Any], error: BaseException) -> Stopped:
    """Find where a learner's function stopped: in itself, or in what else the learner wrote.

    Whatever the learner wrote beside it, such as helpers and lambdas, shares its global names.
    Of the lines there the last one that was reached counts, because a library that was called
    from it is none of the learner's.

    Parameters
    ----------
    function : callable
        The learner's.
    error : BaseException
        What it raised, caught by whoever called it.
    """
    # The first is the caller's own.
    steps = list(traceback.walk_tb(error.__traceback__))[1:]
    known = _globals(function)
    own = [step for step in steps if step[0].f_globals is known] or steps[:1]
    if not own:
        return Stopped(nearest=_nearest(error, known, {}))
    frame, number = own[-1]
    written = traceback.StackSummary.extract(iter([(frame, number)]), lookup_lines=True)[0]
    line = written.line or ""
    names = frame.f_globals, frame.f_locals
    return Stopped(line, _nearest(error, *names), tuple(_stood_for(line, *names)))


def _globals(function: Callable[..., Any]) -> Mapping[str, Any]:
    """Look up the global names of a function, or of a class whose objects can be called."""
    with contextlib.suppress(Exception):  # an object that is called may answer with any error
        function = inspect.unwrap(function)
        if not isinstance(function, FunctionType):
            function = type(function).__call__
        return function.__globals__
    return {}


def _nearest(error: BaseException, known: Mapping[str, Any], inside: Mapping[str, Any]) -> str:
    """Find the known name that was meant; empty if there is none."""
    name = getattr(error, "name", None)
    if not isinstance(name, str):
        return ""
    least = _LIKE
    if isinstance(error, AttributeError):
        least = _LIKE_AN_ATTRIBUTE
        found: list[str] = []
        with contextlib.suppress(Exception):  # as above
            found = [one for one in dir(error.obj) if not one.startswith("_")]
    elif isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        if name in USUAL_NAMES:
            return ""
        found = [*inside, *known, *vars(builtins), *USUAL_NAMES]
        found = [one for one in found if isinstance(one, str) and not one.startswith("_")]
    else:
        return ""
    by_case = {one.lower(): one for one in found}
    return by_case.get(name.lower()) or nearest(name, found, least) or ""


def _stood_for(
    line: str, known: Mapping[str, Any], inside: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Say what the names in a line stood for, those of values."""
    for name in list(dict.fromkeys(_WORD.findall(line)))[:_MOST_NAMES]:
        for names in (inside, known):
            if name in names:
                if told := _kind(names[name]):
                    yield name, told
                break


def _kind(value: Any) -> str:
    """Say in a few words what a value is, without asking it anything of its own."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"shape {value.shape}" if value.ndim else "a number"
    if isinstance(value, np.generic):
        return "a number" if value.dtype.kind in "iuf" else ""
    kind = type(value)
    if kind in (list, tuple):
        return f"a {kind.__name__} of {len(value)}"
    if isinstance(value, ModuleType | FunctionType | type):
        return ""
    return _KINDS.get(kind, "")

"""What a function's code tells, without calling it: whether it was begun, and how it ends."""

import dis
import inspect
import itertools
import re
from collections.abc import Callable
from types import CodeType
from typing import Any

#: What can be said of a body.
UNTOUCHED = "untouched"  # as it was handed out, or empty
NO_RETURN = "no return"  # no way through it gives a value
SOME_RETURN = "some return"  # some ways do, and others reach the end
ALL_RETURN = "all return"  # every way gives a value, which may still be None
KINDS = (UNTOUCHED, NO_RETURN, SOME_RETURN, ALL_RETURN)

#: How nbgrader marks the place, and nothing after it. Whoever writes there breaks it up.
_STUB = re.compile(r"# Your code here\s*\n\s*\.\.\.\s*\Z")
_NO_WORK = {"RESUME", "NOP", "COPY_FREE_VARS", "MAKE_CELL", "LOAD_CONST"}
_EMPTY = (None, ...)


def read_body(function: Callable[..., Any]) -> str:
    """Say whether a function's body was begun, and whether it gives a value.

    Parameters
    ----------
    function : callable
        The learner's.

    Returns
    -------
    str
        One of :data:`KINDS`, or nothing if it has no code in Python.

    Examples
    --------
    >>> read_body(lambda pixels: ...), read_body(lambda pixels: pixels + 1)
    ('untouched', 'all return')
    >>> read_body(len)
    ''
    """
    try:
        function = inspect.unwrap(function)
        code = function.__code__
    except Exception:  # an object that is called may answer with whatever error it likes
        return ""
    if not isinstance(code, CodeType):
        return ""
    return UNTOUCHED if _is_stub(function) else _ending(code)


def _is_stub(function: Callable[..., Any]) -> bool:
    try:
        return bool(_STUB.search(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):  # no file or cell that can be read
        return False


def _ending(code: CodeType) -> str:
    steps = [step for step in dis.get_instructions(code) if step.opname != "CACHE"]
    jumps = any(step.is_jump_target for step in steps)
    gives = [
        step.argval not in _EMPTY
        if step.opname == "RETURN_CONST"
        # A None that is only a part of what is returned (`x if x else None`) is the learner's.
        else (jumps and before.positions != step.positions)
        or before.opname != "LOAD_CONST"
        or before.argval not in _EMPTY
        for before, step in itertools.pairwise(steps)
        if step.opname in ("RETURN_VALUE", "RETURN_CONST")
    ]
    if not any(gives):
        works = any(step.opname not in _NO_WORK for step in steps if "RETURN" not in step.opname)
        return NO_RETURN if works else UNTOUCHED
    return ALL_RETURN if all(gives) else SOME_RETURN

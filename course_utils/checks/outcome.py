"""How a check calls a learner's function and says what came out.

A check raises, or returns None: nbgrader gives marks to a cell that prints "wrong". Nothing here
writes to standard error, because nbgrader gives no marks to a cell that does.
"""

import contextlib
import copy
import io
import re
import traceback
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

_LONGEST = 160


class CheckError(AssertionError):
    """An exercise is not solved yet. The message says what is wrong and what to look at."""

    def _render_traceback_(self) -> list[str]:
        """Show the message alone: a learner has no use for the checker's own frames."""
        return [f"✗ {self}"]


class NotAttemptedError(CheckError):
    """An exercise's cell is still as it was handed out."""

    def _render_traceback_(self) -> list[str]:
        return [f"○ {self}"]


def call(
    function: Callable[..., Any], *arguments: Any, hints: Mapping[str, str] | None = None
) -> Any:
    """Call a learner's function and return what it returns, or say what went wrong.

    The function gets copies of the arguments. What it prints, and warnings, are kept off the
    page.

    Parameters
    ----------
    function : callable
        The learner's.
    *arguments
        What to call it with.
    hints : mapping of str to str, optional
        What an error means in this exercise: a pattern for its name and text, and what to say.
        The first that fits is said.

    Returns
    -------
    object
        What the function returned.

    Raises
    ------
    NotAttemptedError
        If it returned None, or the ``...`` that stood in the cell, and printed nothing.
    CheckError
        If it raised, printed its answer instead of returning it, or changed an argument.

    Examples
    --------
    >>> call(lambda pixels: pixels + 1, 2)
    3
    """
    if not callable(function):
        raise CheckError(
            f"The check needs your function itself; it got {show(function)}. "
            "Pass its name without brackets behind it."
        )
    name = getattr(function, "__name__", "your function")
    given = copy.deepcopy(arguments)
    printed = io.StringIO()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            result = function(*given)
        except Exception as error:
            message = _what_was_raised(name, arguments, error)
            raise CheckError(f"{message} {_meaning(error, hints or {})}".rstrip()) from error
    if result is None or result is Ellipsis:
        if printed.getvalue().strip():
            raise CheckError(
                f"{name} prints its answer and returns nothing. Printing shows a value to a "
                "person; `return` hands it to the program. End the function with `return`."
            )
        raise NotAttemptedError(
            f"{name} returns nothing yet. Write its body, end it with `return`, "
            "run its cell, then run this one again."
        )
    for before, after in zip(arguments, given, strict=True):
        if not _same(before, after):
            raise CheckError(
                f"{name} changed its argument: it was {show(before)} and is now {show(after)}. "
                "Whoever called the function still needs it. Make a new array instead of writing "
                "into this one."
            )
    return result


def passed(name: str, cases: object = None, what: str = "does what it should") -> None:
    """Tell the learner that all is well, of the visible cases only: hidden ones come by the dozen.

    Parameters
    ----------
    name : str
        The learner's function.
    cases : object, optional
        The cases that the check was given. If there are any, they are hidden ones.
    what : str, default "does what it should"
        What is well.

    Examples
    --------
    >>> passed("unroll")
    ✓ unroll does what it should on the visible cases.
    >>> passed("unroll", cases=[(0, 0)])
    """
    if cases is None:
        print(f"✓ {name} {what} on the visible cases.")


def show(value: Any) -> str:
    """Write a value short enough for a message, with shape and dtype for an array.

    Parameters
    ----------
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> show(np.zeros((2, 2), dtype=np.uint8))
    '[[0, 0], [0, 0]] (uint8, shape (2, 2))'
    >>> show("a")
    "'a'"
    """
    if isinstance(value, np.ndarray):
        text = " ".join(np.array2string(value, separator=", ", threshold=24, precision=4).split())
        text = text.replace("[ ", "[")
        return f"{_short(text)} ({value.dtype}, shape {value.shape})"
    if isinstance(value, np.generic):
        value = value.item()
    return _short(" ".join(repr(value).split()))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _same(before: Any, after: Any) -> bool:
    """Compare two arguments, arrays and lists of arrays included."""
    if isinstance(before, np.ndarray):
        return (
            before.shape == np.shape(after)
            and before.dtype == getattr(after, "dtype", None)
            and np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
        )
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_same, before, after))
    return bool(before == after)


def _what_was_raised(name: str, arguments: tuple[Any, ...], error: Exception) -> str:
    """Say what a learner's function raised, and in which of its lines."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    own = [frame for frame in frames if frame.name == name] or frames[:1]
    line = f", at its line `{own[-1].line}`" if own and own[-1].line else ""
    given = ", ".join(show(argument) for argument in arguments)
    return f"{name}({_short(given)}) stopped with {type(error).__name__}: {error}{line}."


def _meaning(error: Exception, hints: Mapping[str, str]) -> str:
    """Say what a learner's error means in the exercise, or nothing."""
    said = f"{type(error).__name__}: {error}"
    return next((hint for pattern, hint in hints.items() if re.search(pattern, said)), "")

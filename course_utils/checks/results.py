"""How a check compares what came back with what was to be expected."""

from collections.abc import Iterator, ValuesView
from typing import Any

import numpy as np

from course_utils.checks._slips import TOLERANCE, Slips, alike, is_numeric, likely
from course_utils.checks.outcome import CheckError, show

#: What to say of a hidden case, which follows only where the visible ones have passed.
FRESH = (
    "The visible cases came out right, but this input is fresh. Does the function work from its "
    "arguments, or is an answer hard-coded?"
)


def expect_shape(name: str, received: Any, shape: tuple[int, ...], hint: str = "") -> None:
    """Raise unless a result has a shape.

    Parameters
    ----------
    name : str
        The learner's function.
    received : array_like
        What it returned.
    shape : tuple of int
        What was to be expected.
    hint : str, optional
        The likely slip.

    Raises
    ------
    CheckError
        If the shape differs.

    Examples
    --------
    >>> expect_shape("unroll", np.zeros((2, 4)), (2, 4))
    """
    try:
        got = str(np.shape(received))
    except ValueError:
        got = "rows of unequal length"
    except TypeError:  # what refuses to be an array
        got = show(received)
    if got != str(shape):
        raise CheckError(f"{name}: expected shape {shape}, received {got}. {hint}".rstrip())


def expect_equal(
    name: str,
    received: Any,
    expected: Any,
    given: str = "",
    hint: str = "",
    tolerance: float = 1e-6,
) -> None:
    """Raise unless two results agree, in shape and in every value.

    Parameters
    ----------
    name : str
        The learner's function.
    received, expected : array_like
        What it returned, and what was to be expected.
    given : str, optional
        What it was called with, in words.
    hint : str, optional
        The likely slip.
    tolerance : float, default 1e-6
        How far numbers may lie apart, relative to 1 and to the expected value.

    Raises
    ------
    CheckError
        If they differ, with the first value that does.

    Examples
    --------
    >>> expect_equal("count", np.float64(3), 3)
    """
    case = f" for {given}" if given else ""
    difference = f"{name}{case}: expected {show(expected)}, received {show(received)}."
    try:
        got = np.asarray(received)
    except (TypeError, ValueError):  # what refuses to be an array, or rows of unequal length
        raise CheckError(f"{difference} {hint}".rstrip()) from None
    wanted = np.asarray(expected)
    if got.shape != wanted.shape:
        shapes = f"The shape is {got.shape}, not {wanted.shape}."
        raise CheckError(f"{difference} {shapes} {hint}".rstrip())
    if is_numeric(wanted) and is_numeric(got):
        equal = np.isclose(
            got.astype(np.float64), wanted.astype(np.float64), tolerance, tolerance, equal_nan=True
        )
    elif got.dtype.kind == wanted.dtype.kind:
        equal = np.asarray(got == wanted)
    else:  # another kind of thing; its own == is not to be trusted
        equal = np.zeros(wanted.shape, dtype=bool)
    if not equal.all():
        where = tuple(int(i) for i in np.argwhere(~equal)[0]) if got.ndim else ()
        first = (
            f" They first differ at index {list(where)}: expected {wanted[where]}, "
            f"received {got[where]}."
            if where
            else ""
        )
        raise CheckError(f"{difference}{first} {hint}".rstrip())


def expect_numbers(name: str, received: Any, expected: str = "numbers", given: str = "") -> None:
    """Raise unless a result can be read as an array of numbers.

    Parameters
    ----------
    name : str
        The learner's function.
    received : object
        What it returned.
    expected : str, default "numbers"
        What was to be expected, in words.
    given : str, optional
        What the function was called with, in words.

    Raises
    ------
    CheckError
        If it is another kind of thing, with that kind.

    Examples
    --------
    >>> expect_numbers("count", [1, 2])
    """
    if is_numeric(received):
        return
    if callable(received):
        raise CheckError(
            f"{name}: that is a function or method which was not called. Brackets () are missing."
        )
    case = f" for {given}" if given else ""
    raise CheckError(f"{name}{case}: expected {expected}, received {_kind(received)}")


def expect_result(
    name: str,
    received: Any,
    expected: Any,
    given: str,
    known: Slips,
    tolerance: float = TOLERANCE,
    *,
    fresh: bool = False,
) -> None:
    """Raise unless two results agree, and name the slip that explains the difference.

    Parameters
    ----------
    name : str
        The learner's function.
    received, expected : array_like
        What it returned, and what was to be expected.
    given : str
        What it was called with, in words.
    known : list of (hint, result)
        The slips that are known, and what each gives on this input.
    tolerance : float, default 1e-4
        How far numbers may lie apart, relative to 1 and to the expected value.
    fresh : bool, default False
        Whether this is a hidden case, of which a learner should hear that the visible ones passed.

    Raises
    ------
    CheckError
        If they differ, or if no numbers came.

    Examples
    --------
    >>> expect_result("total", 3.0, 3, "1 and 2", [("That is the product.", 2)])
    """
    expect_numbers(name, received, show(expected), given)
    hint = "" if alike(received, expected, tolerance) else likely(received, known, tolerance)
    told = f"{FRESH} {hint}" if fresh else hint
    expect_equal(name, received, expected, given, told.rstrip(), tolerance)


def _kind(received: Any) -> str:
    """Show what is no array of numbers, and say what it is."""
    try:
        is_text = np.asarray(received).dtype.kind in "US"
    except ValueError:
        return f"parts of unequal length: {show(received)}."
    except TypeError:  # what refuses to be an array
        is_text = False
    if is_text:
        return f"text: {show(received)}. '1' is text, 1 is a number."
    if isinstance(received, Iterator | ValuesView):
        return f"{show(received)}. Put list( ) around it."
    return f"{show(received)}. NumPy sees no numbers in it."

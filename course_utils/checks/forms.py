"""Forms in which a right answer may come, brought into the one that a check compares."""

from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.checks.comparing import is_numeric
from course_utils.checks.outcome import CheckError
from course_utils.checks.showing import show


def pair(first: str, second: str, *, stacked: bool = False) -> Callable[[Any], tuple[Any, Any]]:
    """Demand two results. `stacked` says whether one array may hold both.

    Examples
    --------
    >>> pair("mean", "std")([1, 2])
    (1, 2)
    """

    def read(received: Any) -> tuple[Any, Any]:
        is_array = isinstance(received, np.ndarray) and received.ndim > 0
        # An array of numbers may be the first result alone, and its length 2 by chance.
        several = isinstance(received, tuple | list) or (is_array and stacked)
        if not several or len(received) != 2:
            count = "" if is_array or not several else f"{len(received)}: "
            raise CheckError(
                f"expected two results, {first} and {second}; received {count}{show(received)}. "
                "Write both behind `return`, with a comma between them."
            )
        return received[0], received[1]

    return read


def one_number(received: Any) -> Any:
    """Take a number out of an array that holds it alone, in which some libraries wrap it.

    Examples
    --------
    >>> one_number([[3]]), one_number([1, 2])
    (3, [1, 2])
    """
    if is_numeric(received) and np.size(received) == 1:
        return np.asarray(received).item()
    return received


def one_row(received: Any) -> Any:
    """Take a row out of a table that holds it alone: added to a table, both give the same."""
    if is_numeric(received) and np.ndim(received) == 2 and len(received) == 1:
        return np.ravel(received)
    return received


def objection(judge: Callable[[Any], None]) -> Callable[..., str]:
    """Make a demand of a judge that raises: what it says is what is wrong."""

    def demand(received: Any, *_: Any) -> str:
        try:
            judge(received)
        except CheckError as error:
            return str(error)
        return ""

    return demand

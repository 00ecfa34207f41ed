"""Forms in which a right answer may come, brought into the one that a check compares."""

from typing import Any

import numpy as np

from course_utils.checks._slips import is_numeric
from course_utils.checks.outcome import CheckError, show

_BOTH = "Write both behind `return`, with a comma between them."


def expect_pair(
    received: Any, demand: str, hint: str = _BOTH, *, stacked: bool = False
) -> tuple[Any, Any]:
    """Demand two results. `stacked` says whether one array may hold both."""
    is_array = isinstance(received, np.ndarray) and received.ndim > 0
    # An array of numbers may be the first result alone, and its length 2 by chance.
    several = isinstance(received, tuple | list) or (
        is_array and (stacked or received.dtype == object)
    )
    if not several or len(received) != 2:
        count = "" if is_array or not several else f"{len(received)}: "
        raise CheckError(f"{demand}; received {count}{show(received)}. {hint}".rstrip())
    return received[0], received[1]


def one_number(received: Any) -> Any:
    """Take a number out of an array that holds it alone, in which some libraries wrap it."""
    if is_numeric(received) and np.size(received) == 1:
        return np.reshape(received, ())[()]
    return received


def one_row(received: Any) -> Any:
    """Take a row out of a table that holds it alone: added to a table, both give the same."""
    if is_numeric(received) and np.ndim(received) == 2 and len(received) == 1:
        return np.ravel(received)
    return received

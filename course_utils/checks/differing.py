"""How a wrong result differs from the expected one, in lines of which the last explains.

The last line is empty, or a hint that holds where nothing explains more.
"""

from typing import Any

import numpy as np

from course_utils.checks.comparing import first_difference, is_numeric, kind_remark
from course_utils.checks.showing import show


def of_shapes(result: Any, expected: Any, hint: str) -> list[str]:
    """Say how two shapes differ.

    Examples
    --------
    >>> of_shapes([1, 2], [[1, 2]], "One row is missing.")
    ['expected: shape (1, 2)', 'received: shape (2,)', 'One row is missing.']
    """
    wanted = f"expected: shape {np.shape(expected)}"
    if not is_numeric(result):
        return [wanted, f"received: {show(result)}", kind_remark(result)]
    return [wanted, f"received: shape {np.shape(result)}", hint]


def of_values(result: Any, expected: Any, tolerance: float) -> list[str]:
    """Say how two results differ, and where first if one shape holds them.

    Examples
    --------
    >>> of_values([1, 3], np.array([1.0, 2.0]), 1e-4)[:2]
    ['expected: [1, 2]', 'received: [1, 3]']
    """
    if not is_numeric(expected):
        return [f"expected: {show(expected)}", f"received: {show(result)}", ""]
    if not is_numeric(result):
        return [f"expected: {show(expected)}", f"received: {show(result)}", kind_remark(result)]
    expected = _as_it_came(expected, np.asarray(result).dtype)
    lines = [f"expected: {show(expected)}", f"received: {show(result)}"]
    if np.shape(result) != np.shape(expected):
        lines.append(f"The shape is {np.shape(result)}, not {np.shape(expected)}.")
    elif np.ndim(expected):
        place = first_difference(result, expected, tolerance)
        shown = show(np.asarray(expected)[place]), show(np.asarray(result)[place])
        lines.append(
            f"They first differ at index {list(place)}: {shown[0]} expected, {shown[1]} received."
        )
    elif show(expected) == show(result):
        lines.append("They differ by less than is shown here.")
    return [*lines, ""]


def _as_it_came(expected: Any, dtype: np.dtype[Any]) -> Any:
    """Write the expected numbers as the received ones are: 3, not 3.0, where whole ones came."""
    wanted = np.asarray(expected)
    if dtype.kind in "iu" and np.array_equal(wanted, np.round(wanted)):
        wanted = wanted.astype(np.int64)
    elif dtype.kind == "f":
        wanted = wanted.astype(np.float64)
    return wanted if wanted.ndim else wanted.item()


def of_dtypes(result: Any, dtype: Any, right: str) -> list[str]:
    """Say what is wrong with a dtype, if anything is; `right` says what is well.

    Parameters
    ----------
    result : object
        What came back.
    dtype : dtype_like
        Which dtype it must have; ``np.integer`` for whole numbers of any.
    right : str
        As in ``"The values are right."``.

    Returns
    -------
    list of str
        Empty if nothing is wrong.
    """
    if dtype is np.integer:
        kind = np.asarray(result).dtype
        if kind.kind in "iu":
            return []
        remark = "Whole numbers can look things up; names[2.0] stops with an error."
        return ["expected: whole numbers", f"received: {kind.name}", f"{right} {remark}"]
    wanted, got = np.dtype(dtype), getattr(result, "dtype", None)
    if got == wanted:
        return []
    came = got.name if got is not None else f"a {type(result).__name__}, which has no dtype"
    remark = "Make an array of it." if got is None else "Change the dtype with astype."
    if wanted == np.float32 and got == np.float64:
        remark = f"float64 takes twice the memory. {remark}"
    if wanted.kind in "iu" and got is not None and got.kind == "f":
        remark = f"Round to whole numbers first. {remark}"
    if wanted == np.uint8:
        why = "Images stay uint8, because whatever comes next expects 0 to 255 in one byte."
        remark = f"{why} {remark}"
    return [f"expected: dtype {wanted.name}", f"received: {came}", f"{right} {remark}"]

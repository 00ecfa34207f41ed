"""Further cases of a check: small ones and pairs, asked beside those that its author wrote.

They lie in ``further/``, a file for each exercise, and are drawn by ``course cases`` from the right
answers, which are no part of this package. So the right results come along, and beside them what
near misses of a right answer give: functions that are one edit away from it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from course_utils.checks.comparing import is_numeric
from course_utils.checks.showing import show

_DIGITS = 9  # enough for any tolerance here, and half as long as Python writes


@dataclass(frozen=True)
class NearMiss:
    """What a function gives that is one edit away from a right one.

    Attributes
    ----------
    says : str
        What it does instead, as the end of a sentence: "adds where it should subtract".
    traces : tuple of float, str or None
        What :func:`trace` makes of all that it returns in each case; None where it stops with an
        error.
    """

    says: str
    traces: tuple[float | str | None, ...]


@dataclass(frozen=True)
class Further:
    """The further cases of a check.

    Attributes
    ----------
    cases : sequence of tuple
        The arguments, then each result that is expected.
    near_misses : sequence of NearMiss
    """

    cases: Sequence[tuple[Any, ...]] = ()
    near_misses: Sequence[NearMiss] = ()


@cache
def further(name: str, part: str = "") -> Further:
    """Read the further cases of an exercise, or of a part of it; none if it has none.

    Parameters
    ----------
    name : str
        The function that the learner writes.
    part : str, optional
        As in :class:`~course_utils.checks.check.Check`.

    Returns
    -------
    Further
    """
    path = files("course_utils.checks") / "further" / f"{name}.json"
    if not path.is_file():
        return Further()
    kept = json.loads(path.read_text(encoding="utf-8")).get(part)
    return read(kept) if kept else Further()


def read(kept: dict[str, Any]) -> Further:
    """Make further cases of what :func:`written` made of them."""
    return Further(
        [tuple(map(_decoded, case)) for case in kept["cases"]],
        [NearMiss(says, tuple(traces)) for says, traces in kept["near misses"]],
    )


def written(found: Further) -> dict[str, Any]:
    """Make of further cases what JSON can hold, with nine digits of each number.

    Examples
    --------
    >>> kept = written(Further([(np.array([1, 2]), 1.5)], [NearMiss("adds", (2.5,))]))
    >>> read(kept).cases
    [(array([1, 2]), 1.5)]
    """
    return {
        "cases": [[_encoded(value) for value in case] for case in found.cases],
        "near misses": [[near.says, list(near.traces)] for near in found.near_misses],
    }


def rounded(value: Any) -> Any:
    """Give an argument as it will be read again: with nine digits of each number."""
    return _decoded(_encoded(value))


def trace(result: Any) -> float | str:
    """Make one number of a result, so that unlike results have unlike ones: a text of no number.

    Examples
    --------
    >>> trace([1, 2]) == trace(np.array([1.0, 2.0])), trace([1, 2]) == trace([2, 1])
    (True, False)
    >>> trace([1, 2]) == trace([[1, 2]]), trace("learning")
    (False, "'learning'")
    >>> trace(([1, 2], 3)) == trace(([1, 2], 4))
    False
    """
    if not is_numeric(result):
        several = list(map(trace, result)) if isinstance(result, tuple) else []
        if several and all(isinstance(one, float) for one in several):
            return _short(float(np.cos(np.arange(len(several))) @ np.array(several, float)))
        return show(result)
    array = np.nan_to_num(np.asarray(result, np.float64), nan=1234.5, posinf=2345.6, neginf=-3456.7)
    shape = sum((axis + 1) * np.sqrt(size + 2) for axis, size in enumerate(array.shape))
    weights = np.cos(1.7 * np.arange(array.size) + 0.3 * shape) + 1.1
    return _short(float(array.ravel() @ weights + shape))


def same_trace(one: float | str | None, other: float | str | None) -> bool:
    """Say whether two results may be one."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-5 * max(1.0, abs(one))
    return one is not None and one == other


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")


def _encoded(value: Any) -> Any:
    if isinstance(value, np.ndarray | np.generic):
        values = np.asarray(value).ravel().tolist()
        kept = [_short(one) if isinstance(one, float) else one for one in values]
        return {"dtype": value.dtype.name, "shape": list(np.shape(value)), "values": kept}
    if isinstance(value, tuple):
        return {"tuple": [_encoded(one) for one in value]}
    if isinstance(value, dict):
        return {"dict": [[_encoded(part) for part in pair] for pair in value.items()]}
    if isinstance(value, list):
        return [_encoded(one) for one in value]
    return _short(value) if isinstance(value, float) else value


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "tuple" in value:
        return tuple(_decoded(one) for one in value["tuple"])
    if "dict" in value:
        return dict(map(_decoded, value["dict"]))
    array = np.array(value["values"], value["dtype"]).reshape(value["shape"])
    return array if value["shape"] else array[()]

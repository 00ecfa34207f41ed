"""What explains wrong results: a known slip, a near miss of a right answer, or a plain fact.

A candidate has to give what came back in every case that failed, and the more it explains the
sooner it is named. Where two candidates that differ explain the same, neither is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from course_utils.checks.asking import Described
from course_utils.checks.comparing import alike
from course_utils.checks.facts.seen import FEWEST
from course_utils.checks.further import NearMiss, same_trace, trace

#: The arguments, then what is expected.
Case = Sequence[Any]

Candidate = TypeVar("Candidate")


@dataclass(frozen=True)
class Asked:
    """A case that was answered, and what is to be said of its result.

    Attributes
    ----------
    place : int
        Which of all cases it is.
    case : sequence
        The arguments, then each result that is expected.
    result : object
        What came back, in the form that is compared.
    demanded : str
        What the check's `demand` says of it.
    is_right : bool
    """

    place: int
    case: Case
    result: Any
    demanded: str
    is_right: bool


@dataclass(frozen=True)
class Named:
    """What is said to explain wrong results.

    Attributes
    ----------
    text : str
        For the learner; empty if nothing is known.
    reason : str
        The slip or hint; empty if the text only states a fact.
    is_sure : bool
        Whether it fits everything that came back.
    of : Asked or None
        The case that it speaks of, where that is not the one that would be shown.
    """

    text: str = ""
    reason: str = ""
    is_sure: bool = True
    of: Asked | None = None

    @property
    def fact(self) -> str:
        """What is said, if it states how results are wrong and not why."""
        return "" if self.reason else self.text

    def __bool__(self) -> bool:
        """Say whether anything is said."""
        return bool(self.text)


def by_slips(
    asked: Sequence[Asked],
    slips: Callable[[Case], Mapping[tuple[str, int], Any]],
    compared: Callable[[Any], Any],
    tolerance: float,
) -> tuple[str, str]:
    """Name the slip that gives every result, and the one that gives all wrong ones.

    Where a slip gives nothing, as for a padding that it is not about, the result has to be right.

    Parameters
    ----------
    asked : sequence of Asked
        All cases that were answered.
    slips : callable
        ``slips(case)`` gives each slip's result, by its name and number.
    compared : callable
        Takes the part of a result that slips give.
    tolerance : float

    Returns
    -------
    tuple of (str, str)
        Empty where there is none.
    """
    known = [slips(one.case) for one in asked]
    results = [compared(one.result) for one in asked]

    def fits(key: tuple[str, int], i: int) -> bool:
        if key not in known[i]:
            return asked[i].is_right
        return alike(results[i], known[i][key], tolerance)

    keys = dict.fromkeys(key for given in known for key in given)
    everywhere, of_wrong = _fitting(keys, fits, asked)
    names = {name for name, _ in of_wrong}
    enough = len(names) == 1 and _is_varied(asked, list(map(trace, results)))
    return everywhere[0][0] if everywhere else "", names.pop() if enough else ""


def by_near_misses(
    asked: Sequence[Asked],
    stopped: Sequence[int],
    near_misses: Sequence[NearMiss],
) -> tuple[str, str]:
    """Find the near miss that gives every result, and the one that gives all wrong ones.

    Parameters
    ----------
    asked : sequence of Asked
        The visible and further cases that were answered.
    stopped : sequence of int
        The places of those in which no result came back to compare. A near miss stops there, too.
    near_misses : sequence of NearMiss

    Returns
    -------
    tuple of (str, str)
        What they say; empty where there is none.
    """
    traces = [trace(one.result) for one in asked]

    def fits(near: NearMiss, i: int) -> bool:
        place = asked[i].place  # past the end if cases came after the near misses were found
        return place < len(near.traces) and same_trace(near.traces[place], traces[i])

    stopping = [
        near
        for near in near_misses
        if all(place < len(near.traces) and near.traces[place] is None for place in stopped)
    ]
    everywhere, of_wrong = _fitting(stopping, fits, asked)
    enough = len(of_wrong) == 1 and _is_varied(asked, traces)
    # That a function gives the same everywhere is true, however few of its results are wrong.
    return everywhere[0].says if everywhere else "", of_wrong[0].says if enough else ""


def _fitting(
    candidates: Iterable[Candidate], fits: Callable[[Candidate, int], bool], asked: Sequence[Asked]
) -> tuple[list[Candidate], list[Candidate]]:
    """Choose the candidates that fit every case, and those that fit every wrong result."""
    wrong = [i for i, one in enumerate(asked) if not one.is_right]
    of_wrong = [each for each in candidates if all(fits(each, i) for i in wrong)]
    return [each for each in of_wrong if all(fits(each, i) for i in range(len(asked)))], of_wrong


def _is_varied(asked: Sequence[Asked], traces: Sequence[float | str]) -> bool:
    """Say whether wrong results differ enough that no accident explains them, or none differs."""
    if all(isinstance(one.result, Described) for one in asked if not one.is_right):
        return True  # that two networks are one in every layer is no accident
    wrong = [given for one, given in zip(asked, traces, strict=True) if not one.is_right]
    enough = len(set(wrong)) >= FEWEST or len(set(traces)) == 1
    return len(wrong) >= FEWEST and enough

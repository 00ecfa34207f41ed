"""Work that is nearly the same, for a person to judge."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from course_utils.grading.marking.report.code import Pieces, pieces

_ALIKE = 0.8  # of all pieces in either
_FEWEST_PIECES = 12  # of an exercise: a line or two have few good forms
_FEWEST_TOGETHER = 30
_COMMON = 5  # code is common if more than a fifth of the class has it, and more than three
_NEVER_COMMON = 3
_MOST_PAIRS = 30


@dataclass(frozen=True)
class Pair:
    """Two submissions that are nearly the same.

    Attributes
    ----------
    one, other : str
        The students.
    share : float
        Of all that either wrote, what both did.
    exercises : tuple of str
        Those that were compared, by the ``grade_id`` of their cell.
    """

    one: str
    other: str
    share: float
    exercises: tuple[str, ...]


def find_pairs(
    written: Mapping[str, Mapping[str, str]], given: Mapping[str, str]
) -> tuple[list[Pair], int]:
    """Find submissions whose code is nearly the same, the most alike first, and say how many.

    `written` holds code by student and ``grade_id``, `given` what stood in each cell at first. That
    is left out, and so are short exercises and code that many have.
    """
    names = dict.fromkeys(name for code in written.values() for name in code)
    cuts = [_Cut(name, written, given.get(name, "")) for name in names]
    pairs = [
        pair
        for one, other in combinations(sorted(written), 2)
        if (pair := _compare(one, other, cuts))
    ]
    pairs.sort(key=lambda pair: (-pair.share, -len(pair.exercises), pair.one, pair.other))
    return pairs[:_MOST_PAIRS], len(pairs)


class _Cut:
    """What students wrote for an exercise, in pieces, where that is enough to tell anything."""

    def __init__(self, name: str, written: Mapping[str, Mapping[str, str]], given: str) -> None:
        self.name = name
        cut = {student: pieces(code.get(name, ""), given) for student, code in written.items()}
        self._of = {one: found for one, found in cut.items() if len(found) >= _FEWEST_PIECES}
        most = max(_NEVER_COMMON, len(written) // _COMMON)
        counts = Counter(self._of.values())
        self._common = {found for found, count in counts.items() if count > most}

    def of(self, one: str, other: str) -> tuple[Pieces, Pieces] | None:
        """Take what two wrote, unless one wrote too little, or both what many have."""
        ours, theirs = self._of.get(one), self._of.get(other)
        if not ours or not theirs or (ours == theirs and ours in self._common):
            return None
        return ours, theirs


def _compare(one: str, other: str, cuts: Sequence[_Cut]) -> Pair | None:
    both = [(cut.name, *found) for cut in cuts if (found := cut.of(one, other))]
    # As much as they can have in common, by how much it is: most pairs end here.
    least = sum(max(len(ours), len(theirs)) for _, ours, theirs in both)
    most = sum(min(len(ours), len(theirs)) for _, ours, theirs in both)
    if least == 0 or most < _ALIKE * least:
        return None
    same = sum(len(ours & theirs) for _, ours, theirs in both)
    together = sum(len(ours) + len(theirs) for _, ours, theirs in both) - same
    if together < _FEWEST_TOGETHER or same < _ALIKE * together:
        return None
    return Pair(one, other, same / together, tuple(name for name, *_ in both))

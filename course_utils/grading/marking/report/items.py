"""How hard an exercise was, and how well it tells those who know more from those who know less."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 10  # students, below which a correlation says next to nothing


@dataclass(frozen=True)
class Item:
    """What an exercise tells of a class.

    Attributes
    ----------
    share_earned : float
        Of all its points.
    share_solved : float
        Of the students, those with every point of it.
    discrimination : float or None
        The correlation of its points with those of the lesson's other exercises.
    why_not : str
        Why there is no discrimination.
    """

    share_earned: float
    share_solved: float
    discrimination: float | None
    why_not: str = ""


def describe(earned: Sequence[float], possible: float, rest: Sequence[float]) -> Item:
    """Describe an exercise by what each student earned in it, and in the rest of the lesson.

    Parameters
    ----------
    earned : sequence of float
        Points, one for each student.
    possible : float
        The points that the exercise gives.
    rest : sequence of float
        Each student's points in the lesson's other exercises.

    Returns
    -------
    Item

    Examples
    --------
    >>> describe([0, 2], 2, [0, 1])
    Item(share_earned=0.5, share_solved=0.5, discrimination=None, why_not='fewer than 10 students')
    >>> describe([0] * 5 + [2] * 5, 2, [0] * 5 + [1] * 5).discrimination
    1.0
    """
    points, others = np.asarray(earned, float), np.asarray(rest, float)
    share = float(points.mean() / possible) if possible and len(points) else 0.0
    solved = float((points >= possible).mean()) if len(points) else 0.0
    if len(points) < FEWEST:
        return Item(share, solved, None, f"fewer than {FEWEST} students")
    if np.ptp(points) == 0:
        return Item(share, solved, None, "all earned the same")
    if np.ptp(others) == 0:
        return Item(share, solved, None, "all earned the same in the rest")
    correlation = float(np.corrcoef(points, others)[0, 1])
    return Item(share, solved, round(correlation, 6))

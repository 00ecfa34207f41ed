"""What several runs of the same thing gave, as of one network from different seeds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course_utils import _arguments


@dataclass(frozen=True)
class Spread:
    """What several runs of the same thing gave.

    Attributes
    ----------
    mean, least, greatest : float
    standard_error : float
        How far the mean itself is likely to be off: standard deviation between runs, divided by
        the root of their number.
    """

    mean: float
    least: float
    greatest: float
    standard_error: float


def spread(values: Sequence[float]) -> Spread:
    """Summarise the results of several runs, as of the same network from different seeds.

    Parameters
    ----------
    values : sequence of float
        At least two, one a run.

    Returns
    -------
    Spread

    Raises
    ------
    TypeError
        If `values` does not hold numbers.
    ValueError
        If there are fewer than two.

    Examples
    --------
    >>> spread([1, 2, 3, 2])
    Spread(mean=2.0, least=1.0, greatest=3.0, standard_error=0.408...)
    """
    row = _arguments.finite_array("values", values).astype(np.float64)
    if row.ndim != 1 or len(row) < 2:
        raise ValueError(
            f"`values` must be a row of at least two numbers, one a run; got shape {row.shape}. "
            "One run has no spread: repeat it with another seed."
        )
    error = float(row.std(ddof=1)) / math.sqrt(len(row))
    return Spread(float(row.mean()), float(row.min()), float(row.max()), error)

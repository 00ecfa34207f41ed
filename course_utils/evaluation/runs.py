"""The results of several runs of the same training, from different seeds."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course_utils import _arguments


@dataclass(frozen=True)
class Spread:
    """The results of several runs of the same training.

    Attributes
    ----------
    mean, lowest, highest : float
    standard_error : float
        How far the mean itself is likely to be off: the standard deviation of the runs, divided by
        the square root of their number.
    """

    mean: float
    lowest: float
    highest: float
    standard_error: float


def spread(values: Sequence[float]) -> Spread:
    """Summarise the results of several runs, for instance from different seeds.

    Parameters
    ----------
    values : sequence of float
        At least two, one per run.

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
    Spread(mean=2.0, lowest=1.0, highest=3.0, standard_error=0.408...)
    """
    row = _arguments.finite_array("values", values).astype(np.float64)
    if row.ndim != 1 or len(row) < 2:
        raise ValueError(
            f"`values` must be a row of at least two numbers, one per run; got shape {row.shape}. "
            "One run has no spread, so repeat it with another seed."
        )
    error = float(row.std(ddof=1)) / math.sqrt(len(row))
    return Spread(float(row.mean()), float(row.min()), float(row.max()), error)

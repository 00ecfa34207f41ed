"""What hidden cases are drawn from, where a whole class is graded alike."""

from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class Drawing:
    """Where hidden cases come from.

    Attributes
    ----------
    seed : int, optional
        The class's; without one each time draws anew, as stock nbgrader does.
    folder : Path, optional
        The notebook's folder in the course; by default that in which the kernel was started.
    """

    seed: int | None = None
    folder: Path | None = None

    def rng(self, grade_id: str) -> np.random.Generator:
        """Draw a graded cell's cases anew each time, or the same for a class with a seed."""
        return np.random.default_rng(self.seed and [self.seed, *grade_id.encode()])


drawing: ContextVar[Drawing] = ContextVar("drawing", default=Drawing())  # noqa: B039  (frozen)

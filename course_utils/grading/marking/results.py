"""What came of a submission, as a file that every later step reads."""

import contextlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from course_utils._files import write_aside

RESULTS = "results"


class Outcome(StrEnum):
    """What came of a submission, or of one of its graded cells."""

    GRADED = "graded"
    NOT_ATTEMPTED = "not attempted"
    MISSING = "missing"
    LATE = "late"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    UNREADABLE = "unreadable"
    TAMPERED = "tampered"
    REPAIRED = "repaired"


@dataclass(frozen=True)
class CellResult:
    """What came of one graded cell.

    Attributes
    ----------
    grade_id : str
        The cell's.
    exercise : str
        The function that the learner writes.
    earned, possible : float
        Points.
    outcome : Outcome
        ``GRADED`` if the check has judged it, right or wrong.
    message : str
        What the learner reads; empty if nothing is wrong. It holds neither hidden cells nor
        references.
    slip : str
        The misconception that the check named, if it named one that fits everything.
    answers : str
        The fingerprint of wrong answers: equal where two submissions answered alike.
    """

    grade_id: str
    exercise: str
    earned: float
    possible: float
    outcome: Outcome
    message: str = ""
    slip: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Result:
    """What came of one submission.

    Attributes
    ----------
    lesson, student : str
        Whose work on what.
    outcome : Outcome
        Of the whole: the gravest of what happened to it.
    notes : tuple of str
        What was repaired, left out or tampered with, a sentence each.
    cells : tuple of CellResult
        One for each graded cell of the lesson, in order.
    sandbox : str
        Where the student's code ran, as in ``"bubblewrap"``.
    key : str
        The hash of notebook, exercises, seed and grader, by which the file is named.
    """

    lesson: str
    student: str
    outcome: Outcome
    notes: tuple[str, ...]
    cells: tuple[CellResult, ...]
    sandbox: str
    key: str

    @property
    def score(self) -> float:
        """The points that a machine gives."""
        return sum(cell.earned for cell in self.cells)

    def write(self, course: Path) -> Path:
        """Write the result aside and rename it, so that no half of it is ever read."""
        path = result_path(course, self.lesson, self.student, self.key)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        write_aside(path, text + "\n")
        return path

    @classmethod
    def read(cls, path: Path) -> "Result":
        """Read a result that was written."""
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        cells = tuple(
            CellResult(**{**cell, "outcome": Outcome(cell["outcome"])}) for cell in found["cells"]
        )
        notes = tuple(found["notes"])
        return cls(
            **{**found, "outcome": Outcome(found["outcome"]), "notes": notes, "cells": cells}
        )


def kept_result(course: Path, lesson: str, student: str, key: str) -> Result | None:
    """Read a result that was written, if it is there and whole: a power failure may cut it off."""
    with contextlib.suppress(FileNotFoundError, ValueError, LookupError, TypeError):
        return Result.read(result_path(course, lesson, student, key))
    return None


def result_path(course: Path, lesson: str, student: str, key: str) -> Path:
    """Say where a result is kept."""
    return course / RESULTS / lesson / student / f"{key}.json"


def seed_path(course: Path) -> Path:
    """Say where the seed of a class is kept."""
    return course / RESULTS / "seed"

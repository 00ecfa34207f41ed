"""What was misunderstood: what a check names, else what a known wrong answer shows, else unknown.

A wrong answer that is like none on file is called unknown: a guess would send a learner to the
wrong page, and mislead whoever teaches the class.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from course_utils.checks.asking import Answer
from course_utils.checks.check import Asker, Check
from course_utils.grading.exercise import Exercise
from course_utils.grading.marking.fingerprint import Fingerprint
from course_utils.grading.marking.results import CellResult, Outcome
from course_utils.grading.release import SOLUTIONS
from course_utils.grading.seed import Drawing
from course_utils.grading.trial import load_exercises

UNKNOWN = "unknown"


class Source(StrEnum):
    """Where a diagnosis comes from."""

    CHECK = "named by the check"
    KNOWN_ANSWER = "same outputs as a known wrong answer"
    NONE = "not on file"


@dataclass(frozen=True)
class Diagnosis:
    """What was misunderstood in a graded cell.

    Attributes
    ----------
    name : str
        The slip as the check words it, or the misconception as ``answers.py`` does; ``"unknown"``
        where neither is known.
    source : Source
        Who says so.
    """

    name: str
    source: Source


class KnownAnswers:
    """A lesson's known wrong answers, asked the cases of a class once they are needed.

    Exercises whose answers are networks or files are left out: asking those takes seconds each, and
    their checks look at parts that have names.

    Parameters
    ----------
    course : Path
        The course's folder.
    lesson : str
        As in ``"05_activations"``.
    seed : int
        The class's, from which hidden cases are drawn.
    """

    def __init__(self, course: Path, lesson: str, seed: int) -> None:
        self._path = course / SOLUTIONS / lesson / "answers.py"
        self._drawing = Drawing(seed)
        self.misconceptions = cache(self._misconceptions)

    def diagnose(self, cell: CellResult) -> Diagnosis | None:
        """Say what was misunderstood in a graded cell; None if nothing was judged to be wrong.

        Parameters
        ----------
        cell : CellResult
            What came of it.

        Returns
        -------
        Diagnosis or None
        """
        if cell.outcome is not Outcome.GRADED or cell.earned >= cell.possible:
            return None
        if cell.slip:
            return Diagnosis(cell.slip, Source.CHECK)
        if cell.answers and (name := self.misconceptions(cell.grade_id).get(cell.answers)):
            return Diagnosis(name, Source.KNOWN_ANSWER)
        return Diagnosis(UNKNOWN, Source.NONE)

    def _misconceptions(self, grade_id: str) -> dict[str, str]:
        """Name the misconceptions of a graded cell by the fingerprints of their answers."""
        found: dict[str, list[str]] = {}
        for exercise in load_exercises(self._path):
            check, _ = exercise.parts.get(grade_id, (None, None))
            if check is None or check.describe or check.prepare:
                continue
            for wrong in exercise.wrong_answers:
                answers = self._answers(exercise, grade_id, check.asker(wrong.answer))
                found.setdefault(answers, []).append(wrong.misconception)
        # Where several give the same, nobody can tell which it was.
        return {answers: " Or: ".join(dict.fromkeys(names)) for answers, names in found.items()}

    def _answers(self, exercise: Exercise, grade_id: str, asker: Asker) -> str:
        """Ask an answer what a graded cell asks, and take the fingerprint; empty if it is right."""
        fingerprint = Fingerprint()

        def ask(arguments: Sequence[Any]) -> Answer:
            answer = asker(arguments)
            fingerprint.add(answer)
            return answer

        check: Check = exercise.parts[grade_id][0]
        if check.examine(ask):
            return fingerprint.text
        cases = exercise.hidden_cases(grade_id, self._drawing.rng(grade_id))
        return fingerprint.text if cases and check.examine(ask, cases) else ""

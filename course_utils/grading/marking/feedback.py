"""The page that a learner gets back: what was right, what was not, and where to read again.

A page is one file without scripts or links to elsewhere. It holds what the learner wrote and what
the checks said to the learner, never hidden cases, references or model answers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from course_utils.grading.marking.autograded import clean, is_answer, sentence, sign
from course_utils.grading.marking.results import CellResult, Outcome, Result

_TEMPLATE = "feedback.html"
_MOST_COLOURED = 5_000  # characters: on odd text, colouring takes longer than its length tells
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$", re.MULTILINE)
_EXERCISE = "Exercise: "
_WORDS = {
    Outcome.GRADED: "Graded.",
    Outcome.NOT_ATTEMPTED: "Nothing was written yet.",
    Outcome.MISSING: "The notebook was missing from what you handed in.",
    Outcome.LATE: "Handed in late.",
    Outcome.TIMED_OUT: "Something took longer than it may, so a part could not be judged.",
    Outcome.OUT_OF_MEMORY: "Something needed more memory than there is, so a part was not judged.",
    Outcome.CRASHED: "Something ended Python itself, so a part could not be judged.",
    Outcome.UNREADABLE: "The notebook could not be read.",
    Outcome.TAMPERED: "Something answered what no exercise asks for, so a part was not judged.",
    Outcome.REPAIRED: "The notebook was damaged. It was repaired, then graded.",
}


@dataclass(frozen=True)
class Mark:
    """What the gradebook holds of one graded cell."""

    score: float
    extra: float
    by_person: bool
    waits: bool


@dataclass(frozen=True)
class Standing:
    """What the gradebook holds of a student's work on a lesson.

    Attributes
    ----------
    marks : mapping of str to Mark
        By ``grade_id``.
    comments : mapping of str to str
        What a person wrote below an answer, by its ``grade_id``.
    handed_in : datetime or None
        In UTC.
    seconds_late, penalty : float
        How late it was, and the points that this cost.
    """

    marks: Mapping[str, Mark]
    comments: Mapping[str, str] = field(default_factory=dict)
    handed_in: datetime | None = None
    seconds_late: float = 0.0
    penalty: float = 0.0


@dataclass(frozen=True)
class Question:
    """An answer that a learner writes, with the graded cells that look at it."""

    grade_id: str
    title: str
    section: str  # the heading under which the lesson explains it
    given: str  # what stood there at first
    is_code: bool
    points: Mapping[str, float]  # of each graded cell


@dataclass(frozen=True)
class Outline:
    """What a lesson asks, in order."""

    title: str
    questions: tuple[Question, ...]

    @classmethod
    def of(cls, release: Any) -> "Outline":
        """Read it in the notebook that students are given."""
        found: list[Question] = []
        lesson = title = section = ""
        for cell in release.cells:
            marks = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "markdown" and not marks:
                for depth, heading in _HEADING.findall(cell.source):
                    title = heading
                    if depth == "#":
                        lesson = lesson or heading
                    elif depth == "##":
                        section = heading
            points = {marks["grade_id"]: float(marks["points"])} if "points" in marks else {}
            if is_answer(marks):
                name = title.removeprefix(_EXERCISE)
                name = name[:1].upper() + name[1:]
                is_code = cell.cell_type == "code"
                question = Question(marks["grade_id"], name, section, cell.source, is_code, points)
                found.append(question)
            elif points and found:
                last = found[-1]
                found[-1] = replace(last, points={**last.points, **points})
        return cls(lesson, tuple(found))


def make_page(
    result: Result, answers: Mapping[str, str], outline: Outline, standing: Standing
) -> str:
    """Make a learner's page.

    Parameters
    ----------
    result : Result
        What the checks said.
    answers : mapping of str to str
        What the learner wrote, by ``grade_id``.
    outline : Outline
        What the lesson asks.
    standing : Standing
        Marks and comments, with what a person has given.

    Returns
    -------
    str
        HTML.
    """
    said = {cell.grade_id: cell for cell in result.cells}
    exercises = [_exercise(one, said, answers, standing) for one in outline.questions]
    marks = [standing.marks[name] for one in outline.questions for name in one.points]
    # As nbgrader adds them up, which knows no less than nothing.
    total = sum(mark.score + mark.extra for mark in marks) - standing.penalty
    return _template().render(
        lesson=outline.title,
        notebook=f"{result.lesson}.ipynb",
        student=result.student,
        outcome=_WORDS[result.outcome] if result.outcome != Outcome.GRADED else "",
        notes=[clean(note) for note in result.notes],
        exercises=exercises,
        total=total,
        possible=sum(points for one in outline.questions for points in one.points.values()),
        n_waiting=sum(exercise["waits"] for exercise in exercises),
        handed_in=standing.handed_in,
        late=_duration(standing.seconds_late) if standing.seconds_late else "",
        penalty=standing.penalty,
        sandbox=result.sandbox,
    )


def _exercise(
    question: Question,
    said: Mapping[str, CellResult],
    answers: Mapping[str, str],
    standing: Standing,
) -> dict[str, Any]:
    """Say what came of an exercise."""
    parts = [
        _part(points, standing.marks[name], said.get(name), question)
        for name, points in question.points.items()
    ]
    answer = answers.get(question.grade_id, "")
    is_untouched = answer.strip() == question.given.strip()
    earned = sum(part["earned"] for part in parts)
    possible = sum(question.points.values())
    waits = any(part["waits"] for part in parts)
    return {
        "title": question.title,
        "section": question.section,
        "is_code": question.is_code,
        "parts": parts,
        "earned": earned,
        "possible": possible,
        "waits": waits,
        "is_right": earned >= possible and not waits,
        "is_untouched": is_untouched,
        "code": _coloured(answer) if question.is_code else "",
        "answer": answer,
        "comment": clean(standing.comments.get(question.grade_id, "")),
    }


def _part(points: float, mark: Mark, cell: CellResult | None, question: Question) -> dict[str, Any]:
    """Say what came of a graded cell."""
    earned = mark.score + mark.extra
    outcome = cell.outcome if cell else Outcome.GRADED
    waits = mark.waits and not mark.by_person
    return {
        "earned": earned,
        "possible": points,
        "extra": mark.extra,
        "by_person": mark.by_person,
        "waits": waits,
        "is_code": question.is_code,
        "sign": "…" if waits else sign(earned, points, outcome),
        "message": clean(sentence(cell)) if cell else "",
    }


def _coloured(code: str) -> str:
    """Colour code, as HTML that is safe to show."""
    if len(code) > _MOST_COLOURED:
        return escape(code)
    from pygments import highlight

    return highlight(code, *_highlighter())


@cache
def _highlighter() -> tuple[Any, Any]:
    from pygments.formatters.html import HtmlFormatter
    from pygments.lexers.python import PythonLexer

    return PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["points"] = lambda number: f"{round(number, 2):g}"
    text = files("course_utils.grading.marking").joinpath(_TEMPLATE).read_text(encoding="utf-8")
    return environment.from_string(text)


def _duration(seconds: float) -> str:
    """Say how long something is, in the largest units that matter."""
    minutes = max(1, round(seconds / 60))
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    told = [f"{count} {unit}{'s' * (count != 1)}" for count, unit in parts if count]
    return " and ".join(told[:2])

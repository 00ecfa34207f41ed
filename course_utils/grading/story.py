"""Everything about an exercise, laid out to read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.markup import escape
from rich.rule import Rule
from rich.table import Table

from course_utils.checks.check import Case, Check
from course_utils.checks.showing import show, show_argument
from course_utils.grading.exercise import Exercise
from course_utils.grading.trial import Lesson, load_lessons

_HIDDEN_SHOWN = 5


def tell(course: Path, name: str) -> RenderableType:
    """Show everything about an exercise: cases, slips, right and wrong answers, points."""
    known = {
        exercise.name: (lesson, exercise)
        for lesson in load_lessons(course)
        for exercise in lesson.exercises
    }
    if name not in known:
        raise ValueError(f"There is no exercise {name!r}. There are: {', '.join(sorted(known))}.")
    return Group(*_story(*known[name]))


def _story(lesson: Lesson, exercise: Exercise) -> Iterator[RenderableType]:
    check = next(iter(exercise.parts.values()))[0]
    yield Rule(f"{check.asks}, in {lesson.name}")
    for grade_id, (check, _) in exercise.parts.items():
        worth = lesson.points(grade_id)
        yield f"\n[bold]{escape(check.title)}[/bold]: {worth} points, graded cell {grade_id}"
        yield _cases("visible cases", check, check.cases)
        hidden = exercise.hidden_cases(grade_id, np.random.default_rng())
        shown = f"{len(hidden)} hidden cases, drawn again each time; {_HIDDEN_SHOWN} of them"
        yield _cases(shown, check, hidden[:_HIDDEN_SHOWN]) if hidden else "no hidden cases"
        if check.allows:
            yield f"The course's own {', '.join(check.allows)} may be used."
    answers = Table("answer", "points", "what the learner reads", title="what happens to answers")
    rng = np.random.default_rng()
    for attempt in lesson.attempts(slips=True):
        if attempt.exercise is exercise:
            outcome = lesson.try_answer(exercise, attempt.answer, rng)
            points = f"{outcome.earned}/{outcome.possible}"
            answers.add_row(escape(attempt.title), points, escape(outcome.message or "-"))
    yield answers


def _cases(title: str, check: Check, cases: Any) -> Table:
    """Lay out cases: a column for each argument, and one for what is expected."""
    table = Table(*check.parameters, "expected", title=title)
    for case in cases:
        table.add_row(*map(escape, _row(check, case)))
    return table


def _row(check: Check, case: Case) -> list[str]:
    expected = " and ".join(show(value, 80) for value in check.expected(case))
    return [*(show_argument(value, 80) for value in check.arguments(case)), expected or "-"]

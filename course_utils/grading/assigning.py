"""Entering lessons in nbgrader's gradebook before a class works on them, with their due dates."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from course_utils import _arguments
from course_utils.grading.database import open_to_write
from course_utils.grading.marking.entries import Entries
from course_utils.grading.marking.master import Master


def enter_lessons(
    course: Path, lessons: Sequence[str], due: str | date | None = None
) -> datetime | None:
    """Enter lessons in the gradebook, all of them or none; one that is there is brought up to date.

    Parameters
    ----------
    course : path
        The course's folder.
    lessons : list of str
        As in ``["05_activations"]``.
    due : str or date, optional
        Until when they are to be handed in, as in `set_due_date`; by default what there is stays.

    Returns
    -------
    datetime or None
        The date that was set, with its time zone.

    Raises
    ------
    GradebookError
        If a lesson is unknown or was not released, or the gradebook cannot be written to.
    ValueError
        If `due` is no date.
    """
    return _enter(course, _names(lessons), due, sets_due=due is not None)


def set_due_date(course: Path, lesson: str, due: str | date | None) -> datetime | None:
    """Set until when a lesson is to be handed in, in the gradebook, where nbgrader keeps it.

    A lesson that the gradebook does not know yet is entered.

    Parameters
    ----------
    course : path
        The course's folder.
    lesson : str
        As in ``"05_activations"``.
    due : str or date or None
        A date, to whose end there is time, or a date and time, as in ``"2026-10-12"`` or
        ``"2026-10-12 18:00"``. Without a time zone it is this machine's. None takes away what
        there is.

    Returns
    -------
    datetime or None
        The date that was set, with its time zone.

    Raises
    ------
    GradebookError
        If the lesson is unknown or was not released, or the gradebook cannot be written to.
    ValueError
        If `due` is no date.
    """
    return _enter(course, [_arguments.text("lesson", lesson)], due, sets_due=True)


def _enter(
    course: Path, lessons: Sequence[str], due: str | date | None, *, sets_due: bool
) -> datetime | None:
    """Bring lessons in the gradebook up to date, all of them or none, perhaps with a date."""
    when = None if due is None else _moment(due)
    masters = [Master.read(course, lesson) for lesson in lessons]
    with open_to_write(course) as book:
        for master in masters:
            entries = Entries(book.db, master)
            entries.bring_up_to_date()
            if sets_due:
                entries.set_due(when)
        book.db.commit()
    return when


def _names(lessons: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_arguments.name_list("lessons", lessons, each="lesson")))


def _moment(due: object) -> datetime:
    """Read a date as the end of that day, and a time without a zone as this machine's."""
    wanted = "`due` must be a date, with or without a time"
    advice = 'Write it as in "2026-10-12" or "2026-10-12 18:00".'
    if isinstance(due, str):
        text = due.strip()
        try:
            is_day = re.fullmatch(r"[\d-]+", text)
            due = date.fromisoformat(text) if is_day else datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{wanted}; got {text!r}. {advice}") from None
    if not isinstance(due, date):
        raise TypeError(f"{wanted}; got {type(due).__name__}. {advice}")
    if not isinstance(due, datetime):
        due = datetime.combine(due, time(23, 59, 59))
    try:
        due.astimezone(UTC)
    except (OverflowError, ValueError, OSError):
        raise ValueError(f"{wanted}; got {due}, which no clock knows. {advice}") from None
    return due if due.tzinfo else due.astimezone()

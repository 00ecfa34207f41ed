"""What the gradebook holds of a class: its students, and what each has earned in each lesson."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils.grading.database import open_gradebook
from course_utils.grading.marking.results import RESULTS, Outcome, Result

_MOST_NAMES = 12


@dataclass(frozen=True)
class Student:
    """A student, as the gradebook names them. What is not known is empty."""

    id: str
    first_name: str
    last_name: str
    email: str
    lms_user_id: str  # the number by which the school's system knows them

    @property
    def full_name(self) -> str:
        """The last name first, by which a class is sorted."""
        return ", ".join(filter(None, (self.last_name, self.first_name)))


@dataclass(frozen=True)
class Lesson:
    """A lesson that the gradebook knows."""

    name: str
    max_score: float
    due: datetime | None


@dataclass(frozen=True)
class Mark:
    """What became of a submission. Where nothing was handed in there is none."""

    submitted: datetime | None
    raw_score: float | None  # None as long as no cell has a score
    penalty: float  # for handing in late
    needs_manual_grade: bool
    late: bool
    outcome: str  # empty as long as nothing is known

    @property
    def score(self) -> float | None:
        """The score as nbgrader counts it, never below zero for being late.

        There is none as long as a person has not marked all, where nbgrader counts 0 for the rest.
        """
        return None if self.needs_manual_grade else self.so_far

    @property
    def so_far(self) -> float | None:
        """What it is until a person has marked all, with 0 for what is not marked yet."""
        return None if self.raw_score is None else max(0.0, self.raw_score - self.penalty)


@dataclass(frozen=True)
class ClassBook:
    """Students in the order of their names, lessons in that of theirs, and marks by both."""

    students: list[Student]
    lessons: list[Lesson]
    marks: dict[tuple[str, str], Mark]

    def to_grade(self) -> list[str]:
        """Name the submissions without a score, because a person has not marked all of them."""
        return self._where(
            lambda mark: mark is not None and mark.raw_score is not None and mark.needs_manual_grade
        )

    def without_score(self) -> list[str]:
        """Name the submissions of which nothing has been graded."""
        return self._where(lambda mark: mark is not None and mark.raw_score is None)

    def missing(self) -> list[str]:
        """Name what was not handed in."""
        return self._where(lambda mark: mark is None)

    def _where(self, condition: Callable[[Mark | None], bool]) -> list[str]:
        return [
            f"{student.id} in {lesson.name}"
            for lesson in self.lessons
            for student in self.students
            if condition(self.marks.get((lesson.name, student.id)))
        ]


def read_class(course: Path, lessons: Sequence[str] | None = None) -> ClassBook:
    """Read a class from the course's gradebook, with all lessons or some."""
    with open_gradebook(course) as gradebook:
        students = [student_of(row) for row in gradebook.students]
        known = [Lesson(x.name, x.max_score, x.duedate) for x in gradebook.assignments]
        chosen = _choose(sorted(known, key=lambda lesson: lesson.name), lessons)
        if not students:
            raise ValueError("The gradebook holds no students. Take them in with `course roster`.")
        marks = _read_marks(gradebook, course, {lesson.name: lesson.due for lesson in chosen})
    students.sort(key=lambda student: (student.last_name, student.first_name, student.id))
    return ClassBook(students, chosen, marks)


def student_of(row: Any) -> Student:
    """Take a student out of the gradebook."""
    columns = (row.id, row.first_name, row.last_name, row.email, row.lms_user_id)
    return Student(*(value or "" for value in columns))


def _choose(known: list[Lesson], names: Sequence[str] | None) -> list[Lesson]:
    """Choose lessons by their names; without names, all."""
    listed = ", ".join(lesson.name for lesson in known)
    if not known:
        raise ValueError("The gradebook holds no lesson. Grade one first.")
    for name in names or []:
        if name not in {lesson.name for lesson in known}:
            guess = _arguments.nearest(name, [lesson.name for lesson in known])
            hint = f"Did you mean {guess}?" if guess else "Choose one of these, or grade it first."
            raise ValueError(f"The gradebook holds no lesson {name!r}, but {listed}. {hint}")
    return [lesson for lesson in known if not names or lesson.name in names]


def _read_marks(
    gradebook: Any, course: Path, due: dict[str, datetime | None]
) -> dict[tuple[str, str], Mark]:
    """Read every submission. nbgrader's own sums ask the database anew for each, seconds long."""
    from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook

    query, submission = gradebook.db.query, SubmittedAssignment
    columns = (submission.id, Assignment.name, submission.student_id, submission.timestamp)
    found = query(*columns, submission.extension).join(Assignment).all()
    notebook = SubmittedNotebook.assignment_id
    grade = (Grade.score, Grade.auto_score, Grade.manual_score, Grade.needs_manual_grade)
    grades = _grouped(
        query(notebook, *grade).join(Grade, Grade.notebook_id == SubmittedNotebook.id)
    )
    penalties = _grouped(query(notebook, SubmittedNotebook.late_submission_penalty))
    marks = {}
    for key, lesson, student, submitted, extension in found:
        if lesson in due:
            cells = grades.get(key, [])
            # Without a graded cell there is nothing to wait for.
            scored = not cells or any(
                (auto, manual) != (None, None) for _, auto, manual, _ in cells
            )
            marks[lesson, student] = Mark(
                submitted,
                sum((score for score, *_ in cells), 0.0) if scored else None,
                sum(penalty or 0.0 for (penalty,) in penalties.get(key, [])),
                any(manual for *_, manual in cells),
                _is_late(submitted, due[lesson], extension),
                _result(course, lesson, student) or (Outcome.GRADED if scored else ""),
            )
    return marks


def _grouped(rows: Iterable[Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Group rows by their first column."""
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for key, *values in rows:
        groups.setdefault(key, []).append(tuple(values))
    return groups


def _is_late(submitted: datetime | None, due: datetime | None, extension: timedelta | None) -> bool:
    if submitted is None or due is None:
        return False
    return submitted > due + (extension or timedelta())


def _result(course: Path, lesson: str, student: str) -> Outcome | None:
    """Say what came of a submission, by the newest result of `course grade` if there is any."""
    results = list((course / RESULTS / lesson / student).glob("*.json"))
    if not results:
        return None
    newest = max(results, key=lambda path: path.stat().st_mtime)
    try:
        return Result.read(newest).outcome
    except (ValueError, KeyError, TypeError):
        return None  # results are a cache: one that is spoilt is made again


def several(names: Sequence[str]) -> str:
    """List names, or the first of very many."""
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more

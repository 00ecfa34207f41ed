"""The scores as a long table, as nbgrader exports them, but with every cell rightly quoted."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from course_utils.grading.marking.results import Outcome
from course_utils.grading.school.marks import Lesson, Mark, Student, read_class
from course_utils.grading.school.tables import require_new, write_table

#: nbgrader's own columns in its own order, so that whatever reads its export reads this.
_NBGRADER = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
_WAITS = "not marked yet"
_HEADER = (*_NBGRADER, "needs_manual_grade", "late", "outcome")


@dataclass(frozen=True)
class LongExport:
    """A table that has not been written yet.

    Attributes
    ----------
    header : tuple of str
        The columns.
    rows : list of list of str
        The cells.
    to_grade : list of str
        The submissions without a score, because a person has not marked all of them, as in
        ``"0012 in 01_loading_data"``.
    """

    header: tuple[str, ...]
    rows: list[list[str]]
    to_grade: list[str]

    def write(self, to: Path) -> Path:
        """Write the table in one step.

        Parameters
        ----------
        to : path
            A CSV file. One that exists is replaced.

        Returns
        -------
        path
            Where it is.
        """
        path = require_new(to)
        write_table(path, self.header, self.rows)
        return path


def export_long(course: Path, lessons: Sequence[str] | None = None) -> LongExport:
    """Make a table with a row for each lesson and student.

    An instructor who knows nbgrader's ``nbgrader export`` finds its columns under their names
    and in their order. Three follow: whether a person still has to grade a part, whether it was
    late, and what came of the submission. Where nothing was handed in, all but the names and
    ``max_score`` is empty and the outcome is ``missing``, while nbgrader writes 0.0. As long as an
    answer waits for a person, ``raw_score`` holds the points so far, ``score`` is empty and the
    outcome is ``not marked yet``.

    Parameters
    ----------
    course : path
        The course's folder.
    lessons : list of str, optional
        Some lessons' names; by default all that the gradebook holds.

    Returns
    -------
    LongExport
        What would be written.

    Raises
    ------
    GradebookError
        If the gradebook is missing, locked, or of another version of nbgrader's.
    ValueError
        If the gradebook holds no students, or not these lessons.
    """
    book = read_class(course, lessons)
    rows = [
        _row(lesson, student, book.marks.get((lesson.name, student.id)))
        for lesson in book.lessons
        for student in book.students
    ]
    return LongExport(_HEADER, rows, book.to_grade())


def _row(lesson: Lesson, student: Student, mark: Mark | None) -> list[str]:
    names = [student.id, student.last_name, student.first_name, student.email]
    due, most = str(lesson.due or ""), str(lesson.max_score)
    if mark is None:
        return [lesson.name, due, "", *names, "", "", "", most, "", "", Outcome.MISSING]
    raw, score = ("" if x is None else str(x) for x in (mark.raw_score, mark.score))
    waits = mark.raw_score is not None and mark.needs_manual_grade
    outcome = _WAITS if waits and mark.outcome == Outcome.GRADED else mark.outcome
    later = [_yes(mark.needs_manual_grade), _yes(mark.late), outcome]
    submitted = str(mark.submitted or "")
    return [lesson.name, due, submitted, *names, raw, str(mark.penalty), score, most, *later]


def _yes(true: bool) -> str:
    return "yes" if true else "no"

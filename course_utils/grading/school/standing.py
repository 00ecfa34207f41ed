"""Where a class stands: of each lesson, what came in, what is judged, and what waits for whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_utils.grading.database import open_gradebook
from course_utils.grading.marking.gradebook import AUTOGRADED, FEEDBACK, SUBMITTED, TIMESTAMP
from course_utils.grading.release import lessons
from course_utils.grading.school.classes import choose_lessons
from course_utils.grading.school.marks import ClassBook, Mark, read_class, several


@dataclass(frozen=True)
class LessonStanding:
    """Where a class stands with one lesson.

    Attributes
    ----------
    name : str
        As in ``"05_activations"``.
    due : datetime or None
        In this machine's time zone.
    assigned : bool
        Whether it was handed out: `course assign` has entered its notebook in the gradebook.
    handed_in, late, to_grade, to_mark, feedback : tuple of str
        Students who handed in; who did so after the due date; whose work waits for `course grade`;
        of whom an answer waits for a person; and for whom there is a page of feedback.
    mean : float or None
        The mean score of those who have one, as a fraction of what can be earned, from 0 to 1.
    """

    name: str
    due: datetime | None
    assigned: bool
    handed_in: tuple[str, ...]
    late: tuple[str, ...]
    to_grade: tuple[str, ...]
    to_mark: tuple[str, ...]
    feedback: tuple[str, ...]
    mean: float | None

    @property
    def next_step(self) -> str:
        """What the instructor can do next, if anything waits for them."""
        if self.to_grade:
            return f"course grade {self.name}"
        if self.to_mark:
            return f"course teach, and mark the {self.name} of {several(self.to_mark)}"
        if set(self.handed_in) - set(self.feedback):
            return f"course feedback {self.name}"
        return ""


@dataclass(frozen=True)
class ClassStanding:
    """Where a class stands.

    Attributes
    ----------
    students : tuple of str
        Ids of those in the gradebook.
    lessons : tuple of LessonStanding
        In the course's order.
    """

    students: tuple[str, ...]
    lessons: tuple[LessonStanding, ...]

    @property
    def next_steps(self) -> list[str]:
        """What the instructor can do next: commands, first for what waits."""
        steps = [] if self.students else ["course roster class.csv"]
        steps += [lesson.next_step for lesson in self.lessons if lesson.next_step]
        still = [lesson.name for lesson in self.lessons if not lesson.assigned]
        return steps + [f"course assign {name}" for name in still[:1]]


def read_standing(course: Path, chosen: Sequence[str] | None = None) -> ClassStanding:
    """Read where a class stands from its gradebook and its folders.

    Parameters
    ----------
    course : Path
        The course's folder.
    chosen : sequence of str, optional
        Lessons; by default all.

    Returns
    -------
    ClassStanding

    Raises
    ------
    GradebookError
        If there is no gradebook, or it cannot be read.
    """
    names = choose_lessons(lessons(course), chosen)
    with open_gradebook(course) as gradebook:
        students = tuple(sorted(student.id for student in gradebook.students))
        due = {lesson.name: lesson.duedate for lesson in gradebook.assignments}
        assigned = {lesson.name for lesson in gradebook.assignments if lesson.notebooks}
    book = read_class(course) if students and due else ClassBook([], [], {})
    found = [_lesson(course, name, due.get(name), name in assigned, book) for name in names]
    return ClassStanding(students, tuple(found))


def _lesson(
    course: Path, name: str, due: datetime | None, is_assigned: bool, book: ClassBook
) -> LessonStanding:
    known = next((lesson for lesson in book.lessons if lesson.name == name), None)
    marks = {student: mark for (lesson, student), mark in book.marks.items() if lesson == name}
    handed_in = [path.parent.name for path in sorted((course / SUBMITTED).glob(f"[!.]*/{name}"))]
    scores = [mark.score for mark in marks.values() if mark.score is not None]
    is_scored = known is not None and known.max_score > 0 and scores
    return LessonStanding(
        name,
        due and due.replace(tzinfo=UTC).astimezone(),
        is_assigned,
        tuple(handed_in),
        _who(marks, lambda mark: mark.late),
        tuple(student for student in handed_in if _is_new(course, name, student)),
        _who(marks, lambda mark: mark.needs_manual_grade),
        tuple(p.parent.parent.name for p in sorted((course / FEEDBACK).glob(f"*/{name}/*.html"))),
        sum(scores) / len(scores) / known.max_score if known and is_scored else None,
    )


def _who(marks: dict[str, Mark], condition: Callable[[Mark], bool]) -> tuple[str, ...]:
    return tuple(sorted(student for student, mark in marks.items() if condition(mark)))


def _is_new(course: Path, lesson: str, student: str) -> bool:
    """Say whether a submission has not been graded, or was handed in again since."""
    graded = course / AUTOGRADED / student / lesson
    submitted = course / SUBMITTED / student / lesson
    return not graded.is_dir() or _told(submitted) != _told(graded)


def _told(folder: Path) -> str:
    path = folder / TIMESTAMP
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""

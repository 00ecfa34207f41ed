"""Making a report of what stands in ``results/``, ``submitted/`` and the gradebook."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from course_utils.checks.showing import lay_out
from course_utils.grading.database import gradebook_path
from course_utils.grading.marking.diagnosis import KnownAnswers, Source
from course_utils.grading.marking.feedback import Outline, Question
from course_utils.grading.marking.grade import SUBMITTED, current_results, with_lateness
from course_utils.grading.marking.report import items
from course_utils.grading.marking.report.privacy import Names, Pseudonyms, RealNames
from course_utils.grading.marking.report.similar import find_pairs
from course_utils.grading.marking.report.writing import (
    Alike,
    Exercise,
    LessonReport,
    Misconception,
    Report,
    StudentRow,
    UnknownGroup,
)
from course_utils.grading.marking.results import CellResult, Outcome, Result, seed_path
from course_utils.grading.marking.submissions import read_submission
from course_utils.grading.release import lessons as lessons_of
from course_utils.grading.school.marks import ClassBook, read_class

#: Of these nothing was there to be judged, so they say nothing about an exercise.
_NO_WORK = (Outcome.MISSING, Outcome.UNREADABLE, Outcome.NOT_ATTEMPTED)
_NOT_GRADED = "not graded yet"


def make_report(
    course: Path, lessons: Sequence[str] | None = None, *, anonymous: bool = False
) -> Report:
    """Make a report of a class. Nothing is judged anew, and nothing is written.

    Parameters
    ----------
    course : path
        The course's folder.
    lessons : sequence of str, optional
        By default all of which something was graded.
    anonymous : bool, default False
        Whether to leave out names, ids and the remarks in students' code.

    Returns
    -------
    Report

    Raises
    ------
    ValueError
        If a lesson is unknown, or nothing of it was graded.
    GradebookError
        If there is a gradebook that cannot be read.
    """
    known = lessons_of(course)
    for name in lessons or []:
        if name not in known:
            raise ValueError(f"There is no lesson {name!r}. There are: {', '.join(known)}.")
    # Without a seed nothing was ever graded, and looking for results would draw one.
    seed = seed_path(Path(course))
    chosen = [name for name in known if not lessons or name in lessons]
    taken = [_Taken(Path(course), name) for name in chosen] if seed.is_file() else []
    empty = [one.name for one in taken if not one.results] if taken else chosen
    if len(empty) == len(chosen) or (lessons and empty):
        what = ", ".join(empty) if lessons else "Nothing"
        example = empty[0] if lessons else "01_loading_data"
        told = "was not graded as it now stands" if lessons else "was graded yet"
        raise ValueError(f"{what} {told}. Grade it first, as in: course grade {example}")
    taken = [one for one in taken if one.results]
    book = _read_book(Path(course))
    roster = {student.id: student for student in book.students}
    everybody = {*roster, *(student for one in taken for student in one.handed_in)}
    words = "\n".join(cell.source for one in taken for cell in one.release.cells)
    names = Pseudonyms(everybody, roster, words) if anonymous else RealNames(roster)
    reports = [_Making(one, book, names).report() for one in taken]
    return Report(tuple(reports), anonymous, bool(roster), len(everybody))


def _read_book(course: Path) -> ClassBook:
    """Read the gradebook if there is one with somebody in it."""
    if gradebook_path(course).is_file():
        try:
            return read_class(course)
        except ValueError:  # nobody, or no lesson yet
            pass
    return ClassBook([], [], {})


class _Taken:
    """What there is of a lesson: results, and the code of those that could be judged."""

    def __init__(self, course: Path, name: str) -> None:
        import nbformat

        self.course, self.name, self.seed = course, name, 0
        self.release: Any = None
        self.handed_in: list[str] = []
        self.results: dict[str, Result] = {}
        self.written: dict[str, Mapping[str, str]] = {}
        if not any((course / SUBMITTED).glob(f"[!.]*/{name}")):
            return  # a lesson that nobody has handed in need not be released
        for task, result in current_results(course, name):
            if self.release is None:
                self.seed = task.material.seed
                self.release = nbformat.reads(task.material.release.decode(), as_version=4)
            self.handed_in.append(task.student)
            if result:
                self.results[task.student] = result
                if result.outcome not in _NO_WORK:
                    work = read_submission(task.notebook, self.release)
                    self.written[task.student] = work.written


@dataclass
class _Diagnosed:
    """A wrong graded cell, and what was misunderstood."""

    cell: CellResult
    name: str
    source: Source


class _Making:
    """Makes a lesson's report."""

    def __init__(self, taken: _Taken, book: ClassBook, names: Names) -> None:
        self._taken, self._book, self._names = taken, book, names
        self._outline = Outline.of(taken.release)
        self._questions = [
            question for question in self._outline.questions if question.is_code and question.points
        ]
        self._known = KnownAnswers(taken.course, taken.name, taken.seed)
        self._results = {
            student: with_lateness(result, is_late=self._is_late(student))
            for student, result in taken.results.items()
        }
        self._judged = {
            student: result
            for student, result in self._results.items()
            if result.outcome not in _NO_WORK
        }
        self._diagnoses = {
            student: {cell.grade_id: found for cell in result.cells if (found := self._say(cell))}
            for student, result in self._results.items()
        }

    def report(self) -> LessonReport:
        students = self._students()
        possible = sum(points for one in self._questions for points in one.points.values())
        pairs, n_pairs = self._alike()
        return LessonReport(
            self._taken.name,
            self._outline.title,
            dict(Counter(row.outcome for row in students)),
            possible,
            tuple(sorted(result.score for result in self._judged.values())),
            tuple(self._exercises()),
            tuple(self._misconceptions()),
            tuple(self._unknown()),
            tuple(pairs),
            n_pairs,
            tuple(students),
            tuple(self._rows(students)),
            any(result.sandbox == "unsafe" for result in self._results.values()),
        )

    def _is_late(self, student: str) -> bool:
        mark = self._book.marks.get((self._taken.name, student))
        return bool(mark and mark.late)

    def _say(self, cell: CellResult) -> _Diagnosed | None:
        found = self._known.diagnose(cell)
        return _Diagnosed(cell, self._names.text(found.name), found.source) if found else None

    def _students(self) -> list[StudentRow]:
        """List everybody: those who were graded, who were not, and who handed in nothing."""
        rows = []
        listed = [student.id for student in self._book.students]
        for student in dict.fromkeys([*listed, *self._taken.handed_in]):
            result = self._results.get(student)
            mark = self._book.marks.get((self._taken.name, student))
            is_there = student in self._taken.handed_in
            without = _NOT_GRADED if is_there else str(Outcome.MISSING)
            rows.append(
                StudentRow(
                    student,
                    self._names.of(student),
                    str(result.outcome) if result else without,
                    result.score if result else None,
                    mark.so_far if mark else None,
                    bool(mark and mark.needs_manual_grade),
                )
            )
        return sorted(rows, key=lambda row: row.name.casefold())

    def _exercises(self) -> list[Exercise]:
        made = []
        for question in self._questions:
            earned = [_earned(result, question) for result in self._judged.values()]
            rest = [
                result.score - points
                for result, points in zip(self._judged.values(), earned, strict=True)
            ]
            possible = sum(question.points.values())
            attempted = [
                any(
                    cell.outcome is not Outcome.NOT_ATTEMPTED
                    for cell in result.cells
                    if cell.grade_id in question.points
                )
                for result in self._judged.values()
            ]
            item = items.describe(earned, possible, rest)
            if len(self._questions) == 1:
                item = replace(item, discrimination=None, why_not="the only exercise")
            made.append(Exercise(question.title, possible, sum(attempted), item))
        return made

    def _misconceptions(self) -> list[Misconception]:
        found: dict[tuple[str, str], dict[str, Source]] = defaultdict(dict)
        for student, diagnoses in self._diagnoses.items():
            for question in self._questions:
                for grade_id in question.points:
                    one = diagnoses.get(grade_id)
                    if one and one.source is not Source.NONE:
                        found[question.grade_id, one.name].setdefault(student, one.source)
        questions = {question.grade_id: question for question in self._questions}
        made = [
            Misconception(
                name,
                questions[grade_id].title,
                questions[grade_id].section,
                self._called(students),
                str(next(iter(students.values()))),
            )
            for (grade_id, name), students in found.items()
        ]
        return sorted(made, key=lambda one: (-len(one.students), one.exercise, one.name))

    def _unknown(self) -> list[UnknownGroup]:
        """Group wrong answers that are not on file by what they answered, exercise by exercise."""
        groups: dict[tuple[str, Any], list[str]] = defaultdict(list)
        messages: dict[tuple[str, Any], str] = {}
        for student, diagnoses in self._diagnoses.items():
            for question in self._questions:
                cells = [
                    diagnoses[grade_id].cell
                    for grade_id in question.points
                    if grade_id in diagnoses and diagnoses[grade_id].source is Source.NONE
                ]
                if cells:
                    outputs = tuple((x.grade_id, x.answers or x.message) for x in cells)
                    groups[question.grade_id, outputs].append(student)
                    messages.setdefault((question.grade_id, outputs), cells[0].message)
        questions = {question.grade_id: question for question in self._questions}
        made = [
            UnknownGroup(
                questions[key[0]].title,
                self._called(students),
                self._names.code(self._shortest(students, key[0])),
                lay_out(self._names.text(messages[key])),
            )
            for key, students in groups.items()
        ]
        return sorted(made, key=lambda one: (-len(one.students), one.exercise, one.code))

    def _shortest(self, students: Sequence[str], grade_id: str) -> str:
        written = [self._taken.written[student].get(grade_id, "") for student in students]
        return min(filter(None, written), key=len, default="")

    def _alike(self) -> tuple[list[Alike], int]:
        exercises = {question.grade_id: question for question in self._questions}
        written = {
            student: {
                name: code
                for name, code in self._taken.written[student].items()
                if name in exercises and code.strip() != exercises[name].given.strip()
            }
            for student in self._judged
        }
        pairs, n_pairs = find_pairs(written, {x.grade_id: x.given for x in self._questions})
        made = []
        for pair in pairs:
            one, other = sorted((pair.one, pair.other), key=self._names.of)
            code = tuple(
                (
                    exercises[name].title,
                    self._names.code(written[one][name]),
                    self._names.code(written[other][name]),
                )
                for name in pair.exercises
            )
            same = self._same_unknown(one, other)
            made.append(Alike(self._names.of(one), self._names.of(other), pair.share, same, code))
        return made, n_pairs

    def _same_unknown(self, one: str, other: str) -> int:
        """Count the graded cells that two answered wrongly, alike, and as nobody on file does."""
        first, second = (
            {
                (found.cell.grade_id, found.cell.answers)
                for found in self._diagnoses[student].values()
                if found.source is Source.NONE and found.cell.answers
            }
            for student in (one, other)
        )
        return len(first & second)

    def _called(self, students: Any) -> tuple[str, ...]:
        return tuple(sorted(map(self._names.of, students), key=str.casefold))

    def _rows(self, students: Sequence[StudentRow]) -> list[tuple[str, ...]]:
        """Write a row for each graded cell, and one for each student of whom none was judged."""
        titles = {
            grade_id: question.title for question in self._questions for grade_id in question.points
        }
        rows = []
        for student in students:
            start = (self._taken.name, student.name, student.outcome)
            result = self._results.get(student.id)
            if result is None:
                rows.append((*start, *[""] * 8))
                continue
            for cell in result.cells:
                found = self._diagnoses[student.id].get(cell.grade_id)
                rows.append(
                    (
                        *start,
                        titles.get(cell.grade_id, cell.exercise),
                        cell.grade_id,
                        f"{cell.earned:g}",
                        f"{cell.possible:g}",
                        str(cell.outcome),
                        found.name if found else "",
                        str(found.source) if found else "",
                        cell.answers,
                    )
                )
        return rows


def _earned(result: Result, question: Question) -> float:
    return sum(cell.earned for cell in result.cells if cell.grade_id in question.points)

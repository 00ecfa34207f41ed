"""The gradebook's rows of a lesson: what a machine gives is written, what a person gave stays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course_utils.grading.database import GradebookError
from course_utils.grading.marking.autograded import (
    NO_VERDICT,
    Shown,
    sentence,
)
from course_utils.grading.marking.feedback import Mark, Standing
from course_utils.grading.marking.master import Cell, Master
from course_utils.grading.marking.results import CellResult, Result

_NO_RESPONSE = "No response."  # nbgrader's words


@dataclass
class Work:
    """A result on its way into the gradebook."""

    result: Result
    shown: Shown
    before: Shown | None
    timestamp: datetime | None
    notes: list[str]
    is_changed: bool = False

    def has_changed(self, answer: str) -> bool:
        """Tell whether a cell's answer is another than the one that was carried before."""
        now = self.shown.answers.get(answer)
        return self.before is None or self.before.answers.get(answer) != now


@dataclass
class Entry:
    """What the gradebook holds of a student's work on a lesson."""

    assignment: Any
    notebook: Any
    grades: dict[str, Any] = field(default_factory=dict)
    comments: dict[str, Any] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Whether something waits for a person."""
        return any(grade.needs_manual_grade for grade in self.grades.values())

    @property
    def seconds_late(self) -> float:
        """How late it was handed in, with the student's own extension."""
        due = self.assignment.assignment.duedate
        if due is None or self.assignment.timestamp is None:
            return 0.0
        if self.assignment.extension is not None:
            due += self.assignment.extension
        return max(0.0, (self.assignment.timestamp - due).total_seconds())

    def standing(self) -> Standing:
        """Say what the student has so far."""
        return Standing(
            {name: _mark(grade) for name, grade in self.grades.items()},
            {
                name: comment.manual_comment
                for name, comment in self.comments.items()
                if comment.manual_comment
            },
            self.assignment.timestamp,
            self.seconds_late,
            self.notebook.late_submission_penalty or 0.0,
        )


def _mark(grade: Any) -> Mark:
    by_person = grade.manual_score is not None
    score = grade.manual_score if by_person else grade.auto_score
    return Mark(score or 0.0, grade.extra_credit or 0.0, by_person, grade.needs_manual_grade)


class Entries:
    """The gradebook's rows of a lesson. Its own functions would write after each row."""

    def __init__(self, db: Any, master: Master) -> None:
        from nbgrader import api

        self._db, self._master, self._api = db, master, api
        self._lesson = db.query(api.Assignment).filter_by(name=master.lesson).one_or_none()
        self._notebook = self._lesson and (
            db.query(api.Notebook)
            .filter_by(name=master.lesson, assignment_id=self._lesson.id)
            .one_or_none()
        )
        self._graded: dict[str, str] = {}  # the ids of cells, by their names
        self._answers: dict[str, str] = {}
        if self._notebook:
            self._read_cells()
        self.found: dict[str, Entry] = {}

    def _read_cells(self) -> None:
        api = self._api
        by_kind = {
            kind: {cell.name: cell.id for cell in self._cells(kind)}
            for kind in (api.GradeCell, api.SolutionCell, api.TaskCell)
        }
        self._graded = by_kind[api.GradeCell] | by_kind[api.TaskCell]
        self._answers = by_kind[api.SolutionCell] | by_kind[api.TaskCell]

    def _cells(self, kind: Any) -> list[Any]:
        return self._db.query(kind).filter_by(notebook_id=self._notebook.id).all()

    def load(self, students: Iterable[str]) -> None:
        """Read what there is of these students."""
        api, db = self._api, self._db
        if not self._notebook:
            return
        wanted = list(students)
        handed_in = (
            db.query(api.SubmittedAssignment, api.SubmittedNotebook)
            .join(
                api.SubmittedNotebook,
                api.SubmittedNotebook.assignment_id == api.SubmittedAssignment.id,
            )
            .filter(api.SubmittedNotebook.notebook_id == self._notebook.id)
            .filter(api.SubmittedAssignment.student_id.in_(wanted))
        )
        self._students = {one for (one,) in db.query(api.Student.id)}
        by_id = {}
        for assignment, notebook in handed_in:
            by_id[notebook.id] = self.found[assignment.student_id] = Entry(assignment, notebook)
        graded = {number: name for name, number in self._graded.items()}
        answers = {number: name for name, number in self._answers.items()}
        for grade in db.query(api.Grade).filter(api.Grade.notebook_id.in_(by_id)):
            by_id[grade.notebook_id].grades[graded[grade.cell_id]] = grade
        for comment in db.query(api.Comment).filter(api.Comment.notebook_id.in_(by_id)):
            by_id[comment.notebook_id].comments[answers[comment.cell_id]] = comment

    def missing(self, submitted: Path) -> tuple[str, ...]:
        """Name the students of whom there is nothing for the lesson."""
        known = {one for (one,) in self._db.query(self._api.Student.id)}
        here = {folder.parent.name for folder in submitted.glob(f"*/{self._master.lesson}")}
        return tuple(sorted(known - here))

    def bring_up_to_date(self) -> None:
        """Write down the lesson, its notebook and its cells, as nbgrader does."""
        api, db, master = self._api, self._db, self._master
        if self._lesson is None:
            course_id = master.config.CourseDirectory.get("course_id", "default_course")
            if db.get(api.Course, course_id) is None:
                db.add(api.Course(id=course_id))
            self._lesson = api.Assignment(master.lesson, course_id=course_id)
            self._lesson.id = api.new_uuid()
            db.add(self._lesson)
        if self._notebook is None:
            self._notebook = api.Notebook(
                id=api.new_uuid(), name=master.lesson, assignment_id=self._lesson.id
            )
            db.add(self._notebook)
        self._notebook.kernelspec = master.kernelspec
        for kind, cells in (
            (api.GradeCell, [cell for cell in master.cells if cell.is_grade]),
            (api.SolutionCell, [cell for cell in master.cells if cell.is_solution]),
            (api.TaskCell, [cell for cell in master.cells if cell.is_task]),
            (api.SourceCell, list(master.cells)),
        ):
            self._bring_cells(kind, cells)
        db.flush()
        self._read_cells()

    def set_due(self, when: datetime | None) -> None:
        """Set until when the lesson is to be handed in, as nbgrader keeps it: in UTC."""
        self._lesson.duedate = when and when.astimezone(UTC).replace(tzinfo=None)

    def _bring_cells(self, kind: Any, cells: Sequence[Cell]) -> None:
        """Write down the cells of a kind."""
        api, db, lesson = self._api, self._db, self._master.lesson
        present = {row.name: row for row in self._cells(kind)}
        gone = present.keys() - {cell.name for cell in cells}
        handed_in = db.query(api.SubmittedNotebook).filter_by(notebook_id=self._notebook.id)
        if gone and kind is not api.SourceCell and handed_in.first():
            raise GradebookError(
                f"The gradebook holds marks for {', '.join(sorted(gone))}, which {lesson} no "
                "longer has. Give the cell its old name again, or remove the lesson from the "
                f"gradebook, with its marks: nbgrader db assignment remove {lesson} --force"
            )
        for name in gone:
            db.delete(present[name])
        for cell in cells:
            row = present.get(cell.name)
            if row is None:
                row = kind(id=api.new_uuid(), name=cell.name, notebook_id=self._notebook.id)
                db.add(row)
            if kind is api.SolutionCell:
                continue
            row.cell_type = cell.kind
            if kind is api.SourceCell:
                row.locked, row.source, row.checksum = cell.is_locked, cell.source, cell.checksum
            else:
                row.max_score = cell.points

    def carry(self, work: Work) -> None:
        """Write a student's marks down. What a person has given is not touched."""
        entry = self.found.get(work.result.student) or self._new_entry(work.result.student)
        if work.timestamp:
            entry.assignment.timestamp = work.timestamp
        api, results = self._api, {cell.grade_id: cell for cell in work.result.cells}
        for name, number in self._graded.items():
            if name not in entry.grades:
                grade = api.Grade(id=api.new_uuid(), cell_id=number, notebook_id=entry.notebook.id)
                grade.needs_manual_grade = True
                self._db.add(grade)
                entry.grades[name] = grade
        for name, number in self._answers.items():
            if name not in entry.comments:
                comment = api.Comment(
                    id=api.new_uuid(), cell_id=number, notebook_id=entry.notebook.id
                )
                self._db.add(comment)
                entry.comments[name] = comment
        for cell in self._master.cells:
            if cell.is_grade:
                _write_mark(entry.grades[cell.name], cell, work, results.get(cell.name))
            if cell.is_solution:
                entry.comments[cell.name].auto_comment = self._comment(cell, work)
        entry.notebook.late_submission_penalty = self._penalty(entry, work.result.student)

    def _new_entry(self, student: str) -> Entry:
        api, db = self._api, self._db
        if student not in self._students:
            db.add(api.Student(id=student))
        assignment = api.SubmittedAssignment(
            id=api.new_uuid(), assignment=self._lesson, student_id=student
        )
        notebook = api.SubmittedNotebook(
            id=api.new_uuid(), assignment_id=assignment.id, notebook_id=self._notebook.id
        )
        db.add_all([assignment, notebook])
        self.found[student] = Entry(assignment, notebook)
        return self.found[student]

    def _comment(self, answer: Cell, work: Work) -> str | None:
        """Say below an answer why nobody has judged it: 0 points would look like a verdict."""
        graded = {cell.name for cell in self._master.cells if cell.answer == answer.name}
        told = [
            sentence(cell)
            for cell in work.result.cells
            if cell.grade_id in graded and cell.outcome in NO_VERDICT
        ]
        if told:
            return "\n".join(dict.fromkeys(told))
        return _NO_RESPONSE if work.shown.answers[answer.name] == answer.source else None

    def _penalty(self, entry: Entry, student: str) -> float | None:
        """Ask nbgrader's own rule, or the course's, what being late costs."""
        if not entry.seconds_late:
            return None
        from nbgrader.preprocessors import AssignLatePenalties

        step = AssignLatePenalties(config=self._master.config)
        step.init_plugin()
        marks = map(_mark, entry.grades.values())
        score = sum(mark.score + mark.extra for mark in marks)
        asked = step.plugin_inst.late_submission_penalty(student, score, entry.seconds_late)
        return None if asked is None else min(max(asked, 0.0), score)


def _write_mark(grade: Any, cell: Cell, work: Work, result: CellResult | None) -> None:
    """Write a mark down, and say whether it waits for a person, by nbgrader's rule.

    Unlike nbgrader, this leaves alone what a person has settled as long as it rests on the same.
    """
    if cell.is_solution or cell.kind != "code":
        is_untouched = cell.is_solution and work.shown.answers[cell.name] == cell.source
        score = 0.0 if is_untouched else None
    else:
        score = result.earned if result else 0.0
    if grade.auto_score != score or work.has_changed(cell.answer):
        grade.auto_score = score
        grade.needs_manual_grade = grade.manual_score is not None or score is None

"""The one writer: carries results into nbgrader's gradebook, ``autograded/`` and ``feedback/``.

All that is written can be made again from ``submitted/``, ``results/`` and what a person has marked
in the gradebook. nbgrader's own commands and its formgrader go on working on it.
"""

import contextlib
import json
import secrets
import shutil
import tempfile
import textwrap
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from course_utils.grading.database import (
    GradebookError,
    gradebook_path,
    make_gradebook,
    open_gradebook,
)
from course_utils.grading.marking.autograded import (
    NO_VERDICT,
    Shown,
    is_answer,
    read_work,
    sentence,
    show_work,
)
from course_utils.grading.marking.collecting import HandedIn, collect
from course_utils.grading.marking.feedback import Mark, Outline, Standing, make_page
from course_utils.grading.marking.results import (
    RESULTS,
    CellResult,
    Result,
    result_path,
)
from course_utils.grading.release import CONFIG, RELEASE, SOLUTIONS, lessons

SUBMITTED, AUTOGRADED, FEEDBACK = "submitted", "autograded", "feedback"
_TIMESTAMP, _SECRET = "timestamp.txt", "submission_secret.txt"
_STAGE = ".carrying-"
_STALE_SECONDS = 86_400  # whoever left a stage behind so long ago is gone
#: What a text may show. The formgrader would serve anything else, too: a page with a script.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_MOST_PICTURES_BYTES = 10_000_000
_NO_RESPONSE = "No response."  # nbgrader's words


@dataclass(frozen=True)
class Carried:
    """What was carried into the gradebook and the two folders.

    Attributes
    ----------
    n_results : int
        How many results these now show.
    n_changed : int
        For how many of them a notebook or a page was written.
    waiting : tuple of str
        Students of whom an answer waits for a person, in order.
    late : tuple of str
        Students who handed in after the gradebook's due date, in order.
    missing : tuple of str
        Students in the gradebook who handed in nothing for the lesson, in order.
    notes : tuple of str
        What a person should know, a sentence each.
    """

    n_results: int
    n_changed: int
    waiting: tuple[str, ...]
    late: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def carry(course: Path, lesson: str, results: Sequence[Result]) -> Carried:
    """Carry results of a lesson into gradebook, notebooks and feedback: all of it, or nothing.

    Marks, comments and extra credit that a person gave stay. Where something that a person has
    marked came out otherwise, it waits for that person again, as with nbgrader.

    Parameters
    ----------
    course : Path
        The course's folder.
    lesson : str
        As in ``"05_activations"``.
    results : sequence of Result
        One for each student.

    Returns
    -------
    Carried

    Raises
    ------
    GradebookError
        If the gradebook is locked, of another version, or holds other cells than the lesson.
    """
    master = _Master.read(course, lesson)
    with contextlib.ExitStack() as open_things:
        # Whoever marks must not wait for this: only what is asked of the gradebook is under lock.
        stage = open_things.enter_context(_Stage(course))
        works = [_prepare(course, master, result, stage) for result in results]
        book = open_things.enter_context(_open_to_write(course))
        entries = _Entries(book.db, master)
        entries.bring_up_to_date()
        entries.load(work.result.student for work in works)
        for work in works:
            student = work.result.student
            entries.carry(work)
            standing = entries.found[student].standing()
            page = make_page(work.result, work.shown.answers, master.outline, standing)
            work.is_changed |= stage.add(_page(course, student, lesson), page.encode())
        found = sorted(entries.found.items())
        waiting = tuple(student for student, entry in found if entry.waits)
        late = tuple(student for student, entry in found if entry.seconds_late)
        missing = entries.missing(course / SUBMITTED)
        book.db.commit()
        stage.move()
    return Carried(
        len(works),
        sum(work.is_changed for work in works),
        waiting,
        late,
        missing,
        tuple(f"{work.result.student}: {note}" for work in works for note in work.notes),
    )


def write_feedback(course: Path, lesson: str, students: Iterable[str] | None = None) -> Carried:
    """Write the pages of feedback again, with what a person has marked since.

    Parameters
    ----------
    course : Path
        The course's folder.
    lesson : str
        As in ``"05_activations"``.
    students : iterable of str, optional
        By default all whose work on the lesson was graded.

    Returns
    -------
    Carried

    Raises
    ------
    GradebookError
        If the gradebook cannot be read, or a student's work was not graded by `course grade`.
    """
    master = _Master.read(course, lesson)
    shown = _carried_before(course, lesson, students)
    changed = 0
    waiting: list[str] = []
    notes: list[str] = []
    with _Stage(course) as stage, open_gradebook(course) as book:
        entries = _Entries(book.db, master)
        entries.load(shown)
        paths = {one: result_path(course, lesson, one, work.key) for one, work in shown.items()}
        lost = [one for one in shown if one not in entries.found or not paths[one].is_file()]
        if lost:
            raise GradebookError(
                f"The gradebook or {RESULTS}/ has lost what {', '.join(lost)} earned for {lesson}. "
                f"Bring it back: course grade {lesson}"
            )
        for student, work in shown.items():
            entry = entries.found[student]
            result = Result.read(paths[student])
            page = make_page(result, work.answers, master.outline, entry.standing())
            changed += stage.add(_page(course, student, lesson), page.encode())
            for name in (_TIMESTAMP, _SECRET):  # nbgrader's own command may have removed them
                kept = course / AUTOGRADED / student / lesson / name
                stage.add(_page(course, student, lesson).with_name(name), kept.read_bytes())
            if entry.waits:
                waiting.append(student)
        stage.move()
    by_hand = [
        student
        for student in shown
        if not (course / SUBMITTED / student / lesson / _SECRET).is_file()
    ]
    if by_hand:
        names = textwrap.shorten(", ".join(by_hand), 80)
        notes.append(
            f"{names} did not hand in through nbgrader's exchange, so nbgrader "
            f"fetches no page for them. Hand over {FEEDBACK}/<student>/{lesson}/{lesson}.html."
        )
    return Carried(len(shown), changed, tuple(waiting), notes=tuple(notes))


# The lesson -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Cell:
    """A cell that nbgrader minds, as it writes it into a gradebook."""

    name: str
    kind: str
    source: str
    checksum: str | None
    is_grade: bool
    is_solution: bool
    is_task: bool
    is_locked: bool
    points: float
    answer: str  # the solution cell whose work it grades, by its name


@dataclass(frozen=True)
class _Master:
    """What an instructor has written for a lesson, as the gradebook wants it."""

    lesson: str
    cells: tuple[_Cell, ...]
    kernelspec: str
    release: Any
    outline: Outline
    config: Any

    @classmethod
    def read(cls, course: Path, lesson: str) -> "_Master":
        """Read it with nbgrader's own steps, up to the one that fills the gradebook."""
        import nbformat
        from nbgrader import utils
        from nbgrader.converters.generate_assignment import GenerateAssignment
        from nbgrader.preprocessors import SaveCells
        from traitlets.config.loader import PyFileConfigLoader

        known = lessons(course)
        if lesson not in known:
            raise GradebookError(f"There is no lesson {lesson!r}. There are: {', '.join(known)}.")
        config = PyFileConfigLoader(CONFIG, path=str(course)).load_config()
        notebook = nbformat.read(course / SOLUTIONS / lesson / f"{lesson}.ipynb", as_version=4)
        resources = {"nbgrader": {"assignment": lesson, "notebook": lesson}, "metadata": {}}
        steps = GenerateAssignment(config=config).preprocessors
        for step in takewhile(lambda step: step is not SaveCells, steps):
            notebook, resources = step(config=config).preprocess(notebook, resources)
        cells: list[_Cell] = []
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            kinds = {
                "is_grade": utils.is_grade(cell),
                "is_solution": utils.is_solution(cell),
                "is_task": utils.is_task(cell),
                "is_locked": utils.is_locked(cell),
            }
            if any(kinds.values()):
                before = next((one.name for one in reversed(cells) if one.is_solution), "")
                made = _Cell(
                    name=marks["grade_id"],
                    kind=cell.cell_type,
                    source=cell.source,
                    checksum=marks.get("checksum"),
                    points=float(marks.get("points", 0)),
                    answer=marks["grade_id"] if is_answer(marks) else before,
                    **kinds,
                )
                cells.append(made)
        path = course / RELEASE / lesson / f"{lesson}.ipynb"
        if not path.is_file():
            raise GradebookError(f"{path} is missing. Make the students' notebooks: course release")
        release = nbformat.read(path, as_version=4)
        given = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in release.cells}
        if given - {None} != {cell.name for cell in cells}:
            raise GradebookError(f"{path} is not of these solutions. Make it anew: course release")
        kernelspec = json.dumps(notebook.metadata.get("kernelspec", {}))
        outline = Outline.of(release)
        return cls(lesson, tuple(cells), kernelspec, release, outline, config)


# What was handed in -----------------------------------------------------------------------------


@dataclass
class _Work:
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


def _prepare(course: Path, master: _Master, result: Result, stage: "_Stage") -> _Work:
    """Make the notebook that a person reads, and put aside what else goes with it."""
    folder = course / SUBMITTED / result.student / master.lesson
    try:
        handed_in = collect(folder, master.lesson)
    except OSError:
        handed_in = HandedIn(None)
    text, shown = show_work(handed_in.notebook or b"", master.release, result)
    target = course / AUTOGRADED / result.student / master.lesson
    notebook = target / f"{master.lesson}.ipynb"
    before = read_work(notebook.read_text(encoding="utf-8")) if notebook.is_file() else None
    timestamp, told, notes = _timestamp(handed_in.of_nbgrader.get(_TIMESTAMP))
    work = _Work(result, shown, before, timestamp, notes)
    work.is_changed = stage.add(notebook, text.encode())
    pictures = {
        name: content
        for name, content in handed_in.files.items()
        if "/" not in name and name.lower().endswith(_PICTURES)
    }
    if sum(map(len, pictures.values())) <= _MOST_PICTURES_BYTES:
        for name, content in pictures.items():
            stage.add(target / name, content)
    secret = _secret(handed_in.of_nbgrader.get(_SECRET, b""), target / _SECRET)
    for place in (target, _page(course, result.student, master.lesson).parent):
        stage.add(place / _TIMESTAMP, told.encode())
        stage.add(place / _SECRET, secret)
    return work


def _secret(handed_in: bytes, kept: Path) -> bytes:
    """Choose by what a page is fetched: by what came with the notebook, else by what nobody knows.

    `nbgrader release_feedback` reads it, and a timestamp. Both come from nbgrader's exchange alone;
    where one is missing that command stops, and nobody after gets a page.
    """
    if handed_in.isalnum() and len(handed_in) <= 1000:
        return handed_in
    return kept.read_bytes() if kept.is_file() else secrets.token_hex(64).encode()


def _timestamp(content: bytes | None) -> tuple[datetime | None, str, list[str]]:
    """Read when something was handed in, as nbgrader's exchange writes it down."""
    from nbgrader import utils

    if content is None or not content.strip():
        return None, "", []
    told = content[:100].decode("utf-8", "replace").strip()
    try:
        return utils.parse_utc(told), f"{told}\n", []
    except (ValueError, TypeError, OverflowError, ArithmeticError, AttributeError):
        return None, "", [f"{_TIMESTAMP} holds no time, so it is not known when it was handed in."]


def _carried_before(course: Path, lesson: str, students: Iterable[str] | None) -> dict[str, Shown]:
    """Read the notebooks of a lesson that were carried, by student."""
    wanted = None if students is None else list(students)
    found = {}
    for path in sorted((course / AUTOGRADED).glob(f"[!.]*/{lesson}/{lesson}.ipynb")):
        student = path.parent.parent.name
        if wanted is None or student in wanted:
            shown = read_work(path.read_text(encoding="utf-8"))
            if shown:
                found[student] = shown
            elif wanted:
                raise GradebookError(
                    f"{student}'s work was graded by nbgrader itself, which also writes the page: "
                    f"nbgrader generate_feedback {lesson} --student={student}"
                )
    missing = [name for name in wanted or [] if name not in found]
    if missing or not found:
        whose = ", ".join(missing) or "Nobody"
        raise GradebookError(
            f"{whose}: no work on {lesson} that was graded. Grade it first: course grade {lesson}"
        )
    return found


def _page(course: Path, student: str, lesson: str) -> Path:
    return course / FEEDBACK / student / lesson / f"{lesson}.html"


class _Stage(contextlib.AbstractContextManager["_Stage"]):
    """Files that are written aside, and then all moved to where they belong."""

    def __init__(self, course: Path) -> None:
        self._course = course
        self._folders: dict[Path, Path] = {}
        self._moves: list[tuple[Path, Path]] = []

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind."""
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)

    def add(self, path: Path, content: bytes) -> bool:
        """Write a file aside, if it is not there already, and tell whether that was so."""
        if path.is_file() and path.read_bytes() == content:
            return False
        try:
            aside = self._folder(path) / str(len(self._moves))
            aside.write_bytes(content)
        except OSError as error:
            raise GradebookError(
                f"{path} cannot be written, and nothing was: {error.strerror}. Make room, or give "
                "yourself the right to write there, and run the same command again."
            ) from None
        self._moves.append((aside, path))
        return True

    def move(self) -> None:
        """Move everything to its place."""
        for aside, path in self._moves:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                shutil.rmtree(path)
            aside.replace(path)
        self._moves.clear()

    def _folder(self, path: Path) -> Path:
        """Find a folder on the same disk, and sweep up after a process that was killed."""
        root = self._course / path.relative_to(self._course).parts[0]
        if root not in self._folders:
            root.mkdir(exist_ok=True)
            for left in root.glob(f"{_STAGE}*"):
                if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                    shutil.rmtree(left, ignore_errors=True)
            self._folders[root] = Path(tempfile.mkdtemp(prefix=_STAGE, dir=root))
        return self._folders[root]


# The gradebook ----------------------------------------------------------------------------------


@contextlib.contextmanager
def _open_to_write(course: Path) -> Iterator[Any]:
    """Open the gradebook, or make it, so that nobody else writes to it meanwhile."""
    exists = gradebook_path(course).is_file()
    with open_gradebook(course, write=True) if exists else make_gradebook(course) as book:
        book.db.rollback()
        book.db.connection().exec_driver_sql("BEGIN IMMEDIATE")
        yield book


@dataclass
class _Entry:
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


class _Entries:
    """The gradebook's rows of a lesson. Its own functions would write after each row."""

    def __init__(self, db: Any, master: _Master) -> None:
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
        self.found: dict[str, _Entry] = {}

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
            by_id[notebook.id] = self.found[assignment.student_id] = _Entry(assignment, notebook)
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

    def _bring_cells(self, kind: Any, cells: Sequence[_Cell]) -> None:
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

    def carry(self, work: _Work) -> None:
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

    def _new_entry(self, student: str) -> _Entry:
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
        self.found[student] = _Entry(assignment, notebook)
        return self.found[student]

    def _comment(self, answer: _Cell, work: _Work) -> str | None:
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

    def _penalty(self, entry: _Entry, student: str) -> float | None:
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


def _write_mark(grade: Any, cell: _Cell, work: _Work, result: CellResult | None) -> None:
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

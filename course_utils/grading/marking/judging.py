"""Judging a submission: the instructor's graded cells, and the student's functions far away.

The graded cells run here, from ``solutions/``, with each exercise's name bound to a function that
asks the sandbox. So nothing in the sandbox can earn what its answers do not.
"""

import ast
import contextlib
import io
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import course_utils
from course_utils.checks.outcome import CheckError, NotAttemptedError
from course_utils.grading.marking.results import CellResult, Outcome, Result
from course_utils.grading.marking.student import Ended, Student
from course_utils.grading.marking.submissions import Submission, fitness, read_submission
from course_utils.grading.release import RELEASE, SOLUTIONS, read_notebook
from course_utils.grading.seed import Drawing, drawing
from course_utils.sandbox.box import Box, WarmProcessError

_LONGEST_MESSAGE = 2000
_NOTHING = "It returns nothing."
#: The files beside this one from which a result follows; what carries or reports it has no part.
_OF_A_RESULT = (
    "collecting", "fingerprint", "judging", "matching", "reading", "results", "student",
    "submissions",
)  # fmt: skip


@dataclass(frozen=True)
class Material:
    """What an instructor has written for a lesson, as it travels to whoever judges.

    Attributes
    ----------
    lesson : str
        As in ``"05_activations"``.
    solution, release, answers : bytes
        The notebook with its graded cells, the one that students were given, and ``answers.py``.
    seed : int
        From which hidden cases are drawn, for the whole class.
    """

    lesson: str
    solution: bytes
    release: bytes
    answers: bytes
    seed: int

    @classmethod
    def read(cls, course: Path, lesson: str, seed: int) -> "Material":
        """Read a lesson's material in a course."""
        solution = course / SOLUTIONS / lesson
        release = course / RELEASE / lesson / f"{lesson}.ipynb"
        return cls(
            lesson,
            _of_the_course(solution / f"{lesson}.ipynb"),
            _of_the_course(release),
            (solution / "answers.py").read_bytes(),
            seed,
        )

    @property
    def key(self) -> str:
        """Tell this material, and the grader that reads it, from every other."""
        parts = (self.solution, self.release, self.answers, str(self.seed).encode(), version())
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()[:16]


@dataclass(frozen=True)
class Task:
    """A submission that is to be judged.

    Attributes
    ----------
    material : Material
        Of its lesson.
    student : str
        Whose it is.
    notebook : bytes or None
        As it was handed in; None if there is none.
    files : mapping of str to bytes
        What was handed in beside it, by name.
    notes : tuple of str
        What is odd about the folder, a sentence each.
    repairs : tuple of str
        What had to be put right to find the notebook: these are among the notes.
    """

    material: Material
    student: str
    notebook: bytes | None
    files: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The hash of notebook, exercises and grader."""
        files = sorted((name, sha256(content).hexdigest()) for name, content in self.files.items())
        rest = json.dumps([files, self.notes, self.repairs, self.notebook is None]).encode()
        parts = (self.material.key.encode(), self.notebook or b"", rest)
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()[:16]


@dataclass
class _Lesson:
    """A lesson, ready to be judged."""

    name: str
    graded: list[Any]
    set_up: dict[str, Any]  # what the first cell imports
    exercises: list[str]
    release: Any
    root: Path  # a course that holds this lesson alone
    kept: Any

    @property
    def folder(self) -> Path:
        """Where a student's notebook would lie."""
        return self.root / "submitted" / self.name


def judge(task: Task, box: Box, submission: Submission | None = None) -> Result:
    """Judge a submission.

    Parameters
    ----------
    task : Task
        The submission.
    box : Box
        Where its code runs.
    submission : Submission, optional
        What was handed in, if it has been read already.

    Returns
    -------
    Result
    """
    lesson = _prepare(task.material)
    submission = submission or read(task)
    notes = [*task.notes, *submission.notes]
    found = {submission.outcome, *([Outcome.REPAIRED] if task.repairs else [])}
    if submission.outcome in (Outcome.MISSING, Outcome.UNREADABLE):
        cells = [
            replace(_not_yet(cell, lesson), outcome=submission.outcome) for cell in lesson.graded
        ]
    else:
        for _ in range(2):  # a student's own doing comes again, a blow from outside does not
            with Student(submission, task.files, box) as student:
                cells = _judge_cells(lesson, student, task.material.seed)
            if not student.was_killed:
                break
        found.add(student.outcome)
        notes += student.notes
    return Result(
        task.material.lesson,
        task.student,
        _gravest(found, cells),
        tuple(notes),
        tuple(cells),
        box.kind,
        task.key,
    )


def read(task: Task) -> Submission:
    """Read a submission, to see what it needs before it is judged."""
    return read_submission(task.notebook, _release(task.material))


@cache
def read_solution(material: Material) -> Submission:
    """Read a lesson's own solution as if it had been handed in."""
    return read_submission(material.solution, _release(material))


def fit(material: Material, notebook: bytes) -> tuple[int, int] | None:
    """Say how well a notebook fits a lesson, where a folder holds several."""
    return fitness(notebook, _release(material))


def _gravest(found: set[Outcome], cells: Sequence[CellResult]) -> Outcome:
    """Say what came of the whole: the worst of what happened to a part of it."""
    of_cells = {cell.outcome for cell in cells}
    if of_cells in ({Outcome.MISSING}, {Outcome.NOT_ATTEMPTED}):
        return of_cells.pop()
    found |= of_cells
    order = [
        Outcome.UNREADABLE,
        Outcome.TAMPERED,
        Outcome.CRASHED,
        Outcome.OUT_OF_MEMORY,
        Outcome.TIMED_OUT,
        Outcome.REPAIRED,
    ]
    return next((outcome for outcome in order if outcome in found), Outcome.GRADED)


def _judge_cells(lesson: _Lesson, student: Student, seed: int) -> list[CellResult]:
    """Run each graded cell where it stands, and at the end if that may earn more."""
    results = [_judge_cell(cell, lesson, student, seed) for cell in lesson.graded]
    for place, (cell, result) in enumerate(zip(lesson.graded, results, strict=True)):
        if result.earned < result.possible and student.goes_on(cell, _used(cell, lesson)):
            again = _judge_cell(cell, lesson, student, seed)
            results[place] = again if again.earned > result.earned else result
    return results


def _judge_cell(cell: Any, lesson: _Lesson, student: Student, seed: int) -> CellResult:
    """Run a graded cell, and anew with the whole notebook if a name was missing."""
    for is_last in (student.runs_all, True):
        student.missed_a_name = False
        result = _run_graded(cell, lesson, student, seed)
        if is_last or not student.missed_a_name:
            break
        student.run_all()
    return result


def _used(cell: Any, lesson: _Lesson) -> list[str]:
    """Name the exercises that a graded cell asks."""
    return sorted(_names(cell.source) & set(lesson.exercises))


def _not_yet(cell: Any, lesson: _Lesson) -> CellResult:
    """Make the result of a graded cell that has earned nothing yet."""
    marks, used = cell.metadata.nbgrader, ", ".join(_used(cell, lesson))
    return CellResult(marks.grade_id, used, 0.0, float(marks.points), Outcome.GRADED)


def _run_graded(cell: Any, lesson: _Lesson, student: Student, seed: int) -> CellResult:
    result, used = _not_yet(cell, lesson), _used(cell, lesson)
    token = drawing.set(Drawing(seed, lesson.folder))
    student.begin_cell()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            names = {**lesson.set_up, **student.names(result.grade_id, used)}
            exec(compile(cell.source, f"<{result.grade_id}>", "exec"), names)
    except Ended as ended:
        return replace(result, outcome=ended.outcome, message=str(ended))
    except NotAttemptedError as error:
        untouched = student.submission.untouched.issuperset(used)
        outcome = Outcome.NOT_ATTEMPTED if untouched else Outcome.GRADED
        slip, answers = "" if untouched else _NOTHING, student.answers.text
        return replace(result, outcome=outcome, message=str(error), slip=slip, answers=answers)
    except CheckError as error:
        slip, answers = error.reason if error.is_sure else "", student.answers.text
        return replace(result, message=str(error), slip=slip, answers=answers)
    except WarmProcessError:
        raise  # no fault of the answer
    except Exception as error:
        told = f"{type(error).__name__}: {error}".replace(f"{lesson.root}{os.sep}", "")
        return replace(result, message=told[:_LONGEST_MESSAGE])
    finally:
        drawing.reset(token)
    return replace(result, earned=result.possible)


def _names(source: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


@cache
def _prepare(material: Material) -> _Lesson:
    """Lay a lesson's material out as in a course, so that its graded cells find their answers."""
    kept = tempfile.TemporaryDirectory(prefix="course-lesson-")  # until this process ends
    root = Path(kept.name)
    written = root / SOLUTIONS / material.lesson
    written.mkdir(parents=True)
    (written / "answers.py").write_bytes(material.answers)
    solution = _notebook(material.solution)
    code = [cell for cell in solution.cells if cell.cell_type == "code"]
    marked = [(cell, cell.metadata.get("nbgrader", {})) for cell in code]
    graded = [cell for cell, marks in marked if marks.get("grade")]
    defined = [
        statement.name
        for cell, marks in marked
        if marks.get("solution")
        for statement in ast.parse(cell.source, f"the cell {marks['grade_id']}").body
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
    ]
    set_up: dict[str, Any] = {}
    exec(compile(code[0].source, f"<set-up of {material.lesson}>", "exec"), set_up)
    return _Lesson(material.lesson, graded, set_up, defined, _release(material), root, kept)


@cache
def _release(material: Material) -> Any:
    return _notebook(material.release)


class _Node(dict[str, Any]):
    """A part of a notebook."""

    __getattr__ = dict.__getitem__


def _notebook(content: bytes) -> Any:
    """Read a notebook of the course's own as nbformat does, whose import takes a second."""
    notebook = json.loads(content, object_hook=_Node)
    for cell in notebook.cells:
        cell["source"] = "".join(cell.source)
    return notebook


def _of_the_course(path: Path) -> bytes:
    """Take in a notebook of the course's own, or say what is the matter with it."""
    content = path.read_bytes()
    try:
        for cell in _notebook(content).cells:
            cell.metadata.get("nbgrader")
    except (ValueError, LookupError, TypeError, AttributeError):
        read_notebook(path)  # it says what, but takes a second to load
        raise
    return content


@cache
def version() -> bytes:
    """Tell this grader from others: what is in the files that have a part in a result."""
    root = Path(course_utils.__file__).parent
    files = [*(root / "checks").rglob("*.py"), *(root / "sandbox").rglob("*.py")]
    files += (root / "grading").glob("*.py")
    files += (root / "grading" / "marking" / f"{part}.py" for part in _OF_A_RESULT)
    return sha256(b"".join(path.read_bytes() for path in sorted(files))).digest()

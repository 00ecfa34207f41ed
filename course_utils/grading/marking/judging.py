"""Judging a submission: the instructor's graded cells, and the student's functions far away.

The graded cells run here, from ``solutions/``, with each exercise's name bound to a function that
asks the sandbox. So nothing in the sandbox can earn what its answers do not.
"""

import ast
import contextlib
import io
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import course_utils
from course_utils.checks.asking import Answer, Elsewhere, Foreign
from course_utils.checks.check import Check
from course_utils.checks.outcome import CheckError, NotAttemptedError
from course_utils.grading.marking.fingerprint import Fingerprint
from course_utils.grading.marking.matching import gives
from course_utils.grading.marking.results import CellResult, Outcome, Result
from course_utils.grading.marking.submissions import Script, Submission, fitness, read_submission
from course_utils.grading.release import RELEASE, SOLUTIONS
from course_utils.grading.seed import Drawing, drawing
from course_utils.sandbox import networks
from course_utils.sandbox.box import Box, Child, Limits, WarmProcessError
from course_utils.sandbox.wire import Channel, DeadlineError, WireError, every_described

_CELL_SECONDS = 60.0
_CALL_SECONDS, _NETWORK_SECONDS = 10.0, 60.0
_SUBMISSION_SECONDS = 600.0  # for all that one submission does
_MOST_STARTS = 20  # of one submission: whatever ends the process is left out the next time
_LONGEST_MESSAGE = 2000
_NOTHING = "It returns nothing."
#: The files beside this one from which a result follows; what carries or reports it has no part.
_OF_A_RESULT = (
    "collecting", "fingerprint", "judging", "matching", "reading", "results", "submissions"
)  # fmt: skip
_SYNTAX = ("SyntaxError", "IndentationError", "TabError")


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
            (solution / f"{lesson}.ipynb").read_bytes(),
            release.read_bytes(),
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


class _Ended(Exception):  # noqa: N818  (not an error, but what came of a student's process)
    """The student's process is gone, or has sent what is no answer."""

    def __init__(self, outcome: Outcome, told: str) -> None:
        super().__init__(told)
        self.outcome = outcome


@dataclass
class _Lesson:
    """A lesson, ready to be judged."""

    graded: list[Any]
    set_up: dict[str, Any]  # what the first cell imports
    exercises: list[str]
    release: Any
    folder: Path
    kept: Any


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
    return fitness(notebook, _prepare(material).release)


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


def _judge_cells(lesson: _Lesson, student: "Student", seed: int) -> list[CellResult]:
    """Run each graded cell where it stands, and at the end if that may earn more."""
    results = [_judge_cell(cell, lesson, student, seed) for cell in lesson.graded]
    for place, (cell, result) in enumerate(zip(lesson.graded, results, strict=True)):
        if result.earned < result.possible and student.goes_on(cell, _used(cell, lesson)):
            again = _judge_cell(cell, lesson, student, seed)
            results[place] = again if again.earned > result.earned else result
    return results


def _judge_cell(cell: Any, lesson: _Lesson, student: "Student", seed: int) -> CellResult:
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


def _run_graded(cell: Any, lesson: _Lesson, student: "Student", seed: int) -> CellResult:
    result, used = _not_yet(cell, lesson), _used(cell, lesson)
    token = drawing.set(Drawing(seed, lesson.folder))
    student.answers = Fingerprint()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            names = {**lesson.set_up, **student.names(result.grade_id, used)}
            exec(compile(cell.source, f"<{result.grade_id}>", "exec"), names)
    except _Ended as ended:
        return replace(result, outcome=ended.outcome, message=str(ended))
    except NotAttemptedError as error:
        untouched = student.submission.untouched.issuperset(used)
        outcome = Outcome.NOT_ATTEMPTED if untouched else Outcome.GRADED
        slip, answers = "" if untouched else _NOTHING, student.answers.text
        return replace(result, outcome=outcome, message=str(error), slip=slip, answers=answers)
    except CheckError as error:
        slip, answers = error.reason if error.is_sure else "", student.answers.text
        return replace(result, message=_message(error), slip=slip, answers=answers)
    except WarmProcessError:
        raise  # no fault of the answer
    except Exception as error:
        return replace(result, message=f"{type(error).__name__}: {error}"[:_LONGEST_MESSAGE])
    finally:
        drawing.reset(token)
    return replace(result, earned=result.possible)


def _message(error: CheckError) -> str:
    """Keep hidden cases, and what is expected of them, out of what a learner reads."""
    if not error.title:
        return str(error)
    told = f"{error.title}: the visible cases came out right, and a fresh one did not."
    return f"{told} {error.reason}".rstrip()


class Student(contextlib.AbstractContextManager["Student"]):
    """A student's notebook, running in a sandbox, and running again if something ended it."""

    def __init__(self, submission: Submission, files: Mapping[str, bytes], box: Box) -> None:
        self.submission, self._files, self._box = submission, files, box
        self._child: Child | None = None
        self._channel: Channel | None = None
        self._rebuilder: _Rebuilder | None = None
        self._left_out: dict[int, _Ended] = {}  # cells that ended the process, or hung
        self._ended: dict[str, _Ended] = {}  # exercises that ended the process, or hung
        self._stopped: dict[int, str] = {}  # cells, with the error that stopped them
        self._starts = self._requests = self._ran = self._target = 0
        self._until = time.monotonic() + _SUBMISSION_SECONDS
        self.runs_all = self.missed_a_name = False
        self.answers = Fingerprint()  # of the graded cell that runs
        self.was_killed = False  # perhaps by the system, short of memory, or by a person
        self.notes: list[str] = []

    def __exit__(self, *_: object) -> None:
        """Let go of everything."""
        self.close()

    def close(self) -> None:
        """Let go of the sandbox, and of the one in which networks were rebuilt."""
        self._let_go()
        if self._rebuilder:
            self._rebuilder.close()

    @property
    def script(self) -> Script:
        """The cells that run."""
        return self.submission.whole if self.runs_all else self.submission.needed

    def names(self, grade_id: str, used: Sequence[str]) -> dict[str, Any]:
        """Give a graded cell the names of the exercises that it uses, as they are where it stands.

        A student may well call a variable like an exercise further down.
        """
        for name in used:
            if name in self._ended:
                raise self._ended[name]
        self._target = max(self._target, self.script.stop(grade_id))
        self._go_on()
        defined = self._request("defined", (list(used),), _CALL_SECONDS)
        if not isinstance(defined, dict):
            raise self._how_it_ended(WireError("names that are none"))
        found = {name: value for name, value in defined.items() if name in used}
        for name in used:
            if name not in found:
                raise self._undefined(name)
            value = found[name]
            if isinstance(value, Foreign) and value.is_callable:
                found[name] = Function(self, name)
        return found

    def goes_on(self, cell: Any, used: Sequence[str]) -> bool:
        """Go on to the end, if what a graded cell uses gets another meaning after it."""
        if not self.script.changes(used, self.script.stop(cell.metadata.nbgrader.grade_id)):
            return False
        self._target = len(self.script.cells)
        for name in used:
            self._ended.pop(name, None)
        return True

    def run_all(self) -> None:
        """Run the whole notebook from now on: what the exercises need was not enough."""
        self.runs_all = True
        self._target = 0
        self._left_out.clear()
        self._let_go()

    def _undefined(self, name: str) -> _Ended:
        """Say why an exercise has no meaning."""
        if name in self.submission.absent:
            return _Ended(Outcome.MISSING, f"The notebook has no cell that defines {name}.")
        for place, ended in self._left_out.items():
            if gives(self.script.cells[place], name):
                return _Ended(ended.outcome, f"{name} is not defined: its cell {ended}")
        errors = [
            error for place, error in self._stopped.items() if gives(self.script.cells[place], name)
        ]
        # The cells before it cannot help where Python does not understand it.
        self.missed_a_name = not any(error.startswith(_SYNTAX) for error in errors)
        because = f": its cell stopped with {errors[-1]}" if errors else "."
        return _Ended(Outcome.GRADED, f"{name} is not defined{because}")

    @property
    def outcome(self) -> Outcome:
        """What came of the cells that were left out: a repair, or worse."""
        if any(ended.outcome is Outcome.TAMPERED for ended in self._left_out.values()):
            return Outcome.TAMPERED
        return Outcome.REPAIRED if self._left_out else Outcome.GRADED

    def ask(self, name: str, arguments: Sequence[Any], check: Check | None) -> Answer:
        """Ask one of the student's functions."""
        self._go_on()
        place = _place(check) if check and (check.describe or check.prepare) else ""
        seconds = _NETWORK_SECONDS if place else _CALL_SECONDS
        try:
            answer = _answer(self._request("ask", (name, list(arguments), place), seconds))
        except _Ended as ended:
            self._ended[name] = ended
            raise
        if answer.error.startswith(("NameError", "UnboundLocalError")):
            self.missed_a_name = True
        if answer.error.partition(":")[0].endswith("MemoryError"):
            raise _Ended(Outcome.OUT_OF_MEMORY, f"{name} needed more memory than there is.")
        if not isinstance(answer.returned, networks.PackedCall):
            return answer
        if not place:
            raise _Ended(Outcome.TAMPERED, f"{name} sent what is no answer.")
        return self._describe(answer, list(arguments), place)

    def _describe(self, answer: Answer, arguments: list[Any], check: str) -> Answer:
        """Have a network rebuilt and described in a sandbox where no student's code has run."""
        if objection := networks.objection(answer.returned):
            return replace(answer, returned=Foreign("network", objection))
        if self._rebuilder is None:
            self._rebuilder = _Rebuilder(self._box)
        try:
            described = self._rebuilder.describe(answer.returned, arguments, check)
        except _Ended as ended:
            self._rebuilder.close()
            self._rebuilder = None
            self.was_killed |= ended.outcome is Outcome.CRASHED
            raise
        return replace(answer, returned=described.returned, error=described.error)

    def _go_on(self) -> None:
        """Run the cells that are due. One that ends the process, or hangs, is left out then on."""
        cells = self.script.cells
        while self._channel is None or self._ran < self._target:
            running = -1
            try:
                if self._channel is None:
                    self._start()
                while self._ran < self._target:
                    if self._ran not in self._left_out:
                        running = self._ran
                        error = self._request("run", (cells[running],), _CELL_SECONDS)
                        if error:
                            self._stopped[running] = str(error)[:_LONGEST_MESSAGE]
                    self._ran += 1
            except _Ended as ended:
                if running < 0:
                    raise
                self._left_out[running] = ended
                told = cells[running].strip().partition("\n")[0][:60]
                self.notes.append(f"A cell {ended} It was left out: {told}")

    def _start(self) -> None:
        """Open a process that has run nothing yet."""
        self._starts += 1
        if self._starts > _MOST_STARTS:
            raise _Ended(Outcome.CRASHED, "The notebook ended its process again and again.")
        self._stopped.clear()
        self._ran = 0
        self._child = self._box.open()
        self._channel = Channel(self._child.socket, networks.PACKED)
        self._request("write_files", (dict(self._files),), _CELL_SECONDS)

    def _request(self, wanted: str, arguments: tuple[Any, ...], seconds: float) -> Any:
        """Send a request, and wait for its reply."""
        assert self._channel
        self._requests += 1
        if time.monotonic() > self._until:
            minutes = _SUBMISSION_SECONDS / 60
            raise _Ended(Outcome.TIMED_OUT, f"The notebook took longer than {minutes:.0f} minutes.")
        try:
            return _exchange(self._channel, self._requests, wanted, arguments, seconds)
        except DeadlineError:
            self._let_go()
            raise _Ended(Outcome.TIMED_OUT, f"took longer than {seconds:.0f} seconds.") from None
        except WireError as error:
            raise self._how_it_ended(error) from None

    def _how_it_ended(self, error: WireError) -> _Ended:
        ending = self._child.end() if self._child else None
        self._let_go()
        if not str(error).startswith("closed"):
            return _Ended(Outcome.TAMPERED, "sent what is no answer.")
        if ending and ending.signal == 9 and ending.why not in ("wall seconds", "memory", "files"):
            self.was_killed = True
        if ending and ending.signal == 24:  # SIGXCPU
            return _Ended(Outcome.TIMED_OUT, "took longer than a processor may.")
        return _Ended(Outcome.CRASHED, "ended its process.")

    def _let_go(self) -> None:
        if self._channel:
            self._channel.close()
        if self._child:
            self._child.end()
        self._child = self._channel = None


class Function(Elsewhere):
    """A student's function, in a sandbox."""

    def __init__(self, student: Student, name: str) -> None:
        self._student, self.__name__ = student, name

    def __call__(self, *arguments: Any) -> Any:
        """Call it as an instructor's own test does, which knows no check."""
        answer = self.asked_by(None, arguments)
        if answer.error:
            raise RuntimeError(answer.error)
        return answer.returned

    def asked_by(self, check: Check | None, arguments: Sequence[Any]) -> Answer:
        """Ask it there what the check asks here."""
        answer = self._student.ask(self.__name__, arguments, check)
        self._student.answers.add(answer)
        return answer


class _Rebuilder:
    """A sandbox in which networks are rebuilt and looked at, and no student's code runs."""

    def __init__(self, box: Box) -> None:
        self._child = box.open(Limits())
        self._channel = Channel(self._child.socket, every_described())
        self._requests = 0

    def describe(self, call: networks.PackedCall, arguments: list[Any], check: str) -> Answer:
        self._requests += 1
        request = "describe", (call, arguments, check), _NETWORK_SECONDS
        try:
            return _answer(_exchange(self._channel, self._requests, *request))
        except DeadlineError:
            told = "The network took too long to rebuild."
            raise _Ended(Outcome.TIMED_OUT, told) from None
        except WireError:
            raise _Ended(Outcome.CRASHED, "The network could not be rebuilt.") from None

    def close(self) -> None:
        self._channel.close()
        self._child.end()


def _exchange(
    channel: Channel, number: int, wanted: str, arguments: tuple[Any, ...], seconds: float
) -> Any:
    """Send a request, and take the reply that bears its number."""
    deadline = time.monotonic() + seconds
    channel.send((number, wanted, arguments), deadline)
    reply = channel.receive(deadline)
    if not (isinstance(reply, tuple) and len(reply) == 2 and reply[0] == number):
        raise WireError("a reply to another request")
    return reply[1]


def _answer(told: Any) -> Answer:
    """Read an answer, and refuse what is none."""
    try:
        changed = tuple((int(place), now) for place, now in told["changed"])
        return Answer(
            told["returned"],
            str(told["error"])[:_LONGEST_MESSAGE],
            str(told["line"])[:_LONGEST_MESSAGE],
            bool(told["printed"]),
            changed,
            tuple(map(str, told["course_functions"])),
        )
    except (TypeError, KeyError, ValueError):
        raise WireError("an answer that is none") from None


def _place(check: Check) -> str:
    """Say where a check stands, so that it is found in another process."""
    prefix = "course_utils.checks."
    for module, content in list(sys.modules.items()):
        if module.startswith(prefix):
            for name, value in vars(content).items():
                if value is check:
                    return f"{module.removeprefix(prefix)}:{name}"
    raise LookupError(f"The check of {check.title} must have a name of its own in {prefix[:-1]}.")


def _names(source: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


@cache
def _prepare(material: Material) -> _Lesson:
    """Lay a lesson's material out as in a course, so that its graded cells find their answers."""
    kept = tempfile.TemporaryDirectory(prefix="course-lesson-")  # until this process ends
    folder = Path(kept.name)
    written = folder / SOLUTIONS / material.lesson
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
        for statement in ast.parse(cell.source).body
        if isinstance(statement, ast.FunctionDef | ast.ClassDef)
    ]
    set_up: dict[str, Any] = {}
    exec(compile(code[0].source, f"<set-up of {material.lesson}>", "exec"), set_up)
    return _Lesson(
        graded, set_up, defined, _release(material), folder / "submitted" / material.lesson, kept
    )


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


@cache
def version() -> bytes:
    """Tell this grader from others: what is in the files that have a part in a result."""
    root = Path(course_utils.__file__).parent
    files = [*(root / "checks").rglob("*.py"), *(root / "sandbox").rglob("*.py")]
    files += (root / "grading").glob("*.py")
    files += (root / "grading" / "marking" / f"{part}.py" for part in _OF_A_RESULT)
    return sha256(b"".join(path.read_bytes() for path in sorted(files))).digest()

"""Grading a class: one task for each submission, on this machine or on many.

A task carries the notebook's bytes to whoever judges, and brings a result back, so no disk is
shared. What has a result already is not judged again. A judge that is lost is a matter of the
machine, and its task goes to another; what a student's code does to itself is a result.
"""

import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.grading.marking.collecting import collect
from course_utils.grading.marking.judging import (
    Material,
    Task,
    fit,
    judge,
    read,
    read_solution,
    version,
)
from course_utils.grading.marking.processes import Processes
from course_utils.grading.marking.results import Outcome, Result, kept_result, seed_path
from course_utils.grading.marking.submissions import Script
from course_utils.grading.release import lessons
from course_utils.sandbox.box import Box, NoSandboxError, WarmProcessError

SUBMITTED = "submitted"
_REFERENCE = ".reference"  # the solution itself, which must earn everything
#: What a student's notebook is likely to import, loaded once for all of them.
PRELOAD = (
    "numpy",
    "matplotlib.pyplot",
    "IPython.core.interactiveshell",
    "course_utils.lessons",
    "course_utils.sandbox.worker",
    "course_utils.datasets",
)
#: These two take longer to load than all else: scikit-learn half a second, and Keras two.
_SCIKIT_LEARN, _KERAS = "sklearn.model_selection", "keras"
PRELOAD_EVERYTHING = (*PRELOAD, _SCIKIT_LEARN, _KERAS)
_SCHEDULER_SECONDS = 10
_LOOK_SECONDS = 2
_ALONE_SECONDS = 30  # for which a scheduler may be without workers: lost ones may be replaced
_MOST_TRIES = 3  # without a single result between them


class GradingError(RuntimeError):
    """Grading cannot begin or go on; the message says what to do."""


class UnjudgedError(GradingError):
    """Some submissions could not be judged, through no fault of theirs.

    Attributes
    ----------
    graded : list of Graded
        All the others.
    """

    def __init__(self, reasons: Mapping[str, str], graded: "list[Graded]") -> None:
        told = "; ".join(f"{student}: {reason}" for student, reason in reasons.items())
        super().__init__(f"{len(reasons)} could not be judged ({told}). Run the command again.")
        self.graded = graded


@dataclass(frozen=True)
class Graded:
    """A submission's result, and whether it was there before."""

    result: Result
    is_new: bool


def grade_lesson(
    course: Path,
    lesson: str,
    students: Sequence[str] | None = None,
    *,
    executor: Executor | None = None,
    workers: int | None = None,
    kind: str | None = None,
    tell: Callable[[Result, int, int], None] = lambda *_: None,
) -> list[Graded]:
    """Judge what students handed in for a lesson, and keep each result as a file.

    Parameters
    ----------
    course : Path
        The course's folder.
    lesson : str
        As in ``"05_activations"``.
    students : sequence of str, optional
        By default everyone with a folder in ``submitted/``.
    executor : Executor, optional
        Where tasks run, as in :mod:`concurrent.futures`; by default processes of this machine.
    workers : int, optional
        How many processes; by default as many as pay, at most one for each processor.
    kind : str, optional
        The sandbox; by default the best that the machine grants.
    tell : callable, optional
        ``tell(result, n_done, n_all)`` hears of each new result.

    Returns
    -------
    list of Graded
        In the order of students.

    Raises
    ------
    GradingError
        If there is nothing to grade, a student is unknown, or a graded cell of the solution fails.
    UnjudgedError
        If the machine failed some submissions; all others are graded.
    """
    material = _material(course, lesson)
    found = _handed_in(course, lesson, students)
    if kind is None:
        with Box() as box:  # the same for all: a start that fails must not become another kind
            kind = box.kind
    tasks = {student: _task(material, student, folder) for student, folder in found.items()}
    reference = Task(material, _REFERENCE, material.solution)
    done: dict[str, Graded] = {}
    left: list[Task] = []
    # The solution comes first, because no mark means anything if it does not earn everything.
    for task in (reference, *tasks.values()):
        if kept := _kept(course, task):
            done[task.student] = Graded(kept, is_new=False)
        else:
            left.append(task)
    n_left = len(left) - (reference in left)
    unjudged: dict[str, str] = {} if students is not None else _misnamed(course, lesson)
    waiting: list[Result] = []
    n_done = 0
    with contextlib.closing(_judged(left, executor, workers, kind)) as judged:  # also by Ctrl-C
        for task, result in judged:
            if task is reference:
                done[_REFERENCE] = Graded(_require_everything(result), is_new=True)
                done[_REFERENCE].result.write(course)
            elif isinstance(result, str):
                unjudged[task.student] = result
            else:
                waiting.append(result)
            while waiting and _REFERENCE in done:
                result = waiting.pop(0)
                result.write(course)
                done[result.student] = Graded(result, is_new=True)
                n_done += 1
                tell(result, n_done, n_left)
    graded = [done[student] for student in tasks if student in done]
    if unjudged:
        raise UnjudgedError(unjudged, graded)
    return graded


def current_results(course: Path, lesson: str) -> Iterator[tuple[Task, Result | None]]:
    """Find what was handed in for a lesson, with the result of each as it now stands.

    What has changed since it was graded, or was not graded by this version, has none.

    Parameters
    ----------
    course : Path
        The course's folder.
    lesson : str
        As in ``"05_activations"``.

    Returns
    -------
    iterator of (Task, Result or None)
        In the order of students.

    Raises
    ------
    GradingError
        If the lesson is unknown or was not released.
    """
    material = _material(course, lesson)

    def found(student: str, folder: Path) -> tuple[Task, Result | None]:
        task = _task(material, student, folder)
        return task, _kept(course, task)

    # One after another: a class's notebooks are large.
    return (found(student, folder) for student, folder in _folders(course, lesson))


def _kept(course: Path, task: Task) -> Result | None:
    """Read the result of a task, if it has been judged."""
    return kept_result(course, task.material.lesson, task.student, task.key)


def machines(
    scheduler: str, kind: str | None = None
) -> contextlib.AbstractContextManager[Executor]:
    """Connect to the workers of a Dask scheduler, on which this package is installed, too.

    A scheduler runs whatever it is sent by anyone who reaches it: keep it on a network of your own.

    Parameters
    ----------
    scheduler : str
        Its address, as in ``"tcp://10.0.0.1:8786"``.
    kind : str, optional
        The sandbox that each worker must have.

    Yields
    ------
    Executor

    Raises
    ------
    GradingError
        If Dask is not installed, the scheduler does not answer, has no workers, loses all of them
        or is lost, or a worker has another version of this package or no sandbox.
    """
    return _connected(_arguments.text("scheduler", scheduler), kind)


@contextlib.contextmanager
def _connected(scheduler: str, kind: str | None) -> Iterator[Executor]:
    try:
        client = _connect(scheduler)
    except (OSError, ValueError) as error:
        reason = str(error) or "it says nothing"
        raise GradingError(
            f"No Dask scheduler answers at {scheduler} ({reason}). Start one with `dask "
            "scheduler`, and workers with `dask worker ADDRESS`."
        ) from None
    with client:
        found = client.run(ready, kind, on_error="return")
        if not found:
            raise GradingError(
                f"The scheduler at {scheduler} has no workers. Start some: dask worker {scheduler}"
            )
        for worker, theirs in found.items():
            if isinstance(theirs, OSError | NoSandboxError):
                raise GradingError(f"The worker at {worker} cannot judge. {theirs}")
            if theirs != version():
                raise GradingError(f"The worker at {worker} {_OTHER_VERSION}")
        left_alone, over = threading.Event(), threading.Event()
        watch = threading.Thread(target=_watch, args=(client, left_alone, over), daemon=True)
        watch.start()
        try:
            yield client.get_executor(pure=False)
        except CancelledError:
            if left_alone.is_set():
                what, do = "has no workers any more", f"start some (dask worker {scheduler})"
            else:
                what, do = "was lost", "start it again"
            raise GradingError(
                f"The scheduler at {scheduler} {what}. What is judged is kept: {do}, and run the "
                "same command."
            ) from None
        finally:
            over.set()
            watch.join(_LOOK_SECONDS)


def _watch(client: Any, left_alone: threading.Event, over: threading.Event) -> None:
    """Give up once there has been no worker for a while: Dask itself would wait for ever."""
    seen = time.monotonic()
    while not over.wait(_LOOK_SECONDS):
        try:
            if client.nthreads():
                seen = time.monotonic()
        except Exception:
            return  # without its scheduler, a client cancels all tasks by itself
        if time.monotonic() - seen > _ALONE_SECONDS:
            left_alone.set()
            client.close()
            return


def _connect(scheduler: str) -> Any:
    """Connect to a scheduler, or give up: Dask itself waits for ever for one that says nothing."""
    try:
        from distributed import Client
        from distributed.comm import get_address_host_port
    except ImportError:
        raise GradingError(
            "Grading on several machines needs Dask: install the course with its extra `teach`."
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # errors are told here
    get_address_host_port(scheduler)  # a client that stumbles over it hangs when the program ends
    connected: Future[Any] = Future()

    def connect() -> None:
        try:
            client = Client(scheduler, timeout=_SCHEDULER_SECONDS, set_as_default=False)
            connected.set_result(client)
        except Exception as error:
            connected.set_exception(error)

    threading.Thread(target=connect, daemon=True).start()
    return connected.result(1.5 * _SCHEDULER_SECONDS)


_OTHER_VERSION = (
    "has another version of this course's package. Install the same one on every machine, and "
    "start the workers again."
)


def ready(kind: str | None) -> bytes:
    """Say which grader this process is, if it can have a sandbox."""
    Box(kind).close()
    return version()


def judge_here(task: Task, kind: str | None) -> Result:
    """Judge a task in this process, in the sandbox that it keeps. Runs on any machine."""
    submission = read(task)
    preload = _preload(read_solution(task.material).needed, submission.needed)
    with _ONE_AT_A_TIME:  # a check catches what is printed, which belongs to the whole process
        for _ in range(_MOST_TRIES):
            try:
                if preload not in _BOXES:
                    _BOXES[preload] = Box(kind, preload)
                return judge(task, _BOXES[preload], submission)
            except (NoSandboxError, WarmProcessError) as error:  # also if killed as it started
                if preload in _BOXES:
                    _BOXES.pop(preload).close()
                lost = error
        raise GradingError(f"The sandbox was lost {_MOST_TRIES} times. {lost}")


def _preload(solution: Script, handed_in: Script) -> tuple[str, ...]:
    """List what a submission will find loaded.

    For the few who use scikit-learn where the lesson does not, another warm process would not pay.
    """
    modules: tuple[str, ...] = PRELOAD
    if solution.uses("sklearn"):
        modules += (_SCIKIT_LEARN,)
    if any(cells.uses("keras", "tensorflow") for cells in (solution, handed_in)):
        modules += (_KERAS,)
    return modules


_ONE_AT_A_TIME = threading.Lock()
_BOXES: dict[tuple[str, ...], Box] = {}


def _judged(
    tasks: Iterable[Task], executor: Executor | None, workers: int | None, kind: str | None
) -> Generator[tuple[Task, Result | str], None, None]:
    """Judge tasks, and hand out each one's result as it comes, or why there is none."""
    left = {task.student: task for task in tasks}
    tries = 0
    while left and tries < _MOST_TRIES:
        tries += 1
        with contextlib.ExitStack() as stack:
            pool = executor or stack.enter_context(Processes(workers))
            futures: dict[Future[Result], Task] = {}
            stack.callback(_cancel, futures)
            with contextlib.suppress(BrokenProcessPool):
                for task in left.values():
                    futures[pool.submit(judge_here, task, kind)] = task
            for future in as_completed(futures):
                task = futures[future]
                with contextlib.suppress(BrokenProcessPool):  # it stays among what is left
                    yield task, _came_of(future, task)
                    del left[task.student]
                    tries = 0
    for task in left.values():
        yield task, "the process that judges was ended from outside, again and again"


def _cancel(futures: Iterable[Future[Result]]) -> None:
    for future in futures:
        future.cancel()


def _came_of(future: Future[Result], task: Task) -> Result | str:
    """Take a task's result, or say why there is none although it was not cut short."""
    try:
        result = future.result()
    except (BrokenProcessPool, CancelledError):
        raise
    except Exception as error:
        if type(error).__name__ == "KilledWorker":  # of Dask, which need not be installed
            return "every worker that judged it was lost"
        return str(error) if isinstance(error, RuntimeError) else f"{type(error).__name__}: {error}"
    if result.key != task.key:
        raise GradingError(f"A worker {_OTHER_VERSION}")
    return result


def _material(course: Path, lesson: str) -> Material:
    known = lessons(course)
    if lesson not in known:
        raise GradingError(f"There is no lesson {lesson!r}. There are: {', '.join(known)}.")
    try:
        return Material.read(course, lesson, _seed(course))
    except FileNotFoundError as error:
        raise GradingError(
            f"{error.filename} is missing. Make the students' notebooks first: course release."
        ) from None


def _seed(course: Path) -> int:
    """Read the seed of the class, or draw one: the same for all, and for whoever grades again."""
    path = seed_path(course)
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        write_aside(path, f"{secrets.randbits(32)}\n")
    text = path.read_text(encoding="utf-8").strip()
    if not text.isdigit():
        raise GradingError(f"{path} must hold one whole number. Delete it to draw a new one.")
    return int(text)


def _handed_in(course: Path, lesson: str, students: Sequence[str] | None) -> Mapping[str, Path]:
    """Find the folders that were handed in for a lesson, by student."""
    submitted = course / SUBMITTED
    found = dict(_folders(course, lesson))
    if students is not None:
        wanted = _arguments.name_list("students", list(students), each="student")
        unknown = [name for name in wanted if name not in found]
        if unknown:
            raise GradingError(
                f"{', '.join(unknown)} handed in nothing for {lesson}: there is no "
                f"{SUBMITTED}/{unknown[0]}/{lesson}."
            )
        found = {name: found[name] for name in wanted}
    if not found and not _misnamed(course, lesson):
        raise GradingError(
            f"Nobody has handed in {lesson}: {submitted} holds no <student>/{lesson} folder. "
            "Collect first, with nbgrader collect or zip_collect."
        )
    return found


def _folders(course: Path, lesson: str) -> list[tuple[str, Path]]:
    return [(name, folder) for name, folder in _all_folders(course, lesson) if _is_text(name)]


def _misnamed(course: Path, lesson: str) -> dict[str, str]:
    """Say of each folder whose name is no text why nobody's results can be kept under it."""
    return {
        repr(name): "the name of the folder is not text in UTF-8, so give it the student's id"
        for name, _ in _all_folders(course, lesson)
        if not _is_text(name)
    }


def _all_folders(course: Path, lesson: str) -> list[tuple[str, Path]]:
    folders = sorted((course / SUBMITTED).glob(f"[!.]*/{lesson}"))
    return [(folder.parent.name, folder) for folder in folders]


def _is_text(name: str) -> bool:
    """Tell a name from bytes that Python could not read as UTF-8, which it keeps as half pairs."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def _task(material: Material, student: str, folder: Path) -> Task:
    found = collect(folder, material.lesson, partial(fit, material))
    return Task(material, student, found.notebook, found.files, found.notes, found.repairs)


def _require_everything(result: Result | str) -> Result:
    """Refuse to grade a lesson whose own solution does not earn everything."""
    if isinstance(result, str):
        raise GradingError(f"No marks were given: the solution could not be judged ({result}).")
    failed = [cell for cell in result.cells if cell.earned < cell.possible]
    if failed:
        told = "; ".join(f"{cell.grade_id}: {cell.message or cell.outcome}" for cell in failed)
        raise GradingError(
            f"No marks were given, because the solution of {result.lesson} itself fails. Correct "
            f"{'it' if len(failed) == 1 else 'these cells'} first, or its answers.py: {told}"
        )
    return result


def with_lateness(result: Result, *, is_late: bool) -> Result:
    """Say that a submission came late, where nothing graver is to be said."""
    if is_late and result.outcome in (Outcome.GRADED, Outcome.REPAIRED):
        return replace(result, outcome=Outcome.LATE)
    return result

"""The one writer: carries results into nbgrader's gradebook, ``autograded/`` and ``feedback/``.

All that is written can be made again from ``submitted/``, ``results/`` and what a person has marked
in the gradebook. nbgrader's own commands and its formgrader go on working on it.
"""

import contextlib
import secrets
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from course_utils.grading.database import (
    GradebookError,
    open_gradebook,
    open_to_write,
)
from course_utils.grading.marking.autograded import (
    Shown,
    read_work,
    show_work,
)
from course_utils.grading.marking.collecting import HandedIn, collect
from course_utils.grading.marking.entries import Entries, Work
from course_utils.grading.marking.feedback import make_page
from course_utils.grading.marking.master import Master
from course_utils.grading.marking.reading import UnreadableError
from course_utils.grading.marking.results import (
    RESULTS,
    Result,
    kept_result,
)
from course_utils.grading.marking.stage import Stage
from course_utils.grading.marking.submissions import fitness

SUBMITTED, AUTOGRADED, FEEDBACK = "submitted", "autograded", "feedback"
TIMESTAMP, _SECRET = "timestamp.txt", "submission_secret.txt"
#: What a text may show. The formgrader would serve anything else, too: a page with a script.
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_MOST_PICTURES_BYTES = 10_000_000


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
    master = Master.read(course, lesson)
    with contextlib.ExitStack() as open_things:
        # Whoever marks must not wait for this: only what is asked of the gradebook is under lock.
        stage = open_things.enter_context(Stage(course))
        works = [_prepare(course, master, result, stage) for result in results]
        book = open_things.enter_context(open_to_write(course))
        entries = Entries(book.db, master)
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
    master = Master.read(course, lesson)
    shown = _carried_before(course, lesson, students)
    changed = 0
    waiting: list[str] = []
    notes: list[str] = []
    with Stage(course) as stage, open_gradebook(course) as book:
        entries = Entries(book.db, master)
        entries.load(shown)
        results = {
            student: result
            for student, work in shown.items()
            if student in entries.found
            and (result := kept_result(course, lesson, student, work.key))
        }
        if lost := [student for student in shown if student not in results]:
            raise GradebookError(
                f"The gradebook or {RESULTS}/ has lost what {', '.join(lost)} earned for {lesson}. "
                f"Bring it back: course grade {lesson}"
            )
        for student, work in shown.items():
            entry = entries.found[student]
            page = make_page(results[student], work.answers, master.outline, entry.standing())
            changed += stage.add(_page(course, student, lesson), page.encode())
            for name in (TIMESTAMP, _SECRET):  # nbgrader's own command may have removed them
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
            f"fetches no page for them. Hand over {FEEDBACK}/<student>/{lesson}/{lesson}.html, or "
            "make a file for Moodle or Canvas with --for."
        )
    return Carried(len(shown), changed, tuple(waiting), notes=tuple(notes))


def _prepare(course: Path, master: Master, result: Result, stage: Stage) -> Work:
    """Make the notebook that a person reads, and put aside what else goes with it."""
    folder = course / SUBMITTED / result.student / master.lesson
    try:
        handed_in = collect(folder, master.lesson, partial(fitness, release=master.release))
    except OSError:
        handed_in = HandedIn(None)
    text, shown = show_work(handed_in.notebook or b"", master.release, result, master.models)
    target = course / AUTOGRADED / result.student / master.lesson
    notebook = target / f"{master.lesson}.ipynb"
    before = None
    if notebook.is_file():
        with contextlib.suppress(UnreadableError):  # it is written anew
            before = read_work(notebook)
    timestamp, told, notes = _timestamp(handed_in.of_nbgrader.get(TIMESTAMP))
    work = Work(result, shown, before, timestamp, notes)
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
        stage.add(place / TIMESTAMP, told.encode())
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
        return None, "", [f"{TIMESTAMP} holds no time, so it is not known when it was handed in."]


def _carried_before(course: Path, lesson: str, students: Iterable[str] | None) -> dict[str, Shown]:
    """Read the notebooks of a lesson that were carried, by student."""
    wanted = None if students is None else list(students)
    found = {}
    for path in sorted((course / AUTOGRADED).glob(f"[!.]*/{lesson}/{lesson}.ipynb")):
        student = path.parent.parent.name
        if wanted is None or student in wanted:
            try:
                shown = read_work(path)
            except UnreadableError as error:
                raise GradebookError(f"{error} Bring it back: course grade {lesson}") from None
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

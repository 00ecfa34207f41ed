"""What grades a class: `grade` and `report`."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from course_utils.cli.base import Course, clean, console, not_blank

if TYPE_CHECKING:
    from course_utils.grading.marking.gradebook import Carried
    from course_utils.grading.marking.results import Result

app = typer.Typer()


@app.command()
def grade(
    lessons: Annotated[list[str], typer.Argument(help="Lessons, as in 01_loading_data.")],
    course: Course = None,
    student: Annotated[
        list[str] | None,
        typer.Option(callback=not_blank, help="Whom to grade; by default all who handed in."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes; by default as many as pay, at most one a processor."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            callback=not_blank, help="Grade on the machines of a Dask scheduler: its address."
        ),
    ] = None,
    sandbox: Annotated[
        str | None,
        typer.Option(
            callback=not_blank, help="bubblewrap or landlock; by default the best there is."
        ),
    ] = None,
    unsafe: Annotated[
        bool, typer.Option("--unsafe", help="Run students' code without any sandbox.")
    ] = False,
) -> None:
    """Grade what students handed in, each in a sandbox of its own. Only what is new is judged.

    Marks go into nbgrader's gradebook, the notebooks for its formgrader into autograded/, and a
    page for each student into feedback/. Stopping with Ctrl-C loses nothing: the same command goes
    on where it stopped.

    Examples: course grade 02_one_hot_encoding · course grade 05_activations --student ada
    """
    from course_utils.grading.marking.grade import (
        UnjudgedError,
        grade_lesson,
        machines,
        with_lateness,
    )
    from course_utils.grading.marking.gradebook import carry
    from course_utils.grading.release import find_course
    from course_utils.sandbox.box import Box

    folder = find_course(course)
    if unsafe and sandbox is not None:
        raise typer.BadParameter("--unsafe runs code without any sandbox: leave out --sandbox.")
    terminal = console()
    with Box("unsafe" if unsafe else sandbox) as box:  # tried here, before any work begins
        kind = box.kind
        terminal.print(box.promise)
    unjudged: list[str] = []
    with nullcontext() if scheduler is None else machines(scheduler, kind) as executor:
        for lesson in lessons:
            with _Bar(lesson, terminal) as bar:
                try:
                    graded = grade_lesson(
                        folder,
                        lesson,
                        student,
                        executor=executor,
                        workers=workers,
                        kind=kind,
                        tell=bar.tell,
                    )
                except UnjudgedError as error:
                    graded = error.graded
                    unjudged.append(f"{lesson}: {error}")
            carried = carry(folder, lesson, [one.result for one in graded])
            results = [
                with_lateness(one.result, is_late=one.result.student in carried.late)
                for one in graded
            ]
            terminal.print(_marks(lesson, results, carried))
            n_new = sum(one.is_new for one in graded)
            terminal.print(f"{n_new} judged now, {len(graded) - n_new} as before.")
            if carried.waiting:
                terminal.print(
                    clean(f"Answers in words wait for you: {', '.join(carried.waiting)}.")
                )
            for note in carried.notes:
                terminal.print(clean(note))
    if unjudged:
        raise RuntimeError(" ".join(unjudged))


@app.command()
def report(
    lessons: Annotated[
        list[str] | None,
        typer.Argument(help="Lessons, as in 01_loading_data; by default all that were graded."),
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="The HTML page; by default report.html in the course.")
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(help="Also write a CSV table, a row for each graded cell of each student."),
    ] = None,
    anonymous: Annotated[
        bool, typer.Option("--anonymous", help="Leave out names, ids and remarks in code.")
    ] = False,
    course: Course = None,
) -> None:
    """Write a page on the class: outcomes, scores, exercises, misconceptions, work that is alike.

    Personal data lies in the course's folders submitted/, autograded/, feedback/ and results/, and
    in gradebook.db. To delete a student's: remove the folders of that name from the four, and run
    nbgrader db student remove ID --force. To delete a class's: remove all five. Reports and
    exports lie where you have put them.

    Examples: course report · course report 05_activations --csv cells.csv --anonymous
    """
    from course_utils.grading.marking.report import make_report
    from course_utils.grading.release import find_course

    folder = find_course(course)
    page = to or folder / "report.html"
    made = make_report(folder, lessons, anonymous=anonymous)
    made.write(page, csv)
    typer.echo(f"{len(made.lessons)} lessons, {made.n_students} students: {page}")
    if csv:
        typer.echo(f"The table: {csv}")
    if not anonymous:
        typer.echo("They name students. To pass one on, make it with --anonymous.")


class _Bar(Progress):
    """A progress bar that counts outcomes."""

    def __init__(self, lesson: str, terminal: Console) -> None:
        told = TextColumn("{task.fields[told]}", markup=False)
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            told,
        )
        super().__init__(*columns, TimeRemainingColumn(), console=terminal, transient=True)
        self._line = self.add_task(lesson, total=None, told="starting")
        self._counts: dict[str, int] = {}

    def tell(self, result: "Result", n_done: int, n_all: int) -> None:
        """Take note of a new result."""
        self._counts[result.outcome] = self._counts.get(result.outcome, 0) + 1
        told = ", ".join(f"{count} {outcome}" for outcome, count in self._counts.items())
        self.update(self._line, completed=n_done, total=n_all, told=told)


def _marks(lesson: str, results: "list[Result]", carried: "Carried") -> Table:
    table = Table("student", "points", "outcome", "notes", title=lesson)
    for result in results:
        possible = sum(cell.possible for cell in result.cells)
        points = f"{result.score:g}/{possible:g}"
        notes = clean(" ".join(result.notes))  # a student's code could write to the terminal
        table.add_row(clean(result.student), points, result.outcome, notes)
    for student in carried.missing:
        table.add_row(clean(student), "-", "missing", "")
    return table

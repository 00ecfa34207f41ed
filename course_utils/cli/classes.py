"""What starts a class, opens it, and shows where it stands: `new`, `update`, `teach`, `status`."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from course_utils.cli.base import Browser, Course, Lessons, Port, clean, console, not_blank

if TYPE_CHECKING:
    from course_utils.grading.school.standing import ClassStanding

app = typer.Typer()


@app.command()
def new(
    folder: Annotated[
        Path, typer.Argument(help="The class's new folder; its last part names the class.")
    ],
    lesson: Annotated[
        list[str] | None,
        typer.Option(
            callback=not_blank,
            help="A lesson, as in 01_loading_data; may be repeated. Default all.",
        ),
    ] = None,
    first_due: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help="The day at whose end the first lesson is due; by default nothing is due.",
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="Days from one due date to the next.")] = 7,
) -> None:
    """Start a class: a course of its own, with its lessons, due dates and gradebook.

    Everything in its solutions/ is yours to change: texts, points, exercises, lessons. After a
    change, `course release` makes the notebooks for students again. `course update` brings in a
    later edition and keeps your changes. All other commands work in the class's folder as they do
    in a checkout of the course.

    Examples: course new ../spring-2027 --first-due 2027-02-08 ·
    course new ../workshop --lesson 00_start_here --lesson 09_convolution
    """
    from course_utils.grading.release import make_release
    from course_utils.grading.school.classes import checkout, start_class

    day = first_due and first_due.date()
    started = start_class(checkout(), folder, lesson, day, days)
    table = Table("lesson", "due", box=SIMPLE_HEAD)
    for name, due in started:
        table.add_row(name, _moment(due))
    with console().status("Making the notebooks for students …"):
        make_release(folder)
    console().print(table)
    typer.echo(f"The class is in {folder}. Go there, take in your students, and hand out a lesson:")
    typer.echo("  course roster class.csv")
    typer.echo(f"  course assign {started[0][0]}")


@app.command()
def update(names: Lessons = None, course: Course = None) -> None:
    """Bring this edition of the course into a class, and keep what you have changed there.

    A lesson that students have handed in already stays as it is, unless you name it. Cells that
    both you and the new edition have changed keep your version; they are listed, and the new
    edition's version is in the folder .edition.

    Examples: course update · course update 11_going_further
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.school.classes import EDITION, checkout, update_class

    done = update_class(checkout(), find_course(course), names)
    for name in done.written:
        typer.echo(f"wrote {name}")
    for lesson, cells in done.conflicts:
        typer.echo(f"{lesson}: your version stays where both have changed: {', '.join(cells)}.")
        typer.echo(f"  The new edition's is in {EDITION}/solutions/{lesson}.")
    for name in done.beside:
        typer.echo(f"You have changed the file beside which {name} lies now. Compare the two.")
    for lesson in done.begun:
        typer.echo(f"{lesson} stays as it is: students have handed it in. To update it all the")
        typer.echo(f"  same: course update {lesson}")
    if any(name.endswith(".ipynb") for name in done.written):
        typer.echo("Make the notebooks for students again: course release")
    elif not done.written:
        typer.echo("The class has all of this edition.")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def teach(
    context: typer.Context,
    course: Course = None,
    browser: Browser = True,
    port: Port = None,
) -> None:
    """Open a course or class in JupyterLab with nbgrader's tools, which students do not see.

    It opens the formgrader, where you mark answers in words and change due dates. JupyterLab is
    under the same address with /lab at its end; it has *Create Assignment* for editing exercises
    and points. JupyterLab's own options can follow.

    Examples: course teach · course teach --no-browser --port 9000
    """
    from course_utils.grading.release import find_course
    from course_utils.jupyter.lab import INSTRUCTOR, serve

    folder = find_course(course)
    os.chdir(folder)  # nbgrader reads its settings from here
    for name, first in (
        ("JUPYTER_CONFIG_PATH", str(INSTRUCTOR)),
        ("PATH", str(Path(sys.executable).parent)),  # nbgrader calls the command alembic
    ):
        os.environ[name] = os.pathsep.join(filter(None, (first, os.environ.get(name))))
    typer.echo("The formgrader is starting.")
    serve(folder, "/formgrader", context.args, browser=browser, port=port, say=typer.echo)


@app.command()
def status(names: Lessons = None, course: Course = None) -> None:
    """Show where a class stands: what came in, what is graded, and what waits for you.

    Examples: course status · course status 02_one_hot_encoding
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.school.standing import read_standing

    standing = read_standing(find_course(course), names)
    console().print(_standing(standing))
    steps = [clean(step) for step in standing.next_steps]
    typer.echo("Next:" if steps else "Nothing waits for you.")
    for step in steps:
        typer.echo(f"  {step}")


def _standing(standing: "ClassStanding") -> Table:
    n_students = len(standing.students)
    table = Table("lesson", "due", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("handed in", "late", "to\ngrade", "to\nmark", "feed-\nback", "mean"):
        table.add_column(column, justify="right", no_wrap=True)
    for lesson in standing.lessons:
        counts = (lesson.late, lesson.to_grade, lesson.to_mark, lesson.feedback)
        table.add_row(
            lesson.name,
            _moment(lesson.due),
            f"{len(lesson.handed_in)} of {n_students}" if lesson.assigned else "-",
            *(str(len(who)) if who else "" for who in counts),
            "" if lesson.mean is None else f"{lesson.mean:.0%}",
        )
    return table


def _moment(due: datetime | None) -> str:
    return "" if due is None else due.strftime("%d %b %H:%M")

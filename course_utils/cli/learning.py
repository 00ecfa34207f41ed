"""What learners do with the course: `lab`, `doctor`, `next`, `review`."""

from typing import TYPE_CHECKING, Annotated

import typer

from course_utils.cli.base import Browser, Port

if TYPE_CHECKING:
    from course_utils.learner.folder import LearnersFolder

app = typer.Typer()

Folder = Annotated[
    str | None,
    typer.Argument(
        show_default=False,
        help="The folder of your notebooks; by default the one you are in, or "
        "`image-classification` in your home folder.",
    ),
]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    folder: Folder = None,
    browser: Browser = True,
    port: Port = None,
) -> None:
    """Open the course in JupyterLab, with the notebooks in a folder of your own.

    Lessons that are not there yet are copied into it. When the course has been updated, a lesson
    that you have not changed is replaced; beside one that you have changed, the new edition lies as
    <lesson>.new.ipynb. JupyterLab's own options can follow.

    Examples: course lab · course lab my-notebooks --no-browser --port 9000
    """
    from course_utils.jupyter.lab import serve
    from course_utils.learner.folder import FIRST_LESSON

    options = list(context.args)
    if folder is not None and folder.startswith("-"):  # an option of JupyterLab's
        options.insert(0, folder)
        folder = None
    mine = _folder(folder)
    delivery = mine.bring_lessons()
    typer.echo(f"Your notebooks are in {mine.path.resolve()}.")
    if delivery.beside:
        typer.echo("You have changed these lessons, so their new edition lies beside yours:")
        typer.echo("\n".join(f"  {name}" for name in delivery.beside))
    typer.echo("JupyterLab is starting.")
    serve(mine.path, FIRST_LESSON, options, browser=browser, port=port, say=typer.echo)


@app.command()
def doctor(folder: Folder = None) -> None:
    """Say in plain words what is wrong with the installation, and how to mend it.

    Looks at Python, the packages, the data, the memory and the disk, whether your work can be
    saved, and whether JupyterLab finds a port and a browser.

    Examples: course doctor · course doctor my-notebooks
    """
    from course_utils.doctor import examine
    from course_utils.environment import Report

    findings = []
    for finding in examine(_folder(folder).path):
        typer.echo(str(finding))
        findings.append(finding)
    report = Report(tuple(findings), again="run `course doctor` again")
    typer.echo(report.verdict)
    if not report.ready:
        raise typer.Exit(1)


@app.command("next")
def show_next(folder: Folder = None) -> None:
    """Show how far each lesson is, and which exercise comes next.

    An exercise counts as solved once its check has said so in a notebook that is saved.

    Examples: course next · course next my-notebooks
    """
    from course_utils.learner.standing import standing

    typer.echo("\n".join(standing(_folder(folder).path).overview()))


@app.command()
def review(folder: Folder = None) -> None:
    """Show what to read again: predictions that were wrong, the surest first, and failed checks.

    Examples: course review · course review my-notebooks
    """
    from course_utils.learner.standing import standing

    lines = list(standing(_folder(folder).path).review())
    typer.echo("\n".join(lines).rstrip() or "There is nothing that you would have to read again.")


def _folder(folder: str | None) -> "LearnersFolder":
    from course_utils.learner.folder import LearnersFolder, usual_folder

    return usual_folder() if folder is None else LearnersFolder(folder)

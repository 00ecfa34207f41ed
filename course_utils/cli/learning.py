"""What learners do with the course: `lab`."""

from pathlib import Path
from typing import Annotated

import typer

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
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser, or only serve.")
    ] = True,
    port: Annotated[
        int | None, typer.Option(help="The port; by default the first that is free from 8888 on.")
    ] = None,
) -> None:
    """Open the course in JupyterLab, with the notebooks in a folder of your own.

    Lessons that are not there yet are copied into it. When the course has been updated, a lesson
    that you have not changed is replaced; beside one that you have changed, the new edition lies as
    <lesson>.new.ipynb. JupyterLab's own options can follow.

    Examples: course lab · course lab my-notebooks --no-browser --port 9000
    """
    from course_utils.jupyter.lab import serve
    from course_utils.learner.folder import FIRST_LESSON, LearnersFolder, usual_folder

    options = list(context.args)
    if folder is not None and folder.startswith("-"):  # an option of JupyterLab's
        options.insert(0, folder)
        folder = None
    mine = usual_folder() if folder is None else LearnersFolder(folder)
    delivery = mine.bring_lessons()
    typer.echo(f"Your notebooks are in {Path(mine.path).resolve()}.")
    if delivery.beside:
        typer.echo("You have changed these lessons, so their new edition lies beside yours:")
        typer.echo("\n".join(f"  {name}" for name in delivery.beside))
    serve(mine.path, FIRST_LESSON, options, browser=browser, port=port, say=typer.echo)

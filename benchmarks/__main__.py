"""The command line: ``python -m benchmarks``."""

import importlib
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.processes import ROOT, page_of_process
from benchmarks.report import BenchmarkError, StoppedError, write_aside
from course_utils._arguments import nearest

# These train networks, or let answers to exercises do it: each loads Keras at once, so it gets a
# process of its own.
TRAINING = (
    "start_here",
    "scaling",
    "activations",
    "gradients",
    "training",
    "evaluation",
    "convolution",
    "depth",
    "evidence",
    "techniques",
    "good_practice",
    "colours",
    "transfer",
    "capstone",
    "own_pictures",
    "mutants",
)
BENCHMARKS = (
    "imports",
    "datasets",
    "notebooks",
    "binder",
    "explorers",
    "pointers",
    "grading",
    "beginners",
    "tutorials",
    *TRAINING,
)
RESULTS = ROOT / "benchmarks" / "results"
_EPILOG = (
    "Examples: python -m benchmarks · python -m benchmarks explorers imports · "
    'python -m benchmarks --quick · make benchmark ARGS="notebooks --quick"'
)

app = typer.Typer(add_completion=False, rich_markup_mode="markdown")


def check_names(names: list[str] | None) -> list[str]:
    """Return each name once, or all benchmarks; refuse an unknown one, and say the nearest."""
    for name in names or []:
        if name not in BENCHMARKS:
            near = nearest(name, BENCHMARKS)
            hint = f" Did you mean {near!r}?" if near else ""
            known = ", ".join(BENCHMARKS)
            raise typer.BadParameter(f"no benchmark {name!r}.{hint} There are {known}.")
    return list(dict.fromkeys(names or BENCHMARKS))


def run(name: str, *, quick: bool) -> str:
    """Run one benchmark; return its page."""
    if name in TRAINING:
        return page_of_process(name, quick=quick)
    return importlib.import_module(f"benchmarks.{name}").measure(quick=quick)


@app.command(epilog=_EPILOG)
def main(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAMES",
            callback=check_names,
            help=f"Which to run: {', '.join(BENCHMARKS)}. All by default.",
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Short runs that prove only that all of it works.")
    ] = False,
    results: Annotated[
        Path | None,
        typer.Option(help="Folder for NAME.md. By default benchmarks/results; with --quick, none."),
    ] = None,
) -> None:
    """Print every figure that the README and the lessons quote, as Markdown tables.

    Each table is also written to a file. Figures depend on the machine: close what else is
    running, and trust the ratios. A benchmark that fails does not stop the others; Ctrl-C does.
    """
    # Whoever ends this command also ends its server and browser: their `finally` must run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    folder = results or (None if quick else RESULTS)
    failed = False
    for name in names or BENCHMARKS:
        try:
            text = run(name, quick=quick)
        except BenchmarkError as error:
            typer.echo(f"benchmarks: {name}: {error}", err=True)
            failed = True
            continue
        except StoppedError as stopped:
            typer.echo(stopped)
            typer.echo(
                f"benchmarks: {name}: stopped; the same command goes on from here.", err=True
            )
            raise typer.Exit(130) from None
        except KeyboardInterrupt:
            typer.echo(f"benchmarks: {name}: stopped.", err=True)
            raise typer.Exit(130) from None
        typer.echo(text)
        if folder is not None:
            write_aside(text, folder / f"{name}.md")
    if failed:
        raise typer.Exit(1)


if __name__ == "__main__":
    app(prog_name="python -m benchmarks")

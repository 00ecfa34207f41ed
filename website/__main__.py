"""The command line: ``python -m website``."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from course_utils.grading.release import find_course

_EPILOG = (
    "Examples: python -m website · python -m website --live 02_one_hot_encoding · "
    "make site ARGS=--check"
)
_NEEDED = ("sphinx", "myst_nb", "sphinx_book_theme")

app = typer.Typer(add_completion=False)


@app.command(epilog=_EPILOG)
def main(
    live: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LESSON",
            help="Run only these lessons; the others show pictures in place of live explorers.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to build; by default build/site in the course.")
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Also follow each link, and visit each page in Chromium."),
    ] = False,
) -> None:
    """Build the course as a site of static pages, without answers, alive without a kernel.

    Lessons are run once, in minutes, and again only when they or the package change. Everything
    else takes seconds, and nothing needs a network.
    """
    if not all(map(find_spec, _NEEDED)):
        typer.echo(
            "website: Sphinx is not installed here. Run `pip install -e '.[site]'`, or `make "
            "site`, which brings it.",
            err=True,
        )
        raise typer.Exit(1)
    from website.building import build

    course = find_course(Path(__file__).parent)
    try:
        html = build(course, out or course / "build" / "site", live, typer.echo)
        faults = _faults(html) if check else []
    except (OSError, ValueError, RuntimeError) as error:
        typer.echo(f"website: {error}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"The site is in {html}; open {html / 'index.html'}.")
    for fault in faults:
        typer.echo(f"website: {fault}", err=True)
    if faults:
        raise typer.Exit(1)


def _faults(html: Path) -> list[str]:
    """Follow the links inside the site, and visit its pages."""
    from benchmarks.browser import browser
    from website.links import broken_links, pages_of
    from website.walking import walk

    with browser() as running:
        return broken_links(html) + walk(running, html, pages_of(html), typer.echo)


if __name__ == "__main__":
    app(prog_name="python -m website")

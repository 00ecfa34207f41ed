"""Building the site: everything beside the pages in ``sphinx/``, and Sphinx writes the rest."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from course_utils.grading.release import GLOSSARY, RELEASE, lessons
from website.contents import contents_page, reference_pages
from website.cover import write_cover
from website.leaks import leaks
from website.lessons import write_lesson
from website.misconceptions import misconceptions_page
from website.readme import link_readme
from website.running import is_kept, run_lesson

_HERE = Path(__file__).parent


class SiteError(RuntimeError):
    """The site could not be built. The old one is still in place."""


def build(
    course: Path,
    out: Path,
    live: Sequence[str] | None = None,
    tell: Callable[[str], Any] = lambda line: None,
) -> Path:
    """Build the site into ``out/html``, and return where it is.

    Explorers come alive in all lessons, or in those named `live`; in the others they show their
    pictures, and nothing is run for them.
    """
    names = lessons(course)
    unknown = [name for name in live or [] if name not in names]
    if unknown:
        raise ValueError(f"There is no lesson {unknown[0]!r}. There are: {', '.join(names)}.")
    alive = names if live is None else live
    cache = course / ".cache" / "website"
    source = out / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.copytree(_HERE / "sphinx", source)
    for name in names:
        ran = None
        if name in alive:
            if not is_kept(course, name, cache):
                tell(f"running {name}, once until it changes")
            ran = run_lesson(course, name, cache)
        write_lesson(course, name, source, ran)
    write_cover(source)
    shutil.copy(course / RELEASE / GLOSSARY, source / GLOSSARY)
    shutil.copytree(course / "docs", source / "handbook")
    _write(source / "contents.md", contents_page(course))
    _write(source / "misconceptions.md", misconceptions_page(course))
    for name, page in reference_pages().items():
        _write(source / "reference" / f"{name}.md", page)
    tell("rendering")
    html = _render(course, source, out)
    if link_readme(course):
        tell("README.md: the lessons' links to the site are up to date")
    return html


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _render(course: Path, source: Path, out: Path) -> Path:
    """Let Sphinx write the site beside the old one, and only then put it in its place."""
    made, html = out / "made", out / "html"
    shutil.rmtree(made, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "sphinx", "--builder", "html", "--quiet", "--fail-on-warning"),
        *("--keep-going", "--doctree-dir", str(out / "doctrees"), str(source), str(made)),
    ]
    path = os.pathsep.join(filter(None, [str(course), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": path}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SiteError(
            f"Sphinx could not write the site; {html} is as it was. It said:\n{run.stderr.strip()}"
        )
    leaked = leaks(course, made)
    if leaked:
        raise SiteError(
            f"Answers would be on the site, so {html} is as it was: {'; '.join(leaked)}"
        )
    shutil.rmtree(html, ignore_errors=True)
    made.replace(html)
    return html

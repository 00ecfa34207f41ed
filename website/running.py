"""Running the lessons, for the state of their widgets. A run is kept until its content changes."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from course_utils._files import write_aside
from course_utils.grading.outputs import run_notebook
from course_utils.grading.release import SOLUTIONS, read_notebook

#: Parts of the package that no lesson runs.
_NOT_RUN = {"cli", "grading", "sandbox"}


def run_lesson(course: Path, lesson: str, cache: Path) -> Any:
    """Return a solution as it is after a run, the state of its widgets with it."""
    path = course / SOLUTIONS / lesson / f"{lesson}.ipynb"
    kept = cache / f"{lesson}-{_fingerprint(course, path)}.ipynb"
    if not kept.exists():
        cache.mkdir(parents=True, exist_ok=True)
        write_aside(kept, nbformat.writes(_run(path)))
        for old in set(cache.glob(f"{lesson}-*.ipynb")) - {kept}:
            old.unlink()
    return read_notebook(kept)


def _run(path: Path) -> Any:
    """Run a copy of a solution without its checks, which no page shows.

    Its folder is of its own, because lessons write files beside themselves, and the predictions of
    whoever builds the site do not belong on a page.
    """
    notebook = read_notebook(path)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = ""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.stem / path.name
        copy.parent.mkdir()
        nbformat.write(notebook, copy)
        return run_notebook(copy, widgets=True)


def is_kept(course: Path, lesson: str, cache: Path) -> bool:
    """Tell whether a run of the lesson as it is now is kept."""
    path = course / SOLUTIONS / lesson / f"{lesson}.ipynb"
    return (cache / f"{lesson}-{_fingerprint(course, path)}.ipynb").exists()


def _fingerprint(course: Path, path: Path) -> str:
    """Sum up all that what a lesson shows depends on: its cells, the package, and the versions."""
    digest = hashlib.sha256()
    for cell in read_notebook(path).cells:
        if cell.cell_type == "code":
            digest.update(f"{cell.id}\n{cell.source}\n".encode())
    for file in _files(course):
        digest.update(f"{file.relative_to(course).as_posix()}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files(course: Path) -> Iterator[Path]:
    package = course / "course_utils"
    for folder, names, files in os.walk(package):
        names[:] = sorted(set(names) - {"__pycache__"})
        if Path(folder) == package:
            names[:] = sorted(set(names) - _NOT_RUN)
        yield from (Path(folder) / name for name in sorted(files))
    yield from sorted(course.glob("requirements/course.lock.txt"))

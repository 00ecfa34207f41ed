"""Making what students get from the solutions, so that a failure costs nothing."""

import fnmatch
import json
import re
import tempfile
from pathlib import Path
from typing import Any

from traitlets.config.loader import PyFileConfigLoader

from course_utils import _arguments
from course_utils._files import where_it_stopped, write_aside
from course_utils.grading import _nbgrader
from course_utils.grading.glossary import make_glossary
from course_utils.learner.folder import RECORD

SOLUTIONS = "solutions"
RELEASE = "notebooks"
DEFINITIONS = "glossary.toml"
GLOSSARY = "glossary.md"
CONFIG = "nbgrader_config.py"


class ReleaseError(RuntimeError):
    """The release could not be made. The old one is still in place."""


def find_course(start: Path | None = None) -> Path:
    """Find the course, here or above `start`: the folder with nbgrader's configuration."""
    begin = Path.cwd() if start is None else _arguments.path("start", start).resolve()
    for folder in (begin, *begin.parents):
        if (folder / CONFIG).is_file() and (folder / SOLUTIONS).is_dir():
            return folder
    raise FileNotFoundError(
        f"{begin} is not in a course: no folder above it holds {CONFIG} and {SOLUTIONS}/. "
        "Go to the course's folder, or name it with --course."
    )


def lessons(course: Path) -> list[str]:
    """Name a course's lessons in order, as in ``["00_start_here", "01_loading_data"]``."""
    solutions = _arguments.folder("course", course) / SOLUTIONS
    if not solutions.is_dir():
        raise FileNotFoundError(
            f"`course` must hold {SOLUTIONS}/; there is none in {course}. Pass find_course()."
        )
    return sorted({path.parent.name for path in solutions.glob("*/*.ipynb")})


def read_config(course: Path) -> Any:
    """Read nbgrader's configuration of a course, or say where it stops."""
    lessons(course)  # requires a course
    path = course / CONFIG
    try:
        return PyFileConfigLoader(CONFIG, path=str(course)).load_config()
    except SyntaxError:  # which names the file itself
        raise
    except Exception as error:
        raise ValueError(where_it_stopped(path, error)) from error


def read_notebook(path: Path) -> Any:
    """Read a notebook of format 4, or report in one sentence what the file is instead."""
    import nbformat  # it takes a second, which would delay a graded cell

    path = _arguments.path("path", path)
    wanted, restore = f"{path} must be a notebook", f"Get a good one back: git restore {path}"
    if path.is_dir():
        raise IsADirectoryError(f"{wanted}; it is a folder. Move it away. {restore}")
    if not path.is_file():
        raise FileNotFoundError(
            f"{wanted}; there is no such file. Check the spelling, as in "
            "solutions/<lesson>/<lesson>.ipynb."
        )
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if text.strip() else None
    except UnicodeDecodeError:
        raise ValueError(f"{wanted}; it is not text in UTF-8. {restore}") from None
    except json.JSONDecodeError as error:
        mark = re.search(r"^<<<<<<< .*", text, flags=re.MULTILINE)
        if mark is not None:
            line = text.count("\n", 0, mark.start()) + 1
            raise ValueError(
                f"{wanted}; it holds a merge conflict, from line {line} on. Settle it, or take one "
                f"side whole: git checkout --ours {path} (or --theirs)"
            ) from None
        line = error.lineno
        raise ValueError(f"{wanted}; it is not JSON, as line {line} shows. {restore}") from None
    if content is None:
        raise ValueError(f"{wanted}; it is empty. {restore}")
    if not isinstance(content, dict) or content.get("nbformat") != 4:
        raise ValueError(f"{wanted}; it is JSON of another kind. {restore}")
    try:
        nbformat.validate(content)
    except nbformat.ValidationError as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(f"{wanted} of format 4; it breaks it: {reason}. {restore}") from None
    return nbformat.v4.reads(text)


def build_release(course: Path, destination: Path) -> None:
    """Generate every lesson with nbgrader, into an empty folder and without a database.

    Where solutions/ has definitions of terms, a glossary goes beside the lessons.
    """
    names = lessons(course)
    destination = _arguments.folder("destination", destination)
    for name in names:
        read_notebook(course / SOLUTIONS / name / f"{name}.ipynb")
    status, log = _nbgrader.run(
        course,
        *("generate_assignment", "--assignment=*", "--no-db"),
        f"--CourseDirectory.root={course}",
        f"--CourseDirectory.release_directory={destination}",
    )
    missing = [name for name in names if not (destination / name).is_dir()]
    if status or missing:
        raise ReleaseError(
            f"nbgrader could not generate {', '.join(missing) or 'the lessons'}; "
            f"{RELEASE}/ is as it was. Correct what it said: {_nbgrader.reason(log)}"
        )
    definitions = course / SOLUTIONS / DEFINITIONS
    if definitions.is_file():
        page = make_glossary(definitions, destination)
        (destination / GLOSSARY).write_text(page, encoding="utf-8", newline="\n")


def differences(course: Path, built: Path) -> list[str]:
    """List the differences, one line per file, between a release and one built from scratch."""
    lessons(course)  # requires a course
    fresh = _files(_arguments.folder("built", built), [])
    present = _files(course / RELEASE, [*_ignored(course), _OF_LEARNERS, RECORD])
    lines = [f"{RELEASE}/{name} is missing" for name in sorted(fresh - present)]
    lines += [f"{RELEASE}/{name} should not be there" for name in sorted(present - fresh)]
    for name in sorted(fresh & present):
        if (built / name).read_bytes() != (course / RELEASE / name).read_bytes():
            lines.append(f"{RELEASE}/{name} differs from what its solution gives")
    return lines


def check_release(course: Path) -> list[str]:
    """List how the release differs from the current solutions, without writing anything."""
    with tempfile.TemporaryDirectory() as folder:
        build_release(course, Path(folder))
        return differences(course, Path(folder))


def make_release(course: Path) -> list[str]:
    """Replace what differs in the release, each file in one step, and list what was written."""
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder)
        build_release(course, built)
        written = []
        for name in sorted(_files(built, [])):
            target = course / RELEASE / name
            if target.exists() and target.read_bytes() == (built / name).read_bytes():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            write_aside(target, (built / name).read_text(encoding="utf-8"))
            written.append(f"{RELEASE}/{name}")
        return written


#: What lessons write beside a learner's notebook. nbgrader hands it in, so it is not in its list.
_OF_LEARNERS = "my_*"


def _files(folder: Path, ignored: list[str]) -> set[str]:
    """List the files below a folder, without those that do not belong to a release."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and not any(
            fnmatch.fnmatch(part, pattern)
            for part in path.relative_to(folder).parts
            for pattern in ignored
        )
    }


def _ignored(course: Path) -> list[str]:
    """Read from nbgrader's configuration which files it leaves out."""
    return list(read_config(course).CourseDirectory.get("ignore", []))

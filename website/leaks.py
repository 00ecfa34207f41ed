"""Whether an answer has reached the site: the build looks for each, and refuses to go on."""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

from course_utils.grading.release import RELEASE, SOLUTIONS, lessons, read_notebook

_SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
#: What may be looked into: text of any kind that a browser gets.
_TEXT = {".html", ".js", ".txt", ".json", ".md", ".ipynb", ".py", ".inv"}
#: Of a body that nobody would write by chance.
_LEAST_SIGNS = 30
_HIDDEN = "course_utils.grading.hidden"


def answers_of(course: Path) -> dict[str, str]:
    """Return each answer of the course that its release does not show, without white space.

    These are what solution cells hold, model answers in words, and the bodies of the functions in
    ``answers.py``. By the answer stands where it is from.
    """
    released = "".join(
        _bare(cell.source)
        for lesson in lessons(course)
        for cell in read_notebook(course / RELEASE / lesson / f"{lesson}.ipynb").cells
    )
    found = {}
    for lesson in lessons(course):
        folder = course / SOLUTIONS / lesson
        for cell in read_notebook(folder / f"{lesson}.ipynb").cells:
            marks = cell.metadata.get("nbgrader", {})
            blocks = [cell.source] if cell.cell_type == "markdown" and marks else []
            for block in blocks + _SOLUTION.findall(cell.source):
                found[_bare(block)] = f"{lesson}, cell {cell.id}"
        for name, body in _bodies(folder / "answers.py"):
            found[_bare(body)] = f"{lesson}, {name} in answers.py"
    return {answer: where for answer, where in found.items() if answer not in released}


def _bodies(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the body of each function that is more than a few signs long."""
    text = path.read_text(encoding="utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            lines = text.splitlines()[node.body[0].lineno - 1 : node.body[-1].end_lineno]
            body = "\n".join(lines)
            if len(_bare(body)) >= _LEAST_SIGNS:
                yield node.name, body


def leaks(course: Path, site: Path) -> list[str]:
    """List the answers and hidden tests that stand somewhere in the site, and where."""
    answers = answers_of(course)
    faults = []
    for path in sorted(site.rglob("*")):
        if path.suffix not in _TEXT or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        text = _TAG.sub("", text) if path.suffix == ".html" else re.sub(r"\\[nrt]", "", text)
        bare = _bare(html.unescape(text).replace('\\"', '"'))
        name = path.relative_to(site).as_posix()
        faults += [f"{name} holds the answer of {answers[a]}" for a in answers if a in bare]
        if _HIDDEN in bare:
            faults.append(f"{name} holds a hidden test")
    return faults


def _bare(text: str) -> str:
    return re.sub(r"\s|¶", "", text)

"""The pages that are made of the course: what is in it, and the reference of its package."""

import importlib
import inspect
import re
from pathlib import Path

from course_utils.grading.release import RELEASE, read_notebook
from course_utils.grading.workload import Workload, workloads
from website.lessons import review

#: What lessons and instructors import, in the order of the reference.
MODULES = (
    "datasets",
    "preprocessing",
    "networks",
    "training",
    "evaluation",
    "experiments",
    "plots",
    "explorers",
    "predictions",
    "lessons",
    "pretrained",
    "environment",
)


def contents_page(course: Path) -> str:
    """Write the table of contents: how long each lesson takes, and what one can do after it."""
    measured = workloads(course)
    required = sum(workload.minutes for workload in measured if workload.required)
    lines = [
        "# Contents",
        "",
        "Lessons build on one another, so take them in order. The times are estimates by one "
        "formula, for a reader who knows some Python and meets the subject for the first time. "
        f"The required lessons take about {round(required / 60)} hours in all, without the "
        "capstone's own project.",
        "",
        "| lesson | minutes | predictions | explorers | exercises |",
        "|---|--:|--:|--:|--:|",
        *map(_row, measured),
        "",
        "## Your predictions",
        "",
        review(),
        "",
        "## What you can do after each lesson",
    ]
    for workload in measured:
        lines += ["", f"### {_link(workload)}", "", *_promise(course, workload.name)]
    return "\n".join([*lines, ""])


def _link(workload: Workload) -> str:
    return f"[{workload.title}]({workload.name}/{workload.name}.ipynb)"


def _row(workload: Workload) -> str:
    numbers = (
        workload.minutes,
        len(workload.right_places),
        workload.explorers,
        len(workload.solutions),
    )
    cells = [_link(workload), *map(str, numbers)]
    return f"| {' | '.join(cells)} |"


def _promise(course: Path, lesson: str) -> list[str]:
    """Return what a lesson's first cell promises: the sentence in bold, and the list below it."""
    first = read_notebook(course / RELEASE / lesson / f"{lesson}.ipynb").cells[0].source
    sentence = re.search(r"^\*\*(.+)\*\*$", first, flags=re.MULTILINE)
    abilities = re.findall(r"^- .+$", first, flags=re.MULTILINE)
    if not sentence or not abilities:
        raise ValueError(
            f"The first cell of {lesson} must say in bold what one does there, and in a list what "
            "one can do afterwards. Compare it with another lesson's."
        )
    return [sentence[1], "", *abilities]


def reference_pages() -> dict[str, str]:
    """Write a page for each module of the package: all that it exports, from the docstrings."""
    pages = {name: _reference(f"course_utils.{name}") for name in MODULES}
    lines = [
        "# Reference",
        "",
        "The package behind the notebooks, from its docstrings. In a notebook, `help(function)` "
        "shows the same.",
        "",
        "```{toctree}",
        ":maxdepth: 1",
        *MODULES,
        "```",
        "",
    ]
    return {"index": "\n".join(lines), **pages}


def _reference(name: str) -> str:
    module = importlib.import_module(name)
    lines = [f"# `{name}`", "", "```{eval-rst}", f".. automodule:: {name}", ""]
    for public in _exported(module, name):
        kind = "class" if isinstance(getattr(module, public), type) else "function"
        lines.append(f".. auto{kind}:: {name}.{public}")
    return "\n".join([*lines, "```", ""])


def _exported(module: object, name: str) -> list[str]:
    """Name what a module offers: what it lists, or else the functions and classes written in it."""
    offered = {
        public: value
        for public, value in vars(module).items()
        if isinstance(value, type) or inspect.isfunction(value)
    }
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return sorted(set(listed) & offered.keys())
    return sorted(
        public
        for public, value in offered.items()
        if not public.startswith("_") and value.__module__ == name
    )

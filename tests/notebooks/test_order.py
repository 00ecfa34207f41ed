"""The folders' names put the lessons in order; whatever repeats that order follows it."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import COURSE, LESSONS, read

from course_utils.grading.workload import workloads
from course_utils.learner.folder import FIRST_LESSON

#: Where lessons are called by the names of their folders.
MENTIONS = [
    COURSE / "README.md",
    COURSE / "CONTRIBUTING.md",
    COURSE / "Makefile",
    *sorted((COURSE / "course_utils").rglob("*.py")),
    *sorted((COURSE / "benchmarks").rglob("*.py")),
    *sorted((COURSE / "benchmarks").rglob("*.md")),
]


def text_cells(lesson: str) -> list[Any]:
    return [cell for cell in read("solutions", lesson).cells if cell.cell_type == "markdown"]


def test_the_readme_lists_all_lessons_in_order_by_their_titles() -> None:
    readme = (COURSE / "README.md").read_text(encoding="utf-8")
    row = r"^\| \[(\S+) ([^]]+)\]\(notebooks/([^)]+)\)( \(optional\))? \|"
    expected = []
    for workload in workloads(COURSE):
        number, name = workload.name.partition("_")[0], workload.name
        title = workload.title.removesuffix(" (optional)").partition(":")[0]
        mark = " (optional)" if workload.optional else ""
        expected.append((number, title, f"{name}/{name}.ipynb", mark))
    assert re.findall(row, readme, flags=re.MULTILINE) == expected


@pytest.mark.parametrize(("lesson", "following"), list(pairwise(LESSONS)))
def test_a_lesson_ends_with_a_link_to_the_next(lesson: str, following: str) -> None:
    last = text_cells(lesson)[-1].source
    assert last.startswith("## Next\n")
    assert f"](../{following}/{following}.ipynb)" in last


@pytest.mark.parametrize("kind", ["solutions", "notebooks"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_every_relative_link_leads_somewhere(lesson: str, kind: str) -> None:
    text = "\n".join(cell.source for cell in text_cells(lesson))
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    # The glossary is made by the release, so a solution has none beside it.
    folders = {link: "notebooks" if link == "../glossary.md" else kind for link in links}
    dead = [link for link in links if not (COURSE / folders[link] / lesson / link).exists()]
    assert dead == []


def test_the_course_opens_at_the_first_lesson() -> None:
    assert f"{LESSONS[0]}/{LESSONS[0]}.ipynb" == FIRST_LESSON


@pytest.mark.parametrize("path", MENTIONS, ids=lambda path: path.relative_to(COURSE).as_posix())
def test_whatever_is_called_like_a_lesson_is_one(path: Path) -> None:
    called = re.findall(r"\b\d\d[a-z]?_[a-z]\w+", path.read_text(encoding="utf-8"))
    assert sorted(set(called) - set(LESSONS)) == []

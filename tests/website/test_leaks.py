"""No answer and no hidden test is on the site, and one that was would be found."""

import shutil
from pathlib import Path

import pytest
from built_site import Site
from course_notebooks import COURSE, read

from website.leaks import answers_of, leaks

LESSON = "02_one_hot_encoding"


def test_no_answer_is_on_the_site(site: Site) -> None:
    assert leaks(COURSE, site.html) == []


def test_no_answer_is_in_what_the_site_is_made_of(site: Site) -> None:
    assert leaks(COURSE, site.source) == []


def test_each_exercise_has_answers_that_are_looked_for() -> None:
    places = " ".join(answers_of(COURSE).values())
    cells = [cell for cell in read("solutions", LESSON).cells if "nbgrader" in cell.metadata]
    answered = [cell.id for cell in cells if cell.metadata.nbgrader.solution]
    assert [cell for cell in answered if f"{LESSON}, cell {cell}" not in places] == []
    assert f"{LESSON}, _reference_verdict in answers.py" in places


@pytest.mark.parametrize("place", ["page.html", "state.js", "searchindex.js", "source.txt"])
def test_an_answer_would_be_found(tmp_path: Path, place: str) -> None:
    cell = next(c for c in read("solutions", LESSON).cells if c.id == "is-one-hot-solution")
    lines = [f"<span>{line.replace('<', '&lt;')}</span>" for line in cell.source.splitlines()]
    text = "\n".join(lines) if place.endswith("html") else cell.source.replace("\n", "\\n")
    (tmp_path / place).write_text(text, encoding="utf-8")
    assert leaks(COURSE, tmp_path) == [
        f"{place} holds the answer of {LESSON}, cell is-one-hot-solution"
    ]


def test_a_hidden_test_would_be_found(tmp_path: Path) -> None:
    shutil.copy(COURSE / "solutions" / LESSON / f"{LESSON}.ipynb", tmp_path)
    assert f"{LESSON}.ipynb holds a hidden test" in leaks(COURSE, tmp_path)

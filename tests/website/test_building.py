"""A build that fails leaves the old site in place, and says what to do."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import COURSE

from website import building
from website.cover import write_cover


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with an old site in it."""
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "index.html").write_text("old")
    return tmp_path


def sphinx(monkeypatch: Any, returncode: int) -> None:
    """Put something in Sphinx's place that takes no time."""

    def run(command: list[str], **given: Any) -> Any:
        Path(command[-1]).mkdir()
        Path(command[-1], "index.html").write_text("new")
        return subprocess.CompletedProcess(command, returncode, "", "index.md:3: no such page\n")

    monkeypatch.setattr(building.subprocess, "run", run)


def test_a_new_site_takes_the_place_of_the_old_one(out: Path, monkeypatch: Any) -> None:
    sphinx(monkeypatch, 0)
    html = building._render(COURSE, out / "source", out)
    assert (html / "index.html").read_text() == "new"


def test_where_sphinx_finds_a_fault_the_old_site_stays(out: Path, monkeypatch: Any) -> None:
    sphinx(monkeypatch, 1)
    with pytest.raises(building.SiteError, match=r"is as it was. It said:\nindex.md:3: no such"):
        building._render(COURSE, out / "source", out)
    assert (out / "html" / "index.html").read_text() == "old"


def test_where_an_answer_stands_on_a_page_the_old_site_stays(out: Path, monkeypatch: Any) -> None:
    sphinx(monkeypatch, 0)
    monkeypatch.setattr(building, "leaks", lambda course, site: ["a.html holds the answer of b"])
    with pytest.raises(building.SiteError, match="as it was: a.html holds the answer of b"):
        building._render(COURSE, out / "source", out)
    assert (out / "html" / "index.html").read_text() == "old"


def test_an_unknown_lesson_is_named_before_anything_is_done(out: Path) -> None:
    command = [sys.executable, "-m", "website", "--live", "02_one_hot", "--out", str(out)]
    run = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr.startswith("website: There is no lesson '02_one_hot'. There are: 00_start")
    assert [path.name for path in out.iterdir()] == ["html"]


def test_a_cover_without_a_place_for_the_pad_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# The course\n")
    with pytest.raises(ValueError, match="write DRAWING PAD on its own line"):
        write_cover(tmp_path)

"""What `make lab` opens, and what it leaves behind."""

import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from lab_page import OpenLesson


def test_it_opens_the_course_at_its_first_lesson(lab: Any) -> None:
    with urllib.request.urlopen(lab.address) as page:
        assert page.url.endswith("/lab/tree/00_start_here/00_start_here.ipynb")


def test_the_last_line_that_it_prints_is_the_address_and_how_to_stop(lab: Any) -> None:
    lines = lab.log.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Your notebooks are in ")
    assert re.fullmatch(rf"The course is open at {lab.address}/lab\S+  Ctrl\+C .*", lines[-1])
    assert len(lines) <= 3


def test_it_leaves_nothing_in_the_home_folder(lab: Any) -> None:
    assert list(lab.home.iterdir()) == []


@pytest.fixture(scope="module")
def page(lab: Any, chromium: Any) -> Iterator[Any]:
    """The first visit of someone whose window is as narrow as a phone."""
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    OpenLesson("00_start_here", page).open_only(lab.url("00_start_here"))
    yield page
    page.close()


def test_it_warns_of_nothing_in_the_terminal(lab: Any, page: Any) -> None:
    said = lab.log.read_text(encoding="utf-8").splitlines()
    warnings = [line for line in said if re.match(r"\[[WEC] |.*\b(WARNING|ERROR)\b", line)]
    of_tests = "All authentication is disabled."  # which only tests ask for
    of_a_busy_machine = "WebSocket ping timeout"  # the page was out of breath for half a minute
    expected = (of_tests, of_a_busy_machine, "is not trusted")
    assert [line for line in warnings if not any(part in line for part in expected)] == []
    assert "language-server" not in "".join(said)


def test_the_lesson_has_the_room_that_the_file_browser_would_take(page: Any) -> None:
    page.wait_for_selector(".jp-FileBrowser", state="hidden")
    assert page.locator(".jp-Notebook").bounding_box()["width"] >= 300


def test_students_see_none_of_nbgraders_tools(page: Any) -> None:
    for words in ("Nbgrader", "Create Assignment", "Validate", "Formgrader"):
        assert page.get_by_text(words, exact=True).count() == 0

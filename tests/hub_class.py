"""The class of `make hub-demo`, and what its people do in the browser."""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from course_notebooks import COURSE, lesson_on
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

INSTRUCTOR, RIGHT, WRONG = "demo-ada", "demo-lin", "demo-sam"
NAME = "image-classification"
LESSON = lesson_on("one_hot_encoding")
#: The question that a person marks.
TEXT = "own_words"
_PROXY = COURSE / "hub" / "node_modules" / ".bin" / "configurable-http-proxy"
_MILLISECONDS = 120_000


class Class(NamedTuple):
    """A hub with a class on it."""

    address: str
    password: str
    process: subprocess.Popen[str]

    @property
    def service(self) -> str:
        """Where the instructors' own server is."""
        return f"{self.address}/services/{NAME}"

    @property
    def exchange(self) -> Path:
        """Where the class exchanges its files."""
        return home(INSTRUCTOR).parent / "class" / "exchange" / NAME


def home(name: str) -> Path:
    """Say where somebody's files are."""
    return Path(pwd.getpwnam(name).pw_dir)


@contextlib.contextmanager
def running_demo() -> Iterator[Class]:
    """Run `make hub-demo`; skip where there can be no class."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can make a class of real users")
    if not _PROXY.exists() and not shutil.which(_PROXY.name):
        pytest.skip(f"the hub's proxy is missing: make {_PROXY.relative_to(COURSE)}")
    process = subprocess.Popen(
        [sys.executable, COURSE / "hub" / "demo.py"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        said = _said_at_the_start(process)
        password = re.search(r"password +(\S+)", said)[1]
        yield Class(re.search(r"http://\S+", said)[0], password, process)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _said_at_the_start(process: subprocess.Popen[str]) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Ctrl+C"):
            return said
    process.wait()
    (pytest.skip if "may mount folders" in said else pytest.fail)(said)
    raise AssertionError


class People(dict[str, Any]):
    """A page for each who has logged in, by their names."""

    def __init__(self, demo: Class, chromium: Any) -> None:
        super().__init__()
        self.demo = demo
        self.chromium = chromium

    def __missing__(self, name: str) -> Any:
        context = self.chromium.new_context(viewport={"width": 1280, "height": 900})
        page = self[name] = context.new_page()
        page.set_default_timeout(_MILLISECONDS)
        page.goto(self.demo.address)
        page.locator("#username_input").fill(name)
        page.locator("#password_input").fill(self.demo.password)
        page.locator("#login_submit").click()
        return page


# The instructor --------------------------------------------------------------------------------


def press(page: Any, column: str) -> str:
    """Press what a column of the formgrader offers for the lesson; return what it answers."""
    row = page.locator("tr", has=page.locator(".name", has_text=LESSON))
    row.locator(f".{column} a").click()
    answer = page.locator(".modal.in").last
    answer.wait_for()
    said = answer.inner_text()
    answer.get_by_role("button", name="OK").click()
    answer.wait_for(state="hidden")
    return said


def mark(page: Any, demo: Class, student: str, points: str, comment: str) -> None:
    """Mark what a student wrote in the lesson's question, in the formgrader."""
    page.goto(f"{demo.service}/formgrader/manage_students/{student}/{LESSON}")
    page.locator("table a", has_text=LESSON).last.click()
    page.wait_for_function("document.querySelector('#is_one_hot_check')?.placeholder")
    for selector, given in ((f"#{TEXT}", points), (f"#{TEXT}-comment", comment)):
        with page.expect_response(lambda response: response.request.method == "PUT"):
            page.locator(selector).fill(given)
            page.locator(selector).blur()


# Everyone ---------------------------------------------------------------------------------------


def menu(page: Any, name: str, *entries: str) -> None:
    """Choose an entry of JupyterLab's menus."""
    page.locator(".lm-MenuBar-itemLabel").get_by_text(name, exact=True).click()
    for entry in entries:
        page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).last.click()


def in_a_terminal(page: Any, name: str, commands: Sequence[str]) -> list[tuple[int, str]]:
    """Type commands into a new terminal; return the exit status of each, and what it said."""
    menu(page, "File", "New", "Terminal")
    page.locator(".jp-Terminal .xterm-screen:visible").last.click()
    found = []
    for command in commands:
        page.keyboard.insert_text(f"{command} > ~/said 2>&1; echo $? > ~/status")
        page.keyboard.press("Enter")
        status = home(name) / "status"
        for _ in range(_MILLISECONDS // 200):
            if status.exists() and status.read_text().strip():
                break
            page.wait_for_timeout(200)
        found.append((int(status.read_text()), (home(name) / "said").read_text()))
        status.unlink()
    return found


# Students ---------------------------------------------------------------------------------------


def assignments(page: Any) -> Any:
    """Open the list of assignments anew, and return it."""
    menu(page, "Nbgrader", "Assignment List")
    found = page.locator("#assignments")
    found.locator("#course_list_default", has_text=NAME).wait_for()  # before, it asks for no course
    found.locator("#refresh_assignments_list").click()
    return found


def offer(page: Any, button: str) -> Any:
    """Find what the list of assignments offers for the lesson, such as "Fetch"."""
    return assignments(page).get_by_role("button", name=button, exact=True)


def solve(page: Any, answers: Mapping[str, str], text: str) -> None:
    """Write answers over the cells that hold given code, and a text; run everything and save."""
    open_lesson(page)
    for given, answer in answers.items():
        _write(page, page.locator(".jp-CodeCell", has_text=given).first, answer)
    cell = page.locator(".jp-MarkdownCell", has_text="Your answer here.").last
    cell.dblclick()
    _write(page, cell, text)
    menu(page, "Run", "Run All Cells")
    verdict(page, "is_one_hot").wait_for()
    with page.expect_response(lambda response: response.request.method == "PUT" and response.ok):
        page.keyboard.press("Control+s")


def open_lesson(page: Any) -> None:
    """Open the lesson; the list folds what was unfolded whenever it has been loaded again."""
    listing = assignments(page)
    notebook = listing.locator(".nested_list_item a", has_text=LESSON)
    for _ in range(20):
        listing.locator(".assignment-notebooks-link", has_text=LESSON).click()
        with contextlib.suppress(PlaywrightTimeoutError):
            notebook.click(timeout=3000)
            break
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()


def verdict(page: Any, exercise: str) -> Any:
    """Find what the check of an exercise says in the notebook."""
    cell = page.locator(".jp-CodeCell", has_text=f"lesson.check_{exercise}(")
    return cell.locator(".jp-OutputArea-output").filter(has_text=re.compile("[✓✗]")).first


def _write(page: Any, cell: Any, source: str) -> None:
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def submit(page: Any) -> None:
    """Hand the lesson in."""
    offer(page, "Submit").click()
    page.locator("#submitted_assignments_list").get_by_text(LESSON).wait_for()


def feedback(page: Any) -> Any:
    """Fetch the page of feedback, and open it in JupyterLab."""
    offer(page, "Fetch Feedback").click()
    page.get_by_text("(view feedback)").click()
    page.locator(".jp-DirListing-item", has_text=f"{LESSON}.html").dblclick()
    return page.frame_locator(".jp-HTMLViewer iframe").locator("body")

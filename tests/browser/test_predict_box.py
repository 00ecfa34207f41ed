"""A predict box in a real JupyterLab: answered by keyboard, locked, explained, kept."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lab_page import OpenLesson

from benchmarks.jupyter_server import KERNEL

SOURCES = {
    "box": """
from course_utils.predictions import predict
prediction = predict("start_here.pixels")
prediction
""",
    "explanation": "prediction.explain()",
}


@pytest.fixture(scope="module")
def opened(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with nothing in it but a predict box and its explanation."""
    url = lab.write("box", SOURCES)
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    opened = OpenLesson("box", page)
    opened.open(url)
    yield opened
    page.close()


@pytest.fixture
def lesson(lab: Any, opened: OpenLesson) -> OpenLesson:
    """The notebook, run, with no prediction made yet."""
    (lab.notebooks / "my_predictions.json").unlink(missing_ok=True)
    opened.run_all()
    opened.page.wait_for_selector(".course-predict button:visible")
    return opened


def choose_by_keyboard(lesson: OpenLesson) -> None:
    """Answer the second option, very surely, and lock it, without a mouse."""
    lesson.page.locator(".course-predict input[type=radio]").first.focus()
    lesson.page.keyboard.press("Space")
    lesson.page.keyboard.press("ArrowDown")
    lesson.page.keyboard.press("Tab")
    lesson.page.keyboard.press("End")
    lesson.page.keyboard.press("Tab")
    lesson.page.keyboard.press("Enter")
    lesson.page.wait_for_selector(".course-predict button", state="hidden")


def test_the_explanation_is_closed_at_first(lesson: OpenLesson) -> None:
    explanation = lesson.page.locator(".course-explanation")
    explanation.get_by_text("Lock in your prediction above first.").wait_for()


def test_a_lock_without_an_answer_asks_for_one(lesson: OpenLesson) -> None:
    lesson.page.locator(".course-predict button").click()
    status = lesson.page.locator(".course-predict [role=status]").inner_text()
    assert status.startswith("Choose an answer first.")


def test_answered_by_keyboard_it_is_locked_explained_and_kept(lesson: OpenLesson) -> None:
    choose_by_keyboard(lesson)
    explanation = lesson.page.locator(".course-explanation").get_by_text("The idea behind")
    explanation.wait_for()
    assert "height and width are added" in explanation.inner_text()
    kept = lesson.run_python(
        "from pathlib import Path", "Path('my_predictions.json').read_text(encoding='utf-8')"
    )
    entry = json.loads(eval(kept))["start_here.pixels"]
    assert (entry["choice"], entry["confidence"]) == ("56", 100)


def status_of(lesson: OpenLesson) -> str:
    return lesson.page.locator(".course-predict [role=status]").inner_text()


def test_a_locked_box_says_where_it_is_kept_to_whoever_locked_it_by_keyboard(
    lesson: OpenLesson,
) -> None:
    choose_by_keyboard(lesson)
    assert status_of(lesson) == "Locked in and saved in my_predictions.json."
    focused = lesson.page.evaluate("document.activeElement.getAttribute('role')")
    assert focused == "status"


def test_axe_finds_nothing_in_a_locked_box(lesson: OpenLesson) -> None:
    choose_by_keyboard(lesson)
    assert lesson.violations(".course-predict") == []


def test_while_python_is_busy_the_box_is_not_yet_locked(lesson: OpenLesson) -> None:
    lesson.page.evaluate(
        f"void {KERNEL}.requestExecute({{ code: 'import time; time.sleep(6)', silent: true }})"
    )
    lesson.page.locator(".course-predict input[type=radio]").first.check()
    lesson.page.get_by_role("button", name="Lock in my prediction").click()
    lesson.page.get_by_text("Not kept yet.").wait_for()
    assert lesson.page.locator(".course-explanation").inner_text().startswith("Lock in")
    lesson.page.get_by_text("Locked in and saved in my_predictions.json.").wait_for()
    assert lesson.page.locator(".course-predict button").is_hidden()


def test_without_a_kernel_nothing_is_called_locked_or_explained(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    lesson.page.locator(".course-predict input[type=radio]").first.check()
    lesson.page.get_by_role("button", name="Lock in my prediction").click()
    lesson.page.get_by_text("Not kept yet.").wait_for()
    assert lesson.page.locator(".course-explanation").inner_text().startswith("Lock in")
    assert lesson.page.get_by_role("button", name="Lock in my prediction").is_enabled()

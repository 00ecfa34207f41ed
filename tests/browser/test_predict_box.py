"""A predict box in a real JupyterLab: answered by keyboard, locked, explained, kept."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lab_page import OpenLesson

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
    opened.page.wait_for_selector(".course-predict button:enabled")
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
    lesson.page.wait_for_selector(".course-predict button:disabled")


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


def test_axe_finds_nothing_in_a_locked_box(lesson: OpenLesson) -> None:
    choose_by_keyboard(lesson)
    assert lesson.violations(".course-predict") == []

"""The sheet to draw on, in a real JupyterLab: with mouse, finger and keys, without a kernel."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from lab_page import OpenLesson, drag_over, open_alone, sentence_below, swipe_over

SOURCE = """
from course_utils.explorers import explore_drawing
explorer = explore_drawing("mnist")
explorer
"""
Spot = tuple[float, float]
INK = "int((explorer.sheet() > 0).sum())"


@pytest.fixture(scope="module")
def opened(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with nothing in it but the sheet."""
    opened = open_alone(lab, chromium, "sheet", SOURCE)
    yield opened
    opened.page.close()


@pytest.fixture
def lesson(opened: OpenLesson) -> OpenLesson:
    """A new sheet, whatever the tests before have drawn."""
    opened.run_all()
    opened.page.wait_for_selector(".course-sheet")
    return opened


def sentence(lesson: OpenLesson) -> str:
    return sentence_below(lesson.page)


def picture(lesson: OpenLesson) -> str:
    return lesson.page.locator(".course-scene canvas").evaluate("canvas => canvas.toDataURL()")


def press(lesson: OpenLesson, name: str) -> None:
    lesson.page.get_by_role("button", name=name, exact=True).click()


def places_on(lesson: OpenLesson, corners: Sequence[Spot]) -> list[Spot]:
    """Turn parts of the sheet's width and height into pixels of the page."""
    box = lesson.page.locator(".course-sheet").bounding_box()
    return [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]


def drag(lesson: OpenLesson, *corners: Spot) -> None:
    """Draw a line with the mouse; corners are parts of the sheet's width and height."""
    drag_over(lesson.page, places_on(lesson, corners))


def swipe(lesson: OpenLesson, *corners: Spot) -> None:
    """Draw a line with a finger."""
    swipe_over(lesson.page, places_on(lesson, corners))


def type_a_line(lesson: OpenLesson) -> None:
    """Draw a line down with keys alone, as long as half the sheet."""
    lesson.page.locator(".course-sheet").focus()
    for key in [*["ArrowUp"] * 7, "Space", *["ArrowDown"] * 14, "Space"]:
        lesson.page.keyboard.press(key)


def python_says_the_same(lesson: OpenLesson) -> bool:
    for _ in range(200):
        if eval(lesson.run_python("", "explorer.sentence()")) == sentence(lesson):
            return True
        lesson.page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("draw", [
    lambda lesson: drag(lesson, (0.5, 0.2), (0.5, 0.8)),
    lambda lesson: swipe(lesson, (0.5, 0.2), (0.5, 0.4), (0.5, 0.6), (0.5, 0.8)),
    type_a_line,
], ids=["mouse", "finger", "keys"])  # fmt: skip
def test_a_line_that_is_drawn_is_taken_for_a_one(
    lesson: OpenLesson, draw: Callable[[OpenLesson], None]
) -> None:
    press(lesson, "Clear")
    assert sentence(lesson).startswith("The picture is empty")
    before = picture(lesson)
    draw(lesson)
    assert "the CNN predicts 1 (" in sentence(lesson)
    assert picture(lesson) != before
    assert python_says_the_same(lesson)


def test_a_finger_on_the_sheet_draws_and_does_not_scroll(lesson: OpenLesson) -> None:
    before = lesson.page.locator(".course-sheet").bounding_box()
    swipe(lesson, (0.5, 0.9), (0.5, 0.6), (0.5, 0.3), (0.5, 0.1))
    assert lesson.page.locator(".course-sheet").bounding_box() == before


def test_several_lines_in_quick_succession_all_stay(lesson: OpenLesson) -> None:
    press(lesson, "Clear")
    for x in (0.1, 0.3, 0.5, 0.7, 0.9):
        drag(lesson, (x, 0.1), (x, 0.9))
    assert python_says_the_same(lesson)
    # Each of the five lines covers at least 9 dots by 89.
    assert int(lesson.run_python("", INK)) >= 5 * 9 * 85


def test_the_example_comes_back(lesson: OpenLesson) -> None:
    first = sentence(lesson)
    press(lesson, "Clear")
    assert sentence(lesson) != first
    press(lesson, "Back to the example")
    assert sentence(lesson) == first


def test_keys_on_the_sheet_do_not_reach_jupyterlab(lesson: OpenLesson) -> None:
    lesson.page.locator(".course-sheet").focus()
    for key in ["b", "d", "d", "ArrowDown", "x"]:  # which make, delete, leave and cut cells
        lesson.page.keyboard.press(key)
    assert lesson.page.locator(".jp-Cell").count() == 1
    focused = lesson.page.evaluate("document.activeElement.className")
    assert focused == "course-sheet"


def test_the_pen_says_where_it_is(lesson: OpenLesson) -> None:
    lesson.page.locator(".course-sheet").focus()
    lesson.page.keyboard.press("ArrowRight")
    lesson.page.keyboard.press("Space")
    status = lesson.page.locator(".course-tools [role=status]")
    assert status.text_content() == "Pen down, row 14, column 15."


def test_the_sheet_can_be_reached_and_left_with_tab(lesson: OpenLesson) -> None:
    lesson.page.get_by_role("button", name="Clear", exact=True).focus()
    seen = []
    for _ in range(3):
        lesson.page.keyboard.press("Tab")
        seen.append(lesson.page.evaluate("document.activeElement.className"))
    assert "course-sheet" in seen[:2]
    assert seen[-1] != "course-sheet"


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(lesson: OpenLesson, theme: str) -> None:
    assert lesson.violations(".course-explorer", theme) == []


def test_axe_would_find_pale_words(lesson: OpenLesson) -> None:
    words = lesson.panels()[0].locator("p:visible").first
    words.evaluate("words => { words.style.color = '#ddd'; }")
    found = lesson.violations(".course-explorer")
    words.evaluate("words => { words.style.color = ''; }")
    assert [told for told in found if told.startswith("color-contrast")]


def test_the_console_has_no_error(lesson: OpenLesson) -> None:
    drag(lesson, (0.2, 0.2), (0.8, 0.8))
    type_a_line(lesson)
    assert lesson.errors == []


def test_one_can_draw_when_the_kernel_has_stopped(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    press(lesson, "Clear")
    drag(lesson, (0.5, 0.2), (0.5, 0.8))
    assert "the CNN predicts 1 (" in sentence(lesson)

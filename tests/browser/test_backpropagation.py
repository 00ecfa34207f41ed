"""The weights of the small network, in a real JupyterLab: dragged, and moved by keys."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lab_page import OpenLesson, drag_over, open_alone, sentence_below, swipe_over

SOURCE = """
from course_utils.explorers import explore_backpropagation
explorer = explore_backpropagation()
explorer
"""
Spot = tuple[float, float]


@pytest.fixture(scope="module")
def opened(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with nothing in it but the explorer."""
    opened = open_alone(lab, chromium, "weights", SOURCE)
    yield opened
    opened.page.close()


@pytest.fixture
def lesson(opened: OpenLesson) -> OpenLesson:
    """The explorer as it opens: all weights as in the lesson, w₁ followed."""
    opened.run_all()
    opened.page.wait_for_selector(".course-grasp")
    return opened


def middle_of(lesson: OpenLesson, weight: str) -> Spot:
    """Find the middle of a weight's label on the page."""
    box = lesson.page.locator(f".course-grasp[data-weight='{weight}']").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(lesson: OpenLesson, weight: str, pixels: float) -> None:
    """Drag a weight to the right with the mouse."""
    x, y = middle_of(lesson, weight)
    drag_over(lesson.page, [(x, y), (x + pixels, y)])


def swipe(lesson: OpenLesson, weight: str, pixels: float) -> None:
    """Drag a weight to the right with a finger."""
    x, y = middle_of(lesson, weight)
    swipe_over(lesson.page, [(x, y), (x + pixels, y)])


def sentence(lesson: OpenLesson) -> str:
    return sentence_below(lesson.page)


def slider(lesson: OpenLesson, label: str) -> Any:
    return lesson.page.locator(f".noUi-handle[aria-label='{label}']").first


def python_is_told(lesson: OpenLesson, expression: str, expected: str) -> bool:
    for _ in range(200):
        if lesson.run_python("", expression) == expected:
            return True
        lesson.page.wait_for_timeout(100)
    return False


@pytest.mark.parametrize("move", [drag, swipe], ids=["mouse", "finger"])
def test_a_weight_is_followed_and_grows_to_the_right(
    lesson: OpenLesson, move: Callable[[OpenLesson, str, float], None]
) -> None:
    move(lesson, "v21", -30)  # five tenths
    assert "Its derivative for v₂₁ = 1.5 is 1 × 1 = 1." in sentence(lesson)
    assert python_is_told(lesson, "(explorer.weight, explorer.v21)", "('v21', 1.5)")


def test_the_slider_moves_along(lesson: OpenLesson) -> None:
    drag(lesson, "w2", 30)
    assert slider(lesson, "w₂, x to h₂").get_attribute("aria-valuetext") == "1.0"
    assert slider(lesson, "followed weight").get_attribute("aria-valuetext") == "w2"


def test_keys_on_a_slider_move_the_same_weight(lesson: OpenLesson) -> None:
    slider(lesson, "w₁, x to h₁").press("ArrowRight")
    assert "Its derivative for w₁ = 1.1 is" in sentence(lesson)
    assert python_is_told(lesson, "explorer.w1", "1.1")


def test_a_weight_stops_at_the_end_of_its_slider(lesson: OpenLesson) -> None:
    drag(lesson, "w1", 400)
    assert "Its derivative for w₁ = 2 is" in sentence(lesson)


def test_what_the_page_says_is_what_python_says(lesson: OpenLesson) -> None:
    drag(lesson, "v22", -42)
    assert python_is_told(lesson, "explorer.v22", "0.3")
    assert eval(lesson.run_python("", "explorer.sentence()")) == sentence(lesson)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(lesson: OpenLesson, theme: str) -> None:
    lesson.set_theme(theme)
    found = lesson.violations(".course-explorer")
    lesson.set_theme("JupyterLab Light")
    assert found == []


def test_the_console_has_no_error(lesson: OpenLesson) -> None:
    drag(lesson, "v12", 30)
    assert lesson.errors == []


def test_it_can_be_dragged_when_the_kernel_has_stopped(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    drag(lesson, "v21", -30)
    assert "Its derivative for v₂₁ = 1.5" in sentence(lesson)

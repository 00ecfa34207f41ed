"""The circle of hues in a real JupyterLab: dragged by mouse and finger, and moved by keys."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lab_page import OpenLesson, drag_over, open_alone, sentence_below, swipe_over

SOURCE = """
from course_utils.datasets import load_dataset
from course_utils.explorers import explore_recolouring
(images, labels), _ = load_dataset("fashion_mnist")
explorer = explore_recolouring(images[:5], labels[:5])
explorer
"""
Spot = tuple[float, float]


@pytest.fixture(scope="module")
def opened(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with nothing in it but the explorer."""
    opened = open_alone(lab, chromium, "wheel", SOURCE)
    yield opened
    opened.page.close()


@pytest.fixture
def lesson(opened: OpenLesson) -> OpenLesson:
    """The explorer as it opens, at a hue of 0 degrees."""
    opened.run_all()
    opened.page.locator(".course-handle").first.wait_for()
    return opened


def at(lesson: OpenLesson, hue: float) -> Spot:
    """Find a hue on the circle: 0 is at the top, and degrees go round with the clock."""
    box = lesson.page.locator(".course-glass").first.bounding_box()
    angle, reach = math.radians(hue - 90), 0.44 * box["width"]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return x + reach * math.cos(angle), y + reach * math.sin(angle)


def sentence(lesson: OpenLesson) -> str:
    return sentence_below(lesson.page)


@pytest.mark.parametrize("move", [drag_over, swipe_over], ids=["mouse", "finger"])
def test_the_mark_follows_round_the_circle(
    lesson: OpenLesson, move: Callable[[Any, list[Spot]], None]
) -> None:
    move(lesson.page, [at(lesson, hue) for hue in (0, 45, 90)])
    assert "Its hue is 90 degrees" in sentence(lesson)
    assert lesson.python_says("explorer.hue", "90")


def test_the_slider_moves_along_and_its_keys_move_the_mark(lesson: OpenLesson) -> None:
    drag_over(lesson.page, [at(lesson, 0), at(lesson, 270)])
    handle = lesson.page.locator(".noUi-handle[aria-label='hue, degrees']").first
    assert handle.get_attribute("aria-valuetext") == "270"
    handle.press("ArrowRight")
    assert "Its hue is 271 degrees" in sentence(lesson)


def test_a_hue_beside_the_first_one_is_the_last(lesson: OpenLesson) -> None:
    drag_over(lesson.page, [at(lesson, 30), at(lesson, 350)])
    assert "Its hue is 350 degrees" in sentence(lesson)


def test_what_the_page_says_is_what_python_says(lesson: OpenLesson) -> None:
    drag_over(lesson.page, [at(lesson, 0), at(lesson, 108)])
    assert lesson.python_says("explorer.hue", "108")
    assert eval(lesson.run_python("", "explorer.sentence()")) == sentence(lesson)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(lesson: OpenLesson, theme: str) -> None:
    assert lesson.violations(".course-explorer", theme) == []


def test_it_can_be_dragged_when_the_kernel_has_stopped(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    drag_over(lesson.page, [at(lesson, 0), at(lesson, 180)])
    assert "Its hue is 180 degrees" in sentence(lesson)

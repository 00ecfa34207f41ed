"""The square that covers a part of a picture, in a real JupyterLab: dragged, and moved by keys."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lab_page import OpenLesson, drag_over, open_alone, sentence_below, swipe_over

SOURCE = """
from course_utils.datasets import load_dataset
from course_utils.explorers import explore_evidence
explorer = explore_evidence(load_dataset("fashion_mnist")[0][0][:5])
explorer
"""
PIXELS = 28
Spot = tuple[float, float]
PLACE = "(explorer.row, explorer.column)"


@pytest.fixture(scope="module")
def opened(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with nothing in it but the explorer."""
    opened = open_alone(lab, chromium, "square", SOURCE)
    yield opened
    opened.page.close()


@pytest.fixture
def lesson(opened: OpenLesson) -> OpenLesson:
    """The explorer as it opens, its square over rows and columns 10 to 17."""
    opened.run_all()
    opened.page.locator(".course-handle").first.wait_for()
    return opened


def on_page(lesson: OpenLesson, row: float, column: float) -> Spot:
    """Turn a place in the picture into one on the page."""
    box = lesson.page.locator(".course-glass").first.bounding_box()
    return (
        box["x"] + (column + 0.5) / PIXELS * box["width"],
        box["y"] + (row + 0.5) / PIXELS * box["height"],
    )


def drag(lesson: OpenLesson, start: Spot, end: Spot) -> None:
    """Drag with the mouse from one pixel of the picture to another."""
    drag_over(lesson.page, [on_page(lesson, *start), on_page(lesson, *end)])


def swipe(lesson: OpenLesson, start: Spot, end: Spot) -> None:
    """Drag with a finger from one pixel of the picture to another."""
    swipe_over(lesson.page, [on_page(lesson, *start), on_page(lesson, *end)])


def sentence(lesson: OpenLesson) -> str:
    return sentence_below(lesson.page)


def slider(lesson: OpenLesson, label: str) -> Any:
    return lesson.page.locator(f".noUi-handle[aria-label='{label}']").first


@pytest.mark.parametrize("move", [drag, swipe], ids=["mouse", "finger"])
def test_the_square_comes_along_where_it_is_held(
    lesson: OpenLesson, move: Callable[[OpenLesson, Spot, Spot], None]
) -> None:
    before = sentence(lesson)
    move(lesson, (12, 13), (15, 6))  # three rows down, seven columns to the left
    assert "over rows 13 to 20 and columns 3 to 10" in sentence(lesson)
    assert sentence(lesson) != before
    assert lesson.python_says(PLACE, "(13, 3)")


def test_the_sliders_move_along(lesson: OpenLesson) -> None:
    drag(lesson, (12, 13), (15, 6))
    shown = [slider(lesson, f"its first {name}") for name in ("row", "column")]
    assert [handle.get_attribute("aria-valuetext") for handle in shown] == ["13", "3"]


def test_keys_on_a_slider_move_the_same_square(lesson: OpenLesson) -> None:
    slider(lesson, "its first row").press("ArrowRight")
    assert "over rows 11 to 18 and columns 10 to 17" in sentence(lesson)
    assert lesson.python_says(PLACE, "(11, 10)")


def test_beside_the_square_a_press_brings_it_along_by_its_middle(lesson: OpenLesson) -> None:
    lesson.page.mouse.click(*on_page(lesson, 23.5, 3.5))
    assert "over rows 20 to 27 and columns 0 to 7" in sentence(lesson)


def test_the_square_stays_inside_the_picture(lesson: OpenLesson) -> None:
    drag(lesson, (12, 13), (60, -30))
    assert "over rows 20 to 27 and columns 0 to 7" in sentence(lesson)


def test_what_the_page_says_is_what_python_says(lesson: OpenLesson) -> None:
    drag(lesson, (12, 13), (6, 18))
    assert lesson.python_says(PLACE, "(4, 15)")
    assert eval(lesson.run_python("", "explorer.sentence()")) == sentence(lesson)


def test_without_a_square_there_is_nothing_to_grasp(lesson: OpenLesson) -> None:
    lesson.run_python("explorer.side = 0")
    lesson.page.locator(".course-handle").first.wait_for(state="hidden")
    assert "over rows" not in sentence(lesson)


def occlusion_maps(lesson: OpenLesson) -> None:
    """Tick the box and wait until the square was everywhere."""
    lesson.page.get_by_label("occlusion maps").check()
    lesson.page.locator(".course-scene[aria-busy=false]").wait_for()


def test_occlusion_maps_say_in_the_end_what_python_says(lesson: OpenLesson) -> None:
    occlusion_maps(lesson)
    assert "With the square at each of 441 positions, " in sentence(lesson)
    assert lesson.python_says("explorer.occlusion", "True")
    assert eval(lesson.run_python("", "explorer.sentence()")) == sentence(lesson)


def test_a_press_on_an_occlusion_map_brings_the_square_there(lesson: OpenLesson) -> None:
    occlusion_maps(lesson)
    box = lesson.page.locator(".course-chooses").nth(1).bounding_box()  # 21 × 21 positions
    lesson.page.mouse.click(*(box[at] + 5.5 / 21 * box[length] for at, length in
                              (("x", "width"), ("y", "height"))))  # fmt: skip
    assert "over rows 5 to 12 and columns 5 to 12, it answers" in sentence(lesson)
    assert lesson.python_says(PLACE, "(5, 5)")


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_nothing(lesson: OpenLesson, theme: str) -> None:
    assert lesson.violations(".course-explorer", theme) == []


def test_the_console_has_no_error(lesson: OpenLesson) -> None:
    drag(lesson, (12, 13), (6, 18))
    assert lesson.errors == []


def test_it_can_be_dragged_when_the_kernel_has_stopped(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    drag(lesson, (12, 13), (15, 6))
    assert "over rows 13 to 20 and columns 3 to 10" in sentence(lesson)

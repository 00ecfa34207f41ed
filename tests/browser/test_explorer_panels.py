"""How the controls of an explorer stand on the page, and that a field works as a slider does."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from lab_page import OpenLesson, sentence_below

SOURCES = {
    "softmax": "from course_utils.explorers import explore_softmax\nexplore_softmax()",
    "kernel": "from course_utils.explorers import explore_kernel\nexplore_kernel()",
}
#: What a laptop's screen of 800 pixels leaves between the browser's bars and JupyterLab's.
ROOM = 690


@pytest.fixture(scope="module")
def lesson(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A notebook with both explorers, run."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    lesson = OpenLesson("panels", page)
    lesson.open(lab.write("panels", SOURCES))
    yield lesson
    page.close()


def test_all_labels_begin_at_the_same_place_be_they_of_numbers_or_of_names(
    lesson: OpenLesson,
) -> None:
    labels = lesson.panels()[0].locator(".widget-slider .widget-label").all()
    assert len(labels) == 5
    assert len({label.bounding_box()["x"] for label in labels}) == 1


def test_the_nine_numbers_of_a_kernel_lie_as_the_kernel_does(lesson: OpenLesson) -> None:
    fields = lesson.panels()[1].locator("input[type=number]").all()
    boxes = [field.bounding_box() for field in fields]
    columns, rows = ({round(box[axis]) for box in boxes} for axis in ("x", "y"))
    assert (len(fields), len(columns), len(rows)) == (9, 3, 3)


def test_a_kernel_with_its_picture_has_room_on_a_laptop(lesson: OpenLesson) -> None:
    assert lesson.panels()[1].bounding_box()["height"] <= ROOM


def test_each_number_of_a_kernel_is_changed_by_the_arrow_keys(lesson: OpenLesson) -> None:
    panel = lesson.panels()[1]
    for field in panel.locator("input[type=number]").all():
        before = sentence_below(panel)
        field.focus()
        lesson.page.keyboard.press("ArrowUp")
        assert field.input_value() == "1"
        assert sentence_below(panel) != before
    end = time.monotonic() + 20  # Python hears of the last change a little later
    while lesson.ask_python(1)[0]["sentence"] != sentence_below(panel) and time.monotonic() < end:
        lesson.page.wait_for_timeout(100)
    [python] = lesson.ask_python(1)
    assert python["sentence"] == sentence_below(panel)
    assert sum(value == 1 for value in python["numbers"].values()) >= 9


def test_a_line_of_the_sentence_ends_at_no_multiplication_sign(lesson: OpenLesson) -> None:
    shown = lesson.panels()[1].locator(".course-scene p").text_content()
    assert "6\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}6" in shown


def test_axe_finds_nothing_in_the_fields(lesson: OpenLesson) -> None:
    assert lesson.violations(".course-explorer") == []

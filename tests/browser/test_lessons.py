"""Each lesson in a real JupyterLab: every explorer, every slider, by keyboard."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from course_notebooks import LESSONS, read
from lab_page import OpenLesson


def explorers_in(lesson: str) -> list[str]:
    """Name the explorers that a lesson's cells open, in order."""
    cells = read("notebooks", lesson).cells
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return re.findall(r"= (explore_\w+)\(", source)


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request: pytest.FixtureRequest, lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """A lesson with all cells run."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    opened = OpenLesson(request.param, page)
    opened.open(lab.url(request.param))
    yield opened
    page.close()


def test_every_explorer_of_the_lesson_is_shown(lesson: OpenLesson) -> None:
    assert len(lesson.panels()) == len(explorers_in(lesson.name))


def test_every_slider_moves_value_sentence_and_picture_as_python_says(lesson: OpenLesson) -> None:
    for number, panel in enumerate(lesson.panels()):
        for slider in range(panel.locator(".noUi-handle").count()):
            name = f"{explorers_in(lesson.name)[number]}, slider {slider}"
            positions = lesson.move(number, slider)
            for position in positions:
                assert position.sentence == position.python_sentence, name
            for before, after in pairwise(positions):
                assert before.value != after.value, name
                assert before.python_value != after.python_value, name
                assert before.sentence != after.sentence, name
                assert before.picture != after.picture, name


def test_every_slider_has_a_name_and_says_its_value(lesson: OpenLesson) -> None:
    handles = lesson.page.locator(".course-explorer .noUi-handle").all()
    assert [
        h.evaluate("h => h.outerHTML") for h in handles if not h.get_attribute("aria-label")
    ] == []
    assert all(handle.get_attribute("aria-valuetext") for handle in handles)


#: Moves the first number of the lesson's first explorer that has limits, to its least or greatest.
MOVE = """
import ipywidgets
from course_utils.explorers import Explorer
_first = next(
    w for w in ipywidgets.widgets.widget._instances.values() if isinstance(w, Explorer)
)
_name = next(n for n in _first.control_names() if hasattr(_first.traits()[n], "min"))
_trait = _first.traits()[_name]
setattr(_first, _name, _trait.max if getattr(_first, _name) == _trait.min else _trait.min)
"""


def test_a_number_set_from_python_moves_scene_and_slider(lesson: OpenLesson) -> None:
    label = eval(lesson.run_python(MOVE, "_trait.metadata['label']"))
    value = float(lesson.run_python("", "getattr(_first, _name)"))
    lesson.page.wait_for_timeout(500)
    handle = lesson.panels()[0].locator(f'.noUi-handle[aria-label="{label}"]')
    assert float(handle.get_attribute("aria-valuenow")) == value
    assert lesson.panels()[0].locator("p").text_content() == lesson.ask_python()[0]["sentence"]


def test_axe_finds_nothing_in_the_outputs(lesson: OpenLesson) -> None:
    assert lesson.violations(".jp-OutputArea-output") == []


def test_axe_finds_nothing_in_the_dark_theme(lesson: OpenLesson) -> None:
    set_theme = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
    lesson.page.evaluate(set_theme, "JupyterLab Dark")
    lesson.page.wait_for_timeout(1000)
    found = lesson.violations(".jp-OutputArea-output")
    lesson.page.evaluate(set_theme, "JupyterLab Light")
    lesson.page.wait_for_timeout(1000)
    assert found == []


def test_scenes_are_drawn_without_an_error_in_a_page_of_any_width(lesson: OpenLesson) -> None:
    for scene in lesson.page.locator(".course-scene").all():
        scene.scroll_into_view_if_needed()  # a scene out of sight is not drawn anew
        for width in ("30px", "250px", ""):
            scene.evaluate("(scene, width) => { scene.style.width = width; }", width)
            lesson.page.wait_for_timeout(200)
    assert lesson.errors == []


def test_the_console_has_no_error(lesson: OpenLesson) -> None:
    assert lesson.errors == []


def test_scenes_still_move_when_the_kernel_has_stopped(lesson: OpenLesson) -> None:
    lesson.stop_kernel()
    for panel in lesson.panels():
        panel.locator(".noUi-handle").first.focus()
        lesson.page.keyboard.press("Home")
        before = panel.locator("p").text_content()
        lesson.page.keyboard.press("End")
        assert panel.locator("p").text_content() != before

"""Each untouched lesson in a real JupyterLab: every cell, every explorer, every slider.

All cells are run once; what they left is looked at before the sliders are moved.
"""

import time
from collections.abc import Iterator
from inspect import signature
from itertools import pairwise
from typing import Any

import pytest
from course_notebooks import LESSONS, explorers_in, nbgrader
from lab_page import OpenLesson, sentence_below
from nbgrader.utils import determine_grade

from course_utils import explorers


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    """A page for JupyterLab, in which one lesson is opened after the other."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


#: In this one no cell takes long; `make proofs` opens all lessons.
QUICK = "one_hot_encoding"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(lesson, marks=() if lesson.endswith(QUICK) else pytest.mark.proof)
        for lesson in LESSONS
    ],
)
def lesson(request: pytest.FixtureRequest, lab: Any, page: Any) -> Iterator[OpenLesson]:
    """A lesson with all cells run."""
    opened = OpenLesson(request.param, page)
    try:
        opened.open(lab.url(request.param))
        yield opened
    finally:
        opened.close()


def is_check(cell: Any) -> bool:
    return bool(nbgrader(cell).get("grade"))


def raised(cell: Any) -> list[str]:
    """What a cell raised, as the learner reads it."""
    return ["\n".join(o.traceback) for o in cell.outputs if o.output_type == "error"]


def test_every_cell_is_run(lesson: OpenLesson) -> None:
    assert [c.id for c in lesson.code_cells() if c.execution_count is None and c.source] == []


def test_every_graded_check_raises(lesson: OpenLesson) -> None:
    assert [c.id for c in lesson.code_cells() if is_check(c) and not raised(c)] == []


def test_an_untouched_lesson_earns_nothing_by_nbgraders_own_rule(lesson: OpenLesson) -> None:
    assert [c.id for c in lesson.code_cells() if is_check(c) and determine_grade(c)[0] != 0] == []


def test_no_other_cell_raises(lesson: OpenLesson) -> None:
    assert {c.id: raised(c) for c in lesson.code_cells() if not is_check(c) and raised(c)} == {}


def test_an_untouched_exercise_is_called_not_started_in_one_line(lesson: OpenLesson) -> None:
    messages = [
        message for cell in lesson.code_cells() if is_check(cell) for message in raised(cell)
    ]
    assert [message for message in messages if not message.startswith("○ ")] == []
    assert [message for message in messages if "\n" in message.strip()] == []


def test_no_graded_check_writes_to_standard_error(lesson: OpenLesson) -> None:
    outputs = [(c.id, o) for c in lesson.code_cells() if is_check(c) for o in c.outputs]
    assert [id_ for id_, output in outputs if output.get("name") == "stderr"] == []


def test_every_explorer_of_the_lesson_is_shown(lesson: OpenLesson) -> None:
    shown = [explorer["name"] for explorer in lesson.ask_python()]
    opened = [signature(getattr(explorers, name)) for name in explorers_in(lesson.name)]
    assert shown == [explorer.return_annotation.__name__ for explorer in opened]
    assert len(lesson.panels()) == len(opened)


def test_every_number_of_an_explorer_has_its_slider_or_box(lesson: OpenLesson) -> None:
    numbers = [len(explorer["numbers"]) for explorer in lesson.ask_python()]
    controls = ".noUi-handle, input[type=checkbox], input[type=number]"
    assert [panel.locator(controls).count() for panel in lesson.panels()] == numbers


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
_name = next(
    n for n in _first.control_names()
    if hasattr(_first.traits()[n], "min")
    and not _first.traits()[n].metadata["label"].startswith("+")
)  # a number with a slider: those of the kernel's fields begin with +
_trait = _first.traits()[_name]
setattr(_first, _name, _trait.max if getattr(_first, _name) == _trait.min else _trait.min)
"""


def test_a_number_set_from_python_moves_scene_and_slider(lesson: OpenLesson) -> None:
    label = eval(lesson.run_python(MOVE, "_trait.metadata['label']"))
    value = float(lesson.run_python("", "getattr(_first, _name)"))
    sentence = lesson.ask_python()[0]["sentence"]
    handle = lesson.panels()[0].locator(f'.noUi-handle[aria-label="{label}"]')

    def shown() -> tuple[float, str]:
        return float(handle.get_attribute("aria-valuenow")), sentence_below(lesson.panels()[0])

    end = time.monotonic() + 20
    while shown() != (value, sentence) and time.monotonic() < end:
        lesson.page.wait_for_timeout(20)
    assert shown() == (value, sentence)


def test_axe_finds_nothing_in_the_outputs(lesson: OpenLesson) -> None:
    assert lesson.violations(".jp-OutputArea-output") == []


def test_axe_finds_nothing_in_the_dark_theme(lesson: OpenLesson) -> None:
    assert lesson.violations(".jp-OutputArea-output", "JupyterLab Dark") == []


#: Gives a scene one width after the other; returns those at which it was not redrawn.
SQUEEZE = """async (scene) => {
  scene.scrollIntoView({ block: "center" }); // a scene out of sight is not redrawn
  const blank = [];
  for (const width of ["30px", "250px", ""]) {
    const drawn = new Promise((resolve) => {
      scene.addEventListener("course-drawn", () => resolve(true), { once: true });
      setTimeout(resolve, 5000, false);
    });
    Object.assign(scene.style, { width, flex: width && "none" }); // or it would fill its row
    if (!(await drawn)) blank.push(width);
  }
  return blank;
}"""


def test_scenes_are_drawn_without_an_error_in_a_page_of_any_width(lesson: OpenLesson) -> None:
    scenes = lesson.page.locator(".course-scene").all()
    assert [scene.evaluate(SQUEEZE) for scene in scenes] == [[] for _ in scenes]
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

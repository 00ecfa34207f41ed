"""What *Start here* says of keyboard, mouse and menu is what JupyterLab does."""

from collections.abc import Iterator
from typing import Any

import pytest
from course_notebooks import read
from lab_page import OpenLesson

#: What the lesson says, word for word; each sentence is tried below.
RUN = "Click into the cell below and press **Shift + Enter** to run it."
ABOVE = "Click into the cell where you want to go on, choose **Run → Run All Above Selected Cell**"
MOUSE = "click the knob once and use the arrow keys, Home and End."
KEYS = "press Shift + Tab after running the cell until a knob has a ring around it."
_SELECTED = "window.jupyterapp.shell.currentWidget.content.activeCell.model.id"
_FOCUS = "document.activeElement"
_MOST_PRESSES = 12


@pytest.fixture
def lesson(lab: Any, chromium: Any) -> Iterator[OpenLesson]:
    """The lesson, opened and not run."""
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    lesson = OpenLesson("00_start_here", page)
    lesson.open_only(lab.url("00_start_here"))
    yield lesson
    lesson.stop_kernel()
    page.close()


def click_into(lesson: OpenLesson, id_: str) -> None:
    """Click into a cell's code, as far down as it may be."""
    number = [cell["id"] for cell in lesson.cells()].index(id_)
    lesson.page.evaluate(
        "(n) => window.jupyterapp.shell.currentWidget.content.scrollToItem(n)", number
    )
    lesson.page.locator(f'.jp-Cell[data-windowed-list-index="{number}"] .cm-content').click()


def run_the_drawing(lesson: OpenLesson) -> Any:
    """Run the first two cells with Shift + Enter; return the panel that the second one shows."""
    for id_ in ("set-up", "draw"):
        click_into(lesson, id_)
        lesson.page.keyboard.press("Shift+Enter")
    panel = lesson.page.locator(".course-explorer")
    panel.locator(".course-scene canvas").wait_for()
    return panel


def keys_move(lesson: OpenLesson) -> None:
    """Require that the keys move the knob that has the keyboard."""
    values = []
    for key in ("Home", "ArrowRight", "End"):
        lesson.page.keyboard.press(key)
        values.append(float(lesson.page.evaluate(f"{_FOCUS}.getAttribute('aria-valuenow')")))
    assert values == sorted(set(values))


@pytest.mark.parametrize("sentence", [RUN, ABOVE, MOUSE, KEYS])
def test_the_lesson_says_so(sentence: str) -> None:
    assert any(sentence in cell.source for cell in read("notebooks", "00_start_here").cells)


def test_shift_and_enter_run_a_cell_and_select_the_next(lesson: OpenLesson) -> None:
    run_the_drawing(lesson)
    assert lesson.page.evaluate(_SELECTED) == "drawn-read"


def test_shift_and_tab_lead_back_to_a_knob_with_a_ring_which_the_keys_move(
    lesson: OpenLesson,
) -> None:
    run_the_drawing(lesson)
    for _ in range(_MOST_PRESSES):
        lesson.page.keyboard.press("Shift+Tab")
        if lesson.page.evaluate(f"{_FOCUS}.classList.contains('noUi-handle')"):
            break
    assert lesson.page.evaluate(f"getComputedStyle({_FOCUS}).outlineStyle") == "solid"
    keys_move(lesson)


def test_a_click_gives_a_knob_the_keys(lesson: OpenLesson) -> None:
    run_the_drawing(lesson).locator(".noUi-handle").first.click()
    keys_move(lesson)


def test_all_cells_above_are_run_from_the_menu_and_then_the_one_selected_runs(
    lesson: OpenLesson,
) -> None:
    click_into(lesson, "run-pixels")
    page = lesson.page
    page.locator(".lm-MenuBar-itemLabel", has_text="Run").click()
    page.locator(".lm-Menu-itemLabel", has_text="Run All Above Selected Cell").click()
    click_into(lesson, "run-pixels")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("3 rows, 3 columns, 9 numbers").wait_for(timeout=300_000)
    ids = [cell.id for cell in lesson.code_cells()]
    ran = [cell.id for cell in lesson.code_cells() if cell.execution_count is not None]
    assert ran == ids[: ids.index("run-pixels") + 1]

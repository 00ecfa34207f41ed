"""Cells that were left half written, or run before those that they need, in a real JupyterLab."""

from collections.abc import Callable, Iterator
from typing import Any

import nbformat
import pytest
from lab_page import OpenLesson

HALF_WRITTEN = "def count_pixels(height, width):\n    return height *"
_RUN = "window.jupyterapp.commands.execute('notebook:run-cell')"
_SELECT = "(index) => { window.jupyterapp.shell.currentWidget.content.activeCellIndex = index; }"


@pytest.fixture(scope="module")
def page(chromium: Any) -> Iterator[Any]:
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    yield page
    page.close()


def index_of(lesson: OpenLesson, id_: str) -> int:
    return [cell["id"] for cell in lesson.cells()].index(id_)


def errors_of(lesson: OpenLesson, id_: str) -> str:
    """Return the tracebacks below a cell, as they are read."""
    outputs = lesson.cells()[index_of(lesson, id_)]["outputs"]
    return "\n".join(line for o in outputs for line in o.get("traceback", []))


@pytest.fixture(scope="module")
def half_written(lab: Any, page: Any) -> Iterator[OpenLesson]:
    """*Start here* with an exercise left in the middle of a line, and all cells run."""
    path = lab.notebooks / "00_start_here" / "00_start_here.ipynb"
    notebook = nbformat.read(path, 4)
    [solution] = [cell for cell in notebook.cells if cell.id == "count-pixels-solution"]
    solution.source = HALF_WRITTEN
    nbformat.write(notebook, path.with_name("half.ipynb"))
    lesson = OpenLesson("half", page)
    lesson.open(f"{lab.address}/lab/tree/00_start_here/half.ipynb")
    yield lesson
    lesson.close()


def test_a_half_written_solution_says_so(half_written: OpenLesson) -> None:
    assert "SyntaxError" in errors_of(half_written, "count-pixels-solution")


def test_it_stops_no_cell_of_the_rest_of_the_lesson(half_written: OpenLesson) -> None:
    assert [c.id for c in half_written.code_cells() if c.execution_count is None] == []


def test_its_check_names_the_cell_that_has_to_be_run_first(half_written: OpenLesson) -> None:
    said = errors_of(half_written, "count-pixels-check")
    assert "NameError" in said
    assert (
        "First run the cell under “Exercise: count the pixels” that begins with "
        "`def count_pixels(height, width):`, because it defines `count_pixels`."
    ) in said


@pytest.fixture
def said(lab: Any, page: Any) -> Iterator[Callable[[str], str]]:
    """Run one cell of a notebook, and nothing before it; return what stands below it."""
    lesson = OpenLesson("order", page)
    lesson.open_only(
        lab.write("order", {"above": "thing = 1", "use": "thing", "below": "thing = 2"})
    )

    def run(id_: str) -> str:
        page.evaluate(_SELECT, index_of(lesson, id_))
        page.evaluate(_RUN)
        page.get_by_text("name 'thing' is not defined").wait_for()
        return errors_of(lesson, id_)

    yield run
    lesson.close()


def test_a_cell_run_before_what_it_needs_is_told_which_cell_comes_first(
    said: Callable[[str], str],
) -> None:
    told = said("use")
    assert "First run the cell that begins with `thing = 1`, because it defines `thing`." in told
    assert "Run → Run All Above Selected Cell." in told

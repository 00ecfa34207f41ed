"""A lesson's page: the students' cells, and what the solution's showed below them."""

from typing import Any

import pytest
from built_site import LIVE, Site
from course_notebooks import LESSONS, nbgrader, read, topic_of

from website.lessons import _is_bar, join
from website.widgets import VIEW


def page(lesson: str) -> Any:
    return join(read("notebooks", lesson), read("solutions", lesson), topic_of(lesson))


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_source_is_the_students(lesson: str) -> None:
    released = read("notebooks", lesson).cells
    assert [cell.source for cell in page(lesson).cells] == [cell.source for cell in released]


@pytest.mark.parametrize("lesson", LESSONS)
def test_cells_with_answers_or_checks_show_nothing(lesson: str) -> None:
    marked = {cell.id for cell in read("notebooks", lesson).cells if nbgrader(cell)}
    assert marked
    assert [c.id for c in page(lesson).cells if c.id in marked and c.get("outputs")] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_other_cell_shows_what_the_solution_showed(lesson: str) -> None:
    solved = {cell.id: cell for cell in read("solutions", lesson).cells}
    for cell in page(lesson).cells:
        if cell.cell_type == "code" and not nbgrader(solved[cell.id]):
            assert bool(cell.outputs) == bool(solved[cell.id].outputs), cell.id


def test_a_solution_without_one_of_the_students_cells_is_refused() -> None:
    lesson = LESSONS[0]
    solution = read("solutions", lesson)
    gone = solution.cells.pop(3).id
    with pytest.raises(ValueError, match=f"has the cell '{gone}'.*Run `make release`"):
        join(read("notebooks", lesson), solution, topic_of(lesson))


def test_progress_bars_and_standard_error_are_left_out() -> None:
    lesson = LESSONS[0]
    solution = read("solutions", lesson)
    cell = next(c for c in solution.cells if c.cell_type == "code" and not nbgrader(c))
    bar = {"output_type": "display_data", "metadata": {}, "data": {VIEW: {"model_id": "a"}}}
    cell.outputs = [bar, {"output_type": "stream", "name": "stderr", "text": "W0000"}]
    shown = join(read("notebooks", lesson), solution, topic_of(lesson)).cells
    assert next(c for c in shown if c.id == cell.id).outputs == []


def test_a_progress_bar_does_not_come_alive() -> None:
    states = {"a": {"model_name": "HBoxModel"}, "b": {"model_name": "VBoxModel"}}
    assert [_is_bar(states, key) for key in ("a", "b", "c")] == [True, False, False]


def test_only_lessons_that_were_run_come_alive(site: Site) -> None:
    states = {path.stem for path in (site.source / "_static" / "states").rglob("*.js")}
    assert states == {*LIVE, "index"}


def test_pictures_are_files_that_load_when_they_come_near(site: Site) -> None:
    name = LIVE[0]
    text = (site.html / name / f"{name}.html").read_text(encoding="utf-8")
    assert "data:image/png" not in text
    assert text.count("../_static/pictures/") == text.count('loading="lazy"') > 5

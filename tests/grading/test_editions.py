"""An instructor's changes to a lesson and those of a new edition meet."""

import copy
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course_utils.grading.school.editions import merge_lesson


def cell(name: str, source: str, **metadata: Any) -> Any:
    make = new_markdown_cell if name.startswith("text") else new_code_cell
    return make(source, id=name, metadata=metadata)


@pytest.fixture
def base() -> Any:
    """A lesson as an instructor began from it."""
    return new_notebook(
        cells=[
            cell("text-title", "# One-hot encoding"),
            cell("text-why", "A label is a name.\n\nNames have no order."),
            cell("code-row", "row = [0, 1, 0]"),
            cell("text-task", "Write a function."),
            cell("code-check", "check(one_hot)", nbgrader={"grade_id": "check", "points": 2}),
        ]
    )


def other(notebook: Any, **sources: str) -> Any:
    """Copy a notebook with other sources in some of its cells."""
    changed = copy.deepcopy(notebook)
    for one in changed.cells:
        one.source = sources.get(one.id.replace("-", "_"), one.source)
    return changed


def add(notebook: Any, after: str, *cells: Any) -> None:
    place = ids(notebook).index(after) + 1
    notebook.cells[place:place] = cells


def ids(notebook: Any) -> list[str]:
    return [cell.id for cell in notebook.cells]


def source(notebook: Any, name: str) -> str:
    return str(notebook.cells[ids(notebook).index(name)].source)


def test_what_only_the_instructor_changed_stays(base: Any) -> None:
    mine = other(base, text_task="Write a function for my class.")
    new = other(base, text_why="A label is a name, not a number.\n\nNames have no order.")
    merged = merge_lesson(base, mine, new)
    assert source(merged.notebook, "text-task") == "Write a function for my class."
    assert source(merged.notebook, "text-why").startswith("A label is a name, not a number.")
    assert merged.conflicts == ()


def test_points_stay_as_the_instructor_gave_them(base: Any) -> None:
    mine = copy.deepcopy(base)
    mine.cells[-1].metadata.nbgrader["points"] = 5
    new = other(base, code_check="check(one_hot, hidden=True)")
    merged = merge_lesson(base, mine, new).notebook.cells[-1]
    assert (merged.metadata.nbgrader["points"], merged.source) == (5, "check(one_hot, hidden=True)")


def test_cells_that_both_added_in_one_place_all_come_in(base: Any) -> None:
    mine, new = copy.deepcopy(base), copy.deepcopy(base)
    add(mine, "code-row", cell("code-own", "own = 1"), cell("code-own-check", "assert own == 1"))
    add(new, "code-row", cell("text-new", "A row of numbers has one 1."))
    merged = merge_lesson(base, mine, new)
    expected = ["code-row", "code-own", "code-own-check", "text-new", "text-task"]
    assert ids(merged.notebook)[2:7] == expected
    assert merged.conflicts == ()


def test_a_cell_that_both_changed_keeps_the_instructor_s_version_and_is_named(base: Any) -> None:
    mine = other(base, text_task="Write my function.")
    new = other(base, text_task="Write the course's function.")
    merged = merge_lesson(base, mine, new)
    assert source(merged.notebook, "text-task") == "Write my function."
    assert merged.conflicts == ("text-task",)


def test_a_cell_that_the_instructor_changed_outlives_its_removal(base: Any) -> None:
    mine, new = other(base, code_row="row = [0, 0, 1]"), copy.deepcopy(base)
    del new.cells[2]
    merged = merge_lesson(base, mine, new)
    assert source(merged.notebook, "code-row") == "row = [0, 0, 1]"
    assert merged.conflicts == ("code-row",)


def test_a_cell_that_the_instructor_deleted_stays_away(base: Any) -> None:
    mine = copy.deepcopy(base)
    del mine.cells[2]
    merged = merge_lesson(base, mine, other(base, text_why="Names differ."))
    assert "code-row" not in ids(merged.notebook)


def test_outputs_are_no_changes(base: Any) -> None:
    mine, new = copy.deepcopy(base), copy.deepcopy(base)
    mine.cells[2].outputs = [new_output("stream", text="mine")]
    new.cells[2].outputs = [new_output("stream", text="new")]
    merged = merge_lesson(base, mine, new)
    assert (merged.notebook.cells[2].outputs, merged.conflicts) == ([], ())

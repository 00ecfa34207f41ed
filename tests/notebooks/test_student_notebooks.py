"""An untouched student notebook runs to its end; only its graded checks raise."""

from typing import Any

import pytest
from course_notebooks import COURSE, LESSONS, nbgrader

from course_utils.grading.outputs import run_notebook


@pytest.fixture(scope="module", params=LESSONS)
def untouched(request: pytest.FixtureRequest) -> list[Any]:
    """The code cells of a student's notebook after a run from top to bottom."""
    path = COURSE / "notebooks" / request.param / f"{request.param}.ipynb"
    notebook = run_notebook(path, allow_errors=True)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def raised(cell: Any) -> list[str]:
    """What a cell raised, as the learner reads it."""
    return ["\n".join(o.traceback) for o in cell.outputs if o.output_type == "error"]


def is_check(cell: Any) -> bool:
    return bool(nbgrader(cell).get("grade"))


def test_every_cell_is_run(untouched: list[Any]) -> None:
    assert [cell.id for cell in untouched if cell.execution_count is None and cell.source] == []


def test_every_graded_check_raises(untouched: list[Any]) -> None:
    assert [cell.id for cell in untouched if is_check(cell) and not raised(cell)] == []


def test_no_other_cell_raises(untouched: list[Any]) -> None:
    assert {c.id: raised(c) for c in untouched if not is_check(c) and raised(c)} == {}


def test_an_untouched_exercise_is_called_not_started_in_one_line(untouched: list[Any]) -> None:
    messages = [raised(cell)[0] for cell in untouched if is_check(cell)]
    assert [message for message in messages if not message.startswith("○ ")] == []
    assert [message for message in messages if "\n" in message.strip()] == []


def test_no_graded_check_writes_to_standard_error(untouched: list[Any]) -> None:
    noisy = [c.id for c in untouched if is_check(c) and any(o.get("name") == "stderr" for o in c.outputs)]
    assert noisy == []

"""A lesson's page: the students' cells, and below them what the solution's cells showed.

No answer and no hidden test can reach a page, because the source of each cell is the students'.
What cells with answers or checks show is left out: a ✓ below an empty answer would puzzle.
"""

import copy
import html
import re
from pathlib import Path
from typing import Any

import nbformat

from course_utils.grading.release import RELEASE, SOLUTIONS, read_notebook
from website.pictures import move_pictures
from website.widgets import VIEW, reachable, script, states_of

_ASKS = re.compile(r"\bpredict\(\"")
_EXPLAINS = re.compile(r"\.explain\(")
_REVIEWS = re.compile(r"\breview_predictions\(")
STATES = "_static/states"
PICTURES = "_static/pictures"


def write_lesson(course: Path, lesson: str, source: Path, ran: Any = None) -> None:
    """Write a lesson's page among Sphinx's sources; with a run of the solution, it comes alive.

    Without a run the outputs are those that the solution was saved with, and each explorer shows
    its picture.
    """
    released = read_notebook(course / RELEASE / lesson / f"{lesson}.ipynb")
    solution = ran or read_notebook(course / SOLUTIONS / lesson / f"{lesson}.ipynb")
    topic = lesson.partition("_")[2]
    page = join(released, solution, topic)
    (source / lesson).mkdir(parents=True)
    for cell in page.cells:
        for output in cell.get("outputs", []):
            if "text/html" in output.get("data", {}):
                output.data["text/html"] = move_pictures(
                    output.data["text/html"], source / PICTURES, f"../{PICTURES}"
                )
    nbformat.write(page, source / lesson / f"{lesson}.ipynb")
    states = states_of(solution)
    shown = reachable(states, {key for key in _shown(solution, page) if not _is_bar(states, key)})
    if shown:
        path = source / STATES / lesson / f"{lesson}.js"
        path.parent.mkdir(parents=True)
        path.write_text(script(shown, topic), encoding="utf-8")


def join(released: Any, solution: Any, topic: str) -> Any:
    """Put what the solution's cells showed below the students' cells of the same ids."""
    outputs = {cell.id: cell.get("outputs", []) for cell in solution.cells}
    missing = [cell.id for cell in released.cells if cell.id not in outputs]
    if missing:
        raise ValueError(
            f"The students' {topic} has the cell {missing[0]!r}, which its solution lacks. "
            "Run `make release`."
        )
    page = copy.deepcopy(released)
    asked = False
    for cell in page.cells:
        marks = cell.metadata.pop("nbgrader", None)
        if cell.cell_type != "code":
            continue
        cell.outputs, cell.execution_count = [], None
        if not marks:
            shown = [output for output in outputs[cell.id] if _is_for_readers(output)]
            cell.outputs = [_displayed(output, cell.id) for output in shown]
        if _REVIEWS.search(cell.source):
            cell.outputs = [_html(review(topic))]
        if _ASKS.search(cell.source):
            asked = True
        elif _EXPLAINS.search(cell.source):
            asked = False
        elif asked and cell.outputs:  # nobody who is to predict it should see it already
            cell.metadata.setdefault("tags", []).append("hide-output")
    return page


def _is_for_readers(output: Any) -> bool:
    """Leave out progress bars (widgets that are nothing in HTML) and standard error."""
    data = output.get("data", {})
    return output.get("name") != "stderr" and (VIEW not in data or "text/html" in data)


def _displayed(output: Any, cell: str) -> Any:
    """Turn a widget into the place where it will come alive, with its still picture until then."""
    data = output.get("data", {})
    if "text/html" not in data:
        return output
    return _html(place(data.get(VIEW, {}).get("model_id", ""), data["text/html"], cell))


def place(model: str, still: str, name: str) -> str:
    """Write the place of a widget on a page, which links reach by its `name`.

    What has no model, such as a picture or a table, stays as it is.
    """
    ids = f'id="{html.escape(name)}" data-model="{html.escape(model)}"'
    return f'<div class="course-widget" {ids}><div class="course-still">{still}</div></div>'


def review(topic: str = "") -> str:
    """Write the place where a lesson's predictions are reviewed, or by default all there are."""
    words = "Your predictions are reviewed here once you have locked some in."
    return f'<p class="course-review" data-lesson="{topic}" role="status">{words}</p>'


def _html(text: str) -> Any:
    return nbformat.v4.new_output("display_data", data={"text/html": text})


def _shown(solution: Any, page: Any) -> set[str]:
    """Name the widgets that a page has a place for."""
    visible = {cell.id for cell in page.cells if cell.get("outputs")}
    return {
        output.data[VIEW].model_id
        for cell in solution.cells
        if cell.id in visible
        for output in cell.get("outputs", [])
        if VIEW in output.get("data", {}) and "text/html" in output.data
    }


def _is_bar(states: dict[str, Any], key: str) -> bool:
    """Recognise a progress bar, of which only the end is worth showing, and that stands still."""
    return states.get(key, {}).get("model_name") == "HBoxModel"

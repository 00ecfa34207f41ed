"""Model answers and their points, beside the answers in words that a person marks.

They stand in the solution's cell, which students are not given. Whoever marks sees them in the
notebook that nbgrader's formgrader shows; no page of feedback holds them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

#: The entry of such a cell's metadata. By it a page of feedback leaves the cell out.
MODEL = "course_model_answer"
_FRAMED = """<div class="alert alert-info">

**For whoever marks: the model answer.** Students do not see this box.

{text}

</div>"""


def model_answers(solution: Any) -> dict[str, str]:
    """Read the model answers in a lesson's solution, by the ``grade_id`` of their cells.

    Parameters
    ----------
    solution : NotebookNode
        As in ``solutions/01_loading_data/01_loading_data.ipynb``.
    """
    marked = [(cell, cell.metadata.get("nbgrader", {})) for cell in solution.cells]
    return {
        marks["grade_id"]: cell.source
        for cell, marks in marked
        if cell.cell_type == "markdown" and marks.get("grade") and marks.get("solution")
    }


def with_models(cells: Iterable[Any], models: Mapping[str, str]) -> list[Any]:
    """Put each model answer below the answer that it is for.

    Parameters
    ----------
    cells : iterable of NotebookNode or dict
        Those of a notebook that a person marks.
    models : mapping of str to str
        What `model_answers` has found.
    """
    shown = []
    for cell in cells:
        shown.append(cell)
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in models:
            kind = type(cell)
            shown.append(
                kind(
                    id=f"model-{len(shown)}",
                    cell_type="markdown",
                    metadata=kind({MODEL: name}),
                    source=_FRAMED.format(text=models[name].strip()),
                )
            )
    return shown

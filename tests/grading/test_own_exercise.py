"""An exercise of an instructor's own is released, graded and kept, like those of the course."""

from pathlib import Path

import nbformat
import pytest
from graded_class import LESSON, gradebook, hand_in_bytes
from nbformat.v4 import new_code_cell
from typer.testing import CliRunner

from course_utils.cli import app
from course_utils.grading.school.classes import checkout, start_class, update_class

# nbgrader's own queries.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning"),
]

SOLUTION = (
    "def decode(row):\n    ### BEGIN SOLUTION\n    return int(np.argmax(row))\n    ### END SOLUTION"
)
CHECK = 'assert decode([0, 0, 1]) == 2, "Which place holds the 1?"'


def graded_cell(source: str, name: str, points: float | None = None) -> nbformat.NotebookNode:
    own = {"grade_id": name, "schema_version": 3, "task": False}
    own |= {"grade": points is not None, "solution": points is None, "locked": points is not None}
    own |= {} if points is None else {"points": points}
    return new_code_cell(source, id=name.replace("_", "-"), metadata={"nbgrader": own})


def test_an_own_exercise_with_plain_assertions_is_graded(tmp_path: Path) -> None:
    folder = tmp_path / "spring"
    start_class(checkout(), folder, [LESSON])
    path = folder / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [graded_cell(SOLUTION, "decode"), graded_cell(CHECK, "decode_check", 4)]
    nbformat.write(notebook, path)
    update_class(checkout(), folder)
    run = CliRunner().invoke(app, ["release", "--course", str(folder)])
    assert run.exit_code == 0, run.output
    released = (folder / "notebooks" / LESSON / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    right, wrong = "return int(np.argmax(row))", "return int(row[0])"
    assert right not in released
    for student, answer in (("ada", right), ("bob", wrong)):
        work = nbformat.reads(released, as_version=4)
        for cell in work.cells:
            if cell.id == "decode":
                cell.source = f"def decode(row):\n    {answer}"
        hand_in_bytes(folder, student, nbformat.writes(work).encode())
    run = CliRunner().invoke(app, ["grade", LESSON, "--course", str(folder)])
    assert run.exit_code == 0, run.output
    with gradebook(folder) as book:
        earned = {
            student: book.find_grade("decode_check", LESSON, LESSON, student).score
            for student in ("ada", "bob")
        }
    assert earned == {"ada": 4, "bob": 0}
    page = (folder / "feedback" / "bob" / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")
    assert "Which place holds the 1?" in page

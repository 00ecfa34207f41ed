"""A lesson is run once, until something changes that its outputs depend on."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from website.running import is_kept, run_lesson

LESSON = "01_small"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one lesson, which leaves a file beside itself each time it is run."""
    cells = [
        nbformat.v4.new_code_cell("import ipywidgets\nipywidgets.IntSlider(3)", id="slider"),
        nbformat.v4.new_code_cell(
            "1 / 0", id="check", metadata={"nbgrader": {"grade": True, "grade_id": "c"}}
        ),
    ]
    folder = tmp_path / "solutions" / LESSON
    folder.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{LESSON}.ipynb")
    for name in ("explorers", "grading"):
        (tmp_path / "course_utils" / name).mkdir(parents=True)
        (tmp_path / "course_utils" / name / "a.py").write_text("")
    return tmp_path


def change(path: Path) -> None:
    path.write_text(path.read_text() + "\n# changed\n")


def test_a_run_keeps_its_widgets_and_leaves_the_checks_out(course: Path) -> None:
    ran = run_lesson(course, LESSON, course / "cache")
    states = ran.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    assert "IntSliderModel" in {state["model_name"] for state in states.values()}


def test_a_lesson_is_run_once(course: Path, monkeypatch: Any) -> None:
    first = run_lesson(course, LESSON, course / "cache")
    monkeypatch.setattr("website.running.run_notebook", None)
    assert run_lesson(course, LESSON, course / "cache") == first


@pytest.mark.parametrize(
    ("changed", "kept"), [("explorers/a.py", False), ("grading/a.py", True)], ids=str
)
def test_it_is_run_again_only_for_what_it_uses(
    course: Path, changed: str, kept: bool, monkeypatch: Any
) -> None:
    monkeypatch.setattr("website.running._run", lambda path: nbformat.read(path, as_version=4))
    run_lesson(course, LESSON, course / "cache")
    assert is_kept(course, LESSON, course / "cache")
    change(course / "course_utils" / changed)
    assert is_kept(course, LESSON, course / "cache") == kept


def test_an_old_run_is_not_kept_beside_the_new_one(course: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("website.running._run", lambda path: nbformat.read(path, as_version=4))
    for _ in range(2):
        change(course / "course_utils" / "explorers" / "a.py")
        run_lesson(course, LESSON, course / "cache")
    assert len(list((course / "cache").iterdir())) == 1


def test_the_lesson_has_a_folder_of_its_own(course: Path) -> None:
    path = course / "solutions" / LESSON / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = "open('made.txt', 'w').close()"
    nbformat.write(notebook, path)
    run_lesson(course, LESSON, course / "cache")
    assert list(course.rglob("made.txt")) == []

"""Solutions are saved with outputs that a second run repeats."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_utils.grading.outputs import RunError, save_outputs


@pytest.fixture
def write(tmp_path: Path) -> Any:
    """Write a notebook with one cell and return its path."""

    def write(source: str) -> Path:
        cell = nbformat.v4.new_code_cell(source, id="only")
        notebook = nbformat.v4.new_notebook(cells=[cell])
        notebook.metadata["widgets"] = {"state": "of yesterday"}
        path = tmp_path / "lesson.ipynb"
        nbformat.write(notebook, path)
        return path

    return write


def test_a_saved_notebook_holds_its_outputs(write: Any) -> None:
    path = write("6 * 7")
    save_outputs(path)
    assert nbformat.read(path, as_version=4).cells[0].outputs[0].data["text/plain"] == "42"


def test_a_second_run_saves_the_same_bytes(write: Any) -> None:
    path = write("import ipywidgets\nipywidgets.IntSlider(3)")
    save_outputs(path)
    first = path.read_bytes()
    save_outputs(path)
    assert path.read_bytes() == first


BAR = "from tqdm.auto import tqdm\nfor _ in tqdm(range(3)): pass\nprint('done')"


def test_progress_bars_are_not_saved(write: Any) -> None:
    path = write(BAR)
    save_outputs(path)
    outputs = nbformat.read(path, as_version=4).cells[0].outputs
    assert [output.get("text") for output in outputs] == ["done\n"]


def test_a_run_warns_of_nothing_in_the_terminal(
    write: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    save_outputs(write("6 * 7"))
    assert "WARNING" not in capfd.readouterr().err


def test_a_failed_run_leaves_the_notebook_and_nothing_beside_it(write: Any) -> None:
    path = write("1 / 0")
    before = path.read_bytes()
    with pytest.raises(RunError, match="cell 1, which raised ZeroDivisionError: division by zero"):
        save_outputs(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["lesson.ipynb"]


def test_a_cell_that_may_raise_for_students_may_not_in_a_solution(write: Any) -> None:
    path = write("1 / 0")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    with pytest.raises(RunError):
        save_outputs(path)


def test_a_cell_that_ends_its_kernel_is_named(write: Any) -> None:
    path = write("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(RunError, match="cell 1, which ended the kernel"):
        save_outputs(path)

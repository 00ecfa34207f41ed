"""A function's code tells whether it was begun, and whether it gives a value."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from course_utils.checks.bodies import (
    ALL_RETURN,
    NO_RETURN,
    SOME_RETURN,
    UNTOUCHED,
    read_body,
)
from course_utils.grading.release import RELEASE, lessons, read_notebook

COURSE = Path(__file__).parents[2]


def handed_out() -> list[Any]:
    """List what every lesson hands out to be filled in with code."""
    return [
        pytest.param(cell.source, id=cell.metadata.nbgrader.grade_id)
        for name in lessons(COURSE)
        for cell in read_notebook(COURSE / RELEASE / name / f"{name}.ipynb").cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    ]


def body(source: str, folder: Path) -> str:
    """Read the body of the function in a cell, which is kept where Python finds it."""
    path = folder / "cell.py"
    path.write_text(source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("cell", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = [value for name, value in vars(module).items() if not name.startswith("__")]
    return read_body(found[-1])


@pytest.mark.parametrize("source", handed_out())
def test_an_exercise_as_it_was_handed_out_is_untouched(source: str, tmp_path: Path) -> None:
    assert body(source, tmp_path) == UNTOUCHED


@pytest.mark.parametrize("source", handed_out())
def test_a_line_below_the_dots_is_work(source: str, tmp_path: Path) -> None:
    line = source.splitlines()[-1].replace("...", "found = [0]")
    assert body(f"{source}\n{line}\n", tmp_path) == NO_RETURN


@pytest.mark.parametrize("source", handed_out())
def test_a_line_in_the_place_of_the_dots_is_work(source: str, tmp_path: Path) -> None:
    assert body(source.replace("...", "found = [0]"), tmp_path) == NO_RETURN


#: Bodies of `f(x)`, and what they are.
BODIES = {
    "pass": UNTOUCHED,
    "'''Add 1.'''": UNTOUCHED,
    "return ...": UNTOUCHED,
    "return None": UNTOUCHED,
    "x = x + 1": NO_RETURN,
    "x + 1; return": NO_RETURN,
    "return x + 1": ALL_RETURN,
    "return x.sort()": ALL_RETURN,
    "if x: return x": SOME_RETURN,
    "for i in x: return i": SOME_RETURN,
    "return x if x else None": ALL_RETURN,
    "return None if x else x": ALL_RETURN,
    "return x or None": ALL_RETURN,
    "if not x: return None\n    return x": SOME_RETURN,
    "return (None if x else\n            None)": ALL_RETURN,
}


@pytest.mark.parametrize(("written", "kind"), BODIES.items(), ids=BODIES)
def test_a_body_tells_whether_it_gives_a_value_even_without_its_source(
    written: str, kind: str
) -> None:
    names: dict[str, Any] = {}
    exec(f"def f(x):\n    {written}", names)
    assert read_body(names["f"]) == kind


@pytest.mark.parametrize("empty", [lambda: ..., lambda x: None, lambda *x, y=1: None])
def test_an_empty_lambda_is_untouched(empty: Any) -> None:
    assert read_body(empty) == UNTOUCHED


def test_what_has_no_code_in_python_tells_nothing() -> None:
    class Odd:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError

    assert [read_body(len), read_body(Odd())] == ["", ""]  # type: ignore[arg-type]

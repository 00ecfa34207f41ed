"""A missing name is traced to the cell that defines it."""

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_utils.jupyter._running_order import first_to_run, load_ipython_extension


def notebook(*sources: str) -> list[dict[str, Any]]:
    """Make cells of sources; those that begin with # are headings. Their ids are 0, 1, …"""
    return [
        {"id": str(i), "cell_type": "markdown" if s.startswith("#") else "code", "source": s}
        for i, s in enumerate(sources)
    ]


def test_the_cell_is_known_by_its_heading_and_its_first_line() -> None:
    cells = notebook("# Title", "# Load", "\n# all of it\nrows = 3\nmore = 4", "print(more)")
    assert first_to_run("more", cells, "3").startswith(
        "First run the cell under “Load” that begins with `rows = 3`, because it defines `more`."
    )


def test_a_cell_without_a_heading_is_known_by_its_first_line() -> None:
    said = first_to_run("a", notebook("a = 1", "a"), "1")
    assert said.startswith("First run the cell that begins with `a = 1`")


def test_a_long_first_line_is_shortened() -> None:
    said = first_to_run("a", notebook("a = [" + "100, " * 30 + "]", "a"), "1")
    assert " …`" in said
    assert max(map(len, said.splitlines())) < 130


@pytest.mark.parametrize(
    "source",
    [
        "thing = 1",
        "thing: int = 1",
        "for thing in range(3):\n    pass",
        "first, thing = 1, 2",
        "import thing",
        "from somewhere import other as thing",
        "def thing():\n    return 1",
        "class thing:\n    pass",
        "with open('x') as thing:\n    pass",
        "%matplotlib inline\nthing = 1",
        "!ls\nthing = 1",
        "def thing(a):\n    return a *",
        "thing = 1 +",
        "class thing:\n    def",
    ],
)
def test_whatever_gives_a_name_is_found(source: str) -> None:
    assert first_to_run("thing", notebook(source, "thing"), "1")


@pytest.mark.parametrize(
    "source",
    [
        "print(thing)",
        "other(thing=1)",
        "thing == 1",
        "def other(thing):\n    return thing",
        "[thing for thing in range(3)]",
        "def other():\n    thing = 1",
        "print(thing",
        "if thing == 1",
        "# thing = 1",
    ],
)
def test_what_only_uses_a_name_is_not(source: str) -> None:
    assert first_to_run("thing", notebook("# Title", source, "thing"), "2") == ""


def test_of_several_cells_the_nearest_above_is_named() -> None:
    cells = notebook("# A", "a = 1", "# B", "a = 2", "a", "# C", "a = 3")
    assert "under “B”" in first_to_run("a", cells, "4")


def test_a_cell_further_down_is_named_without_the_menu() -> None:
    said = first_to_run("a", notebook("a", "# Below", "a = 1"), "0")
    assert "under “Below”" in said
    assert "Run All Above" not in said


def test_without_the_running_cell_the_first_is_named() -> None:
    cells = notebook("# A", "a = 1", "# B", "a = 2")
    assert "under “A”" in first_to_run("a", cells, None)


def test_a_cell_is_not_told_to_run_itself() -> None:
    assert first_to_run("a", notebook("print(a)\na = 1"), "0") == ""


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
    """IPython, with the notebook's path unknown to it."""
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    shell = InteractiveShell()
    load_ipython_extension(shell)
    return shell


def test_where_no_notebook_is_known_a_missing_name_is_shown_as_ever(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    result = shell.run_cell("missing")
    assert isinstance(result.error_in_exec, NameError)
    assert "name 'missing' is not defined" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "", "[]", '{"cells": 3}', '{"cells": [{"id": "a"}]}'])
def test_a_file_that_is_no_notebook_does_no_harm(
    content: str | None,
    shell: InteractiveShell,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "lesson.ipynb"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    shell.run_cell("missing")
    shown = capsys.readouterr().out
    assert "name 'missing' is not defined" in shown
    assert "running_order" not in shown


def test_a_name_that_a_library_misses_is_not_looked_for_in_the_notebook(
    shell: InteractiveShell,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "lesson.ipynb"
    path.write_text('{"cells": [{"cell_type": "code", "source": "missing = 1"}]}', encoding="utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    shell.run_cell("exec('missing', {})")
    assert "First run" not in capsys.readouterr().out
    shell.run_cell("missing")
    assert "First run the cell that begins with `missing = 1`" in capsys.readouterr().out

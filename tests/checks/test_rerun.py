"""A function that an earlier run of its cell has left behind is noticed."""

from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

RIGHT = "def double(x):\n    return 2 * x"
SET_UP = "from course_utils.checks.check import Check\ncheck = Check('double(x)', [(1, 2)])"
ASK = "check(double)"


@pytest.fixture
def notebook() -> Iterator[Any]:
    """What runs cells, as a kernel does."""
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.history_manager.enabled = False  # no database
    yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("cells", "is_noticed"),
    [
        pytest.param([RIGHT], False, id="run once"),
        pytest.param([RIGHT, RIGHT], False, id="run twice"),
        pytest.param([RIGHT, "def double(x)\n    return 3 * x"], True, id="no longer Python"),
        pytest.param([RIGHT, "1 / 0\ndef double(x):\n    return 3"], True, id="stopped before it"),
        pytest.param([RIGHT, "def double(x)", RIGHT], False, id="mended"),
        pytest.param([RIGHT, "1 / 0"], False, id="another cell stopped"),
        pytest.param([RIGHT, "def treble(x)"], False, id="another function"),
        pytest.param([RIGHT, f"%%capture\n{RIGHT}\n"], False, id="by a magic"),
        pytest.param([f"if True:\n    {RIGHT}".replace("\n    r", "\n        r")], False, id="if"),
    ],
)
def test_a_leftover_is_not_praised(
    notebook: Any, cells: list[str], is_noticed: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    for cell in (SET_UP, *cells):
        notebook.run_cell(cell, store_history=True)
    capsys.readouterr()
    assert notebook.run_cell(ASK, store_history=True).success
    told = capsys.readouterr().out
    assert ("its cell has been run again since" in told) == is_noticed
    assert ("✓" in told) != is_noticed


def test_outside_a_notebook_nothing_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    from course_utils.checks.check import Check

    Check("double(x)", [(1, 2)])(lambda x: 2 * x)
    assert capsys.readouterr().out == "✓ double does what it should on the visible cases.\n"

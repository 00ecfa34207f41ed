"""The benchmarks' command, its tables, and what they find in the lessons. No time is asserted."""

import importlib
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent


def run_benchmarks(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch):
    """Import a module of benchmarks/, which is no part of the installed package."""
    monkeypatch.syspath_prepend(ROOT)

    def load(name: str) -> ModuleType:
        return importlib.import_module(f"benchmarks.{name}")

    return load


def test_help_names_every_benchmark_and_gives_examples(module):
    run = run_benchmarks("--help")
    assert run.returncode == 0
    assert "python -m benchmarks explorers imports" in run.stdout
    for name in module("__main__").BENCHMARKS:
        assert name in run.stdout


@pytest.mark.parametrize(
    ("given", "nearest"), [("explorer", "explorers"), ("import", "imports"), ("scale", "scaling")]
)
def test_unknown_benchmark_is_refused_with_the_nearest(given, nearest):
    run = run_benchmarks(given)
    assert run.returncode == 2
    assert f"no benchmark '{given}'. Did you mean '{nearest}'?" in run.stderr
    assert run.stdout == ""


def test_quick_imports_print_and_write_a_table_where_they_are_told(tmp_path: Path):
    run = run_benchmarks("imports", "--quick", "--results", str(tmp_path))
    assert run.returncode == 0, run.stderr
    rows = {line.split("|")[1].strip(): line for line in run.stdout.splitlines() if "|" in line}
    assert "neither" in rows["`import course_utils`"]
    assert (tmp_path / "imports.md").read_text(encoding="utf-8").strip() == run.stdout.strip()
    assert [path.name for path in tmp_path.iterdir()] == ["imports.md"]


def test_fresh_process_sees_what_gets_loaded(module, tmp_path, monkeypatch):
    (tmp_path / "keras.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    cost = module("processes").cost_in_fresh_process
    assert cost("import keras").heavy == ("keras",)
    assert cost("import json").heavy == ()


def test_failing_statement_is_reported_with_its_error(module):
    with pytest.raises(module("report").BenchmarkError, match="no_such_module"):
        module("processes").cost_in_fresh_process("import no_such_module")


def test_table_aligns_figures_to_the_right_and_keeps_bars_inside_cells(module):
    table = module("report").markdown_table(
        ["what", "cell", "seconds"], [["a|b", "3d-plot", "0.5 (0.4 to 0.7)"], ["c", "2", 7]]
    )
    assert table.splitlines() == [
        "| what | cell | seconds |",
        "|:---|:---|---:|",
        r"| a\|b | 3d-plot | 0.5 (0.4 to 0.7) |",
        "| c | 2 | 7 |",
    ]


def test_table_refuses_a_row_of_another_length(module):
    with pytest.raises(ValueError, match="must have 2 cells"):
        module("report").markdown_table(["a", "b"], [["1"]])


def test_machine_line_names_versions_and_no_path(module):
    line = module("report").machine_line()
    for word in ("cores", "Python", "TensorFlow", "JupyterLab"):
        assert word in line
    assert "/" not in line


def test_failed_write_leaves_the_old_file(module, tmp_path):
    path = tmp_path / "table.md"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        module("report").write_aside("\ud800", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_explorer_call_keeps_only_the_cells_it_needs(module):
    cells = [
        "from course import explore_a\nimport keras",
        "images = load()",
        "network = train(images)",
        "names = ['x']",
        "def pick(rows):\n    return rows[:len(names)]",
        "explore_a(pick(images))",
    ]
    kept = module("lessons").needed_cells(cells, "explore_a(pick(images))")
    assert kept == [cells[index] for index in (0, 1, 3, 4)]


def test_every_explorer_in_the_lessons_is_found(module):
    lessons = module("lessons")
    notebooks = lessons.lesson_notebooks()
    found = {call.function for call in lessons.explorer_calls(notebooks)}
    assert "explore_patch" in found
    assert all(
        name in Path(ROOT / "course_utils/explorers/__init__.py").read_text() for name in found
    )

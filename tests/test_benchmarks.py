"""The benchmarks' command, its tables, and what they find in the lessons. No time is asserted."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks
from benchmarks import explorers, imports, lessons, processes, report
from benchmarks.__main__ import BENCHMARKS
from benchmarks.record import Part, finished
from course_utils import explorers as course_explorers
from course_utils import lessons as course_lessons

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


def test_help_names_every_benchmark_and_gives_examples():
    run = run_benchmarks("--help")
    assert run.returncode == 0
    assert "python -m benchmarks explorers imports" in run.stdout
    for name in BENCHMARKS:
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


def test_fresh_process_sees_what_gets_loaded(tmp_path, monkeypatch):
    (tmp_path / "keras.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    cost = processes.cost_in_fresh_process
    assert cost("import keras").heavy == ("keras",)
    assert cost("import json").heavy == ()


def test_failing_statement_is_reported_with_its_error():
    with pytest.raises(report.BenchmarkError, match="no_such_module"):
        processes.cost_in_fresh_process("import no_such_module")


def test_table_aligns_figures_to_the_right_and_keeps_bars_inside_cells():
    table = report.markdown_table(
        ["what", "cell", "seconds"], [["a|b", "3d-plot", "0.5 (0.4 to 0.7)"], ["c", "2", 7]]
    )
    assert table.splitlines() == [
        "| what | cell | seconds |",
        "|:---|:---|---:|",
        r"| a\|b | 3d-plot | 0.5 (0.4 to 0.7) |",
        "| c | 2 | 7 |",
    ]


def test_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError, match="must have 2 cells"):
        report.markdown_table(["a", "b"], [["1"]])


def test_machine_line_names_versions_and_no_path():
    line = report.machine_line()
    for word in ("cores", "Python", "TensorFlow", "JupyterLab"):
        assert word in line
    assert "/" not in line


def test_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "table.md"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        report.write_aside("\ud800", path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_explorer_call_keeps_only_the_cells_it_needs():
    cells = [
        "from course import explore_a\nimport keras",
        "images = load()",
        "network = train(images)",
        "names = ['x']",
        "def pick(rows):\n    return rows[:len(names)]",
        "explore_a(pick(images))",
    ]
    kept = lessons.needed_cells(cells, "explore_a(pick(images))")
    assert kept == [cells[index] for index in (0, 1, 3, 4)]


def test_what_an_explorer_needs_holds_no_graded_cell():
    setups = [call.setup for call in lessons.explorer_calls(lessons.lesson_notebooks())]
    assert [setup for setup in setups if "HIDDEN TESTS" in setup] == []


def test_every_explorer_in_the_lessons_is_found():
    found = {call.function for call in lessons.explorer_calls(lessons.lesson_notebooks())}
    assert found == {name for name in course_explorers.__all__ if name.startswith("explore_")}


def test_every_lesson_has_its_import_measured():
    wanted = {f"from course_utils.lessons import {name}" for name in dir(course_lessons)}
    assert wanted <= set(imports.statements())


def test_the_map_in_the_docstring_names_every_module_and_no_other():
    named = set(re.findall("``([a-z_]+)``", benchmarks.__doc__))
    there = {path.stem for path in (ROOT / "benchmarks").glob("[!_]*.py")}
    assert named == there


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (report.median_and_p95([10.0, 20.0, 30.0]), "20 / 29"),
        (report.mean_and_range([0.9, 0.8]), "0.850 (0.800 to 0.900)"),
        (report.median_and_range([1.0, 2.0, 4.0]), "2.00 (1.00 to 4.00)"),
        (report.median_and_range([1.0], decimals=1), "1.0"),
        (report.counted(1, "epoch"), "1 epoch"),
        (report.counted(1_000, "seed"), "1,000 seeds"),
        (processes.mib(12.34), "12"),
        (processes.mib(None), "unknown"),
    ],
)
def test_figures_are_written_as_people_read_them(written, expected):
    assert written == expected


def test_things_are_measured_in_turns():
    order = []
    found = processes.in_turns(lambda thing: order.append(thing) or len(order), "ab", 2, "things")
    assert order == ["a", "b", "a", "b"]
    assert found == {"a": [1, 3], "b": [2, 4]}


def test_a_changed_part_is_measured_again(tmp_path):
    def outcome_of(version):
        (outcome,) = finished(
            [Part("a", {"version": version}, lambda: {"version": version})], tmp_path / "r", "parts"
        )
        return outcome["version"]

    assert [outcome_of(version) for version in (1, 2)] == [1, 2]


TIMES = {"scene": [10.0, 12.0], "interact": [110.0, 110.0], "without kernel": [8.0]}


def explorers_table():
    return report.Table("# Explorers", ["Explorer", "a", "b", "c", "d"], [("first",), ("second",)])


def test_explorers_stopped_halfway_are_shown_and_stay_in_the_record(tmp_path):
    record = tmp_path / "record.jsonl"
    record.touch()
    with pytest.raises(report.StoppedError, match=r"\| first \| 11 / 12 \|") as stopped:
        explorers.written(explorers_table(), [TIMES], record)
    assert "second" not in str(stopped.value)
    assert record.exists()


def test_explorers_that_are_all_timed_are_timed_anew_next_time(tmp_path):
    record = tmp_path / "record.jsonl"
    record.touch()
    assert "| second |" in explorers.written(explorers_table(), [TIMES, TIMES], record)
    assert not record.exists()

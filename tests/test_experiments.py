"""The experiment log: what it keeps, what it refuses, and that nothing is lost."""

import json
from pathlib import Path

import numpy as np
import pytest

from course_utils.experiments import (
    DamagedLogError,
    ExperimentLog,
    ExperimentTable,
    parse_log,
    settings_text,
    sha256_of,
)

PLAN = {
    "data": "mnist",
    "baseline": 0.1,
    "target": 0.97,
    "hypothesis": "Sixteen neurons reach 97 %.",
    "max_parameters": 20_000,
    "max_cpu_seconds": 60,
}


@pytest.fixture
def log(tmp_path: Path) -> ExperimentLog:
    """An empty log in a folder that does not exist yet."""
    return ExperimentLog(tmp_path / "mine" / "experiments.jsonl")


def add(log: ExperimentLog, seed: int = 0, **changes: object) -> dict:
    settings = changes.pop("settings", {"widths": [8, 16], "flips": True})
    figures = {"validation_accuracy": 0.91, "parameters": 2818, "cpu_seconds": 9.84} | changes
    return log.add_experiment(settings, seed, **figures)


def test_a_new_log_is_empty_and_makes_no_file(log: ExperimentLog) -> None:
    assert log.rows() == []
    assert not log.path.parent.exists()


def test_rows_come_back_in_their_order_from_another_log_of_the_same_file(log) -> None:
    log.add_plan(**PLAN)
    add(log)
    add(log, seed=1)
    rows = ExperimentLog(str(log.path)).rows()
    assert [row["kind"] for row in rows] == ["plan", "experiment", "experiment"]
    assert [row["number"] for row in rows[1:]] == [1, 2]


def test_every_line_of_the_file_is_json(log: ExperimentLog) -> None:
    add(log)
    assert [json.loads(line) for line in log.path.read_text().splitlines()] == log.rows()


def test_numpy_numbers_are_kept_as_plain_ones(log: ExperimentLog) -> None:
    row = add(log, seed=np.int64(3), validation_accuracy=np.float32(0.5), parameters=np.int32(7))
    assert (row["seed"], row["validation_accuracy"], row["parameters"]) == (3, 0.5, 7)


def test_a_tuple_in_the_settings_is_found_as_a_list(log: ExperimentLog) -> None:
    add(log, settings={"widths": (8, 16)})
    assert log.find({"widths": [8, 16]}, 0) == log.find({"widths": (8, 16)}, 0) == log.rows()[0]


def test_another_seed_is_another_experiment(log: ExperimentLog) -> None:
    add(log)
    assert log.find({"widths": [8, 16], "flips": True}, 1) is None


def test_rows_that_are_changed_leave_the_log_as_it_is(log: ExperimentLog) -> None:
    add(log)["settings"]["widths"] = []
    log.rows()[0]["settings"]["widths"] = []
    assert log.rows()[0]["settings"]["widths"] == [8, 16]


def test_the_same_plan_is_written_once_and_a_changed_one_is_added(log: ExperimentLog) -> None:
    log.add_plan(**PLAN)
    log.add_plan(**PLAN)
    log.add_plan(**(PLAN | {"target": 0.5}))
    assert [row["target"] for row in log.rows("plan")] == [0.97, 0.5]


def test_the_same_reload_is_written_once(log: ExperimentLog) -> None:
    add(log)
    log.add_reload(1, np.float32(1.23456e-7))
    log.add_reload(1, 1.23456e-7)
    assert [row["largest_difference"] for row in log.rows("reload")] == [1.2e-7]


def test_a_model_is_kept_by_name_and_fingerprint(log: ExperimentLog, tmp_path: Path) -> None:
    model = tmp_path / "experiment_1.keras"
    model.write_bytes(b"weights")
    row = add(log, model=model)
    assert (row["model"], row["sha256"]) == (model.name, sha256_of(model))
    model.write_bytes(b"weighty")
    assert row["sha256"] != sha256_of(model)


# The test set --------------------------------------------------------------------------------


def test_the_test_set_is_measured_once_however_often_it_is_asked(log: ExperimentLog) -> None:
    add(log)
    figures = iter([0.9, 0.8])
    first, second = (log.open_test_set(1, lambda: next(figures)) for _ in range(2))
    assert first == second == {"kind": "test", "experiment": 1, "test_accuracy": 0.9}
    assert len(log.rows("test")) == 1


def test_opening_it_again_is_possible_and_leaves_a_trace(log: ExperimentLog) -> None:
    add(log)
    log.open_test_set(1, lambda: 0.9)
    log.open_test_set(1, lambda: 0.91, again=True)
    assert [row["test_accuracy"] for row in log.rows("test")] == [0.9, 0.91]


def test_it_is_not_measured_for_an_experiment_that_is_not_there(log: ExperimentLog) -> None:
    add(log)
    with pytest.raises(ValueError, match="number of an experiment in the log; got 2, and there"):
        log.open_test_set(2, pytest.fail)


def test_a_result_in_place_of_a_function_is_refused(log: ExperimentLog) -> None:
    add(log)
    with pytest.raises(TypeError, match="without brackets"):
        log.open_test_set(1, 0.9)


def test_a_failed_evaluation_writes_nothing(log: ExperimentLog) -> None:
    add(log)
    with pytest.raises(ZeroDivisionError):
        log.open_test_set(1, lambda: 1 / 0)
    assert log.rows("test") == []


# Damage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        '{"kind": "test", "experiment": 1',
        '{"kind": "best"}',
        '{"kind": "test", "experiment": 1}',
        '{"kind": "test", "experiment": true, "test_accuracy": 0.5}',
        '{"kind": "test", "experiment": 1, "test_accuracy": "0.5"}',
        "[1]",
        "\x00\x00",
    ],
)
def test_a_damaged_line_is_named_and_nothing_is_lost(log: ExperimentLog, line: str) -> None:
    add(log)
    damaged = log.path.read_text() + line + "\n"
    log.path.write_text(damaged)
    for use in (log.rows, log.text, lambda: add(log), lambda: repr(log)):
        with pytest.raises(DamagedLogError, match=r"line 2 of experiments.jsonl is not one"):
            use()
    assert log.path.read_text() == damaged


def test_bytes_that_are_no_text_are_named_too(log: ExperimentLog) -> None:
    add(log)
    log.path.write_bytes(log.path.read_bytes() + b"\xff\xfe\n")
    with pytest.raises(DamagedLogError, match="line 2"):
        log.rows()


def test_a_crash_while_writing_leaves_the_old_log(log: ExperimentLog, monkeypatch) -> None:
    add(log)
    before = log.path.read_bytes()
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        add(log, seed=1)
    assert log.path.read_bytes() == before
    assert [path.name for path in log.path.parent.iterdir()] == [log.path.name]


@pytest.mark.parametrize("settings", [{"rate": np.nan}, {"layer": object()}, {1: 2}, [("a", 1)]])
def test_settings_that_json_cannot_hold_are_refused_before_anything_is_written(
    log: ExperimentLog, settings: object
) -> None:
    with pytest.raises(TypeError, match="`settings` must hold"):
        add(log, settings=settings)
    assert not log.path.exists()


def test_an_accuracy_in_per_cent_is_refused(log: ExperimentLog) -> None:
    with pytest.raises(ValueError, match=r"0\.92, not 92"):
        add(log, validation_accuracy=91.0)


# Text and table ------------------------------------------------------------------------------


def test_the_text_of_a_log_is_read_back(log: ExperimentLog) -> None:
    log.add_plan(**(PLAN | {"hypothesis": 'Ångström said: "97 %".'}))
    add(log)
    assert parse_log(log.text()) == log.rows()
    assert "Ångström" in log.text()


def test_settings_that_are_off_are_left_out() -> None:
    assert settings_text({"batch_norm": True, "flips": False, "dropout": 0.2}) == (
        "batch norm, dropout 0.2"
    )
    assert settings_text({}) == "no settings"


def test_the_table_says_in_text_what_it_says_in_html(log: ExperimentLog) -> None:
    add(log, settings={"note": "<b>"})
    html, text = log._repr_html_(), repr(log)
    for cell in ("2,818", "9.8", "0.910"):
        assert f"<td>{cell}</td>" in html
        assert cell in text
    assert "&lt;b&gt;" in html


def test_a_table_shows_experiments_only(log: ExperimentLog) -> None:
    log.add_plan(**PLAN)
    assert repr(ExperimentTable(log.rows())) == "No experiments yet."

"""The tutorials' rows: trained once, kept at once, and gone on with after a stop."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import tutorials
from benchmarks.record import read_record
from benchmarks.report import BenchmarkError, StoppedError
from course_utils.networks import network_names

pytestmark = pytest.mark.slow


@pytest.fixture
def trained(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, str]]:
    """Count what is trained, in no time; Ctrl-C after the eighth run."""
    runs: list[tuple[str, int, str]] = []

    def train(name: str, seed: int, way: str) -> dict[str, Any]:
        if len(runs) == 8:
            raise KeyboardInterrupt
        runs.append((name, seed, way))
        return {"test_accuracy": 0.96, "loss": [1.0], "val_loss": [], "n_parameters": 118_282,
                "seconds": 3.0, "peak_mib": 900.0}  # fmt: skip

    monkeypatch.setattr(tutorials, "train", train)
    return runs


def test_a_stopped_benchmark_goes_on_where_it_was(
    trained: list[tuple[str, int, str]], tmp_path: Path
) -> None:
    record = tmp_path / "runs.jsonl"
    tutorials.complete(record, quick=False)
    before = list(trained)
    trained.clear()
    tutorials.complete(record, quick=False)
    assert trained == tutorials.plan(quick=False)[len(before) : len(before) + 8]


def test_a_changed_recipe_is_trained_again(
    trained: list[tuple[str, int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "runs.jsonl"
    tutorials.complete(record, quick=False)
    trained.clear()
    monkeypatch.setitem(tutorials.RECIPES, "S0 MLP", tutorials.RECIPES["S3 MLP"])
    tutorials.complete(record, quick=False)
    assert trained[0] == ("S0 MLP", 0, "plain")


def test_a_stopped_benchmark_shows_no_row_that_is_not_whole(
    trained: list[tuple[str, int, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tutorials, "RECORD", tmp_path / "runs.jsonl")
    with pytest.raises(StoppedError) as stopped:
        tutorials.measure(quick=False)
    assert "| S0 MLP" not in str(stopped.value)


def test_a_damaged_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    record = tmp_path / "runs.jsonl"
    record.write_text('{"name": "S0')
    with pytest.raises(BenchmarkError, match="is damaged"):
        tutorials.complete(record, quick=False)
    assert record.read_text() == '{"name": "S0'


@pytest.mark.parametrize(
    ("stated", "where"), [(0.96, "yes"), (0.97, "above, by 0.0100"), (0.901, "below, by 0.0490")]
)
def test_a_stated_accuracy_is_compared_with_the_range(stated: float, where: str) -> None:
    assert tutorials.where(stated, [0.95, 0.964]) == where


def test_every_network_of_the_tutorials_has_a_recipe() -> None:
    assert {recipe.network for recipe in tutorials.RECIPES.values()} == set(network_names())


def test_a_quick_run_trains_an_mlp_and_a_cnn_alike_in_both_ways() -> None:
    rows = [line for line in tutorials.measure(quick=True).splitlines() if line[:3] == "| S"]
    assert [row.split("|")[-2].strip() for row in rows] == ["yes", "yes"]


def test_a_run_in_a_process_of_its_own_says_what_came_of_it() -> None:
    outcome = tutorials.train("S0 MLP", 0, "course", "--quick")
    assert outcome["name"] == "S0 MLP"
    assert outcome["n_parameters"] == 118_282
    assert len(outcome["loss"]) == 1


def test_the_kept_runs_are_readable() -> None:
    assert all(json.dumps(run["identity"]) for run in read_record(tutorials.RECORD))

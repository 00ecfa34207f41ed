"""The recorded runs: what is shipped, and how it is made."""

import json

import pytest

from course_utils.pretrained import runs

CURVES = ["loss", "accuracy", "val_loss", "val_accuracy"]


def test_there_is_a_run_of_every_size_with_dropout_and_without_from_three_seeds() -> None:
    found = {(run["images"], run["dropout"], run["seed"]) for run in runs.load_runs()}
    assert found == {(n, d, s) for n in runs.SIZES for d in runs.DROPOUTS for s in runs.SEEDS}


@pytest.mark.parametrize("name", CURVES)
def test_each_run_has_60_epochs_of_four_digits(name: str) -> None:
    assert all(len(run[name]) == 60 for run in runs.load_runs())
    assert all(value == round(value, 4) for run in runs.load_runs() for value in run[name])


def test_what_was_rebuilt_has_the_form_of_what_is_shipped(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(runs, "SEEDS", (0,))
    rebuilt = json.loads(runs.rebuild(tmp_path, sizes=[100], epochs=2).read_text())
    assert [list(run) for run in rebuilt] == [list(run) for run in runs.load_runs()[:2]]
    assert [len(run["loss"]) for run in rebuilt] == [2, 2]


def test_a_missing_folder_is_refused_before_anything_is_trained(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="`folder` must be an existing folder"):
        runs.rebuild(tmp_path / "nowhere")

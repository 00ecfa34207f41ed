"""The learner's own file of predictions is never lost and never half written."""

import os
from pathlib import Path

import pytest

from course_utils.predictions.record import PredictionFile, review_predictions

ENTRY = {"choice": "44", "right": True, "confidence": 80}


def test_a_second_prediction_keeps_the_first(tmp_path: Path) -> None:
    file = PredictionFile(tmp_path)
    file.add("a.one", ENTRY)
    file.add("a.two", ENTRY)
    assert list(file.read()) == ["a.one", "a.two"]


def test_a_file_that_is_not_json_is_put_aside_and_not_overwritten(tmp_path: Path) -> None:
    file = PredictionFile(tmp_path)
    file.path.write_text("half a fi")
    file.add("a.one", ENTRY)
    assert (tmp_path / "my_predictions.unreadable.json").read_text() == "half a fi"
    assert list(file.read()) == ["a.one"]


def test_a_prediction_of_an_earlier_edition_is_found_in_its_lessons_folder_of_then(
    tmp_path: Path,
) -> None:
    for folder in ("06_training", "07_training"):
        (tmp_path / folder).mkdir()
    PredictionFile(tmp_path / "06_training").add("training.rate", ENTRY)
    assert PredictionFile(tmp_path / "07_training").find("descent.rate", "training.rate") == ENTRY
    assert PredictionFile(tmp_path / "07_training").find("training.other") == {}


def test_ones_own_prediction_goes_before_that_of_an_earlier_edition(tmp_path: Path) -> None:
    for folder, sure in (("06_training", 10), ("07_training", 90)):
        (tmp_path / folder).mkdir()
        PredictionFile(tmp_path / folder).add("training.again", {**ENTRY, "confidence": sure})
    assert PredictionFile(tmp_path / "07_training").find("training.again")["confidence"] == 90


@pytest.mark.parametrize("content", ["[]", "3", '{"a.one": "44"}', '{"a.one": {"choice": "44"}}'])
def test_a_file_of_another_shape_counts_as_empty(tmp_path: Path, content: str) -> None:
    file = PredictionFile(tmp_path)
    file.path.write_text(content)
    assert file.read() == {}


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    PredictionFile(tmp_path).add("a.one", ENTRY)
    assert [path.name for path in tmp_path.iterdir()] == ["my_predictions.json"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch) -> None:
    file = PredictionFile(tmp_path)
    file.add("a.one", ENTRY)

    def full(*arguments: object, **keywords: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    assert "could not be saved" in file.add("a.two", ENTRY)
    assert list(file.read()) == ["a.one"]


def test_the_review_counts_only_the_lesson_asked_for(tmp_path: Path) -> None:
    file = PredictionFile(tmp_path)
    file.add("loading_data.one", ENTRY)
    file.add("start_here.one", {**ENTRY, "right": False, "confidence": 40})
    assert repr(review_predictions("start_here", tmp_path)) == (
        "0 of your 1 predictions were right, and you were 40 % sure on average."
    )

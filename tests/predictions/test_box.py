"""Predict boxes: a locked choice stands, is kept, and only then explained."""

import json
import tomllib
from pathlib import Path

import pytest
from traitlets import TraitError

from course_utils.predictions import predict

QUESTIONS = sorted((Path(__file__).parents[2] / "course_utils/predictions/lessons").glob("*.toml"))
ENTRIES = [
    pytest.param(entry, id=f"{path.stem}.{name}")
    for path in QUESTIONS
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
]


@pytest.fixture
def box(tmp_path: Path):
    return predict("start_here.pixels", folder=tmp_path)


def lock(box, choice: int, confidence: int = 70) -> None:
    box.choice, box.confidence = choice, confidence
    box.lock()


def kept(folder: Path) -> dict:
    return json.loads((folder / "my_predictions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("entry", ENTRIES)
def test_one_option_is_right_and_each_other_names_its_misconception(entry) -> None:
    right = [option for option in entry["options"] if option.get("right")]
    wrong = [option for option in entry["options"] if not option.get("right")]
    assert len(right) == 1
    assert len(wrong) >= 2
    assert all(option["misconception"] for option in wrong)


@pytest.mark.parametrize("entry", ENTRIES)
def test_each_option_goes_by_an_id_of_its_own(entry) -> None:
    ids = [option["id"] for option in entry["options"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("entry", ENTRIES)
def test_the_options_differ_and_the_explanation_is_there(entry) -> None:
    texts = [option["text"] for option in entry["options"]]
    assert len(set(texts)) == len(texts)
    assert entry["explanation"].strip()


def test_nothing_is_explained_before_the_lock(box) -> None:
    assert "784 pixels" not in box.words
    assert box.explain()._view.value == box.words


def test_the_explanation_follows_the_box_in_the_browser(box) -> None:
    explanation = box.explain()
    source, target = explanation._link.source, explanation._link.target
    assert (source, target) == ((box, "words"), (explanation._view, "value"))


def test_the_browser_is_not_sent_which_option_is_right(box) -> None:
    assert "right" not in box.get_state()


def test_a_wrong_choice_hears_the_idea_behind_it(box) -> None:
    lock(box, 1)
    assert "height and width are added" in box.words


def test_a_right_choice_is_confirmed_with_its_confidence(box) -> None:
    lock(box, 2, confidence=90)
    assert "✓ Right: 784" in box.words
    assert "90 % sure" in box.words


def test_a_locked_prediction_is_kept_in_the_learners_file(box, tmp_path: Path) -> None:
    lock(box, 1, confidence=30)
    entry = kept(tmp_path)["start_here.pixels"]
    assert (entry["option"], entry["right"], entry["confidence"]) == ("56", False, 30)


def test_a_prediction_that_was_locked_before_stays_locked(box, tmp_path: Path) -> None:
    lock(box, 1)
    again = predict("start_here.pixels", folder=tmp_path)
    assert (again.locked, again.choice) == (True, 1)


def test_words_that_change_after_the_lock_lose_no_prediction(box, tmp_path: Path) -> None:
    lock(box, 1)
    path = tmp_path / "my_predictions.json"
    entries = kept(tmp_path)
    entries["start_here.pixels"]["choice"] = "other words"
    path.write_text(json.dumps(entries), encoding="utf-8")
    assert predict("start_here.pixels", folder=tmp_path).choice == 1


def test_a_file_of_the_first_edition_is_known_by_its_words(tmp_path: Path) -> None:
    entry = {"question": "How many?", "choice": "56", "right": False, "confidence": 20}
    path = tmp_path / "my_predictions.json"
    path.write_text(json.dumps({"start_here.pixels": entry}), encoding="utf-8")
    again = predict("start_here.pixels", folder=tmp_path)
    assert (again.locked, again.options[again.choice]) == (True, "56")


def test_a_prediction_of_a_lesson_that_was_split_is_carried_over(tmp_path: Path) -> None:
    then, now = tmp_path / "06_training", tmp_path / "06_gradient_descent"
    then.mkdir(), now.mkdir()
    entry = {"choice": "x", "option": "it-grows-with-every-step", "right": True, "confidence": 20}
    (then / "my_predictions.json").write_text(json.dumps({"training.rate": entry}))
    again = predict("gradient_descent.rate", folder=now)
    assert (again.locked, again.choice, again.confidence) == (True, again.right, 20)
    assert kept(now)["gradient_descent.rate"]["option"] == entry["option"]


def test_a_locked_choice_cannot_be_changed(box) -> None:
    lock(box, 1)
    box.choice = 2
    assert box.choice == 1


def test_a_lock_without_a_choice_is_refused(box) -> None:
    with pytest.raises(ValueError, match="Choose an option first: set `choice` to a number"):
        box.lock()
    assert box.locked is False


def test_the_browser_asks_for_the_lock_with_the_numbers_that_it_shows(box, tmp_path: Path) -> None:
    box._handle_custom_msg({"choice": 1, "confidence": 20}, [])
    assert (box.locked, kept(tmp_path)["start_here.pixels"]["confidence"]) == (True, 20)


def test_nobody_can_call_a_prediction_locked_that_is_not_kept(box) -> None:
    box.choice = 1
    with pytest.raises(TraitError, match="read-only"):
        box.locked = True


def test_it_is_written_before_it_is_called_locked_or_explained(box, tmp_path: Path) -> None:
    told = []
    box.observe(lambda _: told.append(sorted(kept(tmp_path))), ["status", "words", "locked"])
    lock(box, 1)
    assert told == [["start_here.pixels"]] * 3


def test_a_folder_that_cannot_be_written_is_said_and_nothing_breaks(tmp_path: Path) -> None:
    box = predict("start_here.pixels", folder=tmp_path / "missing")
    lock(box, 1)
    assert "could not be saved" in box.status


@pytest.mark.parametrize("key", ["pixels", "start_here.pixels.more", 3])
def test_a_key_of_another_form_is_refused(key) -> None:
    with pytest.raises(ValueError, match="must be '<lesson>.<question>'"):
        predict(key)


def test_an_unknown_lesson_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean 'start_here'"):
        predict("start_hear.pixels")

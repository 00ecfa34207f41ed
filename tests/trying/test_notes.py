"""The notes that lie beside a saved network."""

import json
from pathlib import Path

import pytest

from course_utils.trying import save_notes
from course_utils.trying.notes import Notes, read_notes


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "cups.keras"
    path.touch()
    return path


def test_notes_come_back_as_they_were_saved(model: Path) -> None:
    how = {"like": "mnist", "invert": True, "frame": False, "white": 1, "crop": True}
    save_notes(model, ["cup", "plate"], **how)
    assert read_notes(model) == Notes(["cup", "plate"], "mnist", True, False, 1.0, True)


def test_they_lie_beside_the_network_for_people_to_read(model: Path) -> None:
    assert save_notes(model, ["Tasse", "Füllfeder"]).name == "cups.json"
    assert '"Füllfeder"' in (model.parent / "cups.json").read_text("utf-8")


def test_notes_of_an_edition_that_did_not_know_cropping_are_read(model: Path) -> None:
    model.with_suffix(".json").write_text(json.dumps({"class_names": ["cup"], "invert": True}))
    assert read_notes(model) == Notes(["cup"], invert=True)


def test_without_a_file_nothing_is_known(model: Path) -> None:
    assert read_notes(model) == Notes()


def test_what_is_known_otherwise_corrects_notes(model: Path) -> None:
    notes = Notes(["cup", "plate"], invert=True, white=1.0)
    corrected = notes.corrected(by=Notes(invert=False, like="mnist"))
    assert corrected == Notes(["cup", "plate"], "mnist", False, None, 1.0)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no JSON", "Expecting value"),
        ("[1]", "its names must be among"),
        (json.dumps({"classes": ["cup"]}), "its names must be among class_names"),
        (json.dumps({"class_names": "cup"}), "must be a list of names"),
        (json.dumps({"like": "cifar"}), "`like` must be one of"),
        (json.dumps({"invert": 1}), "`invert` must be True or False"),
        (json.dumps({"white": 0}), "`white` must be a number from 1 to 255"),
    ],
)
def test_other_files_of_that_name_are_refused_with_the_reason(
    text: str, why: str, model: Path
) -> None:
    model.with_suffix(".json").write_text(text)
    with pytest.raises(ValueError, match=r"cups\.json does not hold the notes") as raised:
        read_notes(model)
    assert why in str(raised.value)

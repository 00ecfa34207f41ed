"""The capstone's project: its starters, the names of its settings, and what is opened once."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from course_notebooks import COURSE, lesson_on, read
from PIL import Image

from course_utils.checks.capstone import check_my_plan
from course_utils.datasets import load_photos
from course_utils.experiments import ExperimentLog
from course_utils.experiments.rows import FIELDS
from course_utils.pretrained import prepare_photos
from course_utils.pretrained.colouring import class_hues, colour_of

RESULTS = COURSE / "benchmarks" / "results"


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """The sources of the lesson's cells, by id."""
    return {cell.id: cell.source for cell in read("solutions", lesson_on("capstone")).cells}


@pytest.fixture(scope="module")
def lesson(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson gives to learners, with its own project loaded."""
    space: dict[str, Any] = {"np": np}
    cells = ("practice-data", "practice-plan", "my-plan-solution", "keras", "build")
    for cell in (*cells, "run-experiment", "project-data"):
        exec(sources[cell], space)
    return space


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pictures of a learner's own: 50 of one class, 25 of the other, no two alike."""
    path = tmp_path_factory.mktemp("own")
    rng = np.random.default_rng(0)
    for name, n in (("cup", 50), ("plate", 25)):
        (path / name).mkdir()
        for i in range(n):
            pixels = rng.integers(0, 256, (28, 28), np.uint8)
            Image.fromarray(pixels).save(path / name / f"{i}.png")
    return path


def parts_of(lesson: dict[str, Any], name: str) -> tuple[list[Any], list[str]]:
    """Return training, validation and test data of a project, and the names of its classes."""
    project, test, names = lesson["load_project"](name)
    return [project["train"], project["validation"], test], names


@pytest.mark.parametrize(
    ("name", "sizes"),
    [("mnist", [50_000, 10_000, 10_000]), ("fashion_mnist", [50_000, 10_000, 10_000]),
     ("coloured", [12_800, 3_200, 4_000]), ("photos", [72, 18, 23]), ("folder", [48, 12, 15])],
)  # fmt: skip
def test_each_starter_has_three_parts(
    lesson: dict[str, Any], folder: Path, name: str, sizes: list[int]
) -> None:
    parts, names = parts_of(lesson, str(folder) if name == "folder" else name)
    assert [len(images) for images, _ in parts] == sizes
    assert [len(labels) for _, labels in parts] == sizes
    assert all(len(np.unique(labels)) == len(names) for _, labels in parts)


@pytest.mark.parametrize("name", ["coloured", "photos", "folder"])
def test_no_picture_is_in_two_parts_and_classes_keep_their_proportions(
    lesson: dict[str, Any], folder: Path, name: str
) -> None:
    parts, names = parts_of(lesson, str(folder) if name == "folder" else name)
    seen = [image.tobytes() for images, _ in parts for image in images]
    assert len(set(seen)) == len(seen)
    shares = [np.bincount(labels, minlength=len(names)) / len(labels) for _, labels in parts]
    assert np.abs(np.subtract(shares, shares[0])).max() < 0.05


def test_nine_in_ten_garments_have_the_colour_of_their_class(lesson: dict[str, Any]) -> None:
    pictures, labels, _ = lesson["coloured_garments"]()
    assert (pictures.shape, pictures.dtype) == ((20_000, 28, 28, 3), np.dtype(np.uint8))
    colours = np.array([colour_of(hue) for hue in class_hues()])
    seen = pictures.sum(axis=(1, 2)) / pictures.sum(axis=(1, 2)).max(axis=1, keepdims=True)
    nearest = np.abs(seen[:, None] - colours / colours.max(axis=1, keepdims=True)).sum(axis=2)
    assert 0.89 < (nearest.argmin(axis=1) == labels).mean() < 0.93


def test_with_hues_a_network_learns_from_other_colours_and_is_asked_about_its_own(
    lesson: dict[str, Any],
) -> None:
    network = lesson["build"]({"hues": True}, n_classes=10, shape=(28, 28, 3))
    turning = next(layer for layer in network.layers if type(layer).__name__ == "RandomHue")
    red = np.tile(np.float32([1, 0.25, 0.25]), (8, 4, 4, 1))
    assert np.abs(np.asarray(turning(red, training=True)) - red).max() > 0.1
    np.testing.assert_array_equal(turning(red, training=False), red)


def test_each_starter_of_the_text_is_known_and_none_is_missing(
    lesson: dict[str, Any], sources: dict[str, str]
) -> None:
    named = set(re.findall(r'^\| `"(\w+)"`', sources["your-project"], flags=re.MULTILINE))
    assert named == {"mnist", "fashion_mnist", *lesson["PICTURES"]}


def test_the_text_explains_each_setting_and_no_other(
    lesson: dict[str, Any], sources: dict[str, str]
) -> None:
    rows = re.findall(r"^\| (`.*?) \|", sources["build-and-run"], flags=re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == lesson["KNOWN"]


def test_photos_reach_the_pretrained_network_as_it_knows_them(lesson: dict[str, Any]) -> None:
    network = lesson["build"]({"pretrained": True}, n_classes=4, shape=(224, 224, 3))
    photos = load_photos()[0][:2]
    np.testing.assert_allclose(network.layers[0](photos), prepare_photos(photos), atol=1e-6)
    assert len(network.trainable_weights) == 2  # the last layer's weights and biases
    assert lesson["ask"](network, photos).shape == (2, 4)


def test_plan_log_and_card_use_the_same_names(
    lesson: dict[str, Any], sources: dict[str, str]
) -> None:
    assert lesson["PRACTICE_PLAN"].keys() == lesson["my_plan"]().keys() == FIELDS["plan"].keys()
    explained = set(re.findall(r"`(\w+)`", sources["my-plan-exercise"]))
    assert FIELDS["plan"].keys() <= explained
    for name in ("baseline", "target", "validation_accuracy", "test_accuracy"):
        assert f"`{name}`" in sources["card"]
        assert f"`{name}`" in sources["card-answer"]
    check_my_plan(lesson["my_plan"])


def test_the_answers_test_set_was_opened_once_for_all_that_is_quoted() -> None:
    log = ExperimentLog(RESULTS / "capstone.jsonl")
    (opened,) = log.rows("test")
    assert log.rows()[-1] == opened
    shown = json.loads((RESULTS / "capstone_test.json").read_text("utf-8"))
    first = np.array(shown["matrices"][0])
    assert opened["test_accuracy"] == round(float(first.trace() / first.sum()), 4)
    assert {matrix.sum() for matrix in map(np.array, shown["matrices"])} == {10_000}


def test_the_card_says_how_far_test_and_validation_are_apart(sources: dict[str, str]) -> None:
    rows = ExperimentLog(RESULTS / "capstone.jsonl").rows("experiment")
    held = [row["validation_accuracy"] for row in rows if row["seed"] > 0]
    shown = json.loads((RESULTS / "capstone_test.json").read_text("utf-8"))
    tested = [np.trace(matrix) / np.sum(matrix) for matrix in shown["matrices"]]
    gaps = [before - after for before, after in zip(held, tested, strict=True)]
    ends = f"{min(gaps):.3f} to {max(gaps):.3f}".replace("0.", ".")
    assert f"The test accuracy is {ends} below validation" in sources["card-answer"]


def test_a_second_run_of_the_benchmark_reads_what_the_first_one_saw(tmp_path: Path) -> None:
    from benchmarks.capstone import opened_once
    from benchmarks.report import BenchmarkError

    log, record = ExperimentLog(tmp_path / "log.jsonl"), tmp_path / "test.json"
    record.write_text('{"matrices": [[[1]]]}')
    models = tmp_path / "no models"  # asking a network would fail
    assert opened_once(log, models, record, 1, 1) == {"matrices": [[[1]]]}
    record.unlink()
    log.add_experiment({"units": 1}, 0, 0.5, 1, 1)
    log.open_test_set(1, lambda: 0.5)
    with pytest.raises(BenchmarkError, match="Restore it"):
        opened_once(log, models, record, 1, 1)

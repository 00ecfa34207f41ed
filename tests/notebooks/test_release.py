"""What students get is what the solutions give, and nothing that they should not see."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import COURSE, LESSONS, nbgrader, read

from course_utils.grading.release import (
    ReleaseError,
    build_release,
    check_release,
    differences,
    make_release,
)

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh release."""
    folder = tmp_path_factory.mktemp("release")
    build_release(COURSE, folder)
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one lesson, to do harm to."""
    shutil.copytree(COURSE / "solutions" / LESSONS[0], tmp_path / "solutions" / LESSONS[0])
    shutil.copy(COURSE / "nbgrader_config.py", tmp_path)
    make_release(tmp_path)
    return tmp_path


def secrets(lesson: str) -> list[str]:
    """Collect the lines that must not reach a student, unless they also stand in plain sight."""
    cells = read("solutions", lesson).cells
    hidden = [
        line.strip()
        for cell in cells
        for pattern in (SOLUTION, HIDDEN)
        for block in pattern.findall(cell.source)
        for line in block.splitlines()
    ]
    open_text = "\n".join(HIDDEN.sub("", SOLUTION.sub("", cell.source)) for cell in cells)
    model_answers = [c.source for c in cells if nbgrader(c).get("grade") and nbgrader(c)["solution"]]
    return [x for x in hidden + model_answers if len(x) > 12 and x not in open_text] + model_answers


def test_the_release_is_what_the_solutions_give(built: Path) -> None:
    assert differences(COURSE, built) == [], "run `make release`"


def test_a_release_made_twice_is_the_same_byte_for_byte(built: Path, tmp_path: Path) -> None:
    build_release(COURSE, tmp_path)
    for lesson in LESSONS:
        name = f"{lesson}/{lesson}.ipynb"
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes()


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_released_notebook_holds_no_answer_and_no_hidden_test(lesson: str) -> None:
    text = "\n".join(cell.source for cell in read("notebooks", lesson).cells)
    assert [secret for secret in secrets(lesson) if secret in text] == []
    assert not re.search("BEGIN (SOLUTION|HIDDEN)", text)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_released_notebook_has_no_outputs(lesson: str) -> None:
    code = [cell for cell in read("notebooks", lesson).cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count] == []


@pytest.mark.parametrize("kind", ["notebooks", "solutions"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_notebook_carries_no_noise_of_the_machine(kind: str, lesson: str) -> None:
    path = COURSE / kind / lesson / f"{lesson}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert str(COURSE) not in text
    assert re.findall(r"/(?:home|root|tmp)/|ipykernel_|at 0x[0-9a-f]{6,}", text) == []
    assert set(read(kind, lesson).metadata) == {"kernelspec", "language_info"}
    assert set(read(kind, lesson).metadata.language_info) == {"name"}


@pytest.mark.parametrize("lesson", LESSONS)
def test_only_the_notebook_is_released(lesson: str, built: Path) -> None:
    assert [path.name for path in (built / lesson).iterdir()] == [f"{lesson}.ipynb"]


def test_a_failed_release_leaves_the_old_one_in_place(course: Path) -> None:
    released = course / "notebooks" / LESSONS[0] / f"{LESSONS[0]}.ipynb"
    before = released.read_bytes()
    (course / "solutions" / LESSONS[0] / f"{LESSONS[0]}.ipynb").write_text("{ not a notebook")
    with pytest.raises(ReleaseError, match="notebooks/ is as it was"):
        make_release(course)
    assert released.read_bytes() == before


def test_what_a_learner_made_is_no_drift(course: Path) -> None:
    made = course / "notebooks" / LESSONS[0] / "my_capstone" / "log.jsonl"
    made.parent.mkdir()
    made.write_text("tried")
    assert check_release(course) == []


def test_drift_is_named_file_by_file(course: Path) -> None:
    name = f"{LESSONS[0]}/{LESSONS[0]}.ipynb"
    (course / "notebooks" / name).write_text("changed")
    (course / "notebooks" / LESSONS[0] / "stray.txt").write_text("left over")
    assert check_release(course) == [
        f"notebooks/{LESSONS[0]}/stray.txt should not be there",
        f"notebooks/{name} differs from what its solution gives",
    ]


def test_a_learners_own_predictions_are_no_drift(course: Path) -> None:
    (course / "notebooks" / LESSONS[0] / "my_predictions.json").write_text("{}")
    assert check_release(course) == []


def test_releasing_what_has_not_changed_writes_nothing(course: Path) -> None:
    assert make_release(course) == []





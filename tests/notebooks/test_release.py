"""What students get is what the solutions give, and nothing that they should not see."""

import re
import shutil
from pathlib import Path

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
    """A fresh release, the one of this run."""
    folder = tmp_path_factory.mktemp("release")
    build_release(COURSE, folder)
    return folder


@pytest.fixture
def course(built: Path, tmp_path: Path) -> Path:
    """A course of one lesson, just released, to do harm to."""
    for folder in (COURSE / "solutions", built):
        name = "notebooks" if folder == built else "solutions"
        shutil.copytree(folder / LESSONS[0], tmp_path / "course" / name / LESSONS[0])
    shutil.copy(COURSE / "nbgrader_config.py", tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def built_of_one(built: Path, tmp_path: Path) -> Path:
    """What the solution of that course gives."""
    shutil.copytree(built / LESSONS[0], tmp_path / "built" / LESSONS[0])
    return tmp_path / "built"


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
    model_answers = [
        c.source for c in cells if nbgrader(c).get("grade") and nbgrader(c)["solution"]
    ]
    return [x for x in hidden + model_answers if len(x) > 12 and x not in open_text] + model_answers


def test_the_release_is_what_the_solutions_give_byte_for_byte_every_time(built: Path) -> None:
    assert differences(COURSE, built) == [], "run `make release`"


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
    solution = course / "solutions" / LESSONS[0] / f"{LESSONS[0]}.ipynb"
    solution.write_text(solution.read_text().replace("### END SOLUTION", "### ENDS HERE"))
    with pytest.raises(ReleaseError, match="notebooks/ is as it was.*No end solution statement"):
        make_release(course)
    assert released.read_bytes() == before


def test_what_is_no_notebook_is_not_given_to_nbgrader(course: Path) -> None:
    solution = course / "solutions" / LESSONS[0] / f"{LESSONS[0]}.ipynb"
    solution.write_text("{ not a notebook")
    with pytest.raises(ValueError, match=f"{LESSONS[0]}.ipynb must be a notebook"):
        make_release(course)


def test_what_a_learner_made_is_no_drift(course: Path, built_of_one: Path) -> None:
    made = course / "notebooks" / LESSONS[0] / "my_capstone" / "log.jsonl"
    made.parent.mkdir()
    made.write_text("tried")
    assert differences(course, built_of_one) == []


def test_a_learners_own_predictions_are_no_drift(course: Path, built_of_one: Path) -> None:
    (course / "notebooks" / LESSONS[0] / "my_predictions.json").write_text("{}")
    assert differences(course, built_of_one) == []


def test_drift_is_named_file_by_file(course: Path) -> None:
    name = f"{LESSONS[0]}/{LESSONS[0]}.ipynb"
    (course / "notebooks" / name).write_text("changed")
    (course / "notebooks" / LESSONS[0] / "stray.txt").write_text("left over")
    assert check_release(course) == [
        f"notebooks/{LESSONS[0]}/stray.txt should not be there",
        f"notebooks/{name} differs from what its solution gives",
    ]


def test_releasing_what_has_not_changed_writes_nothing(course: Path) -> None:
    assert make_release(course) == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_cell_that_is_written_in_stops_the_others(lesson: str) -> None:
    written = [
        cell
        for cell in read("notebooks", lesson).cells
        if cell.cell_type == "code" and nbgrader(cell).get("solution")
    ]
    tags = [cell.metadata.get("tags", []) for cell in written]
    assert all("raises-exception" in own for own in tags)

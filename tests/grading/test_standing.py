"""`course status` shows where a class stands, and what waits for whom."""

import shutil
from pathlib import Path

import pytest
from class_gradebook import LESSONS, course, make_class, make_course, require_refusal

from course_utils.grading.database import make_gradebook
from course_utils.grading.school.standing import LessonStanding, read_standing

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

FIRST, SECOND = LESSONS


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_class(tmp_path_factory.mktemp("class"))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    """A class of which one has handed in both lessons, and another one of them."""
    copy = Path(shutil.copytree(original, tmp_path / "course"))
    for student, lesson in (("0012", FIRST), ("0012", SECOND), ("12", SECOND)):
        for kind in ("submitted", "autograded"):
            put(copy, kind, student, lesson, "2030-01-30 12:00:00 UTC")
    return copy


def put(folder: Path, kind: str, student: str, lesson: str, told: str) -> None:
    place = folder / kind / student / lesson
    place.mkdir(parents=True, exist_ok=True)
    (place / "timestamp.txt").write_text(f"{told}\n", encoding="utf-8")


def standing(folder: Path, lesson: str) -> LessonStanding:
    [found] = read_standing(folder, [lesson]).lessons
    return found


def test_those_who_handed_in_are_found(folder: Path) -> None:
    assert standing(folder, SECOND).handed_in == ("0012", "12")


def test_those_who_were_late_are_found(folder: Path) -> None:
    assert standing(folder, SECOND).late == ("12",)


def test_work_that_was_graded_waits_for_nobody(folder: Path) -> None:
    assert standing(folder, SECOND).to_grade == ()


def test_new_work_waits_to_be_graded(folder: Path) -> None:
    put(folder, "submitted", "0013", FIRST, "2030-01-30 12:00:00 UTC")
    found = standing(folder, FIRST)
    assert (found.to_grade, found.next_step) == (("0013",), f"course grade {FIRST}")


def test_work_that_was_handed_in_again_waits_to_be_graded(folder: Path) -> None:
    put(folder, "submitted", "0012", FIRST, "2030-01-31 09:00:00 UTC")
    assert standing(folder, FIRST).to_grade == ("0012",)


def test_an_answer_in_words_waits_for_the_instructor(folder: Path) -> None:
    found = standing(folder, FIRST)
    assert "0012" in found.to_mark
    assert found.next_step.startswith("course teach")


def test_graded_work_without_a_page_waits_for_feedback(folder: Path) -> None:
    assert standing(folder, SECOND).next_step == f"course feedback {SECOND}"
    for student in ("0012", "12"):
        page = folder / "feedback" / student / SECOND / f"{SECOND}.html"
        page.parent.mkdir(parents=True)
        page.touch()
    assert standing(folder, SECOND).next_step == ""


def test_the_mean_is_of_those_who_have_a_score(folder: Path) -> None:
    assert standing(folder, SECOND).mean == pytest.approx((0 + 2.5) / 2 / 4)


def test_the_due_date_is_told_in_this_machine_s_time_zone(folder: Path) -> None:
    due = standing(folder, FIRST).due
    assert due is not None
    assert due.timestamp() == 1_896_091_200  # noon of 31 January 2030 in UTC


def test_the_command_prints_a_line_for_each_lesson_and_the_next_steps(folder: Path) -> None:
    told = course("status", "--course", folder).stdout
    assert [lesson for lesson in LESSONS if lesson not in told] == []
    assert f"  course feedback {SECOND}" in told


def test_the_first_lesson_that_was_not_handed_out_comes_last_among_the_steps(
    folder: Path,
) -> None:
    assert read_standing(folder).next_steps[-1] != f"course assign {FIRST}"
    third = folder / "solutions" / "03_normalisation"
    third.mkdir()
    (third / "03_normalisation.ipynb").touch()
    assert read_standing(folder).next_steps[-1] == "course assign 03_normalisation"


def test_a_class_without_students_is_told_to_take_them_in(tmp_path: Path) -> None:
    with make_gradebook(make_course(tmp_path)) as book:
        book.add_assignment(FIRST)
    assert "  course roster class.csv" in course("status", "--course", tmp_path).stdout


def test_without_a_gradebook_it_says_how_to_begin(tmp_path: Path) -> None:
    require_refusal(course("status", "--course", make_course(tmp_path)), "course roster")


def test_an_unknown_lesson_is_refused(folder: Path) -> None:
    require_refusal(course("status", "01_loading", "--course", folder), f"Did you mean {FIRST}")

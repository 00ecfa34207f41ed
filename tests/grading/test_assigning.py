"""Lessons are entered in the gradebook with a due date, from one place and several at once."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from class_gradebook import course as command
from class_gradebook import require_refusal
from graded_class import LESSON, TEXT, gradebook, hand_in, make_course, result

from course_utils.grading.assigning import enter_lessons, set_due_date
from course_utils.grading.database import GradebookError
from course_utils.grading.marking import carry

EAST = timezone(timedelta(hours=2))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one lesson, and no gradebook yet."""
    return make_course(tmp_path / "course")


def due(course: Path) -> datetime | None:
    """Read what nbgrader holds for the lesson's due date."""
    with gradebook(course) as book:
        return book.find_assignment(LESSON).duedate


def test_a_lesson_is_entered_as_nbgrader_enters_it(course: Path) -> None:
    enter_lessons(course, [LESSON])
    with gradebook(course) as book:
        assert book.find_assignment(LESSON).max_score == 11
        assert book.find_grade_cell(TEXT, LESSON, LESSON).max_score == 3


def test_a_due_date_is_kept_in_utc_as_nbgrader_keeps_it(course: Path) -> None:
    set_due_date(course, LESSON, datetime(2026, 10, 12, 18, tzinfo=EAST))
    assert due(course) == datetime(2026, 10, 12, 16)


def test_a_zone_may_be_written(course: Path) -> None:
    set_due_date(course, LESSON, "2026-10-12 18:00+02:00")
    assert due(course) == datetime(2026, 10, 12, 16)


@pytest.mark.parametrize("day", ["2026-10-12", date(2026, 10, 12)])
def test_of_a_date_the_whole_day_is_left(course: Path, day: str | date) -> None:
    when = set_due_date(course, LESSON, day)
    assert (when.day, when.hour, when.minute) == (12, 23, 59)
    assert due(course) == when.astimezone(UTC).replace(tzinfo=None)


def test_a_time_without_a_zone_is_this_machines(course: Path) -> None:
    set_due_date(course, LESSON, "2026-10-12 18:00")
    here = datetime(2026, 10, 12, 18).astimezone(UTC)
    assert due(course) == here.replace(tzinfo=None)


def test_entering_again_keeps_the_due_date_and_none_takes_it_away(course: Path) -> None:
    set_due_date(course, LESSON, "2026-10-12")
    enter_lessons(course, [LESSON])
    assert due(course) is not None
    set_due_date(course, LESSON, None)
    assert due(course) is None


def test_what_is_handed_in_after_the_due_date_is_late(course: Path) -> None:
    set_due_date(course, LESSON, "2026-10-12 18:00+00:00")
    path = hand_in(course, "ada")
    path.with_name("timestamp.txt").write_text("2026-10-12 18:01:00 UTC")
    assert carry(course, LESSON, [result("ada")]).late == ("ada",)


def test_where_one_lesson_is_unknown_none_is_entered(course: Path) -> None:
    with pytest.raises(GradebookError, match="There is no lesson '99_none'"):
        enter_lessons(course, [LESSON, "99_none"])
    assert not (course / "gradebook.db").exists()


def test_the_command_says_until_when_and_lays_lessons_into_the_exchange(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NBGRADER_EXCHANGE", raising=False)
    for _ in range(2):  # again, it replaces what lies there
        told = command("assign", LESSON, "--due", "2026-10-12 18:00", "--course", course)
        assert f"{LESSON} is in the exchange and the gradebook" in told.output
        assert "due 12 October 2026, 18:00" in told.output
    released = course / "exchange" / "image-classification" / "outbound" / LESSON
    name = f"{LESSON}.ipynb"
    expected = (course / "notebooks" / LESSON / name).read_bytes()
    assert (released / name).read_bytes() == expected


def test_an_exchange_of_ones_own_is_named_by_a_variable(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXCHANGE", str(tmp_path / "of the class"))
    assert command("assign", LESSON, "--course", course).exit_code == 0
    assert (tmp_path / "of the class" / "image-classification" / "outbound" / LESSON).is_dir()
    assert not (course / "exchange").exists()


def test_before_anything_was_handed_out_collecting_says_what_to_do(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NBGRADER_EXCHANGE", raising=False)
    told = command("collect", LESSON, "--course", course)
    require_refusal(told, f"no exchange at {course / 'exchange'}", "`course assign`")


def test_without_the_exchange_a_lesson_is_only_entered(course: Path) -> None:
    told = command("assign", LESSON, "--no-exchange", "--course", course)
    assert told.output == f"{LESSON} is in the gradebook.\n"
    assert not (course / "exchange").exists()


def test_a_date_that_is_none_is_refused_and_nothing_written(course: Path) -> None:
    told = command("assign", LESSON, "--due", "Monday", "--course", course)
    require_refusal(told, "`due` must be a date", '"2026-10-12"')
    assert not (course / "gradebook.db").exists()

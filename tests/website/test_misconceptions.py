"""The map of misconceptions has no gap: each leads to a question or an exercise that is there."""

import copy
import tomllib
from typing import Any

import pytest
from course_notebooks import COURSE, LESSONS, topic_of

from course_utils.grading.trial import load_lessons
from course_utils.predictions.questions import questions
from website.misconceptions import LINKS, misconceptions, misconceptions_page

ROWS = misconceptions(COURSE)
WRITTEN = tomllib.loads(LINKS.read_text(encoding="utf-8"))


def test_each_row_names_a_misconception_and_where_it_is_met() -> None:
    assert [
        row for row in ROWS if not row.misconception or not (row.question or row.exercise)
    ] == []


def test_each_exercise_on_the_map_says_something_to_it() -> None:
    assert [row for row in ROWS if bool(row.exercise) != bool(row.says)] == []


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_question_of_a_lesson_is_on_the_map_with_all_its_wrong_options(lesson: str) -> None:
    found = [(row.question, row.misconception) for row in ROWS if row.lesson == lesson]
    assert [pair for pair in found if pair[0]] == [
        (name, option["misconception"])
        for name, entry in questions(topic_of(lesson)).items()
        for option in entry["options"]
        if not option.get("right")
    ]


def test_each_exercise_is_on_the_map() -> None:
    exercises = {exercise.name for lesson in load_lessons(COURSE) for exercise in lesson.exercises}
    assert {row.exercise for row in ROWS if not row.question} == exercises


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_a_misconception_that_is_asked_and_then_shown(lesson: str) -> None:
    assert any(row.question and row.exercise for row in ROWS if row.lesson == lesson)


def changed(change: Any) -> dict[str, Any]:
    links = copy.deepcopy(WRITTEN)
    change(links["loading_data"]["wraparound"])
    return links


@pytest.mark.parametrize(("change", "told"), [
    (lambda lines: lines.pop("255"), "lacks loading_data.wraparound, 255"),
    (lambda lines: lines.update(new=""), "has loading_data.wraparound, new, which is no wrong"),
    (lambda lines: lines.update({"255": "brightn: A sum"}), "to brightn and 'A sum'"),
    (lambda lines: lines.update({"255": "brighten: A summ"}), "to brighten and 'A summ'"),
])  # fmt: skip
def test_a_gap_would_be_found(change: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        misconceptions(COURSE, changed(change))


def test_the_page_leads_to_the_question_and_to_the_exercise() -> None:
    row = next(
        line for line in misconceptions_page(COURSE).splitlines() if "Uint8 stops at its" in line
    )
    assert "01_loading_data.html#predict-wraparound" in row
    assert 'href="01_loading_data/01_loading_data.html#exercise-' in row

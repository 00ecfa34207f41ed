"""The plan for a term asks questions of the course, and leaves no lesson out."""

import re
from pathlib import Path

import pytest
from course_notebooks import COURSE, LESSONS, read

from course_utils.predictions.questions import lesson_names, questions

PLAN = (COURSE / "docs" / "weeks.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^  > (.+)$", PLAN, flags=re.MULTILINE)


@pytest.mark.parametrize("quoted", QUOTED, ids=lambda quoted: quoted[:40])
def test_a_question_is_asked_as_its_predict_box_asks_it(quoted: str) -> None:
    asked = [entry["question"] for lesson in lesson_names() for entry in questions(lesson).values()]
    assert quoted in asked


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_has_its_week(lesson: str) -> None:
    title = read("notebooks", lesson).cells[0].source.partition("\n")[0]
    name = re.sub(r"^# |^[\d ]+|:.*$| \(.*$", "", title.removeprefix("# "))
    weeks = re.findall(r"^### .+$", PLAN, flags=re.MULTILINE)
    assert [week for week in weeks if name in week], name


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", PLAN)
    assert [link for link in links if not Path(COURSE, "docs", link).exists()] == []

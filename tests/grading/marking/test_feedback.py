"""The page that a learner gets back says what is needed, and nothing that is not the learner's."""

import re
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import LESSONS, nbgrader, read
from graded_class import (
    LESSON,
    TEXT,
    gradebook,
    hand_in,
    make_course,
    page_of,
    result,
)
from typer.testing import CliRunner

from course_utils.cli import app
from course_utils.grading.marking.feedback import Outline
from course_utils.grading.marking.gradebook import carry
from course_utils.grading.marking.results import Outcome

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

CODE = "def one_hot(labels, n_classes):\n    return labels  # <b>not</b> & yet"
ANSWERS = {"one_hot": CODE, TEXT: "A label is <script>alert(1)</script> a name."}
LONG = "one_hot(labels=[2, 0]):\n  expected: " + "[1, 0, 0] " * 60 + "x" * 400 + " THE END"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course in which Ada has handed in."""
    made = make_course(tmp_path / "course")
    hand_in(made, "ada", ANSWERS)
    return made


def page(course: Path, **cells: Any) -> str:
    """Write a result, carry it, and read its page."""
    made = result("ada", **cells)
    made.write(course)
    carry(course, LESSON, [made])
    return page_of(course, "ada").read_text(encoding="utf-8")


def seen(html: str) -> str:
    """Leave out tags and style, as a reader sees it."""
    import html as entities

    text = re.sub(r"<style>.*?</style>|<[^>]+>", "", html, flags=re.DOTALL)
    return " ".join(entities.unescape(text).split())


def feedback(course: Path, *arguments: str) -> Any:
    command = ["feedback", LESSON, "--course", str(course), *arguments]
    return CliRunner().invoke(app, command)


def test_it_shows_the_learners_code_as_it_was_written(course: Path) -> None:
    assert " ".join(CODE.split()) in seen(page(course))


def test_a_message_is_laid_out_for_the_width_of_the_page(course: Path) -> None:
    shown = page(course, one_hot_values="one_hot(labels=[2, 0])\n  " + "A long sentence. " * 20)
    message = re.findall(r"<pre>(one_hot.*?)</pre>", shown, re.DOTALL)[0]
    assert max(map(len, message.splitlines())) <= 80


def test_it_quotes_the_check_word_for_word(course: Path) -> None:
    assert " ".join(LONG.split()) in seen(page(course, one_hot_values=LONG))


def test_what_a_learner_wrote_is_never_run_as_a_page(course: Path) -> None:
    html = page(course, one_hot_values="<script>")
    assert "<script" not in html
    assert "default-src 'none'" in html


def test_it_says_where_to_read_again_below_what_is_wrong_alone(course: Path) -> None:
    text = seen(page(course, one_hot_values=LONG))
    assert re.findall(r"Read again in the lesson: (A table for all labels)", text) == [
        "A table for all labels"
    ]


def test_it_says_in_words_why_something_was_not_judged(course: Path) -> None:
    text = seen(page(course, one_hot_values=Outcome.TIMED_OUT))
    assert "timed out: one_hot: a sentence." in text


def test_it_holds_no_hidden_test_and_no_model_answer(course: Path) -> None:
    html = page(course, one_hot_values=LONG)
    model = {
        nbgrader(cell).get("grade_id"): cell.source for cell in read("solutions", LESSON).cells
    }
    secret = [line.strip() for name in ("one_hot", TEXT) for line in model[name].splitlines()]
    given = seen(html)
    assert [x for x in secret if len(x) > 20 and x in given and x not in CODE] == []
    assert "hidden" not in given.lower()


def test_a_text_is_not_marked_yet_until_a_person_has_marked_it(course: Path) -> None:
    text = seen(page(course))
    assert "8 of 11 points so far" in text
    assert "not marked yet · 3 points" in text


def mark(course: Path) -> None:
    """Mark the text in the formgrader."""
    with gradebook(course) as book:
        grade = book.find_grade(TEXT, LESSON, LESSON, "ada")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        book.find_comment(TEXT, LESSON, LESSON, "ada").manual_comment = "Good. And doubt?"
        book.db.commit()


def test_the_command_shows_marks_and_comments_that_a_person_gave_since(course: Path) -> None:
    page(course)
    mark(course)
    assert "1 of 1 pages have changed." in feedback(course).output
    text = seen(page_of(course, "ada").read_text(encoding="utf-8"))
    assert "10.5 of 11 points" in text
    assert "Good. And doubt?" in text


def test_a_page_with_a_persons_marks_survives_regrading(course: Path) -> None:
    page(course)
    mark(course)
    text = seen(page(course, one_hot_values=LONG))
    assert "8.5 of 11 points" in text
    assert "Good. And doubt?" in text


def test_the_command_brings_back_what_nbgraders_own_has_replaced(course: Path) -> None:
    before = page(course)
    page_of(course, "ada").write_text("another")
    assert feedback(course).exit_code == 0
    assert page_of(course, "ada").read_text(encoding="utf-8") == before


def test_the_command_names_those_whose_answers_wait(course: Path) -> None:
    page(course)
    assert "Answers not marked yet: ada." in feedback(course).output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--student", "bob"), f"bob: no work on {LESSON} that was graded. Grade it first"),
        ((), f"Nobody: no work on {LESSON} that was graded. Grade it first"),
    ],
)
def test_the_command_says_who_was_not_graded(
    course: Path, arguments: tuple[str, ...], said: str
) -> None:
    found = feedback(course, *arguments)
    assert (found.exit_code, said in found.stderr) == (1, True)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_exercise_of_every_lesson_has_a_title_and_a_section_to_read_again(
    lesson: str,
) -> None:
    outline = Outline.of(read("notebooks", lesson))
    notebook = read("notebooks", lesson)
    asked = [nbgrader(c)["grade_id"] for c in notebook.cells if nbgrader(c).get("solution")]
    assert [one.grade_id for one in outline.questions] == asked
    assert [one for one in outline.questions if not (one.title and one.section)] == []


# In a browser -----------------------------------------------------------------------------------


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def opened(request: pytest.FixtureRequest, course: Path, chromium: Any) -> Any:
    """A page with everything on it, on a screen or a phone."""
    page(course, one_hot_values=LONG, is_one_hot_check=Outcome.CRASHED)
    width, scheme = request.param
    tab = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab.goto(page_of(course, "ada").as_uri())
    yield tab
    tab.close()


def test_it_can_be_read_by_everyone(opened: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(opened).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []


def test_no_line_is_cut_at_the_edge(opened: Any) -> None:
    wide = """() => [...document.querySelectorAll("*")].filter(
      (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline"
    ).map((one) => one.tagName)"""
    assert opened.evaluate(wide) == []

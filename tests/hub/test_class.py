"""A lesson's way through a class on a hub, from handing out to feedback, in the browser."""

import pwd
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import pytest
from course_notebooks import COURSE
from handed_in_code import code_of
from hub_class import (
    INSTRUCTOR,
    LESSON,
    NAME,
    RIGHT,
    WRONG,
    Class,
    feedback,
    home,
    in_a_terminal,
    mark,
    offer,
    press,
    solve,
    submit,
    verdict,
)

pytestmark = pytest.mark.proof

ANSWERS = COURSE / "solutions" / LESSON / "answers.py"
#: What each writes for the last exercise. Summing to 1 is being one-hot, one of them thinks.
VERDICTS = {RIGHT: "verdict_by_counting", WRONG: "verdict_by_sums"}
TEXTS = {RIGHT: "Labels are names, and one number cannot doubt.", WRONG: "Ten is a lot."}
MARKS = {RIGHT: ("3", "Well argued, Lin."), WRONG: ("1", "And doubt, Sam?")}
HIDDEN = "course_utils.grading.hidden"


class Walked(NamedTuple):
    """What was seen on the way."""

    first_page: str
    said_by_checks: dict[str, str]
    said_by_the_terminal: list[tuple[int, str]]
    feedback: dict[str, str]


@pytest.fixture(scope="module")
def walked(demo: Class, people: Any) -> Walked:
    """A class in which the lesson was handed out, solved twice, graded, marked and given back."""
    instructor = people[INSTRUCTOR]
    instructor.wait_for_url("**/formgrader/**")
    first_page = instructor.url
    for column in ("assign", "release"):
        assert "Success" in press(instructor, column)
    said = {}
    for name, wrong_or_right in VERDICTS.items():
        page = people[name]
        offer(page, "Fetch").click()
        answers = {
            "def one_hot_row(": code_of(ANSWERS, "row_with_one_entry_set", "one_hot_row"),
            "def one_hot(": code_of(ANSWERS, "table_by_loop", "one_hot"),
            "def is_one_hot(": code_of(ANSWERS, wrong_or_right, "is_one_hot"),
        }
        solve(page, answers, TEXTS[name])
        said[name] = verdict(page, "is_one_hot").text_content()
        submit(page)
    instructor.reload()
    assert "Success" in press(instructor, "collect")
    instructor.goto(f"{demo.service}/lab?reset")
    commands = ["course roster class.csv", f"course grade {LESSON}"]
    terminal = in_a_terminal(instructor, INSTRUCTOR, commands)
    for name, given in MARKS.items():
        mark(instructor, demo, name, *given)
    instructor.goto(f"{demo.service}/lab?reset")
    terminal += in_a_terminal(instructor, INSTRUCTOR, [f"course feedback {LESSON}"])
    instructor.goto(f"{demo.service}/formgrader")
    assert "Success" in press(instructor, "release-feedback")
    pages = {name: feedback(people[name]).inner_text() for name in VERDICTS}
    return Walked(first_page, said, terminal, pages)


def test_the_instructor_arrives_at_the_formgrader(demo: Class, walked: Walked) -> None:
    assert walked.first_page.startswith(f"{demo.service}/formgrader")


def test_checks_answer_in_the_students_notebooks(walked: Walked) -> None:
    assert "✓" in walked.said_by_checks[RIGHT]
    assert "can sum to 1 without being one-hot" in walked.said_by_checks[WRONG]


def test_the_commands_of_the_course_work_in_the_instructors_terminal(walked: Walked) -> None:
    assert [status for status, _ in walked.said_by_the_terminal] == [0, 0, 0]
    graded = walked.said_by_the_terminal[1][1]
    assert [points in graded for points in (f"{RIGHT} │ 8/8", f"{WRONG} │ 5/8")] == [True, True]


@pytest.mark.parametrize(("name", "other", "points"), [(RIGHT, WRONG, 11), (WRONG, RIGHT, 6)])
def test_students_read_their_own_feedback(
    walked: Walked, name: str, other: str, points: int
) -> None:
    page = walked.feedback[name]
    assert f"{points} of 11 points" in page
    assert MARKS[name][1] in page
    assert MARKS[other][1] not in page


@pytest.mark.parametrize("name", [RIGHT, WRONG])
def test_no_file_of_a_student_holds_hidden_tests(walked: Walked, name: str) -> None:
    assert HIDDEN in (COURSE / "solutions" / LESSON / f"{LESSON}.ipynb").read_text()
    files = [path for path in home(name).rglob("*") if path.suffix in (".ipynb", ".html")]
    assert {path.suffix for path in files} == {".ipynb", ".html"}
    assert [path for path in files if HIDDEN in path.read_text(errors="replace")] == []


def test_no_student_reaches_anothers_files_or_the_instructors(
    demo: Class, walked: Walked, people: Any
) -> None:
    exchange = demo.exchange
    [page_of_the_other] = home(WRONG).rglob(f"{LESSON}.html")
    closed = [
        home(WRONG),
        home(WRONG) / LESSON / f"{LESSON}.ipynb",
        page_of_the_other,
        home(INSTRUCTOR),
        home(INSTRUCTOR) / NAME / "gradebook.db",
        exchange / "inbound",
        exchange / "feedback",
        exchange.parent.parent / "private",
        COURSE / "solutions" / LESSON / "answers.py",
    ]
    assert [path for path in closed if not path.exists()] == []
    opened = [home(RIGHT) / LESSON, exchange / "outbound" / LESSON]
    people[RIGHT].goto(f"{demo.address}/user/{RIGHT}/lab?reset")
    tried = in_a_terminal(people[RIGHT], RIGHT, [f"ls '{path}'/*" for path in (*closed, *opened)])
    assert [status for status, _ in tried] == [2] * len(closed) + [0] * len(opened), tried


def test_no_student_reaches_anothers_server_or_the_formgrader(
    demo: Class, walked: Walked, people: Any
) -> None:
    asked = {
        f"/user/{RIGHT}/lab": 200,
        f"/user/{RIGHT}/formgrader": 404,
        f"/user/{WRONG}/lab": 403,
        f"/user/{INSTRUCTOR}/lab": 404,  # nor is it told whether there is one
        f"/services/{NAME}/formgrader": 403,
        f"/services/{NAME}/lab": 403,
        "/hub/admin": 403,
    }
    request = people[RIGHT].request
    assert {path: request.get(demo.address + path).status for path in asked} == asked


def test_students_see_the_list_of_assignments_and_no_tool_of_instructors(
    demo: Class, walked: Walked, people: Any
) -> None:
    page = people[RIGHT]
    page.goto(f"{demo.address}/user/{RIGHT}/lab/tree/{LESSON}/{LESSON}.ipynb?reset")
    page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Nbgrader", exact=True).click()
    shown = page.locator(".lm-Menu-itemLabel").all_inner_texts()
    assert [words for words in shown if words] == ["Assignment List"]
    for words in ("Create Assignment", "Formgrader", "Course List"):
        assert page.get_by_text(words, exact=True).count() == 0


def test_it_answers_this_machine_only(demo: Class, walked: Walked) -> None:
    processes = psutil.Process(demo.process.pid).children(recursive=True)
    found = [one for process in processes for one in process.net_connections(kind="inet")]
    addresses = {one.laddr.ip for one in found if one.status == psutil.CONN_LISTEN}
    assert addresses == {"127.0.0.1"}


def test_ending_it_removes_accounts_and_work(demo: Class, walked: Walked) -> None:
    folder = Path(home(INSTRUCTOR)).parent
    demo.process.terminate()
    assert demo.process.wait(120) == 0
    assert [user.pw_name for user in pwd.getpwall() if user.pw_name.startswith("demo-")] == []
    assert not folder.exists()

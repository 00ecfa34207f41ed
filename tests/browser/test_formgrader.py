"""A person marks in nbgrader's formgrader what was carried there, and a learner reads the page."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import COURSE
from graded_class import LESSON, TEXT, hand_in, make_course, nbgrader_of, page_of, result
from nbgrader.utils import notebook_hash

from benchmarks.jupyter_server import free_address, server_options, serving
from course_utils.grading.marking.gradebook import carry, write_feedback
from course_utils.grading.marking.results import Outcome, Result

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

SECRET = "5ec3e7"
MARK, COMMENT = f"#{TEXT}", f"#{TEXT}-comment"
#: The grader's own mark stands behind a box, and a person's in it.
FILLED_IN = """(selector) => {
  const box = document.querySelector(selector);
  return box && (box.value || box.placeholder);
}"""
ATTACK = "<script>document.title = 'changed'</script>A label is a name."


def judged() -> Result:
    """A submission with something right, wrong, not judged and waiting in it."""
    wrong = "one_hot(labels=[2, 0], n_classes=3), the shape\n  expected: shape (2, 3)"
    return result("ada", one_hot_shape=wrong, is_one_hot_check=Outcome.TIMED_OUT)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which Ada's work was graded."""
    made = make_course(tmp_path_factory.mktemp("class") / "course")
    answers = {TEXT: ATTACK, "is_one_hot": "def is_one_hot(table):\n    while True:\n        pass"}
    hand_in(made, "ada", answers).with_name("submission_secret.txt").write_text(SECRET)
    judged().write(made)
    carry(made, LESSON, [judged()])
    return made


@pytest.fixture(scope="module")
def formgrader(course: Path) -> Iterator[str]:
    """The address of a formgrader of this course."""
    home = course.parent
    address = free_address()
    command = [sys.executable, "-m", "jupyterlab", *server_options(address)]
    command += [f"--ServerApp.root_dir={course}", "--LabApp.news_url="]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    kinds = ("CONFIG", "DATA", "RUNTIME")
    own = {f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in kinds}
    own["JUPYTER_CONFIG_PATH"] = str(COURSE / "course_utils" / "jupyter" / "instructor")
    settings = {**os.environ, **own, "HOME": str(home), "IPYTHONDIR": str(home / "ipython")}
    with serving(command, address, course, settings, home / "server.log"):
        yield f"{address}/formgrader"


@pytest.fixture
def marking(formgrader: str, course: Path, chromium: Any) -> Iterator[Any]:
    """Ada's work, opened in the formgrader as a person finds it."""
    page = chromium.new_page()
    page.goto(f"{formgrader}/gradebook/{LESSON}/{LESSON}")
    page.locator("table a", has_text="Submission #1").click()
    page.wait_for_function(FILLED_IN, arg="#one_hot_row_check")
    yield page
    page.close()


def test_jupyterlab_shows_instructors_what_students_do_not_see(
    formgrader: str, chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(formgrader.replace("/formgrader", f"/lab/tree/solutions/{LESSON}/{LESSON}.ipynb"))
    for words in ("Nbgrader", "Create Assignment", "Validate"):
        page.get_by_text(words, exact=True).first.wait_for()
    page.close()


def test_each_graded_cell_shows_its_mark(marking: Any) -> None:
    names = ("one_hot_row_check", "one_hot_shape", "one_hot_values", "is_one_hot_check")
    shown = [float(marking.locator(f"#{name}").get_attribute("placeholder")) for name in names]
    assert shown == [2, 0, 2, 0]


def test_what_the_check_said_stands_below_the_graded_cell(marking: Any) -> None:
    assert marking.get_by_text("expected: shape (2, 3)").is_visible()


def test_what_was_not_judged_says_why_in_the_comment_below_the_answer(marking: Any) -> None:
    told = marking.locator("#is_one_hot-comment").get_attribute("placeholder")
    assert told == "timed out: is_one_hot: a sentence."


def test_the_model_answer_and_its_points_stand_below_the_students_answer(marking: Any) -> None:
    box = marking.locator(".alert", has_text="Students do not see this box.")
    assert box.get_by_text("For marking: 1 point").is_visible()
    answer = marking.get_by_text("A label is a name.").bounding_box()
    assert 0 < box.bounding_box()["y"] - answer["y"] < 400


def test_a_script_in_an_answer_is_shown_and_not_run(marking: Any) -> None:
    assert marking.get_by_text("A label is a name.").is_visible()
    assert marking.title() == LESSON


def test_a_mark_and_a_comment_survive_regrading_and_reach_the_learner(
    marking: Any, course: Path, chromium: Any, tmp_path: Path
) -> None:
    for selector, given in ((MARK, "2"), (COMMENT, "And doubt?")):
        with marking.expect_response(lambda response: response.request.method == "PUT"):
            marking.locator(selector).fill(given)
            marking.locator(selector).blur()
    assert carry(course, LESSON, [judged()]).waiting == ()
    marking.reload()
    marking.wait_for_function(FILLED_IN, arg=MARK)
    assert float(marking.locator(MARK).input_value()) == 2
    assert marking.locator(COMMENT).input_value() == "And doubt?"

    write_feedback(course, LESSON)
    tmp_path.chmod(0o777)
    released = nbgrader_of(course, tmp_path).release_feedback(LESSON)
    assert released["success"], released.get("error")
    # Where nbgrader's own command for students looks for it.
    name = f"{notebook_hash(secret=SECRET, notebook_id=LESSON)}.html"
    [path] = tmp_path.rglob(name)
    assert path.read_bytes() == page_of(course, "ada").read_bytes()
    page = chromium.new_page()
    page.goto(path.as_uri())
    assert page.get_by_text("6 of 11 points", exact=True).is_visible()
    assert page.get_by_text("And doubt?").is_visible()
    page.close()


def test_nbgraders_own_page_of_feedback_cuts_no_message_off(tmp_path: Path, chromium: Any) -> None:
    made = make_course(tmp_path / "course")
    hand_in(made, "ada")
    long = "one_hot(labels=[2, 0])\n" + "x" * 300
    carry(made, LESSON, [result("ada", one_hot_values=long)])
    assert nbgrader_of(made).generate_feedback(LESSON, force=True)["success"]
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(page_of(made, "ada").as_uri())
    assert "x" * 20 in page.inner_text("body")
    cut = "pre => pre.filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.eval_on_selector_all("pre", cut) == 0
    page.close()

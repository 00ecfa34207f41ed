"""A report says what came of a class, and to whom it may be shown."""

import csv
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from class_gradebook import course as command
from class_gradebook import require_refusal
from graded_class import GRADED, LESSON, TEXT, hand_in, hand_in_bytes, make_course, result

from course_utils.grading.database import make_gradebook
from course_utils.grading.marking import carry
from course_utils.grading.marking.grade import current_results
from course_utils.grading.marking.report import Report, make_report
from course_utils.grading.marking.report.code import pieces, without_remarks
from course_utils.grading.marking.report.items import describe
from course_utils.grading.marking.report.similar import find_pairs
from course_utils.grading.marking.results import RESULTS, CellResult, Outcome, Result

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

SLIP = "You counted columns from 1. NumPy counts from 0."
LOOP = """\
def one_hot(labels, n_classes):
    # {remark}
    table = np.zeros((len(labels), n_classes), dtype="float32")
    {i} = 0
    for {label} in labels:
        if {label} >= n_classes:
            raise ValueError("too large")
        table[{i}, {label}] = {value}
        {i} += 1
    return table
"""
ADAS = LOOP.format(remark="by Ada Lovelace (a001)", i="i", label="label", value="i + 1")
BOBS = LOOP.format(remark="mine", i="row", label="name", value="row + 1")
EVES = "def one_hot(labels, n_classes):\n    return labels <script>alert(1)</script>"
STUDENTS = {
    "a001": ("Ada", "Lovelace"),
    "b002": ("Bob", "Moore, Jr"),
    "e003": ("Eve", "<b>Bold</b>"),
    "z004": ("Zoë", "Absent"),
}


def grade(course: Path, student: str, **cells: Any) -> None:
    """Keep a result of what a student has handed in: all is right but these cells."""
    found = [task for task, _ in current_results(course, LESSON) if task.student == student]
    made = []
    for name, (exercise, points) in GRADED.items():
        right = CellResult(name, exercise, points, points, Outcome.GRADED)
        wrong = {"earned": 0.0, **cells[name]} if name in cells else {}
        made.append(replace(right, **wrong))
    Result(LESSON, student, Outcome.GRADED, (), tuple(made), "bubblewrap", found[0].key).write(
        course
    )


def without_work(folder: Path) -> Path:
    """Make a course in which nobody has handed in, with a seed as grading leaves it."""
    made = make_course(folder)
    (made / RESULTS).mkdir()
    (made / RESULTS / "seed").write_text("7\n")
    return made


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A course in which nobody has handed in."""
    return without_work(tmp_path / "course")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `course` is a copy of."""
    from nbgrader.api import Gradebook

    empty = without_work(tmp_path_factory.mktemp("master") / "course")
    hand_in(empty, "a001", {"one_hot": ADAS})
    hand_in(empty, "b002", {"one_hot": BOBS})
    hand_in(empty, "e003", {"one_hot": EVES})
    same = {"message": "not yet, in its line `x = ada`.", "answers": "0123"}
    grade(empty, "a001", one_hot_values=same)
    grade(empty, "b002", one_hot_values=same, one_hot_row_check={"slip": SLIP})
    grade(empty, "e003", one_hot_values={"message": "stopped", "answers": ""})
    with make_gradebook(empty):
        pass
    with Gradebook(f"sqlite:///{empty}/gradebook.db", "course") as book:
        book.add_assignment(LESSON)
        for name, (first, last) in STUDENTS.items():
            book.add_student(name, first_name=first, last_name=last)
    return empty


@pytest.fixture
def course(master: Path, tmp_path: Path) -> Path:
    """A course with three students who were graded, and one who handed in nothing."""
    return shutil.copytree(master, tmp_path / "course")


@pytest.fixture(scope="module")
def report(master: Path) -> Report:
    return make_report(master)


def seen(page: str) -> str:
    """Leave out tags and style, as a reader sees it."""
    import html

    return " ".join(
        html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)).split()
    )


# What it says -----------------------------------------------------------------------------------


def test_outcomes_are_of_the_whole_class_with_who_handed_in_nothing(report: Report) -> None:
    assert report.lessons[0].outcomes == {"graded": 3, "missing": 1}


def test_what_has_changed_since_it_was_graded_is_not_graded_yet(course: Path) -> None:
    hand_in_bytes(course, "a001", b"{}")
    [lesson] = make_report(course).lessons
    assert lesson.outcomes == {"graded": 2, "not graded yet": 1, "missing": 1}


def test_scores_are_those_of_the_machine(report: Report) -> None:
    assert report.lessons[0].scores == (4.0, 6.0, 6.0)


def test_an_answer_in_words_reads_not_marked_yet_until_a_person_has_marked_it(
    course: Path,
) -> None:
    hand_in(course, "a001", {TEXT: "A label is a name."})
    carry(course, LESSON, [result("a001")])
    assert "8 so far, not marked yet" in seen(make_report(course).html())


def test_the_bars_hold_everybody_once(report: Report) -> None:
    assert report.lessons[0].bars == [0, 0, 0, 0, 0, 1, 0, 2, 0, 0]


def test_the_picture_has_a_twin_in_text(report: Report) -> None:
    text = seen(report.html())
    assert "70 % to under 80 % 2" in text


def test_an_exercises_difficulty_is_what_was_earned_and_who_solved_it(report: Report) -> None:
    found = {one.title: one.item for one in report.lessons[0].exercises}["The whole table"]
    assert (found.share_earned, found.share_solved) == (pytest.approx(1 / 3), 0.0)


def test_a_misconception_is_named_with_who_and_where_it_is_taught(report: Report) -> None:
    [found] = report.lessons[0].misconceptions
    assert (found.name, found.students) == (SLIP, ("Moore, Jr, Bob (b002)",))
    assert found.section in Path(__file__).parents[3].joinpath(
        "notebooks", LESSON, f"{LESSON}.ipynb"
    ).read_text(encoding="utf-8")


def test_unknown_wrong_answers_are_grouped_by_equal_outputs(report: Report) -> None:
    sizes = [len(group.students) for group in report.lessons[0].unknown]
    assert sizes == [2, 1]


def test_a_group_shows_code_of_one_and_what_the_check_said(report: Report) -> None:
    group = report.lessons[0].unknown[0]
    assert group.code == BOBS.rstrip("\n")
    assert group.message.startswith("not yet")


def test_work_that_is_nearly_the_same_is_shown_side_by_side_with_a_caution(report: Report) -> None:
    [pair] = report.lessons[0].alike
    assert (pair.one, pair.other) == ("Lovelace, Ada (a001)", "Moore, Jr, Bob (b002)")
    assert (pair.share, pair.n_same_unknown) == (1.0, 1)
    assert "This proves nothing." in seen(report.html())


def test_what_a_student_wrote_is_never_run_as_a_page(report: Report) -> None:
    page = report.html()
    assert "<script" not in page
    assert "<b>Bold" not in page
    assert "default-src 'none'" in page


def test_without_a_gradebook_nobody_can_be_missing_and_it_says_so(course: Path) -> None:
    (course / "gradebook.db").unlink()
    made = make_report(course)
    assert "missing" not in made.lessons[0].outcomes
    assert "course roster" in seen(made.html())


def test_it_says_where_personal_data_lies(report: Report) -> None:
    text = seen(report.html())
    places = ["submitted/", "autograded/", "feedback/", "results/", "gradebook.db"]
    assert [place for place in places if place not in text] == []


def test_what_was_graded_without_a_sandbox_is_stamped(course: Path) -> None:
    for path in (course / RESULTS / LESSON / "a001").glob("*.json"):
        path.write_text(path.read_text().replace('"bubblewrap"', '"unsafe"'))
    assert "graded without a sandbox" in seen(make_report(course).html())


# Without names ----------------------------------------------------------------------------------


@pytest.fixture
def nameless(course: Path) -> str:
    """All that is written without names: the page and the table."""
    made = command("report", "--anonymous", "--csv", course / "t.csv", "--course", course)
    assert made.exit_code == 0, made.output
    return (course / "report.html").read_text() + (course / "t.csv").read_text()


def test_names_ids_and_remarks_are_left_out(nameless: str) -> None:
    words = [*STUDENTS, *(word for name in STUDENTS.values() for word in name), "mine", "x = ada"]
    assert [word for word in words if word in nameless] == []


def test_code_is_shown_without_its_remarks(nameless: str) -> None:
    assert "table[row, name] = row + 1" in seen(nameless)


def test_code_that_cannot_be_read_is_left_out() -> None:
    assert without_remarks("def f(:\n  '''Ada") is None


def test_one_student_has_one_number_everywhere(course: Path) -> None:
    [lesson] = make_report(course, anonymous=True).lessons
    numbers = {row.name for row in lesson.students}
    assert numbers == {f"Student {n}" for n in range(1, 5)}
    assert {name for group in lesson.unknown for name in group.students} < numbers


def test_the_numbers_belong_to_one_report(course: Path) -> None:
    orders = {
        tuple(row.id for row in make_report(course, anonymous=True).lessons[0].students)
        for _ in range(5)  # of 24 orders
    }
    assert len(orders) > 1


@pytest.mark.parametrize(
    ("code", "bare"),
    [
        ("x = 1  # Ada", "x = 1"),
        ("# Ada\nx = '# no remark'", "x = '# no remark'"),
        ('def f():\n    """By Ada.\n\n    Really."""\n    return 1', "def f():\n    return 1"),
    ],
)
def test_remarks_are_comments_and_docstrings(code: str, bare: str) -> None:
    assert without_remarks(code) == bare


# The table --------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_graded_cell_and_for_who_is_missing(
    report: Report, tmp_path: Path
) -> None:
    report.write(tmp_path / "page.html", tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * len(GRADED) + 1
    [bob] = [row for row in rows if row["diagnosis"] == SLIP]
    assert (bob["student"], bob["earned"], bob["possible"]) == ("Moore, Jr, Bob (b002)", "0", "2")


# How hard, how telling --------------------------------------------------------------------------


def test_an_exercise_that_goes_with_the_rest_discriminates() -> None:
    assert describe([0] * 6 + [2] * 6, 2, [1] * 6 + [5] * 6).discrimination == 1.0


def test_an_exercise_that_goes_against_the_rest_is_below_zero() -> None:
    assert describe([2] * 6 + [0] * 6, 2, [1] * 6 + [5] * 6).discrimination == -1.0


@pytest.mark.parametrize(
    ("earned", "rest", "why"),
    [
        ([0, 2] * 4, [1, 5] * 4, "fewer than 10 students"),
        ([2] * 12, [1, 5] * 6, "all earned the same"),
        ([0, 2] * 6, [5] * 12, "all earned the same in the rest"),
        ([], [], "fewer than 10 students"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_where_nothing_can_be_said_the_reason_is(earned: Any, rest: Any, why: str) -> None:
    item = describe(earned, 2, rest)
    assert (item.discrimination, item.why_not) == (None, why)


# Nearly the same --------------------------------------------------------------------------------


def pairs(**codes: str) -> list[tuple[str, str]]:
    written = {student: {"one_hot": code} for student, code in codes.items()}
    return [(pair.one, pair.other) for pair in find_pairs(written, {})[0]]


def test_other_names_and_remarks_do_not_hide_a_copy() -> None:
    assert pairs(ada=ADAS, bob=BOBS) == [("ada", "bob")]


def test_different_code_is_no_pair() -> None:
    other = """\
def one_hot(labels, n_classes):
    rows = [[float(column == label) for column in range(n_classes)] for label in labels]
    return np.stack([np.asarray(row, dtype="float32") for row in rows], axis=0)
"""
    assert pairs(ada=ADAS, bob=other) == []


def test_short_code_is_no_sign_of_anything() -> None:
    short = "def one_hot(labels, n_classes):\n    return np.eye(n_classes)[labels]"
    assert pairs(ada=short, bob=short) == []


def test_code_that_many_have_is_no_sign_of_anything() -> None:
    assert pairs(**{f"s{n}": ADAS for n in range(5)}) == []


def test_what_was_given_counts_for_nobody() -> None:
    written = {student: {"one_hot": ADAS} for student in ("ada", "bob")}
    assert find_pairs(written, {"one_hot": ADAS}) == ([], 0)


def test_code_that_brings_pythons_parser_down_is_compared_all_the_same() -> None:
    assert pieces("x = " + "-" * 100_000 + "1") == pieces("y = " + "-" * 100_000 + "1")


# Bad input --------------------------------------------------------------------------------------


def test_nothing_graded_yet_is_one_sentence(empty: Path) -> None:
    require_refusal(command("report", "--course", empty), "was graded yet", "course grade")


def test_a_lesson_that_was_not_graded_is_named(course: Path) -> None:
    (course / "solutions" / "00_new").mkdir()
    (course / "solutions" / "00_new" / "00_new.ipynb").write_text("{}")
    made = command("report", "00_new", "--course", course)
    require_refusal(made, "00_new was not graded", "course grade 00_new")


def test_an_unknown_lesson_is_named(course: Path) -> None:
    require_refusal(command("report", "99_none", "--course", course), "'99_none'", LESSON)


def test_a_folder_that_is_no_course_is_named(tmp_path: Path) -> None:
    require_refusal(command("report", "--course", tmp_path), "is not in a course")


@pytest.mark.parametrize("to", ["page.txt", "nowhere/page.html", "."])
def test_a_place_where_no_page_can_be_is_named(course: Path, to: str) -> None:
    require_refusal(command("report", "--course", course, "--to", course / to), "`to` must")


def test_a_table_that_cannot_be_written_leaves_no_page_either(course: Path) -> None:
    made = command("report", "--course", course, "--csv", course / "table.txt")
    require_refusal(made, "must end in .csv")
    assert not (course / "report.html").exists()


def test_looking_for_results_draws_no_seed(tmp_path: Path) -> None:
    made = make_course(tmp_path / "course")
    hand_in(made, "a001", {})
    command("report", "--course", made)
    assert not (made / RESULTS).exists()


def test_help_says_where_personal_data_lies() -> None:
    assert "submitted/, autograded/, feedback/" in " ".join(
        command("report", "--help").output.replace("│", "").split()
    )


# In a browser -----------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(course: Path, chromium: Any, tmp_path: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    made = tmp_path / "report.html"
    # Axe is a script, which the page itself would not run.
    page = re.sub(r"<meta http-equiv.*?>", "", make_report(course).html())
    made.write_text(page.replace("<details>", "<details open>"), encoding="utf-8")
    opened = chromium.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    opened.goto(made.as_uri())
    found = Axe().run(opened).response["violations"]
    wide = opened.evaluate("document.documentElement.scrollWidth > innerWidth")
    opened.close()
    assert ([one["id"] for one in found], wide) == ([], False)

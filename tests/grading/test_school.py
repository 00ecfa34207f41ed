"""Scores go out as a long table, and into what Canvas and Moodle export."""

import csv
import errno
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from class_gradebook import LESSONS, course, make_class, make_course, require_refusal
from hypothesis import given
from hypothesis import strategies as st

from course_utils.grading.database import make_gradebook
from course_utils.grading.marking.results import CellResult, Outcome, Result
from course_utils.grading.school import export_long, fill_canvas, fill_moodle
from course_utils.grading.school.marks import several
from course_utils.grading.school.tables import harmless, read_table, write_table

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

FIRST, SECOND = LESSONS


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_class(tmp_path_factory.mktemp("class"))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "course"))


@pytest.mark.parametrize("first", ["school", "school.roster", "marking", "marking.report"])
def test_whichever_part_of_grading_a_command_loads_first_can_be_loaded(first: str) -> None:
    code = f"import course_utils.grading.{first}"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


# The long table -------------------------------------------------------------------------------


@pytest.fixture
def long(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the written table, by lesson and student."""
    path = export_long(folder).write(folder / "scores.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["assignment"], row["student_id"]): row for row in csv.DictReader(file)}


def test_the_columns_begin_with_those_of_nbgraders_own_export(folder: Path) -> None:
    from nbgrader.api import Gradebook
    from nbgrader.plugins import CsvExportPlugin

    path = folder / "its.csv"
    with Gradebook(f"sqlite:///{folder}/gradebook.db", "course") as gradebook:
        CsvExportPlugin(to=str(path)).export(gradebook)
    theirs = path.read_text().partition("\n")[0].split(",")
    assert list(export_long(folder).header[: len(theirs)]) == theirs


def test_there_is_a_row_for_each_lesson_and_student(long) -> None:
    assert list(long) == [(lesson, name) for lesson in LESSONS for name in ("12", "0012", "0013")]


def test_a_name_with_a_comma_shifts_no_column(long) -> None:
    row = long[FIRST, "0013"]
    assert (row["last_name"], row["first_name"], row["max_score"]) == ("O'Neil, Jr", "Zoë", "5.0")


def test_a_name_that_a_spreadsheet_would_run_is_text(long) -> None:
    assert long[FIRST, "12"]["last_name"] == '\'=HYPERLINK("x")'


@pytest.mark.parametrize(
    ("lesson", "student", "score", "outcome"),
    [
        (FIRST, "0013", "5.0", "graded"),
        (SECOND, "0012", "0.0", "graded"),
        (FIRST, "0012", "", "not marked yet"),
        (FIRST, "12", "", ""),
        (SECOND, "0013", "", "missing"),
    ],
    ids=["right", "wrong", "in words", "handed in but not graded", "missing"],
)
def test_right_wrong_ungraded_and_missing_read_differently(
    lesson: str, student: str, score: str, outcome: str, long
) -> None:
    row = long[lesson, student]
    assert (row["score"], row["outcome"]) == (score, outcome)


def test_what_was_not_attempted_reads_otherwise_than_wrong(folder: Path) -> None:
    cell = CellResult("check", "one_hot", 0, 4, Outcome.NOT_ATTEMPTED)
    Result(SECOND, "0012", Outcome.NOT_ATTEMPTED, (), (cell,), "none", "key").write(folder)
    rows = {(row[0], row[3]): row for row in export_long(folder).rows}
    assert rows[SECOND, "0012"][-1] == "not attempted"


def test_a_spoilt_result_stops_no_export(folder: Path) -> None:
    spoilt = folder / "results" / SECOND / "0012" / "key.json"
    spoilt.parent.mkdir(parents=True)
    spoilt.write_text("{")
    assert export_long(folder).rows[-2][-1] == "graded"


def test_a_submission_that_a_person_has_to_grade_is_said(folder: Path, long) -> None:
    assert long[FIRST, "0012"]["needs_manual_grade"] == "yes"
    assert long[FIRST, "0012"]["raw_score"] == "3.0"  # the points so far
    assert export_long(folder).to_grade == [f"0012 in {FIRST}"]


@pytest.mark.parametrize(("student", "late"), [("12", "yes"), ("0012", "no"), ("0013", "")])
def test_being_late_is_said(student: str, late: str, long) -> None:
    assert long[SECOND, student]["late"] == late


def test_an_extension_makes_up_for_being_late(folder: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db", "course") as gradebook:
        gradebook.grant_extension(SECOND, "12", days=2)
    rows = {(row[0], row[3]): row for row in export_long(folder).rows}
    assert rows[SECOND, "12"][-2] == "no"


def test_a_penalty_is_taken_off_but_never_below_zero(folder: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db", "course") as gradebook:
        notebook = gradebook.find_submission_notebook(SECOND, SECOND, "12")
        notebook.late_submission_penalty = 3.0
        gradebook.db.commit()
    rows = {(row[0], row[3]): row for row in export_long(folder).rows}
    assert rows[SECOND, "12"][7:10] == ["2.5", "3.0", "0.0"]


def test_scores_equal_those_that_nbgrader_sums(folder: Path, long) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db", "course") as gradebook:
        theirs = {
            (lesson, one.student_id): str(one.score)
            for lesson in LESSONS
            for one in gradebook.assignment_submissions(lesson)
            if one.student_id == "0013" or lesson != FIRST  # 0.0 there, for what nobody marked
        }
    assert theirs == {key: long[key]["score"] for key in theirs}


def test_only_chosen_lessons_are_exported(folder: Path) -> None:
    assert {row[0] for row in export_long(folder, [SECOND]).rows} == {SECOND}


def test_the_command_writes_grades_csv_in_the_course(folder: Path) -> None:
    result = course("export", "long", "--course", folder)
    assert (result.exit_code, (folder / "grades.csv").is_file()) == (0, True)


def test_a_dry_run_prints_every_row_whole_and_writes_nothing(folder: Path) -> None:
    before = sorted(folder.iterdir())
    result = course("export", "long", "--dry-run", "--course", folder)
    row = next(line for line in result.stdout.splitlines() if FIRST in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == export_long(folder).rows[0]
    assert sorted(folder.iterdir()) == before


# Cells that spreadsheets would run --------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "-", "-1.5.2"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["a\nb", "a\rb", 'say "a"', "a,b", "a;b", "\u2028"])
def test_what_is_written_is_read_again(cell: str, tmp_path: Path) -> None:
    write_table(tmp_path / "own.csv", ["id", "name", "email"], [["1", cell, "a@b"]])
    (row,) = read_table(tmp_path / "own.csv").rows
    assert row.cells == ["1", cell, "a@b"]


@pytest.mark.parametrize("cell", ["-1", "-0.5", "0012", "Ada", "", "a=b", "'", "2030-01-31"])
def test_numbers_and_text_stay(cell: str) -> None:
    assert harmless(cell) == cell


# Canvas -----------------------------------------------------------------------------------------

CANVAS = '''\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,"01 Loading data (55)",\
02 One-hot encoding (56),Essay (57),Current Score
,,,,,,Manual Posting,,(read only)
    Points Possible,,,,,5.00,4.00,"10,5",(read only)
"Lovelace, Ada",1001,u1,0012,"Mon, early",,"1.00","say ""hi""",=1+1
Adams Eve,1002,u2,12,Mon,1,,,
"O'Neil, Jr, Zoë",1003,u3,0013,"Tue
late",,"7",,3
Guest,1009,u9,0909,Mon,,,,
"Student, Test",1010,,f00d,Mon,,,,
'''.replace("\n", "\r\n")


@pytest.fixture
def canvas(folder: Path) -> Path:
    path = folder / "canvas.csv"
    path.write_bytes(CANVAS.encode())
    return path


def test_only_the_scores_differ_from_the_export_from_canvas(folder: Path, canvas: Path) -> None:
    expected = (
        CANVAS.replace('early",,"1.00",', 'early",,0,')
        .replace("12,Mon,1,,,", "12,Mon,1,2.5,,")
        .replace('late",,"7",,3', 'late",5,"7",,3')
    )
    written = fill_canvas(folder, canvas).write()
    assert written.read_bytes() == expected.encode()


def test_the_export_itself_stays(folder: Path, canvas: Path) -> None:
    course("export", "canvas", canvas, "--course", folder)
    assert canvas.read_bytes() == CANVAS.encode()


def test_without_a_submission_a_cell_stays_as_it_was(folder: Path, canvas: Path) -> None:
    filled = {cell[:2] for cell in fill_canvas(folder, canvas).cells}
    assert ("0013", SECOND) not in filled


@pytest.mark.parametrize(
    "header", ["01 Loading data (5)", "01_loading_data (5)", "Loading Data (5)", "LOADING-DATA (5)"]
)
def test_a_lesson_is_found_by_its_name_with_its_number_or_without(
    header: str, folder: Path, canvas: Path
) -> None:
    canvas.write_text(CANVAS.replace("01 Loading data (55)", header))
    assert len(fill_canvas(folder, canvas, [FIRST]).cells) == 1


def test_unmatched_students_are_listed_both_ways(folder: Path, canvas: Path) -> None:
    canvas.write_text(CANVAS.replace("1003,u3,0013", "1013,u3,13"))
    filling = fill_canvas(folder, canvas)
    assert (filling.not_in_gradebook, filling.not_in_file) == (["1013", "1009"], ["0013"])


@pytest.mark.parametrize(
    ("known_by", "numbers"),
    [("ID", ("1001", "1002", "1003")), ("SIS Login ID", ("5", "6", "7"))],
)
def test_students_are_found_by_the_column_that_knows_most(
    known_by: str, numbers: tuple[str, ...], folder: Path, canvas: Path
) -> None:
    text = CANVAS
    for old, new in zip(("1001", "1002", "1003"), numbers, strict=True):
        text = text.replace(old, new)
    canvas.write_text(text)
    filling = fill_canvas(folder, canvas)
    assert (filling.matched_by, len(filling.cells)) == (known_by, 3)


def test_another_greatest_score_than_in_canvas_is_said(folder: Path, canvas: Path) -> None:
    canvas.write_text(CANVAS.replace(",5.00,", ",100.00,"))
    assert any("up to 5 points, but 100 in Canvas" in n for n in fill_canvas(folder, canvas).notes)


def test_what_a_person_has_not_marked_is_no_score_in_canvas(folder: Path, canvas: Path) -> None:
    filling = fill_canvas(folder, canvas)
    assert ("0012", FIRST) not in {cell[:2] for cell in filling.cells}
    assert f"Not marked yet by a person, so left as it was: 0012 in {FIRST}." in filling.notes


def test_who_is_excused_in_canvas_stays_so(folder: Path, canvas: Path) -> None:
    canvas.write_text(CANVAS.replace('"1.00"', "EX"))
    filling = fill_canvas(folder, canvas)
    assert ("0012", SECOND) not in {cell[:2] for cell in filling.cells}
    assert f"0012 is excused from {SECOND} in Canvas, and stays so." in filling.notes


def test_missing_and_ungraded_submissions_are_said(folder: Path, canvas: Path) -> None:
    notes = "\n".join(fill_canvas(folder, canvas).notes)
    assert f"not graded, so left as it was: 12 in {FIRST}." in notes
    assert f"Not handed in, so left as it was: 0013 in {SECOND}." in notes


@pytest.mark.parametrize(("n", "end"), [(12, "s11"), (13, "s11 and 1 more")])
def test_of_very_many_names_the_first_are_listed(n: int, end: str) -> None:
    assert several([f"s{i}" for i in range(n)]).endswith(f"s10, {end}")


def test_a_lesson_without_a_column_is_said(folder: Path, canvas: Path) -> None:
    canvas.write_text(CANVAS.replace("02 One-hot", "02 Two-hot"))
    assert f"Without a column: {SECOND}." in fill_canvas(folder, canvas).notes


def test_a_decimal_comma_is_kept_up(folder: Path, canvas: Path) -> None:
    canvas.write_text(CANVAS.replace(",", ";").replace("4.00", "4,00"))
    assert ("12", SECOND, "", "2,5") in fill_canvas(folder, canvas, [SECOND]).cells


def test_a_dry_run_prints_what_was_and_what_becomes(folder: Path, canvas: Path) -> None:
    before = sorted(folder.iterdir())
    result = course("export", "canvas", canvas, "--dry-run", "--course", folder)
    row = next(line for line in result.stdout.splitlines() if f"0012    │ {SECOND}" in line)
    assert [cell.strip() for cell in row.split("│")[3:5]] == ["1.00", "0"]
    assert sorted(folder.iterdir()) == before


def test_the_command_lists_whom_it_did_not_reach(folder: Path, canvas: Path) -> None:
    result = course("export", "canvas", canvas, "--course", folder)
    assert "In the file but not in the gradebook: 1009." in result.stdout
    assert result.stdout.endswith(f"wrote {folder / 'canvas-filled.csv'}\n")


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff\r"), max_size=6),
            min_size=3,
            max_size=3,
        ),
        max_size=5,
    ),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_changing_a_cell_changes_that_cell_and_no_other(
    rows, quoting, delimiter, end, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def written(rows: list[list[str]]) -> str:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=quoting, delimiter=delimiter, lineterminator=end).writerows(
            [["a", "b", "c"], *rows]
        )
        return text.getvalue()

    path = tmp_path_factory.mktemp("table") / "table.csv"
    path.write_bytes(written(rows).encode())
    table = read_table(path)
    assert table.with_cells({}) == written(rows)
    text = table.with_cells({row.line: {1: "1"} for row in table.rows})
    path.write_bytes(text.encode())
    assert [row.cells for row in read_table(path).rows] == [
        [first, "1", last] for first, middle, last in rows if (first + middle + last).strip()
    ]


# Moodle -----------------------------------------------------------------------------------------

MOODLE = """First name,Last name,ID number,Email address,\
Assignment: 01 Loading data (Real),Assignment: 01 Loading data (Percentage),\
Assignment: 02 One-hot encoding (Real)
Ada,Lovelace,0012,Ada@Uni.example,-,-,-
Eve,Adams,12,eve@uni.example,-,-,-
Zoë,"O'Neil, Jr",0013,zoe@uni.example,-,-,-
"""
WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum grade,Feedback comments
Participant 7,Ada Lovelace,Ada@Uni.example,"Submitted, late",,"4,00","a, b"
Participant 8,Eve Adams,eve@uni.example,-,,"4,00",
Participant 9,Zoë,zoe@uni.example,-,,"4,00",
"""


@pytest.fixture
def moodle(folder: Path) -> Path:
    path = folder / "moodle.csv"
    path.write_text(MOODLE, encoding="utf-8")
    return path


def test_moodles_gradebook_is_filled_and_all_else_stays(folder: Path, moodle: Path) -> None:
    expected = (
        MOODLE.replace("Ada@Uni.example,-,-,-", "Ada@Uni.example,-,-,0")
        .replace("eve@uni.example,-,-,-", "eve@uni.example,-,-,2.5")
        .replace("zoe@uni.example,-,-,-", "zoe@uni.example,5,-,-")
    )
    assert fill_moodle(folder, moodle).text == expected


def test_students_are_found_by_e_mail_where_moodle_knows_no_number(
    folder: Path, moodle: Path
) -> None:
    moodle.write_text(MOODLE.replace(",0012,", ",,").replace(",12,", ",,").replace(",0013,", ",,"))
    filling = fill_moodle(folder, moodle)
    assert (filling.matched_by, len(filling.cells)) == ("Email address", 3)


def test_moodles_worksheet_is_filled_for_one_lesson(folder: Path, moodle: Path) -> None:
    moodle.write_text(WORKSHEET)
    expected = WORKSHEET.replace('late",,', 'late",0,').replace(
        "eve@uni.example,-,", 'eve@uni.example,-,"2,5"'
    )
    assert fill_moodle(folder, moodle, [SECOND]).text == expected


def test_the_command_fills_moodles_export(folder: Path, moodle: Path) -> None:
    result = course("export", "moodle", moodle, "--to", folder / "new.csv", "--course", folder)
    assert result.stdout.endswith(f"wrote {folder / 'new.csv'}\n")


# What is refused --------------------------------------------------------------------------------


def replaced(*pairs: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            assert old in text
            text = text.replace(old, new)
        return text

    return change


LESSON = ("--lesson", FIRST)
#: What is exported wrongly: the form, what is changed in it, more arguments, what is said.
REFUSED: dict[str, tuple[str, Callable[[str], str], tuple[str, ...], tuple[str, ...]]] = {
    "an unknown lesson": (CANVAS, str, ("--lesson", "99_none"), ("'99_none'", FIRST)),
    "a misspelt lesson": (CANVAS, str, ("--lesson", "01_loading_date"), (f"mean {FIRST}?",)),
    "a lesson without a column": (
        CANVAS,
        replaced("01 Loading", "01 Lading"),
        LESSON,
        (f"no column for {FIRST}", "export again"),
    ),
    "no lesson's column": (
        CANVAS,
        replaced("01 Loading", "01 Lading", "One-hot", "Two-hot"),
        (),
        ("no column for any lesson", "Make assignments in Canvas"),
    ),
    "two columns of a lesson": (
        CANVAS,
        replaced("Essay", "Loading data"),
        (),
        ("several columns", "Loading data (57)", "Rename or remove"),
    ),
    "a table that is not Canvas'": (
        CANVAS,
        replaced("Student,ID,", "Who,Number,"),
        (),
        ("an export from Canvas", "Who, Number", "Export the gradebook"),
    ),
    "nobody who is known": (
        CANVAS,
        replaced("100", "900", ",0012,", ",x,", ",12,", ",y,", ",0013,", ",z,"),
        (),
        ("Nobody in", "course roster"),
    ),
    "a student twice": (
        CANVAS,
        replaced("Guest,1009", "Guest,1001"),
        (),
        ("line 8", "1001 is in line 4 already", "Remove one"),
    ),
    "a row too short": (CANVAS, replaced("12,Mon,1,,,", "12,Mon"), (), ("line 5", "5 cells")),
    "an open quote": (CANVAS, replaced("Mon, early\"", "Mon, early"), (), ("quotation mark",)),
    "another ending": (CANVAS, str, ("--to", "scores.xlsx"), ("end in .csv", "scores.xlsx")),
    "a folder that is not there": (CANVAS, str, ("--to", "none/a.csv"), ("an existing folder",)),
    "a table that is not Moodle's": (
        MOODLE,
        replaced("ID number", "Number", "Email address", "Address"),
        (),
        ("an export from Moodle", "Have Moodle export"),
    ),
    "a worksheet without a lesson": (WORKSHEET, str, (), ("one assignment", "--lesson")),
    "a worksheet and two lessons": (
        WORKSHEET,
        str,
        (*LESSON, "--lesson", SECOND),
        ("one assignment", "--lesson"),
    ),
    "only percentages": (MOODLE, replaced("(Real)", "(Letter)"), LESSON, ("no column for",)),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_a_form_that_cannot_be_filled_is_refused_and_nothing_written(
    kind: str, folder: Path
) -> None:
    form, change, more, parts = REFUSED[kind]
    path = folder / "form.csv"
    path.write_bytes(change(form).encode())
    before = sorted(folder.rglob("*"))
    system = "canvas" if form is CANVAS else "moodle"
    require_refusal(course("export", system, path, *more, "--course", folder), *parts)
    assert sorted(folder.rglob("*")) == before


def test_the_export_itself_is_never_written_over(folder: Path, canvas: Path) -> None:
    result = course("export", "canvas", canvas, "--to", canvas, "--course", folder)
    require_refusal(result, "`to` must be another file")


def test_a_full_disk_is_said_and_nothing_half_written_stays(
    folder: Path, canvas: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = sorted(folder.iterdir())
    monkeypatch.setattr(os, "fsync", fill_up)
    require_refusal(course("export", "canvas", canvas, "--course", folder), "full", "Make room")
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("lesson", [False, True])
def test_without_students_or_lessons_an_export_says_what_to_do(
    lesson: bool, tmp_path: Path
) -> None:
    with make_gradebook(make_course(tmp_path)) as gradebook:
        if lesson:
            gradebook.add_assignment(FIRST)
    expected = ("no students", "course roster") if lesson else ("no lesson", "Grade one first")
    require_refusal(course("export", "long", "--course", tmp_path), *expected)


def test_two_students_with_one_address_are_refused_where_it_tells_them_apart(
    folder: Path, moodle: Path
) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db", "course") as gradebook:
        gradebook.find_student("12").email = "ADA@uni.example"
        gradebook.db.commit()
    moodle.write_text(WORKSHEET)
    result = course("export", "moodle", moodle, "--lesson", FIRST, "--course", folder)
    require_refusal(result, "line 2", "may be 12 and 0012", "course roster")

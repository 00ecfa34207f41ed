"""A roster is carried into the gradebook, whole or not at all."""

import shutil
from pathlib import Path

import pytest
from class_gradebook import course, make_class, make_course, require_refusal

from course_utils.grading.database import GradebookError, open_gradebook
from course_utils.grading.school import RosterChanges, plan_roster
from course_utils.grading.school.marks import Student, student_of

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_class(tmp_path_factory.mktemp("class"))


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "course"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course without a gradebook."""
    return make_course(tmp_path_factory.mktemp("empty"))


def plan(folder: Path, roster: str | bytes) -> RosterChanges:
    path = folder / "class.csv"
    path.write_bytes(roster if isinstance(roster, bytes) else roster.encode())
    return plan_roster(folder, path)


def students(folder: Path) -> dict[str, Student]:
    with open_gradebook(folder) as gradebook:
        return {row.id: student_of(row) for row in gradebook.students}


PLAIN = "student_id,first_name,last_name,email\n0007,Grace,Hopper,grace@uni.example\n"
#: Ways to write the same student.
FORMS = {
    "plain": PLAIN,
    "semicolons": PLAIN.replace(",", ";"),
    "tabs": PLAIN.replace(",", "\t"),
    "a byte order mark": "\ufeff" + PLAIN,
    "Windows' ends of lines": PLAIN.replace("\n", "\r\n"),
    "old Macintosh ends of lines": PLAIN.replace("\n", "\r"),
    "no end of the last line": PLAIN.rstrip(),
    "empty lines": f"\n{PLAIN}\n,,,\n",
    "quotes": '"ID","Last Name","First Name","E-Mail"\n"0007","Hopper","Grace",grace@uni.example\n',
    "login, and one name": "login,name,mail\n0007,Grace Hopper,grace@uni.example\n",
    "the last name first": 'id;Name;email\n0007;"Hopper, Grace";grace@uni.example\n',
    "spaces": " ID , name , email \n 0007 , Grace   Hopper , grace@uni.example \n",
    "Moodle": "First name,Last name,Username,ID number,Email address\n"
    "Grace,Hopper,0007,u5,grace@uni.example\n",
    "Moodle of old": "First name,Surname,ID number,Email address\n"
    "Grace,Hopper,0007,grace@uni.example\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_roster_is_read_in_many_forms(form: str, empty: Path) -> None:
    grace = Student("0007", "Grace", "Hopper", "grace@uni.example", "")
    assert plan(empty, FORMS[form]).added == [grace]


CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,01 Loading data (55)
,,,,,Manual Posting
    Points Possible,,,,,5.00
"Hopper, Grace",2001,u5,0007,Monday,
"Student, Test",2002,,3f2a,Monday,
"""


def test_canvas_export_gives_logins_and_its_own_numbers(empty: Path) -> None:
    assert plan(empty, CANVAS).added == [Student("0007", "Grace", "Hopper", "", "2001")]


def test_which_column_the_ids_come_from_is_said(empty: Path) -> None:
    assert plan(empty, CANVAS).id_column == "SIS Login ID"


def test_a_column_student_id_wins_over_all_others(empty: Path) -> None:
    roster = "id,login,student_id\n1,grace,0007\n"
    assert [student.id for student in plan(empty, roster).added] == ["0007"]


#: Rosters that are refused, and what the sentence says.
REFUSED = {
    "nothing": (b"", ("it is empty", "Export it again")),
    "only a header": (b"id,name\n", ("holds only a header", "Add a line")),
    "no column of ids": (b"name,email\nAda,a@b\n", ("column of ids", "name, email", "student_id")),
    "two columns of ids": (b"id,ID\n1,2\n", ("one column id", "it has 2", "Remove")),
    "Latin-1": ("id,name\n1,Ada\n2,Zoë\n".encode("latin-1"), ("UTF-8", "line 3", "Save it")),
    "UTF-16": ("id\n1\n".encode("utf-16"), ("UTF-8", "line 1", "Save it")),
    "a spreadsheet": (b"PK\x03\x04 zip", ("a spreadsheet's own", "Save it as CSV")),
    "a NUL": (b"id\n1\n2\x00\n", ("line 3", "NUL")),
    "an open quote": (b'id,name\n1,Ada\n2,"Zoe\n3,Eve\n', ("line 3", "quotation mark")),
    "text after a quote": (b'id,name\n1,"Ada"b\n', ("line 2", "quotation mark")),
    "a cell too many": (b"id,name\n1,Ada,Lovelace\n", ("line 2", "3 cells, the header 2")),
    "a cell too few": (b"id,name\n1,Ada\n2\n", ("line 3", "1 cells, the header 2")),
    "the same id twice": (b"id\n0012\n12\n0012\n", ("line 4", "'0012' stands in line 2 already")),
    "ids that differ in capitals": (b"id\nAda\nada\n", ("line 3", "'ada' stands in line 2")),
    "an id twice below a name of two lines": (
        b'id,name\n1,"Ada\nLovelace"\n1,Eve\n',
        ("line 4", "stands in line 2 already"),
    ),
    "no id": (b"id,name\n,Ada\n", ("line 2", "the id '' is empty")),
    "no id in Canvas' export": (CANVAS.replace("0007", "").encode(), ("line 4", "is empty")),
    "a slash": (b"id\na/b\n", ("line 2", "'a/b' holds '/'")),
    "a backslash": (b"id\na\\b\n", ("line 2", r"holds '\\'")),
    "the folder above": (b"id\n..\n", ("line 2", "begins with a dot")),
    "a leading dot": (b"id\n.ada\n", ("line 2", "begins with a dot")),
    "a dot at the end": (b"id\nada.\n", ("line 2", "ends in a dot")),
    "a star": (b"id\n*\n", ("line 2", "holds '*'")),
    "brackets": (b"id\na[1]\n", ("line 2", "holds '['")),
    "a tab": (b'id\n"a\tb"\n', ("line 2", r"holds '\t'")),
    "a control character": (b"id\na\x07b\n", ("line 2", "control character")),
    "an invisible character": ("id\na\u200bb\n".encode(), ("line 2", "invisible character")),
    "a name that Windows keeps": (b"id\ncon.txt\n", ("line 2", "Windows keeps")),
    "an id of 101 letters": (b"id\n" + b"a" * 101 + b"\n", ("line 2", "longer than 100 bytes")),
    "several of these": (b"id\na/b\n..\n.a\n", ("line 2", "2 more lines are wrong")),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_malformed_roster_is_refused_with_the_line_and_changes_nothing(
    kind: str, folder: Path
) -> None:
    content, parts = REFUSED[kind]
    path, before = folder / "class.csv", (folder / "gradebook.db").read_bytes()
    path.write_bytes(content)
    require_refusal(course("roster", path, "--course", folder), str(path), *parts)
    assert (folder / "gradebook.db").read_bytes() == before


@pytest.mark.parametrize(("name", "part"), [("none.csv", "there is none"), (".", "it is a folder")])
def test_a_roster_that_is_no_file_is_named(name: str, part: str, empty: Path) -> None:
    require_refusal(course("roster", empty / name, "--course", empty), part)


@pytest.mark.parametrize(
    "name", ["0012", "Zoë.O'Neil", "学生", "ada lovelace", "a+b@uni", "a" * 100]
)
def test_ids_of_many_kinds_stay_the_text_that_they_are(name: str, empty: Path) -> None:
    assert [student.id for student in plan(empty, f"id\n{name}\n").added] == [name]


CHANGES = """id,name,email
0012,Ada Lovelace,ada@uni.example
12,Eve Adams,
0099,New Comer,new@uni.example
"""


def test_a_roster_adds_and_changes(folder: Path) -> None:
    plan(folder, CHANGES).write()
    found = students(folder)
    assert found["0099"] == Student("0099", "New", "Comer", "new@uni.example", "")
    assert found["12"].full_name == "Adams, Eve"


def test_an_empty_cell_changes_nothing(folder: Path) -> None:
    plan(folder, CHANGES).write()
    assert students(folder)["12"].email == "eve@uni.example"


def test_whom_a_roster_does_not_name_stays(folder: Path) -> None:
    changes = plan(folder, CHANGES)
    changes.write()
    assert [student.id for student in changes.others] == ["0013"]
    assert "0013" in students(folder)


def test_the_same_roster_again_changes_nothing(folder: Path) -> None:
    plan(folder, CHANGES).write()
    again = plan(folder, CHANGES)
    assert (len(again.kept), again.added, again.changed) == (3, [], [])


def test_marks_survive_a_roster(folder: Path) -> None:
    plan(folder, CHANGES).write()
    with open_gradebook(folder) as gradebook:
        assert gradebook.find_submission("01_loading_data", "0012").score == 3


def test_a_roster_makes_the_gradebook_of_a_new_course(tmp_path: Path) -> None:
    plan(make_course(tmp_path), PLAIN).write()
    assert list(students(tmp_path)) == ["0007"]


def test_the_gradebook_that_a_roster_makes_is_one_to_nbgrader(tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    plan(make_course(tmp_path), PLAIN).write()
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "course") as gradebook:
        assert gradebook.find_student("0007").email == "grace@uni.example"


def test_a_failure_midway_adds_nobody(folder: Path) -> None:
    changes = plan(folder, "id\n0001\n")
    changes.added.append(Student("0002", ["no text"], "", "", ""))  # type: ignore[arg-type]
    with pytest.raises(GradebookError):
        changes.write()
    assert set(students(folder)) == {"0012", "12", "0013"}


def test_the_command_says_what_it_adds_changes_and_keeps(folder: Path) -> None:
    (folder / "class.csv").write_text(CHANGES)
    assert course("roster", folder / "class.csv", "--course", folder).stdout.splitlines() == [
        "The ids are those of the column id.",
        "add 0099 (Comer, New, new@uni.example)",
        'change 12: last_name =HYPERLINK("x") -> Adams',
        "1 to add, 1 to change, 1 kept.",
        "In the gradebook but not in the roster; they stay: 0013.",
        "The gradebook is up to date.",
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    (folder / "class.csv").write_text(CHANGES)
    before = (folder / "gradebook.db").read_bytes()
    result = course("roster", folder / "class.csv", "--dry-run", "--course", folder)
    assert "add 0099" in result.stdout
    assert result.stdout.endswith("Nothing was written, because of --dry-run.\n")
    assert (folder / "gradebook.db").read_bytes() == before


def test_a_dry_run_makes_no_gradebook(empty: Path) -> None:
    (empty / "class.csv").write_text(PLAIN)
    course("roster", empty / "class.csv", "--dry-run", "--course", empty)
    assert not (empty / "gradebook.db").exists()

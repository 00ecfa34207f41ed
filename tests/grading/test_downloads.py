"""What Moodle and Canvas hand out is taken in, and pages go back as they take them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from class_gradebook import course as command
from class_gradebook import require_refusal
from graded_class import LESSON, files_of, hand_in, make_course, page_of, result

from course_utils.grading.marking import carry

NAME = f"{LESSON}.ipynb"
ROSTER = """student_id,first_name,last_name,email,lms_user_id
0012,Ada,Lovelace,ada@uni.example,1001
0013,Zoë,O'Neil-Jones,zoe@uni.example,1002
0014,Bob,Ross,bob@uni.example,1003
0015,Bob,Ross,other.bob@uni.example,1004
"""
MOODLE = {  # a folder for each student, with and without a line at its end, and one without folders
    f"Ada Lovelace_4711_assignsubmission_file/{NAME}": b"by Ada",
    "Ada Lovelace_4711_assignsubmission_onlinetext/onlinetext.html": b"a typed text",
    f"Group 2-Zoë O'Neil-Jones_4712_assignsubmission_file_/{NAME}": b"by Zoe",
}
FLAT = {f"Lovelace Ada_4711_assignsubmission_file_{NAME}": b"by Ada"}
CANVAS = {
    f"lovelaceada_1001_55501_{NAME}": b"by Ada",
    f"oneiljoneszoë_LATE_1002_55502_{NAME}": b"by Zoe",
    f"rossbob_1003_55503_{NAME}": b"by Bob",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with a class of four, of whom two have the same name."""
    made = make_course(tmp_path / "course")
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")
    assert command("roster", tmp_path / "class.csv", "--course", made).exit_code == 0
    return made


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def submitted(course: Path) -> dict[str, bytes]:
    """Read what is in submitted/, by student and name."""
    prefix = "submitted/"
    files = {name: content for name, content in files_of(course).items() if prefix in name}
    return {name.removeprefix(prefix): content for name, content in files.items()}


def take_in(course: Path, path: Path) -> str:
    told = command("collect", LESSON, "--from", path, "--course", course)
    assert told.exit_code == 0, told.output
    return told.output


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (MOODLE, {"0012": b"by Ada", "0013": b"by Zoe"}),
        (FLAT, {"0012": b"by Ada"}),
        (CANVAS, {"0012": b"by Ada", "0013": b"by Zoe", "0014": b"by Bob"}),
        # Safari unpacks a download, and a person may pack it again.
        ({f"of lesson 2/{name}": content for name, content in FLAT.items()}, {"0012": b"by Ada"}),
    ],
    ids=["Moodle", "Moodle without folders", "Canvas", "inside a folder"],
)
def test_each_file_is_taken_in_under_its_students_id(
    course: Path, tmp_path: Path, files: dict[str, bytes], expected: dict[str, bytes]
) -> None:
    told = take_in(course, zipped(tmp_path / "all.zip", files))
    assert f"{len(expected)} submissions, of which {len(expected)} are new" in told
    assert submitted(course) == {f"{one}/{LESSON}/{NAME}": text for one, text in expected.items()}


def test_a_download_that_was_unpacked_is_taken_in_too(course: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(zipped(tmp_path / "all.zip", MOODLE)) as archive:
        archive.extractall(tmp_path / "all")
    take_in(course, tmp_path / "all")
    assert set(submitted(course)) == {f"0012/{LESSON}/{NAME}", f"0013/{LESSON}/{NAME}"}


def test_a_zip_file_that_a_student_handed_in_is_unpacked_below_their_folder(
    course: Path, tmp_path: Path
) -> None:
    own = zipped(tmp_path / "own.zip", {f"work/{NAME}": b"by Ada", f"../../{NAME}": b"outside"})
    name = "Ada Lovelace_4711_assignsubmission_file/own.zip"
    take_in(course, zipped(tmp_path / "all.zip", {name: own.read_bytes()}))
    assert submitted(course) == {f"0012/{LESSON}/work/{NAME}": b"by Ada"}


def test_later_work_takes_the_place_of_all_that_was_handed_in_before(
    course: Path, tmp_path: Path
) -> None:
    old = {f"lovelaceada_1001_1_{NAME}": b"old", "lovelaceada_1001_2_notes.txt": b"notes"}
    take_in(course, zipped(tmp_path / "old.zip", old))
    path = zipped(tmp_path / "new.zip", CANVAS)
    assert "3 submissions, of which 3 are new or changed" in take_in(course, path)
    assert submitted(course)[f"0012/{LESSON}/{NAME}"] == b"by Ada"
    assert f"0012/{LESSON}/notes.txt" not in submitted(course)
    assert "3 submissions, of which 0 are new or changed" in take_in(course, path)


def test_who_is_missing_is_named(course: Path, tmp_path: Path) -> None:
    told = take_in(course, zipped(tmp_path / "all.zip", MOODLE))
    assert "In the gradebook but not in the file: 0014, 0015." in told


@pytest.mark.parametrize(
    "name",
    [
        f"Eve Nobody_4799_assignsubmission_file/{NAME}",
        f"Bob Ross_4713_assignsubmission_file/{NAME}",  # which of the two?
        f"rossbob_9999_55503_{NAME}",
    ],
)
def test_whoever_is_not_surely_known_is_left_out_and_named(
    course: Path, tmp_path: Path, name: str
) -> None:
    path = zipped(tmp_path / "all.zip", {**MOODLE, name: b"whose?"})
    told = command("collect", LESSON, "--from", path, "--course", course)
    require_refusal(told, name.split("_")[0], "course roster")
    assert set(submitted(course)) == {f"0012/{LESSON}/{NAME}", f"0013/{LESSON}/{NAME}"}


def test_two_of_one_name_of_whom_the_gradebook_knows_one_are_both_left_out(
    course: Path, tmp_path: Path
) -> None:
    twin = {f"Ada Lovelace_4799_assignsubmission_file/{NAME}": b"another Ada"}
    path = zipped(tmp_path / "all.zip", {**MOODLE, **twin})
    told = command("collect", LESSON, "--from", path, "--course", course)
    require_refusal(told, "Ada Lovelace (4711), Ada Lovelace (4799)")
    assert set(submitted(course)) == {f"0013/{LESSON}/{NAME}"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({f"some folder/{NAME}": b""}, "must be what Moodle or Canvas hands out"),
        ({f"Eve Nobody_1_assignsubmission_file/{NAME}": b""}, "Take in the class"),
    ],
)
def test_a_zip_file_of_another_kind_is_refused(
    course: Path, tmp_path: Path, files: dict[str, bytes], said: str
) -> None:
    path = zipped(tmp_path / "all.zip", files)
    require_refusal(command("collect", LESSON, "--from", path, "--course", course), said)


def test_what_is_no_zip_file_is_refused(course: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    require_refusal(command("collect", LESSON, "--from", path, "--course", course), "there is none")
    path.write_text("<html>Log in first.</html>")
    require_refusal(
        command("collect", LESSON, "--from", path, "--course", course), "Download it again"
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            MOODLE,
            {
                "0012": f"Ada Lovelace_4711_assignsubmission_file/{LESSON}.html",
                "0013": f"Group 2-Zoë O'Neil-Jones_4712_assignsubmission_file_/{LESSON}.html",
            },
        ),
        (FLAT, {"0012": f"Lovelace Ada_4711_assignsubmission_file_{LESSON}.html"}),
        (
            CANVAS,
            {
                "0012": f"lovelaceada_1001_55501_{LESSON}.html",
                "0013": f"oneiljoneszoë_LATE_1002_55502_{LESSON}.html",
                "0014": f"rossbob_1003_55503_{LESSON}.html",
            },
        ),
    ],
    ids=["Moodle", "Moodle without folders", "Canvas"],
)
def test_each_page_goes_back_under_the_name_by_which_the_system_knows_its_student(
    course: Path, tmp_path: Path, files: dict[str, bytes], expected: dict[str, str]
) -> None:
    path = zipped(tmp_path / "all.zip", files)
    for student in expected:
        hand_in(course, student)
        result(student).write(course)
    carry(course, LESSON, [result(student) for student in expected])
    told = command("feedback", LESSON, "--for", path, "--course", course)
    assert told.exit_code == 0, told.output
    with zipfile.ZipFile(tmp_path / "all-feedback.zip") as archive:
        written = {name: archive.read(name) for name in archive.namelist()}
    assert written == {name: page_of(course, one).read_bytes() for one, name in expected.items()}


def test_a_download_is_about_one_lesson(course: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "all.zip", MOODLE)
    told = command("collect", LESSON, "01_loading_data", "--from", path, "--course", course)
    assert (told.exit_code, "name one lesson" in told.output) == (2, True)

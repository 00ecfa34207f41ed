"""Of a folder that was handed in, regular files are read, and nothing is changed."""

import os
from pathlib import Path

import pytest

from course_utils.grading.marking.collecting import HandedIn, collect

LESSON = "02_one_hot_encoding"
NOTEBOOK = f"{LESSON}.ipynb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that was handed in, with nothing in it yet."""
    path = tmp_path / "submitted" / "ada" / LESSON
    path.mkdir(parents=True)
    return path


def put(folder: Path, **files: bytes) -> None:
    """Write files; two underscores stand for a dot."""
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)


def told(handed_in: HandedIn) -> str:
    return " ".join(handed_in.notes)


def test_the_notebook_is_read_as_it_is(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"\xff\x00 any bytes")
    assert collect(folder, LESSON) == HandedIn(b"\xff\x00 any bytes")


def test_files_beside_it_come_along(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"{}")
    (folder / "data").mkdir()
    put(folder, helper__py=b"x = 1")
    put(folder / "data", table__csv=b"1,2")
    assert collect(folder, LESSON).files == {"helper.py": b"x = 1", "data/table.csv": b"1,2"}


def test_a_folder_without_a_notebook_says_so(folder: Path) -> None:
    put(folder, report__pdf=b"%PDF")
    handed_in = collect(folder, LESSON)
    assert handed_in.notebook is None
    assert f"no notebook {NOTEBOOK}" in told(handed_in)


def test_an_empty_notebook_is_one(folder: Path) -> None:
    (folder / NOTEBOOK).touch()
    assert collect(folder, LESSON).notebook == b""


@pytest.mark.parametrize(
    "name",
    ["My answers.ipynb", f"{LESSON} (1).ipynb", f"{NOTEBOOK}.txt", "сдача.ipynb", "A.IPYNB"],
)
def test_a_notebook_of_another_name_is_taken(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"{}")
    handed_in = collect(folder, LESSON)
    assert handed_in.notebook == b"{}"
    assert name in handed_in.repairs[0]


def test_a_notebook_further_down_is_taken_with_what_lies_beside_it(folder: Path) -> None:
    (folder / LESSON).mkdir()
    (folder / LESSON / NOTEBOOK).write_bytes(b"{}")
    put(folder / LESSON, helper__py=b"x = 1")
    handed_in = collect(folder, LESSON)
    assert (handed_in.notebook, handed_in.files) == (b"{}", {"helper.py": b"x = 1"})


def test_of_several_notebooks_the_one_that_fits_best_is_taken(folder: Path) -> None:
    put(folder, a__ipynb=b"1", b__ipynb=b"3", c__ipynb=b"2")
    assert collect(folder, LESSON, int).notebook == b"3"


def test_the_lesson_s_notebook_goes_before_one_that_fits_better(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"1")
    put(folder, b__ipynb=b"3")
    assert collect(folder, LESSON, int).notebook == b"1"


def test_a_damaged_notebook_gives_way_to_one_that_fits(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"0")
    put(folder, b__ipynb=b"3")
    assert collect(folder, LESSON, int).notebook == b"3"


def test_a_damaged_notebook_is_taken_where_none_fits(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"0")
    assert collect(folder, LESSON, int).notebook == b"0"


@pytest.mark.parametrize("name", [".ipynb_checkpoints", "__MACOSX", "__pycache__"])
def test_what_programs_leave_behind_is_no_submission(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    (folder / name / NOTEBOOK).write_bytes(b"{}")
    (folder / ".DS_Store").write_bytes(b"\0")
    (folder / f"._{NOTEBOOK}").write_bytes(b"\0")
    assert collect(folder, LESSON).notebook is None


def test_the_time_of_handing_in_is_no_file_of_the_student_s(folder: Path) -> None:
    put(folder, timestamp__txt=b"2026-01-01")
    assert collect(folder, LESSON).files == {}


@pytest.mark.parametrize("name", [NOTEBOOK, "data.csv"])
def test_a_link_is_named_and_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "gradebook.db").write_bytes(b"secret")
    (folder / name).symlink_to(tmp_path / "gradebook.db")
    handed_in = collect(folder, LESSON)
    assert (handed_in.notebook, handed_in.files) == (None, {})
    assert f"is a link: {name}" in told(handed_in)


def test_a_link_to_a_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / NOTEBOOK).write_bytes(b"secret")
    (folder / "mine").symlink_to(tmp_path / "solutions")
    assert collect(folder, LESSON).notebook is None


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / NOTEBOOK).write_bytes(b"secret")
    (tmp_path / LESSON).symlink_to(tmp_path / "solutions")
    assert collect(tmp_path / LESSON, LESSON).notebook is None


def test_a_file_exchanged_for_a_link_meanwhile_is_not_followed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    (folder / NOTEBOOK).write_bytes(b"{}")
    look = os.stat

    def look_then_exchange(path: str, **how: object) -> os.stat_result:
        found = look(path, **how)  # type: ignore[arg-type]
        if path == NOTEBOOK:
            (folder / NOTEBOOK).unlink()
            (folder / NOTEBOOK).symlink_to(tmp_path / "secret")
        return found

    monkeypatch.setattr(os, "stat", look_then_exchange)
    assert collect(folder, LESSON).notebook is None


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / NOTEBOOK)
    assert "is no regular file" in told(collect(folder, LESSON))


def test_a_folder_named_like_the_notebook_is_none(folder: Path) -> None:
    (folder / NOTEBOOK).mkdir()
    assert collect(folder, LESSON).notebook is None


def test_a_file_in_the_folder_s_place_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / LESSON).touch()
    assert "Hand in a folder" in told(collect(tmp_path / LESSON, LESSON))


def test_a_huge_file_is_left_aside(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"{}")
    with (folder / "holes.bin").open("wb") as file:
        file.truncate(1 << 40)
    handed_in = collect(folder, LESSON)
    assert (handed_in.notebook, handed_in.files) == (b"{}", {})
    assert "is too large: holes.bin" in told(handed_in)


def test_the_files_together_have_a_limit(folder: Path) -> None:
    for name in "abcd":
        (folder / name).write_bytes(bytes(12 << 20))
    assert sum(map(len, collect(folder, LESSON).files.values())) == 24 << 20


def test_thousands_of_files_are_cut_off(folder: Path) -> None:
    for number in range(2100):
        (folder / f"{number:05}").touch()
    assert "after the first 2,000" in told(collect(folder, LESSON))


def test_a_folder_without_end_is_cut_off(folder: Path) -> None:
    (folder / "/".join("d" * 100)).mkdir(parents=True)
    assert "lies too deep" in told(collect(folder, LESSON))


def test_a_name_of_any_bytes_can_be_printed(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe\n\x1b[31m")).symlink_to("nowhere")
    assert told(collect(folder, LESSON)).isprintable()


def test_nothing_is_changed(folder: Path) -> None:
    (folder / NOTEBOOK).write_bytes(b"{}")
    (folder / NOTEBOOK).chmod(0o444)
    before = [(path.name, path.stat().st_mtime_ns) for path in folder.rglob("*")]
    collect(folder, LESSON)
    assert [(path.name, path.stat().st_mtime_ns) for path in folder.rglob("*")] == before

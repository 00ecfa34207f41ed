"""Lessons come into a learner's folder, and never over anyone's work."""

import json
from pathlib import Path

import pytest
from course_notebooks import COURSE, LESSONS

from course_utils.learner import folder
from course_utils.learner.folder import Delivery, LearnersFolder, shipped_notebooks, usual_folder

LESSON = "01_one/01_one.ipynb"
BESIDE = "01_one/01_one.new.ipynb"


@pytest.fixture
def mine(tmp_path: Path) -> LearnersFolder:
    """A folder whose name holds a space and letters of another script."""
    return LearnersFolder(tmp_path / "mein Kurs 画像")


def read(mine: LearnersFolder, name: str) -> bytes:
    return (mine.path / name).read_bytes()


def work(mine: LearnersFolder, content: bytes = b"work", name: str = LESSON) -> None:
    (mine.path / name).write_bytes(content)


def test_a_lesson_comes_into_a_folder_that_is_made_for_it(mine: LearnersFolder) -> None:
    assert mine.bring({LESSON: b"first"}) == Delivery((LESSON,))
    assert read(mine, LESSON) == b"first"


def test_what_is_there_already_is_left_alone(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    assert mine.bring({LESSON: b"first"}) == Delivery()


def test_an_untouched_lesson_is_replaced_by_its_new_edition(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    assert mine.bring({LESSON: b"second"}) == Delivery((LESSON,))
    assert read(mine, LESSON) == b"second"


def test_beside_changed_work_the_new_edition_lies_under_another_name(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    work(mine)
    assert mine.bring({LESSON: b"second"}) == Delivery((), (BESIDE,))
    assert [read(mine, name) for name in (LESSON, BESIDE)] == [b"work", b"second"]


def test_the_same_edition_comes_beside_only_once(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    work(mine)
    mine.bring({LESSON: b"second"})
    (mine.path / BESIDE).unlink()
    assert mine.bring({LESSON: b"second"}) == Delivery()


def test_changed_work_of_the_same_edition_is_left_alone(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    work(mine)
    assert mine.bring({LESSON: b"first"}) == Delivery()


def test_work_in_what_lay_beside_is_kept_as_well(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    work(mine)
    mine.bring({LESSON: b"second"})
    work(mine, b"more work", BESIDE)
    assert mine.bring({LESSON: b"third"}).beside == ("01_one/01_one.new-2.ipynb",)
    assert [read(mine, name) for name in (LESSON, BESIDE)] == [b"work", b"more work"]


def test_work_that_was_there_before_the_course_knew_the_folder_is_kept(
    mine: LearnersFolder,
) -> None:
    (mine.path / LESSON).parent.mkdir(parents=True)
    work(mine)
    assert mine.bring({LESSON: b"first"}).beside == (BESIDE,)
    assert read(mine, LESSON) == b"work"


def test_a_record_that_cannot_be_read_costs_no_work(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    work(mine)
    (mine.path / ".course.json").write_text("{")
    mine.bring({LESSON: b"second"})
    assert read(mine, LESSON) == b"work"


def test_a_lesson_that_was_removed_comes_back(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    (mine.path / LESSON).unlink()
    assert mine.bring({LESSON: b"first"}) == Delivery((LESSON,))


def test_a_full_disk_leaves_whole_files_and_the_next_try_brings_the_rest(
    mine: LearnersFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {LESSON: b"first", "02_two/02_two.ipynb": b"second"}
    write = folder.write_aside

    def fill_up(path: Path, content: bytes) -> None:
        if path.name == "02_two.ipynb":
            raise OSError(28, "No space left on device", str(path))
        write(path, content)

    monkeypatch.setattr(folder, "write_aside", fill_up)
    with pytest.raises(OSError, match="No space"):
        mine.bring(files)
    monkeypatch.undo()
    assert mine.bring(files) == Delivery(("02_two/02_two.ipynb",))


def test_every_lesson_is_brought_as_it_was_released(tmp_path: Path) -> None:
    LearnersFolder(tmp_path).bring_lessons()
    for name in LESSONS:
        own = Path(name) / f"{name}.ipynb"
        assert (tmp_path / own).read_bytes() == (COURSE / "notebooks" / own).read_bytes()
    assert (tmp_path / "glossary.md").is_file()


def test_what_others_left_beside_the_lessons_is_not_brought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, mine = tmp_path / "source", tmp_path / "mine"
    for name in (
        *(LESSON, BESIDE, "01_one/my_predictions.json", "01_one/my_capstone/log.jsonl"),
        "01_one/.ipynb_checkpoints/01_one-checkpoint.ipynb",
    ):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).touch()
    monkeypatch.setattr(folder, "shipped_notebooks", lambda: source)
    assert LearnersFolder(mine).bring_lessons() == Delivery((LESSON,))


@pytest.mark.parametrize("where", [COURSE, COURSE / "notebooks"])
def test_where_the_notebooks_live_nothing_is_copied(where: Path) -> None:
    assert LearnersFolder(where).bring_lessons() == Delivery()


def test_a_folder_among_the_courses_own_notebooks_is_refused() -> None:
    with pytest.raises(ValueError, match="Choose a folder elsewhere"):
        LearnersFolder(shipped_notebooks() / "mine").bring_lessons()


def test_without_a_name_the_folder_is_the_learners_own_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LearnersFolder(tmp_path).bring({LESSON: b""})
    monkeypatch.chdir(tmp_path / "01_one")
    assert usual_folder().path == tmp_path


def test_without_a_name_in_a_checkout_it_is_the_checkouts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(COURSE / "tests")
    assert usual_folder().path == COURSE / "notebooks"


def test_without_a_name_anywhere_else_it_is_one_place_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert usual_folder().path == tmp_path / "home" / "image-classification"


def test_an_installation_without_notebooks_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "__file__", str(tmp_path / "course_utils" / "learner" / "x.py"))
    with pytest.raises(FileNotFoundError, match="Install the course again"):
        shipped_notebooks()


def test_the_record_is_of_what_was_brought(mine: LearnersFolder) -> None:
    mine.bring({LESSON: b"first"})
    assert list(json.loads(read(mine, ".course.json"))) == [LESSON]

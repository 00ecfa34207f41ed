"""All of one's work goes into a zip file, and comes back without going over other work."""

import io
import zipfile
from pathlib import Path

import pytest

from course_utils.learner.folder import LearnersFolder

LESSON, BEFORE = "01_one/01_one.ipynb", "01_one/01_one.before.ipynb"


@pytest.fixture
def mine(tmp_path: Path) -> LearnersFolder:
    """A folder with one lesson, as the course brought it."""
    folder = LearnersFolder(tmp_path / "mein Kurs 画像")
    folder.bring({LESSON: b"lesson"})
    return folder


def work(mine: LearnersFolder, content: bytes, name: str = LESSON) -> None:
    (mine.path / name).parent.mkdir(parents=True, exist_ok=True)
    (mine.path / name).write_bytes(content)


def read(mine: LearnersFolder, name: str) -> bytes:
    return (mine.path / name).read_bytes()


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_work_comes_back_into_a_fresh_folder(mine: LearnersFolder, tmp_path: Path) -> None:
    work(mine, b"solved")
    work(mine, b"{}", "01_one/my_predictions.json")
    fresh = LearnersFolder(tmp_path / "fresh")
    fresh.bring({LESSON: b"lesson"})
    fresh.restore(mine.pack())
    assert read(fresh, LESSON) == b"solved"
    assert read(fresh, "01_one/my_predictions.json") == b"{}"
    assert not (fresh.path / BEFORE).exists()


def test_what_was_done_since_lies_beside_it(mine: LearnersFolder) -> None:
    work(mine, b"yesterday")
    kept = mine.pack()
    work(mine, b"today")
    assert mine.restore(kept).beside == (BEFORE,)
    assert [read(mine, name) for name in (LESSON, BEFORE)] == [b"yesterday", b"today"]


def test_in_an_image_that_remembers_its_lessons_nothing_lies_beside(tmp_path: Path) -> None:
    built = LearnersFolder(tmp_path)
    work(built, b"lesson")
    built.remember()
    assert built.restore(zipped(**{LESSON: b"solved"})).beside == ()


def test_what_is_hidden_stays_behind(mine: LearnersFolder) -> None:
    work(mine, b"", "01_one/.ipynb_checkpoints/01_one-checkpoint.ipynb")
    with zipfile.ZipFile(io.BytesIO(mine.pack())) as archive:
        assert archive.namelist() == [LESSON]


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "/etc/evil", "C:/evil", "a\\..\\evil", ".bashrc", "01_one/.hidden/x", "a/../b"],
)
def test_a_path_that_leads_elsewhere_is_refused_and_nothing_is_written(
    name: str, mine: LearnersFolder
) -> None:
    with pytest.raises(ValueError, match="no work of this course"):
        mine.restore(zipped(**{LESSON: b"solved", name: b""}))
    assert read(mine, LESSON) == b"lesson"


def test_a_file_that_is_no_zip_or_is_cut_short_is_refused(mine: LearnersFolder) -> None:
    whole = zipped(**{LESSON: b"solved" * 100})
    for content in (b"", b"no zip", whole[:50], whole.replace(b"solvedsolved", b"solvedsolveD", 1)):
        with pytest.raises(ValueError, match="not a whole zip file"):
            mine.restore(content)
    assert read(mine, LESSON) == b"lesson"


def test_more_than_a_course_can_hold_is_refused(
    mine: LearnersFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_utils.learner._archive._MOST_BYTES", 10)
    with pytest.raises(ValueError, match="Take out what is large"):
        mine.restore(zipped(**{LESSON: b"solved" * 2}))

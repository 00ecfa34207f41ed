"""What is handed out is complete, and holds no answers: the wheel and the source archive."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from course_notebooks import COURSE, LESSONS

#: What a build leaves out of account: other people's files, and what building itself makes.
NOT_SOURCES = shutil.ignore_patterns(
    *(".git", ".venv*", ".jupyter", ".cache", "build", "dist", "*.egg-info", "node_modules"),
    *("__pycache__", ".*_cache", ".hypothesis", "gradebook.db"),
)
BUILD = "import sys; from setuptools import build_meta as b; getattr(b, sys.argv[1])(sys.argv[2])"
#: The longest path that Windows takes by default, less what stands before a package's files.
WINDOWS_ROOM = (
    260 - len(r"C:\Users\a rather long name\pipx\venvs\image-classification-course\Lib") - 20
)


def build(kind: str, sources: Path, target: Path) -> Path:
    """Build a wheel or a source archive."""
    command = [sys.executable, "-c", BUILD, f"build_{kind}", str(target)]
    subprocess.run(command, cwd=sources, check=True, capture_output=True)
    (made,) = target.iterdir()
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked: made where someone has worked in a lesson."""
    folder = tmp_path_factory.mktemp("sdist")
    shutil.copytree(COURSE, folder / "sources", ignore=NOT_SOURCES)
    lesson = folder / "sources" / "notebooks" / LESSONS[0]
    (lesson / "my_predictions.json").write_text("{}")
    (lesson / "mine.ipynb").write_text("{}")
    (folder / "made").mkdir()
    with tarfile.open(build("sdist", folder / "sources", folder / "made")) as tar:
        # Python 3.11.2, which Debian has, knows no filter yet; 3.14 takes this one by itself.
        tar.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    (unpacked,) = folder.glob("image_classification_course-*")
    return unpacked


@pytest.fixture(scope="module")
def wheel(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the source archive gives, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    (folder / "made").mkdir()
    shutil.copytree(archive, folder / "sources")
    with zipfile.ZipFile(build("wheel", folder / "sources", folder / "made")) as zipped:
        zipped.extractall(folder / "site")
    return folder / "site"


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_holds_each_file_of_the_package(wheel: Path) -> None:
    package = COURSE / "course_utils"
    sources = {name for name in files(package) if not name.endswith(".pyc")}
    assert sources - files(wheel / "course_utils") == set()


def test_the_wheel_holds_the_lessons_as_they_were_released_and_nothing_beside_them(
    wheel: Path,
) -> None:
    expected = {f"{name}/{name}.ipynb" for name in LESSONS} | {"glossary.md"}
    brought = wheel / "course_utils" / "notebooks"
    assert files(brought) == expected
    for name in expected:
        assert (brought / name).read_bytes() == (COURSE / "notebooks" / name).read_bytes()


@pytest.mark.parametrize("kind", ["archive", "wheel"])
def test_no_answers_are_handed_out(kind: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(kind)
    inside = files(folder)
    assert [n for n in inside if re.search(r"(^|/)(solutions|tests|answers\.py)(/|$)", n)] == []
    notebooks = [folder / name for name in inside if name.endswith(".ipynb")]
    assert len(notebooks) == len(LESSONS)
    assert [path for path in notebooks if "BEGIN SOLUTION" in path.read_text("utf-8")] == []


def test_an_installed_course_brings_its_own_lessons(wheel: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from course_utils.learner.folder import LearnersFolder, shipped_notebooks\n"
        "LearnersFolder(sys.argv[1]).bring_lessons(); print(shipped_notebooks())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "mine")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(run.stdout.strip()) == wheel / "course_utils" / "notebooks"
    lessons = {name for name in files(tmp_path / "mine") if name.endswith(".ipynb")}
    assert lessons == {f"{name}/{name}.ipynb" for name in LESSONS}


def test_the_wheel_stays_under_100_mb(wheel: Path) -> None:
    (file,) = (wheel.parent / "made").glob("*.whl")
    assert file.stat().st_size < 100_000_000


def test_each_licence_that_the_metadata_names_is_brought_along(wheel: Path) -> None:
    (metadata,) = wheel.glob("*.dist-info/METADATA")
    (named,) = re.findall(r"^License-Expression: (.*)$", metadata.read_text("utf-8"), re.MULTILINE)
    brought = wheel / metadata.parent / "licenses"
    texts = "\n".join(path.read_text("utf-8") for path in brought.rglob("LICENSE*"))
    marks = {
        "MIT": "Permission is hereby granted, free of charge",
        "Apache-2.0": "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "CC-BY-4.0": "CC-BY-4.0",
        "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/legalcode",
        "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/legalcode",
    }
    assert named.split(" AND ") == list(marks)
    assert [name for name, mark in marks.items() if mark not in texts] == []


def test_windows_finds_every_path_short_enough_and_no_name_reserved(wheel: Path) -> None:
    reserved = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10))}
    for name in files(wheel):
        assert len(name) < WINDOWS_ROOM, name
        assert not re.search(r'[<>:"|?*\\]|[. ](/|$)', name), name
        assert not {part.partition(".")[0].lower() for part in name.split("/")} & reserved, name


def test_no_two_files_differ_only_in_case() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=COURSE, capture_output=True, text=True, check=False
    ).stdout.split() or sorted(files(COURSE / "course_utils"))
    assert len({name.lower() for name in listed}) == len(listed)


def test_the_metadata_says_what_it_is_and_invents_no_address(wheel: Path) -> None:
    (metadata,) = wheel.glob("*.dist-info/METADATA")
    head = metadata.read_text(encoding="utf-8").partition("\n\n")[0]
    for part in ("Framework :: Jupyter", "Programming Language :: Python :: 3.13", "Keywords: "):
        assert part in head
    assert "example.org" not in head

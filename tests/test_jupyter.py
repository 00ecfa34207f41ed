"""What the course brings to JupyterLab is found there, however the course was installed."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from course_utils.cli import app
from course_utils.jupyter.lab import INSTRUCTOR

ROOT = Path(__file__).parent.parent
FILES = ROOT / "course_utils" / "jupyter"
NAME = "image-classification-course"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
#: Where Jupyter looks, below the environment's folder, and what is put there.
PLACES = {
    f"{folder}/{path.name}": path
    for folder, patterns in PYPROJECT["tool"]["setuptools"]["data-files"].items()
    for pattern in patterns
    for path in ROOT.glob(pattern)
}


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As much of the course as its wheel needs to hold these files."""
    folder = tmp_path_factory.mktemp("sources")
    for name in ("pyproject.toml", "setup.py", "README.md", "LICENSE", "LICENSE-text"):
        shutil.copy(ROOT / name, folder)
    for name in (
        "course_utils/__init__.py",
        "course_utils/datasets/LICENSE-data",
        "course_utils/pretrained/LICENSE-photo-network",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(FILES, folder / "course_utils" / "jupyter")
    return folder


@pytest.mark.parametrize("build", ["build_wheel", "build_editable"])
def test_a_wheel_and_an_editable_install_put_the_files_where_jupyter_looks(
    build: str, sources: Path, tmp_path: Path
) -> None:
    code = f"import sys; from setuptools.build_meta import {build} as build; build(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=sources, check=True, capture_output=True
    )
    [wheel] = tmp_path.glob("*.whl")
    inside = {name.partition(".data/data/")[2] for name in zipfile.ZipFile(wheel).namelist()}
    assert inside - {""} == set(PLACES)
    assert len(PLACES) == 6


def test_this_environment_holds_the_files_as_they_are_here() -> None:
    stale = [
        place
        for place, source in PLACES.items()
        if (Path(sys.prefix) / place).read_bytes() != source.read_bytes()
    ]
    assert stale == [], "run `make setup`"


def test_binder_installs_the_course_in_the_way_that_is_tested_here() -> None:
    assert " install --no-deps --no-build-isolation --editable ." in (ROOT / "postBuild").read_text(
        encoding="utf-8"
    )


@pytest.fixture(scope="module")
def listed() -> str:
    """What JupyterLab says of its extensions, whoever starts it in this environment."""
    command = [sys.executable, "-m", "jupyter", "labextension", "list"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stderr


def test_jupyterlab_finds_the_extension(listed: str) -> None:
    assert re.search(rf"{NAME} v{PYPROJECT['project']['version']} .*enabled.*OK", listed)


def test_jupyterlab_asks_no_newcomer_whether_to_fetch_news(listed: str) -> None:
    assert "@jupyterlab/apputils-extension:announcements" in listed.partition("Disabled")[2]


def test_instructors_settings_switch_on_what_students_do_not_see() -> None:
    [nbgrader] = FILES.glob("instructor/labconfig/*.json")
    enabled = json.loads(nbgrader.read_text(encoding="utf-8"))["disabledExtensions"]
    package = json.loads((FILES / "labextension" / "package.json").read_text(encoding="utf-8"))
    hidden = {name for name in package["jupyterlab"]["disabledExtensions"] if "nbgrader" in name}
    assert enabled == dict.fromkeys(hidden, False)


@pytest.mark.parametrize("path", [*FILES.rglob("*.json")], ids=lambda path: path.parent.name)
def test_every_file_of_settings_is_json(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8"))


def test_teaching_opens_the_formgrader_with_these_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[tuple[Any, ...]] = []

    def note(folder: Path, at: str, options: list[str], **_: Any) -> None:
        served.append((Path.cwd(), folder, at, options, os.environ["JUPYTER_CONFIG_PATH"]))

    monkeypatch.setattr("course_utils.jupyter.lab.serve", note)
    monkeypatch.setattr(os, "environ", {**os.environ, "JUPYTER_CONFIG_PATH": "/own"})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "solutions").mkdir()
    run = CliRunner().invoke(app, ["teach", "--no-browser", "--ServerApp.ip=127.0.0.1"])
    assert run.exit_code == 0, run.output
    options, settings = ["--ServerApp.ip=127.0.0.1"], os.pathsep.join([str(INSTRUCTOR), "/own"])
    assert served == [(tmp_path, tmp_path, "/formgrader", options, settings)]

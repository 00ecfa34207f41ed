"""The ways to install agree: pyproject.toml, the lock, conda and Binder."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = PYPROJECT["project"]
LOCK = (ROOT / "requirements.lock.txt").read_text()
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
DECLARED = [
    Requirement(text)
    for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["maintain"]
]


# Under `make test` this is make within make, which would talk about itself.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}


def locked() -> dict[str, list[Requirement]]:
    """Read the pinned requirements, by name; a name may have one line for each platform."""
    lines = re.findall(r"^([a-zA-Z0-9].*?)\s*\\?$", LOCK, flags=re.MULTILINE)
    pins: dict[str, list[Requirement]] = {}
    for line in lines:
        requirement = Requirement(line)
        pins.setdefault(requirement.name, []).append(requirement)
    return pins


@pytest.mark.parametrize("declared", DECLARED, ids=lambda r: r.name)
def test_the_lock_pins_each_declared_dependency_within_its_range(declared: Requirement) -> None:
    pins = locked().get(declared.name, [])
    versions = [next(iter(pin.specifier)).version for pin in pins]
    assert versions
    assert all(declared.specifier.contains(version) for version in versions)


def test_every_pin_of_the_lock_carries_a_hash() -> None:
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", LOCK)
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_the_lock_names_no_host() -> None:
    assert re.findall(r"https?://|--index-url|--find-links", LOCK.split("\n", 2)[2]) == []


def test_the_lock_takes_the_small_tensorflow_where_it_exists() -> None:
    cpu, full = (locked()[name][0].marker for name in ("tensorflow-cpu", "tensorflow"))
    linux = {"sys_platform": "linux", "platform_machine": "x86_64"}
    mac = {"sys_platform": "darwin", "platform_machine": "arm64"}
    assert [cpu.evaluate(linux), full.evaluate(linux)] == [True, False]
    assert [cpu.evaluate(mac), full.evaluate(mac)] == [False, True]


def test_conda_asks_for_a_python_that_the_course_supports() -> None:
    (pin,) = [line for line in CONDA["dependencies"] if str(line).startswith("python=")]
    version = pin.removeprefix("python=")
    assert SpecifierSet(PROJECT["requires-python"]).contains(version)


def test_conda_takes_everything_else_from_the_lock() -> None:
    names = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    (nested,) = [line["pip"] for line in CONDA["dependencies"] if isinstance(line, dict)]
    assert [re.split("[=<>]", name)[0] for name in names] == ["python", "pip"]
    assert nested == ["-r requirements.lock.txt"]


def test_binder_would_build_with_the_same_python_the_lock_and_the_package(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(ROOT)],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        check=False,
    )
    plan = run.stdout + run.stderr
    assert "environment.yml" in plan
    assert "postBuild" in plan
    assert "Unsupported" not in plan


def test_every_file_of_the_package_is_installed_with_it() -> None:
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["course_utils"]
    package = ROOT / "course_utils"
    shipped = {path for pattern in patterns for path in package.glob(pattern)}
    files = {p for p in package.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")}
    assert files - shipped == set()


def test_make_help_lists_every_command() -> None:
    verbs = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    run = subprocess.run(
        ["make", "help"], cwd=ROOT, env=CLEAN, capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in run.stdout.splitlines() if line] == verbs


def test_an_unsuitable_python_is_refused_with_what_to_do(tmp_path: Path) -> None:
    run = subprocess.run(
        ["make", "setup", f"VENV={tmp_path}/venv", "PYTHONS=/no/such/python"],
        cwd=ROOT,
        env=CLEAN,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode != 0
    assert "needs Python 3.11, 3.12 or 3.13" in run.stderr
    assert not (tmp_path / "venv").exists()

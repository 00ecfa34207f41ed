"""The ways to install agree: pyproject.toml, the lock, conda and Binder."""

import importlib.metadata
import os
import re
import shutil
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
LOCKS = {
    name: (ROOT / "requirements" / f"{name}.lock.txt").read_text()
    for name in ("course", "teach", "maintain")
}
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text())
DECLARED = [
    (name, Requirement(text))
    for name in LOCKS
    for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"].get(name, [])
]
#: What the course was asked to stand on.
ASKED_FOR = ["jupyterlab", "tensorflow", "numpy", "matplotlib", "ipywidgets", "nbgrader", "nbval"]


# Under `make test` this is make within make: it would talk about itself, and under
# `make pythons` it would set up the environment that the outer one was told to.
CLEAN = {
    name: value
    for name, value in os.environ.items()
    if name not in ("MFLAGS", "VENV", "PYTHON", "OTHERS", "ARGS") and not name.startswith("MAKE")
}


def locked(name: str) -> dict[str, list[Requirement]]:
    """Read a set's pinned requirements by name, which may have one line for each platform."""
    lines = re.findall(r"^([a-zA-Z0-9].*?)\s*\\?$", LOCKS[name], flags=re.MULTILINE)
    pins: dict[str, list[Requirement]] = {}
    for line in lines:
        requirement = Requirement(line)
        pins.setdefault(requirement.name, []).append(requirement)
    return pins


@pytest.mark.parametrize(
    ("name", "declared"), DECLARED, ids=[f"{name}-{r.name}" for name, r in DECLARED]
)
def test_a_lock_pins_each_declared_dependency_within_its_range(
    name: str, declared: Requirement
) -> None:
    pins = locked(name).get(declared.name, [])
    versions = [next(iter(pin.specifier)).version for pin in pins]
    assert versions
    assert all(declared.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_of_a_lock_carries_a_hash(name: str) -> None:
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", LOCKS[name])
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    assert re.findall(r"https?://|--index-url|--find-links", LOCKS[name]) == []


def test_what_is_learnt_with_is_what_is_taught_and_tested_with() -> None:
    course, teach, maintain = (
        {(pin, str(one.specifier)) for pin, pins in locked(name).items() for one in pins}
        for name in LOCKS
    )
    assert course <= teach
    assert teach <= maintain


def test_a_learner_gets_all_that_was_asked_for_and_nothing_of_the_maintainers() -> None:
    course = locked("course")
    assert [name for name in ASKED_FOR if name not in course] == []
    assert {"mypy", "ruff", "playwright", "distributed", "jupyterhub"} & course.keys() == set()


def test_the_lock_takes_the_small_tensorflow_where_it_exists() -> None:
    pins = locked("course")
    cpu, full = (pins[name][0].marker for name in ("tensorflow-cpu", "tensorflow"))
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
    assert nested == ["-r requirements/course.lock.txt"]


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


def test_the_readme_and_make_say_the_same_sizes() -> None:
    makefile, readme = ((ROOT / name).read_text() for name in ("Makefile", "README.md"))
    sizes = re.findall(r"^(FETCHED|INSTALLED\w*) := (\d\.\d GB)$", makefile, flags=re.MULTILINE)
    assert len(sizes) == 3
    assert [size for _, size in sizes if size not in readme] == []


@pytest.mark.skipif(sys.platform == "win32", reason="counts a disk's blocks")
def test_a_learner_s_installation_takes_as_much_as_is_said() -> None:
    pins = [pin for pins in locked("course").values() for pin in pins]
    needed = [pin.name for pin in pins if pin.marker is None or pin.marker.evaluate()]
    files = [
        Path(str(file.locate()))
        for name in needed
        for file in importlib.metadata.distribution(name).files or []
    ]
    on_disk = sum(path.stat().st_blocks * 512 for path in files if path.is_file())
    # Python's own files and the course, which is installed in place, are not among these.
    assert 1.7e9 < on_disk < 2.0e9
    makefile = (ROOT / "Makefile").read_text()
    assert re.findall(r"^INSTALLED := (.+)$", makefile, flags=re.MULTILINE) == ["2.0 GB"]


def test_make_help_lists_every_command() -> None:
    verbs = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
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


#: Stands for every program of the environment: says what it was called with, and can make a venv.
STUB = """#!/bin/sh
for argument in "${0##*/}" "$@"; do printf '<%s>' "$argument"; done; echo
case "$1 $2" in "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python";; esac
"""
PROGRAMS = ["python", "course", "ruff", "mypy", "lint-imports", "codespell"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A checkout in a folder whose name make, the shell or Python could stumble over."""
    folder = tmp_path / "ein schöner Kurs"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    return folder


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    """A Python in name only, so that nothing is downloaded."""
    path = tmp_path / "python"
    path.write_text(STUB)
    path.chmod(0o755)
    return path


def make(folder: Path, *arguments: str) -> str:
    """Run make and return what it printed."""
    run = subprocess.run(
        ["make", *arguments], cwd=folder, env=CLEAN, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_a_folder_with_a_space_and_an_umlaut_is_set_up(elsewhere: Path, stub: Path) -> None:
    printed = make(elsewhere, "setup", f"PYTHON={stub}")
    assert "<python><-m><venv><.venv>" in printed
    assert "<python><requirements/install.py><requirements/course.lock.txt>" in printed
    assert "maintain" not in printed
    assert (elsewhere / ".venv" / "course-installed").exists()


def test_maintainers_get_their_tools_on_top(elsewhere: Path, stub: Path) -> None:
    printed = make(elsewhere, "tools", f"PYTHON={stub}")
    course, tools = "<requirements/course.lock.txt>", "<requirements/maintain.lock.txt>"
    assert 0 < printed.index(course) < printed.index(tools)


@pytest.mark.parametrize(
    ("verb", "called"),
    [
        ("lab", "<course><lab><{folder}/notebooks>"),
        ("test", "<python><-m><pytest>"),
        ("quick", "<python><-m><pytest>"),
        ("lint", "<codespell>"),
        ("release", "<course><release>"),
        ("outputs", "<course><outputs>"),
        ("answers", "<course><answers>"),
        ("site", "<python><-m><website>"),
        ("benchmark", "<python><-m><benchmarks>"),
    ],
)
def test_every_command_runs_in_such_a_folder(
    verb: str, called: str, elsewhere: Path, stub: Path
) -> None:
    programs = elsewhere / ".venv" / "bin"
    programs.mkdir(parents=True)
    for program in PROGRAMS:
        shutil.copy(stub, programs / program)
    for stamp in ("packages-installed", "course-installed", "tools-installed"):
        (elsewhere / ".venv" / stamp).touch()
    assert called.format(folder=elsewhere) in make(elsewhere, verb)


def test_the_tests_end_with_how_long_they_took_and_keep_their_status(
    elsewhere: Path, stub: Path
) -> None:
    make(elsewhere, "tools", f"PYTHON={stub}")
    for program in PROGRAMS[1:]:
        shutil.copy(stub, elsewhere / ".venv" / "bin" / program)
    (elsewhere / ".venv" / "bin" / "python").write_text("#!/bin/sh\nexit 3\n")
    run = subprocess.run(
        ["make", "test"], cwd=elsewhere, env=CLEAN, capture_output=True, text=True, check=False
    )
    assert run.returncode == 2
    assert re.search(r"^make test took \d+ min \d+ s\.$", run.stdout.splitlines()[-1])

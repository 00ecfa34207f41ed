"""What `make` shows while it installs: how far it is, and what went wrong, in a few lines."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

INSTALL = Path(__file__).parent.parent / "requirements" / "install.py"
#: Talks as pip does, at length, and leaves what pip leaves.
PIP = """
import pathlib, sys, sysconfig, time
packages = pathlib.Path(sysconfig.get_path("purelib"))
print("Ignoring colorama: markers 'sys_platform == \\"win32\\"' don't match your environment")
for n in range(160):
    print(f"Collecting name{n}==1.0 (from -r lock (line {n}))")
    print(f"  Downloading name{n}-1.0-py3-none-any.whl (5.3 kB)")
    print("WARNING: Location 'file:///somewhere' is ignored: it is no directory.")
if "FAILS":
    print("ERROR: Could not install packages due to an OSError: No space left on device")
    sys.exit(1)
print("Installing collected packages: name0, name1")
(packages / "tensorflow" / "include" / "Eigen").mkdir(parents=True)
(packages / "tensorflow" / "python").mkdir()
for n in range(160):
    (packages / f"name{n}-1.0.dist-info").mkdir()
time.sleep(1.2)
cache, = [a.partition("=")[2] for a in sys.argv if a.startswith("--cache-dir=")]
pathlib.Path(cache).mkdir()
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    """A lock of 160 packages for this system, and one for another."""
    path = tmp_path / "set.lock.txt"
    path.write_text("\n".join(f"name{n}==1.0 \\\n    --hash=sha256:0" for n in range(161)))
    return path


def install(folder: Path, lock: Path, fails: str = "") -> subprocess.CompletedProcess[str]:
    """Install into a new environment whose pip only talks."""
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = next((folder / "venv").glob("[bS]*/python*"))
    pip = folder / "pip"
    pip.mkdir()
    (pip / "__main__.py").write_text(PIP.replace("FAILS", fails))
    return subprocess.run(
        [python, INSTALL, lock],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def packages(folder: Path) -> Path:
    return next((folder / "venv").glob("[lL]ib/**/site-packages"))


def test_hundreds_of_lines_become_one_for_each_quarter(tmp_path: Path, lock: Path) -> None:
    run = install(tmp_path, lock)
    lines = run.stdout.splitlines()
    assert (run.returncode, run.stderr) == (0, "")
    assert lines[0] == "Fetching 1 of 160 packages"
    assert "Fetching 160 of 160 packages" in lines
    assert lines[-1] == "Unpacking 160 of 160 packages"
    assert len(lines) <= 10


def test_what_pip_said_is_kept(tmp_path: Path, lock: Path) -> None:
    install(tmp_path, lock)
    assert "Downloading name159" in (tmp_path / "venv" / "install.log").read_text()


def test_downloads_and_headers_are_cleared_away(tmp_path: Path, lock: Path) -> None:
    install(tmp_path, lock)
    assert not (tmp_path / "venv" / "install-cache").exists()
    assert [path.name for path in (packages(tmp_path) / "tensorflow").iterdir()] == ["python"]


def test_an_error_of_pip_is_shown_with_what_to_do(tmp_path: Path, lock: Path) -> None:
    run = install(tmp_path, lock, fails="yes")
    assert run.returncode == 1
    assert "No space left on device" in run.stderr
    assert "run the same command again" in run.stderr
    assert "WARNING" not in run.stderr


@pytest.mark.parametrize("arguments", [[], ["nowhere.txt"]])
def test_without_a_lock_it_says_how_it_is_used(arguments: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, INSTALL, *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "python requirements/install.py requirements/course.lock.txt" in run.stderr

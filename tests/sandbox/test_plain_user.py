"""The sandbox as a plain user, where the tests run as root."""

import os
import re
import shutil
import site
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course_utils.grading.release import find_course
from course_utils.sandbox import confine

COURSE = find_course(Path(__file__))
COPIED = ("course_utils", "tests", "solutions", "notebooks")
USER = confine.NOBODY - 1  # another than whom root becomes, so as not to share its limits
SHORT = "not keras and not processor_time"
AS_A_USER = (
    "setpriv",
    f"--reuid={USER}",
    f"--regid={USER}",
    "--clear-groups",
    "env",
    "-i",
)


def a_python_for_everyone() -> str | None:
    """Return a Python of this version that any user may start: root's own may lie in /root."""
    for python in (sys.executable, shutil.which(f"python3.{sys.version_info[1]}", path="/usr/bin")):
        if python:
            command = [*AS_A_USER, python, "-c", "import sys; print(sys.version_info[:2])"]
            said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            if said.strip() == str(sys.version_info[:2]):
                return python
    return None


pytestmark = [
    pytest.mark.proof,  # `make sandboxes` runs it, too
    pytest.mark.skipif(
        os.name != "posix" or os.getuid() != 0, reason="the tests run as a plain user"
    ),
]


def test_all_holds_for_a_plain_user() -> None:
    run_as_a_user("tests/sandbox/test_box.py", "-k", SHORT, at_least=50)


@pytest.mark.skipif("COURSE_EVERY_SANDBOX" not in os.environ, reason="`make sandboxes` tries it")
def test_hostile_submissions_get_no_further_with_a_plain_user() -> None:
    run_as_a_user("tests/grading/marking/test_hostile.py", at_least=150)


def run_as_a_user(*arguments: str, at_least: int) -> None:
    """Run tests as a plain user, on a copy that may be read, and demand that so many pass."""
    if not shutil.which("setpriv") or not (python := a_python_for_everyone()):
        pytest.skip("no Python of this version that a plain user may start")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        left_out = shutil.ignore_patterns("*.npz", "__pycache__")
        for part in COPIED:
            shutil.copytree(COURSE / part, folder / part, ignore=left_out)
        shutil.copy(COURSE / "nbgrader_config.py", folder)
        folder.chmod(0o755)
        paths = [folder, folder / "tests", *site.getsitepackages()]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": "/tmp",
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        run = subprocess.run(
            [
                *AS_A_USER,
                *(f"{name}={value}" for name, value in environment.items()),
                *(python, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"),
                *("--noconftest", "-c", os.devnull, f"--rootdir={folder}"),
                *("--import-mode=importlib", *arguments),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
    print(run.stdout)
    assert run.returncode == 0, run.stdout + run.stderr
    passed = re.search(r"(\d+) passed", run.stdout)
    assert passed, run.stdout
    if int(passed[1]) < at_least:
        pytest.skip(f"a plain user may have no sandbox here: {run.stdout}")

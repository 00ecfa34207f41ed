"""The course as `make lab` serves it, on a copy of the notebooks, which JupyterLab would save."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from course_utils.grading.release import find_course

COURSE = find_course(Path(__file__))
_START_SECONDS = 120


class Lab(NamedTuple):
    """A JupyterLab that serves the course."""

    address: str
    notebooks: Path
    home: Path

    def url(self, lesson: str) -> str:
        """Return where a lesson opens."""
        return f"{self.address}/lab/tree/{lesson}/{lesson}.ipynb"


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Lab"]:
    """A running `make lab`."""
    copy = tmp_path_factory.mktemp("lab") / "notebooks"
    shutil.copytree(COURSE / "notebooks", copy, ignore=shutil.ignore_patterns("*.json", ".ipynb*"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = copy.parent / "home"
    home.mkdir()
    arguments = (
        f"--no-browser --ip 127.0.0.1 --port {port} --IdentityProvider.token= "
        "--LabApp.expose_app_in_browser=True"
    )
    log = copy.parent / "log"
    # Another run of make is this one's parent; its flags, and that it wants no progress bars, are
    # not meant for the lab.
    settings = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("MAKE") and name != "TQDM_DISABLE"
    }
    settings["HOME"] = str(home)
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "lab", f"NOTEBOOKS={copy}", f"ARGS={arguments}"],
            cwd=COURSE,
            env=settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, log)
        yield Lab(address, copy, home)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=2)
        except OSError:
            time.sleep(0.3)
        else:
            return
    tail = re.sub(r"\s+\n", "\n", log.read_text())[-2000:]
    pytest.fail(f"`make lab` did not serve a JupyterLab. It said:\n{tail}")

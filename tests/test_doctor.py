"""The doctor says in plain words what is wrong with an installation, and how to mend it."""

import importlib.metadata
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from course_utils import doctor
from course_utils.environment import Finding
from course_utils.pretrained import photo_network


@pytest.fixture
def findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Finding]]:
    """What it finds; TensorFlow is loaded by the other tests."""
    fine = subprocess.CompletedProcess([], 0, "", "")
    monkeypatch.setattr(doctor.subprocess, "run", lambda *_, **__: fine)
    return lambda: list(doctor.examine(tmp_path / "mine"))


def require_advice(found: list[Finding], *parts: str) -> None:
    """Demand that one line complains, with all these parts."""
    (bad,) = [str(finding) for finding in found if not finding.good]
    assert [part for part in parts if part not in bad] == []


def test_a_good_installation_is_fine(findings: Callable[[], list[Finding]]) -> None:
    assert [str(finding) for finding in findings() if not finding.good] == []
    assert len(findings()) == 11


def test_a_missing_package_and_an_old_one_are_named(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = ["numpy>=99", "no-such-package", "other; extra == 'maintain'"]
    monkeypatch.setattr(importlib.metadata, "requires", lambda _: declared)
    require_advice(findings(), "numpy is ", "not >=99", "no-such-package is missing", "Install")


def test_a_course_that_is_not_installed_is_said(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_DISTRIBUTION", "no-such-course")
    require_advice(findings(), "not installed", "Install the course again")


@pytest.mark.parametrize(
    ("status", "said", "platform", "parts"),
    [
        (1, "ImportError: DLL load failed while importing x.", "win32", ["Visual C++"]),
        (1, "ImportError: libc.so.6.", "linux", ["libc.so.6. Install the course again"]),
        (-4, "", "linux", ["AVX", "another computer"]),
    ],
)
def test_a_tensorflow_that_does_not_load_is_said_with_its_reason(
    status: int,
    said: str,
    platform: str,
    parts: list[str],
    findings: Callable[[], list[Finding]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended = subprocess.CompletedProcess([], status, "", f"Traceback\n{said}\n")
    monkeypatch.setattr(doctor.subprocess, "run", lambda *_, **__: ended)
    # Only the doctor is told of another system: to the standard library it would be a lie.
    pretended = SimpleNamespace(platform=platform, executable=sys.executable)
    monkeypatch.setattr(doctor, "sys", pretended)
    require_advice(findings(), *parts)


def test_weights_of_the_photo_network_that_are_damaged_are_said(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cut_off = tmp_path / "photo_network.npz"
    cut_off.write_bytes(photo_network.WEIGHTS.read_bytes()[:1000])
    monkeypatch.setattr(photo_network, "WEIGHTS", cut_off)
    require_advice(findings(), "What photos need is damaged", "1,000 bytes", "install the course")


def test_missing_notebooks_are_said(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise FileNotFoundError("The notebooks are missing. Install the course again.")

    monkeypatch.setattr(doctor, "shipped_notebooks", missing)
    require_advice(findings(), "Install the course again")


def test_a_folder_that_cannot_be_written_to_is_said(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    # What is asked here is the folder alone; loading the data writes nothing.
    require_advice(findings(), "cannot be saved", "Permission denied", "course lab FOLDER")


def test_a_full_disk_is_said_with_what_is_left(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_LEAST_FREE_MB", 10**12)
    require_advice(findings(), "MB are free on the disk", "another disk")


def test_ports_that_are_all_taken_are_said(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with doctor.socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setattr(doctor, "_PORTS", [taken.getsockname()[1]])
        require_advice(findings(), "are taken", "--port")


def test_without_a_browser_it_says_what_to_do_and_all_is_well(
    findings: Callable[[], list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert findings()[-1].good
    assert "copy the address" in findings()[-1].what

"""What is wrong with an installation, and how to mend it, in plain words."""

import contextlib
import importlib.metadata
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import webbrowser
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

from course_utils import _arguments, environment
from course_utils.datasets import load_photos
from course_utils.environment import Finding
from course_utils.learner.folder import shipped_notebooks
from course_utils.pretrained.photo_network import load_photo_weights

_DISTRIBUTION = "image-classification-course"
_INSTALL = "Install the course again, as its README says."
_LEAST_FREE_MB = 500
#: JupyterLab looks for a free one among these.
_PORTS = range(8888, 8938)
#: What ends a process whose processor lacks the instructions that TensorFlow was built with.
_ILLEGAL_INSTRUCTION = (-4, 132, 0xC000001D)


def examine(folder: str | Path) -> Iterator[Finding]:
    """Look at the installation and at what opening a folder needs, one by one.

    Parameters
    ----------
    folder : str or Path
        Where notebooks are, or would be.

    Returns
    -------
    iterator of Finding
        Each is looked for when it is asked for, because some take seconds.

    Raises
    ------
    TypeError
        If `folder` is neither a string nor a path.
    """
    return _examine(_arguments.path("folder", folder))


def _examine(path: Path) -> Iterator[Finding]:
    yield environment.check_python()
    yield _packages()
    yield _tensorflow()
    yield environment.check_data()
    yield _photos()
    yield _notebooks()
    yield environment.check_memory()
    yield _writing(path)
    yield _disk(path)
    yield _port()
    yield _browser()


def _packages() -> Finding:
    """Compare what is installed with what the course declares."""
    try:
        declared = importlib.metadata.requires(_DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return Finding("The course is not installed, it only lies here.", False, _INSTALL)
    wrong = []
    for requirement in map(Requirement, declared):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            wrong.append(f"{requirement.name} is {version}, not {requirement.specifier}")
    if wrong:
        return Finding(f"Packages do not fit: {'; '.join(wrong)}.", False, _INSTALL)
    return Finding("All packages are installed, in versions that fit.", True)


def _tensorflow() -> Finding:
    """Load TensorFlow in a process of its own, because it may end the process."""
    code = "from course_utils.environment import quiet_tensorflow; quiet_tensorflow()"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    if run.returncode == 0:
        return Finding("TensorFlow can be loaded, and calculates.", True)
    if run.returncode in _ILLEGAL_INSTRUCTION:
        return Finding(
            "TensorFlow cannot run on this processor, which lacks the AVX instructions.",
            False,
            "Use another computer, or Binder.",
        )
    said = (run.stderr.strip().splitlines() or [f"it ended with status {run.returncode}"])[-1]
    advice = _INSTALL
    if sys.platform == "win32" and "DLL" in said:
        advice = "Install Microsoft's Visual C++ Redistributable, which it needs."
    return Finding(f"TensorFlow cannot be loaded: {said.rstrip('.')}.", False, advice)


def _photos() -> Finding:
    """Load the photos, and compare the network for photos with its checksum."""
    try:
        load_photos()
        load_photo_weights()
    except OSError as error:  # a file that is missing, or damaged
        return Finding(f"What photos need is damaged: {error}", False)
    return Finding("The photos and the network for photos are here and undamaged.", True)


def _notebooks() -> Finding:
    try:
        shipped_notebooks()
    except FileNotFoundError as error:
        return Finding(str(error), False)
    return Finding("The notebooks of the course are here.", True)


def _writing(path: Path) -> Finding:
    """Write a file where notebooks will be saved: what a system says of permissions may differ."""
    place = _nearest(path)
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding(
            f"Your work cannot be saved in {place}: {error.strerror or error}.",
            False,
            "Name a folder of your own: course lab FOLDER.",
        )
    return Finding(f"Your work can be saved in {path}.", True)


def _disk(path: Path) -> Finding:
    free_mb = shutil.disk_usage(_nearest(path)).free // 1_000_000
    enough = free_mb >= _LEAST_FREE_MB
    return Finding(
        "There is room on the disk for your work."
        if enough
        else f"Only {free_mb} MB are free on the disk. The course should have {_LEAST_FREE_MB}.",
        enough,
        "Delete what you no longer need, or name a folder on another disk.",
    )


def _nearest(path: Path) -> Path:
    """Return the folder, or the nearest above it that is there already."""
    path = path.resolve()
    return next(place for place in (path, *path.parents) if place.is_dir())


def _port() -> Finding:
    for port in _PORTS:
        with socket.socket() as listener, contextlib.suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return Finding("JupyterLab finds a free port on this machine.", True)
    return Finding(
        f"All ports from {_PORTS[0]} to {_PORTS[-1]} are taken, or forbidden.",
        False,
        "Shut down servers that you no longer need, or try another: course lab --port 9000.",
    )


def _browser() -> Finding:
    try:
        webbrowser.get()
    except webbrowser.Error:
        return Finding(
            "No browser opens by itself here: copy the address that `course lab` prints.", True
        )
    return Finding("A browser is here to open the course in.", True)

"""Is this machine ready for the course? The answer in plain words."""

import importlib.metadata
import logging
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course_utils._memory import GIB, usable_memory
from course_utils.datasets import dataset_names, load_dataset

_OLDEST, _NEWEST = (3, 11), (3, 13)
_PACKAGES = ("numpy", "matplotlib", "ipywidgets", "anywidget", "scikit-learn", "jupyterlab")
_TENSORFLOW = ("tensorflow-cpu", "tensorflow")
_INSTALL = "Close JupyterLab and install the course again. In a checkout: make lab."
_LEAST_MEMORY_GIB = 1.9
_STARTING_MESSAGES = (
    "All log messages before absl::InitializeLog()",
    "oneDNN custom operations are on",
    "This TensorFlow binary is optimized",
    "To enable the following instructions",
)


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Attributes
    ----------
    what : str
        What was found, in plain words.
    good : bool
        Whether the course can be used as it is.
    advice : str
        What to do if it cannot.
    """

    what: str
    good: bool
    advice: str = ""

    def __str__(self) -> str:
        return (
            f"{'✓' if self.good else '✗'} {self.what}{f' {self.advice}' if not self.good else ''}"
        )


@dataclass(frozen=True)
class Report:
    """All findings, one per line.

    Attributes
    ----------
    findings : tuple of Finding
    again : str
        How to look again.
    """

    findings: tuple[Finding, ...]
    again: str = "run this cell again"

    @property
    def ready(self) -> bool:
        """Whether every finding is good."""
        return all(finding.good for finding in self.findings)

    @property
    def verdict(self) -> str:
        """What follows from the findings."""
        if self.ready:
            return "Everything is ready, so you can go on."
        return f"Mend what the lines marked ✗ report, then {self.again}."

    def __str__(self) -> str:
        return "\n".join([*map(str, self.findings), self.verdict])

    __repr__ = __str__


def check_environment() -> Report:
    """Check Python, the packages, the data, the memory, and the folder for your work.

    Returns
    -------
    Report
        Prints one line per finding, with advice where something is wrong.

    Examples
    --------
    >>> check_environment().ready
    True
    """
    return Report(
        (check_python(), _packages(), _tensorflow(), check_data(), check_memory(), _folder())
    )


def check_python() -> Finding:
    """Tell whether the course supports this version of Python."""
    version = sys.version_info[:2]
    fits = _OLDEST <= version <= _NEWEST
    return Finding(
        "The course supports this version of Python."
        if fits
        else f"Python is {platform.python_version()}, which the course does not support.",
        fits,
        "Install the course again, with Python 3.11, 3.12 or 3.13.",
    )


def _packages() -> Finding:
    missing = [name for name in _PACKAGES if not _installed(name)]
    return Finding(
        f"Missing packages: {', '.join(missing)}." if missing else "All packages are installed.",
        not missing,
        _INSTALL,
    )


def _tensorflow() -> Finding:
    there = any(map(_installed, _TENSORFLOW))
    return Finding(
        "TensorFlow and Keras are installed, to build networks with."
        if there
        else "TensorFlow is missing.",
        there,
        _INSTALL,
    )


def _installed(package: str) -> bool:
    try:
        importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def check_data() -> Finding:
    """Compare the shipped data sets with their checksums."""
    try:
        for name in dataset_names():
            load_dataset(name)
    except Exception as error:  # whatever is wrong with a file is reported in the same way
        return Finding(f"A data set is damaged: {error}", False)
    return Finding("Both data sets are here and undamaged, with 70,000 pictures each.", True)


def check_memory() -> Finding:
    """Tell whether there is enough memory for a lesson."""
    gib = usable_memory() / GIB
    return Finding(
        "There is enough memory."
        if gib >= _LEAST_MEMORY_GIB
        else f"There are only {gib:.1f} GiB of memory, but the course needs 2.",
        gib >= _LEAST_MEMORY_GIB,
        "Keep one notebook open at a time: Kernel, Shut Down All Kernels.",
    )


def _folder() -> Finding:
    writable = os.access(Path.cwd(), os.W_OK) and shutil.disk_usage(Path.cwd()).free > 50 * 1024**2
    return Finding(
        "Your work can be saved here."
        if writable
        else "Your work cannot be saved here, because this folder is full or write-protected.",
        writable,
        "Copy the course to a folder of your own and open it there.",
    )


def quiet_tensorflow() -> None:
    """Load TensorFlow and Keras, and hold back the messages that they print while they start.

    These messages go to standard error and are shown in red, so a learner takes them for a mistake.
    The same is true of a warning that functions were traced again, which is not a mistake when a
    lesson trains several small networks. All other messages are passed on.

    Examples
    --------
    >>> quiet_tensorflow()
    >>> import keras
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    sys.stderr.flush()
    # The messages come from C++, so it is the file descriptor that has to be redirected.
    shown = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            import keras

            keras.ops.add(1.0, 1.0)  # the first operation prints further messages
        finally:
            os.dup2(shown, 2)
            os.close(shown)
            held.seek(0)
            lines = held.read().decode(errors="replace").splitlines()
    rest = [line for line in lines if line and not any(mark in line for mark in _STARTING_MESSAGES)]
    if rest:
        print("\n".join(rest), file=sys.stderr)
    logging.getLogger("tensorflow").addFilter(_is_no_warning_of_retracing)


def _is_no_warning_of_retracing(record: logging.LogRecord) -> bool:
    """Tell whether a line of TensorFlow's log is not the warning about retracing."""
    return "tf.function retracing" not in record.getMessage()

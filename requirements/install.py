"""Install a set of requirements with the pip of the Python that runs this, in a few lines.

    python requirements/install.py requirements/course.lock.txt

It needs nothing but pip, whose hundreds of lines go into `install.log` in the environment. What is
shown is how far it is, and what went wrong if anything does.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
from pathlib import Path

LOG = Path(sys.prefix) / "install.log"
_PACKAGES = Path(sysconfig.get_path("purelib"))
#: What was fetched before a connection broke off is not fetched again.
CACHE = Path(sys.prefix) / "install-cache"
#: For those who compile operations of their own: 290 MB of C++.
_SUPERFLUOUS = ("tensorflow/include",)
_PIP = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off"]
_FETCHED = re.compile(r"(?:Collecting|Processing|Requirement already satisfied:) \S")
_PIN = re.compile(r"^[a-zA-Z0-9].*==", re.MULTILINE)


class Progress:
    """One line that is written over; in a file, where none can be, a line for each quarter."""

    def __init__(self) -> None:
        self.live = sys.stdout.isatty()
        self.shown: tuple[str, int] | None = None

    def show(self, doing: str, done: int, total: int) -> None:
        """Say how many of the packages are done."""
        step = (doing, done if self.live else 4 * done // total)
        if step != self.shown:
            self.shown = step
            start, end = ("\r\033[K", "") if self.live else ("", "\n")
            print(f"{start}{doing} {min(done, total)} of {total} packages", end=end, flush=True)


def install(lock: Path) -> int:
    """Install a set and return the exit status of pip."""
    total = len(_PIN.findall(lock.read_text(encoding="utf-8")))
    fetched = 0
    progress, unpacked = Progress(), threading.Event()
    pip = subprocess.Popen(
        [*_PIP, f"--cache-dir={CACHE}", "--require-hashes", "-r", str(lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
        errors="replace",
    )
    with LOG.open("w", encoding="utf-8") as log:
        for line in pip.stdout or ():
            log.write(line)
            if line.startswith("Ignoring "):  # meant for another system, or another Python
                total -= 1
            elif _FETCHED.match(line):
                fetched += 1
                progress.show("Fetching", fetched, total)
            elif line.startswith("Installing collected packages"):
                threading.Thread(target=_watch, args=(progress, total, unpacked)).start()
    status = pip.wait()
    unpacked.set()
    if progress.live:
        print()
    return status


def _watch(progress: Progress, total: int, unpacked: threading.Event) -> None:
    """Count packages as they appear, because pip unpacks them for minutes without a word."""
    while not unpacked.wait(0.5):
        progress.show("Unpacking", len(list(_PACKAGES.glob("*.dist-info"))), total)


def complaint() -> str:
    """Return what pip's log calls an error, or else how it ends, and what to do."""
    lines = LOG.read_text(encoding="utf-8").splitlines()
    errors = [line for line in lines if line.startswith("ERROR")] or lines[-5:]
    return "\n".join(
        [
            *errors[:8],
            f"The packages could not be installed. All that pip said is in {LOG}.",
            "Mend what it names, perhaps the network or the disk, and run the same command again.",
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit(__doc__)
    try:
        if install(Path(sys.argv[1])):
            sys.exit(complaint())
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command goes on from here.")
    for folder in (CACHE, *(_PACKAGES / name for name in _SUPERFLUOUS)):
        shutil.rmtree(folder, ignore_errors=True)

"""nbgrader's own commands, run on a course, and what they say."""

import re
import subprocess
import sys
import textwrap
from pathlib import Path

_RECORD = re.compile(r"^\[\w+ \| (\w+)\] ", flags=re.MULTILINE)
_SERIOUS = ("ERROR", "CRITICAL")


def run(course: Path, *arguments: str) -> tuple[int, str]:
    """Run one of nbgrader's commands; return its exit status and its log."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def require(course: Path, *arguments: str) -> list[str]:
    """Run one of nbgrader's commands that must succeed; return what it warns of."""
    status, log = run(course, *arguments)
    if status:
        told = reason(log)
        if found := re.fullmatch(
            r"Unwritable directory, please contact your instructor: (.*)", told
        ):
            raise RuntimeError(
                f"There is no exchange at {found[1]} that you may write to. Hand a lesson out "
                "first, with `course assign`, or name another folder in NBGRADER_EXCHANGE."
            )
        raise RuntimeError(f"nbgrader {' '.join(arguments)} stopped: {told}")
    return [" ".join(text.split()) for kind, text in _records(log) if kind == "WARNING"]


def reason(log: str) -> str:
    """Find in nbgrader's log why it failed: its first complaint, or the error that was raised."""
    found = [text for kind, text in _records(log) if kind in _SERIOUS] or [log]
    first = next((text for text in found if not text.startswith("There was an error")), log)
    if first.startswith("Traceback"):
        first = first.strip().splitlines()[-1]
    return textwrap.shorten(first, 200)


def _records(log: str) -> list[tuple[str, str]]:
    """Split a log into its records: how serious each is, and what it says."""
    _, *parts = _RECORD.split(log)
    return list(zip(parts[::2], parts[1::2], strict=True))

"""Fresh Python processes: what a statement costs where nothing is loaded yet."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import BenchmarkError

ROOT = Path(__file__).resolve().parent.parent

_CODE = """
import json, sys, time
before, statement = sys.argv[1:]
def peak():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line[:6] == "VmHWM:")
    except OSError:
        return None
exec(before)
peak_before = peak()
begin = time.perf_counter()
exec(statement)
seconds = time.perf_counter() - begin
heavy = [name for name in ("tensorflow", "keras") if name in sys.modules]
print("\\n" + json.dumps([seconds, peak_before, peak(), heavy]))
"""


@dataclass(frozen=True)
class Cost:
    """What a statement cost.

    Attributes
    ----------
    seconds : float
    peak_before_mib, peak_mib : float or None
        The most memory that was ever resident, before and after the statement; None where the
        system does not tell (it is VmHWM of Linux).
    heavy : tuple of str
        Which of TensorFlow and Keras are loaded at the end.
    """

    seconds: float
    peak_before_mib: float | None
    peak_mib: float | None
    heavy: tuple[str, ...]


def cost_in_fresh_process(statement: str, before: str = "") -> Cost:
    """Execute a statement in a Python process of its own.

    Parameters
    ----------
    statement : str
        What is measured. The start of Python is not.
    before : str, default ""
        What is executed first, unmeasured.

    Returns
    -------
    Cost

    Raises
    ------
    BenchmarkError
        If the statement fails, with what Python said.
    """
    run = subprocess.run(
        [sys.executable, "-c", _CODE, before, statement],
        cwd=ROOT,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise BenchmarkError(f"`{statement}` failed in a fresh process:\n{run.stderr.strip()}")
    seconds, peak_before, peak, heavy = json.loads(run.stdout.splitlines()[-1])
    return Cost(seconds, peak_before, peak, tuple(heavy))


def peak_mib_of(process_id: int) -> float | None:
    """Read the most memory that a running process ever had resident: VmHWM.

    Parameters
    ----------
    process_id : int

    Returns
    -------
    float or None
        In MiB; None where the system does not tell.
    """
    status = Path(f"/proc/{process_id}/status")
    if not status.is_file():
        return None
    lines = status.read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), None)


def mib(value: float | None) -> str:
    """Write mebibytes, or that they are not known.

    Parameters
    ----------
    value : float or None

    Returns
    -------
    str

    Examples
    --------
    >>> mib(12.34), mib(None)
    ('12', 'unknown')
    """
    return "unknown" if value is None else f"{value:.0f}"


def script_output(script: str, *arguments: str) -> str:
    """Run a script of this folder that prints its own page.

    Parameters
    ----------
    script : str
        As in ``scaling``.
    *arguments : str

    Returns
    -------
    str
        What it printed. Its progress goes to standard error as it comes.

    Raises
    ------
    BenchmarkError
        If it fails.
    """
    command = [sys.executable, "-m", f"benchmarks.{script}", *arguments]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if run.returncode:
        raise BenchmarkError(f"`python -m benchmarks.{script}` failed; see what it said above.")
    return run.stdout

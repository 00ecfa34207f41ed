"""Fresh Python processes: what a statement costs where nothing is loaded yet."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from benchmarks.report import BenchmarkError

ROOT = Path(__file__).resolve().parent.parent

Thing = TypeVar("Thing", bound=Hashable)
Found = TypeVar("Found")

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
begin, begin_cpu = time.perf_counter(), time.process_time()
exec(statement)
seconds, cpu_seconds = time.perf_counter() - begin, time.process_time() - begin_cpu
heavy = [name for name in ("tensorflow", "keras") if name in sys.modules]
print("\\n" + json.dumps([seconds, cpu_seconds, peak_before, peak(), heavy]))
"""


@dataclass(frozen=True)
class Cost:
    """What a statement cost."""

    seconds: float  # by the clock
    cpu_seconds: float  # of the processor, which other programs disturb less
    peak_before_mib: float | None  # the most memory ever resident, before the statement
    peak_mib: float | None  # and after it; None where the system does not tell (VmHWM of Linux)
    heavy: tuple[str, ...]  # which of TensorFlow and Keras are loaded at the end


def cost_in_fresh_process(statement: str, before: str = "") -> Cost:
    """Execute a statement in a Python process of its own, after another that is not measured."""
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
    *figures, heavy = json.loads(run.stdout.splitlines()[-1])
    return Cost(*figures, tuple(heavy))


def in_turns(
    measure: Callable[[Thing], Found], things: Sequence[Thing], n_runs: int, title: str
) -> dict[Thing, list[Found]]:
    """Measure each thing several times, in turns, so that a machine that slows down slows all."""
    found: dict[Thing, list[Found]] = {thing: [] for thing in things}
    for thing in tqdm([*things] * n_runs, desc=title, delay=2):
        found[thing].append(measure(thing))
    return found


def peak_mib_of(process_id: int) -> float | None:
    """Read the most MiB that a running process ever had resident; None where no system tells."""
    status = Path(f"/proc/{process_id}/status")
    if not status.is_file():
        return None
    lines = status.read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), None)


def mib(value: float | None) -> str:
    """Write mebibytes, or that they are not known."""
    return "unknown" if value is None else f"{value:.0f}"


def page_of_process(name: str, *, quick: bool) -> str:
    """Run a benchmark in a process of its own; its progress goes to standard error as it comes."""
    code = f"from benchmarks.{name} import measure; print(measure(quick={quick}))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    if run.returncode:
        raise BenchmarkError("it failed; see what it said above.")
    return f"{run.stdout.strip()}\n"

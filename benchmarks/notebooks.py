"""What each lesson costs to run: memory, seconds, and which cell is the slowest."""

import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nbformat

from benchmarks.lessons import lesson_notebooks
from benchmarks.processes import in_turns, mib, peak_mib_of
from benchmarks.report import BenchmarkError, Table, counted, median_and_range, page

_RUNS = 1
_CELL_TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """One run of a notebook in a fresh kernel: seconds by cell id, and its most memory."""

    seconds: dict[str, float]
    peak_mib: float | None


def run_in_fresh_kernel(path: Path) -> Run:
    """Run a notebook in a copy of its folder, so that nothing it writes stays."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = nbformat.read(path, as_version=4)
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder) / path.parent.name
        shutil.copytree(path.parent, work)
        client = NotebookClient(
            notebook,
            timeout=_CELL_TIMEOUT_SECONDS,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": str(work)}},
        )
        with client.setup_kernel(stderr=subprocess.DEVNULL):  # Jupyter greets there
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code":
                    continue
                begin = time.perf_counter()
                try:
                    client.execute_cell(cell, index)
                except (CellExecutionError, CellTimeoutError) as error:
                    raise BenchmarkError(f"{path.name}: cell {cell.id} failed: {error}") from None
                seconds[cell.id] = time.perf_counter() - begin
            return Run(seconds, peak_mib_of(client.km.provisioner.pid))


def tables(*, quick: bool = False) -> list[Table]:
    """List the lessons."""
    text = (
        "# What the lessons cost\n\n"
        f"Each solution, all cells, in a fresh kernel. {counted(1 if quick else _RUNS, 'run')}, in "
        "turns; median (lowest to highest). Seconds are those of the cells; the start of the "
        "kernel is not counted. Memory is the most that the kernel's process ever had resident "
        "(VmHWM, read after the last cell), of all runs; processes that a cell starts are not in "
        "it."
    )
    header = [
        "Notebook",
        "MiB at the peak",
        "Seconds in all",
        "Slowest cell",
        "Its seconds",
    ]
    return [Table(text, header, [(path.stem,) for path in lesson_notebooks()])]


def measure(*, quick: bool = False) -> str:
    """Run every lesson's solution, each time in a fresh kernel; a trial runs each once."""
    (table,) = tables(quick=quick)
    runs = in_turns(run_in_fresh_kernel, lesson_notebooks(), 1 if quick else _RUNS, "notebooks")
    return page(table.filled(_figures(some) for some in runs.values()))


def _figures(runs: list[Run]) -> list[str]:
    peaks = [run.peak_mib for run in runs if run.peak_mib is not None]
    totals = [sum(run.seconds.values()) for run in runs]
    by_cell = {cell: [run.seconds[cell] for run in runs] for cell in runs[0].seconds}
    slowest = max(by_cell, key=lambda cell: median(by_cell[cell]))
    return [
        mib(max(peaks, default=None)),
        median_and_range(totals, decimals=1),
        f"`{slowest}`",
        median_and_range(by_cell[slowest], decimals=1),
    ]

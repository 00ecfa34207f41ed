"""What each lesson costs to run: memory, seconds, and which cell is the slowest."""

import shutil
import subprocess
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
from tqdm import tqdm

from benchmarks.lessons import estimated_minutes, lesson_notebooks
from benchmarks.processes import mib, peak_mib_of
from benchmarks.report import BenchmarkError, median_and_range, page

_RUNS = 3
_CELL_TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class Run:
    """One run of a notebook in a fresh kernel.

    Attributes
    ----------
    seconds : dict of str to float
        By cell id.
    peak_mib : float or None
        The most memory that the kernel ever had resident.
    """

    seconds: dict[str, float]
    peak_mib: float | None


def run_in_fresh_kernel(path: Path) -> Run:
    """Run a notebook in a copy of its folder, so that nothing it writes stays.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Run

    Raises
    ------
    BenchmarkError
        If a cell raises, with its id.
    """
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
            return Run(seconds, peak_mib_of(_process_of(client)))


def _process_of(client: Any) -> int:
    """Find the process of a client's kernel."""
    return client.km.provisioner.pid


def measure(*, quick: bool = False) -> str:
    """Run every lesson's solution, each time in a fresh kernel.

    Parameters
    ----------
    quick : bool, default False
        One run.

    Returns
    -------
    str
        A Markdown page.

    Raises
    ------
    BenchmarkError
        If a notebook does not run to its end.
    """
    n_runs = 1 if quick else _RUNS
    paths = lesson_notebooks()
    runs: dict[Path, list[Run]] = defaultdict(list)
    turns = [path for _ in range(n_runs) for path in paths]
    for path in (progress := tqdm(turns, unit="notebook")):
        progress.set_description(path.stem)
        runs[path].append(run_in_fresh_kernel(path))
    note = (
        f"Each solution, all cells, in a fresh kernel. Runs: {n_runs}, in turns; median (least to "
        "greatest). Seconds are those of the cells; the start of the kernel is not counted. "
        "Memory is the most that the kernel's process ever had resident (VmHWM, read after the "
        "last cell), of all runs; processes that a cell starts are not in it. "
        "A learner's minutes are estimated from the lesson's words, cells, explorers and points; "
        "nobody was timed."
    )
    header = [
        "Notebook",
        "A learner's minutes",
        "MiB at the peak",
        "Seconds in all",
        "Slowest cell",
        "Its seconds",
    ]
    return page("What the lessons cost", note, header, [_row(path, runs[path]) for path in paths])


def _row(path: Path, runs: list[Run]) -> list[str]:
    peaks = [run.peak_mib for run in runs if run.peak_mib is not None]
    totals = [sum(run.seconds.values()) for run in runs]
    by_cell = {cell: [run.seconds[cell] for run in runs] for cell in runs[0].seconds}
    slowest = max(by_cell, key=lambda cell: median(by_cell[cell]))
    return [
        path.stem,
        f"{estimated_minutes(path):.0f}",
        mib(max(peaks, default=None)),
        median_and_range(totals, decimals=1),
        f"`{slowest}`",
        median_and_range(by_cell[slowest], decimals=1),
    ]

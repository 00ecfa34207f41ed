"""What Binder's memory has to hold: the course's own way from lesson to lesson, in one server.

Lessons are opened one after the other in one JupyterLab on one core, and all their cells are run.
The page and its notebooks stay open, as a learner's do. Where the server believes to have as little
memory as Binder grants, it lets the kernel of a lesson go once the next is open.
"""

import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import psutil
from tqdm import tqdm

from benchmarks.browser import browser
from benchmarks.jupyter_server import (
    KERNEL,
    OPEN,
    environment_in,
    free_address,
    server_options,
    serving,
)
from benchmarks.processes import ROOT
from benchmarks.report import BenchmarkError, Table, page
from course_utils.grading.school.editions import without_outputs

#: The course's own way from the multilayer perceptron to evaluation.
LESSONS = (
    "04_multilayer_perceptron",
    "05_activations",
    "06_gradient_descent",
    "07_training",
    "08_evaluation",
)
_GRANTED = 2_000_000_000
#: What JupyterHub, and so Binder, tells a server that may use so much.
AS_ON_BINDER = {"MEM_LIMIT": str(_GRANTED)}
_SAMPLE_SECONDS = 0.5
_READY = "window.jupyterapp?.commands.hasCommand('docmanager:open')"
#: A notebook that is opened earlier may be left without a kernel.
_SETTLED = """async () => {
  await window.jupyterapp.restored;
  await window.jupyterapp.serviceManager.ready;
}"""
_RUN = "async () => { await window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
#: Whether the last code cell carries the number of its run.
_ENDED = """window.jupyterapp.shell.currentWidget.content.model.toJSON().cells
  .findLast((cell) => cell.cell_type === "code").execution_count !== null"""


class _Most(threading.Thread):
    """The most memory that this process's children hold at once: a share of what they share."""

    def __init__(self, server: psutil.Process) -> None:
        super().__init__(daemon=True)
        self.server, self.megabytes, self.ended = server, 0.0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(_SAMPLE_SECONDS):
            total = 0
            for process in [self.server, *self.server.children(recursive=True)]:
                try:
                    total += process.memory_full_info().pss
                except (psutil.NoSuchProcess, psutil.AccessDenied, FileNotFoundError):
                    continue
            self.megabytes = max(self.megabytes, total / 1e6)


@contextmanager
def _most_of(server: psutil.Process) -> Iterator[_Most]:
    most = _Most(server)
    most.start()
    try:
        yield most
    finally:
        most.ended.set()
        most.join()


def walk(
    chromium: Any, limit: Mapping[str, str], tell: Callable[[], object] = lambda: None
) -> list[float]:
    """Run the lessons one after the other; return the most megabytes while each was open."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        home, served = Path(name), Path(name) / "solutions"
        shutil.copy(ROOT / "nbgrader_config.py", home)  # hidden tests look for a course
        for lesson in LESSONS:
            shutil.copytree(ROOT / "solutions" / lesson, served / lesson)
            path = served / lesson / f"{lesson}.ipynb"
            nbformat.write(without_outputs(nbformat.read(path, as_version=4)), path)
        address = free_address()
        environment = {**environment_in(home), **limit}
        # `course lab` would bring the lessons that are not there; this is what it starts.
        arguments = f"{str(served)!r}, '', {server_options(address)}"
        code = f"from course_utils.jupyter.lab import serve; serve({arguments})"
        command = ["taskset", "--cpu-list", "0", sys.executable, "-c", code]
        with serving(command, address, served, environment, home / "log"):
            (server,) = (child for child in psutil.Process().children() if code in child.cmdline())
            return list(_megabytes(chromium.new_page(), address, server, tell))


def _megabytes(
    page: Any, address: str, server: psutil.Process, tell: Callable[[], object]
) -> Iterator[float]:
    page.goto(f"{address}/lab")
    page.wait_for_function(_READY, timeout=60_000)
    page.evaluate(_SETTLED)
    for lesson in LESSONS:
        with _most_of(server) as most:
            page.evaluate(OPEN, f"{lesson}/{lesson}.ipynb")
            page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=60_000)
            page.evaluate(_RUN)
            if not page.evaluate(_ENDED):
                raise BenchmarkError(f"{lesson} stopped before its end.")
        tell()
        yield most.megabytes


def tables(*, quick: bool = False) -> list[Table]:
    """List the lessons."""
    text = (
        "# From lesson to lesson in a small memory\n\n"
        "Solutions, all cells, one after the other in one JupyterLab on one core, while the page "
        "and all notebooks stay open. Megabytes are the most that the server and all its kernels "
        "held at once while a lesson was the last to be opened (PSS: what processes share is "
        f"counted once). Binder grants {_GRANTED // 10**6:,}. There the server lets the kernel of "
        "a lesson go once the next is open."
    )
    header = ["Lesson", "MB in all, as on Binder", "MB in all, if every kernel stays"]
    return [Table(text, header, [(lesson,) for lesson in LESSONS])]


def measure(*, quick: bool = False) -> str:
    """Walk once as on Binder and once without a limit; a trial walks only as on Binder."""
    if not shutil.which("taskset"):
        raise BenchmarkError("taskset is not here, which binds a server to a core. Use Linux.")
    (table,) = tables(quick=quick)
    limits = [AS_ON_BINDER] if quick else [AS_ON_BINDER, {}]
    with browser() as chromium, tqdm(total=len(limits) * len(LESSONS), unit="lesson") as bar:
        walks = [walk(chromium, limit, bar.update) for limit in limits]
    shown = [[f"{most:,.0f}" for most in walk] for walk in walks] + [["-"] * len(LESSONS)] * quick
    return page(table.filled(zip(*shown, strict=True)))

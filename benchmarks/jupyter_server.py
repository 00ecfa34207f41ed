"""A JupyterLab for benchmarks and browser tests: started, opened, and ended with its kernels."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from benchmarks.report import BenchmarkError

_START_SECONDS = 120
_STOP_SECONDS = 15
#: The kernel of the notebook that a page shows, in the page's JavaScript.
KERNEL = "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel"
#: Opens a notebook by its path in JupyterLab's page.
OPEN = "async (path) => { await window.jupyterapp.commands.execute('docmanager:open', { path }); }"
#: Runs all cells of the notebook that a page shows; the page's JavaScript does not wait.
RUN_ALL = "void window.jupyterapp.commands.execute('notebook:run-all-cells')"


@contextlib.contextmanager
def jupyter_server() -> Iterator[tuple[str, Path]]:
    """Serve an empty folder; yield the address and the folder. Nothing of the user's is read."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        home, served = Path(name), Path(name) / "served"
        served.mkdir()
        address = free_address()
        command = [sys.executable, "-m", "jupyterlab", *server_options(address)]
        command += [f"--ServerApp.root_dir={served}", "--LabApp.news_url="]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")
        with serving(command, address, served, environment_in(home), home / "server.log"):
            yield address, served


def free_address() -> str:
    """Find a free port of this machine, as in ``http://127.0.0.1:40123``."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def server_options(address: str) -> list[str]:
    """Tell a JupyterLab to serve an address to programs: no browser, no token, its app in reach."""
    return [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={address.rpartition(':')[2]}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
    ]


@contextlib.contextmanager
def serving(
    command: Sequence[str], address: str, folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[None]:
    """Run a command in a folder, wait until it serves JupyterLab there, and end it afterwards."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait(process, address, log)
            yield
        finally:
            _stop(process)


def open_notebook(page: Any, url: str, *, milliseconds: float = 60_000) -> None:
    """Open a notebook in a browser's page, with its kernel ready to run."""
    page.goto(f"{url}?reset", timeout=milliseconds)
    page.wait_for_selector(".jp-NotebookPanel .jp-CodeCell", timeout=milliseconds)
    # Run earlier, JupyterLab would ask in a dialog which kernel it should take.
    page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=milliseconds)


def environment_in(home: Path) -> dict[str, str]:
    """Keep from a JupyterLab what is the user's: its settings and files are in this folder."""
    own = {
        f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")
    }
    quiet = {"IPYTHONDIR": str(home / "ipython"), "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **own, **quiet}


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return as soon as the server answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            opener.open(f"{address}/api/status", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise BenchmarkError(f"JupyterLab did not start. It said:\n{said}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the server's process group, and its kernels, which have groups of their own."""
    try:
        kernels = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        kernels = []
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    _, left = psutil.wait_procs(kernels, timeout=2)
    for kernel in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            kernel.kill()

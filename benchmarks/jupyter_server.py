"""A JupyterLab of the benchmark's own: nothing of the user's is read, nothing stays."""

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
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.report import BenchmarkError

_START_SECONDS = 90
_STOP_SECONDS = 15


@contextlib.contextmanager
def jupyter_server() -> Iterator[tuple[str, Path]]:
    """Serve an empty folder on a free port of this machine.

    Yields
    ------
    url : str
        As in ``http://127.0.0.1:40123``.
    folder : Path
        What it serves. It is removed at the end.

    Raises
    ------
    BenchmarkError
        If the server does not start, with what it said.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        home, served = Path(name), Path(name) / "served"
        served.mkdir()
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        with (home / "server.log").open("wb") as log:
            process = subprocess.Popen(
                _command(served, port),
                cwd=served,
                env=_environment(home),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait(process, url, home / "server.log")
                yield url, served
            finally:
                _stop(process)


def _command(served: Path, port: int) -> list[str]:
    options = [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={served}",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    return [sys.executable, "-m", "jupyterlab", *options]


def _environment(home: Path) -> dict[str, str]:
    own = {
        f"JUPYTER_{kind}_DIR": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")
    }
    quiet = {"IPYTHONDIR": str(home / "ipython"), "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **own, **quiet}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return as soon as the server answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            opener.open(f"{url}/api/status", timeout=5).close()
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

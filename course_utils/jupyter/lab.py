"""JupyterLab, opened at the course: quiet, and with one line that says where it is."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from course_utils import _arguments

#: Settings that switch nbgrader's tools on, for ``JUPYTER_CONFIG_PATH``.
INSTRUCTOR = Path(__file__).with_name("instructor")
_ERRORS_ONLY = 40


def serve(
    folder: Path,
    at: str,
    options: Sequence[str] = (),
    *,
    browser: bool = True,
    port: int | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve a folder in JupyterLab until it is stopped.

    Parameters
    ----------
    folder : Path
        Its notebooks are opened.
    at : str
        What is opened first: a notebook, with ``/`` between the parts of its path, or a page of the
        server, which begins with ``/``.
    options : sequence of str
        What else JupyterLab is told, as on its own command line.
    browser : bool, default True
        Whether to open a browser.
    port : int, optional
        Of this machine, 1 to 65535; by default the first that is free from 8888 on.
    say : callable
        Is given the last line: the address, and how to stop.

    Raises
    ------
    TypeError, ValueError, FileNotFoundError
        If the folder is none, or the port is no whole number in its range.
    """
    folder = _arguments.folder("folder", folder).resolve()
    if port is not None:
        _arguments.whole_number("port", port, 1, 65535)
    # TensorFlow greets on standard error, which looks like a mistake, and costs a graded cell.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from jupyterlab.labapp import LabApp
    from traitlets.config import Config

    server_settings = {
        "root_dir": str(folder),
        "open_browser": browser,
        "answer_yes": True,  # Ctrl+C stops at once, as on Windows
        "allow_root": hasattr(os, "geteuid") and os.geteuid() == 0,
        **({} if port is None else {"port": port}),
    }
    lab_settings = {
        "default_url": at if at.startswith("/") else f"/lab/tree/{at}",
        "news_url": None,
    }
    applications = {"log_level": _ERRORS_ONLY}
    config = Config(
        {"Application": applications, "ServerApp": server_settings, "LabApp": lab_settings}
    )
    server = LabApp.initialize_server(argv=list(options), config=config)
    address = server.local_url
    # Else it would print a paragraph about a file that one could open.
    server.identity_provider.token_generated = False
    server.io_loop.add_callback(say, f"The course is open at {address}  Ctrl+C here stops it.")
    server.start()

"""What the course brings to JupyterLab; `pyproject.toml` says where each file is installed.

================  ==============================================================================
``labextension``  runs in the page: shows what a saved notebook kept, and hides nbgrader's tools
``labconfig``     settings of JupyterLab that differ from its own
``kernel``        what a kernel loads before a notebook's first cell: ``_running_order``
``room``          shuts down kernels of idle lessons where memory is small
``work``          all of a learner's work as a zip file, and back
``lab``           opens JupyterLab at the course
``server``        switches server extensions on and off, among them the one in this file
``instructor``    switches nbgrader's tools on again, where ``JUPYTER_CONFIG_PATH`` names it
================  ==============================================================================
"""

from typing import Any

_PING_TIMEOUT = 30_000


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "course_utils.jupyter"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Settle what a learner would otherwise be warned of, and add what the page asks for."""
    from course_utils.jupyter.room import Room
    from course_utils.jupyter.work import WorkHandler

    # A kernel warns when its messages could be read by others who use the same machine.
    server.kernel_manager.transport_encryption = "auto"
    # Jupyter Server waits three intervals for an answer to a ping, which Tornado warns of and
    # shortens to one.
    server.web_app.settings.setdefault("ws_ping_timeout", _PING_TIMEOUT)
    WorkHandler.add_to(server.web_app)
    if Room(server).keep():
        # Servers of this size often vanish with their files, so the page offers to keep them.
        server.web_app.settings.setdefault("page_config_data", {})["courseKeepsWork"] = "true"

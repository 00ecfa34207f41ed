"""Saving the solutions with their outputs, free of anything that differs from run to run."""

import os
import textwrap
from pathlib import Path
from typing import Any

import nbformat

from course_utils import _arguments
from course_utils._files import write_aside
from course_utils.grading.release import read_notebook

_CELL_TIMEOUT_SECONDS = 600
_WIDGET = "application/vnd.jupyter.widget-view+json"
#: Progress bars show times, which no reader of the saved notebook needs.
_ENVIRONMENT = {"TQDM_DISABLE": "1"}
#: The kernel and language that every notebook names, whatever Python it was last run on.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class RunError(RuntimeError):
    """A notebook did not run to its end."""


def without_noise(notebook: Any) -> Any:
    """Strip, in place, what differs between machines and runs: times, versions, widget state."""
    if not isinstance(notebook, nbformat.NotebookNode):
        raise TypeError(
            f"`notebook` must be a NotebookNode; got {type(notebook).__name__}. "
            "Pass nbformat.read(path, as_version=4)."
        )
    notebook.metadata = nbformat.from_dict(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        for name in ("execution", "collapsed", "scrolled", "trusted", "lines_to_next_cell"):
            cell.metadata.pop(name, None)
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if not _is_bar(output)]
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            # The id of a widget that is gone with its kernel; its HTML version stays.
            output.get("data", {}).pop(_WIDGET, None)
    return notebook


def _is_bar(output: Any) -> bool:
    """Tell whether an output is a widget without a text version: a progress bar."""
    return set(output.get("data", {})) == {_WIDGET, "text/plain"}


def run_notebook(path: Path, *, allow_errors: bool = False, widgets: bool = False) -> Any:
    """Run a notebook in a fresh kernel, in its own folder. The file itself is not written.

    With `widgets`, the metadata of what is returned holds the state of its widgets.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    path = _arguments.path("path", path)
    notebook = read_notebook(path)
    running: dict[str, Any] = {}
    client = NotebookClient(
        notebook,
        timeout=_CELL_TIMEOUT_SECONDS,
        kernel_name="python3",
        allow_errors=allow_errors,
        force_raise_errors=not allow_errors,
        record_timing=False,
        coalesce_streams=True,  # otherwise it is chance whether two prints are one output or two
        store_widget_state=widgets,
        extra_arguments=["--log-level=ERROR"],  # it warns of what is as it should be
        resources={"metadata": {"path": str(path.parent)}},
        config=Config({"KernelManager": {"transport_encryption": "auto"}}),  # or it warns of TCP
        on_cell_start=lambda **cell: running.update(cell),
    )
    try:
        client.execute(env={**os.environ, **_ENVIRONMENT})
    except CellExecutionError as error:
        reason = f"raised {error.ename}: {textwrap.shorten(error.evalue, 200)}"
    except CellTimeoutError:
        reason = f"took more than {_CELL_TIMEOUT_SECONDS} s"
    except DeadKernelError:
        reason = "ended the kernel"
    else:
        return notebook
    raise RunError(
        f"{path} stopped at cell {running['cell_index'] + 1}, which {reason}. "
        "The file is as it was; open it in JupyterLab and run it from the top."
    )


def save_outputs(path: Path) -> None:
    """Run a solution and save it with its outputs. A failed run leaves the file as it was."""
    path = _arguments.path("path", path)
    notebook = without_noise(run_notebook(path))
    write_aside(path, nbformat.writes(notebook).rstrip("\n") + "\n")

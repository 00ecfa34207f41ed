"""Saving the solutions with their outputs, free of anything that differs from run to run."""

import os
from pathlib import Path
from typing import Any

import nbformat

_CELL_TIMEOUT_SECONDS = 600
#: The kernel and language that every notebook names, whatever Python it was last run on.
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def without_noise(notebook: Any) -> Any:
    """Strip what differs between machines and runs: times, versions, widget state.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Changed in place.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook.
    """
    notebook.metadata = nbformat.from_dict(_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        for name in ("execution", "collapsed", "scrolled", "trusted"):
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", []):
            output.get("metadata", {}).clear()
            # The id of a widget that is gone with its kernel; its HTML twin stays.
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return notebook


def run_notebook(path: Path, *, allow_errors: bool = False) -> Any:
    """Run a notebook in a fresh kernel, in its own folder.

    Parameters
    ----------
    path : Path
        The notebook. It is not written.
    allow_errors : bool, default False
        Whether to go on after a cell that raises.

    Returns
    -------
    nbformat.NotebookNode
        The notebook with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises and `allow_errors` is False.
    """
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=_CELL_TIMEOUT_SECONDS,
        kernel_name="python3",
        allow_errors=allow_errors,
        force_raise_errors=not allow_errors,
        record_timing=False,
        coalesce_streams=True,  # else two prints are one output or two, as chance has it
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return notebook


def save_outputs(path: Path) -> None:
    """Run a solution and save it with its outputs. A failed run leaves the file as it was.

    Parameters
    ----------
    path : Path
        ``solutions/<lesson>/<lesson>.ipynb``.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises.
    """
    notebook = without_noise(run_notebook(path))
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        aside.write_text(nbformat.writes(notebook).rstrip("\n") + "\n", encoding="utf-8")
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)

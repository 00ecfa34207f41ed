"""Which cell has to be run first, where a name is missing that a cell of the notebook defines.

An extension of IPython, which every kernel of the environment loads, because who begins in the
middle of a lesson has not even run its imports.
"""

import ast
import json
import os
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

#: Jupyter Server tells a kernel here which notebook it serves; nobody else does.
_NOTEBOOK = "JPY_SESSION_NAME"
_LONGEST_LINE = 60
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


def load_ipython_extension(shell: Any) -> None:
    """Say below a NameError which cell has to be run first."""
    shell.set_custom_exc((NameError,), _show)


def first_to_run(name: str, cells: Sequence[dict[str, Any]], current: str | None) -> str:
    """Say which cell defines a name.

    Parameters
    ----------
    name : str
        What is missing.
    cells : sequence of dict
        The notebook's, as in its file.
    current : str or None
        The id of the cell that asks for the name, if it is known. The nearest cell above it is
        named, or else the first one below it.

    Returns
    -------
    str
        Two sentences, or "" if no other cell defines the name.

    Examples
    --------
    >>> cells = [
    ...     {"id": "a", "cell_type": "markdown", "source": "## Load"},
    ...     {"id": "b", "cell_type": "code", "source": "import numpy as np"},
    ...     {"id": "c", "cell_type": "code", "source": "np.zeros(3)"},
    ... ]
    >>> print(first_to_run("np", cells, "c"))  # doctest: +NORMALIZE_WHITESPACE
    First run the cell under “Load” that begins with `import numpy as np`, because it defines `np`.
    The menu runs all cells above this one for you: Run → Run All Above Selected Cell.
    """
    ids = [cell.get("id") for cell in cells]
    here = ids.index(current) if current is not None and current in ids else len(cells)
    found = [
        i
        for i, cell in enumerate(cells)
        if i != here and cell["cell_type"] == "code" and name in _defined(_source(cell))
    ]
    if not found:
        return ""
    above = [i for i in found if i < here]
    place = above[-1] if above and here < len(cells) else found[0]
    under = _heading(cells[:place])
    first = (
        f"First run the cell {f'under “{under}” ' if under else ''}that begins with "
        f"`{_first_line(_source(cells[place]))}`, because it defines `{name}`."
    )
    menu = "The menu runs all cells above this one for you: Run → Run All Above Selected Cell."
    return f"{first}\n{menu}" if place < here else first


def _show(
    shell: Any,
    kind: type[NameError],
    error: NameError,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    """Show a traceback as IPython does, with a note below it."""
    if kind is NameError and _in_a_cell(shell, trace):
        cells, current = _cells(), _current(shell)
        for line in first_to_run(error.name or "", cells, current).splitlines():
            error.add_note(line)
    lines = shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset)
    shell._showtraceback(kind, error, lines)
    return lines


def _in_a_cell(shell: Any, trace: TracebackType) -> bool:
    """Tell whether the name is missing among those of the notebook, not in a library."""
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_globals is shell.user_ns


def _cells() -> list[dict[str, Any]]:
    """Read the notebook that this kernel serves, if there is one."""
    try:
        text = Path(os.environ[_NOTEBOOK]).read_text(encoding="utf-8")
        return [cell for cell in json.loads(text)["cells"] if {"cell_type", "source"} <= set(cell)]
    except (KeyError, OSError, ValueError, TypeError):
        return []


def _current(shell: Any) -> str | None:
    """Return the id of the cell that is running, which JupyterLab sends along with it."""
    message = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return message.get("metadata", {}).get("cellId")


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _heading(cells: Sequence[dict[str, Any]]) -> str:
    """Return the last heading in some cells."""
    texts = (_source(cell) for cell in cells if cell["cell_type"] == "markdown")
    headings = [heading for text in texts for heading in _HEADING.findall(text)]
    return headings[-1] if headings else ""


def _first_line(source: str) -> str:
    """Return the first line of code, shortened."""
    lines = [line.strip() for line in source.splitlines()]
    code = next(line for line in lines if line and not line.startswith(("#", "%")))
    return textwrap.shorten(code, _LONGEST_LINE, placeholder=" …")


def _defined(source: str) -> set[str]:
    """List the names that a cell defines for those below it, even if it is half written."""
    python = "\n".join(line for line in source.splitlines() if not line.startswith(("%", "!")))
    try:
        return set(_names(ast.parse(python)))
    except (SyntaxError, ValueError):
        halves = re.findall(r"^(?:def|class) +(\w+)|^(\w+) *=(?!=)", python, re.MULTILINE)
        return {made or given for made, given in halves}


def _names(node: ast.AST) -> Iterator[str]:
    """List the names that code gives a value, but for those that live inside it alone."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
            return
        case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            return
        case ast.alias():
            yield node.asname or node.name.partition(".")[0]
        case ast.Name(ctx=ast.Store()):
            yield node.id
    for child in ast.iter_child_nodes(node):
        yield from _names(child)

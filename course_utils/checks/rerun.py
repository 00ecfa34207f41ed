"""Whether a function is a leftover: its cell was changed, run again, and stopped before it.

A notebook keeps what an earlier run has defined. A check would then praise code that no longer
stands in the cell.
"""

import ast
import linecache
import sys
from collections.abc import Callable, Sequence
from typing import Any

#: Stands in place of the praise. It costs no marks: whoever grades runs each cell once.
LEFTOVER = (
    "The {name} of before does what it should, but its cell has been run again since, and stopped "
    "with an error. Mend that cell, run it, and then this one."
)


def is_leftover(function: Callable[..., Any], name: str, cells: Sequence[str]) -> bool:
    """Say whether a cell that should define a function was run after the one that did.

    Parameters
    ----------
    function : callable
        The learner's.
    name : str
        What the exercise calls it.
    cells : sequence of str
        The cells that were run, in this order.

    Returns
    -------
    bool
        False wherever it is not certain, as for a function that stands in a file.
    """
    code = getattr(function, "__code__", None)
    own = "".join(linecache.getlines(code.co_filename)).strip() if code else ""
    runs = [i for i, cell in enumerate(cells) if own and cell.strip() == own]
    return bool(runs) and any(_should_define(name, cell) for cell in cells[runs[-1] + 1 :])


def cells_that_were_run() -> Sequence[str]:
    """List the cells of this notebook, if this is one."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return list(shell.history_manager.input_hist_parsed) if shell else []


def _should_define(name: str, cell: str) -> bool:
    """Say whether a cell has the function's first line, be it Python as a whole or not yet."""
    try:
        return any(
            isinstance(part, ast.FunctionDef) and part.name == name for part in ast.parse(cell).body
        )
    except (SyntaxError, ValueError):
        return any(line.startswith(f"def {name}(") for line in cell.splitlines())

"""Merging a lesson's new edition with what an instructor has made of the old one."""

import copy
from argparse import Namespace
from dataclasses import dataclass
from typing import Any

#: nbdime's own way to say: decide what can be decided, and mark the rest as a conflict.
_DECIDE = Namespace(
    merge_strategy="mergetool",
    input_strategy=None,
    output_strategy=None,
    ignore_transients=True,
    log_level="ERROR",
)


@dataclass(frozen=True)
class Merged:
    """A lesson in which an instructor's changes and those of a new edition have met.

    Attributes
    ----------
    notebook : NotebookNode
    conflicts : tuple of str
        Ids of the cells that both have changed. In these the instructor's version stands.
    """

    notebook: Any
    conflicts: tuple[str, ...] = ()


def merge_lesson(base: Any, mine: Any, new: Any) -> Merged:
    """Merge two notebooks that come from one.

    Where only one of them differs from `base`, that change is made. Cells that both have added at
    the same place all come in, the instructor's own first.

    Parameters
    ----------
    base : NotebookNode
        The edition from which the instructor began.
    mine : NotebookNode
        What the instructor has made of it.
    new : NotebookNode
        The new edition.

    Returns
    -------
    Merged
    """
    try:
        import nbdime.log
        from nbdime.merging.notebooks import apply_decisions, decide_notebook_merge
    except ModuleNotFoundError:
        raise RuntimeError(
            "Merging your lessons with a new edition needs nbdime. `make teach` installs it; "
            "elsewhere, install the course with its extra `teach`."
        ) from None
    nbdime.log.init_logging(level="ERROR")  # else it tells what it merges
    # It compares cells by what they hold. Without outputs it takes milliseconds.
    base, mine, new = map(without_outputs, (base, mine, new))
    decisions = decide_notebook_merge(base, mine, new, args=_DECIDE)
    conflicts: list[str] = []
    for decision in decisions:
        if not decision.conflict:
            continue
        decision.conflict = False
        both = [*decision.local_diff, *decision.remote_diff]
        if decision.common_path == ("cells",) and all(op.op == "addrange" for op in both):
            decision.action = "local_then_remote"
        else:
            decision.action = "local"
            conflicts += _cells(base, decision.common_path, both)
    return Merged(apply_decisions(base, decisions), tuple(dict.fromkeys(conflicts)))


def without_outputs(notebook: Any) -> Any:
    """Copy a notebook without what its cells have put out."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _cells(base: Any, path: tuple[Any, ...], both: list[Any]) -> list[str]:
    """Name the cells that a decision is about: by its path, or by the places that it changes."""
    if not path or path[0] != "cells":
        return ["the notebook's metadata"]
    places = path[1:2] or sorted({op.key for op in both if op.key < len(base.cells)})
    return [base.cells[place].id for place in places]

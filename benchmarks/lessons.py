"""Where the lessons use which explorer, and what such a call needs to run."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager

from benchmarks.processes import ROOT
from benchmarks.report import BenchmarkError

_PREFIX = "explore_"


@dataclass(frozen=True)
class ExplorerCall:
    """An explorer as a lesson calls it."""

    notebook: Path
    function: str  # as in ``explore_patch``
    source: str  # the call itself, as in ``lesson.explore_patch(value=255)``
    setup: str  # the lesson's cells that the call needs, in their order


def lesson_notebooks(course: Path = ROOT) -> list[Path]:
    """Name the solutions, in the order of the lessons."""
    paths = sorted((course / "solutions").glob("*/*.ipynb"))
    if not paths:
        raise BenchmarkError("solutions/ holds no notebook. Is this the course's whole folder?")
    return paths


def explorer_calls(notebooks: Sequence[Path]) -> list[ExplorerCall]:
    """Find each explorer where the lessons first use it."""
    first: dict[str, ExplorerCall] = {}
    for path in notebooks:
        for call in _calls_in(path):
            first.setdefault(call.function, call)
    return list(first.values())


def course_modules(notebooks: Sequence[Path]) -> list[str]:
    """Name each module of the course that the lessons import, as in ``course_utils.plots``."""
    trees = [ast.parse(cell) for path in notebooks for cell in _code_cells(path)]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return sorted(name for name in names if name.startswith("course_utils."))


def _code_cells(path: Path, *, graded: bool = True) -> list[str]:
    """Read a notebook's code as plain Python: what is magic becomes a call."""
    plain = TransformerManager().transform_cell
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    if not graded:
        code = [cell for cell in code if not cell.metadata.get("nbgrader", {}).get("grade")]
    return [plain(cell.source) for cell in code]


def _calls_in(path: Path) -> Iterator[ExplorerCall]:
    # A graded cell looks for hidden cases, which are only inside the course's folder.
    cells = _code_cells(path, graded=False)
    for index, cell in enumerate(cells):
        for node in ast.walk(ast.parse(cell)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr.startswith(_PREFIX):
                source = ast.get_source_segment(cell, node) or ""
                setup = needed_cells(cells[: index + 1], source)
                yield ExplorerCall(path, node.func.attr, source, "\n".join(setup))


def needed_cells(cells: Sequence[str], expression: str) -> list[str]:
    """Keep the cells that give an expression its names, and those cells theirs.

    Whole lessons would train networks before an explorer that does not need them. A cell that only
    changes a value in place is not seen.
    """
    wanted, kept = _names(expression, ast.Load), []
    for cell in reversed(cells):
        if wanted & _names(cell, ast.Store):
            kept.append(cell)
            wanted |= _names(cell, ast.Load)
    return kept[::-1]


def _names(code: str, context: type[ast.expr_context]) -> set[str]:
    """Find the names that code reads (Load) or gives a value (Store)."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, context):
            found.add(node.id)
        elif context is ast.Store and isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif context is ast.Store and isinstance(node, ast.alias):
            found.add(node.asname or node.name.split(".")[0])
    return found

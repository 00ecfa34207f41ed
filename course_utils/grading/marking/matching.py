"""Finding the lesson's cells in a notebook that was handed in.

A cell is found by its id, else by nbgrader's ``grade_id``, else by what it holds: Jupyter gives new
ids to what is pasted, and old formats know none.
"""

import ast
import re
from bisect import insort
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from course_utils.grading.marking.reading import Cell

_WORD = re.compile(r"\w+")
#: Of a function whose arguments are names and nothing else.
_HEAD = re.compile(r"def \w+\(([\w, ]*)\):\s*(?:#.*)?")


class Matching:
    """The cells that were handed in, and those of the lesson that they were.

    Attributes
    ----------
    cells, given : sequence of Cell
        Those handed in, and the lesson's.
    exercises : mapping of str to int
        The place in the lesson of each exercise's cell, by the name that it defines.
    """

    def __init__(self, cells: Sequence[Cell], release: Any) -> None:
        self.cells = cells
        self.given = [_of_release(cell) for cell in release.cells]
        self.exercises = {
            name: at
            for at, cell in enumerate(self.given)
            if is_solution(cell) and not is_text(cell)
            for name in _defined(cell.source)
        }
        self._of: dict[int, int] = {}  # place: place in the lesson
        self._how: dict[int, str] = {}
        self._copies: dict[int, list[int]] = {}  # place in the lesson: places
        for how in ("id", "grade_id", "source"):
            known = {getattr(cell, how): at for at, cell in enumerate(self.given)}
            for place, cell in enumerate(cells):
                key = getattr(cell, how)
                if place not in self._of and key.strip() and key in known:
                    self._pair(place, known[key], how)
        self._find_definitions()
        self._find_texts()

    @property
    def n_found(self) -> int:
        """How many cells of the lesson were found."""
        return len(self._copies)

    def of(self, place: int) -> Cell | None:
        """Return the lesson's cell that one was, None if the student has added it."""
        return self.given[self._of[place]] if place in self._of else None

    def how(self, place: int) -> str:
        """Say how a cell was found: by "id", "grade_id", "source" or "place"."""
        return self._how[place]

    def copies(self, at: int) -> list[int]:
        """Say where a cell of the lesson stands, in order."""
        return self._copies.get(at, [])

    def copies_of(self, place: int) -> list[Cell]:
        """Return all copies of what a cell was."""
        return [self.cells[copy] for copy in self.copies(self._of[place])]

    def added(self) -> Iterator[Cell]:
        """Return what the student has added."""
        return (cell for place, cell in enumerate(self.cells) if place not in self._of)

    def is_answer(self, cell: Cell) -> bool:
        """Say whether a cell defines one of the exercises."""
        return any(defines(cell.source, name) for name in self.exercises)

    def _find_definitions(self) -> None:
        """Find what defines an exercise whose cell was not found: code before other cells."""
        for name, at in self.exercises.items():
            found = [
                place
                for place, cell in enumerate(self.cells)
                if place not in self._of and defines(cell.source, name)
            ]
            code = [place for place in found if self.cells[place].kind == "code"]
            if found and not self.copies(at):
                self._pair((code or found)[-1], at, "source")

    def _find_texts(self) -> None:
        """Find the text that stands where an answer in words should be."""
        for at, given in enumerate(self.given):
            if is_text(given) and not self.copies(at):
                for place in [place + 1 for place in self.copies(at - 1)[-1:]]:
                    last = place == len(self.cells)
                    if not last and place not in self._of and self.cells[place].kind != "code":
                        self._pair(place, at, "place")

    def _pair(self, place: int, at: int, how: str) -> None:
        self._of[place], self._how[place] = at, how
        insort(self._copies.setdefault(at, []), place)


def is_solution(cell: Cell) -> bool:
    """Say whether an answer belongs into a cell."""
    return bool(cell.marks.get("solution"))


def is_text(cell: Cell) -> bool:
    """Say whether the answer that belongs into a cell is in words."""
    return is_solution(cell) and cell.kind != "code"


def is_check(cell: Cell) -> bool:
    """Say whether a cell is a graded one, of which the instructor's own version runs."""
    return bool(cell.marks.get("grade")) and not is_solution(cell)


def is_as_given(cell: Cell, given: Cell) -> bool:
    """Say whether a cell is as it was handed out, but for remarks and blank lines."""
    return bare(cell.source) == bare(given.source)


def bare(source: str) -> list[str]:
    """Take remarks and blank lines away."""
    lines = (line.partition("#")[0].rstrip() for line in source.splitlines())
    return [line for line in lines if line]


# These read what a student wrote, and never by Python's own parser, which some texts bring down.
# They are bounded, so that no text takes them long.


def defines(source: str, name: str) -> bool:
    """Say whether a cell defines a function or class."""
    pattern = rf"^(?:async )?(?:def|class)[ \t]{{1,9}}{name}\b"
    return name in source and bool(re.search(pattern, source, re.MULTILINE))


def gives(source: str, name: str) -> bool:
    """Say whether a cell may give a name a meaning: it defines, assigns or imports it."""
    assigns = rf"\b{name}\b[^\n=(]{{0,80}}=(?!=)"
    imports = rf"import\b.{{0,200}}\b{name}\b"
    return name in source and (
        defines(source, name) or bool(re.search(f"{assigns}|{imports}", source))
    )


def words(source: str) -> set[str]:
    """Name what a cell may look up: all its words, but for an argument of all its functions.

    Where a cell is functions and nothing else, such a word means the argument wherever it stands.
    """
    found = set(_WORD.findall(source))
    lines = [line for line in source.splitlines() if line.strip() and line[0] not in " \t#"]
    heads = [_HEAD.fullmatch(line) for line in lines]
    if not heads or "class" in found:  # which may look past the function that it stands in
        return found
    arguments = [set(_WORD.findall(head[1])) if head else set() for head in heads]
    return found - set.intersection(*arguments)


def imports(cells: Sequence[Cell]) -> Mapping[str, frozenset[str]]:
    """Take what a lesson imports out of its cells, with the names that this gives."""
    return _imports(tuple(cell.source for cell in cells if cell.kind == "code"))


@cache
def _imports(sources: tuple[str, ...]) -> dict[str, frozenset[str]]:
    found = {}
    for source in sources:
        try:
            statements = ast.parse(source).body
        except SyntaxError:
            continue  # a magic of IPython's
        for statement in statements:
            if isinstance(statement, ast.Import | ast.ImportFrom):
                names = [alias.asname or alias.name for alias in statement.names]
                found[ast.unparse(statement)] = frozenset(name.partition(".")[0] for name in names)
    return found


@cache
def _defined(source: str) -> tuple[str, ...]:
    kinds = ast.FunctionDef | ast.ClassDef
    return tuple(part.name for part in ast.parse(source).body if isinstance(part, kinds))


def _of_release(cell: Any) -> Cell:
    marks, tags = cell.metadata.get("nbgrader", {}), cell.metadata.get("tags", [])
    return Cell(cell.cell_type, cell.source, cell.get("id", ""), marks, tags)

"""Reading the cells of a notebook that was handed in, whatever state it is in."""

import contextlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

_MOST_CELLS = 20_000
_LONGEST_SOURCE = 1 << 19
# A byte of these may take 60 in memory, a byte of a text at most four.
_MOST_STRUCTURE = 8 << 20
_TEXT_OR_SPACE = re.compile(r'"(?:[^"\\]++|\\.)*+"?|\s+', re.DOTALL)


class UnreadableError(ValueError):
    """What was handed in is no notebook; the message says why."""


@dataclass(frozen=True)
class Cell:
    """A cell, as far as grading looks at it.

    Attributes
    ----------
    kind : str
        ``"code"``, ``"markdown"`` or ``"raw"``.
    source : str
    id : str
        Empty in formats before 4.5.
    marks : mapping
        What nbgrader wrote into its metadata; empty if there is nothing.
    tags : sequence of str
    """

    kind: str
    source: str
    id: str = ""
    marks: Mapping[str, Any] = field(default_factory=dict)
    tags: Sequence[str] = ()

    @property
    def grade_id(self) -> str:
        """Nbgrader's name for the cell, if it has one."""
        return str(self.marks.get("grade_id", ""))


@dataclass(frozen=True)
class Notebook:
    """The cells of a notebook, and what was done to read them."""

    cells: Sequence[Cell]
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_notebook(content: bytes) -> Notebook:
    """Read the cells of a notebook of any format and encoding.

    Raises
    ------
    UnreadableError
        If it is none.
    """
    document, repairs = parse(content)
    if "worksheets" in document:
        repairs.append("It has an old format of notebooks, from before 2015, which was converted.")
    found = list(islice(cells_of(document), _MOST_CELLS + 1))
    cells = [_read_cell(cell) for cell in found[:_MOST_CELLS] if isinstance(cell, dict)]
    notes = []
    if len(found) > _MOST_CELLS:
        notes.append(f"It has more than {_MOST_CELLS:,} cells. Those after that were left aside.")
    if any(len(cell.source) > _LONGEST_SOURCE for cell in cells):
        cells = [cell for cell in cells if len(cell.source) <= _LONGEST_SOURCE]
        notes.append("A cell of more than half a million characters was left aside.")
    return Notebook(cells, tuple(repairs), tuple(notes))


def parse(content: bytes) -> tuple[dict[str, Any], list[str]]:
    """Read the JSON of a notebook in any encoding, and say what was odd about it.

    Raises
    ------
    UnreadableError
        If it is none.
    """
    text, repairs = _decode(content)
    return _parse(text), repairs


def _decode(content: bytes) -> tuple[str, list[str]]:
    if not content.strip():
        raise UnreadableError("The notebook is an empty file.")
    encoding: str = json.detect_encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        # Every byte means something in Latin-1, so that this cannot fail.
        text, encoding = content.decode("latin-1"), "latin-1"
        with contextlib.suppress(UnicodeDecodeError):
            text, encoding = content.decode("cp1252"), "windows-1252"
    if encoding == "utf-8":
        return text, []
    named = "UTF-8 with a mark in front" if encoding == "utf-8-sig" else encoding.upper()
    return text, [f"It is encoded as {named}, not as UTF-8."]


def _parse(text: str) -> dict[str, Any]:
    if len(text) > _MOST_STRUCTURE and _structure(text) > _MOST_STRUCTURE:
        raise UnreadableError("The notebook is too large to be read. Hand it in without outputs.")
    try:
        # Numbers stay text: nothing here calculates, and one of a million digits would stop it.
        document = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise UnreadableError(
            f"The notebook breaks off or is damaged in its line {error.lineno}. Open it in "
            "JupyterLab, save it and hand it in again."
        ) from None
    except (RecursionError, MemoryError, ValueError):
        raise UnreadableError("The notebook is nested too deep to be one.") from None
    if not isinstance(document, dict) or not {"cells", "worksheets"} & document.keys():
        raise UnreadableError("The file holds something else than a notebook.")
    return document


def _structure(text: str) -> int:
    """Count the characters that are neither inside quotes nor blank."""
    return len(text) - sum(match.end() - match.start() for match in _TEXT_OR_SPACE.finditer(text))


def cells_of(document: dict[str, Any]) -> Iterator[Any]:
    """Return the cells of a notebook, of those of before 2015, too."""
    parts = [document, *_list(document.get("worksheets"))]
    for part in parts:
        if isinstance(part, dict):
            yield from _list(part.get("cells"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _read_cell(cell: dict[str, Any]) -> Cell:
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    marks = metadata.get("nbgrader")
    source = cell.get("source", cell.get("input", ""))  # as code was called before 2015
    lines = [line for line in _list(source) if isinstance(line, str)]
    text = source if isinstance(source, str) else "".join(lines)
    identity = cell.get("id")
    return Cell(
        str(cell.get("cell_type")),
        text.encode("utf-8", "replace").decode(),  # half of a pair is no text that can be kept
        identity if isinstance(identity, str) else "",
        marks if isinstance(marks, dict) else {},
        [tag for tag in _list(metadata.get("tags")) if isinstance(tag, str)],
    )

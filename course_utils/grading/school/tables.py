"""Tables as text: reading what other systems write, changing single cells, writing our own."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from course_utils import _arguments
from course_utils._files import write_aside

_DELIMITERS = (",", ";", "\t")
_END = "\r\n"  # the writer quotes a cell that holds one of these two, and no other end of a line
_BYTE_ORDER_MARK = "\ufeff"
#: What stands among the students in Canvas' export without being one.
_NO_STUDENTS = ("Points Possible", "Student, Test")
_SAVE = "Save it as CSV in UTF-8, which spreadsheets offer beside plain CSV."


class Row(NamedTuple):
    """A row of a file."""

    line: int  # its first, counted from 1
    cells: list[str]
    raw: str  # with its quotes and the end of its last line


@dataclass(frozen=True)
class TextTable:
    """A table as it stands in a file: a header, then rows. Rows without any text are not listed."""

    path: Path
    delimiter: str
    header: list[str]
    rows: list[Row]
    raw: list[str]  # of every row, the empty ones and the header too

    def columns(self, *names: str) -> list[int]:
        """Find the columns with one of these names, whatever their capitals and spaces."""
        wanted = {simplified(name) for name in names}
        return [i for i, name in enumerate(self.header) if simplified(name) in wanted]

    def students(self) -> list[Row]:
        """List the rows without what Canvas writes among the students: points, its test student."""
        names, ids = self.columns("Student"), self.columns("ID", "SIS User ID", "SIS Login ID")
        if not names or not ids:
            return self.rows
        return [
            row
            for row in self.rows
            if (name := "".join(row.cells[names[0] :][:1]).strip()) not in _NO_STUDENTS
            and (name or any("".join(row.cells[i:][:1]).strip() for i in ids))
        ]

    def with_cells(self, changes: Mapping[int, Mapping[int, str]]) -> str:
        """Write the file anew with other cells, by line and column; all else stays, bit for bit."""
        new = {row.line: self._changed(row, changes.get(row.line, {})) for row in self.rows}
        line, written = 1, []
        for raw in self.raw:
            written.append(new.get(line, raw))
            line += len(list(io.StringIO(raw, newline="")))
        return "".join(written)

    def _changed(self, row: Row, cells: Mapping[int, str]) -> str:
        """Put new cells into a row without touching how the others are quoted."""
        if not cells:
            return row.raw
        body = row.raw.rstrip("\r\n")
        mark = re.escape(self.delimiter)
        pieces = re.findall(rf'(?:^|{mark})("(?:[^"]|"")*"|[^{mark}]*)', body)
        for column, text in cells.items():
            pieces[column] = _line([text], self.delimiter)
        return self.delimiter.join(pieces) + row.raw[len(body) :]


def simplified(name: str) -> str:
    """Reduce a column's name or a lesson's to its words: ``"E-Mail "`` is ``"e mail"``."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def read_table(path: Path) -> TextTable:
    """Read a table whose cells are divided by commas, semicolons or tabs, or say what is wrong."""
    path = _arguments.path("path", path)
    text = _read_text(path)
    delimiter = max(_DELIMITERS, key=lambda mark: _n_columns(text, mark, path))
    every = list(_rows(text, delimiter, path))
    filled = [row for row in every if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise ValueError(f"{path} must be a table with a header; it is empty. Export it again.")
    header, *rows = filled
    return TextTable(path, delimiter, header.cells, rows, [row.raw for row in every])


def _n_columns(text: str, delimiter: str, path: Path) -> int:
    """Count the cells of the first row, if this is what divides them."""
    try:
        return next((len(row.cells) for row in _rows(text, delimiter, path) if row.cells), 0)
    except ValueError:
        return 0


def _read_text(path: Path) -> str:
    """Read text in UTF-8. Another encoding is refused, because guessing would spoil names."""
    if path.is_dir():
        raise IsADirectoryError(f"{path} must be a CSV file; it is a folder. Name a file in it.")
    if not path.is_file():
        raise FileNotFoundError(f"{path} must be a CSV file; there is none. Check the spelling.")
    content = path.read_bytes()
    if content.startswith(b"PK"):
        raise ValueError(f"{path} must be a CSV file; it is a spreadsheet's own. {_SAVE}")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{path} must be text in UTF-8; line {line} is not. {_SAVE}") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ValueError(f"{path} must be text; line {line} holds a NUL. {_SAVE}")
    return text


def _rows(text: str, delimiter: str, path: Path) -> Iterator[Row]:
    """Read rows with what each looks like in the file."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for number, line in enumerate(io.StringIO(text, newline="")):
            taken.append(line)
            yield line.removeprefix(_BYTE_ORDER_MARK) if number == 0 else line

    reader, line = csv.reader(lines(), delimiter=delimiter, strict=True), 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ValueError(
                f"{path}, line {line}: {error}. Look for a quotation mark without its partner."
            ) from None
        if cells is None:
            return
        yield Row(line, cells, "".join(taken))
        taken.clear()
        line = reader.line_num + 1


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table of our own in one step. No cell of it is run by a spreadsheet."""
    lines = [_line([harmless(cell) for cell in row]) for row in (header, *rows)]
    write_aside(path, "".join(f"{line}\n" for line in lines))


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; a negative number stays a number."""
    runs = cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    return f"'{cell}" if runs and not re.fullmatch(r"-\d+(\.\d+)?", cell) else cell


def _line(cells: Sequence[str], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=_END).writerow(cells)
    return text.getvalue().removesuffix(_END)


def require_new(path: Path, read: Path | None = None) -> Path:
    """Require the name of a CSV file in a folder that exists, other than the file that was read."""
    path = _arguments.path("to", path)
    if path.suffix.lower() != ".csv":
        raise ValueError(f"`to` must end in .csv; got {path}. Name a new file, as in scores.csv.")
    if read is not None and path.resolve() == read.resolve():
        raise ValueError(f"`to` must be another file; got {path} itself. Your export stays as is.")
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"`to` must lie in an existing folder; got {path}. Make the folder first."
        )
    return path

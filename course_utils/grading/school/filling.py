"""The scores, filled into a table that Canvas or Moodle exported and takes back."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from course_utils._files import write_aside
from course_utils.grading.school.marks import ClassBook, Lesson, Student, read_class, several
from course_utils.grading.school.tables import (
    Row,
    TextTable,
    read_table,
    require_new,
    simplified,
)


class System(NamedTuple):
    """How a school's system writes its tables."""

    name: str
    #: The columns that may say who a row is about, each with what the gradebook knows of it.
    identities: tuple[tuple[str, Callable[[Student], str]], ...]
    #: What the header of a lesson's column looks like, with the lesson's name in a group.
    lesson: re.Pattern[str]


_id, _email, _number = attrgetter("id"), attrgetter("email"), attrgetter("lms_user_id")
_CANVAS = System(
    "Canvas",
    (
        *(("ID", _number), ("SIS Login ID", _id), ("SIS User ID", _id), ("Integration ID", _id)),
        *(("ID", _id), ("SIS Login ID", _email)),
    ),
    re.compile(r"(.*?)\s*\(\d+\)\s*"),
)
_MOODLE = System(
    "Moodle",
    (("ID number", _id), ("Username", _id), ("Email address", _email), ("Email address", _id)),
    # "Assignment: 01 Loading data (Real)". Percentages and letters are other columns.
    re.compile(r"(?:[^:]*:)?\s*(.*?)\s*(?:\((?!percentage|letter)[^()]*\))?\s*", re.IGNORECASE),
)
#: What Canvas writes for a student who need not hand in.
_EXCUSED = "EX"
#: The column of Moodle's worksheet, which is about a single lesson.
_WORKSHEET = "Grade"


@dataclass(frozen=True)
class Filling:
    """A table that has been filled in but not written.

    Attributes
    ----------
    source : path
        The file that was exported. It stays as it is.
    text : str
        What would be written: the same, but for the cells of scores.
    matched_by : str
        The column by which students were found.
    cells : list of (str, str, str, str)
        Each score that is filled in: student, lesson, what stood there, what stands there now.
    not_in_gradebook : list of str
        Whom the file names and the gradebook does not know.
    not_in_file : list of str
        Whom the gradebook knows and the file does not name.
    notes : list of str
        What else should be known, a sentence each.
    """

    source: Path
    text: str
    matched_by: str
    cells: list[tuple[str, str, str, str]]
    not_in_gradebook: list[str]
    not_in_file: list[str]
    notes: list[str]

    def write(self, to: Path | None = None) -> Path:
        """Write the table in one step.

        Parameters
        ----------
        to : path, optional
            A CSV file, which is replaced if it exists; by default one beside the export, whose
            name ends in ``-filled.csv``.

        Returns
        -------
        path
            Where it is.
        """
        path = self.source.with_name(f"{self.source.stem}-filled.csv") if to is None else to
        path = require_new(path, self.source)
        write_aside(path, self.text)
        return path


def fill_canvas(course: Path, export: Path, lessons: Sequence[str] | None = None) -> Filling:
    """Fill the scores into the gradebook that an instructor exported from Canvas.

    A lesson's column is the assignment of the same name, with the lesson's number or without, as
    in ``"01 Loading data (12345)"`` for ``01_loading_data``. Where nothing was handed in, the cell
    stays as it is. So does everything else in the file, bit for bit.

    Parameters
    ----------
    course : path
        The course's folder.
    export : path
        The CSV file from Canvas' gradebook.
    lessons : list of str, optional
        Some lessons' names; by default all that have a column.

    Returns
    -------
    Filling
        What would be written, and whom it does not reach.

    Raises
    ------
    GradebookError
        If the gradebook is missing, locked, or of another version of nbgrader's.
    OSError
        If there is no such file or course.
    ValueError
        If the file is not such an export, if a lesson has no column or several, or if nobody in
        it is in the gradebook.
    """
    book = read_class(course, lessons)
    table = read_table(export)
    if not table.columns("Student") or not table.columns("ID"):
        raise ValueError(
            f"{table.path} must be an export from Canvas, with the columns Student and ID; it has "
            f"{', '.join(table.header)}. Export the gradebook there, as CSV."
        )
    return _fill(_CANVAS, table, book, _lesson_columns(_CANVAS, table, book, lessons))


def fill_moodle(course: Path, export: Path, lessons: Sequence[str] | None = None) -> Filling:
    """Fill the scores into a table from Moodle: of its gradebook, or an assignment's worksheet.

    Students are found by ID number, user name or e-mail address. In an export of the gradebook, a
    lesson's column is the activity of the same name, with the lesson's number or without, as in
    ``"Assignment: 01 Loading data (Real)"``. A worksheet has one column, ``Grade``, so it needs
    the name of one lesson. Where nothing was handed in, the cell stays as it is.

    Parameters
    ----------
    course : path
        The course's folder.
    export : path
        The CSV file from Moodle.
    lessons : list of str, optional
        Some lessons' names; by default all that have a column.

    Returns
    -------
    Filling
        What would be written, and whom it does not reach.

    Raises
    ------
    GradebookError
        If the gradebook is missing, locked, or of another version of nbgrader's.
    OSError
        If there is no such file or course.
    ValueError
        If the file is not such a table, if a lesson has no column or several, or if nobody in it
        is in the gradebook.
    """
    book = read_class(course, lessons)
    table = read_table(export)
    if not table.columns(*(name for name, _ in _MOODLE.identities)):
        raise ValueError(
            f"{table.path} must be an export from Moodle, with a column ID number, Username or "
            f"Email address; it has {', '.join(table.header)}. Have Moodle export one of them."
        )
    worksheet = table.columns(_WORKSHEET)
    if not worksheet:
        return _fill(_MOODLE, table, book, _lesson_columns(_MOODLE, table, book, lessons))
    if not lessons or len(book.lessons) != 1:
        raise ValueError(
            f"{table.path} is about one assignment, and does not say which lesson that is. Name "
            "one with --lesson."
        )
    return _fill(_MOODLE, table, book, {book.lessons[0]: worksheet[0]})


def _lesson_columns(
    system: System, table: TextTable, book: ClassBook, asked: Sequence[str] | None
) -> dict[Lesson, int]:
    """Find each lesson's column. A lesson that was asked for must have one."""
    names = [
        simplified(match[1]) if (match := system.lesson.fullmatch(name)) else None
        for name in table.header
    ]
    found = {}
    for lesson in book.lessons:
        words = simplified(lesson.name)
        wanted = {words, re.sub(r"^\d+\w? ", "", words)}
        columns = [i for i, name in enumerate(names) if name in wanted]
        if len(columns) > 1:
            raise ValueError(
                f"{table.path} has several columns for {lesson.name}: "
                f"{', '.join(table.header[i] for i in columns)}. Rename or remove all but one."
            )
        if columns:
            found[lesson] = columns[0]
        elif asked:
            raise ValueError(
                f"{table.path} has no column for {lesson.name}. Make an assignment of this name "
                f"in {system.name}, and export again."
            )
    if not found:
        raise ValueError(
            f"{table.path} has no column for any lesson. Make assignments in {system.name} that "
            f"are named as the lessons are, such as {book.lessons[0].name}, and export again."
        )
    return found


def _fill(system: System, table: TextTable, book: ClassBook, columns: dict[Lesson, int]) -> Filling:
    """Fill in what students have earned."""
    matched_by, found, unknown = _match(system, table, book)
    changes: dict[int, dict[int, str]] = {}
    cells, notes = [], {}
    for row, student in found:
        for lesson, column in columns.items():
            greatest = _greatest(table, row, column)
            if (most := _number_in(greatest)) not in (None, lesson.max_score):
                notes["", lesson.name] = (
                    f"{lesson.name} gives up to {lesson.max_score:g} points, but {most:g} in "
                    f"{system.name}. The scores are not converted; set {lesson.max_score:g} there."
                )
            mark = book.marks.get((lesson.name, student.id))
            old = row.cells[column].strip()
            if old.upper() == _EXCUSED:
                notes[student.id, lesson.name] = (
                    f"{student.id} is excused from {lesson.name} in {system.name}, and stays so."
                )
            elif mark is not None and mark.score is not None:
                text = _written(mark.score, decimal="," if "," in greatest else ".")
                changes.setdefault(row.line, {})[column] = text
                cells.append((student.id, lesson.name, old, text))
    listed = {student.id for _, student in found}
    return Filling(
        table.path,
        table.with_cells(changes),
        matched_by,
        cells,
        unknown,
        [student.id for student in book.students if student.id not in listed],
        [*notes.values(), *_left_out(book, columns, listed)],
    )


def _match(
    system: System, table: TextTable, book: ClassBook
) -> tuple[str, list[tuple[Row, Student]], list[str]]:
    """Find each row's student, and say by which column, and whom the gradebook does not know."""
    name, column, known_as = _identity(system, table, book)
    by_key: dict[str, list[Student]] = {}
    for student in book.students:
        by_key.setdefault(_key(known_as(student)), []).append(student)
    lines: dict[str, int] = {}
    found, unknown = [], []
    for row in table.students():
        where = f"{table.path}, line {row.line}"
        if len(row.cells) != len(table.header):
            n_cells, n_columns = len(row.cells), len(table.header)
            raise ValueError(f"{where}: {n_cells} cells, but {n_columns} columns. Export it again.")
        shown, key = row.cells[column].strip(), _key(row.cells[column])
        if key and key in lines:
            raise ValueError(f"{where}: {shown} is in line {lines[key]} already. Remove one.")
        lines[key] = row.line
        if not key or key not in by_key:
            unknown.append(shown or f"line {row.line}")
        elif len(by_key[key]) > 1:
            ids = " and ".join(student.id for student in by_key[key])
            raise ValueError(f"{where}: {shown} may be {ids}. Correct one with `course roster`.")
        else:
            found.append((row, by_key[key][0]))
    return name, found, unknown


def _identity(
    system: System, table: TextTable, book: ClassBook
) -> tuple[str, int, Callable[[Student], str]]:
    """Choose the column that knows most students, for all rows: two could mix them up."""
    most, best = 0, None
    for name, known_as in system.identities:
        keys = {_key(known_as(student)) for student in book.students} - {""}
        for column in table.columns(name):
            rows = [row for row in table.students() if row.cells[column:]]
            count = sum(_key(row.cells[column]) in keys for row in rows)
            if count > most:
                most, best = count, (name, column, known_as)
    if best is None:
        raise ValueError(
            f"Nobody in {table.path} is in the gradebook. Take in the class with `course roster`, "
            f"from a table that has the ids of {system.name}."
        )
    return best


def _key(name: str) -> str:
    """Reduce a name to what is compared: neither capitals nor the way of writing accents count."""
    return unicodedata.normalize("NFC", name.strip()).casefold()


def _greatest(table: TextTable, row: Row, column: int) -> str:
    """Find the greatest score: Canvas' row "Points Possible", or beside a score of Moodle's."""
    above = [r for r in table.rows if r.cells[0].strip() == "Points Possible"]
    cells = [r.cells[column] for r in above if r.cells[column:]]
    cells += [row.cells[i] for i in table.columns("Maximum grade")]
    return cells[0].strip() if cells else ""


def _number_in(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _written(score: float, decimal: str) -> str:
    return f"{score:.4f}".rstrip("0").rstrip(".").replace(".", decimal)


def _left_out(book: ClassBook, columns: dict[Lesson, int], listed: set[str]) -> Iterator[str]:
    """Say which scores may change, and which there are not."""
    if without := [lesson.name for lesson in book.lessons if lesson not in columns]:
        yield f"Without a column: {', '.join(without)}."
    here = replace(
        book,
        students=[student for student in book.students if student.id in listed],
        lessons=list(columns),
    )
    if waiting := here.to_grade():
        yield f"Not marked yet by a person, so left as it was: {several(waiting)}."
    if unscored := here.without_score():
        yield f"Handed in but not graded, so left as it was: {several(unscored)}."
    if missing := here.missing():
        yield f"Not handed in, so left as it was: {several(missing)}."

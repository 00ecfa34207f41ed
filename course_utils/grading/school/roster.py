"""Taking in a class: the school's list of students, carried into nbgrader's gradebook."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from course_utils.grading.database import gradebook_path, make_gradebook, open_gradebook
from course_utils.grading.school.marks import Student, student_of
from course_utils.grading.school.tables import Row, TextTable, read_table

#: Where each thing stands, by the names of columns, the surest first. Canvas' own number is "ID",
#: so its other columns come before; Moodle has "Username", "ID number" and "Email address".
_COLUMNS = {
    "id": (
        *("student_id", "SIS Login ID", "SIS User ID", "username", "ID number", "idnumber"),
        *("id", "login", "login_id"),
    ),
    "first_name": ("first_name", "firstname", "given_name", "first"),
    "last_name": ("last_name", "lastname", "surname", "family_name", "last"),
    "name": ("name", "full_name", "student"),
    "email": ("email", "e-mail", "email_address", "mail"),
    "lms_user_id": ("lms_user_id",),
}
_LONGEST = 100
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class RosterChanges:
    """What a roster changes in the gradebook. Nothing is written yet.

    Attributes
    ----------
    course : path
        The course's folder.
    id_column : str
        The column that gave the ids.
    added, kept : list of Student
        Who is new, and who is as the roster says already.
    changed : list of (Student, Student)
        As they are, then as they will be.
    others : list of Student
        Who is in the gradebook but not in the roster. They stay.
    """

    course: Path
    id_column: str
    added: list[Student]
    changed: list[tuple[Student, Student]]
    kept: list[Student]
    others: list[Student]

    def write(self) -> None:
        """Carry all of it into the gradebook in one step. Without a gradebook, one is made."""
        students = [*self.added, *(new for _, new in self.changed)]
        exists = gradebook_path(self.course).exists()
        if not students and exists:
            return
        opened = open_gradebook(self.course, write=True) if exists else make_gradebook(self.course)
        with opened as gradebook:
            from nbgrader.api import Student as Stored

            for student in students:
                # nbgrader's own method would commit after each.
                gradebook.db.merge(Stored(**{k: v or None for k, v in vars(student).items()}))
            gradebook.db.commit()


def plan_roster(course: Path, roster: Path) -> RosterChanges:
    """Compare a roster with the gradebook.

    Parameters
    ----------
    course : path
        The course's folder.
    roster : path
        A CSV file in UTF-8, divided by commas, semicolons or tabs, with a header. Ids stand in a
        column ``student_id``, ``id`` or ``login``; names in ``first_name`` and ``last_name``, or
        together in ``name``; and ``email``. What Canvas and Moodle export is understood, too. Ids
        stay the text that they are. An empty cell changes nothing.

    Returns
    -------
    RosterChanges
        What would be added, changed and kept.

    Raises
    ------
    GradebookError
        If the gradebook is locked, or of another version of nbgrader's.
    OSError
        If there is no such file or course.
    ValueError
        If the roster is malformed, which names the line.
    """
    path = gradebook_path(course)
    table = read_table(roster)
    id_column, listed = _students(table)
    held: dict[str, Student] = {}
    if path.exists():
        with open_gradebook(course) as gradebook:
            held = {row.id: student_of(row) for row in gradebook.students}
    changes = RosterChanges(course, id_column, [], [], [], [])
    for student in listed:
        old = held.pop(student.id, None)
        new = student if old is None else _merged(old, student)
        if old is None:
            changes.added.append(new)
        elif new == old:
            changes.kept.append(old)
        else:
            changes.changed.append((old, new))
    changes.others.extend(held.values())
    return changes


def _merged(old: Student, new: Student) -> Student:
    """Take over what the roster says. Where it is silent, the gradebook is right."""
    return replace(old, **{name: value for name, value in vars(new).items() if value})


def _students(table: TextTable) -> tuple[str, list[Student]]:
    """Read the students, and say in which column the ids stood."""
    columns = {field: _column(table, field) for field in _COLUMNS}
    if columns["id"] is None:
        raise ValueError(
            f"{table.path} must have a column of ids, such as student_id, login or id; its columns "
            f"are {', '.join(table.header)}. Name one of them student_id."
        )
    if columns["lms_user_id"] is None and table.columns("SIS User ID", "SIS Login ID"):
        columns["lms_user_id"] = next(iter(table.columns("ID")), None)
    rows = table.students()
    problems = list(_problems(table, rows, columns["id"]))
    if problems:
        more = f" {len(problems) - 1} more lines are wrong." if problems[1:] else ""
        raise ValueError(f"{table.path}, {problems[0]}. Correct it there.{more}")
    if not rows:
        raise ValueError(f"{table.path} must list students; it holds only a header. Add a line.")
    return table.header[columns["id"]].strip(), [_student(row, columns) for row in rows]


def _column(table: TextTable, field: str) -> int | None:
    """Find the column of a field: the first of its names that the table has, and has once."""
    for name in _COLUMNS[field]:
        found = table.columns(name)
        if len(found) > 1:
            raise ValueError(
                f"{table.path} must have one column {name}; it has {len(found)}. Remove the others."
            )
        if found:
            return found[0]
    return None


def _problems(table: TextTable, rows: list[Row], column: int) -> Iterator[str]:
    """Say for each line that cannot be read what is wrong with it."""
    lines: dict[str, int] = {}
    for row in rows:
        if len(row.cells) != len(table.header):
            yield f"line {row.line}: it has {len(row.cells)} cells, the header {len(table.header)}"
            continue
        if any(unicodedata.category(c) == "Cc" and not c.isspace() for c in "".join(row.cells)):
            yield f"line {row.line}: it holds a control character"
            continue
        student = row.cells[column].strip()
        if fault := _fault(student):
            yield f"line {row.line}: the id {student!r} {fault}"
            continue
        # One folder on a disk that does not tell capitals apart.
        folder = unicodedata.normalize("NFC", student).casefold()
        if folder in lines:
            yield f"line {row.line}: the id {student!r} stands in line {lines[folder]} already"
        lines.setdefault(folder, row.line)


def _fault(student: str) -> str | None:
    """Say why an id cannot be the name of a folder, on any system, in which nbgrader looks."""
    if not student:
        return "is empty"
    if student.startswith("."):
        return "begins with a dot, which hides a folder"
    if student.endswith("."):
        return "ends in a dot, which Windows drops"
    if found := re.search(r'[/\\<>:"|?*\[\]\s]', student.replace(" ", "_")):
        return f"holds {found[0]!r}, which cannot stand in the name of a folder"
    if any(unicodedata.category(character).startswith("C") for character in student):
        return "holds an invisible character"
    if _RESERVED.fullmatch(student):
        return "is a name that Windows keeps for itself"
    if len(student.encode()) > _LONGEST:
        return f"is longer than {_LONGEST} bytes"
    return None


def _student(row: Row, columns: dict[str, int | None]) -> Student:
    """Take a student out of a row."""
    cell = {
        field: "" if column is None else " ".join(row.cells[column].split())
        for field, column in columns.items()
    }
    last, comma, first = (part.strip() for part in cell["name"].partition(","))
    if not comma:
        first, _, last = cell["name"].rpartition(" ")
    return Student(
        # Two spaces in an id are not one.
        row.cells[columns["id"] or 0].strip(),
        cell["first_name"] or first,
        cell["last_name"] or last,
        cell["email"],
        cell["lms_user_id"],
    )

"""How students are called in a report, and what of them may stand in it."""

import re
import secrets
from collections.abc import Collection, Mapping
from hashlib import sha256

from course_utils.grading.marking.autograded import clean
from course_utils.grading.marking.report.code import shortened, without_remarks
from course_utils.grading.school.marks import Student

_SHORTEST_NAME = 3  # shorter ones are words of programs, too
_THEIR_LINE = re.compile(r", in its line `.*?`(?=[.,]|$)", re.DOTALL)
_LEFT_OUT = "Left out: Python cannot read this code, so remarks could not be taken out of it."


class Names:
    """What a report calls its students, and which of their words it shows."""

    def of(self, student: str) -> str:
        """Call a student."""
        raise NotImplementedError

    def text(self, text: str) -> str:
        """Show a text in which a student's words may stand."""
        raise NotImplementedError

    def code(self, code: str) -> str:
        """Show a student's code."""
        raise NotImplementedError


class RealNames(Names):
    """Everybody by name, and everything as it was written."""

    def __init__(self, roster: Mapping[str, Student]) -> None:
        self._roster = roster

    def of(self, student: str) -> str:
        """Call a student by name, with the id by which marks are kept."""
        known = self._roster.get(student)
        return clean(f"{known.full_name} ({student})" if known and known.full_name else student)

    def text(self, text: str) -> str:
        """Show a text as it is."""
        return clean(text)

    def code(self, code: str) -> str:
        """Show code as it was written."""
        return clean(shortened(code))


class Pseudonyms(Names):
    """Numbers in an order that nobody can find out again, and nothing by which to tell a person.

    Parameters
    ----------
    students : collection of str
        All whom the report may name.
    roster : mapping of str to Student
        What else they are called.
    lessons : str
        The text of the lessons, whose words stay although they may be names.
    """

    def __init__(
        self, students: Collection[str], roster: Mapping[str, Student], lessons: str
    ) -> None:
        salt = secrets.token_bytes(16)
        order = sorted(students, key=lambda one: sha256(salt + one.encode()).digest())
        width = len(str(len(order)))
        self._called = {one: f"Student {at:0{width}}" for at, one in enumerate(order, 1)}
        common = set(re.findall(r"\w+", lessons))
        names = {
            form
            for student in students
            for name in _names(student, roster.get(student))
            for form in (name, name.lower(), name.capitalize())
            if len(form) >= _SHORTEST_NAME and form not in common
        }
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        found = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._names = re.compile(rf"(?<![^\W_])(?:{found})(?![^\W_])")

    def of(self, student: str) -> str:
        """Call a student by a number of this report's."""
        return self._called[student]

    def text(self, text: str) -> str:
        """Show a text without names, and without a line of the student's own."""
        return self._names.sub("…", clean(_THEIR_LINE.sub("", text)))

    def code(self, code: str) -> str:
        """Show code without remarks and names."""
        bare = without_remarks(code)
        return self._names.sub("…", clean(shortened(bare))) if bare is not None else _LEFT_OUT


def _names(student: str, known: Student | None) -> set[str]:
    """List the words by which a student could be told."""
    found = [student]
    if known:
        found += [known.first_name, known.last_name, known.email, known.lms_user_id]
    return {word for text in found for word in [text, *re.findall(r"[^\W_]+", text)] if word}

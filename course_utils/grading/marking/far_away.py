"""A lesson's own answers, asked in the sandbox in which students' answers are."""

import contextlib
from functools import partial

from course_utils.checks.check import Asker, Check
from course_utils.grading.marking.student import Function, Student
from course_utils.grading.marking.submissions import Script, Submission
from course_utils.grading.trial import Attempt, Lesson
from course_utils.sandbox.box import Box

_NAME_EACH = """
from pathlib import Path
from course_utils.grading.trial import list_answers

for place, answer in enumerate(list_answers(Path("answers.py"))):
    globals()[f"answer_{place}"] = answer
"""


class FarAway(contextlib.AbstractContextManager["FarAway"]):
    """The right and wrong answers of a lesson, in a sandbox.

    Parameters
    ----------
    lesson : Lesson
        Whose answers.
    box : Box
        Where they live.
    """

    def __init__(self, lesson: Lesson, box: Box) -> None:
        answers = [attempt.answer for attempt in lesson.attempts()]
        self._places = {id(answer): place for place, answer in enumerate(answers)}
        self._names = [f"answer_{place}" for place in self._places.values()]
        files = {"answers.py": lesson.answers.read_bytes()}
        self._student = Student(Submission(Script((_NAME_EACH,))), files, box)
        self._student.names("", self._names)

    def __exit__(self, *_: object) -> None:
        """Let go of the sandbox."""
        self._student.close()

    def asker(self, attempt: Attempt, check: Check) -> Asker:
        """Return how an answer is asked there."""
        name = self._names[self._places[id(attempt.answer)]]
        return partial(Function(self._student, name).asked_by, check)

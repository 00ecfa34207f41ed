"""Room in a small memory: idle lessons make way for the one that is open.

A kernel that has trained a network keeps about a gigabyte. Binder grants two, so going from lesson
to lesson, as the course asks, would end the whole session. Where less than 4 GB may be used, the
kernel of a lesson is therefore shut down once another lesson has been opened after it, or after a
long pause, and never while it runs. Its notebook, with all its outputs, stays open, and the page is
told, which saves it and tells the learner. Other kernels are left alone.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from tornado.ioloop import PeriodicCallback
from tornado.web import HTTPError

from course_utils._memory import usable_memory
from course_utils.predictions.questions import lesson_names

SMALL_MEMORY = 4 * 10**9
#: Told to the page, in the event of a lesson that was closed.
EVENT = "https://image-classification-course/lesson_closed"
_SCHEMA = {
    "$id": EVENT,
    "version": "1",
    "title": "A lesson's kernel was shut down to make room",
    "type": "object",
    "required": ["path", "message"],
    "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
}
_EVERY_MILLISECONDS = 2_000
#: Between two cells of Run All a kernel is idle for a moment, too.
_PAUSE = timedelta(seconds=3)
_LONG_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class OpenLesson:
    """A lesson whose kernel is alive.

    Attributes
    ----------
    session, path : str
        Jupyter's name of the session, and its notebook.
    is_idle : bool
        Whether the kernel runs nothing.
    last_active : datetime
        When it last did.
    """

    session: str
    path: str
    is_idle: bool
    last_active: datetime


class Room:
    """Looks every two seconds after the lessons that a server has open."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.opened: list[str] = []  # sessions of lessons, in the order of their opening

    def keep(self) -> bool:
        """Begin, where memory is small; tell whether it is."""
        if usable_memory() >= SMALL_MEMORY:
            return False
        self.server.event_logger.register_event_schema(_SCHEMA)
        PeriodicCallback(self.make, _EVERY_MILLISECONDS).start()
        return True

    @staticmethod
    def to_close(lessons: Sequence[OpenLesson], now: datetime) -> list[OpenLesson]:
        """Choose whose kernels go, among lessons in the order in which they were opened."""
        return [
            lesson
            for lesson in lessons
            if lesson.is_idle
            and now - lesson.last_active >= (_LONG_PAUSE if lesson is lessons[-1] else _PAUSE)
        ]

    async def make(self) -> None:
        """Shut down what has to go, and tell the page."""
        models = await self.server.session_manager.list_sessions()
        running = {model["id"]: model for model in models if _is_lesson(model["path"])}
        self.opened = [session for session in self.opened if session in running]
        self.opened += [session for session in running if session not in self.opened]
        lessons = [self._lesson(running[session]) for session in self.opened]
        for lesson in self.to_close(lessons, datetime.now().astimezone()):
            with suppress(HTTPError):  # it has just ended by itself
                await self.server.session_manager.delete_session(lesson.session)
            self._tell(lesson, others=lesson.session != self.opened[-1])

    @staticmethod
    def _lesson(model: dict[str, Any]) -> OpenLesson:
        kernel = model["kernel"]
        active = datetime.fromisoformat(kernel["last_activity"])
        return OpenLesson(model["id"], model["path"], kernel["execution_state"] == "idle", active)

    def _tell(self, lesson: OpenLesson, *, others: bool) -> None:
        title = PurePosixPath(lesson.path).stem.replace("_", " ")
        when = "to make room for the next lesson" if others else "after a long pause, to make room"
        message = (  # JupyterLab cuts what is longer than 140 letters
            f"{title} was stopped {when}, and is saved. To go on there, run its cells again."
        )
        data = {"path": lesson.path, "message": message}
        self.server.event_logger.emit(schema_id=EVENT, data=data)


def _is_lesson(path: str) -> bool:
    """Tell whether a notebook is one of this course's lessons, by its name and its folder's."""
    place = PurePosixPath(path)
    name = place.name.removesuffix(".ipynb")
    number, _, lesson = name.partition("_")
    return place.parent.name == name and number.isdigit() and lesson in lesson_names()

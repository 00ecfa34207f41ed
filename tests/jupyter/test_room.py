"""Whose kernel goes where memory is small: never one that runs, never another's."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from course_utils.jupyter import room
from course_utils.jupyter.room import SMALL_MEMORY, OpenLesson, Room

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ONE, TWO = (
    "01_loading_data/01_loading_data.ipynb",
    "notebooks/02_one_hot_encoding/02_one_hot_encoding.ipynb",
)


def lesson(name: str, *, idle: bool = True, minutes: float = 1) -> OpenLesson:
    return OpenLesson(name, f"{name}.ipynb", idle, NOW - timedelta(minutes=minutes))


def closed(*lessons: OpenLesson) -> list[str]:
    return [one.session for one in Room.to_close(lessons, NOW)]


def make(room: Room) -> None:
    """Make room, in a thread: a browser that another test has left open has this one's loop."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(asyncio.run, room.make()).result()


def test_the_lesson_before_goes_when_the_next_is_open() -> None:
    assert closed(lesson("one"), lesson("two")) == ["one"]


def test_a_lesson_that_runs_stays() -> None:
    assert closed(lesson("one", idle=False), lesson("two")) == []


def test_a_lesson_between_two_cells_of_run_all_stays() -> None:
    assert closed(lesson("one", minutes=1 / 60), lesson("two")) == []


def test_the_only_lesson_stays_until_a_long_pause() -> None:
    assert closed(lesson("one", minutes=29)) == []
    assert closed(lesson("one", minutes=31)) == ["one"]
    assert closed(lesson("one", idle=False, minutes=31)) == []


def test_without_lessons_nothing_goes() -> None:
    assert closed() == []


class Server:
    """As much of a Jupyter server as is looked after."""

    def __init__(self, *paths: str) -> None:
        self.session_manager = self.event_logger = self
        self.models = [self.model(path) for path in paths]
        self.told: list[str] = []

    @staticmethod
    def model(path: str) -> dict[str, Any]:
        kernel = {"execution_state": "idle", "last_activity": "2026-01-01T00:00:00Z"}
        return {"id": path, "path": path, "kernel": kernel}

    async def list_sessions(self) -> list[dict[str, Any]]:
        return self.models

    async def delete_session(self, session: str) -> None:
        self.models = [model for model in self.models if model["id"] != session]

    def emit(self, *, schema_id: str, data: dict[str, str]) -> None:
        self.told.append(f"{data['path']}: {data['message']}")

    def register_event_schema(self, schema: dict[str, Any]) -> None:
        self.schema = schema


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """One minute after all kernels were last active."""
    later = SimpleNamespace(
        now=lambda: NOW + timedelta(minutes=1), fromisoformat=datetime.fromisoformat
    )
    monkeypatch.setattr(room, "datetime", later)


@pytest.mark.usefixtures("now")
def test_what_is_no_lesson_of_the_course_is_left_alone() -> None:
    others = ["mine.ipynb", "01_loading_data/mine.ipynb", "01_other/01_other.ipynb"]
    server = Server(*others, ONE, TWO)
    make(Room(server))
    assert [model["path"] for model in server.models] == [*others, TWO]


@pytest.mark.usefixtures("now")
def test_the_order_is_that_of_opening() -> None:
    server = Server(TWO)
    kept = Room(server)
    make(kept)
    server.models.insert(0, Server.model(ONE))  # opened later, however the server lists it
    make(kept)
    assert [model["path"] for model in server.models] == [ONE]


@pytest.mark.usefixtures("now")
def test_the_page_is_told_in_so_many_letters_as_it_shows() -> None:
    server = Server("13_capstone/13_capstone.ipynb", "10_convolutional_networks/x.ipynb", ONE)
    make(Room(server))
    (told,) = server.told
    path, _, message = told.partition(": ")
    assert path == "13_capstone/13_capstone.ipynb"
    assert message.startswith("13 capstone was stopped")
    assert len(message) + len("convolutional networks") - len("capstone") <= 140


@pytest.mark.parametrize(("memory", "begins"), [(SMALL_MEMORY - 1, True), (SMALL_MEMORY, False)])
def test_it_begins_only_where_memory_is_small(
    memory: int, begins: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(room, "usable_memory", lambda: memory)
    monkeypatch.setattr(
        room,
        "PeriodicCallback",
        lambda call, every: SimpleNamespace(start=lambda: started.append(every)),
    )
    assert Room(Server()).keep() is begins
    assert bool(started) is begins

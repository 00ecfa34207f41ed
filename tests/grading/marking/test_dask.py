"""A class is graded by the workers of a Dask scheduler, of which one is killed on the way."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import COURSE, nbgrader, read
from distributed import KilledWorker
from graded_class import LESSON, hand_in, hand_in_bytes, make_course

from course_utils.grading.marking import grade
from course_utils.grading.marking.grade import GradingError, UnjudgedError, grade_lesson, machines
from course_utils.grading.marking.results import Result

SOLVED = {nbgrader(cell).get("grade_id"): cell.source for cell in read("solutions", LESSON).cells}
ROW, TABLE, VERDICT = "one_hot_row", "one_hot", "is_one_hot"
CLASS = {
    "solved": SOLVED,
    "untouched": {},
    "row only": {ROW: SOLVED[ROW]},
    "wrong dtype": {**SOLVED, TABLE: "def one_hot(labels, n):\n    return np.eye(n)[labels]"},
    "loops": {**SOLVED, ROW: "def one_hot_row(label, n):\n    while True:\n        return [1]"},
    "ends": {**SOLVED, VERDICT: "import os\ndef is_one_hot(table):\n    os._exit(1)"},
    "broken": {**SOLVED, VERDICT: "def is_one_hot(table:\n"},
}
_SECONDS = 120


class Cluster:
    """A scheduler on this machine, and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        about = folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(about))
        self.address = json.loads(when(lambda: about.exists() and about.read_text()))["address"]

    def _start(self, kind: str, *arguments: str) -> None:
        command = [sys.executable, "-m", "dask", kind, "--host", "127.0.0.1", "--no-dashboard"]
        with (self._folder / "log").open("ab") as log:
            self.processes.append(
                subprocess.Popen(
                    [*command, *arguments],
                    cwd=self._folder,
                    env={**os.environ, "PYTHONPATH": str(COURSE)},
                    stdout=log,
                    stderr=log,
                )
            )

    def add_workers(self, n: int) -> None:
        """Start workers without a nanny, who would start them again, and wait for them."""
        from distributed import Client

        for _ in range(n):
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny")
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(n, timeout=_SECONDS)

    def kill_a_worker(self) -> None:
        self.processes[-1].kill()

    def kill_all_workers(self) -> None:
        for process in self.processes[1:]:
            process.kill()

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


def when(found: Callable[[], Any]) -> Any:
    """Wait until something is there."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        if it := found():
            return it
        time.sleep(0.05)
    raise TimeoutError


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with a class of mixed quality."""
    course = make_course(tmp_path_factory.mktemp("far") / "course")
    for student, answers in CLASS.items():
        hand_in(course, student, answers)
    hand_in_bytes(course, "no notebook", b"{")
    return course


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler, at first without workers."""
    cluster = Cluster(tmp_path_factory.mktemp("dask"))
    yield cluster
    cluster.close()


def stop(*_: object) -> None:
    """Press Ctrl-C."""
    raise KeyboardInterrupt


@pytest.fixture(scope="module")
def far(course: Path, cluster: Cluster) -> dict[str, list[Any]]:
    """What came of the class: refused, stopped by Ctrl-C, gone on with while a worker dies."""
    found: dict[str, list[Any]] = {"refusals": [], "done at Ctrl-C": [], "told": []}

    def tell(result: Result, n_done: int, _: int) -> None:
        found["told"].append(result.student)
        if n_done == 2:
            cluster.kill_a_worker()

    with pytest.raises(GradingError) as refusal, machines(cluster.address):
        pass
    found["refusals"].append(str(refusal.value))
    cluster.add_workers(2)
    with contextlib.suppress(KeyboardInterrupt), machines(cluster.address) as executor:
        grade_lesson(course, LESSON, executor=executor, tell=stop)
    found["done at Ctrl-C"] = sorted(path.parent.name for path in course.glob("results/*/*/*.json"))
    with machines(cluster.address) as executor:
        found["graded"] = grade_lesson(course, LESSON, executor=executor, tell=tell)
    return found


@pytest.fixture(scope="module")
def here(course: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """What comes of the class on this machine alone."""
    copy = tmp_path_factory.mktemp("here") / "course"
    make_course(copy)
    (copy / "submitted").symlink_to(course / "submitted")
    (copy / "results").mkdir()
    (copy / "results" / "seed").write_bytes((course / "results" / "seed").read_bytes())
    with ThreadPoolExecutor(1) as executor:
        return [one.result for one in grade_lesson(copy, LESSON, executor=executor)]


def test_a_scheduler_without_workers_is_refused(far: dict[str, list[Any]]) -> None:
    assert "has no workers. Start some: dask worker tcp://127.0.0.1:" in far["refusals"][0]


def test_a_killed_worker_changes_no_result(far: dict[str, list[Any]], here: list[Result]) -> None:
    assert [one.result for one in far["graded"]] == here


def test_no_result_comes_twice(far: dict[str, list[Any]]) -> None:
    again = [one.result.student for one in far["graded"] if one.is_new]
    assert sorted(far["told"]) == sorted(again)


def test_what_was_judged_before_ctrl_c_is_kept(far: dict[str, list[Any]]) -> None:
    kept = [one.result.student for one in far["graded"] if not one.is_new]
    assert [name for name in far["done at Ctrl-C"] if name != ".reference"] == sorted(kept) != []


def test_workers_with_another_version_of_the_package_are_refused(
    far: dict[str, list[Any]], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade, "version", lambda: b"another")
    with (
        pytest.raises(GradingError, match="has another version of this course's package"),
        machines(cluster.address),
    ):
        pass


def test_a_scheduler_that_loses_all_workers_is_not_waited_for(
    far: dict[str, list[Any]], cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grade, "_LOOK_SECONDS", 0.1)
    monkeypatch.setattr(grade, "_ALONE_SECONDS", 0.5)

    def lose_all_workers() -> None:
        with machines(cluster.address) as executor:
            running = executor.submit(time.sleep, 30)
            cluster.kill_all_workers()
            next(as_completed([running], _SECONDS)).result()

    with pytest.raises(GradingError, match="has no workers any more. What is judged is kept"):
        lose_all_workers()


def test_a_lost_scheduler_is_told_in_a_sentence(
    far: dict[str, list[Any]], cluster: Cluster
) -> None:
    cluster.add_workers(1)

    def lose_the_scheduler() -> None:
        with machines(cluster.address) as executor:
            running = executor.submit(time.sleep, 30)
            cluster.processes[0].kill()
            running.result(_SECONDS)

    with pytest.raises(GradingError, match="was lost. What is judged is kept"):
        lose_the_scheduler()


@pytest.fixture
def silent() -> Iterator[str]:
    """An address at which somebody listens and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def test_a_silent_scheduler_is_refused(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "_SCHEDULER_SECONDS", 0.5)
    with (
        pytest.raises(GradingError, match=f"No Dask scheduler answers at {silent}"),
        machines(silent),
    ):
        pass


@pytest.mark.parametrize("address", ["nonsense://1", "tcp://127.0.0.1:99999", "127.0.0.1"])
def test_what_is_no_address_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "_SCHEDULER_SECONDS", 0.5)
    with pytest.raises(GradingError, match="No Dask scheduler answers at"), machines(address):
        pass


class Poisoned(Executor):
    """Workers of whom everyone dies of one submission."""

    def submit(self, function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        task = arguments[0]
        if task.student == "loops":
            future.set_exception(KilledWorker("judge_here", "tcp://127.0.0.1:1", 3))
        else:
            cells: tuple[Any, ...] = ()
            future.set_result(Result(LESSON, task.student, "graded", (), cells, "", task.key))
        return future


def test_a_submission_of_which_every_worker_dies_stops_no_other(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course")
    for student in ("first", "loops", "last"):
        hand_in(course, student)
    with pytest.raises(UnjudgedError, match="loops: every worker that judged it was lost") as told:
        grade_lesson(course, LESSON, executor=Poisoned())
    assert [one.result.student for one in told.value.graded] == ["first", "last"]

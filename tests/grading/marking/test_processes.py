"""Processes that judge: there are as many as pay, and none that was killed is waited for."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from course_utils.grading.marking import processes
from course_utils.grading.marking.processes import Processes

#: Says in which process it ran, after a moment in which another might have taken it.
WHERE = "__import__('time').sleep({}) or __import__('os').getpid()"


@pytest.fixture
def pool() -> Iterator[Processes]:
    """As many processes as pay."""
    with Processes() as pool:
        yield pool


def where(pool: Processes, n: int, seconds: float) -> set[int]:
    """Name the processes in which some tasks ran."""
    tasks = [pool.submit(eval, WHERE.format(seconds)) for _ in range(n)]
    return {task.result() for task in tasks}


def test_one_process_does_what_takes_less_than_to_start_another(pool: Processes) -> None:
    assert len(where(pool, 8, 0)) == 1


def test_another_one_joins_where_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_TIMES_A_START", 0.1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Processes() as pool:
        assert len(where(pool, 40, 0.1)) == 2


def test_there_are_as_many_as_were_asked_for() -> None:
    with Processes(3) as pool:
        assert len(where(pool, 30, 0.1)) == 3


def test_what_a_task_raises_is_its_own(pool: Processes) -> None:
    wrong, right = pool.submit(int, "wrong"), pool.submit(int, "7")
    assert right.result() == 7
    with pytest.raises(ValueError, match="wrong"):
        wrong.result()


def test_whatever_waits_for_a_process_that_was_killed_is_told(pool: Processes) -> None:
    tasks: list[Future[Any]] = [pool.submit(os._exit, 1), pool.submit(int, "7")]
    assert [type(task.exception()) for task in tasks] == [BrokenProcessPool] * 2


def test_nothing_more_is_given_to_those_of_which_one_was_killed(pool: Processes) -> None:
    pool.submit(os._exit, 1).exception()
    with pytest.raises(BrokenProcessPool):
        pool.submit(int, "7")


def test_one_that_is_killed_while_it_has_nothing_to_do_is_noticed(pool: Processes) -> None:
    pid = pool.submit(os.getpid).result()
    os.kill(pid, 9)
    time.sleep(0.5)
    with pytest.raises(BrokenProcessPool):
        pool.submit(int, "7").result()


def test_what_is_cancelled_is_left_out(pool: Processes) -> None:
    tasks = [pool.submit(eval, WHERE.format(0.2)), *(pool.submit(int, "7") for _ in range(2))]
    tasks[1].cancel()
    assert tasks[2].result() == 7
    assert tasks[1].cancelled()


def test_nothing_begins_once_they_are_let_go() -> None:
    with Processes(1) as pool:
        running, waiting = pool.submit(eval, WHERE.format(0.2)), pool.submit(int, "7")
    assert wait([running, waiting]).not_done == set()
    assert (running.cancelled(), waiting.cancelled()) == (False, True)


def test_nothing_stays_of_what_a_process_kept_that_was_killed() -> None:
    with Processes(1) as pool:
        kept = Path(pool.submit(tempfile.mkdtemp).result())
        assert kept.is_dir()
        pool.submit(os._exit, 1).exception()
    assert not kept.exists()


def test_nothing_stays_of_what_they_kept_where_the_grader_itself_was_killed() -> None:
    grader = (
        "import os, tempfile\n"
        "from course_utils.grading.marking.processes import Processes\n"
        "pool = Processes(1)\n"
        "kept = pool.submit(tempfile.mkdtemp).result()\n"
        "print(kept, os.path.isdir(kept), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", grader], capture_output=True, text=True)
    kept, was_there = run.stdout.split()
    assert was_there == "True"
    until = time.monotonic() + 30
    while Path(kept).parent.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(kept).parent.exists()

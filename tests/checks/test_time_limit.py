"""Whoever loops without an end is stopped and told so, and no timer is left behind."""

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from course_utils.checks import CheckError, check
from course_utils.checks.asking import ask
from course_utils.checks.check import Check
from course_utils.checks.time_limit import OutOfTimeError, time_limit

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="this system has no timer that interrupts"
)
SHORT = 0.05  # seconds


@pytest.fixture(autouse=True)
def timer() -> Iterator[None]:
    """Nothing of a test's own is left of the timer."""
    handler = signal.getsignal(signal.SIGALRM)
    yield
    left = signal.setitimer(signal.ITIMER_REAL, 0)
    assert (left, signal.signal(signal.SIGALRM, handler)) == ((0, 0), handler)


def loop(*_: Any) -> None:
    while True:
        pass


def test_a_loop_without_an_end_is_an_answer() -> None:
    answer = ask(loop, [1], seconds=SHORT)
    assert answer.error == "OutOfTimeError: no result after 0.05 seconds"
    assert answer.line in ("while True:", "pass")


def test_a_generator_that_never_gives_a_value_is_one_too() -> None:
    def look() -> Any:
        return (1 for _ in iter(int, 1) if False)

    assert ask(look, [], seconds=SHORT).error.startswith("OutOfTimeError")


def test_a_try_of_the_learners_own_does_not_keep_it_alive() -> None:
    def look() -> None:
        while True:
            with contextlib.suppress(Exception):
                loop()

    assert ask(look, [], seconds=SHORT).error.startswith("OutOfTimeError")


def test_a_call_in_time_knows_nothing_of_the_limit() -> None:
    assert ask(lambda: 1, [], seconds=60).returned == 1


def test_whoever_has_imported_a_module_gets_the_time_once_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look() -> int:
        monkeypatch.setitem(sys.modules, "a_large_library", sys)
        left, before = signal.getitimer(signal.ITIMER_REAL)[0], float("inf")
        while left <= before:
            left, before = signal.getitimer(signal.ITIMER_REAL)[0], left
        return 1

    assert ask(look, [], seconds=10 * SHORT).returned == 1


def test_a_later_alarm_of_somebody_else_still_rings() -> None:
    rung: list[int] = []
    handler = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    signal.setitimer(signal.ITIMER_REAL, 4 * SHORT)
    with contextlib.suppress(OutOfTimeError), time_limit(SHORT):
        loop()
    assert rung == []
    until = time.monotonic() + 60
    while not rung and time.monotonic() < until:
        time.sleep(SHORT)
    assert rung == [signal.SIGALRM]
    signal.signal(signal.SIGALRM, handler)


def test_an_earlier_alarm_of_somebody_else_goes_before_the_limit() -> None:
    class Earlier(Exception):  # noqa: N818
        pass

    def ring(*_: Any) -> None:
        raise Earlier

    handler = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, SHORT)
    with pytest.raises(Earlier), time_limit(60):
        loop()
    signal.signal(signal.SIGALRM, handler)


def test_outside_the_main_thread_there_is_no_limit() -> None:
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(ask(lambda: 1, [], seconds=SHORT)))
    thread.start()
    thread.join()
    assert answers[0].returned == 1


def test_a_check_asks_no_more_once_a_call_has_run_out_of_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(check, "_SECONDS", SHORT)
    calls: list[int] = []

    def wait(x: int) -> None:
        calls.append(x)
        loop()

    with pytest.raises(CheckError) as caught:
        Check("wait(x)", [(1, 1), (2, 2), (3, 3)])(wait)
    assert calls == [1]
    told = str(caught.value).splitlines()
    assert told[0] == "wait(x=1)"
    assert told[1].startswith("  was stopped: no result after 0.05 seconds, in its line")
    assert "Does a `while` wait" in told[2]

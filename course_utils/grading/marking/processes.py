"""Processes of this machine that judge: one at first, and more once they pay for their start."""

import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from statistics import mean
from typing import Any

_TIMES_A_START = 3  # that all which waits has to take before another process pays


class Processes(Executor):
    """Processes that are fresh, because TensorFlow does not survive a fork, and judge in turn.

    A process joins where it would save as many seconds as its start costs: where what waits would
    take all those that there are three times as long as a start. How long a start takes is how much
    longer the first task of a process took than the others, also where a machine is busy.

    Parameters
    ----------
    workers : int, optional
        Start so many at once. By default there are as many as pay, at most one a processor.
    """

    def __init__(self, workers: int | None = None) -> None:
        self._most = workers or os.cpu_count() or 1
        self._all_at_once = workers is not None
        self._lock = threading.RLock()
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._processes: list[ProcessPoolExecutor] = []
        self._idle: list[ProcessPoolExecutor] = []
        self._first_seconds: list[float] = []  # of the first task of each process, which starts it
        self._seconds: list[float] = []  # of each other task
        self._is_broken = False
        #: Where they keep what does not outlive them. Others must get through, but see nothing.
        self._folder = tempfile.mkdtemp(prefix="course-judges-")
        Path(self._folder).chmod(0o711)

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a function called by one of the processes.

        Raises
        ------
        BrokenProcessPool
            If one of them was ended from outside: make new ones.
        """
        future: Future[Any] = Future()
        with self._lock:
            if self._is_broken:
                raise BrokenProcessPool("A process was ended from outside.")
            self._waiting.append((future, partial(function, *arguments, **named)))
            if self._idle:
                self._go_on(self._idle.pop())
            elif self._pays():
                self._start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """End the processes, once each has finished what it does; nothing else begins."""
        self._let_go()
        for process in self._processes:
            if sys.version_info < (3, 11, 7) and getattr(process, "_broken", False):
                # These wait for ever to write to judges that have gone (Python's issue 94777).
                queue: Any = getattr(process, "_call_queue", None)
                if queue and not queue._reader.closed:
                    queue._reader.close()
            process.shutdown(wait, cancel_futures=cancel_futures)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _pays(self) -> bool:
        """Say whether one more process is worth its start."""
        n_processes, n_waiting = len(self._processes), len(self._waiting)
        if n_processes == self._most or not n_waiting:
            return False
        if not n_processes or self._all_at_once:
            return True
        if not self._seconds:
            return False
        seconds, start = mean(self._seconds), mean(self._first_seconds)
        return n_waiting * seconds / n_processes > _TIMES_A_START * (start - seconds)

    def _start(self) -> None:
        process = ProcessPoolExecutor(1, get_context("spawn"), _begin, (self._folder,))
        self._processes.append(process)
        self._go_on(process, is_new=True)

    def _go_on(self, process: ProcessPoolExecutor, *, is_new: bool = False) -> None:
        """Give a process the next task that is still wanted."""
        while self._waiting:
            future, call = self._waiting.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            begin = time.monotonic()
            try:
                given = process.submit(call)
            except BrokenProcessPool as error:  # it was ended while it had nothing to do
                future.set_exception(error)
                self._let_go(error)
            else:
                given.add_done_callback(partial(self._take, process, future, begin, is_new))
            return
        self._idle.append(process)

    def _take(
        self,
        process: ProcessPoolExecutor,
        future: Future[Any],
        begin: float,
        is_new: bool,
        done: Future[Any],
    ) -> None:
        """Pass on what came of a task, and go on with the next."""
        error = None if done.cancelled() else done.exception()
        with self._lock:
            if isinstance(error, BrokenProcessPool):
                self._let_go(error)
            elif not self._is_broken:
                measured = self._first_seconds if is_new else self._seconds
                measured.append(time.monotonic() - begin)
                self._go_on(process)
                if self._pays():
                    self._start()
        if error:
            future.set_exception(error)
        elif not done.cancelled():
            future.set_result(done.result())

    def _let_go(self, error: Exception | None = None) -> None:
        """Let go of all tasks that wait."""
        with self._lock:
            self._is_broken = True
            waiting = [future for future, _ in self._waiting]
            self._waiting.clear()
        for future in waiting:
            if not error:
                future.cancel()
            if future.set_running_or_notify_cancel():  # or whoever waits for it is told
                future.set_exception(error)


def _begin(folder: str) -> None:
    """Be a process that judges: end at once with Ctrl-C, and whenever the grader has gone."""
    tempfile.tempdir = folder  # which the grader removes, however this process ends
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_grader, args=(folder,), daemon=True).start()


def _end_with_the_grader(folder: str) -> None:
    if grader := parent_process():
        grader.join()
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

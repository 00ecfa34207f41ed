"""How long a check waits for a learner's function, where the platform lets us stop it."""

import contextlib
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

_AGAIN = 1.0  # seconds: `except:` in a loop would otherwise swallow the only alarm


class OutOfTimeError(BaseException):
    """A function has not returned in time. No Exception, or a learner's `try` would catch it."""


@contextlib.contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Stop what runs inside after some seconds, by an error.

    Whoever has imported a module meanwhile gets the time once more: a library may take as long to
    load, and would stay broken if it were loaded by half.

    There is no limit where the system has no timer that interrupts, as on Windows, outside the
    main thread, and where a timer that somebody else has set would ring first. One that rings
    later still does. A call of a library that does not come back to Python cannot be interrupted.

    Parameters
    ----------
    seconds : float or None
        None sets no limit.

    Raises
    ------
    OutOfTimeError
        Inside, when the time is over.
    """
    if seconds is None or not _can_interrupt(seconds):
        yield
        return
    is_over, n_modules = False, len(sys.modules)

    def stop(*_: Any) -> None:
        nonlocal n_modules
        if is_over:
            return
        if len(sys.modules) > n_modules:
            n_modules = len(sys.modules)
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            return
        raise OutOfTimeError(f"no result after {seconds:g} seconds")

    handler = signal.signal(signal.SIGALRM, stop)
    left, every = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    begun = time.monotonic()
    try:
        try:
            yield
        finally:
            is_over = True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:
            rest = max(left - (time.monotonic() - begun), 1e-3)
            signal.setitimer(signal.ITIMER_REAL, rest, every)


def _can_interrupt(seconds: float) -> bool:
    if not hasattr(signal, "setitimer"):
        return False
    if threading.current_thread() is not threading.main_thread():
        return False
    if signal.getsignal(signal.SIGALRM) is None:  # set by no Python, so nobody could put it back
        return False
    left = signal.getitimer(signal.ITIMER_REAL)[0]
    return not 0 < left <= seconds

"""The warm process: it loads the libraries once, then forks a child for each submission.

It runs as ``python -m course_utils.sandbox.warm``, inside the sandbox, and never runs what a
student wrote.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from typing import Any

from course_utils.sandbox import _libc, confine, keeper


def main(settings: dict[str, Any]) -> None:
    """Answer the judge's requests until the judge has gone."""
    control = socket.socket(fileno=settings["control"])
    place = keeper.Place(settings["kind"], settings["folder"], settings["readable"])
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    if place.kind != keeper.UNSAFE:
        if settings["root"]:
            confine.give_up_root(place.readable)
        else:
            _libc.keep_capabilities(0)
    if keeper.LINUX:
        _libc.prctl(_libc.PR_SET_DUMPABLE, 0)  # nobody traces it, reads it or opens its files
        _libc.prctl(_libc.PR_SET_CHILD_SUBREAPER, 1)
    Warm(place, control, settings["judge"]).answer()


class Warm:
    """The requests of one judge, answered in turn."""

    def __init__(self, place: keeper.Place, control: socket.socket, judge: int | None):
        self._place = place
        self._control = control
        self._judge = [] if judge is None else [judge]
        self._keepers: set[int] = set()
        # Its other end closes with this process, whatever ends it.
        self._alive, self._held = os.pipe()
        self._noticed = keeper.notice_children()

    def answer(self) -> None:
        """Answer until the judge closes the control socket or ends."""
        self._reply(pid=os.getpid())
        poll = select.poll()
        for descriptor in (self._control.fileno(), self._noticed, *self._judge):
            poll.register(descriptor, select.POLLIN | select.POLLHUP)
        while True:
            ready = [descriptor for descriptor, _ in poll.poll()]
            if self._noticed in ready:
                self._reap()
            if any(descriptor in ready for descriptor in self._judge):
                break
            if self._control.fileno() in ready and not self._take():
                break
        os.close(self._held)
        for child in self._keepers:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)
        if self._place.kind != keeper.NAMESPACES:
            keeper.remove(self._place.folder)  # the judge may be dead

    def _take(self) -> bool:
        """Answer one request; False if there will be no more."""
        line, descriptors = b"", []
        while not line.endswith(b"\n"):
            try:
                data, more, _, _ = socket.recv_fds(self._control, 1 << 16, 2)
            except OSError:
                return False
            if not data:
                return False
            line += data
            descriptors += more
        request = json.loads(line)
        if "load" in request:
            self._load(request["load"])
        else:
            self._fork(request, *(socket.socket(fileno=each) for each in descriptors))
        return True

    def _load(self, modules: list[str]) -> None:
        try:
            for name in modules:
                importlib.import_module(name)
        except Exception as error:
            self._reply(failed=f"{type(error).__name__}: {error}")
        else:
            gc.collect()
            gc.freeze()  # a child's collector would write to, and so copy, all that is shared
            self._reply(loaded=len(modules))

    def _fork(self, request: dict[str, Any], channel: socket.socket, leash: socket.socket) -> None:
        child = os.fork()
        if not child:
            try:
                self._control.close()
                os.close(self._held)
                keeper.keep(self._place, request, channel, leash, [self._alive, *self._judge])
            finally:
                os._exit(1)
        self._keepers.add(child)
        channel.close()
        leash.close()
        self._reply(forked=child)

    def _reap(self) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(self._noticed, 4096)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                self._keepers.discard(ended[0])
                if ended[1] and self._place.kind == keeper.LANDLOCK:
                    # A keeper was killed, and what it kept is now this process's.
                    keeper.end_descendants(os.getpid(), but=self._keepers)

    def _reply(self, **words: object) -> None:
        with contextlib.suppress(OSError):
            self._control.sendall(json.dumps(words).encode() + b"\n")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

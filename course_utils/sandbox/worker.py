"""What runs in the sandbox for a student: cells, then calls of the functions that they define.

It takes requests and sends replies, plain data both, until the other side lets go. A student's code
could change anything here, so nothing that it says is believed but as an answer.
"""

import contextlib
import importlib
import os
import pkgutil
import socket
import sys
from functools import cached_property, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from course_utils import checks
from course_utils.checks.asking import Answer, ask, plain
from course_utils.checks.check import Check
from course_utils.sandbox import networks
from course_utils.sandbox.wire import TIMES_WHAT_WAS_ASKED, Channel, WireError, every_described

_LONGEST_ERROR = 2000

for _found in pkgutil.walk_packages(checks.__path__, f"{checks.__name__}."):
    importlib.import_module(_found.name)  # once for all: a fork finds them loaded


class _Shell(InteractiveShell):
    """IPython without a screen."""

    def enable_gui(self, gui: Any = None) -> None:
        """Open no windows: there is nobody to look at them."""

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Write no traceback, which would take a second."""


class Worker:
    """A notebook's namespace, and the folder beside it."""

    def __init__(self) -> None:
        self._home = Path.cwd()
        self._module = ModuleType("__main__")
        sys.modules["__main__"] = self._module  # where a notebook's own classes say they live

    @cached_property
    def _shell(self) -> Any:
        """IPython, which also finds modules that lie beside the notebook.

        Only a process that runs a student's cells may do so: what a network brings along is
        written into a folder, too.
        """
        sys.path.insert(0, str(self._home))
        self._modules = dict(sys.modules)
        # No history: nobody reads it, and its thread is one more in a process that may fork.
        settings = Config(HistoryManager={"enabled": False})
        return _Shell.instance(user_module=self._module, config=settings)

    def write_files(self, files: dict[str, bytes]) -> None:
        """Write what was handed in beside the notebook."""
        for name, content in files.items():
            path = Path(name)
            with contextlib.suppress(OSError, ValueError):  # a name that this system does not take
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)

    def run(self, source: str) -> str:
        """Run a cell, and say with what error it stopped, if it did."""
        result = self._shell.run_cell(source, store_history=False, silent=True)
        for name, module in self._modules.items():  # a cell that clears all is no reason to fail
            sys.modules.setdefault(name, module)
        error = result.error_before_exec or result.error_in_exec
        if not error:
            return ""
        try:
            return f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
        except Exception:  # its text may be a student's own function
            return type(error).__name__

    def defined(self, names: list[str]) -> dict[str, Any]:
        """Tell what these names mean, those that mean something."""
        known = vars(self._module)
        return {name: plain(known[name]) for name in names if name in known}

    def ask(self, name: str, arguments: list[Any], check: str) -> dict[str, Any]:
        """Call a function as a check does, and pack what the check will have to describe."""
        found = _find(check) if check else None
        here = self._here()
        answer = ask(
            vars(self._module)[name],
            arguments,
            partial(networks.pack_call, here) if found and found.describe else None,
            found.prepare if found else None,
        )
        return _told(answer)

    def _here(self) -> Path:
        """Say where the notebook works: where a cell has gone to, if that is still there."""
        try:
            return Path.cwd()
        except OSError:
            os.chdir(self._home)
            return self._home

    def describe(self, call: Any, arguments: list[Any], check: str) -> dict[str, Any]:
        """Describe, where no student's code has run, what was packed where it has."""
        found = _find(check)

        def described(_: Any, *given: Any) -> Any:
            """Rebuild and describe: not as what is asked, of which each step is noted."""
            returned, networks_given = networks.unpack_call(call, list(given))
            return found.describe and found.describe(returned, *networks_given)

        return _told(ask(lambda *_: True, arguments, described, found.prepare))


def serve(end: socket.socket) -> None:
    """Answer requests until the other side closes."""
    channel, worker, process = Channel(end, every_described()), Worker(), os.getpid()
    with contextlib.suppress(WireError):
        while True:
            number, wanted, arguments, room = channel.receive()
            room += TIMES_WHAT_WAS_ASKED * channel.weight
            reply = getattr(worker, wanted)(*arguments)
            if os.getpid() != process:  # a cell has forked, and one process is to answer
                os._exit(0)
            try:
                channel.send((number, reply), room=room)
            except Exception as error:
                told = f"{type(error).__name__}: what it returned cannot be passed on ({error})"
                channel.send((number, _told(Answer(error=told))))


def _find(check: str) -> Check:
    topic, name = check.split(":")
    return getattr(importlib.import_module(f"course_utils.checks.{topic}"), name)


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "returned": answer.returned,
        "error": answer.error[:_LONGEST_ERROR],
        "line": answer.line[:_LONGEST_ERROR],
        "printed": answer.printed,
        "changed": answer.changed,
        "course_functions": answer.course_functions,
        "body": answer.body,
        "nearest": answer.nearest[:_LONGEST_ERROR],
        "stood_for": answer.stood_for,
    }

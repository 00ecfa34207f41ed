"""A student's functions, far away: in a sandbox, asked from here.

What ends the process there, or hangs, is left out, and the notebook runs again without it.
"""

import contextlib
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from course_utils.checks.asking import Answer, Described, Elsewhere, Foreign
from course_utils.checks.check import Check
from course_utils.checks.networks import UNKNOWN_PARTS
from course_utils.grading.marking.fingerprint import Fingerprint
from course_utils.grading.marking.matching import gives
from course_utils.grading.marking.results import Outcome
from course_utils.grading.marking.submissions import Script, Submission
from course_utils.sandbox import networks
from course_utils.sandbox.box import Box, Ending
from course_utils.sandbox.wire import (
    TIMES_WHAT_WAS_ASKED,
    Channel,
    DeadlineError,
    TooLargeError,
    WireError,
    every_described,
)

_CELL_SECONDS = 60.0
_CALL_SECONDS, _NETWORK_SECONDS = 10.0, 60.0
_SUBMISSION_SECONDS = 600.0  # for all that one submission does
_MOST_STARTS = 20  # of one submission: whatever ends the process is left out the next time
_ROOM = 256 << 20  # for all answers of a graded cell, which are kept until it is judged
_ALWAYS = 64 << 10  # beside that, so that what went wrong can be told
_LONGEST_MESSAGE = 2000
_LONGEST_NAME = 100
_SYNTAX = ("SyntaxError", "IndentationError", "TabError")


class Ended(Exception):  # noqa: N818  (not an error, but what came of a student's process)
    """The student's process is gone, or has sent what is no answer."""

    def __init__(self, outcome: Outcome, told: str) -> None:
        super().__init__(told)
        self.outcome = outcome


class Student(contextlib.AbstractContextManager["Student"]):
    """A student's notebook, running in a sandbox, and running again if something ended it."""

    def __init__(self, submission: Submission, files: Mapping[str, bytes], box: Box) -> None:
        self.submission, self._files, self._box = submission, files, box
        self._line: _Line | None = None
        self._rebuilder: _Rebuilder | None = None
        self._left_out: dict[int, Ended] = {}  # cells that ended the process, or hung
        self._ended: dict[str, Ended] = {}  # exercises that ended the process, or hung
        self._stopped: dict[int, str] = {}  # cells, with the error that stopped them
        self._starts = self._ran = self._target = 0
        self._until = time.monotonic() + _SUBMISSION_SECONDS
        self.runs_all = self.missed_a_name = False
        self.begin_cell()
        self.was_killed = False  # perhaps by the system, short of memory, or by a person
        self.notes: list[str] = []

    def __exit__(self, *_: object) -> None:
        """Let go of everything."""
        self.close()

    def begin_cell(self) -> None:
        """Begin a graded cell: nothing has been answered yet."""
        self.answers = Fingerprint()
        self._room = _ROOM

    def close(self) -> None:
        """Let go of the sandbox, and of the one in which networks were rebuilt."""
        self._let_go()
        if self._rebuilder:
            self._rebuilder.close()

    @property
    def script(self) -> Script:
        """The cells that run."""
        return self.submission.whole if self.runs_all else self.submission.needed

    def names(self, grade_id: str, used: Sequence[str]) -> dict[str, Any]:
        """Give a graded cell the names of the exercises that it uses, as they are where it stands.

        A student may well call a variable like an exercise further down.
        """
        for name in used:
            if name in self._ended:
                raise self._ended[name]
        self._target = max(self._target, self.script.stop(grade_id))
        self._go_on()
        defined = self._request("defined", (list(used),), _CALL_SECONDS)
        if not isinstance(defined, dict):
            raise self._how_it_ended(WireError("names that are none"), "The notebook")
        found = {name: value for name, value in defined.items() if name in used}
        for name in used:
            if name not in found:
                raise self._undefined(name)
            value = found[name]
            if isinstance(value, Foreign) and value.is_callable:
                found[name] = Function(self, name)
        return found

    def goes_on(self, cell: Any, used: Sequence[str]) -> bool:
        """Go on to the end, if what a graded cell uses gets another meaning after it."""
        if not self.script.changes(used, self.script.stop(cell.metadata.nbgrader.grade_id)):
            return False
        self._target = len(self.script.cells)
        for name in used:
            self._ended.pop(name, None)
        return True

    def run_all(self) -> None:
        """Run the whole notebook from now on: what the exercises need was not enough."""
        self.runs_all = True
        self._target = 0
        self._left_out.clear()
        self._let_go()

    def _undefined(self, name: str) -> Ended:
        """Say why an exercise has no meaning."""
        if name in self.submission.absent:
            return Ended(Outcome.MISSING, f"The notebook has no cell that defines {name}.")
        for place, ended in self._left_out.items():
            if gives(self.script.cells[place], name):
                return Ended(
                    ended.outcome, f"{name} is not defined, because its cell was left out. {ended}"
                )
        errors = [
            error for place, error in self._stopped.items() if gives(self.script.cells[place], name)
        ]
        # The cells before it cannot help where Python does not understand it.
        self.missed_a_name = not any(error.startswith(_SYNTAX) for error in errors)
        because = f": its cell stopped with {errors[-1]}" if errors else "."
        return Ended(Outcome.GRADED, f"{name} is not defined{because}")

    @property
    def outcome(self) -> Outcome:
        """What came of the cells that were left out: a repair, or worse."""
        if any(ended.outcome is Outcome.TAMPERED for ended in self._left_out.values()):
            return Outcome.TAMPERED
        return Outcome.REPAIRED if self._left_out else Outcome.GRADED

    def ask(self, name: str, arguments: Sequence[Any], check: Check | None) -> Answer:
        """Ask one of the student's functions."""
        self._go_on()
        place = _place(check) if check and (check.describe or check.prepare) else ""
        seconds = _NETWORK_SECONDS if place else _CALL_SECONDS
        try:
            answer = _answer(self._request("ask", (name, list(arguments), place), seconds, name))
        except Ended as ended:
            self._ended[name] = ended
            raise
        if answer.error.startswith(("NameError", "UnboundLocalError")):
            self.missed_a_name = True
        if answer.error.partition(":")[0].endswith("MemoryError"):
            raise Ended(Outcome.OUT_OF_MEMORY, f"{name} needed more memory than there is.")
        if not isinstance(answer.returned, networks.PackedCall):
            return answer
        if not place:
            raise Ended(Outcome.TAMPERED, f"{name} sent what is no answer.")
        return self._describe(answer, list(arguments), place)

    def _describe(self, answer: Answer, arguments: list[Any], check: str) -> Answer:
        """Have a network rebuilt and described in a sandbox where no student's code has run."""
        if objection := networks.objection(answer.returned):
            return replace(answer, returned=Foreign(UNKNOWN_PARTS, objection))
        if self._rebuilder is None:
            self._rebuilder = _Rebuilder(self._box)
        try:
            described = self._rebuilder.describe(answer.returned, arguments, check)
        except Ended as ended:
            self._rebuilder.close()
            self._rebuilder = None
            self.was_killed |= ended.outcome is Outcome.CRASHED
            raise
        return replace(answer, returned=described.returned, error=described.error)

    def _go_on(self) -> None:
        """Run the cells that are due. One that ends the process, or hangs, is left out then on."""
        cells = self.script.cells
        while self._line is None or self._ran < self._target:
            running = -1
            try:
                if self._line is None:
                    self._start()
                while self._ran < self._target:
                    if self._ran not in self._left_out:
                        running = self._ran
                        error = self._request("run", (cells[running],), _CELL_SECONDS, "It")
                        if error:
                            self._stopped[running] = str(error)[:_LONGEST_MESSAGE]
                    self._ran += 1
            except Ended as ended:
                if running < 0:
                    raise
                self._left_out[running] = ended
                told = cells[running].strip().partition("\n")[0][:60]
                self.notes.append(f"The cell that begins with {told!r} was left out. {ended}")

    def _start(self) -> None:
        """Open a process that has run nothing yet."""
        self._starts += 1
        if self._starts > _MOST_STARTS:
            raise Ended(Outcome.CRASHED, "The notebook ended its process again and again.")
        self._stopped.clear()
        self._ran = 0
        self._line = _Line(self._box, networks.PACKED)
        self._request("write_files", (dict(self._files),), _CELL_SECONDS)

    def _request(
        self,
        wanted: str,
        arguments: tuple[Any, ...],
        seconds: float,
        asked: str = "The notebook",
    ) -> Any:
        """Send a request, and wait for its reply, or say what became of that which was asked."""
        assert self._line
        if time.monotonic() > self._until:
            minutes = _SUBMISSION_SECONDS / 60
            raise Ended(Outcome.TIMED_OUT, f"The notebook took longer than {minutes:.0f} minutes.")
        try:
            reply = self._line.request(wanted, arguments, seconds, self._room)
        except DeadlineError:
            self._let_go()
            told = f"{asked} took longer than {seconds:.0f} seconds."
            raise Ended(Outcome.TIMED_OUT, told) from None
        except WireError as error:
            raise self._how_it_ended(error, asked) from None
        self._room -= self._line.taken
        if isinstance(reply, dict) and str(reply.get("error")).startswith(TooLargeError.__name__):
            megabytes = _ROOM >> 20
            told = f"{asked} returned too much: in all, {megabytes} MB may come back for a check."
            raise Ended(Outcome.GRADED, told)
        return reply

    def _how_it_ended(self, error: WireError, asked: str) -> Ended:
        ending = self._let_go()
        if not str(error).startswith("closed"):
            return Ended(Outcome.TAMPERED, f"{asked} sent what is no answer.")
        if ending and ending.signal == 9 and ending.why not in ("wall seconds", "memory", "files"):
            self.was_killed = True
        if ending and ending.signal == 24:  # SIGXCPU
            return Ended(Outcome.TIMED_OUT, f"{asked} took longer than a processor may.")
        return Ended(Outcome.CRASHED, f"{asked} ended its process.")

    def _let_go(self) -> Ending | None:
        line, self._line = self._line, None
        return line.close() if line else None


class Function(Elsewhere):
    """A student's function, in a sandbox."""

    def __init__(self, student: Student, name: str) -> None:
        self._student, self.__name__ = student, name

    def __call__(self, *arguments: Any) -> Any:
        """Call it as an instructor's own test does, which knows no check."""
        answer = self.asked_by(None, arguments)
        if answer.error:
            raise RuntimeError(answer.error)
        return answer.returned

    def asked_by(self, check: Check | None, arguments: Sequence[Any]) -> Answer:
        """Ask it there what the check asks here."""
        answer = self._student.ask(self.__name__, arguments, check)
        self._student.answers.add(answer)
        return answer


class _Rebuilder:
    """A sandbox in which networks are rebuilt and looked at, and no student's code runs."""

    def __init__(self, box: Box) -> None:
        self._line = _Line(box, every_described())

    def describe(self, call: networks.PackedCall, arguments: list[Any], check: str) -> Answer:
        try:
            told = self._line.request("describe", (call, arguments, check), _NETWORK_SECONDS, _ROOM)
            return _answer(told)
        except DeadlineError:
            why = "The network took too long to rebuild."
            raise Ended(Outcome.TIMED_OUT, why) from None
        except WireError:
            raise Ended(Outcome.CRASHED, "The network could not be rebuilt.") from None

    def close(self) -> None:
        self._line.close()


class _Line:
    """A line to a process in a sandbox, which answers one request after another.

    Parameters
    ----------
    box : Box
        In which the process is opened.
    kinds : mapping of str to type
        What may come from it beside plain data.
    """

    def __init__(self, box: Box, kinds: Mapping[str, type[Described]]) -> None:
        self._child = box.open()
        self._channel = Channel(self._child.socket, kinds)
        self._requests = 0
        self.taken = 0  # by the last reply, beyond what was asked accounts for

    def request(self, wanted: str, arguments: tuple[Any, ...], seconds: float, room: int) -> Any:
        """Send a request, and take the reply that bears its number."""
        self._requests += 1
        deadline = time.monotonic() + seconds
        self._channel.send((self._requests, wanted, arguments, room), deadline)
        accounted = TIMES_WHAT_WAS_ASKED * self._channel.weight + _ALWAYS
        reply = self._channel.receive(deadline, room + accounted)
        self.taken = max(0, self._channel.weight - accounted)
        if not (isinstance(reply, tuple) and len(reply) == 2 and reply[0] == self._requests):
            raise WireError("a reply to another request")
        return reply[1]

    def close(self) -> Ending:
        """End the process, and say how it had ended or was ended."""
        ending = self._child.end()
        self._channel.close()
        return ending


def _answer(told: Any) -> Answer:
    """Read an answer, and refuse what is none."""
    try:
        changed = tuple((int(place), now) for place, now in told["changed"])
        return Answer(
            told["returned"],
            str(told["error"])[:_LONGEST_MESSAGE],
            str(told["line"])[:_LONGEST_MESSAGE],
            bool(told["printed"]),
            changed,
            tuple(map(str, told["course_functions"])),
            str(told["body"])[:_LONGEST_NAME],
            str(told["nearest"])[:_LONGEST_NAME],
            tuple(
                (str(name)[:_LONGEST_NAME], str(kind)[:_LONGEST_NAME])
                for name, kind in told["stood_for"]
            ),
        )
    except (TypeError, KeyError, ValueError):
        raise WireError("an answer that is none") from None


def _place(check: Check) -> str:
    """Say where a check stands, so that it is found in another process."""
    prefix = "course_utils.checks."
    for module, content in list(sys.modules.items()):
        if module.startswith(prefix):
            for name, value in vars(content).items():
                if value is check:
                    return f"{module.removeprefix(prefix)}:{name}"
    raise LookupError(f"The check of {check.title} must have a name of its own in {prefix[:-1]}.")

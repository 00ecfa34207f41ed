"""The trusted side of the sandbox: it starts the warm process, and opens a child a submission."""

import contextlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Self

from course_utils.sandbox import confine, keeper, kinds

KINDS = (keeper.NAMESPACES, keeper.LANDLOCK, keeper.UNSAFE)

_WORKER = "from course_utils.sandbox.worker import serve\nserve(channel)\n"
_LOADING_SECONDS = 300  # TensorFlow from a cold disk
_ANSWER_SECONDS = 60  # a fork takes milliseconds


class NoSandboxError(RuntimeError):
    """No sandbox can be had here. The message names the remedy."""


class WarmProcessError(RuntimeError):
    """The warm process has ended, or could not start."""


class _RefusedError(RuntimeError):
    """The machine refuses this kind of sandbox; another may do."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    memory : int
        Bytes of addresses of each process, and of memory of all its processes together, beyond
        those of the loaded libraries.
    cpu_seconds : int
        Processor time of each process, after which signal 24 ends it.
    processes : int
        Processes and threads at once, of all submissions where they share one user.
    file_bytes : int
        Size of each file; all of them together have 64 MB in bubblewrap, elsewhere 128 MB.
    wall_seconds : float
        Time after which the whole submission is ended.
    """

    memory: int = 2 << 30
    cpu_seconds: int = 120
    processes: int = 192
    file_bytes: int = 64 << 20
    wall_seconds: float = 600.0


@dataclass(frozen=True)
class Ending:
    """How the first process of a submission ended.

    Attributes
    ----------
    code : int or None
        Its exit code, if it ended by itself.
    signal : int or None
        The signal that ended it.
    by_us : bool
        Whether the signal came from here, and not from a limit or from the submission.
    why : str
        Empty if it ended by itself; ``"let go"``, ``"wall seconds"``,
        ``"memory"`` or ``"files"`` if all processes together had too much; or what went
        wrong outside the submission.
    """

    code: int | None
    signal: int | None
    by_us: bool = False
    why: str = ""


class Child:
    """One submission's processes, which end with this object."""

    def __init__(self, channel: socket.socket, leash: socket.socket):
        self.socket = channel
        self._leash = leash
        self._ending: Ending | None = None

    def end(self) -> Ending:
        """End all its processes, and say how the first had ended or was ended.

        Returns
        -------
        Ending
            The same each time.

        Raises
        ------
        WarmProcessError
            If the processes do not end.
        """
        if self._ending is None:
            with contextlib.suppress(OSError):  # the other end has gone
                self._leash.shutdown(socket.SHUT_WR)
            self._ending = _ending(_read_all(self._leash))
            self._leash.close()
            self.socket.close()
        return self._ending

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def _read_all(end: socket.socket) -> bytes:
    end.settimeout(_ANSWER_SECONDS)
    data = b""
    try:
        while more := end.recv(1 << 16):
            data += more
    except TimeoutError:
        raise WarmProcessError("A submission's processes do not end. Start again.") from None
    except OSError:
        pass
    return data


def _ending(said: bytes) -> Ending:
    if not said:
        return Ending(None, int(signal.SIGKILL), why="its keeper was killed")
    words = json.loads(said)
    if "refused" in words:
        return Ending(None, None, why=f"it could not be confined ({words['refused']})")
    code = os.waitstatus_to_exitcode(words["status"])
    if code >= 0:
        return Ending(code, None, why=words["why"])
    return Ending(None, -code, by_us=bool(words["why"]), why=words["why"])


class Box:
    """A sandbox with its libraries loaded, in which submissions run one after another or at once.

    Parameters
    ----------
    kind : str, optional
        ``"bubblewrap"``, ``"landlock"`` or ``"unsafe"``, which confines nothing; by default the
        first of the first two that the machine can do.
    preload : sequence of str, optional
        Modules that each submission finds loaded.

    Attributes
    ----------
    kind : str
        The kind that it is.
    promise : str
        What it is and holds, in one line.
    pid : int
        The warm process's number.

    Raises
    ------
    NoSandboxError
        If the machine refuses, with the remedy, or if the sandbox failed to hold its own attacks.
    WarmProcessError
        If a module cannot be loaded.

    Examples
    --------
    >>> with Box(preload=["numpy"]) as box, box.open() as child:  # doctest: +SKIP
    ...     child.socket.sendall(b"...")
    """

    kind: str
    promise: str
    pid: int

    def __init__(self, kind: str | None = None, preload: Sequence[str] = ()):
        if kind not in (None, *KINDS):
            raise ValueError(f"A sandbox is one of {', '.join(KINDS)}, not {kind!r}.")
        if not hasattr(os, "fork"):
            raise NoSandboxError("Grading needs Linux: on Windows, run it in WSL 2.")
        refusals = []
        for each in [kind] if kind else [keeper.NAMESPACES, keeper.LANDLOCK]:
            try:
                self._start(each)
            except _RefusedError as refusal:
                if str(refusal) not in refusals:
                    refusals.append(str(refusal))
            else:
                self.promise = " ".join([self.promise, *refusals])
                break
        else:
            raise NoSandboxError(f"There is no sandbox for student code. {' '.join(refusals)}")
        try:
            self._load(preload)
        except BaseException:
            self.close()
            raise

    def open(self, limits: Limits = Limits()) -> Child:
        """Start the worker for one submission.

        Parameters
        ----------
        limits : Limits, optional
            What it may use.

        Returns
        -------
        Child
            Its socket leads to the worker.

        Raises
        ------
        WarmProcessError
            If the warm process has ended: make a new box.
        """
        return self.run(_WORKER, limits)

    def run(self, code: str, limits: Limits = Limits()) -> Child:
        """Run code of ours in the worker's place; ``channel`` is its end of the socket."""
        channel, its_channel = socket.socketpair()
        leash, its_leash = socket.socketpair()
        request = {"code": code, "limits": asdict(limits), "running": self._running()}
        try:
            with its_channel, its_leash:
                self._ask(request, [its_channel.fileno(), its_leash.fileno()])
        except WarmProcessError:
            channel.close()
            leash.close()
            raise
        return Child(channel, leash)

    def close(self) -> None:
        """End the warm process and all submissions that are still open."""
        self._control.close()
        try:
            self._process.wait(_ANSWER_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._process.wait()
        self._errors.close()
        for _ in range(100 if self._folder else 0):
            shutil.rmtree(str(self._folder), ignore_errors=True)
            if not Path(str(self._folder)).exists():
                break
            time.sleep(0.02)  # keepers whose warm process was killed are still at it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self, kind: str) -> None:
        """Start a warm process of this kind, and let it attack itself."""
        if kind != keeper.UNSAFE and (lack := kinds.lacking(kind)):
            raise _RefusedError(lack)
        self.kind, self.promise = kind, kinds.PROMISES[kind]
        self._folder = None if kinds.folder(kind) else _make_folder(kind)
        folder = self._folder or confine.SCRATCH
        self._control, its_control = socket.socketpair()
        if sys.platform == "linux":
            self._control.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        judge = os.pidfd_open(os.getpid()) if hasattr(os, "pidfd_open") else None
        settings = {
            "control": its_control.fileno(),
            "judge": judge,
            "kind": kind,
            "root": confine.is_root(),  # inside a new user namespace it could not tell
            "folder": folder,
            "readable": [*kinds.readable(), str(kinds.PACKAGE)],
        }
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the box)
        passed = [its_control.fileno(), *([] if judge is None else [judge])]
        self._process = subprocess.Popen(
            [*kinds.command(kind), json.dumps(settings)],
            env=kinds.environment(kind, folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            pass_fds=passed,
            start_new_session=True,  # Ctrl-C is the judge's, who then closes the box
        )
        its_control.close()
        if judge is not None:
            os.close(judge)
        self.pid = self._process.pid
        try:
            self._greet()
            if kind != keeper.UNSAFE:
                self._attack()
        except BaseException:
            self.close()
            raise

    def _greet(self) -> None:
        """Learn the warm process's number, here and in its namespace."""
        try:
            greeting, self.pid = _receive(self._control, self.pid, _ANSWER_SECONDS)
        except OSError as error:
            raise _RefusedError(self._why_not(str(error))) from None
        self._inner = greeting["pid"]

    def _attack(self) -> None:
        with tempfile.TemporaryDirectory(prefix="course-canary-") as folder:
            Path(folder).chmod(0o755)  # so that only the sandbox keeps it from being read
            canary = Path(folder, "canary")
            canary.write_text("Outside.\n")
            canary.chmod(0o666)
            processes = [self.pid, self._inner, os.getpid()]
            code = (
                "from course_utils.sandbox.attacks import serve\n"
                f"serve(channel, {str(canary)!r}, {processes!r})\n"
            )
            with self.run(code, Limits(wall_seconds=_ANSWER_SECONDS)) as child:
                said = _read_all(child.socket)
                ending = child.end()
        if not said:
            raise _RefusedError(self._why_not(ending.why or f"the first child ended: {ending}"))
        if won := json.loads(said):
            raise NoSandboxError(
                f"The sandbox ({self.kind}) does not hold: {'; '.join(won)} succeeded. "
                "Grade on another machine, and report this."
            )

    def _why_not(self, reason: str) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").strip().splitlines()
        reason = lines[-1] if lines else reason
        do = f" {kinds.remedy()}" if self.kind == keeper.NAMESPACES else ""
        return f"{self.kind.capitalize()} is refused ({reason.rstrip('.')}).{do}"

    def _load(self, modules: Sequence[str]) -> None:
        answer = self._ask({"load": list(modules)}, seconds=_LOADING_SECONDS)
        if "failed" in answer:
            raise WarmProcessError(
                f"The sandbox could not load its libraries: {answer['failed']}. Check that every "
                "user may read the Python environment."
            )

    def _ask(
        self, request: dict[str, Any], descriptors: Sequence[int] = (), seconds: float = 0
    ) -> dict[str, Any]:
        line = json.dumps(request).encode() + b"\n"
        try:
            sent = socket.send_fds(self._control, [line], descriptors)
            self._control.sendall(line[sent:])
            return _receive(self._control, self.pid, seconds or _ANSWER_SECONDS)[0]
        except OSError as error:
            raise WarmProcessError(
                f"The sandbox's warm process has ended ({error}). Make a new box."
            ) from None

    def _running(self) -> int:
        """Count what the limit on processes counts beside a submission's own."""
        if sys.platform != "linux":
            return 0
        release = tuple(int(part) for part in platform.release().split(".")[:2])
        if self.kind == keeper.NAMESPACES and release >= (5, 14):
            return 0  # a user namespace counts its own
        gives_up = confine.is_root() and self.kind != keeper.UNSAFE
        user = str(confine.NOBODY if gives_up else os.getuid())
        count = 0
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with contextlib.suppress(OSError):  # it has just ended
                    words = dict(
                        line.split(":\t", 1)
                        for line in (entry / "status").read_text().splitlines()
                        if line.startswith(("Uid:", "Threads:"))
                    )
                    count += int(words["Threads"]) if words["Uid"].split()[0] == user else 0
        return count


def _make_folder(kind: str) -> str:
    folder = tempfile.mkdtemp(prefix="course-sandbox-")
    if kind == keeper.LANDLOCK and confine.is_root():
        os.chown(folder, confine.NOBODY, confine.NOBODY)
    return folder


def _receive(control: socket.socket, pid: int, seconds: float) -> tuple[dict[str, Any], int]:
    """Receive one line from the warm process, and its number as this process sees it."""
    control.settimeout(seconds)
    line = b""
    while not line.endswith(b"\n"):
        data, extra, _, _ = control.recvmsg(1 << 16, socket.CMSG_SPACE(12))
        if not data:
            raise ConnectionError("it said nothing" if not line else "it broke off")
        line += data
        for _, _, credentials in extra:
            pid = int.from_bytes(credentials[:4], sys.byteorder)
    return json.loads(line), pid

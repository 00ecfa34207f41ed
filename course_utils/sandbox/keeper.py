"""The parent of a submission's process: it holds the leash, and leaves no descendant behind."""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import stat
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from course_utils.sandbox import _libc, confine

LINUX = hasattr(os, "pidfd_open")
NAMESPACES, LANDLOCK, UNSAFE = "bubblewrap", "landlock", "unsafe"

# The keeper and the namespace's first process, which the limit on processes counts too.
_OURS = 2
_LOOK_EVERY = 0.25  # seconds
_MOST_FILES = 20_000
# Twice what a file system would allow: no single file, however long, is a reason to end a
# submission in the middle of an answer.
_MOST_BYTES = 2 * confine.SCRATCH_BYTES
_ENVIRONMENT = {
    "HOME": "",
    "TMPDIR": "",
    "MPLCONFIGDIR": ".matplotlib",
    "IPYTHONDIR": ".ipython",
    "KERAS_HOME": ".keras",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
}


@dataclass(frozen=True)
class Place:
    """Where the warm process runs: the kind of its sandbox, its folder, and what may be read."""

    kind: str
    folder: str
    readable: list[str]


def folders(home: str) -> dict[str, str]:
    """Return the environment's variables that name a folder to write to."""
    return {name: str(Path(home, below)) for name, below in _ENVIRONMENT.items()}


def keep(
    place: Place,
    request: dict[str, Any],
    channel: socket.socket,
    leash: socket.socket,
    others: Iterable[int],
) -> NoReturn:
    """Fork the process that runs the request's code, and end when it or someone else has ended.

    ``others`` are descriptors that end with the judge or with the warm process. How the process
    ended is written to the leash.
    """
    noticed = notice_children()
    warm = os.getppid()
    try:
        folder = _begin(place)
    except OSError as error:
        _say(leash, refused=str(error))
    told, tell = os.pipe()
    first = os.fork()
    if not first:
        _become(place, folder, request, channel, tell)
    os.close(tell)
    channel.close()
    watched = None if place.kind == NAMESPACES else folder
    why = _watch(first, [leash.fileno(), *others], noticed, request["limits"], watched)
    status = _end(first, apart=place.kind == NAMESPACES)
    with os.fdopen(told, "rb") as report:
        words = json.loads(report.readline() or b"{}")
    if folder != confine.SCRATCH:
        remove(folder)
        if os.getppid() != warm:  # nor may its judge be there to remove the rest
            remove(place.folder)
    _say(leash, why=why, **{"status": status, **words})


def _begin(place: Place) -> str:
    """Prepare what the child inherits, and return its folder."""
    if LINUX:
        _libc.prctl(_libc.PR_SET_CHILD_SUBREAPER, 1)
    if place.kind == NAMESPACES:
        confine.enter_namespaces()
        return confine.SCRATCH
    return tempfile.mkdtemp(prefix="child-", dir=place.folder)


def notice_children() -> int:
    """Return a descriptor that can be read once a child has ended."""

    def nothing(number: int, frame: FrameType | None) -> None:
        """Be a handler, because without one nothing is noticed."""

    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, nothing)
    return read


def _become(
    place: Place, folder: str, request: dict[str, Any], channel: socket.socket, tell: int
) -> NoReturn:
    """Be the child: confine oneself, then run the code."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        if LINUX:
            _libc.prctl(_libc.PR_SET_PDEATHSIG, signal.SIGKILL)
        _close_all_but(channel.fileno(), tell)
        limits = request["limits"]
        if place.kind == NAMESPACES:
            confine.furnish()
            confine.limit(
                limits["memory"],
                limits["cpu_seconds"],
                limits["processes"] + _OURS,
                limits["file_bytes"],
            )
            first = os.fork()
            if first:
                _be_the_first(first, channel, tell)
            confine.show_only_oneself()
        else:
            confine.limit(
                limits["memory"],
                limits["cpu_seconds"],
                limits["processes"] + request["running"],
                limits["file_bytes"],
            )
        os.setsid()
        if LINUX:
            _libc.prctl(_libc.PR_SET_DUMPABLE, 1)  # or its own /proc/self is closed to it
        _settle(folder)
        if place.kind == NAMESPACES:
            confine.confine_by_namespaces()
        elif place.kind == LANDLOCK:
            confine.confine_by_landlock(place.readable, folder)
    except BaseException as error:
        os.write(tell, json.dumps({"refused": str(error)}).encode() + b"\n")
        os._exit(1)
    os.close(tell)
    try:
        exec(request["code"], {"channel": channel})
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(code & 0xFF)


def _be_the_first(child: int, channel: socket.socket, tell: int) -> NoReturn:
    """Be the first process of the namespace, which no signal from inside ends, and reap."""
    channel.close()
    confine.confine_by_namespaces()
    while True:
        ended, status = os.wait()
        if ended == child:
            # A line that the child has written itself comes first: it could not be confined.
            os.write(tell, json.dumps({"status": status}).encode() + b"\n")
            os._exit(0)


def _close_all_but(*kept: int) -> None:
    """Close what was inherited, and give the child silence to read from and write to."""
    silence = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(silence, standard)
    low = 3
    for descriptor in sorted(kept):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def _settle(folder: str) -> None:
    """Work in the child's own folder, and let libraries write there."""
    os.environ.update(folders(folder))
    tempfile.tempdir = None
    os.chdir(folder)
    with contextlib.suppress(OSError):  # short of memory, the kernel takes a student's first
        Path("/proc/self/oom_score_adj").write_text("1000")


def _watch(
    first: int, leashes: list[int], noticed: int, limits: dict[str, Any], folder: str | None
) -> str:
    """Wait until the child ends or must end, and say why; empty if it ended by itself.

    What the kernel limits for each process alone is looked at from time to time for all of them:
    their memory, and their files, if they write to a folder that no file system limits.
    """
    poll = select.poll()
    for descriptor in (*leashes, noticed):
        poll.register(descriptor, select.POLLIN | select.POLLHUP)
    until = time.monotonic() + limits["wall_seconds"]
    while True:
        left = max(0.0, until - time.monotonic())
        ready = poll.poll(1000 * min(left, _LOOK_EVERY))
        if os.waitid(os.P_PID, first, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return ""
        if any(descriptor != noticed for descriptor, _ in ready):
            return "let go"
        if ready:
            with contextlib.suppress(BlockingIOError):
                os.read(noticed, 4096)
        elif time.monotonic() >= until:
            return "wall seconds"
        processes = _descendants(os.getpid(), ())
        if _too_large(processes, limits["memory"]):
            return "memory"
        if folder and _too_full(folder, processes):
            return "files"


def _too_large(processes: list[int], limit: int) -> bool:
    """Say whether processes have more memory together than one may have."""
    inherited = _memory("self", "status", b"RssAnon:")
    most = sum(max(0, _memory(each, "status", b"RssAnon:") - inherited) for each in processes)
    if most <= limit:  # quick, and counts what a process shares with those that it forked
        return False
    return sum(_memory(each, "smaps_rollup", b"Pss:") for each in processes) > limit + inherited


def _memory(process: int | str, file: str, word: bytes) -> int:
    """Return a number of bytes from a file of /proc; 0 if the process has just ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}", file).read_bytes().splitlines():
            if line.startswith(word):
                return int(line.split()[1]) << 10
    return 0


def _too_full(folder: str, processes: list[int]) -> bool:
    """Say whether the files in a folder, and those removed but still open, are too many."""
    size = files = 0
    for path, below, names in os.walk(folder):
        files += len(below) + len(names)
        if files > _MOST_FILES:
            return True
        for name in names:
            with contextlib.suppress(OSError):
                size += Path(path, name).lstat().st_blocks * 512
    for process in processes:
        with contextlib.suppress(OSError):  # it has just ended
            for entry in Path(f"/proc/{process}/fd").iterdir():
                state = entry.stat()
                if stat.S_ISREG(state.st_mode) and not state.st_nlink:
                    size += state.st_blocks * 512
    return size > _MOST_BYTES


def _end(first: int, apart: bool) -> int:
    """End the child and all that it started, and return the status of the first."""
    if apart:  # its namespace ends with it
        os.kill(first, signal.SIGKILL)
        return os.waitpid(first, 0)[1]
    if not LINUX:  # there is no list of all processes to walk
        with contextlib.suppress(ProcessLookupError):
            os.killpg(first, signal.SIGKILL)
        return os.waitpid(first, 0)[1]
    statuses: dict[int, int] = {}
    end_descendants(os.getpid(), statuses)
    return statuses[first]


def end_descendants(
    of: int, statuses: dict[int, int] | None = None, but: Iterable[int] = ()
) -> None:
    """Kill all descendants of a process until there are none.

    They are stopped first, because a stopped process still counts towards the limit: those that
    fork as fast as they are killed cannot.
    """
    for rounds in range(1_000_000):
        found = _descendants(of, but)
        for number in found:
            with contextlib.suppress(ProcessLookupError):
                stop = rounds < 3 and len(found) > 1
                os.kill(number, signal.SIGSTOP if stop else signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while (ended := os.waitpid(-1, os.WNOHANG))[0]:
                if statuses is not None:
                    statuses[ended[0]] = ended[1]
        if not found:
            return
        if rounds > 3:
            time.sleep(0.001)


def _descendants(of: int, but: Iterable[int]) -> list[int]:
    """Return the processes that a process has started, and those that these have."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir() if LINUX else ():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):  # it has just ended
                # A process chooses its name, which stands before the last bracket, in any bytes.
                words = (entry / "stat").read_bytes().rpartition(b")")[2].split()
                children.setdefault(int(words[1]), []).append(int(entry.name))
    found, look = [], [child for child in children.get(of, []) if child not in but]
    while look:
        found += look
        look = [child for parent in look for child in children.get(parent, [])]
    return found


def remove(folder: str) -> None:
    """Remove a folder, also where the student has closed it."""
    for path, below, _ in os.walk(folder):
        for name in below:
            if not Path(path, name).is_symlink():
                Path(path, name).chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)


def _say(leash: socket.socket, **words: object) -> NoReturn:
    with contextlib.suppress(OSError):  # nobody listens any more
        leash.sendall(json.dumps(words).encode())
    os._exit(0)

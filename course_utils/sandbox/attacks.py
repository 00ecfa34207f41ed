"""What each new sandbox tries on itself, from where a student's code would run.

An attack succeeds by raising nothing. None may.
"""

import json
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import course_utils
from course_utils.sandbox import _libc, seccomp

_SEIZE = 0x4206  # of ptrace; unlike attaching it stops nobody
_NEW_USER = 0x10000000

Attack = Callable[[], object]


def serve(channel: socket.socket, canary: str, processes: list[int]) -> None:
    """Try all attacks, and send the names of those that succeeded."""
    won = [name for name, attack in _attacks(canary, processes) if _succeeds(attack)]
    channel.sendall(json.dumps(won).encode())


def _succeeds(attack: Attack) -> bool:
    try:
        attack()
    except OSError:
        return False
    return True


def _attacks(canary: str, processes: list[int]) -> Iterator[tuple[str, Attack]]:
    for family in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"):
        yield f"opening a socket ({family})", partial(_open_socket, family)
    yield "reading a file outside", Path(canary).read_bytes
    yield "listing a folder outside", partial(os.scandir, Path(canary).parent)
    yield "writing to a file outside", partial(_open_to_write, canary)
    yield "writing to Python's library", partial(_open_to_write, os.__file__)
    yield "writing to the course's package", partial(_open_to_write, course_utils.__file__)
    yield "closing a file outside", partial(_close, canary)
    for folder in _folders():
        yield f"making a file in {folder}", partial(_make_file, folder)
    # In a namespace of its own this process may have the number of one outside.
    strangers = [number for number in processes if number not in (os.getpid(), os.getppid())]
    for number in strangers:
        yield "signalling the warm process or the judge", partial(os.kill, number, 0)
        yield "limiting the warm process or the judge", partial(_limit, number)
        yield "tracing the warm process or the judge", partial(_trace, number)
        yield "reading the warm process's or the judge's memory", partial(_peek, number)
    yield "signalling its parent", _signal_parent
    yield "making a user namespace", partial(_libc.unshare, _NEW_USER)
    yield "making a user namespace by clone", _clone
    yield "mounting", _mount
    yield "seeing other processes", _see_processes


def _open_socket(family: str) -> None:
    socket.socket(getattr(socket, family), socket.SOCK_DGRAM).close()


def _open_to_write(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY))


def _close(path: str) -> None:
    os.chmod(path, 0)  # noqa: PTH101
    if os.stat(path).st_mode & 0o777:  # noqa: PTH116
        raise PermissionError


def _limit(process: int) -> None:
    resource.prlimit(process, resource.RLIMIT_CORE)


def _folders() -> Iterable[str]:
    package = str(Path(course_utils.__file__).parent)
    libraries = [path for path in sys.path if Path(path).is_dir()]
    everywhere = ("/", "/dev", "/etc", "/home", "/proc", "/run", "/usr", "/var/tmp", sys.prefix)
    return dict.fromkeys([*everywhere, *libraries, package])


def _make_file(folder: str) -> None:
    path = Path(folder, f".course-{os.getpid()}")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    path.unlink()


def _trace(process: int) -> None:
    _libc.syscall(seccomp.number("ptrace"), _SEIZE, process, 0, 0, what="ptrace")


def _peek(process: int) -> None:
    Path(f"/proc/{process}/mem").open("rb").close()


def _signal_parent() -> None:
    parent = os.getppid()
    if parent == 1:  # its namespace's own, which no signal from inside ends
        raise PermissionError
    os.kill(parent, 0)


def _mount() -> None:
    here = str(Path.cwd())
    _libc.mount("tmpfs", here, "tmpfs", 0)
    _libc.unmount(here)


def _clone() -> None:
    child = _libc.syscall(
        seccomp.number("clone"), _NEW_USER | signal.SIGCHLD, None, None, None, None, what="clone"
    )
    if not child:
        os._exit(0)
    os.waitpid(child, 0)


def _see_processes() -> None:
    seen = {int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal()}
    if not seen - {os.getpid()}:
        raise PermissionError

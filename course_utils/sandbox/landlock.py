"""Landlock: which files a process may open, where namespaces are refused."""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from course_utils.sandbox import _libc

NEEDED = 6  # the first that keeps signals and abstract sockets inside

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_FILES = (1 << 16) - 1  # every right to files and folders
_READ = 0b1101  # execute, read a file, list a folder
_OF_A_FILE = 0b1100_0000_0000_0111  # execute, write, read; truncate, control a device
_TCP = 0b11
_SCOPES = 0b11  # abstract sockets, signals


def version() -> int:
    """Return the version of Landlock that this kernel offers; 0 if there is none."""
    try:
        return _libc.syscall(_CREATE, None, 0, 1, what="Landlock")
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow this process, and all that it will start, these files and folders alone."""
    attributes = struct.pack("QQQ", _FILES, _TCP, _SCOPES)
    ruleset = _libc.syscall(_CREATE, attributes, len(attributes), 0, what="Landlock")
    for paths, rights in ((readable, _READ), (writable, _FILES)):
        for path in paths:
            _allow(ruleset, path, rights)
    _libc.prctl(_libc.PR_SET_NO_NEW_PRIVS, 1)
    _libc.syscall(_RESTRICT, ruleset, 0, what="Landlock")
    os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(os.fstat(place).st_mode):
        rights &= _OF_A_FILE
    rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, place))
    _libc.syscall(_ADD, ruleset, 1, rule, 0, what=f"Landlock's rule for {path}")
    os.close(place)

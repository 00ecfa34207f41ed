"""The system calls that Python has no function for."""

import ctypes
import os

_LIBC = ctypes.CDLL(None if os.name == "posix" else "msvcrt", use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38


def checked(result: int, what: str) -> int:
    """Raise what went wrong, named after what was tried."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), what)
    return result


def prctl(option: int, *arguments: int) -> None:
    """Change something about this process."""
    words = [ctypes.c_ulong(argument) for argument in (*arguments, 0, 0, 0, 0)[:4]]
    checked(_LIBC.prctl(option, *words), f"prctl {option}")


def syscall(number: int, *arguments: object, what: str) -> int:
    """Call the kernel by number: bytes are passed by address, None is no address."""
    passed = [
        ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments
    ]
    return checked(_LIBC.syscall(ctypes.c_long(number), *passed), what)


def unshare(flags: int) -> None:
    """Leave the namespaces that the flags name for new ones."""
    checked(_LIBC.unshare(ctypes.c_int(flags)), "a new namespace")


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount, or change a mount, as mount(2) does."""
    words = [text.encode() or None for text in (source, target, kind)]
    result = _LIBC.mount(*words, ctypes.c_ulong(flags), options.encode() or None)
    checked(result, f"mounting {target}")


def unmount(target: str) -> None:
    """Take off what was mounted last."""
    checked(_LIBC.umount(target.encode()), f"unmounting {target}")


def keep_capabilities(mask: int) -> None:
    """Give up all capabilities but those of the mask (the first 32)."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)(mask, mask)
    checked(_LIBC.capset(header, data), "giving up capabilities")

"""Which system calls a student's process may make: a filter that it can never take off.

What is refused is what can reach beyond the process, whatever files it may open: sockets, new
namespaces and mounts, tracing, keys, and memory that no limit counts. What fails looks as on an
old kernel or to a user without rights, so libraries carry on.
"""

import ctypes
import errno
import platform
import struct

from course_utils.sandbox import _libc

# Numbers on x86-64 and on ARM, which has no calls of the oldest kind.
_NUMBERS: dict[str, tuple[int, int | None]] = {
    # Namespaces and mounts, where a student would have all capabilities.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    # Other processes: their memory, their descriptors, their priority and their limits.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "process_mrelease": (448, 448),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "sched_setaffinity": (203, 122),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # The network. A pair of sockets between one's own processes is another call.
    "socket": (41, 198),
    # Memory that outlives a process, or that no limit counts.
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    # Large parts of the kernel that no exercise needs.
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    "personality": (135, 92),
    "modify_ldt": (154, None),
    "iopl": (172, None),
    "ioperm": (173, None),
    # The machine itself.
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "vhangup": (153, 58),
}

# What Landlock lets an owner do to every file: it does nothing, and says that it did.
_OWNERS: dict[str, tuple[int, int | None]] = {
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "chown": (92, None),
    "fchown": (93, 55),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
}

_CLONE = (56, 220)
_CLONE3 = 435
_PRLIMIT = (302, 261)
_LAST = 451  # younger calls are unknown here, so they do not exist
_NAMESPACES = 0x7E020000  # the flags of clone that make one

# struct seccomp_data: the number, the architecture, the instruction, then six arguments.
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


def known_here() -> bool:
    """Say whether the numbers of this machine's system calls are known."""
    return platform.machine() in _MACHINES


def number(name: str) -> int:
    """Return the number of a refused call on this machine."""
    pair = {"clone": _CLONE, **_NUMBERS}[name]
    number = pair[_MACHINES[platform.machine()][0]]
    if number is None:
        raise KeyError(name)
    return number


def _step(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("HBBI", code, then, otherwise, value)


def _program(machine: str, owners: bool) -> bytes:
    """Write the filter; ``owners`` also makes the calls of a file's owner do nothing."""
    column, architecture = _MACHINES[machine]

    def answer(numbers: dict[str, tuple[int, int | None]], error: int) -> list[bytes]:
        steps = []
        for pair in numbers.values():
            number = pair[column]
            if number is not None:
                steps += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _ERROR | error)]
        return steps

    def unless(number: int, test: int, value: int) -> list[bytes]:
        """Refuse a call if its first argument passes the test."""
        return [
            _step(_EQUAL, number, 0, 4),
            _step(_LOAD, _FIRST_ARGUMENT),
            _step(test, value, 0, 1),
            _step(_RETURN, _ERROR | errno.EPERM),
            _step(_RETURN, _ALLOW),
        ]

    return b"".join(
        [
            _step(_LOAD, _ARCHITECTURE),
            _step(_EQUAL, architecture, 1, 0),  # another has other numbers
            _step(_RETURN, _KILL),
            _step(_LOAD, _NUMBER),
            _step(_EQUAL, _CLONE3, 1, 0),  # its flags lie where a filter cannot look
            _step(_GREATER, _LAST, 0, 1),  # so do those of x86-64's second set of numbers
            _step(_RETURN, _ERROR | errno.ENOSYS),
            *answer(_NUMBERS, errno.EPERM),
            *(answer(_OWNERS, 0) if owners else []),
            *unless(_CLONE[column], _ANY_BIT, _NAMESPACES),
            *unless(_PRLIMIT[column], _GREATER, 0),  # the limits of another process
            _step(_RETURN, _ALLOW),
        ]
    )


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


def filter_calls(owners: bool) -> None:
    """Put the filter on this process and all that it will start."""
    steps = _program(platform.machine(), owners)
    buffer = ctypes.create_string_buffer(steps, len(steps))
    program = _Program(len(steps) // 8, ctypes.addressof(buffer))
    _libc.prctl(_libc.PR_SET_NO_NEW_PRIVS, 1)
    _libc.prctl(_libc.PR_SET_SECCOMP, 2, ctypes.addressof(program))

"""What a process gives up before it runs what a student wrote."""

import os
from pathlib import Path

from course_utils.sandbox import _libc, landlock, seccomp

SCRATCH = "/scratch"  # with bubblewrap; /tmp leads to it
SCRATCH_BYTES = 64 << 20
NOBODY = 65534

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_PROCESSES = 0x20000, 0x8000000, 0x10000000, 0x20000000
_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_PROGRAMS, _REMOUNT, _BIND, _MOVE, _PRIVATE, _ALL_BELOW = (
    1, 2, 4, 8, 0x20, 0x1000, 0x2000, 1 << 18, 0x4000,
)  # fmt: skip
_CAN_READ_ALL = 1 << 2  # CAP_DAC_READ_SEARCH
_CAPABILITIES = 64  # more than there are

# What libraries look up there; without `self`, TensorFlow beside scikit-learn crashes.
_PROC = ("cpuinfo", "meminfo", "stat", "self")
# Beside the libraries, under Landlock.
_PROC_AND_DEVICES = (
    "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu",
    "/dev/urandom", "/dev/random", "/dev/zero",
)  # fmt: skip


def is_root() -> bool:
    """Say whether this is the machine's root, and not a user whom a container calls root."""
    if os.getuid() != 0:
        return False
    known = Path("/proc/self/uid_map")
    return not known.exists() or known.read_text().split()[1] == "0"


def give_up_root(readable: list[str]) -> None:
    """Become nobody: no limit on processes binds root.

    Where nobody may not read the libraries (they lie in root's home), this one capability stays.
    Landlock then still decides what may be read.
    """
    _libc.prctl(_libc.PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    enough = all(os.access(path, os.R_OK) for path in readable)
    _libc.keep_capabilities(0 if enough else _CAN_READ_ALL)


def enter_namespaces() -> None:
    """Leave for namespaces of one's own; of processes, only what is forked next is in them."""
    user, group = os.getuid(), os.getgid()
    _libc.prctl(_libc.PR_SET_DUMPABLE, 1)  # else the files below are root's
    _libc.unshare(_NEW_USER | _NEW_PROCESSES | _NEW_IPC)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    _libc.prctl(_libc.PR_SET_DUMPABLE, 0)


def furnish() -> None:
    """Mount a small /tmp, and /dev/shm in it, that nobody else sees."""
    plain = _NO_SUID | _NO_DEVICES
    _libc.unshare(_NEW_MOUNTS)  # only now: the keeper goes on to see all of /proc
    _libc.mount("", "/", "", _PRIVATE | _ALL_BELOW)
    _libc.mount("tmpfs", SCRATCH, "tmpfs", plain, f"size={SCRATCH_BYTES},nr_inodes=20000,mode=0700")
    shared = f"{SCRATCH}/.shm"
    Path(shared).mkdir()
    _libc.mount(shared, "/dev/shm", "", _BIND)


def show_only_oneself() -> None:
    """Put in the place of /proc a folder with this process and what the machine is."""
    aside = Path(SCRATCH, ".proc")
    aside.mkdir()
    flags = _NO_SUID | _NO_DEVICES | _NO_PROGRAMS
    _libc.mount("tmpfs", str(aside), "tmpfs", flags, "size=64k,mode=0755")
    for name in _PROC:
        place = aside / name
        if name == "self":
            place.mkdir()
        else:
            place.touch()
        _libc.mount(f"/proc/{name}", str(place), "", _BIND)
    _libc.mount(str(aside), "/proc", "", _MOVE)
    _libc.mount("", "/proc", "", _REMOUNT | _BIND | _READ_ONLY | flags)
    aside.rmdir()


def give_up_capabilities() -> None:
    """Give up what a new user namespace gives, now and for every program started."""
    for capability in range(_CAPABILITIES):
        try:
            _libc.prctl(_libc.PR_CAPBSET_DROP, capability)
        except OSError:
            break
    _libc.keep_capabilities(0)


def limit(memory: int, cpu_seconds: int, processes: int, file_bytes: int) -> None:
    """Limit what one process may use, and how many there may be; ``memory`` is beyond today's."""
    import resource  # Windows, where this module is only read, has none

    limits = {
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_FSIZE: (file_bytes, file_bytes),
        resource.RLIMIT_NOFILE: (1024, 1024),
        # The signal at the first can be told from a kill; a program that ignores it is killed.
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
    }
    if Path("/proc/self/statm").exists():  # elsewhere neither can be had
        addresses = _mapped() + memory
        limits[resource.RLIMIT_AS] = (addresses, addresses)
        limits[resource.RLIMIT_NPROC] = (processes, processes)
    for which, (soft, hard) in limits.items():
        most = resource.getrlimit(which)[1]
        if most != resource.RLIM_INFINITY:
            soft, hard = min(soft, most), min(hard, most)
        resource.setrlimit(which, (soft, hard))


def _mapped() -> int:
    """Return how many bytes of addresses this process has; TensorFlow alone takes gigabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGESIZE")


def confine_by_landlock(readable: list[str], folder: str) -> None:
    """Leave the libraries to read and one folder to write."""
    landlock.restrict([*readable, *_PROC_AND_DEVICES], [folder, "/dev/null"])
    seccomp.filter_calls(owners=True)


def confine_by_namespaces() -> None:
    """Give up what the namespaces would still allow."""
    give_up_capabilities()
    seccomp.filter_calls(owners=False)

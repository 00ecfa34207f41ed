"""The kinds of sandbox: how a warm process is started in each, and what each holds."""

import os
import platform
import shutil
import site
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import course_utils
from course_utils.sandbox import confine, keeper, landlock, seccomp

PACKAGE = Path(course_utils.__file__).resolve().parent
_COURSE = "/course"  # where bubblewrap shows the package, away from what lies beside it

PROMISES = {
    keeper.NAMESPACES: (
        "Sandbox: bubblewrap. A submission sees the libraries and a small /tmp of its own, no "
        "network, no other file and no other process, and leaves nothing behind."
    ),
    keeper.LANDLOCK: (
        "Sandbox: Landlock. A submission reads the libraries, writes to a folder of its own, has "
        "no network and can touch no other process. Unlike in bubblewrap it can ask whether a "
        "file or process exists, and one user runs all submissions, so one that starts many "
        "processes may hinder others."
    ),
    keeper.UNSAFE: (
        "No sandbox, as asked: a submission can read, change and send whatever you can. Only its "
        "time, and the memory and files of each process, are limited."
    ),
}

# The same on every machine, so that a network trains to the same numbers.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "2",
    "TF_NUM_INTEROP_THREADS": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    # Each of glibc's arenas takes 64 MB of addresses, and addresses are what is limited.
    "MALLOC_ARENA_MAX": "2",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONNOUSERSITE": "1",
}

_SYSTEM = (
    "/usr", "/bin", "/lib", "/lib64", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/localtime", "/sys/devices/system/cpu",
)  # fmt: skip
_OF_PYTHON = ("bin", "lib", "lib64", "pyvenv.cfg")  # a course may lie beside its environment


def readable() -> list[str]:
    """Return the files and folders that a submission may read, beside the package."""
    paths = [Path(path) for path in _SYSTEM]
    for prefix in (Path(sys.prefix), Path(sys.base_prefix)):
        for folder in (prefix, prefix.resolve()):
            paths += [folder / name for name in _OF_PYTHON]
    paths += map(Path, _site_folders())
    return [str(path) for path in _outermost(path for path in paths if path.exists())]


def _site_folders() -> list[str]:
    """Return where else packages are than where this Python looks by itself."""
    names = ("site-packages", "dist-packages")
    known = site.getsitepackages()
    places = [path for path in sys.path if Path(path).name in names and Path(path).is_dir()]
    return [path for path in places if path not in known]


def _outermost(paths: Iterable[Path]) -> Iterator[Path]:
    """Leave out what lies in another of the paths."""
    kept: set[Path] = set()
    for path in sorted(set(paths)):
        if kept.isdisjoint(path.parents):
            kept.add(path)
            yield path


def environment(kind: str, folder: str) -> dict[str, str]:
    """Return all environment variables of a warm process."""
    course = _COURSE if kind == keeper.NAMESPACES else str(PACKAGE.parent)
    return {
        **_ENVIRONMENT,
        **keeper.folders(folder),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONPATH": os.pathsep.join([course, *_site_folders()]),
    }


def command(kind: str) -> list[str]:
    """Return what starts a Python in the sandbox; its arguments follow."""
    python = [sys.executable, "-P", "-m", "course_utils.sandbox.warm"]
    return [*_bubblewrap(), *python] if kind == keeper.NAMESPACES else python


def folder(kind: str) -> str | None:
    """Return where a warm process writes, None if a folder has to be made."""
    return confine.SCRATCH if kind == keeper.NAMESPACES else None


def _bubblewrap() -> list[str]:
    arguments = [shutil.which("bwrap") or "bwrap"]
    arguments += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    if not confine.is_root():  # who gives itself up inside: no limit on processes binds it
        nobody = str(confine.NOBODY)
        arguments += ["--unshare-user", "--uid", nobody, "--gid", nobody]
    paths = readable()
    made: set[str] = set()
    for path in paths:
        for parent in reversed(Path(path).parents[:-1]):
            if str(parent) not in made:  # bubblewrap would close it to others than root
                arguments += ["--perms", "0755", "--dir", str(parent)]
                made.add(str(parent))
        if Path(path).is_symlink() and path in _SYSTEM:
            arguments += ["--symlink", str(Path(path).readlink()), path]
        else:
            arguments += ["--ro-bind", path, path]
    arguments += ["--perms", "0755", "--dir", _COURSE]
    arguments += ["--ro-bind", str(PACKAGE), f"{_COURSE}/{PACKAGE.name}"]
    arguments += ["--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]
    arguments += ["--perms", "1777", "--tmpfs", confine.SCRATCH]
    if "/tmp" not in made:  # an environment may lie there
        arguments += ["--symlink", confine.SCRATCH.removeprefix("/"), "/tmp"]
    return [*arguments, "--remount-ro", "/", "--chdir", "/"]


def lacking(kind: str) -> str:
    """Say what the machine lacks for this kind, and what to do; empty if it looks complete."""
    if sys.platform != "linux":
        return (
            "This sandbox needs Linux. On macOS grade in a Linux virtual machine, on Windows in "
            "WSL 2."
        )
    if not seccomp.known_here():
        return (
            f"This sandbox knows x86-64 and 64-bit ARM, and this machine is {platform.machine()}."
        )
    if kind == keeper.NAMESPACES and not shutil.which("bwrap"):
        return "Bubblewrap is missing. Install your distribution's package `bubblewrap`."
    if kind == keeper.LANDLOCK and landlock.version() < landlock.NEEDED:
        return (
            "Landlock needs Linux 6.12 or later, and to be enabled: this kernel is "
            f"{platform.release()}."
        )
    return ""


SETTINGS = Path("/proc/sys")

# A setting of the kernel, the value that forbids namespaces to users, and what to do about it.
FORBIDDING = (
    (
        "kernel/apparmor_restrict_unprivileged_userns",
        "1",
        "Ubuntu's AppArmor forbids it. Let an administrator run `sysctl -w "
        "kernel.apparmor_restrict_unprivileged_userns=0`, or give /usr/bin/bwrap an AppArmor "
        "profile that is unconfined and holds the rule `userns,`.",
    ),
    (
        "kernel/unprivileged_userns_clone",
        "0",
        "Let an administrator run `sysctl -w kernel.unprivileged_userns_clone=1`.",
    ),
    (
        "user/max_user_namespaces",
        "0",
        "Let an administrator run `sysctl -w user.max_user_namespaces=10000`.",
    ),
)


def remedy() -> str:
    """Say what to do where bubblewrap is installed and refused."""
    for setting, forbids, do in FORBIDDING:
        path = SETTINGS / setting
        if path.exists() and path.read_text().strip() == forbids:
            return do
    return "In a container, allow user namespaces, or grade outside it."

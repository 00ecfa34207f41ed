"""A class of three on a hub of this machine, to try out: `make hub-demo`, as root.

It runs jupyterhub_config.py as it stands, on a copy of the course, for one instructor and two
students, whose accounts exist only as long as it runs.
"""

import argparse
import contextlib
import fcntl
import grp
import os
import pwd
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

COURSE = Path(__file__).resolve().parent.parent
INSTRUCTOR, STUDENTS = "demo-ada", ("demo-lin", "demo-sam")
GROUPS = {"demo-instructors": (INSTRUCTOR,), "demo-students": STUDENTS}
#: Marks accounts that are the demo's own.
COMMENT = "course hub demo"
_LOCK = Path("/run/course-hub-demo.lock")
_START_SECONDS = 120
_STOP_SECONDS = 30


class DemoError(Exception):
    """Something is in the way; its message says what to do."""


def main(arguments: list[str] | None = None) -> None:
    """Run the demo until Ctrl+C."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n\n")[0],
        epilog="example: make hub-demo ARGS='--port 8765'",
    )
    parser.add_argument("--port", type=int, help="of this machine; by default one that is free")
    given = parser.parse_args(arguments)
    when_told_to_end(signal.default_int_handler)
    try:
        require_this_machine()
        with the_only_one():
            run(free_port() if given.port is None else given.port)
    except DemoError as error:
        sys.exit(f"hub-demo: {error}")
    except KeyboardInterrupt:
        print("The demo has ended, and its accounts and files are gone.")


def when_told_to_end(do: Any) -> None:
    """Say what to do at Ctrl+C, or when the terminal is closed."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, do)


@contextlib.contextmanager
def the_only_one() -> Iterator[None]:
    """Refuse where the demo runs already, because its accounts have the same names."""
    with _LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError("it runs already. Stop that one first, with Ctrl+C there.") from None
        yield


def require_this_machine() -> None:
    """Refuse where the demo cannot run."""
    if sys.platform != "linux":
        raise DemoError("it makes accounts of users, as Linux has them. Run it on Linux.")
    if os.geteuid() != 0:
        raise DemoError(
            "it makes three real users, so that none can read another's files, and only root can. "
            "Run it as root, best in a container or a virtual machine: sudo make hub-demo"
        )
    for command in ("useradd", "userdel", "groupadd", "groupdel", "chpasswd", "unshare", "mount"):
        if not shutil.which(command, path=_PATH):
            raise DemoError(
                f"{command} is missing (Debian: apt-get install passwd mount util-linux)."
            )
    with contextlib.suppress(ImportError):
        import jupyterhub  # noqa: F401

        return
    raise DemoError("JupyterHub is missing. `make hub-demo` installs it.")


_PATH = os.pathsep.join(["/usr/local/sbin", "/usr/sbin", "/sbin", os.environ.get("PATH", "")])


def run(port: int) -> None:
    """Make the class, serve it, and remove it."""
    with tempfile.TemporaryDirectory(prefix="course-hub-demo-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        require_python_for_all(folder)
        with accounts(folder) as password:
            give_course(folder)
            with hub(folder, port) as address:
                print(
                    f"The class is open at {address}\n"
                    f"  instructor  {INSTRUCTOR}\n"
                    f"  students    {', '.join(STUDENTS)}\n"
                    f"  password    {password}   (the same for all three)\n"
                    "Each needs a browser window of their own: a private one does. docs/hub.md says"
                    " what to try.\nCtrl+C here stops the class, and removes accounts and work.",
                    flush=True,
                )
                signal.pause()


# What the class sees of this machine ------------------------------------------------------------

#: Run in a namespace of its own: keeps some folders, and covers those in which they lie.
_COVER = """
set -e
stage=$1; shift
number=0
for kept in $KEPT; do
  number=$((number + 1))
  mkdir "$stage/$number"
  mount --bind "$kept" "$stage/$number"
done
for covered in $COVERED; do mount -t tmpfs -o mode=755 none "$covered"; done
number=0
for kept in $KEPT; do
  number=$((number + 1))
  mkdir -p "$kept"
  mount --bind "$stage/$number" "$kept"
done
exec "$@"
"""


def in_sight_of_all(folder: Path) -> list[str]:
    """Return the beginning of a command whose users see Python and the proxy, and no answers.

    Their part of the machine is a view of its own: the course's checkout, with its solutions, is
    covered, and so is root's home, which others may not enter although Python often lies there.
    """
    kept = {Path(sys.base_prefix), Path(sys.prefix), COURSE / "hub"}
    closed = {p for path in kept for p in path.parents if not p.stat().st_mode & 0o001}
    covered = {COURSE, *closed}
    covered = {p for p in covered if not covered & set(p.parents)}
    kept = {p for p in kept if covered & set(p.parents)}
    stage = folder / "view"
    stage.mkdir(mode=0o700)
    script = _COVER
    for name, paths in (("$KEPT", kept), ("$COVERED", covered)):
        script = script.replace(name, " ".join(shlex.quote(str(path)) for path in sorted(paths)))
    return ["unshare", "--mount", "sh", "-c", script, "cover", str(stage)]


def require_python_for_all(folder: Path) -> None:
    """Refuse where a user without rights could start nothing."""
    packages = folder / "packages"
    shutil.copytree(
        COURSE / "course_utils",
        packages / "course_utils",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    code = (
        "import os; os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "import subprocess, sys\n"
        "sys.exit(subprocess.run([sys.executable, '-c',"
        " 'import course_utils.jupyter, jupyterhub, nbgrader']).returncode)"
    )
    with tempfile.TemporaryDirectory(dir=folder) as view:
        run = subprocess.run(
            [*in_sight_of_all(Path(view)), sys.executable, "-c", code],
            env={"PYTHONPATH": str(packages), "PATH": _PATH},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    if run.returncode:
        last = run.stderr.strip().splitlines()[-1:] or ["nothing"]
        raise DemoError(
            f"a user without rights cannot start {sys.executable} here. It said: {last[0]}\n"
            "The demo needs a machine on which root may mount folders: a virtual machine, or a "
            "container with CAP_SYS_ADMIN."
        )


# Accounts ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def accounts(folder: Path) -> Iterator[str]:
    """Make the users, with homes in a folder; yield their password, and remove them."""
    remove_accounts()  # of a demo that lost its power
    password = secrets.token_urlsafe(6)
    try:
        for group, members in GROUPS.items():
            system("groupadd", group)
            for member in members:
                system(
                    *("useradd", "--create-home", "--key", "HOME_MODE=0700"),
                    *("--base-dir", folder, "--comment", COMMENT, "--shell", "/bin/bash"),
                    *("--groups", group, member),
                )
                system("chpasswd", given=f"{member}:{password}\n")
        yield password
    finally:
        remove_accounts()


def remove_accounts() -> None:
    """Remove the demo's own users and groups, and nobody else's."""
    for group, members in GROUPS.items():
        for member in members:
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(member)
                if entry.pw_gecos != COMMENT:
                    raise DemoError(f"there is a user {member} already, who is not the demo's.")
                end_processes(entry.pw_uid)
                system("userdel", "--force", member)  # whatever has ended, and is listed still
        with contextlib.suppress(KeyError):
            if others := grp.getgrnam(group).gr_mem:
                raise DemoError(
                    f"there is a group {group} already, with {', '.join(others)} in it."
                )
            system("groupdel", group)


def end_processes(user: int) -> None:
    """End what a user of the demo has left running, also what is only just being started."""
    end = time.monotonic() + _STOP_SECONDS
    while (left := list(processes_of(user))) and time.monotonic() < end:
        for process in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        time.sleep(0.1)


def processes_of(user: int) -> Iterator[int]:
    """Name the processes of a user that have not ended."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            ended = process.joinpath("stat").read_text().rpartition(")")[2].split()[0] in "ZX"
            if process.stat().st_uid == user and not ended:
                yield int(process.name)


def system(*command: str | Path, given: str | None = None) -> None:
    """Run one of the system's commands."""
    run = subprocess.run(
        list(map(str, command)),
        input=given,
        env={"PATH": _PATH},
        text=True,
        capture_output=True,
        check=False,
    )
    if run.returncode:
        raise DemoError(f"{command[0]} said: {run.stderr.strip()}")


def give_course(folder: Path) -> None:
    """Put a copy of the course into the instructor's home, with the class's list beside it."""
    home = folder / INSTRUCTOR
    course = home / "image-classification"
    left_out = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_*", ".course.json")
    for name in ("solutions", "notebooks"):
        shutil.copytree(COURSE / name, course / name, ignore=left_out)
    shutil.copy(COURSE / "nbgrader_config.py", course)
    rows = [f"{student},{student.removeprefix('demo-').title()},Demo" for student in STUDENTS]
    lines = ["student_id,first_name,last_name", *rows]
    (course / "class.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    owner = pwd.getpwnam(INSTRUCTOR)
    for path in (course, *course.rglob("*")):
        os.chown(path, owner.pw_uid, owner.pw_gid)


# The hub ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def hub(folder: Path, port: int) -> Iterator[str]:
    """Run the hub; yield its address when it answers, and end it."""
    address = f"http://127.0.0.1:{port}"
    log = folder / "hub.log"
    settings = {
        "COURSE_HUB_COURSE": str(folder / INSTRUCTOR / "image-classification"),
        "COURSE_HUB_FOLDER": str(folder / "class"),
        "COURSE_HUB_STUDENTS": "demo-students",
        "COURSE_HUB_INSTRUCTORS": "demo-instructors",
        "PYTHONPATH": str(folder / "packages"),
        "PATH": _PATH,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
    }
    command = [
        *in_sight_of_all(folder),
        *(sys.executable, "-m", "jupyterhub", "--config", str(COURSE / "hub/jupyterhub_config.py")),
        f"--JupyterHub.bind_url={address}",
        f"--JupyterHub.hub_bind_url=http://127.0.0.1:{free_port()}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}",
        "--JupyterHub.cleanup_servers=False",  # they end with their accounts, without being asked
    ]
    with log.open("wb") as output:
        log.chmod(0o600)
        process = subprocess.Popen(
            command,
            env=settings,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl+C is for the demo, which then ends the hub
        )
    try:
        print("Starting the hub, which takes some seconds.", flush=True)
        wait_for(process, address, log)
        yield address
    finally:
        when_told_to_end(signal.SIG_IGN)  # twice is not needed, and would leave accounts behind
        print("\nStopping the class.", flush=True)
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_for(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return as soon as the hub asks who one is."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            opener.open(f"{address}/hub/login", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-10:]
    raise DemoError("the hub did not start. It said:\n" + "\n".join(said))


def free_port() -> int:
    """Find a port of this machine that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


if __name__ == "__main__":
    main()

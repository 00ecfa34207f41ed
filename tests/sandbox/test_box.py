"""The sandbox, tried from inside in each kind that this machine can do.

What a submission would run is handed over as code; its ``answer`` comes back.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course_utils.sandbox import kinds, landlock
from course_utils.sandbox.box import Box, Child, Ending, Limits, NoSandboxError, WarmProcessError

MEGABYTE = 1 << 20
DEFAULTS = Limits()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sandboxes need Linux")


@pytest.fixture(scope="module", params=["bubblewrap", "landlock"])
def box(request: pytest.FixtureRequest) -> Iterator[Box]:
    with new_box(request.param) as made:
        yield made


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everyone may read: only a sandbox keeps a process out."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """What the submission calls its processes, so that they can be found."""
    return f"t{os.getpid():x}-{abs(hash(request.node.name)) % 16**6:x}"


def new_box(kind: str, preload: Sequence[str] = ()) -> Box:
    try:
        return Box(kind, preload)
    except NoSandboxError as error:
        if "does not hold" in str(error):
            raise
        pytest.skip(str(error))


def start(box: Box, code: str, limits: Limits = DEFAULTS, name: str = "") -> Child:
    lines = [
        "import ctypes, json, os, signal, sys, time",
        f"ctypes.CDLL(None).prctl(15, {name.encode()!r}, 0, 0, 0)" if name else "",
        textwrap.dedent(code),
        "channel.sendall(json.dumps(answer).encode())",
    ]
    return box.run("\n".join(lines), limits)


def finish(child: Child, seconds: float = 20) -> tuple[Any, Ending]:
    """Return the answer, None if there was none, and how the child ended by itself."""
    child.socket.settimeout(seconds)
    data = b""
    with contextlib.suppress(ConnectionError):
        while more := child.socket.recv(1 << 16):
            data += more
    wait(child)
    return json.loads(data) if data else None, child.end()


def wait(child: Child) -> None:
    """Wait until the child has ended by itself."""
    child._leash.recv(1, socket.MSG_PEEK)


def ask(box: Box, code: str, limits: Limits = DEFAULTS) -> Any:
    return finish(start(box, code, limits))[0]


def ending(box: Box, code: str, limits: Limits = DEFAULTS) -> Ending:
    return finish(start(box, f"answer = None\n{textwrap.dedent(code)}", limits))[1]


def running(name: str) -> list[int]:
    """Return the processes of this name, on the whole machine."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdecimal() and (entry / "comm").read_text().strip() == name:
                found.append(int(entry.name))
    return found


def alive(process: str) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_text() != ""  # as with one not yet reaped
    return False


def gone_soon(name: str) -> bool:
    return any(not running(name) or time.sleep(0.02) for _ in range(250))


def only_in(box: Box, kind: str) -> None:
    if box.kind != kind:
        pytest.skip(f"only {kind} promises this")


# What it can reach -----------------------------------------------------------------------------


def test_there_is_no_network(box: Box) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"""
            import socket
            try:
                answer = bool(socket.create_connection(("127.0.0.1", {port})))
            except PermissionError:
                answer = "refused"
        """
        assert ask(box, code) == "refused"


def test_processes_of_a_submission_can_still_talk(box: Box) -> None:
    code = """
        import socket
        one, two = socket.socketpair()
        one.send(b"yes")
        answer = two.recv(3).decode()
    """
    assert ask(box, code) == "yes"


READ = """
try:
    with open({path!r}) as file:
        answer = file.read()
except OSError as error:
    answer = type(error).__name__
"""


@pytest.mark.parametrize("way", ["", "/proc/self/root", "/proc/self/cwd/../.."])
def test_a_file_outside_cannot_be_read(box: Box, way: str, public: Path) -> None:
    secret = public / "solution"
    secret.write_text("one_hot")
    assert ask(box, READ.format(path=f"{way}{secret}")) in ("PermissionError", "FileNotFoundError")


def test_what_lies_beside_the_package_cannot_be_listed(box: Box) -> None:
    code = f"""
        try:
            answer = os.listdir({str(kinds.PACKAGE.parent)!r})
        except OSError:
            answer = []
    """
    # The environment may lie there, too: that much is seen of it.
    assert set(ask(box, code)) <= {Path(sys.prefix).name}


@pytest.mark.parametrize("link", ["link", "symlink", "rename"])
def test_a_link_to_a_library_does_not_open_it(box: Box, link: str) -> None:
    code = f"""
        try:
            os.{link}(os.__file__, "mine.py")
            open("mine.py", "r+").close()
            answer = "open"
        except OSError:
            answer = "closed"
    """
    assert ask(box, code) == "closed"


def test_nobody_gains_rights(box: Box) -> None:
    code = """
        words = dict(line.split(":\\t") for line in open("/proc/self/status"))
        answer = [int(words[name], 16) for name in ("CapEff", "NoNewPrivs", "Seccomp")]
    """
    capabilities, *rest = ask(box, code)
    assert rest == [1, 2]
    # Under Landlock, where root's Python lies in root's home, reading it takes one capability.
    assert capabilities in ([0] if box.kind == "bubblewrap" else [0, 4])


def test_the_environment_holds_no_secret(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_TOKEN", "secret")
    with new_box(box.kind) as fresh:
        assert "secret" not in ask(fresh, "answer = list(os.environ.values())")


@pytest.mark.parametrize("variable", ["HOME", "TMPDIR", "MPLCONFIGDIR", "IPYTHONDIR", "KERAS_HOME"])
def test_libraries_write_to_the_submissions_own_folder(box: Box, variable: str) -> None:
    code = f"""
        import pathlib
        folder = pathlib.Path(os.environ[{variable!r}])
        folder.mkdir(exist_ok=True)
        (folder / "file").write_text("")
        answer = pathlib.Path.cwd() in (folder, *folder.parents)
    """
    assert ask(box, code) is True


def test_the_usual_temporary_folder_works(box: Box) -> None:
    only_in(box, "bubblewrap")
    if any(path.startswith("/tmp/") for path in kinds.readable()):
        pytest.skip("the environment lies in /tmp, which cannot be the submission's own then")
    assert ask(box, "open('/tmp/x', 'w').close(); answer = os.listdir('/tmp')") == ["x", ".shm"]


def test_a_file_can_be_copied_with_its_times(box: Box) -> None:
    code = """
        import shutil
        open("a", "w").write("text")
        shutil.copy2("a", "b")
        answer = open("b").read()
    """
    assert ask(box, code) == "text"


def test_two_submissions_do_not_see_each_others_files(box: Box) -> None:
    code = """
        open("mine", "w").close()
        channel.sendall(os.getcwd().encode())
        channel.recv(1)
        answer = None
    """
    with start(box, code) as first:
        folder = first.socket.recv(1000).decode()
        assert ask(box, READ.format(path=f"{folder}/mine")) in (
            "PermissionError",
            "FileNotFoundError",
        )


def test_no_file_stays(box: Box) -> None:
    folder = Path(ask(box, "open('x', 'w').close(); os.mkdir('y', 0); answer = os.getcwd()"))
    assert not folder.exists()


def test_the_channel_is_all_that_is_open(box: Box) -> None:
    code = """
        answer = []
        for number in range(100):
            try:
                os.fstat(number)
            except OSError:
                continue
            answer.append(number)
        answer.remove(channel.fileno())
    """
    assert ask(box, code) == [0, 1, 2]


@pytest.mark.parametrize(
    ("call", "numbers"),
    [
        ("keyctl", (250, 219)),
        ("bpf", (321, 280)),
        ("perf_event_open", (298, 241)),
        ("userfaultfd", (323, 282)),
        ("io_uring_setup", (425, 425)),
        ("memfd_create", (319, 279)),
        ("shmget", (29, 194)),
        ("ptrace", (101, 117)),
        ("open_by_handle_at", (304, 265)),
        ("clone3", (435, 435)),
        ("one that is younger than this filter", (468, 468)),
    ],
)
def test_the_kernel_refuses(box: Box, call: str, numbers: tuple[int, int]) -> None:
    code = f"""
        number = {numbers}[os.uname().machine == "aarch64"]
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(number, 0, 0, 0, 0, 0, 0)
        answer = ctypes.get_errno() in (1, 38)
    """
    assert ask(box, code) is True


def test_a_set_of_32_bit_calls_is_no_way_round(box: Box) -> None:
    if os.uname().machine != "x86_64":
        pytest.skip("only x86-64 has a second set of numbers")
    code = """
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(0x40000000 + 41, 2, 1, 0)
        answer = ctypes.get_errno()
    """
    assert ask(box, code) == 38


# What it may use -------------------------------------------------------------------------------


def test_memory_is_limited(box: Box) -> None:
    code = """
        try:
            answer = len(bytearray(300 << 20))
        except MemoryError:
            answer = "MemoryError"
    """
    assert ask(box, code, Limits(memory=200 * MEGABYTE)) == "MemoryError"
    assert ask(box, code, Limits(memory=400 * MEGABYTE)) == 300 * MEGABYTE


def test_memory_is_limited_for_all_processes_together(box: Box) -> None:
    code = """
        for _ in range(4):
            if not os.fork():
                kept = bytearray(os.urandom(1 << 20) * 100)
                time.sleep(60)
        time.sleep(60)
    """
    assert ending(box, code, Limits(memory=250 * MEGABYTE)).why == "memory"


def test_memory_that_processes_share_counts_once(box: Box) -> None:
    code = """
        kept = bytearray(os.urandom(1 << 20) * 100)
        for _ in range(4):
            if not os.fork():
                time.sleep(60)
        time.sleep(0.6)
        answer = 1
    """
    assert ask(box, code, Limits(memory=250 * MEGABYTE)) == 1


def test_processor_time_is_limited_by_a_signal_of_its_own(box: Box) -> None:
    assert ending(box, "while True: pass", Limits(cpu_seconds=1)).signal == signal.SIGXCPU


def test_time_is_limited(box: Box) -> None:
    stopped = ending(box, "time.sleep(60)", Limits(wall_seconds=0.3))
    assert stopped == Ending(None, 9, by_us=True, why="wall seconds")


def test_a_file_is_limited(box: Box) -> None:
    code = """
        try:
            answer = open("x", "wb").write(bytes(2 << 20))
        except OSError as error:
            answer = error.strerror
    """
    assert ask(box, code, Limits(file_bytes=MEGABYTE)) == "File too large"


def test_one_file_of_the_longest_ends_nobody(box: Box) -> None:
    code = """
        with open("small", "wb") as file:
            file.write(bytes(5000))
        try:
            with open("long", "wb") as file:
                while True:
                    file.write(bytes(1 << 20))
        except OSError:
            time.sleep(0.6)
        answer = "still here"
    """
    assert ask(box, code) == "still here"


FILL = """
answer = 0
files = []
try:
    while True:
        file = open(str(answer), "wb")
        file.write(bytes(8 << 20))
        file.flush()
        files.append(file)
        answer += 1
        {remove}
        time.sleep(0.05)
except OSError as error:
    answer = [answer, error.strerror]
"""


@pytest.mark.parametrize("remove", ["", "os.unlink(file.name)"])
def test_the_disk_cannot_be_filled(box: Box, remove: str) -> None:
    answer, how = finish(start(box, FILL.format(remove=remove)))
    if box.kind == "bubblewrap":
        assert answer == [8, "No space left on device"]
    else:
        assert how.why == "files"


def test_processes_are_limited(box: Box) -> None:
    code = """
        answer = 1
        try:
            while answer < 100:
                if not os.fork():
                    time.sleep(60)
                    os._exit(0)
                answer += 1
        except BlockingIOError:
            pass
    """
    started = ask(box, code, Limits(processes=10))
    # Under Landlock other boxes' processes have the same user, and come and go meanwhile.
    assert started == 10 if box.kind == "bubblewrap" else started < 100


def test_limits_do_not_grow_back(box: Box) -> None:
    code = """
        import resource
        answer = []
        for name in ("CORE", "AS", "CPU", "NPROC", "FSIZE"):
            try:
                resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (-1, -1))
            except (OSError, ValueError):
                continue
            answer.append(name)
    """
    assert ask(box, code) == []


def test_endless_output_goes_nowhere(box: Box) -> None:
    code = """
        for _ in range(200):
            os.write(1, bytes(1 << 20))
            os.write(2, bytes(1 << 20))
        answer = sys.stdin.read()
    """
    assert ask(box, code) == ""


# How it ends -----------------------------------------------------------------------------------


def test_an_exit_code_is_told(box: Box) -> None:
    assert ending(box, "os._exit(7)") == Ending(7, None)


def test_a_signal_is_told(box: Box) -> None:
    assert ending(box, "os.kill(os.getpid(), 9)") == Ending(None, 9)


def test_a_crash_is_told(box: Box) -> None:
    assert ending(box, "ctypes.string_at(0)") == Ending(None, signal.SIGSEGV)


def test_who_is_let_go_is_told_apart_from_who_was_killed(box: Box) -> None:
    child = start(box, "answer = time.sleep(60)")
    assert child.end() == child.end() == Ending(None, 9, by_us=True, why="let go")


DAEMONS = """
for way in range(6):
    if not os.fork():
        for signals in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(signals, signal.SIG_IGN)
        if way % 2:
            os.setsid()
        if way > 1 and os.fork():
            os._exit(0)
        if way > 3:
            ctypes.CDLL(None).prctl(36, 1)
            if os.fork():
                os._exit(0)
        time.sleep(60)
        os._exit(0)
time.sleep(0.1)
answer = None
"""


def test_daemons_end_with_a_child_that_is_let_go(box: Box, name: str) -> None:
    with start(box, f"{DAEMONS}channel.sendall(b'!')\ntime.sleep(60)", name=name) as child:
        child.socket.recv(1)
        assert len(running(name)) >= 7
    assert gone_soon(name)


def test_daemons_end_with_a_child_that_ends(box: Box, name: str) -> None:
    with start(box, f"{DAEMONS}os._exit(0)", name=name) as child:
        wait(child)
    assert not running(name)


def test_a_fork_bomb_ends(box: Box, name: str) -> None:
    bomb = """
        channel.sendall(b"!")
        while True:
            try:
                os.fork()
                os.setsid()
            except OSError:
                pass
    """
    with start(box, bomb, Limits(processes=40), name) as child:
        child.socket.recv(1)
        time.sleep(0.3)
        assert len(running(name)) > 10
    assert not running(name)
    assert ask(box, "answer = 1") == 1


def test_signals_to_everyone_reach_nobody(box: Box) -> None:
    with start(box, "channel.sendall(b'!'); channel.recv(1); answer = 1") as neighbour:
        neighbour.socket.recv(1)
        attack = f"""
            for number in (-1, {os.getpid()}, {box.pid}, os.getppid(), *range(2, 300)):
                if number != os.getpid():
                    try:
                        os.kill(number, 9)
                    except OSError:
                        pass
            answer = None
        """
        ask(box, attack)
        neighbour.socket.send(b"!")
        assert neighbour.socket.recv(10) == b"1"


def test_children_end_with_the_box(box: Box, name: str) -> None:
    with new_box(box.kind) as short:
        child = start(short, f"{DAEMONS}channel.sendall(b'!')\ntime.sleep(60)", name=name)
        child.socket.recv(1)
    assert not running(name)
    child.end()


def test_a_killed_warm_process_takes_its_children_along(box: Box, name: str) -> None:
    with new_box(box.kind) as short:
        child = start(short, f"{DAEMONS}channel.sendall(b'!')\ntime.sleep(60)", name=name)
        child.socket.recv(1)
        os.kill(short.pid, signal.SIGKILL)
        assert gone_soon(name)
        child.end()
    assert not short._folder or not Path(short._folder).exists()


def test_a_killed_warm_process_is_told_at_the_next_submission(box: Box) -> None:
    with new_box(box.kind) as short:
        os.kill(short.pid, signal.SIGKILL)
        os.waitid(os.P_PID, short._process.pid, os.WEXITED | os.WNOWAIT)
        with pytest.raises(WarmProcessError, match="Make a new box"):
            short.open()


JUDGE = """
import sys, time
from course_utils.sandbox.box import Box
box = Box(sys.argv[1])
child = box.run(sys.argv[2])
child.socket.recv(1)
print(box.pid, box._folder, flush=True)
time.sleep(60)
"""


def test_a_killed_judge_leaves_nothing(box: Box, name: str) -> None:
    code = (
        "import ctypes, os, signal, time\n"
        f"ctypes.CDLL(None).prctl(15, {name.encode()!r}, 0, 0, 0)\n"
        f"{DAEMONS}channel.sendall(b'!')\ntime.sleep(60)"
    )
    command = [sys.executable, "-c", JUDGE, box.kind, code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as judge:
        assert judge.stdout
        warm, folder = judge.stdout.readline().split()
        assert running(name)
        judge.kill()
    assert gone_soon(name)
    assert any(not alive(warm) or time.sleep(0.02) for _ in range(250))
    assert not Path(folder).exists()


def test_a_box_outlives_the_thread_that_made_it(box: Box) -> None:
    made: list[Box] = []
    thread = threading.Thread(target=lambda: made.append(Box(box.kind)))
    thread.start()
    thread.join()
    with made[0] as other:
        assert ask(other, "answer = 1") == 1


# A library that is large --------------------------------------------------------------------------

TRAIN = """
import keras
keras.utils.set_random_seed(0)
network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(3, "softmax")])
network.compile("sgd", "sparse_categorical_crossentropy")
import numpy as np
images, labels = np.eye(4, dtype=np.float32), np.arange(4) % 3
losses = network.fit(images, labels, epochs=2, verbose=0).history["loss"]
network.save("network.keras")
again = keras.models.load_model("network.keras")
same = bool((network(images).numpy() == again(images).numpy()).all())
threads = len(os.listdir("/proc/self/task"))
mapped = int(open("/proc/self/statm").read().split()[0]) * os.sysconf("SC_PAGESIZE")
answer = [losses[1] < losses[0], same, threads, mapped]
"""


def test_keras_trains() -> None:
    with new_box("bubblewrap", ["keras"]) as keras_box:
        before = Path(f"/proc/{keras_box.pid}/statm").read_text().split()[0]
        learnt, same, threads, mapped = ask(keras_box, TRAIN)
    assert learnt
    assert same
    # Half of what the limits allow, which leaves room for a learner's own and for more cores.
    print(f"{threads} threads, {mapped - int(before) * 4096 >> 20} MB")
    assert threads <= DEFAULTS.processes // 2
    assert mapped - int(before) * os.sysconf("SC_PAGESIZE") <= DEFAULTS.memory // 2


# Which kind ------------------------------------------------------------------------------------


def test_the_promise_names_the_kind(box: Box) -> None:
    assert box.promise.lower().startswith(f"sandbox: {box.kind}.")


def test_no_sandbox_means_a_refusal_that_names_both_remedies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kinds.shutil, "which", lambda _: None)
    monkeypatch.setattr(landlock, "version", lambda: 4)
    with pytest.raises(NoSandboxError, match=r"Install .*`bubblewrap`.*Linux 6\.12"):
        Box()


def test_without_bubblewrap_there_is_landlock(monkeypatch: pytest.MonkeyPatch) -> None:
    if lack := kinds.lacking("landlock"):
        pytest.skip(lack)
    monkeypatch.setattr(kinds.shutil, "which", lambda _: None)
    with Box() as box:
        assert box.kind == "landlock"
        assert "Install your distribution's package `bubblewrap`" in box.promise


@pytest.mark.parametrize(("setting", "value", "_"), kinds.FORBIDDING)
def test_a_setting_that_forbids_namespaces_is_named(
    setting: str, value: str, _: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / setting
    file.parent.mkdir()
    file.write_text(f"{value}\n")
    monkeypatch.setattr(kinds, "SETTINGS", tmp_path)
    assert setting.split("/")[1] in kinds.remedy()


def test_a_bubblewrap_that_is_refused_says_what_it_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(NoSandboxError, match=r"refused \(bwrap: setting up uid map"):
        Box("bubblewrap")


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_are_told_what_to_use(system: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "sys", SimpleNamespace(platform=system))
    with pytest.raises(NoSandboxError, match="Linux virtual machine.*WSL 2"):
        Box()


def test_another_processor_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds.platform, "machine", lambda: "riscv64")
    with pytest.raises(NoSandboxError, match="riscv64"):
        Box()


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="bubblewrap, landlock, unsafe, not 'docker'"):
        Box("docker")


def test_a_library_that_is_not_there_is_named() -> None:
    with pytest.raises(WarmProcessError, match="no_such_library"):
        Box("unsafe", ["no_such_library"])


def test_attacks_on_what_confines_nothing_succeed_and_are_named() -> None:
    with Box("unsafe") as open_box, pytest.raises(NoSandboxError) as caught:
        open_box._attack()
    for what in (
        "opening a socket (AF_INET)",
        "reading a file outside",
        "writing to a file outside",
        "signalling the warm process or the judge",
        "seeing other processes",
    ):
        assert what in str(caught.value)


def test_without_confinement_processes_still_end(name: str) -> None:
    with Box("unsafe") as open_box:
        with start(open_box, f"{DAEMONS}channel.sendall(b'!')\ntime.sleep(60)", name=name) as child:
            child.socket.recv(1)
        assert not running(name)

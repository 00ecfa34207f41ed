"""Measure `course grade` beside stock nbgrader: cost, marks, memory, and what a kill costs."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from tqdm import tqdm

from benchmarks.classes import hand_in, make_course
from benchmarks.processes import ROOT
from benchmarks.record import Part, finished
from benchmarks.report import BenchmarkError, StoppedError, Table, page
from course_utils.grading.marking.results import Result

ONE_HOT, ACTIVATIONS = "02_one_hot_encoding", "05_activations"
#: Submissions of each lesson; of the second group most of the time goes to networks.
CLASSES = {
    ONE_HOT: 20,
    ACTIVATIONS: 20,
    "09_convolution": 10,
    "04_multilayer_perceptron": 10,
    "07_training": 3,
}
WORKERS = (1, 2, 4)
TARGETS = ("grader", "judge", "warm process", "student's process")
RECORD = ROOT / "benchmarks" / "results" / "grading.jsonl"
_SEED = 12
MOST_GROWTH_MIB = 50  # of a judge, from the first of a large class to its end


@dataclass(frozen=True)
class Size:
    """How much is graded."""

    classes: dict[str, int]
    n_large: int  # submissions of one large class
    n_early: int  # of these, after which memory is looked at first
    n_workers: int  # submissions for the comparison of numbers of workers
    workers: Sequence[int]
    rounds: int
    n_killed: int  # submissions of a class on which something is killed


FULL = Size(CLASSES, 1000, 100, 50, WORKERS, 20, 5)
QUICK = Size({ONE_HOT: 2}, 4, 2, 2, (2,), 1, 2)

# What processes cost -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of the processor; these are None where no control group is."""

    wall: float
    cpu: float | None


@contextmanager
def _control_group() -> Iterator[Path | None]:
    """Make a control group for processes: it counts those in the sandbox's namespaces, too."""
    made = None
    for parent, needed in (("cpuacct", "cpuacct.usage"), ("", "cpu.stat")):
        folder = Path("/sys/fs/cgroup", parent, f"course-benchmark-{os.getpid()}")
        with suppress(OSError):
            folder.mkdir()
            if (folder / needed).is_file():
                made = folder
                break
            folder.rmdir()
    try:
        yield made
    finally:
        for _ in range(100 if made else 0):
            with suppress(OSError):
                made and made.rmdir()
                break
            time.sleep(0.1)  # its last processes are still ending


def _seconds_of(group: Path) -> float:
    """Read the processor seconds of a control group of version 1 or 2."""
    old = group / "cpuacct.usage"
    if old.is_file():
        return int(old.read_text()) / 1e9
    return int((group / "cpu.stat").read_text().split()[1]) / 1e6


def spent(commands: Sequence[Sequence[str]], folder: Path) -> Spent:
    """Run commands one after another, and say what they and all that they start have cost."""
    with _control_group() as group:
        begin = time.perf_counter()
        for command in commands:
            inside = ["sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(group)]
            run = subprocess.run(
                [*(inside if group else []), *command],
                cwd=folder,
                env=environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            if run.returncode:
                raise BenchmarkError(f"{' '.join(command)} failed: {run.stderr[-2000:]}")
        wall = time.perf_counter() - begin
        return Spent(wall, _seconds_of(group) if group else None)


def environment() -> dict[str, str]:
    binaries = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": binaries, "PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}


COURSE_COMMAND = [sys.executable, "-c", "from course_utils.cli import app; app()"]
_NBGRADER = [sys.executable, "-m", "nbgrader"]


# Cost and marks beside stock nbgrader -----------------------------------------------------------


@contextmanager
def _course(lesson: str, n: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="course-benchmark-") as folder:
        course = make_course(Path(folder, "course"), [lesson])
        hand_in(course, lesson, n, _SEED)
        yield course


def beside_stock(lesson: str, n: int) -> dict[str, Any]:
    """Grade a class with stock nbgrader and with `course grade`, each cold, and compare marks."""
    with _course(lesson, n) as stock, _course(lesson, n) as ours, _course(lesson, n) as one:
        course = spent([[*COURSE_COMMAND, "grade", lesson]], ours)
        alone = spent([[*COURSE_COMMAND, "grade", lesson, "--student", "student0000"]], one)
        generate = [*_NBGRADER, "generate_assignment", lesson, "--force"]
        spent([generate], stock)  # it knows a lesson only from its database
        commands = [[*_NBGRADER, "autograde", lesson], [*_NBGRADER, "generate_feedback", lesson]]
        plain = spent(commands, stock)
        theirs, found = marks(stock, lesson), marks(ours, lesson)
    return {
        "stock": asdict(plain),
        "course": asdict(course),
        "alone": asdict(alone),
        "n": n,
        "cells": len(theirs),
        "differing": [
            f"{student} {cell}: {points:g}, here {found.get((student, cell))}"
            for (student, cell), points in theirs.items()
            if found.get((student, cell)) != points
        ],
        "points": sum(theirs.values()),
    }


def marks(course: Path, lesson: str) -> dict[tuple[str, str], float]:
    """Read what a machine has given, by student and graded cell."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db", "image-classification") as book:
        return {
            (submission.student.id, grade.name): grade.auto_score
            for submission in book.assignment_submissions(lesson)
            for notebook in submission.notebooks
            for grade in notebook.grades
            if grade.cell.cell_type == "code"
        }


# Large classes -----------------------------------------------------------------------------------


def large(n: int, early: int, workers: int) -> dict[str, Any]:
    """Grade a large class in this process's children, and look at their memory on the way."""
    from course_utils.grading.marking.grade import grade_lesson

    memory: dict[int, float] = {}
    with _course(ONE_HOT, n) as course:
        bar = tqdm(total=n, desc=f"{workers} workers", delay=2)

        def tell(_: Result, n_done: int, n_all: int) -> None:
            bar.update()
            if n_done in (early, n_all):
                memory[n_done] = max(map(_resident, _judges(psutil.Process())), default=0.0)

        begin = time.perf_counter()
        grade_lesson(course, ONE_HOT, workers=workers, tell=tell)
        bar.close()
        return {
            "wall": time.perf_counter() - begin,
            "early": memory[early],
            "late": memory[n],
        }


def _resident(process: psutil.Process) -> float:
    with suppress(psutil.Error):
        return process.memory_info().rss / 2**20
    return 0.0


# Kills -------------------------------------------------------------------------------------------


def _judges(grader: psutil.Process) -> list[psutil.Process]:
    """Find the processes that judge."""
    return [child for child in grader.children() if _says(child, "spawn_main")]


def _says(process: psutil.Process, word: str) -> bool:
    with suppress(psutil.Error):
        return process.name() != "bwrap" and any(word in each for each in process.cmdline())
    return False


def _warm(grader: psutil.Process) -> list[psutil.Process]:
    """Find the processes in which libraries are loaded."""
    found = {each.pid: each for each in grader.children(recursive=True)}
    inside = [each for each in found.values() if _says(each, "course_utils.sandbox.warm")]
    pids = {each.pid for each in inside}
    return [each for each in inside if each.ppid() not in pids and _lies_below_a_judge(each)]


def _lies_below_a_judge(process: psutil.Process) -> bool:
    return any(_says(parent, "spawn_main") for parent in process.parents())


def _students(grader: psutil.Process) -> list[psutil.Process]:
    """Find the processes that run what students wrote, and those that watch over them."""
    return [child for warm in _warm(grader) for child in warm.children(recursive=True)]


FIND: dict[str, Callable[[psutil.Process], list[psutil.Process]]] = {
    "grader": lambda grader: [grader],
    "judge": _judges,
    "warm process": _warm,
    "student's process": _students,
}


def killed(target: str, n: int, rounds: int, seed: int) -> dict[str, int]:
    """Kill something while a class is graded, grade again, and look at what came of it."""
    rng = random.Random(seed)
    came = Counter({"kills": 0, "lost": 0, "doubled": 0, "differing": 0, "left running": 0})
    with _course(ONE_HOT, n) as course:
        begin = time.perf_counter()
        _grade(course).wait()
        seconds = 0.8 * (time.perf_counter() - begin)  # while work goes on, and not after
        wanted = marks(course, ONE_HOT)
        while came["kills"] < rounds:
            for made in ("results", "autograded", "feedback"):
                shutil.rmtree(course / made)
            for made in course.glob("gradebook.db*"):
                made.unlink()
            process = _grade(course)
            seen = _kill(process, FIND[target], rng.uniform(0, seconds), rng)
            came["kills"] += bool(seen)  # another round where it was over before
            process.wait()
            _, running = psutil.wait_procs(seen, 10)
            came["left running"] += len(running)
            _grade(course).wait()
            files = list(course.glob(f"results/{ONE_HOT}/student*/*.json"))
            came["lost"] += n - len({path.parent for path in files})
            came["doubled"] += len(files) - len({path.parent for path in files})
            found = marks(course, ONE_HOT)
            came["differing"] += sum(found.get(cell) != points for cell, points in wanted.items())
            came["doubled"] += len(found.keys() - wanted.keys())
    return dict(came)


def _grade(course: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COURSE_COMMAND, "grade", ONE_HOT, "--workers", "2"],
        cwd=course,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _kill(
    process: subprocess.Popen[bytes],
    find: Callable[[psutil.Process], list[psutil.Process]],
    seconds: float,
    rng: random.Random,
) -> list[psutil.Process]:
    """Kill one of what is found after some seconds; return all that ran below the grader."""
    grader = psutil.Process(process.pid)
    time.sleep(seconds)
    while process.poll() is None:
        with suppress(psutil.Error):
            if found := find(grader):
                all_of_it = [grader, *grader.children(recursive=True)]
                os.kill(rng.choice(found).pid, signal.SIGKILL)
                return all_of_it
        time.sleep(0.005)
    return []


# Pages -------------------------------------------------------------------------------------------


def tables(*, quick: bool = False) -> list[Table]:
    """List what is graded."""
    size = QUICK if quick else FULL
    cost = (
        "# Grading a class\n\n"
        "The same submissions of mixed quality, graded with stock nbgrader (`autograde`, then "
        "`generate_feedback`) and with `course grade`: from a cold start, in its sandbox, with as "
        "many workers as it takes by itself, gradebook and feedback written. Answers come from the "
        "solutions and from `answers.py`, right and wrong ones; some exercises are untouched, some "
        "notebooks have cells of their own. Processor seconds are those of a control group, in "
        "which everything that a command starts is counted. A further submission costs what a "
        "class has cost beyond one student of it. Where other programs run as well, only processor "
        "seconds can be compared."
    )
    cost_header = [
        "Lesson", "Submissions", "nbgrader, s", "of the processor", "`course grade`, s",
        "of the processor", "Times faster", "Times less processor", "Processor s a further one",
    ]  # fmt: skip
    equal = (
        "Marks of the same runs, on every graded cell that a machine marks. Where they differ, a "
        "right answer was the first to load Keras, and did so in the graded cell; nbgrader gave "
        "nothing for it before nbgrader_config.py let it overlook what TensorFlow says then."
    )
    memory = (
        f"Lesson {ONE_HOT}. Memory is that of the largest judge, resident, after "
        f"{size.n_early} submissions and at the end."
    )
    kills = (
        "Kill -9 at a random moment while a class of lesson "
        f"{ONE_HOT} with {size.n_killed} submissions is graded by 2 workers; then the same command "
        "again. Counted are results that were lost or came twice, marks that differ from an "
        "undisturbed run, and processes that still ran after 10 seconds."
    )
    rows = [(lesson, str(n)) for lesson, n in size.classes.items()]
    sizes = [(size.n_large, 1), *((size.n_workers, n) for n in size.workers)]
    counts = [tuple(map(str, each)) for each in sizes]
    return [
        Table(cost, cost_header, rows),
        Table(equal, ["Lesson", "Submissions", "Cells", "Points", "Equal", "Differing"], rows),
        Table(memory, ["Submissions", "Workers", "Seconds", "MiB early", "MiB at the end"], counts),
        Table(
            kills,
            ["Killed", "Rounds", "Kills", "Lost", "Doubled", "Marks differing", "Left running"],
            [(target, str(rounds)) for target, rounds in _rounds(size).items()],
        ),
    ]


def _rounds(size: Size) -> dict[str, int]:
    """Share the rounds among what is killed."""
    shares = dict.fromkeys(TARGETS, 0)
    for place in range(size.rounds):
        shares[TARGETS[place % len(TARGETS)]] += 1
    return {target: rounds for target, rounds in shares.items() if rounds}


def parts_of(size: Size) -> list[Part]:
    """List what is measured one after another."""
    classes = size.classes.items()
    sizes = [(size.n_large, size.n_early, 1)]
    sizes += [(size.n_workers, size.n_workers, workers) for workers in size.workers]
    rounds = _rounds(size).items()
    return [
        *(
            Part(lesson, {"beside stock": lesson, "n": n}, partial(beside_stock, lesson, n))
            for lesson, n in classes
        ),
        *(
            Part(
                f"{n} by {workers}",
                {"large": n, "early": early, "workers": workers},
                partial(large, n, early, workers),
            )
            for n, early, workers in sizes
        ),
        *(
            Part(
                f"kill {target}",
                {"kill": target, "n": size.n_killed, "rounds": n},
                partial(killed, target, size.n_killed, n, seed),
            )
            for seed, (target, n) in enumerate(rounds)
        ),
    ]


def measure(*, quick: bool = False) -> str:
    """Grade and kill, one part after another; a stopped run goes on where it was."""
    parts, record = parts_of(QUICK if quick else FULL), None if quick else RECORD
    done = finished(parts, record, "grading")
    if len(done) < len(parts):
        raise StoppedError(f"{len(done)} of {len(parts)} parts are measured.")
    text = written(tables(quick=quick), done)
    if record:
        record.unlink()
    return text


def written(listed: Sequence[Table], done: Sequence[dict[str, Any]]) -> str:
    """Write the page."""
    cost, equal, memory, kills = listed
    beside = [each for each in done if "stock" in each]
    sizes = [each for each in done if "late" in each]
    blows = [each for each in done if "kills" in each]
    return page(
        cost.filled(map(_cost, beside)),
        equal.filled(
            [each["cells"], f"{each['points']:g}", each["cells"] - len(each["differing"]),
             "; ".join(each["differing"]) or "none"]
            for each in beside
        ),
        memory.filled(
            [f"{each['wall']:.1f}", f"{each['early']:.0f}", f"{each['late']:.0f}"] for each in sizes
        ),
        kills.filled(
            [each[word] for word in ("kills", "lost", "doubled", "differing", "left running")]
            for each in blows
        ),
    )  # fmt: skip


def _cost(found: dict[str, Any]) -> list[str]:
    stock, course, alone = (Spent(**found[which]) for which in ("stock", "course", "alone"))
    further = None
    if course.cpu is not None and alone.cpu is not None:
        further = (course.cpu - alone.cpu) / max(1, found["n"] - 1)
    ratio = stock.cpu / course.cpu if stock.cpu and course.cpu else None
    return [
        f"{stock.wall:.1f}",
        _known(stock.cpu),
        f"{course.wall:.1f}",
        _known(course.cpu),
        f"{stock.wall / course.wall:.1f}",
        _known(ratio),
        _known(further, 2),
    ]


def _known(value: float | None, decimals: int = 1) -> str:
    return "unknown" if value is None else f"{value:.{decimals}f}"

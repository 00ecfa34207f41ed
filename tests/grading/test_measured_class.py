"""Quick versions of what `python -m benchmarks grading` measures; no time is asserted.

A made-up class of mixed quality earns what stock nbgrader gives it, also when the grader, a judge,
the warm process and a student's process are killed on the way.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from course_notebooks import COURSE
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from benchmarks import grading as measured
from benchmarks.classes import hand_in, make_course
from benchmarks.grading import FIND, ONE_HOT, TARGETS
from course_utils.grading.marking.grade import grade_lesson
from course_utils.grading.marking.gradebook import carry
from course_utils.grading.marking.results import Result

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

N = 6
N_STOCK = 3  # of these are graded by nbgrader, too, which takes seconds for each
PAUSE = "import time; time.sleep(0.4)"  # long enough to be found and killed
_SECONDS = 120


def make_class(folder: Path, n: int = N) -> Path:
    """Make a course with a class, of which all have the same seed for hidden cases."""
    course = make_course(folder / "course", [ONE_HOT])
    hand_in(course, ONE_HOT, n)
    for path in course.glob("submitted/*/*/*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_code_cell(PAUSE, id="pause"))
        nbformat.write(notebook, path)
    (course / "results").mkdir()
    (course / "results" / "seed").write_text("12\n")
    return course


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that was graded with nothing in the way."""
    course = make_class(tmp_path_factory.mktemp("graded"))
    with ThreadPoolExecutor(1) as here:
        results = [one.result for one in grade_lesson(course, ONE_HOT, executor=here)]
    carry(course, ONE_HOT, results)
    return course


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same class, graded by nbgrader."""
    course = make_class(tmp_path_factory.mktemp("stock"))
    config = PyFileConfigLoader("nbgrader_config.py", path=str(COURSE)).load_config()
    own = {"CourseDirectory": {"root": str(course)}, "Execute": {"shutdown_kernel": "immediate"}}
    config.merge(Config(own))
    nbgrader = NbGraderAPI(CourseDirectory(config=config), config=config)
    assert nbgrader.generate_assignment(ONE_HOT, force=True)["success"]
    for folder in sorted((course / "submitted").iterdir())[:N_STOCK]:
        assert nbgrader.autograde(ONE_HOT, folder.name)["success"]
    return course


@pytest.mark.proof  # test_workflow.py and test_grades.py take students through stock nbgrader
def test_a_class_of_mixed_quality_gets_the_marks_of_stock_nbgrader(
    graded: Path, stock: Path
) -> None:
    ours, theirs = measured.marks(graded, ONE_HOT), measured.marks(stock, ONE_HOT)
    assert {cell: ours[cell] for cell in theirs} == theirs


@pytest.mark.proof
def test_the_class_is_of_mixed_quality(stock: Path) -> None:
    assert len(set(measured.marks(stock, ONE_HOT).values())) > 1


class Disturbed:
    """A class in whose grading everything is killed once."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self.killed: list[str] = []
        self.told: list[str] = []
        self.kill_the_grader()
        self.early = self.kept()
        self.kill_soon("student's process")
        graded = grade_lesson(course, ONE_HOT, workers=1, tell=self.tell)
        self.results = [one.result for one in graded]

    def kill_the_grader(self) -> None:
        """Kill it when the first result is there."""
        command = [*measured.COURSE_COMMAND, "grade", ONE_HOT, "--workers", "1"]
        grader = subprocess.Popen(
            command, cwd=self.course, env=measured.environment(), stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + _SECONDS
        while not self.kept() and time.monotonic() < until:
            time.sleep(0.01)
        below = psutil.Process(grader.pid).children(recursive=True)
        grader.kill()
        grader.wait()
        self.killed.append("grader")
        self.orphans = psutil.wait_procs(below, 10)[1]

    def kept(self) -> list[str]:
        """Name those of whom a result is kept."""
        found = self.course.glob(f"results/{ONE_HOT}/student*/*.json")
        return sorted(path.parent.name for path in found)

    def tell(self, result: Result, n_done: int, _: int) -> None:
        """Kill something with the first two results."""
        self.told.append(result.student)
        if n_done <= 2:
            self.kill_soon(["judge", "warm process"][n_done - 1])

    def kill_soon(self, target: str) -> None:
        """Kill a target as soon as there is one."""
        threading.Thread(target=self.kill, args=[target], daemon=True).start()

    def kill(self, target: str) -> None:
        """Kill what is found, as soon as there is any."""
        until = time.monotonic() + _SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(ProcessLookupError, psutil.Error):
                if found := FIND[target](psutil.Process()):
                    os.kill(found[-1].pid, signal.SIGKILL)
                    self.killed.append(target)
                    return
            time.sleep(0.02)


@pytest.fixture(scope="module")
def disturbed(tmp_path_factory: pytest.TempPathFactory) -> Disturbed:
    """A class that was graded all the same."""
    return Disturbed(make_class(tmp_path_factory.mktemp("disturbed")))


def test_everything_was_killed(disturbed: Disturbed) -> None:
    assert sorted(disturbed.killed) == sorted(TARGETS)


def test_kills_change_no_result(disturbed: Disturbed, graded: Path) -> None:
    wanted = {path.relative_to(graded): path.read_bytes() for path in results_in(graded)}
    course = disturbed.course
    assert {path.relative_to(course): path.read_bytes() for path in results_in(course)} == wanted


def test_what_was_kept_before_the_grader_was_killed_is_not_judged_again(
    disturbed: Disturbed,
) -> None:
    everyone = sorted(result.student for result in disturbed.results)
    assert sorted(disturbed.early + disturbed.told) == everyone


def test_nothing_runs_on_after_the_grader_was_killed(disturbed: Disturbed) -> None:
    assert disturbed.orphans == []


def results_in(course: Path) -> list[Path]:
    return sorted(course.glob(f"results/{ONE_HOT}/**/*.json"))


def test_a_judge_does_not_grow_with_its_class() -> None:
    found = measured.large(8, 2, 1)
    assert 0 < found["late"] < found["early"] + measured.MOST_GROWTH_MIB


BURN = "import time; end = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
NOT_WAITED_FOR = (
    f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {BURN!r}], "
    "start_new_session=True); time.sleep(2)"
)


def test_processor_seconds_are_those_of_all_processes(tmp_path: Path) -> None:
    spent = measured.spent([[sys.executable, "-c", NOT_WAITED_FOR]], tmp_path)
    if spent.cpu is None:
        pytest.skip("no control group can be made here")
    assert spent.cpu > 0.3


def made_up(size: measured.Size) -> list[dict[str, Any]]:
    """Make figures for all parts."""
    seconds = {"wall": 10.0, "cpu": 5.0}
    beside = {
        "stock": {"wall": 100.0, "cpu": 40.0},
        "course": seconds,
        "alone": {"wall": 8.0, "cpu": None},
        "n": 3,
        "cells": 12,
        "differing": ["ada one_hot: 1, here 0"],
        "points": 7.5,
    }
    blow = {"kills": 1, "lost": 0, "doubled": 0, "differing": 0, "left running": 0}
    return [
        *(beside for _ in size.classes),
        *({"wall": 1.0, "early": 80.0, "late": 90.0} for _ in range(1 + len(size.workers))),
        *(blow for _ in range(min(size.rounds, len(TARGETS)))),
    ]


@pytest.fixture(scope="module")
def written() -> str:
    """A page of made-up figures."""
    return measured.written(measured.tables(), made_up(measured.FULL))


@pytest.mark.parametrize(
    "row",
    [
        f"| {ONE_HOT} | 20 | 100.0 | 40.0 | 10.0 | 5.0 | 10.0 | 8.0 | unknown |",
        f"| {ONE_HOT} | 20 | 12 | 7.5 | 11 | ada one_hot: 1, here 0 |",
        "| 1000 | 1 | 1.0 | 80 | 90 |",
        "| judge | 5 | 1 | 0 | 0 | 0 | 0 |",
    ],
    ids=["cost", "marks", "memory", "kills"],
)
def test_the_page_shows_each_figure_in_its_place(written: str, row: str) -> None:
    assert row in written

"""A term in small, with stock nbgrader: from an empty database to feedback in a student's hands."""

import csv
import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from course_notebooks import COURSE, LESSONS, nbgrader, read

SOLVED = getpass.getuser()
UNTOUCHED = "untouched"


class Term:
    """One lesson handed out, handed in by two students, graded and given back."""

    def __init__(self, lesson: str, folder: Path) -> None:
        self.lesson = lesson
        self.course = folder / "course"
        self.student = folder / "student"
        self.student.mkdir(parents=True)
        self.exchange = folder / "exchange"
        self.exchange.mkdir()
        self.exchange.chmod(0o777)  # nbgrader wants everyone to hand in here
        shutil.copytree(COURSE / "solutions" / lesson, self.course / "solutions" / lesson)
        shutil.copy(COURSE / "nbgrader_config.py", self.course)
        self.settings = {
            **os.environ,
            "HOME": str(folder),
            # nbgrader calls alembic by its name.
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            "IPYTHONDIR": str(folder / "ipython"),
        }

    def run(self, where: Path, *arguments: str) -> None:
        """Run an nbgrader command for this lesson."""
        command = [*(sys.executable, "-m", "nbgrader"), *arguments]
        command.append(f"--Exchange.root={self.exchange}")
        run = subprocess.run(
            command, cwd=where, env=self.settings, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{' '.join(arguments)} said:\n{run.stderr[-2000:]}"

    def teach(self) -> None:
        """Go through the whole term."""
        lesson, name = self.lesson, f"{self.lesson}.ipynb"
        course_id = "--course=image-classification"
        self.run(self.course, "generate_assignment", lesson)
        self.run(self.course, "release_assignment", lesson)
        self.run(self.student, "fetch_assignment", lesson, course_id)
        self.untouched = self.course / "submitted" / UNTOUCHED / lesson
        self.untouched.mkdir(parents=True)
        shutil.copy(self.student / lesson / name, self.untouched)
        self.solve(self.student / lesson / name)
        self.run(self.student, "submit", lesson, course_id)
        self.run(self.course, "collect", lesson)
        self.run(self.course, "autograde", lesson)
        self.run(self.course, "generate_feedback", lesson)
        # The other notebook came by hand; the exchange cannot give back what it never had.
        self.run(self.course, "release_feedback", lesson, f"--student={SOLVED}")
        self.run(self.student, "fetch_feedback", lesson, course_id)
        self.run(self.course, "export")

    def solve(self, path: Path) -> None:
        """Write the solutions' answers into a student's notebook, as a student would."""
        import nbformat

        answers = {cell.id: cell.source for cell in read("solutions", self.lesson).cells}
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if nbgrader(cell).get("solution"):
                cell.source = answers[cell.id]
        nbformat.write(notebook, path)

    def grades(self) -> dict[str, dict[str, str]]:
        """Read what `nbgrader export` wrote, by student."""
        with (self.course / "grades.csv").open(newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module", params=LESSONS)
def term(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Term:
    """A term that is over."""
    term = Term(request.param, tmp_path_factory.mktemp("term"))
    term.teach()
    return term


def graded(lesson: str, kind: str) -> list[Any]:
    cells = read("solutions", lesson).cells
    return [c for c in cells if nbgrader(c).get("grade") and c.cell_type == kind]


def points(lesson: str, kind: str) -> int:
    return sum(nbgrader(cell)["points"] for cell in graded(lesson, kind))


def test_the_stock_release_equals_the_repositorys(term: Term) -> None:
    name = f"notebooks/{term.lesson}/{term.lesson}.ipynb"
    assert (term.course / name).read_bytes() == (COURSE / name).read_bytes()


def test_a_solved_notebook_earns_every_point_that_a_machine_gives(term: Term) -> None:
    assert float(term.grades()[SOLVED]["raw_score"]) == points(term.lesson, "code")


def test_an_untouched_notebook_earns_nothing(term: Term) -> None:
    assert float(term.grades()[UNTOUCHED]["raw_score"]) == 0


def test_the_question_for_a_person_counts_in_the_greatest_score(term: Term) -> None:
    greatest = points(term.lesson, "code") + points(term.lesson, "markdown")
    assert float(term.grades()[SOLVED]["max_score"]) == greatest


def test_demonstrations_are_not_run_while_grading(term: Term) -> None:
    import nbformat

    path = term.course / "autograded" / SOLVED / term.lesson / f"{term.lesson}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    demos = [c for c in cells if "demo" in c.metadata.get("tags", [])]
    assert [cell.id for cell in demos if cell.outputs] == []


def test_the_student_gets_feedback_to_read(term: Term) -> None:
    pages = list((term.student / term.lesson / "feedback").rglob(f"{term.lesson}.html"))
    assert len(pages) == 1
    assert "Score:" in pages[0].read_text(encoding="utf-8")

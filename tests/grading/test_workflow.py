"""A term in small, by nbgrader's commands: from an empty database to feedback in a student's hands.

One lesson goes all the way; `test_grades.py` releases and grades every one.
"""

import csv
import getpass
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from course_notebooks import COURSE, nbgrader, points, solve

#: Quick, and with an exercise that gives points for a part of it.
LESSON = "02_one_hot_encoding"
SOLVED = getpass.getuser()
UNTOUCHED = "untouched"
#: Solved, but with a copy of one graded cell, and another deleted. Graded before the next.
CLUMSY = "clumsy"
#: Solved, with a log on standard error, and a name of Python's for a variable of their own.
TALKATIVE = "talkative"
OWN_WORDS = "A label is a name."
CHANGED = "is_one_hot_check"  # the graded cell that is not as it was handed out
#: Words of the model answer and of its points, which nobody but whoever marks may see.
MODEL, RUBRIC = "One number cannot express doubt", "For marking: 1 point"


class Term:
    """A lesson handed out, handed in by two students, graded and given back."""

    def __init__(self, folder: Path) -> None:
        self.course = folder / "course"
        self.student = folder / "student"
        self.student.mkdir(parents=True)
        self.said: dict[str, str] = {}  # by each of nbgrader's commands
        shutil.copytree(COURSE / "solutions" / LESSON, self.course / "solutions" / LESSON)
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
        self.settings.pop("NBGRADER_EXCHANGE", None)
        # With it a kernel takes no note of what is written below Python.
        self.settings.pop("PYTEST_CURRENT_TEST", None)

    def run(self, where: Path, *arguments: str) -> None:
        """Run an nbgrader command."""
        command = [*(sys.executable, "-m", "nbgrader"), *arguments]
        if where == self.student:  # who has none of the course's settings
            command.append(f"--Exchange.root={self.course / 'exchange'}")
        run = subprocess.run(
            command, cwd=where, env=self.settings, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{' '.join(arguments)} said:\n{run.stderr[-2000:]}"
        self.said[arguments[0]] = run.stderr

    def teach(self) -> None:
        """Go through the whole term."""
        name = f"{LESSON}.ipynb"
        course_id = "--course=image-classification"
        self.run(self.course, "generate_assignment", LESSON)
        self.run(self.course, "release_assignment", LESSON)
        self.run(self.student, "fetch_assignment", LESSON, course_id)
        for student in (UNTOUCHED, CLUMSY, TALKATIVE):
            folder = self.course / "submitted" / student / LESSON
            folder.mkdir(parents=True)
            shutil.copy(self.student / LESSON / name, folder)
        copy_and_delete(self.course / "submitted" / CLUMSY / LESSON / name)
        log_and_bind(self.course / "submitted" / TALKATIVE / LESSON / name)
        solve(self.student / LESSON / name)
        answer_in_words(self.student / LESSON / name)
        self.run(self.student, "submit", LESSON, course_id)
        self.run(self.course, "collect", LESSON)
        self.run(self.course, "autograde", LESSON)
        self.run(self.course, "generate_feedback", LESSON)
        self.run(self.course, "release_feedback", LESSON)
        self.run(self.student, "fetch_feedback", LESSON, course_id)
        self.run(self.course, "export")

    def grades(self) -> dict[str, dict[str, str]]:
        """Read what `nbgrader export` wrote, by student."""
        with (self.course / "grades.csv").open(newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}


#: Writes to standard error below Python, as TensorFlow does when it is loaded.
GREET = """
_solved = {name}
def {name}(*given):
    import os
    os.write(2, b"I0000 port.cc:153] oneDNN custom operations are on.\\n")
    return _solved(*given)
"""


def answer_in_words(path: Path) -> None:
    """Write something of one's own where the lesson asks for words."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and nbgrader(cell).get("grade"):
            cell.source = OWN_WORDS
    nbformat.write(notebook, path)


def copy_and_delete(path: Path) -> None:
    """Solve a notebook, copy its first graded cell as JupyterLab does, and delete its second.

    The function that the first one checks loads TensorFlow, as it seems.
    """
    solve(path)
    notebook = nbformat.read(path, as_version=4)
    marked = [cell for cell in notebook.cells if cell.cell_type == "code" and nbgrader(cell)]
    first, second, *_ = [cell for cell in marked if nbgrader(cell)["grade"]]
    solution = next(cell for cell in marked if nbgrader(cell)["solution"])
    name = nbgrader(solution)["grade_id"]
    solution.source += GREET.format(name=name)
    copied = nbformat.from_dict({**first, "id": "a-copy"})
    notebook.cells.insert(notebook.cells.index(first) + 1, copied)
    notebook.cells.remove(second)
    nbformat.write(notebook, path)


#: Makes the handler before any check, as a learner does who looks for a mistake.
LOG = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr, force=True)
range = list = print = "a variable of my own"
"""
LOGGED = """
_solved_{name} = {name}
def {name}(*given):
    logging.warning("It was called.")
    return _solved_{name}(*given)
"""


def log_and_bind(path: Path) -> None:
    """Solve a notebook, log each call to standard error, and bind names that tests like to use.

    One graded cell is changed, too.
    """
    solve(path)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and nbgrader(cell).get("solution"):
            cell.source += LOGGED.format(name=nbgrader(cell)["grade_id"])
        elif nbgrader(cell).get("grade_id") == CHANGED:
            cell.source += "\n# I changed this."
    notebook.cells.insert(1, nbformat.v4.new_code_cell(LOG))
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Term:
    """A term that is over."""
    term = Term(tmp_path_factory.mktemp("term"))
    term.teach()
    return term


def test_the_stock_release_equals_the_repositorys(term: Term) -> None:
    name = f"notebooks/{LESSON}/{LESSON}.ipynb"
    assert (term.course / name).read_bytes() == (COURSE / name).read_bytes()


def test_the_export_lists_every_point_of_a_solved_notebook(term: Term) -> None:
    assert float(term.grades()[SOLVED]["raw_score"]) == points(LESSON, "code")


def test_a_copied_or_deleted_check_and_a_greeting_of_tensorflow_cost_no_mark(term: Term) -> None:
    assert float(term.grades()[CLUMSY]["raw_score"]) == points(LESSON, "code")


def test_a_log_on_standard_error_and_a_name_of_python_s_cost_no_mark(term: Term) -> None:
    assert float(term.grades()[TALKATIVE]["raw_score"]) == points(LESSON, "code")


def test_the_export_lists_an_untouched_notebook_with_nothing(term: Term) -> None:
    assert float(term.grades()[UNTOUCHED]["raw_score"]) == 0


def test_the_export_counts_the_question_for_a_person(term: Term) -> None:
    greatest = points(LESSON, "code") + points(LESSON, "markdown")
    assert float(term.grades()[SOLVED]["max_score"]) == greatest


def page(term: Term) -> str:
    """Read the page that a student has fetched."""
    pages = list((term.student / LESSON / "feedback").rglob(f"{LESSON}.html"))
    assert len(pages) == 1
    return pages[0].read_text(encoding="utf-8")


def test_the_student_gets_feedback_although_others_handed_in_by_hand(term: Term) -> None:
    assert "Score:" in page(term)
    assert OWN_WORDS in page(term)


def test_those_who_handed_in_by_hand_are_named(term: Term) -> None:
    assert f"the work came: {CLUMSY}, {TALKATIVE}, {UNTOUCHED}" in term.said["release_feedback"]


def test_the_page_holds_no_hidden_test_and_no_model_answer(term: Term) -> None:
    told = page(term)
    assert [words for words in ("HIDDEN", "grading.hidden", MODEL, RUBRIC) if words in told] == []


def test_an_answer_in_words_reads_not_marked_yet(term: Term) -> None:
    assert "Not marked yet" in page(term)


def test_long_lines_of_a_page_are_wrapped(term: Term) -> None:
    assert "pre-wrap; overflow-wrap: anywhere" in page(term)


def test_only_a_cell_that_a_student_has_changed_is_said_to_have_changed(term: Term) -> None:
    told = re.findall(r"Attribute 'checksum' for cell (\w+)", term.said["autograde"])
    assert told == [CHANGED]


def test_whoever_marks_sees_the_model_answer_below_the_students(term: Term) -> None:
    path = term.course / "autograded" / SOLVED / LESSON / f"{LESSON}.ipynb"
    sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
    [place] = [place for place, source in enumerate(sources) if source == OWN_WORDS]
    assert MODEL in sources[place + 1]
    assert RUBRIC in sources[place + 1]

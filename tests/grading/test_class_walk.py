"""A class by the commands of README.md and docs/grading.md, word for word, as ordinary users.

An instructor and two students have an account each, where the tests run as root, and no right that
others lack; the accounts are such as any machine has, because nbgrader asks for a user's name. One
student is right; the other believes that a label is an amount. Where the commands
start the formgrader, a person's marks are written instead; tests/browser/test_formgrader.py looks
at that page.
"""

import os
import re
import shutil
import site
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from inspect import getsource
from pathlib import Path

import nbformat
import pytest
from course_notebooks import COURSE, nbgrader, read, solve

pytestmark = pytest.mark.slow
pwd = pytest.importorskip("pwd", reason="nbgrader has no exchange on Windows")

LESSON = "02_one_hot_encoding"
NAME = f"{LESSON}.ipynb"
TEXT, WORDS = "own_words", "A label is a name, and {} says so."
IS_ROOT = os.getuid() == 0
USERS = {one.pw_name: one.pw_uid for one in pwd.getpwall() if one.pw_uid} if IS_ROOT else {}
INSTRUCTOR, RIGHT, WRONG = [*USERS][:3] if IS_ROOT else ["grace", "ada", "bob"]
SLIP = "fills the row"  # what the check says to someone who believes that a label is an amount
ROSTER = f"""student_id,first_name,last_name,lms_user_id
{RIGHT},Ada,Lovelace,1001
{WRONG},Bob,Ross,1002
"""
#: What stands in the downloads of two school's systems before a student's file.
MOODLE = {
    RIGHT: "Ada Lovelace_4711_assignsubmission_file/",
    WRONG: "Bob Ross_4712_assignsubmission_file/",
}
CANVAS = {RIGHT: "lovelaceada_1001_55501_", WRONG: "rossbob_LATE_1002_55502_"}
#: In place of `course teach`: each text gets 2 points, if the model answer stands below it.
MARK = f"""
import nbformat
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db", "image-classification") as book:
    for student in ("{RIGHT}", "{WRONG}"):
        work = nbformat.read(f"autograded/{{student}}/{LESSON}/{NAME}", 4)
        names = [cell.metadata.get("nbgrader", {{}}).get("grade_id") for cell in work.cells]
        assert "For marking: 1 point" in work.cells[names.index("{TEXT}") + 1].source
        grade = book.find_grade("{TEXT}", "{LESSON}", "{LESSON}", student)
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 2, False
        book.find_comment("{TEXT}", "{LESSON}", "{LESSON}", student).manual_comment = "And doubt?"
    book.db.commit()
"""


def commands(page: str, section: str, first: str) -> list[str]:
    """Read the commands of a page: the block in a section that begins with `first`."""
    text = (COURSE / page).read_text(encoding="utf-8").partition(f"\n## {section}\n")[2]
    blocks = re.findall(r"^```\n(.*?)^```", text.partition("\n## ")[0], re.DOTALL | re.MULTILINE)
    [block] = [block for block in blocks if block.startswith(first)]
    return block.splitlines()


def a_python_for(user: list[str]) -> str | None:
    """Return a Python of this version that a user may start: root's own may lie in /root."""
    for python in (sys.executable, shutil.which(f"python3.{sys.version_info[1]}", path="/usr/bin")):
        if python:
            command = [*user, "env", python, "-c", "import sys; print(sys.version_info[:2])"]
            told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            if told.strip() == str(sys.version_info[:2]):
                return python
    return None


@dataclass
class Class:
    """A folder with a course, an exchange, and a home for each user."""

    root: Path
    python: str

    @property
    def course(self) -> Path:
        return self.root / INSTRUCTOR / "course"

    def run(self, user: str, command: str, where: Path | None = None) -> str:
        """Run a command as its user types it; return all that it said."""
        home = self.root / user
        settings = {
            "HOME": str(home),
            "USER": user,
            "LOGNAME": user,
            "PATH": f"{self.root / 'commands'}:/usr/bin:/bin",
            "PYTHONPATH": os.pathsep.join([str(self.root / "package"), *site.getsitepackages()]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NBGRADER_EXCHANGE": str(self.root / "exchange"),
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "LANG": "C.UTF-8",
        }
        words = [f"{name}={value}" for name, value in settings.items()]
        done = subprocess.run(
            [*as_user(user), "env", "-i", *words, "sh", "-c", command],
            cwd=where or (self.course if user == INSTRUCTOR else home),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if "no sandbox" in done.stdout.lower():
            pytest.skip(f"an ordinary user has no sandbox here: {done.stdout}")
        assert done.returncode == 0, f"{user}: {command}\n{done.stdout}"
        return done.stdout

    def teach(self, lines: list[str]) -> dict[str, str]:
        """Run an instructor's commands one after the other; return what each said."""
        return {" ".join(line.split()[:2]): self.run(INSTRUCTOR, line) for line in lines}

    def give(self, user: str, path: Path, content: str | bytes) -> None:
        """Lay a file into a user's folder, as theirs."""
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        own(path, user)


def as_user(user: str) -> list[str]:
    """Say how a command is run as somebody else, where the tests run as root."""
    if not IS_ROOT:
        return []
    number = USERS[user]
    return ["setpriv", f"--reuid={number}", f"--regid={number}", "--clear-groups"]


def own(path: Path, user: str) -> None:
    """Give a file or a folder with all in it to a user."""
    if IS_ROOT:
        for one in (path, *path.rglob("*")):
            os.chown(one, USERS[user], USERS[user])


@pytest.fixture(scope="module")
def tools() -> Iterator[tuple[Path, str]]:
    """A folder that all may read, with the package and the commands, and a Python for all."""
    if IS_ROOT and not shutil.which("setpriv"):
        pytest.skip("setpriv is needed to be another user")
    if not (python := a_python_for(as_user(INSTRUCTOR))):
        pytest.skip("no Python of this version that an ordinary user may start")
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(COURSE / "course_utils", root / "package" / "course_utils", ignore=ignored)
        compiled = [python, "-m", "compileall", "-q", root / "package"]
        subprocess.run(compiled, check=True)  # once, because no user may write there
        (root / "commands").mkdir()
        scripts = {
            "course": f"[ \"$1\" = teach ] && exec {python} -c '{MARK}'\n"
            f'exec {python} -m course_utils.cli "$@"',
            "nbgrader": f'exec {python} -m nbgrader "$@"',
        }
        for command, script in scripts.items():
            path = root / "commands" / command
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        yield root, python


def start(root: Path, python: str) -> Class:
    """Begin a class with an instructor's course, closed to others, and a folder for each user."""
    for user in (INSTRUCTOR, RIGHT, WRONG):
        (root / user).mkdir(mode=0o700)
    course = root / INSTRUCTOR / "course"
    for kind in ("solutions", "notebooks"):
        shutil.copytree(COURSE / kind / LESSON, course / kind / LESSON)
    shutil.copy(COURSE / "nbgrader_config.py", course)
    (course / "class.csv").write_text(ROSTER)
    exchange = root / "exchange"
    exchange.mkdir()
    own(exchange, INSTRUCTOR)
    for user in (INSTRUCTOR, RIGHT, WRONG):
        own(root / user, user)
    return Class(root, python)


@pytest.fixture
def a_class(tools: tuple[Path, str]) -> Iterator[Class]:
    """A class that has just begun."""
    made = start(*tools)
    yield made
    for folder in (INSTRUCTOR, RIGHT, WRONG, "exchange"):
        shutil.rmtree(made.root / folder)


def answered(path: Path, student: str) -> None:
    """Write a student's answers into the notebook that was handed out."""
    solve(path)
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if nbgrader(cell).get("grade_id") == TEXT:
            cell.source = WORDS.format(student)
        elif student == WRONG and nbgrader(cell).get("grade_id") == "one_hot_row":
            cell.source = misconception()
    nbformat.write(notebook, path)


def misconception() -> str:
    """Take the code of a wrong answer that is on file."""
    path = COURSE / "solutions" / LESSON / "answers.py"
    spec = spec_from_file_location("answers_of_a_class", path)
    assert spec
    assert spec.loader
    answers = module_from_spec(spec)
    sys.modules[spec.name] = answers  # so that its code is found
    spec.loader.exec_module(answers)
    code = getsource(answers.row_filled_up_to_the_label)
    return code[code.index("def ") :].replace("row_filled_up_to_the_label", "one_hot_row")


def require_page(page: str, student: str) -> None:
    """Demand that a page is a student's own, with marks and comment, and nothing that is hidden."""
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)
    assert WORDS.format(student) in shown
    assert ("10 of 11 points" if student == RIGHT else "8 of 11 points") in shown
    assert (SLIP in shown) == (student == WRONG)
    assert "And doubt?" in shown
    secrets = [cell.source for cell in read("solutions", LESSON).cells if "grade" in str(cell)]
    hidden = [line for source in secrets for line in source.splitlines() if "hidden" in line]
    [model] = [one for one in secrets if "For marking" in one]
    leaks = [*hidden, *(line for line in model.splitlines() if line)]
    assert [line for line in leaks if line in shown] == []


@pytest.mark.skipif(not IS_ROOT, reason="an account for each student needs root")
def test_a_class_on_one_machine_by_the_readmes_commands(a_class: Class) -> None:
    lines = commands("README.md", "For instructors", "course roster")
    fetch, submit, fetch_page = (
        line.replace("/srv/exchange", str(a_class.root / "exchange"))
        for line in commands(
            "docs/grading.md", "Through nbgrader's exchange", "nbgrader fetch_assignment"
        )
    )
    before = next(place for place, line in enumerate(lines) if line.startswith("course collect"))
    a_class.teach(lines[:before])
    for student in (RIGHT, WRONG):
        a_class.run(student, fetch)
        path = a_class.root / student / LESSON / NAME
        answered(path, student)
        own(path, student)
        a_class.run(student, submit)
    said = a_class.teach(lines[before:])
    assert f"Answers in words wait for you: {RIGHT}, {WRONG}." in said["course grade"]
    for student in (RIGHT, WRONG):
        a_class.run(student, fetch_page)
        folder = a_class.root / student / LESSON / "feedback"
        [page] = folder.rglob(f"{LESSON}.html")
        require_page(page.read_text(encoding="utf-8"), student)
    assert "10.0,11.0,no" in (a_class.course / "grades.csv").read_text()
    shared = a_class.root / "exchange" / "image-classification" / "feedback"
    assert len(list(shared.iterdir())) == 2
    for folder in (shared, shared.with_name("inbound"), a_class.course):
        a_class.run(WRONG, f"! ls {folder} 2>/dev/null")


@pytest.mark.proof  # tests/grading/ looks at each step of it
@pytest.mark.parametrize("before", [MOODLE, CANVAS], ids=["Moodle", "Canvas"])
def test_a_class_with_files_by_the_commands_of_the_docs(
    a_class: Class, before: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for student, prefix in before.items():
            own_copy = Path(shutil.copy(COURSE / "notebooks" / LESSON / NAME, tmp_path))
            answered(own_copy, student)
            archive.write(own_copy, f"{prefix}{NAME}")
    a_class.give(INSTRUCTOR, a_class.course / "submissions.zip", path.read_bytes())
    section = "With files from Moodle or Canvas"
    a_class.teach(commands("docs/grading.md", section, "course roster"))
    with zipfile.ZipFile(a_class.course / "submissions-feedback.zip") as archive:
        pages = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(pages) == {f"{prefix}{LESSON}.html" for prefix in before.values()}
    for student, prefix in before.items():
        require_page(pages[f"{prefix}{LESSON}.html"], student)

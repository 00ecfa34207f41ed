"""nbgrader's own autograde gives a solved lesson everything.

Two lessons stand for all: one in Keras, and the one with the most exercises. That
every graded cell of every lesson passes is seen where nbval runs the solutions, that none writes to
standard error in `tests/notebooks/test_solutions.py`, and that an untouched lesson earns nothing in
`tests/browser/test_lessons.py`. `test_workflow.py` takes one in NumPy through a term by nbgrader's
commands.
"""

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from course_notebooks import COURSE, lesson_on, points, solve
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

# nbgrader's own queries.
pytestmark = pytest.mark.filterwarnings("ignore:Object of type:sqlalchemy.exc.SAWarning")

STUDENT = "solved"
BOTH = [
    lesson_on("capstone"),
    pytest.param(lesson_on("convolutional_networks"), marks=pytest.mark.proof),
]


class Graded:
    """One lesson of a course, with a student's work in it."""

    def __init__(self, lesson: str, folder: Path) -> None:
        self.lesson, self.folder = lesson, folder
        shutil.copytree(COURSE / "solutions" / lesson, folder / "solutions" / lesson)
        config = PyFileConfigLoader("nbgrader_config.py", path=str(COURSE)).load_config()
        # A kernel of TensorFlow's takes a second or two to tidy up when it is asked to end.
        own = {
            "CourseDirectory": {"root": str(folder)},
            "Execute": {"shutdown_kernel": "immediate"},
        }
        config.merge(Config(own))
        self.nbgrader = NbGraderAPI(CourseDirectory(config=config), config=config)
        succeed(self.nbgrader.generate_assignment(lesson))
        work = folder / "submitted" / STUDENT / lesson
        shutil.copytree(folder / "notebooks" / lesson, work)
        solve(work / f"{lesson}.ipynb")
        succeed(self.nbgrader.autograde(lesson, STUDENT))

    def submission(self) -> dict[str, Any]:
        """Read what the gradebook holds of the student's work."""
        return self.nbgrader.get_submission(self.lesson, STUDENT)


def succeed(result: dict[str, Any]) -> None:
    assert result["success"], result.get("error", "") + result.get("log", "")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with one gradebook for all lessons, which takes seconds to make."""
    return tmp_path_factory.mktemp("course")


@pytest.fixture(scope="module", params=BOTH)
def graded(request: pytest.FixtureRequest, course: Path) -> Graded:
    """A lesson that has been graded."""
    return Graded(request.param, course)


def test_a_solved_notebook_earns_every_point_that_a_machine_gives(graded: Graded) -> None:
    assert graded.submission()["score"] == points(graded.lesson, "code")


def test_the_question_for_a_person_counts_in_the_greatest_score(graded: Graded) -> None:
    greatest = points(graded.lesson, "code") + points(graded.lesson, "markdown")
    assert graded.submission()["max_score"] == greatest


def test_demonstrations_are_not_run_while_grading(graded: Graded) -> None:
    path = graded.folder / "autograded" / STUDENT / graded.lesson / f"{graded.lesson}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    demos = [cell for cell in cells if "demo" in cell.metadata.get("tags", [])]
    assert [cell.id for cell in demos if cell.outputs] == []

"""What nbgrader lacks, for those who release or grade with its own commands."""

import re
from glob import glob
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.preprocessors import (
    ClearHiddenTests,
    DeduplicateIds,
    GetGrades,
    NbGraderPreprocessor,
    OverwriteCells,
)
from nbgrader.utils import is_grade, is_solution, is_task

from course_utils.grading._model_answers import MODEL, model_answers, with_models
from course_utils.grading.release import read_notebook
from course_utils.grading.units import keep_with_units

_WRAPPED = "pre { white-space: pre-wrap; overflow-wrap: anywhere; }"
_UNMARKED = "Not marked yet: a person will read this answer, and its 0 points are no verdict."


class DropCopies(DeduplicateIds):
    """Make plain cells of copies of a graded cell, so that they stop nobody's grading.

    nbgrader leaves them an empty entry, at which its next step stops for all later students.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Take nbgrader's entry from a copy."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources


class RunOn(NbGraderPreprocessor):
    """Let Run All go on behind a solution cell that a learner has left half written."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Tag a cell that is written in; no lesson needs its result further down."""
        if cell.cell_type == "code" and is_solution(cell):
            tags = {*cell.metadata.get("tags", []), "raises-exception"}
            cell.metadata["tags"] = sorted(tags)
        return cell, resources


class KeepUnits(NbGraderPreprocessor):
    """Keep numbers and their units in one line of a learner's page."""

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> tuple[Any, Any]:
        """Set the text of a cell, unless nbgrader has noted its checksum."""
        if cell.cell_type == "markdown" and "nbgrader" not in cell.metadata:
            cell.source = keep_with_units(cell.source)
        return cell, resources


class PutBack(OverwriteCells):
    """Put the hidden tests back, and warn only of cells that a student has changed.

    nbgrader compares what was handed in with what has the hidden tests in it, which no student was
    given, and so says of every graded cell of an honest notebook that its checksum has changed.
    """

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Put the hidden tests back into a cell that is as it was handed out."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        try:
            written = self.gradebook.find_source_cell(name, self.notebook_id, self.assignment_id)
        except MissingEntry:  # which nbgrader reports
            return super().preprocess_cell(cell, resources, cell_index)
        if written.locked and cell.source == _without_hidden_tests(written.source, self):
            cell.source = written.source
        return super().preprocess_cell(cell, resources, cell_index)


class ShowModels(NbGraderPreprocessor):
    """Show whoever marks the model answer and its points below each answer in words."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Add the model answers from the lesson's solution."""
        course, names = CourseDirectory(parent=self), resources["nbgrader"]
        folder = course.format_path(course.source_directory, ".", names["assignment"])
        solution = Path(folder, f"{names['notebook']}.ipynb")
        if solution.is_file():
            nb.cells = with_models(nb.cells, model_answers(read_notebook(solution)))
        return nb, resources


class TellUnmarked(GetGrades):
    """Say of an answer in words that nobody has marked it yet, where nbgrader shows 0 points."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Say so in the comment below the answer."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if is_task(cell) or (is_grade(cell) and is_solution(cell)):
            marks = cell.metadata.nbgrader
            names = (marks.grade_id, self.notebook_id, self.assignment_id, self.student_id)
            grade = self.gradebook.find_grade(*names)
            if grade.needs_manual_grade and grade.manual_score is None:
                marks.comment = "\n".join(filter(None, (_UNMARKED, marks.get("comment"))))
        return cell, resources


class KeepFromStudents(NbGraderPreprocessor):
    """Keep hidden tests and model answers out of nbgrader's pages of feedback, and wrap lines."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Take out what only whoever marks may see."""
        nb.cells = [cell for cell in nb.cells if not cell.metadata.get(MODEL)]
        for cell in nb.cells:
            if is_grade(cell) and cell.cell_type == "code":
                cell.source = _without_hidden_tests(cell.source, self)
        resources.setdefault("inlining", {}).setdefault("css", []).append(_WRAPPED)
        return nb, resources


def _without_hidden_tests(source: str, parent: NbGraderPreprocessor) -> str:
    """Leave out of a graded cell what students are not given, by nbgrader's own rule."""
    cell = NotebookNode(source=source)
    ClearHiddenTests(parent=parent)._remove_hidden_test_region(cell)
    return cell.source


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Hand out the pages of those who handed in through the exchange, and name the others.

    nbgrader stops at the first student whose work came another way, and nobody after gets a page.
    """

    def copy_files(self) -> None:
        """Copy the pages of those who can fetch them."""
        folders = [Path(name) for name in sorted(glob(self.src_path))]  # noqa: PTH207  (nbgrader's pattern)
        for folder in folders:
            (folder / "timestamp.txt").touch()  # which is only written into the log
        by_hand = [
            self._student(folder)
            for folder in folders
            if not (folder / "submission_secret.txt").is_file()
        ]
        excluded = self.coursedir.student_id_exclude
        self.coursedir.student_id_exclude = ",".join(filter(None, (excluded, *by_hand)))
        try:
            super().copy_files()
        finally:
            self.coursedir.student_id_exclude = excluded
        if by_hand:
            self.log.warning(
                "Not handed in through the exchange, so return these pages the way the work came: "
                "%s",
                ", ".join(by_hand),
            )

    def _student(self, folder: Path) -> str:
        """Read in a folder's path whose feedback lies there."""
        pattern = self.coursedir.format_path(
            self.coursedir.feedback_directory,
            "(?P<student>.*)",
            self.coursedir.assignment_id,
            escape=True,
        )
        found = re.match(pattern, str(folder))
        return found["student"] if found else folder.parent.name

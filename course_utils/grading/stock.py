"""What nbgrader lacks, for those who release or grade with its own commands."""

from typing import Any

from nbgrader.preprocessors import DeduplicateIds, NbGraderPreprocessor
from nbgrader.utils import is_solution

from course_utils.grading.units import keep_with_units


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

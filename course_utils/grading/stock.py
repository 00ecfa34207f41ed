"""What nbgrader's own ``autograde`` lacks, for those who grade with it."""

from typing import Any

from nbgrader.preprocessors import DeduplicateIds


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

"""Wrong calls of what looks at a learner's folder."""

from pathlib import Path

from course_utils.doctor import examine
from course_utils.learner.standing import standing
from wrong_calls.rows import NOWHERE, Row, a_path, row

ROWS: list[Row] = [
    *a_path(examine, name="folder"),
    *a_path(standing, name="folder"),
    row(standing, NOWHERE, error=FileNotFoundError, expected="an existing folder", got=NOWHERE),
    row(
        standing,
        Path(__file__).parent,
        error=FileNotFoundError,
        expected="`folder` must hold lessons",
        got="there is none in",
    ),
]

"""Wrong calls of what watches training."""

from course_utils import training
from wrong_calls.rows import Row, row

ROWS: list[Row] = [
    row(training.progress, disable=1, error=TypeError, expected="True or False", got="got 1"),
    row(training.progress, disable="no", error=TypeError, expected="True or False", got="got 'no'"),
]

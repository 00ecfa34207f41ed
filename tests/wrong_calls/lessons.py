"""Wrong calls of lessons."""

from course_utils import lessons
from wrong_calls.rows import Row, row

ROWS: list[Row] = [
    row(lessons.tools, "activation", expected="'activations'", got="no lesson 'activation'"),
    row(lessons.tools, None, expected="activations", got="no lesson None"),
]

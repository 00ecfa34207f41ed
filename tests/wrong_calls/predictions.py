"""Wrong calls of predict boxes."""

from course_utils.predictions import predict, review_predictions
from wrong_calls.rows import Row, a_path, row

ROWS: list[Row] = [
    row(predict, 3, expected="must be '<lesson>.<question>'", got="got 3"),
    row(predict, "wraparound", expected="'<lesson>.<question>'", got="got 'wraparound'"),
    row(predict, "loading_dta.x", expected="loading_data", got="no lesson 'loading_dta'"),
    row(predict, "loading_data.x", expected="wraparound", got="no question 'x'"),
    *a_path(predict, "loading_data.wraparound", name="folder"),
    row(review_predictions, "loading_dta", expected="loading_data", got="'loading_dta'"),
    row(review_predictions, None, expected="loading_data", got="no lesson None"),
    *a_path(review_predictions, "loading_data", name="folder"),
]

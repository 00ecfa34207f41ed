"""Wrong calls of what opens JupyterLab."""

from course_utils.jupyter.lab import serve
from wrong_calls.rows import COURSE, NOWHERE, Row, a_path, mistyped, row

AT = "00_start_here/00_start_here.ipynb"
FOLDER, PORT = (
    "`folder` must be an existing folder",
    "`port` must be a whole number from 1 to 65535",
)

ROWS: list[Row] = [
    *a_path(lambda folder: serve(folder, AT), name="folder"),
    row(serve, NOWHERE, AT, error=FileNotFoundError, expected=FOLDER, got=NOWHERE),
    row(serve, COURSE, AT, port=0, expected=PORT, got="got 0"),
    mistyped(serve, COURSE, AT, port="8888", expected=PORT, got="got '8888'"),
]

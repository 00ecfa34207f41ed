"""An experiment log: settings, seed and validation score of each run, in one file.

The file has one line of JSON per row, in the order in which things happened, so that it can be
read without this course.

========= ==================================================================
``log``   ``ExperimentLog``: add rows, find them, open the test set
``files`` a log's file, added to in one step; the checksum of any file
``rows``  what a row is; a log's text; settings in one line
``table`` ``ExperimentTable``: experiments side by side
========= ==================================================================
"""

from course_utils.experiments.files import sha256_of
from course_utils.experiments.log import ExperimentLog
from course_utils.experiments.rows import DamagedLogError, Row, parse_log, settings_text
from course_utils.experiments.table import ExperimentTable

__all__ = [
    "DamagedLogError",
    "ExperimentLog",
    "ExperimentTable",
    "Row",
    "parse_log",
    "settings_text",
    "sha256_of",
]

"""Wrong calls of datasets."""

from course_utils import datasets
from wrong_calls.rows import NOWHERE, Row, a_path, data_set_name, row

ROWS: list[Row] = [
    *data_set_name(datasets.load_dataset),
    *data_set_name(datasets.describe_dataset),
    *data_set_name(datasets.class_names),
    *a_path(datasets.load_image_folder, name="path"),
    row(
        datasets.load_image_folder,
        NOWHERE,
        error=FileNotFoundError,
        expected="`path` must be an existing folder",
        got=NOWHERE,
    ),
    row(
        datasets.load_image_folder,
        __file__,
        error=NotADirectoryError,
        expected="`path` must be a folder",
        got="is a file",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        28,
        error=TypeError,
        expected="must be (height, width)",
        got="got 28",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        (28, 0),
        expected="must be (height, width)",
        got="got (28, 0)",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        invert="yes",
        error=TypeError,
        expected="`invert` must be True or False",
        got="got 'yes'",
    ),
]

"""Wrong calls of datasets."""

from course_utils import datasets
from wrong_calls.rows import NOWHERE, Row, a_path, data_set_name, mistyped, row


def image_size(size: object, error: type[Exception] = ValueError) -> Row:
    """What is no pair of pixels."""
    expected = "`image_size` must be (height, width)"
    return row(
        datasets.load_image_folder,
        NOWHERE,
        size,
        error=error,
        expected=expected,
        got=f"got {size!r}",
    )


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
    *(image_size(size, error=TypeError) for size in (28, "28x28")),
    *(image_size(size) for size in ((28,), (28, 0), (28, 28, 3), (28.0, 28.0))),
    mistyped(
        datasets.load_image_folder,
        NOWHERE,
        invert="yes",
        expected="`invert` must be True or False",
        got="got 'yes'",
    ),
]

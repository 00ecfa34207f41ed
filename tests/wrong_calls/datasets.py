"""Wrong calls of datasets."""

import numpy as np

from course_utils import datasets
from wrong_calls.rows import IMAGES, NOWHERE, SCALED, Row, a_path, data_set_name, mistyped, row


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
    mistyped(
        datasets.load_image_folder,
        NOWHERE,
        frame="yes",
        expected="`frame` must be True or False",
        got="got 'yes'",
    ),
    mistyped(
        datasets.load_image_folder,
        NOWHERE,
        crop="yes",
        expected="`crop` must be True or False",
        got="got 'yes'",
    ),
    row(
        datasets.load_image_folder,
        NOWHERE,
        crop=True,
        frame=True,
        expected="`crop` must be False with `frame=True`",
        got="got True for both",
    ),
    *(
        row(
            datasets.load_image_folder,
            NOWHERE,
            color_mode=mode,
            expected="`color_mode` must be one of 'grayscale', 'rgb'",
            got=f"got {mode!r}",
        )
        for mode in ("RGB", "grey", None)
    ),
    *(
        row(
            datasets.load_image_folder,
            NOWHERE,
            like=name,
            expected="`like` must be one of 'mnist', 'fashion_mnist'",
            got=f"got {name!r}",
        )
        for name in ("digits", True)
    ),
    *(
        row(
            datasets.load_image_folder,
            NOWHERE,
            color_mode="rgb",
            expected=f"`{option}` must be left out for colour",
            got="got it with",
            **{option: value},
        )
        for option, value in (("frame", True), ("like", "mnist"))
    ),
    *(
        row(
            datasets.frame_as_mnist,
            image,
            expected="`image` must be one grey image, uint8 (height, width)",
            got=got,
        )
        for image, got in (
            (IMAGES, "got uint8 (3, 4, 4)"),
            (SCALED[0], "got float32 (4, 4)"),
            (IMAGES[0, :0], "got uint8 (0, 4)"),
            (None, "got object ()"),
        )
    ),
    row(
        datasets.frame_as_mnist,
        np.full((40, 40), 230, np.uint8),
        expected="`image` must show ink that stands out",
        got="got at most 0",
    ),
    mistyped(datasets.frame_as_mnist, IMAGES[0], 28, expected="`image_size` must be", got="got 28"),
]

"""Load a shipped dataset, after checking that its file is complete."""

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils._shipped import how_to_restore, load_arrays
from course_utils.datasets.info import DatasetInfo
from course_utils.datasets.registry import describe_dataset

Split = tuple[NDArray[np.uint8], NDArray[np.uint8]]


def load_dataset(name: str) -> tuple[Split, Split]:
    """Load MNIST or Fashion-MNIST from the files that come with the course.

    Nothing is downloaded and nothing is written. The result has the form of
    ``keras.datasets.mnist.load_data()``.

    Parameters
    ----------
    name : {"mnist", "fashion_mnist"}
        The dataset to load.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        Images: ndarray of shape (60000, 28, 28) and (10000, 28, 28), uint8, grey values
        from 0 (background) to 255. Labels: ndarray of shape (60000,) and (10000,), uint8,
        0 to 9. Each call returns new arrays, so changing them affects nothing else.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no dataset has this name.
    FileNotFoundError
        If the dataset's file is missing.
    DamagedFileError
        If the file is truncated or altered.

    Notes
    -----
    The file's SHA-256 is compared before anything is decoded. A file that `rebuild` wrote
    with another build of zlib has another hash but the same pixels. It passes because each
    array's own SHA-256 is then compared.

    MNIST is by LeCun, Cortes and Burges (1998), Fashion-MNIST by Xiao, Rasul and
    Vollgraf (2017); `describe_dataset` gives their licences and citations.

    Examples
    --------
    >>> (train_images, train_labels), (test_images, test_labels) = load_dataset("mnist")
    >>> train_images.shape, train_images.dtype
    ((60000, 28, 28), dtype('uint8'))
    >>> train_labels[:5]
    array([5, 0, 4, 1, 9], dtype=uint8)
    """
    info = describe_dataset(name)
    rebuild = "course data rebuild --originals FOLDER"
    arrays = load_arrays(
        shipped_path(info),
        [array.key for array in info.arrays],
        info.file_sha256,
        how_to_restore(f"datasets/{info.file_name}", rebuild),
        intact=lambda arrays: mismatch(arrays, info) is None,
    )
    return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"])


def shipped_path(info: DatasetInfo) -> Path:
    """Return the path of a dataset's shipped file, beside this module."""
    return Path(__file__).with_name(info.file_name)


def mismatch(arrays: dict[str, NDArray[np.uint8]], info: DatasetInfo) -> str | None:
    """Describe the first difference from the registry's shapes, dtype and SHA-256, if any."""
    for expected in info.arrays:
        array = arrays[expected.key]
        if array.dtype != np.uint8 or array.shape != expected.shape:
            return f"{expected.key} must be uint8 {expected.shape}; got {array.dtype} {array.shape}"
        sha256 = hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()
        if sha256 != expected.sha256:
            return f"{expected.key} must have the SHA-256 {expected.sha256}; got {sha256}"
    return None

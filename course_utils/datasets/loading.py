"""Load a shipped dataset, after checking that its file arrived whole."""

import hashlib
import io
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils.datasets.info import DatasetInfo
from course_utils.datasets.registry import describe_dataset

Split = tuple[NDArray[np.uint8], NDArray[np.uint8]]


class DamagedDatasetError(OSError):
    """A shipped dataset file does not hold the data that it should."""


def load_dataset(name: str) -> tuple[Split, Split]:
    """Load MNIST or Fashion-MNIST from the files that come with the course.

    Nothing is downloaded and nothing is written. The result has the form of
    ``keras.datasets.mnist.load_data()``.

    Parameters
    ----------
    name : {"mnist", "fashion_mnist"}
        Which dataset.

    Returns
    -------
    (train_images, train_labels), (test_images, test_labels)
        Images: ndarray of shape (60000, 28, 28) and (10000, 28, 28), uint8, grey values
        from 0 (background) to 255. Labels: ndarray of shape (60000,) and (10000,), uint8,
        0 to 9. Each call returns new arrays, so changing them harms nobody else.

    Raises
    ------
    TypeError
        If `name` is not a string.
    ValueError
        If no dataset has this name.
    FileNotFoundError
        If the dataset's file is missing.
    DamagedDatasetError
        If the file is truncated or altered.

    Notes
    -----
    The file's SHA-256 is compared before anything is decoded. A file that `rebuild` wrote
    with another build of zlib has another hash and yet the same pixels; it passes because
    then each array's own SHA-256 decides.

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
    path = shipped_path(info)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(
            f'The file of "{info.name}" is missing: {path}. {_remedy(info)}'
        ) from None
    file_sha256 = hashlib.sha256(content).hexdigest()
    if file_sha256 == info.file_sha256:
        arrays = _decode(content, info)
    else:
        try:
            arrays = _decode(content, info)
            intact = mismatch(arrays, info) is None
        except Exception:  # whatever a decoder raises over damaged bytes, the file is damaged
            intact = False
        if not intact:
            raise DamagedDatasetError(
                f'The file of "{info.name}" is truncated or was altered: {path} '
                f"({len(content):,} bytes).\n"
                f"Expected SHA-256 {info.file_sha256}\n"
                f"Got SHA-256      {file_sha256}\n"
                f"{_remedy(info)}"
            )
    return (arrays["x_train"], arrays["y_train"]), (arrays["x_test"], arrays["y_test"])


def shipped_path(info: DatasetInfo) -> Path:
    """Say where a dataset's shipped file lies: beside this module.

    Parameters
    ----------
    info : DatasetInfo
        As from `describe_dataset`.

    Returns
    -------
    pathlib.Path
        Whether or not the file is there.

    Examples
    --------
    >>> shipped_path(describe_dataset("mnist")).name
    'mnist.npz'
    """
    return Path(__file__).with_name(info.file_name)


def mismatch(arrays: dict[str, NDArray[np.uint8]], info: DatasetInfo) -> str | None:
    """Compare arrays with the registry's shapes, dtype and SHA-256.

    Parameters
    ----------
    arrays : dict of str to ndarray
        The four arrays by key: x_train, y_train, x_test, y_test.
    info : DatasetInfo
        What they should be.

    Returns
    -------
    str or None
        The first difference in words, or None if every byte is as it should be.

    Examples
    --------
    >>> import numpy as np
    >>> info = describe_dataset("mnist")
    >>> mismatch({"x_train": np.zeros((5, 28, 28), np.uint8)}, info)
    'x_train must be uint8 (60000, 28, 28); got uint8 (5, 28, 28)'
    """
    for expected in info.arrays:
        array = arrays[expected.key]
        if array.dtype != np.uint8 or array.shape != expected.shape:
            return f"{expected.key} must be uint8 {expected.shape}; got {array.dtype} {array.shape}"
        sha256 = hashlib.sha256(np.ascontiguousarray(array).data).hexdigest()
        if sha256 != expected.sha256:
            return f"{expected.key} must have the SHA-256 {expected.sha256}; got {sha256}"
    return None


def _decode(content: bytes, info: DatasetInfo) -> dict[str, NDArray[np.uint8]]:
    """Unpack the four arrays of an .npz file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return {array.key: file[array.key] for array in info.arrays}


def _remedy(info: DatasetInfo) -> str:
    """Say how to get a good file back."""
    return (
        f"To restore it, run `git checkout -- course_utils/datasets/{info.file_name}` in the "
        "course's folder, or install the course again. Maintainers can also run "
        f"`course data rebuild {info.name} --originals FOLDER`."
    )

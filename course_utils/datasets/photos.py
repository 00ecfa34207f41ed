"""The shipped colour photos: animals, fish, monuments and tools, with an author for each."""

import io
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from course_utils._shipped import how_to_restore, load_arrays

SIDE = 224  # pixels

PHOTOS = Path(__file__).with_name("photos.npz")
RECORDS = Path(__file__).with_name("photos.toml")


@dataclass(frozen=True)
class PhotoInfo:
    """Where one shipped photo comes from.

    Parameters
    ----------
    name : str
        Its class and its name, such as ``"animal/bison"``.
    author : str
        Who took it.
    licence : str
        ``"CC0-1.0"`` or ``"Public Domain"``.
    source : str
        The address where its author published it.

    Examples
    --------
    >>> from course_utils.datasets import describe_photos
    >>> info = describe_photos()[0]
    >>> info.name, info.class_name, info.author
    ('animal/bison', 'animal', 'Kurt Kaiser')
    """

    name: str
    author: str
    licence: str
    source: str

    @property
    def class_name(self) -> str:
        """The class that it belongs to."""
        return self.name.partition("/")[0]

    def __str__(self) -> str:
        return f"{self.name}: {self.author}, {self.licence}, {self.source}"


def load_photos() -> tuple[NDArray[np.uint8], NDArray[np.uint8], list[str]]:
    """Load the 113 colour photos that come with the course: animals, fish, monuments, tools.

    Nothing is downloaded and nothing is written. The result has the form of
    `load_image_folder`'s.

    Returns
    -------
    images : ndarray of shape (113, 224, 224, 3), uint8
        The middle square of each photo: red, green and blue from 0 to 255. They stand class by
        class and sorted by name, so shuffle them before you split off a part. Each call
        returns a new array.
    labels : ndarray of shape (113,), uint8
        Photo ``i`` belongs to the class ``class_names[labels[i]]``.
    class_names : list of str
        ``["animal", "fish", "monument", "tool"]``.

    Raises
    ------
    FileNotFoundError
        If the photos' file is missing.
    DamagedFileError
        If the file is truncated or altered.

    Notes
    -----
    The photos come from GCompris, a collection of programs for children by KDE, whose authors
    chose them among those that are in the public domain or under CC0. `describe_photos` names
    the author, the licence and the source of each.

    Mind the backgrounds. Most tools lie on white, monuments stand before a blue sky and fish
    swim in dark water, so a network may learn the background and still be right more often
    than by chance.

    Examples
    --------
    >>> images, labels, class_names = load_photos()
    >>> images.shape, images.dtype
    ((113, 224, 224, 3), dtype('uint8'))
    >>> class_names, np.bincount(labels).tolist()
    (['animal', 'fish', 'monument', 'tool'], [23, 28, 24, 38])
    """
    from PIL import Image

    records = _records()
    infos = [PhotoInfo(**record) for record in records["photo"]]
    files = load_arrays(
        PHOTOS,
        [info.name for info in infos],
        records["sha256"],
        how_to_restore(f"datasets/{PHOTOS.name}", "course data rebuild --originals FOLDER"),
    )
    images = np.empty((len(infos), SIDE, SIDE, 3), np.uint8)
    for i, info in enumerate(infos):
        with Image.open(io.BytesIO(files[info.name].tobytes())) as photo:
            images[i] = np.asarray(photo)
    class_names = sorted({info.class_name for info in infos})
    labels = np.array([class_names.index(info.class_name) for info in infos], np.uint8)
    return images, labels, class_names


def describe_photos() -> list[PhotoInfo]:
    """Name the author, the licence and the source of each shipped photo.

    Returns
    -------
    list of PhotoInfo
        In the order of `load_photos`, a new list each time. Each prints as a line.

    Examples
    --------
    >>> info = describe_photos()[-1]
    >>> info.name, info.author, info.licence
    ('tool/wrench1', 'M338', 'Public Domain')
    """
    return [PhotoInfo(**record) for record in _records()["photo"]]


def _records() -> dict[str, Any]:
    """Read what the last rebuild wrote: the file's checksum, and where each photo comes from."""
    return tomllib.loads(RECORDS.read_text("utf-8"))

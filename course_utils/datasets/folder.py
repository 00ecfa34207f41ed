"""Load your own pictures: a folder with one subfolder for each class."""

import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils import _arguments
from course_utils.datasets.class_folders import find_pictures
from course_utils.datasets.framing import LARGEST_SIDE, frame_as_mnist
from course_utils.datasets.likeness import warn_if_unlike
from course_utils.datasets.pictures import read_picture
from course_utils.datasets.registry import class_names as names_in
from course_utils.datasets.registry import dataset_names

_MODES = {"grayscale": "L", "rgb": "RGB"}


def load_image_folder(
    path: str | os.PathLike[str],
    image_size: tuple[int, int] = (28, 28),
    invert: bool = False,
    *,
    color_mode: str = "grayscale",
    crop: bool = False,
    frame: bool = False,
    like: str | None = None,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8], list[str]]:
    """Load pictures from subfolders that are named after their classes.

    ::

        pets/
            cat/  tom.png  felix.jpg
            dog/  rex.png

    Parameters
    ----------
    path : str or path-like
        The folder that contains the class folders, in the example ``pets``.
    image_size : (int, int), default (28, 28)
        Height and width in pixels of the result. Pictures of other proportions are squeezed into
        it, unless `crop` is True.
    invert : bool, default False
        Whether to swap dark and light. MNIST is bright ink on a black background, so a network
        trained on it needs True for pictures of dark ink on white paper.
    color_mode : {"grayscale", "rgb"}, default "grayscale"
        Whether each pixel is one grey value, or red, green and blue, as Keras calls them.
    crop : bool, default False
        Whether to cut each picture to the largest part in its middle that has the proportions of
        `image_size`, so that things keep their shape, as networks for photos expect. What lies
        outside is lost.
    frame : bool, default False
        Whether to crop, scale and centre each picture as MNIST's digits are, which makes the ink
        bright on black even without `invert`. Each must show one digit alone on its paper;
        `frame_as_mnist` does it and says how, and `plot_framing` shows before and after.
    like : {"mnist", "fashion_mnist"}, optional
        The data that your network learnt from. A warning says how the pictures look different, if
        more than a tenth of them do. By default it is the set to which all class folders' names
        belong, such as MNIST for folders 0 to 9, if there is one; of grey pictures only.

    Returns
    -------
    images : ndarray of shape (n, height, width), or (n, height, width, 3) for "rgb", uint8
        Values from 0 (black) to 255 (white), class by class and sorted by file name,
        so shuffle them before you split off a part.
    labels : ndarray of shape (n,), uint8
        Picture ``i`` belongs to the class ``class_names[labels[i]]``.
    class_names : list of str
        The subfolders' names, sorted.

    Raises
    ------
    TypeError
        If an argument is of the wrong type.
    FileNotFoundError, NotADirectoryError
        If `path` is missing, or is not a folder.
    ValueError
        If `image_size` is not two positive numbers, `color_mode` or `like` is unknown or both do
        not go together, nor `crop` and `frame`, if there are no class folders or more than 256,
        if a class folder is empty or contains another folder, if pictures lie outside the class
        folders, or if a file is not a picture that can be read, or cannot be framed.

    Notes
    -----
    Hidden files are ignored, and so is what systems leave behind: ``__MACOSX``, ``Icon``,
    ``Thumbs.db``, ``desktop.ini``, ``@eaDir``. Colours become grey by ITU-R 601-2, the luma
    transform of Pillow, transparent parts become white, and 16-bit grey is reduced to 8 bits. The
    rotation recorded by a camera is applied, and of an animation the first picture is used.
    A HEIC photo can be read where the package pillow-heif is installed. So that memory suffices,
    a picture may have at most 40 million pixels, and a JPEG 178 million.

    Examples
    --------
    >>> import tempfile
    >>> from PIL import Image
    >>> folder = Path(tempfile.mkdtemp())
    >>> for class_name, grey in [("night", 10), ("day", 250)]:
    ...     (folder / class_name).mkdir()
    ...     Image.new("L", (100, 80), grey).save(folder / class_name / "sky.png")
    >>> images, labels, class_names = load_image_folder(folder)
    >>> images.shape, images[:, 0, 0], labels, class_names
    ((2, 28, 28), array([250,  10], dtype=uint8), array([0, 1], dtype=uint8), ['day', 'night'])
    """
    size = _arguments.image_size(image_size)
    invert = _arguments.boolean("invert", invert)
    mode = _MODES[_arguments.choice("color_mode", color_mode, _MODES)]
    crop = _arguments.boolean("crop", crop)
    frame = _arguments.boolean("frame", frame)
    if crop and frame:
        raise ValueError(
            "`crop` must be False with `frame=True`; got True for both. "
            "Leave out `crop`, because `frame` crops each picture to its ink."
        )
    if like is not None:
        _arguments.choice("like", like, dataset_names())
    _require_grey(mode, frame=frame, like=like is not None)
    from tqdm import tqdm

    files_by_class = find_pictures(_arguments.folder("path", path))
    files = [file for class_files in files_by_class.values() for file in class_files]
    channels = (3,) if mode == "RGB" else ()
    images = np.empty((len(files), *size, *channels), np.uint8)  # (n, height, width[, 3])
    for i, file in enumerate(tqdm(files, unit="picture", delay=2, leave=False)):
        images[i] = read_framed(file, size) if frame else read_resized(file, mode, size, crop)
    if invert and not frame:
        np.subtract(255, images, out=images)
    if mode == "L" and (name := like or _set_with(files_by_class)):
        warn_if_unlike(images, name, framed=frame)
    n_per_class = [len(class_files) for class_files in files_by_class.values()]
    labels = np.repeat(np.arange(len(n_per_class)).astype(np.uint8), n_per_class)  # (n,)
    return images, labels, list(files_by_class)


def _require_grey(mode: str, **options: bool) -> None:
    """Require grey pictures for what only these can have."""
    for option, asked in options.items():
        if asked and mode != "L":
            raise ValueError(
                f'`{option}` must be left out for colour; got it with color_mode="rgb". '
                'Pass color_mode="grayscale", because MNIST and Fashion-MNIST are grey.'
            )


def read_resized(
    file: Path, mode: str, size: tuple[int, int], crop: bool = False
) -> NDArray[np.uint8]:
    """Read a picture and resize it, squeezed or cut to the new proportions."""
    from PIL import Image, ImageOps

    height, width = size
    image = read_picture(file, mode, side=8 * max(size))  # as good as all of it
    if crop:
        image = ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS)
    elif image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(image)


def read_framed(file: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Read a picture and frame it."""
    image = read_picture(file, "L", side=LARGEST_SIDE)
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    try:
        return frame_as_mnist(np.asarray(image), size)
    except ValueError as error:
        raise ValueError(f"{file} cannot be framed: {error}") from error


def _set_with(names: Iterable[str]) -> str | None:
    """Find the shipped set to which all these classes belong."""
    return next((name for name in dataset_names() if set(names) <= set(names_in(name))), None)

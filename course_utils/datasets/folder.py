"""Load your own pictures: a folder with one subfolder for each class."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils import _arguments

MAX_CLASSES = 256  # labels are uint8

_HIDDEN_ON_WINDOWS = {"thumbs.db", "desktop.ini"}


def load_image_folder(
    path: str | os.PathLike[str], image_size: tuple[int, int] = (28, 28), invert: bool = False
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
        Height and width in pixels of the result. Pictures of another size are resized
        without keeping their proportions, so crop them first if that matters.
    invert : bool, default False
        Whether to swap dark and light. MNIST is bright ink on a black background, so a network
        trained on it needs True for pictures of dark ink on white paper.

    Returns
    -------
    images : ndarray of shape (n, height, width), uint8
        Grey values from 0 (black) to 255 (white), class by class and sorted by file name,
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
        If `image_size` is not two positive numbers, if there are no class folders or more
        than 256, if a class folder is empty or contains another folder, if pictures lie
        outside the class folders, or if a file is not a picture that can be read.

    Notes
    -----
    Hidden files are ignored. Colours become grey by ITU-R 601-2, the luma transform of
    Pillow, transparent parts become white, and 16-bit grey is reduced to 8 bits. The
    rotation recorded by a camera is applied, and of an animation the first picture is used.

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
    _require_image_size(image_size)
    invert = _arguments.boolean("invert", invert)
    files_by_class = _find_files(_arguments.folder("path", path))
    files = [file for class_files in files_by_class.values() for file in class_files]
    images = np.empty((len(files), *image_size), np.uint8)  # (n, height, width)
    for i, file in enumerate(files):
        images[i] = _read_image(file, image_size)
    if invert:
        np.subtract(255, images, out=images)
    n_per_class = [len(class_files) for class_files in files_by_class.values()]
    labels = np.repeat(np.arange(len(n_per_class)).astype(np.uint8), n_per_class)  # (n,)
    return images, labels, list(files_by_class)


def _require_image_size(image_size: object) -> None:
    """Require two positive whole numbers."""
    expected = "`image_size` must be (height, width), two whole numbers of pixels"
    if not isinstance(image_size, tuple | list):
        raise TypeError(f"{expected}; got {image_size!r}. Write for instance image_size=(28, 28).")
    whole = all(isinstance(n, int | np.integer) and not isinstance(n, bool) for n in image_size)
    if len(image_size) != 2 or not whole or min(image_size) < 1:
        raise ValueError(
            f"{expected}, each at least 1; got {image_size!r}. "
            "Write for instance image_size=(28, 28)."
        )


def _find_files(folder: Path) -> dict[str, list[Path]]:
    """List each class's files, classes and files sorted by name."""
    stray = [entry for entry in _visible(folder) if entry.is_file() and _has_image_suffix(entry)]
    if stray:
        raise ValueError(
            f"Pictures must be in class folders; {stray[0]} is outside. "
            "Move it into the subfolder of its class."
        )
    class_folders = [entry for entry in _visible(folder) if entry.is_dir()]
    if not class_folders:
        raise ValueError(
            f"`path` must hold one subfolder for each class; {folder} holds none. "
            "Make one for each class, and put its pictures there."
        )
    if len(class_folders) > MAX_CLASSES:
        raise ValueError(
            f"`path` may hold at most {MAX_CLASSES} class folders, because labels are uint8; "
            f"{folder} holds {len(class_folders)}. Check that it is the right folder."
        )
    files_by_class = {}
    for class_folder in class_folders:
        files = _visible(class_folder)
        for file in files:
            if file.is_dir():
                raise ValueError(
                    f"A class folder must hold only pictures; {file} is a folder. "
                    "Move its pictures up, or pass the folder that contains the class folders."
                )
        if not files:
            raise ValueError(
                f"Each class folder must hold at least one picture; {class_folder} is empty. "
                "Add pictures, or delete the folder."
            )
        files_by_class[class_folder.name] = files
    return files_by_class


def _visible(folder: Path) -> list[Path]:
    """List a folder's entries by name, without the hidden ones."""
    return sorted(
        (
            entry
            for entry in folder.iterdir()
            if not entry.name.startswith(".") and entry.name.lower() not in _HIDDEN_ON_WINDOWS
        ),
        key=lambda entry: entry.name,
    )


def _has_image_suffix(file: Path) -> bool:
    """Tell whether Pillow knows this file extension."""
    from PIL import Image

    return file.suffix.lower() in Image.registered_extensions()


def _read_image(file: Path, image_size: tuple[int, int]) -> NDArray[np.uint8]:
    """Read one picture as grey values of shape `image_size`."""
    from PIL import Image, ImageOps

    try:
        with Image.open(file) as opened:
            opened.load()
            image = ImageOps.exif_transpose(opened)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(
            f"Every file in a class folder must be a picture; {file} cannot be read as one "
            f"({error}). Check it in a picture viewer, and replace it or move it elsewhere."
        ) from error
    if image.mode in ("I", "F"):
        raise ValueError(
            f"Pictures must have 8 or 16 bits per channel; {file} has 32. Save it with 8 bits."
        )
    if image.mode.startswith("I;16"):  # Pillow's own conversion would clip these at 255
        image = Image.fromarray((np.asarray(image) // 257).astype(np.uint8))
    if image.has_transparency_data:  # Pillow's own conversion would show what is beneath
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    image = image.convert("L")
    height, width = image_size
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    return np.asarray(image)

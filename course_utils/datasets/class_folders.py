"""Find the pictures in a folder with one subfolder for each class."""

import os
import unicodedata
from pathlib import Path

MAX_CLASSES = 256  # labels are uint8

#: What systems leave beside pictures: macOS, Windows, and the network drives of Synology.
_LEFT_BEHIND = {"__macosx", "icon\r", "thumbs.db", "desktop.ini", "@eadir"}


def find_pictures(folder: Path) -> dict[str, list[Path]]:
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
    files_by_class: dict[str, list[Path]] = {}
    for class_folder in class_folders:
        name = _as_text(class_folder.name)
        if name in files_by_class:
            raise ValueError(
                f"Class folders must differ in their names; {class_folder} has another one's, "
                "with its letters encoded in another way. Rename it, or move its pictures there."
            )
        files_by_class[name] = _pictures_in(class_folder)
    return files_by_class


def _pictures_in(class_folder: Path) -> list[Path]:
    """List a class's files; require that there are some, and no folders."""
    files = _visible(class_folder)
    for file in files:
        if file.is_dir():
            raise ValueError(
                f"A class folder must hold only pictures; {file} is a folder. Move its pictures "
                f'up, or pass path="{class_folder}" if the classes are the folders in there.'
            )
    if not files:
        raise ValueError(
            f"Each class folder must hold at least one picture; {class_folder} is empty. "
            "Add pictures, or delete the folder."
        )
    return files


def _visible(folder: Path) -> list[Path]:
    """List a folder's entries by name, without hidden ones and what systems leave behind."""
    return sorted(
        (
            entry
            for entry in folder.iterdir()
            if not entry.name.startswith(".") and entry.name.lower() not in _LEFT_BEHIND
        ),
        key=lambda entry: entry.name,
    )


def _has_image_suffix(file: Path) -> bool:
    """Tell whether this file extension is a picture's."""
    from PIL import Image

    return file.suffix.lower() in {*Image.registered_extensions(), ".heic", ".heif"}


def _as_text(name: str) -> str:
    """Write a folder's name as it is typed: macOS takes letters and their accents apart."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))

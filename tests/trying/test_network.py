"""A saved network, shown pictures as it learnt from them."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from trying.networks import grey_cnn, network

from course_utils.datasets import load_image_folder
from course_utils.trying.network import SavedNetwork, as_probabilities, load_network
from course_utils.trying.notes import Notes

NAMES = ["cup", "fork", "plate"]
GREYS = np.random.default_rng(1).integers(0, 256, (8, 12), np.uint8)


def saved(path: Path, made: Any) -> Path:
    made.save(path)
    return path


def picture_in(folder: Path, pixels: np.ndarray) -> Path:
    Image.fromarray(pixels).save(folder / "picture.png")
    return folder / "picture.png"


def dense(shape: tuple[int | None, ...], *before: Any, units: int = 3, **how: Any) -> Any:
    from keras import layers

    return network(layers.Input(shape), *before, layers.Flatten(), layers.Dense(units, **how))


def test_the_answer_is_what_predict_gives(tmp_path: Path) -> None:
    made = grey_cnn()
    loaded = SavedNetwork(load_network(saved(tmp_path / "a.keras", made)), Notes(NAMES))
    seen = loaded.see(picture_in(tmp_path, GREYS), invert=False, frame=False, crop=False)
    assert np.array_equal(seen, GREYS)
    expected = made.predict(GREYS[np.newaxis, ..., np.newaxis], verbose=0)[0]
    np.testing.assert_allclose(loaded.answer(seen), expected, atol=1e-6)


def test_a_network_without_a_layer_that_scales_gets_fractions() -> None:
    made = dense((8, 12), activation="softmax")
    expected = made.predict(GREYS[np.newaxis] / np.float32(255), verbose=0)[0]
    np.testing.assert_allclose(SavedNetwork(made, Notes(NAMES)).answer(GREYS), expected, atol=1e-6)


def test_white_says_what_neither_file_nor_layers_do() -> None:
    made = dense((8, 12))
    logits = made.predict(GREYS[np.newaxis].astype(np.float32), verbose=0)[0].astype(float)
    expected = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
    told = SavedNetwork(made, Notes(NAMES, white=255))
    np.testing.assert_allclose(told.answer(GREYS), expected, atol=1e-6)


def test_a_scaling_layer_inside_a_part_is_found() -> None:
    from keras import Sequential, layers

    part = Sequential([layers.Input((8, 12)), layers.Rescaling(1 / 255)])
    assert SavedNetwork(dense((8, 12), part), Notes(NAMES)).notes.white == 255


def test_unrolled_pixels_make_a_square() -> None:
    made = dense((16,), activation="softmax")
    pixels = np.arange(16, dtype=np.uint8).reshape(4, 4)
    expected = made.predict(pixels.reshape(1, 16) / np.float32(255), verbose=0)[0]
    np.testing.assert_allclose(SavedNetwork(made, Notes(NAMES)).answer(pixels), expected, atol=1e-6)


def test_colour_pictures_keep_their_colours(tmp_path: Path) -> None:
    colours = np.random.default_rng(2).integers(0, 256, (8, 12, 3), np.uint8)
    loaded = SavedNetwork(dense((8, 12, 3)), Notes(NAMES, like="mnist", frame=True))
    seen = loaded.see(picture_in(tmp_path, colours), invert=False, frame=False, crop=False)
    assert np.array_equal(seen, colours)
    assert (loaded.notes.frame, loaded.notes.like) == (False, None)  # these are for grey


def test_a_photo_is_cut_as_load_image_folder_cuts_it(tmp_path: Path) -> None:
    wide = np.random.default_rng(3).integers(0, 256, (40, 160), np.uint8)
    (tmp_path / "cup").mkdir()
    file = picture_in(tmp_path / "cup", wide)
    loaded = SavedNetwork(grey_cnn(), Notes(NAMES))
    for crop in (True, False):
        (expected,), *_ = load_image_folder(tmp_path, (8, 12), crop=crop)
        assert np.array_equal(loaded.see(file, invert=False, frame=False, crop=crop), expected)


def test_light_and_dark_can_be_swapped(tmp_path: Path) -> None:
    loaded = SavedNetwork(grey_cnn(), Notes(NAMES))
    seen = loaded.see(picture_in(tmp_path, GREYS), invert=True, frame=False, crop=False)
    assert np.array_equal(seen, 255 - GREYS)


@pytest.mark.parametrize(("like", "frame", "frames"), [
    ("mnist", None, True), ("mnist", False, False), ("fashion_mnist", None, False),
    (None, True, True), (None, None, False),
])  # fmt: skip
def test_pictures_are_framed_for_a_network_of_mnists(
    like: str | None, frame: bool | None, frames: bool
) -> None:
    assert SavedNetwork(grey_cnn(), Notes(NAMES, like=like, frame=frame)).notes.frame is frames


@pytest.mark.parametrize(("notes", "frame", "crop"), [
    (Notes(NAMES, crop=True), False, True),
    (Notes(NAMES, like="mnist", crop=True), False, True),
    (Notes(NAMES, like="mnist", frame=True, crop=True), True, False),
    (Notes(NAMES), False, False),
])  # fmt: skip
def test_pictures_are_cut_where_the_notes_say_so_and_they_are_not_framed(
    notes: Notes, frame: bool, crop: bool
) -> None:
    decided = SavedNetwork(grey_cnn(), notes).notes
    assert (decided.frame, decided.crop) == (frame, crop)


@pytest.mark.parametrize(("output", "expected"), [
    ([0.25, 0.75], [0.25, 0.75]),
    ([0.0, 0.0], [0.5, 0.5]),
    ([1000.0, 0.0], [1.0, 0.0]),
    ([0.2], [0.8, 0.2]),
    ([0.0], [1.0, 0.0]),
    ([-1000.0], [1.0, 0.0]),
])  # fmt: skip
def test_outputs_become_probabilities(output: list[float], expected: list[float]) -> None:
    np.testing.assert_allclose(as_probabilities(np.array(output)), expected, atol=1e-9)


def test_an_answer_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="a training that diverged"):
        as_probabilities(np.array([np.nan, 1.0]))


@pytest.mark.parametrize("shape", [(7,), (4, 4, 2), (None, None, 3), (4, 4, 4, 1), (1,)])
def test_inputs_that_are_no_pictures_are_refused(shape: tuple[int | None, ...]) -> None:
    from keras import layers

    gather = layers.GlobalAveragePooling2D() if None in shape else layers.Flatten()
    made = network(layers.Input(shape), gather, layers.Dense(3))
    with pytest.raises(ValueError, match="which is no picture"):
        SavedNetwork(made, Notes(NAMES))


def test_an_output_that_is_no_answer_is_refused() -> None:
    from keras import layers

    made = network(layers.Input((8, 8, 1)), layers.Conv2D(2, 3))
    with pytest.raises(ValueError, match="no answer for each class"):
        SavedNetwork(made, Notes(NAMES))


@pytest.mark.parametrize(("names", "told"), [
    (None, "has 3 answers, and nothing says what they mean"),
    (["cup"], "has 3 answers, but 1 class name is given (cup)"),
    (["cup", "fork"], "has 3 answers, but 2 class names are given (cup, fork)"),
])  # fmt: skip
def test_every_answer_needs_a_name(names: list[str] | None, told: str) -> None:
    with pytest.raises(ValueError, match="--classes") as raised:
        SavedNetwork(grey_cnn(), Notes(names))
    assert told in str(raised.value)


def test_a_single_neuron_needs_two_names() -> None:
    assert SavedNetwork(dense((4, 4), units=1), Notes(["no", "yes"])).class_names == ["no", "yes"]


def test_code_in_a_file_is_not_run(tmp_path: Path) -> None:
    from keras import layers

    made = dense((4, 4), layers.Lambda(lambda images: images + 1))
    path = saved(tmp_path / "lambda.keras", made)
    with pytest.raises(ValueError, match="holds Python code of whoever made it"):
        load_network(path)


def test_a_layer_of_somebodys_own_is_named(tmp_path: Path) -> None:
    import keras

    class Own(keras.layers.Layer):
        def call(self, images):
            return images

    path = saved(tmp_path / "own.keras", dense((4, 4), Own()))
    with pytest.raises(ValueError, match="a layer of somebody's own, Own,"):
        load_network(path)


@pytest.mark.parametrize("kind", ["text", "folder", "zip", "suffix"])
def test_what_is_no_network_is_refused(kind: str, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / ("other.h5" if kind == "suffix" else "other.keras")
    if kind == "folder":
        path.mkdir()
    elif kind == "zip":
        zipfile.ZipFile(path, "w").close()
    else:
        path.write_text("text")
    with pytest.raises(ValueError, match="is no saved Keras network"):
        load_network(path)

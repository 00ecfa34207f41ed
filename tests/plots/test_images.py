"""Pictures of images."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.plots import plot_image, plot_samples

IMAGE = np.array([[0, 10, 20], [30, 40, 50]], np.uint8)


def test_an_image_of_bytes_is_shown_on_the_scale_from_0_to_255() -> None:
    assert plot_image(IMAGE).images[0].get_clim() == (0, 255)


def test_a_scaled_image_is_shown_on_its_own_scale() -> None:
    assert plot_image(IMAGE / 100).images[0].get_clim() == (0, 0.5)


def test_the_colour_bar_stands_beside_the_image() -> None:
    axes = plot_image(IMAGE, colour_bar=True)
    assert [other.get_ylabel() for other in axes.figure.axes] == ["row", "pixel value"]


def test_each_pixel_carries_its_number() -> None:
    texts = plot_image(IMAGE, values=True).texts
    assert [text.get_text() for text in texts] == ["0", "10", "20", "30", "40", "50"]


def test_with_its_numbers_an_image_is_12_inches_large() -> None:
    assert plot_image(IMAGE, values=True).figure.get_size_inches().tolist() == [12, 12]


def test_an_image_is_drawn_where_it_is_asked_for() -> None:
    ax = Figure().subplots()
    assert plot_image(IMAGE, ax=ax) is ax


def test_a_channel_axis_of_length_1_is_dropped() -> None:
    assert plot_image(IMAGE[..., np.newaxis]).images[0].get_array().shape == (2, 3)


@pytest.mark.parametrize("wrong", [np.zeros((2, 3, 4)), np.zeros(9)])
def test_what_is_no_single_grey_image_is_refused(wrong) -> None:
    with pytest.raises(ValueError, match=r"one grey image.*Pick one: images\[0\]"):
        plot_image(wrong)


def test_samples_carry_the_names_of_their_classes() -> None:
    axes = plot_samples(np.zeros((3, 2, 2), np.uint8), [1, 0, 1], ["cat", "dog"], n_columns=2)
    assert [ax.get_title() for ax in axes.flat] == ["dog", "cat", "dog", ""]


@pytest.mark.parametrize("top", [255, 1.0])
def test_samples_in_colour_keep_red_green_and_blue(top: float) -> None:
    picture = np.zeros((1, 1, 3, 3), np.uint8 if top == 255 else np.float32)
    picture[0, 0] = top * np.eye(3)
    axes = plot_samples(picture, [0])
    np.testing.assert_array_equal(axes[0, 0].images[0].get_array(), picture[0])


def test_samples_without_names_carry_their_labels() -> None:
    assert plot_samples(IMAGE[np.newaxis], [7])[0, 0].get_title() == "7"

"""Feature maps as pictures and kernels as numbers."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import plot_feature_maps, plot_kernels


def test_each_map_has_its_picture_and_number() -> None:
    maps = np.random.default_rng(0).normal(size=(5, 4, 3))
    axes = plot_feature_maps(maps, n_columns=3)
    assert [ax.get_title() for ax in axes.flat] == ["0", "1", "2"]
    np.testing.assert_array_equal(axes[0, 1].images[0].get_array(), maps[..., 1])


def test_places_that_are_left_over_stay_empty() -> None:
    axes = plot_feature_maps(np.zeros((2, 2, 3)), n_columns=2)
    assert not axes[1, 1].images


def test_maps_are_drawn_where_they_are_asked_for() -> None:
    figure = Figure()
    assert plot_feature_maps(np.zeros((2, 2, 1)), figure=figure)[0, 0].figure is figure


def test_a_kernel_shows_its_numbers_and_not_its_colours_alone() -> None:
    axes = plot_kernels(np.array([[[-0.5], [0.0]], [[1.0], [0.125]]]))
    assert [text.get_text() for text in axes[0, 0].texts] == ["−0.5", "0", "1", "0.12"]


def test_zero_lies_in_the_middle_of_the_colours() -> None:
    image = plot_kernels(np.array([[[-0.5], [2.0]]]))[0, 0].images[0]
    assert image.get_clim() == (-2.0, 2.0)


def test_a_kernel_of_zeros_is_drawn() -> None:
    assert plot_kernels(np.zeros((3, 3, 1)))[0, 0].images[0].get_clim() == (-1.0, 1.0)

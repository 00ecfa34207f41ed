"""Pictures before and after framing."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.plots import plot_framing


def test_each_picture_stands_beside_what_framing_made_of_it() -> None:
    before = np.random.default_rng(0).integers(0, 256, (3, 40, 30), np.uint8)
    after = np.random.default_rng(1).integers(0, 256, (3, 28, 28), np.uint8)
    axes = plot_framing(before, after, n_columns=2)
    np.testing.assert_array_equal(axes[1, 0].images[0].get_array(), before[2])
    np.testing.assert_array_equal(axes[1, 1].images[0].get_array(), after[2])
    assert [ax.get_title() for ax in axes[1]] == ["as it came", "framed", "", ""]


def test_pictures_are_shown_from_black_to_white() -> None:
    axes = plot_framing(np.full((1, 4, 4), 7, np.uint8), np.full((1, 4, 4), 9, np.uint8))
    assert {ax.images[0].get_clim() for ax in axes[0, :2]} == {(0, 255)}


def test_pairs_are_drawn_where_they_are_asked_for() -> None:
    figure = Figure()
    assert (
        plot_framing(np.zeros((1, 2, 2)), np.zeros((1, 2, 2)), figure=figure)[0, 0].figure is figure
    )

"""The kernel explorer: a window, its products, and the output's next pixel."""

import numpy as np
from matplotlib.figure import Figure

from course_utils.explorers import explore_kernel
from course_utils.explorers.mathematics.kernel_presets import ENTRIES, PRESETS, kernel_of


def test_the_browser_knows_the_same_kernels_as_python(in_browser) -> None:
    changes = np.random.default_rng(2).integers(-4, 5, (len(PRESETS), 9)).tolist()
    cases = list(enumerate(changes))
    expected = [
        list(kernel_of(preset, change)) for preset, change in zip(PRESETS, changes, strict=True)
    ]
    assert in_browser("kernel.js", "kernelOf", cases) == expected


def test_a_kernel_with_a_single_1_at_its_right_moves_the_picture_to_the_left() -> None:
    image = np.arange(25, dtype=np.uint8).reshape(5, 5)
    explorer = explore_kernel(image, "all zeros")
    explorer.right = 1
    np.testing.assert_array_equal(explorer.output(), image[1:4, 2:5])


def test_padding_with_zeros_keeps_the_size() -> None:
    assert explore_kernel(padding="same").output().shape == (6, 6)


def test_the_sentence_says_kernel_place_sum_and_sizes() -> None:
    assert explore_kernel(preset="blur", stride=2, padding="same").sentence() == (
        "The kernel is 1 1 1 | 1 1 1 | 1 1 1. At position 1 of 9, over rows 0 to 2 and columns 0 "
        "to 2, the products sum to 495, which divided by 9 is 55.00. This is the output's pixel "
        "in row 0 and column 0. With stride 2 and padding 'same', 6 × 6 pixels become 3 × 3."
    )


def test_past_the_last_position_the_kernel_stays_there() -> None:
    assert "At position 16 of 16" in explore_kernel(step=35).sentence()


def test_each_entry_of_the_kernel_has_its_control() -> None:
    explorer = explore_kernel(preset="all zeros")
    for number, entry in enumerate(ENTRIES):
        setattr(explorer, entry, number - 4)
    assert explorer.kernel()[0].ravel().tolist() == list(range(-4, 5))


def test_the_nine_controls_lie_in_a_grid() -> None:
    controls = explore_kernel().panel.children[0].children
    labels = [control.description for control in controls[2].children]
    assert labels[0] == "+ top left"
    assert len(labels) == 9


def test_the_still_twin_shows_what_was_reached_and_no_more() -> None:
    figure = Figure()
    explore_kernel(step=3).draw(figure)
    made = figure.axes[0].child_axes[1].images[0].get_array()
    assert np.isfinite(made).sum() == 4

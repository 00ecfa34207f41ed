"""The kernel explorer: a window, its products, and the output's next pixel."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_kernel
from course_utils.explorers.kernel_presets import PLACES, PRESETS, kernel_of
from course_utils.explorers.windows import (
    convolve,
    margin_before,
    output_size,
    place_of,
    quotient,
    window_at,
)


def random_slides(seed: int, n: int = 100) -> list[tuple[list, list, int, str]]:
    """Draw pictures, kernels, strides and paddings."""
    rng = np.random.default_rng(seed)
    return [
        (
            rng.integers(0, 256, rng.integers(4, 10, 2)).tolist(),
            rng.integers(-12, 13, (3, 3)).tolist(),
            int(rng.integers(1, 4)),
            str(rng.choice(["valid", "same"])),
        )
        for _ in range(n)
    ]


def test_the_browser_slides_as_python_does(in_browser) -> None:
    cases = random_slides(0)
    assert in_browser("kernel.js", "convolve", cases) == [convolve(*c).tolist() for c in cases]


@pytest.mark.parametrize(
    ("name", "function"), [("outputSize", output_size), ("marginBefore", margin_before)]
)
def test_the_browser_counts_positions_and_zeros_as_python_does(in_browser, name, function) -> None:
    cases = [
        (size, window, stride, padding)
        for size in range(1, 12)
        for window in range(1, 6)
        for stride in range(1, 5)
        for padding in ("valid", "same")
    ]
    assert in_browser("kernel.js", name, cases) == [function(*case) for case in cases]


def test_the_browser_cuts_the_same_windows_as_python(in_browser) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (5, 6))
    corners = [(top, left) for top in range(-2, 5) for left in range(-2, 6)]
    cases = [(picture.tolist(), top, left, [3, 3]) for top, left in corners]
    expected = [window_at(picture, top, left, (3, 3)).tolist() for top, left in corners]
    assert in_browser("kernel.js", "windowAt", cases) == expected


def test_the_browser_knows_the_same_kernels_as_python(in_browser) -> None:
    changes = np.random.default_rng(2).integers(-4, 5, (len(PRESETS), 9)).tolist()
    cases = list(enumerate(changes))
    expected = [
        list(kernel_of(preset, change)) for preset, change in zip(PRESETS, changes, strict=True)
    ]
    assert in_browser("kernel.js", "kernelOf", cases) == expected


def test_the_browser_steps_as_python_does(in_browser) -> None:
    cases = [(step, rows, columns) for step in range(40) for rows, columns in [(4, 5), (1, 7)]]
    expected = [list(place_of(*case)) for case in cases]
    assert in_browser("kernel.js", "placeOf", cases) == expected


def test_the_browser_rounds_quotients_as_python_does(in_browser) -> None:
    cases = [(total, divisor) for total in range(-400, 400, 7) for divisor in (1, 4, 9, 16, 8)]
    assert in_browser("kernel.js", "quotient", cases) == [quotient(*case) for case in cases]


def test_a_quotient_is_rounded_to_hundredths() -> None:
    assert (quotient(1, 9), quotient(-1, 1000), quotient(5, 9)) == ("0.11", "0.00", "0.56")


def test_a_kernel_with_a_single_1_at_its_right_moves_the_picture_to_the_left() -> None:
    image = np.arange(25, dtype=np.uint8).reshape(5, 5)
    explorer = explore_kernel(image, "all zeros")
    explorer.right = 1
    np.testing.assert_array_equal(explorer.output(), image[1:4, 2:5])


def test_padding_with_zeros_keeps_the_size() -> None:
    assert explore_kernel(padding="same").output().shape == (6, 6)


def test_the_sentence_says_kernel_place_sum_and_sizes() -> None:
    assert explore_kernel(preset="blur", stride=2, padding="same").sentence() == (
        "Kernel 1 1 1 | 1 1 1 | 1 1 1. Position 1 of 9: over rows 0 to 2 and columns 0 to 2 the "
        "products sum to 495, divided by 9: 55.00. This is the output's pixel in row 0, column 0. "
        "Stride 2, padding same: 6 × 6 becomes 3 × 3."
    )


def test_past_the_last_position_the_kernel_stays_there() -> None:
    assert "Position 16 of 16" in explore_kernel(step=35).sentence()


def test_each_entry_of_the_kernel_has_its_control() -> None:
    explorer = explore_kernel(preset="all zeros")
    for number, place in enumerate(PLACES):
        setattr(explorer, place, number - 4)
    assert explorer.kernel()[0].ravel().tolist() == list(range(-4, 5))


def test_the_nine_controls_lie_in_a_grid() -> None:
    labels = [control.description for control in explore_kernel().panel.children[2].children]
    assert labels[0] == "+ top left"
    assert len(labels) == 9


def test_the_still_twin_shows_what_was_reached_and_no_more() -> None:
    figure = Figure()
    explore_kernel(step=3).draw(figure)
    made = figure.axes[0].child_axes[1].images[0].get_array()
    assert np.isfinite(made).sum() == 4


@pytest.mark.parametrize(
    "image", [np.zeros((5, 5)), np.zeros((3, 5), np.uint8), np.zeros((2, 5, 5), np.uint8)]
)
def test_an_image_that_cannot_be_shown_is_refused(image) -> None:
    with pytest.raises(ValueError, match="`image` must be uint8 of shape"):
        explore_kernel(image)

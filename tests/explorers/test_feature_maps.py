"""The feature map explorer: what a trained network's layers make of a picture."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.datasets import load_dataset
from course_utils.explorers import explore_feature_maps
from course_utils.explorers.mathematics.filters import (
    filter_of,
    receptive_field,
    sum_of_products,
    windows_in,
)

RNG = np.random.default_rng(0)
CLOTHES = load_dataset("fashion_mnist")[1][0][:60]
DIGITS = load_dataset("mnist")[1][0][:4]
KINDS = ["convolution", "pooling", "convolution", "pooling"]


@pytest.mark.parametrize(("layer", "shape"), [
    ("conv_1", (28, 28, 8)), ("pool_1", (14, 14, 8)),
    ("conv_2", (14, 14, 16)), ("pool_2", (7, 7, 16)),
])  # fmt: skip
def test_each_layer_has_its_maps(layer: str, shape: tuple[int, ...]) -> None:
    assert explore_feature_maps(CLOTHES, layer=layer).maps().shape == shape


def test_no_map_goes_below_0_after_relu() -> None:
    assert explore_feature_maps(CLOTHES, layer="conv_2").maps().min() == 0


def test_pooling_forgets_half_of_each_side_and_no_greatest_value() -> None:
    before = explore_feature_maps(CLOTHES, layer="conv_2").maps()
    after = explore_feature_maps(CLOTHES, layer="pool_2").maps()
    np.testing.assert_array_equal(after.max(axis=(0, 1)), before.max(axis=(0, 1)))


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_a_place_depends_on_its_field_and_on_nothing_else(depth: int) -> None:
    layer = ["conv_1", "pool_1", "conv_2", "pool_2"][depth - 1]
    image, row, column = CLOTHES[1], 3, 2
    (top, bottom), (left, right) = (
        receptive_field(KINDS[:depth], place) for place in (row, column)
    )
    outside = RNG.integers(0, 256, (28, 28), np.uint8)
    outside[top : bottom + 1, left : right + 1] = image[top : bottom + 1, left : right + 1]
    maps = [explore_feature_maps([image, outside], image=i, layer=layer).maps() for i in (0, 1)]
    np.testing.assert_array_equal(maps[0][row, column], maps[1][row, column])
    assert not np.array_equal(*maps)


def test_the_sentence_says_what_filter_made_the_map_and_what_its_greatest_sees() -> None:
    words = explore_feature_maps(
        DIGITS, "digits_cnn", image=0, layer="conv_2", channel=9
    ).sentence()
    assert words.startswith(
        "The network classifies picture 0 as 7 with 100 % confidence. conv_2 makes 16 maps"
    )
    assert "comes from a filter of 3 × 3 × 8 weights" in words
    assert "receptive field covers 8 × 8 pixels of the picture." in words


def test_pooling_is_said_to_have_no_filter() -> None:
    words = explore_feature_maps(CLOTHES, layer="pool_1").sentence()
    assert "keeps the largest of each 2 × 2 values of conv_1: 8 maps of 14 × 14" in words
    assert "Map 0 has no filter of its own" in words


def test_a_map_beyond_the_last_is_named_and_the_last_one_shown() -> None:
    explorer = explore_feature_maps(CLOTHES, layer="conv_1", channel=12)
    assert explorer.shown_channel() == 7
    assert "This layer has no map 12, so its last one is shown. Map 7" in explorer.sentence()


def test_a_map_that_found_nothing_is_said_to_be_0() -> None:
    images = [np.zeros((28, 28), np.uint8), CLOTHES[0]]
    explorers = [explore_feature_maps(images, channel=k) for k in range(8)]
    empty = [e for e in explorers if e.maps()[..., e.channel].max() == 0]
    assert empty
    assert all("is 0 everywhere, because nothing was found." in e.sentence() for e in empty)


@pytest.mark.parametrize(("layer", "row", "column"), [
    ("conv_1", 0, 27), ("conv_1", 13, 9), ("pool_1", 5, 6), ("conv_2", 13, 0), ("pool_2", 3, 4),
])  # fmt: skip
def test_the_working_of_a_position_leads_to_the_value_in_the_map(
    layer: str, row: int, column: int
) -> None:
    for channel in range(8):
        explorer = explore_feature_maps(
            CLOTHES, layer=layer, channel=channel, row=row, column=column
        )
        value = explorer.maps()[row, column, channel]
        assert f"In row {row} and column {column}, " in explorer.sentence()
        words = explorer.sentence().rpartition("In row ")[2]
        assert f"{value:.2f}" in words, words


def test_in_a_smaller_map_the_last_position_is_chosen() -> None:
    explorer = explore_feature_maps(CLOTHES, layer="pool_2", row=14, column=3)
    assert explorer.place() == (6, 3)


def test_no_more_than_50_pictures_are_sent() -> None:
    assert len(explore_feature_maps(CLOTHES).pixels) == 50 * 784


@pytest.mark.parametrize(("layer", "n_maps"), [("conv_1", 8), ("pool_2", 16)])
def test_the_still_twin_shows_every_map(layer: str, n_maps: int) -> None:
    figure = Figure()
    explore_feature_maps(CLOTHES, layer=layer).draw(figure)
    assert len(figure.subfigs[2].axes) == n_maps


def test_the_still_twin_of_an_empty_picture_is_drawn() -> None:
    explorer = explore_feature_maps(np.zeros((2, 28, 28), np.uint8))
    assert explorer.picture().png.startswith(b"\x89PNG")


def test_the_browser_finds_the_same_fields(same_in_browser) -> None:
    cases = [(KINDS[:depth], place) for depth in range(1, 5) for place in range(7)]
    same_in_browser("feature_maps.js", receptive_field, cases)


def test_the_browser_takes_out_the_same_filter(in_browser) -> None:
    weights = RNG.normal(size=(3, 3, 8, 16))
    cases = [(weights.ravel(), [3, 3, 8, 16], channel) for channel in (0, 5, 15)]
    seen = in_browser("feature_maps.js", "filterOf", cases)
    assert seen == [filter_of(weights, case[2]).reshape(8, 9).tolist() for case in cases]


def test_the_browser_sees_the_same_windows(in_browser) -> None:
    maps = RNG.normal(size=(6, 5, 3))
    corners = [(-1, -1, 3), (0, 2, 3), (4, 3, 3), (2, 2, 2)]
    cases = [(maps.ravel(), [6, 5, 3], *corner) for corner in corners]
    seen = in_browser("feature_maps.js", "windowsIn", cases)
    assert seen == [windows_in(maps, *corner).tolist() for corner in corners]


def test_the_browser_adds_up_the_same_products(same_in_browser) -> None:
    cases = [tuple(RNG.normal(size=(2, 9))) for _ in range(100)]
    same_in_browser("feature_maps.js", sum_of_products, cases)

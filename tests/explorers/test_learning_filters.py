"""The explorer of filters that learn: what it shows is how the shipped network came about."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.datasets import load_dataset
from course_utils.explorers import explore_feature_maps, explore_learning_filters
from course_utils.explorers.learning_filters import cosine, size_of
from course_utils.pretrained import load_weights
from course_utils.pretrained.checkpoints import STEPS, load_checkpoints

RNG = np.random.default_rng(0)
CLOTHES = load_dataset("fashion_mnist")[0][0][:60]


def test_at_the_end_the_kernels_and_maps_are_those_of_the_shipped_network() -> None:
    explorer = explore_learning_filters(CLOTHES, step=10_692, image=3)
    learnt = np.moveaxis(load_weights("clothes_cnn")["conv_1_weights"][:, :, 0], -1, 0)
    np.testing.assert_array_equal(explorer.kernels(), learnt)
    np.testing.assert_array_equal(explorer.maps(), explore_feature_maps(CLOTHES, image=3).maps())


def test_before_the_first_step_each_kernel_is_its_own_beginning() -> None:
    explorer = explore_learning_filters(CLOTHES)
    assert explorer.cosines() == pytest.approx([1] * 8)
    assert explorer.sentence().startswith(
        "Before the first of 10,692 training steps the kernels are random, and the network's "
        "validation accuracy is 0.130. Filter 0 makes a map"
    )


@pytest.mark.parametrize("step", [100, 2_000, 10_692])
def test_the_sentence_says_how_far_the_kernels_have_come(step: int) -> None:
    explorer = explore_learning_filters(CLOTHES, step=step, channel=5)
    first = explore_learning_filters(CLOTHES).kernels().reshape(8, 9)
    now = explorer.kernels().reshape(8, 9)
    sizes = [np.linalg.norm(kernels, axis=1) for kernels in (first, now)]
    cosines = (first * now).sum(axis=1) / sizes[0] / sizes[1]
    words, least = explorer.sentence(), cosines.argmin()
    assert f"the cosine is {cosines.mean():.2f} on average and lowest for filter {least}, " in words
    times = sizes[1][5] / sizes[0][5]
    assert f"Filter 5 has a cosine of {cosines[5]:.2f} and {times:.2f} times its first" in words


def test_the_sentence_says_where_the_chosen_filters_map_is_highest() -> None:
    explorer = explore_learning_filters(CLOTHES, step=500, image=2, channel=6)
    chosen = explorer.maps()[..., 6]
    row, column = np.unravel_index(chosen.argmax(), chosen.shape)
    words = explorer.sentence()
    assert f"highest value, {chosen.max():.2f}, in row {row} and column {column}." in words


def test_a_map_that_is_0_everywhere_is_said_to_be() -> None:
    blank = np.zeros((2, 28, 28), np.uint8)
    explorers = [explore_learning_filters(blank, step=STEPS[-1], channel=k) for k in range(8)]
    empty = [not one.maps()[..., one.channel].any() for one in explorers]
    assert any(empty)
    assert ["that is 0 everywhere." in one.sentence() for one in explorers] == empty
    assert explorers[empty.index(True)].picture().png.startswith(b"\x89PNG")


def test_no_more_than_50_pictures_are_sent() -> None:
    assert len(explore_learning_filters(CLOTHES).pixels) == 50 * 784


def test_every_checkpoint_is_sent() -> None:
    explorer = explore_learning_filters(CLOTHES)
    assert len(explorer.weights) == len(STEPS) * 80 * 4
    assert explorer.accuracies == [checkpoint["accuracy"] for checkpoint in load_checkpoints()]


def test_the_still_twin_has_all_kernels_at_first_and_now_and_all_maps() -> None:
    figure = Figure()
    explore_learning_filters(CLOTHES, step=200).draw(figure)
    top, bottom = figure.subfigs
    assert len(top.axes) == 2
    first, now, maps = bottom.axes
    assert len(first.patches) == len(now.patches) == 8 * 9
    sheet = np.asarray(maps.images[0].get_array())
    assert np.isfinite(sheet).sum() == 8 * 28 * 28


def test_the_browser_measures_sizes_as_python_does(same_in_browser) -> None:
    same_in_browser("learning_filters.js", size_of, [(RNG.normal(size=9),) for _ in range(100)])


def test_the_browser_compares_patterns_as_python_does(same_in_browser) -> None:
    cases = [tuple(RNG.normal(size=(2, 9))) for _ in range(100)]
    same_in_browser("learning_filters.js", cosine, cases)
    assert cosine([1, 2, 2], [2, 4, 4]) == pytest.approx(1)
    assert cosine([1, 0, 0], [0, 3, 0]) == 0
    assert cosine([1, 2, 2], [-1, -2, -2]) == pytest.approx(-1)

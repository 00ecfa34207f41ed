"""The split explorer: which images a seed holds out, the same in Python and in the browser."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_split
from course_utils.explorers.mathematics.shuffling import random_integers, shuffled
from course_utils.explorers.split import count_by_class, held_out_positions, quotas

RNG = np.random.default_rng(0)
LABELS = RNG.integers(0, 5, size=333).tolist()
CASES = [
    (LABELS[: int(n)], 5, int(percent), int(seed), bool(stratified))
    for n, percent, seed, stratified in zip(
        RNG.integers(2, 333, 120),
        RNG.integers(1, 51, 120),
        RNG.integers(0, 100, 120),
        RNG.integers(0, 2, 120),
        strict=True,
    )
]


def test_the_generator_gives_mulberry32s_first_numbers_of_seed_0() -> None:
    assert random_integers(0, 3) == [1144304738, 1416247, 958946056]


COMPARED = {
    random_integers: [(seed, 200) for seed in (0, 1, 48, 99, 2**31, 2**32 - 1)],
    shuffled: [(count, seed) for count in (1, 2, 50, 2000) for seed in (0, 48, 99)],
    count_by_class: [(LABELS[:n], 5) for n in (0, 1, 30, 333)],
    quotas: [(RNG.integers(0, 300, 8).tolist(), int(n)) for n in RNG.integers(1, 40, 100)],
    held_out_positions: CASES,
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("split.js", function, COMPARED[function])


def test_a_shuffle_loses_nothing() -> None:
    assert sorted(shuffled(500, seed=7)) == list(range(500))


def test_a_shuffle_favours_no_place() -> None:
    first = [shuffled(10, seed)[0] for seed in range(2000)]
    assert np.ptp(count_by_class(first, 10)) < 100


def test_quotas_use_up_all_places() -> None:
    shared = [(sum(quotas(counts, n)), n) for counts in ([7, 0, 5], [1, 1, 1]) for n in range(1, 4)]
    assert all(total == n for total, n in shared)


@pytest.mark.parametrize("seed", range(5))
def test_a_stratified_split_leaves_no_class_short(seed) -> None:
    labels = np.tile(np.arange(10), 200)
    explorer = explore_split(labels, percent=5, seed=seed, stratified=True)
    assert explorer.held_out_counts() == [10] * 10


def test_a_random_split_is_uneven() -> None:
    explorer = explore_split(np.tile(np.arange(10), 200), percent=5, seed=48)
    assert np.ptp(explorer.held_out_counts()) > 3


def test_no_image_is_held_out_twice() -> None:
    positions = explore_split(LABELS, percent=50, stratified=True).held_out()
    assert len(set(positions)) == len(positions) == 167


def test_the_sentence_says_how_far_the_classes_are_apart() -> None:
    explorer = explore_split(LABELS, ["a", "b", "c", "d", "e"], percent=20)
    assert explorer.sentence().endswith(f"a difference of {np.ptp(explorer.held_out_counts())}.")


def test_the_sentence_says_when_all_classes_give_the_same() -> None:
    explorer = explore_split([0, 1] * 20, percent=50, stratified=True)
    assert explorer.sentence().endswith("Every class has 10 of them, a difference of 0.")


def test_only_the_first_2000_labels_are_used() -> None:
    assert len(explore_split(np.zeros(5000, int)).labels) == 2000


def test_the_still_twin_shows_each_count_as_a_bar() -> None:
    figure = Figure()
    explorer = explore_split(LABELS)
    explorer.draw(figure)
    assert [bar.get_width() for bar in figure.axes[0].patches] == explorer.held_out_counts()

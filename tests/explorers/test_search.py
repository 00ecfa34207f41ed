"""The explorer of a search: a budget of recorded trials against a grid and a random search."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_search
from course_utils.explorers.search import (
    BUDGETS,
    SAMPLES,
    SHIFTS,
    SIDES,
    grid_places,
    moved,
    random_places,
    setting,
    winner,
)
from course_utils.pretrained.search import DROPOUTS, RATES, load_trials

N_PLACES = len(RATES) * len(DROPOUTS)


@pytest.mark.parametrize("shift", SHIFTS)
@pytest.mark.parametrize("side", SIDES)
def test_a_grid_has_as_many_rates_as_dropouts(side: int, shift: int) -> None:
    places = grid_places(side, shift)
    rows, columns = zip(*(divmod(place, len(RATES)) for place in places), strict=True)
    assert (len(set(places)), len(set(rows)), len(set(columns))) == (side * side, side, side)
    assert 0 <= min(places) <= max(places) < N_PLACES


@pytest.mark.parametrize("side", SIDES)
def test_moving_a_grid_takes_every_trial_one_column_further(side: int) -> None:
    assert [place - 1 for place in grid_places(side, 1)] == grid_places(side, 0)


def test_random_trials_are_different_places_and_the_same_in_each_call() -> None:
    for sample in range(1, SAMPLES + 1):
        places = random_places(16, sample)
        assert len(set(places)) == 16
        assert random_places(4, sample) == places[:4]


def test_random_trials_ask_about_more_rates_than_a_grid_does() -> None:
    rates = [len({p % len(RATES) for p in random_places(9, s)}) for s in range(1, SAMPLES + 1)]
    assert np.mean(rates) > 5


def test_the_first_of_equals_wins() -> None:
    assert winner([0.5, 0.7, 0.7], [0, 2, 1]) == 2


def test_at_the_start_nothing_is_given_away() -> None:
    assert explore_search(shift=-1, sample=7).sentence() == (
        "In run 1 you have spent 0 of 9 trials, and a rate of 0.01 with dropout 0.4 is chosen. "
        "The grid is moved one column to the left, and the random search is draw 7."
    )


def test_a_trial_shows_its_validation_accuracy_alone() -> None:
    explorer = explore_search()
    explorer.tried = [5]
    assert explorer.sentence().endswith(
        f"validation accuracy of {load_trials()[5]['validation'][0]:.3f}."
    )
    assert "fresh" not in explorer.sentence()


def test_once_the_budget_is_spent_all_three_winners_are_judged_on_fresh_images() -> None:
    explorer = explore_search(budget=4, run=2, shift=1, sample=3)
    explorer.tried = [0, 5, 6, 7]
    sentence = explorer.sentence()
    assert sentence.count("on fresh images") == 3
    validation, fresh = explorer.accuracies("validation"), explorer.accuracies("fresh")
    for places in ([0, 5, 6, 7], grid_places(2, 1), random_places(4, 3)):
        best = winner(validation, places)
        assert f"{validation[best]:.3f} in validation and {fresh[best]:.3f}" in sentence


def test_no_trial_counts_beyond_the_budget() -> None:
    explorer = explore_search(budget=4)
    explorer.tried = [0, 1, 2, 3, 6]
    assert explorer.spent == [0, 1, 2, 3]


def test_the_still_twin_writes_a_number_into_each_cell_that_is_shown() -> None:
    figure = Figure()
    explore_search(reveal=True).draw(figure)
    assert len(figure.axes[0].texts) == N_PLACES


CASES = [
    (trial_accuracies, places)
    for run in range(5)
    for trial_accuracies in [[trial["validation"][run] for trial in load_trials()]]
    for places in [list(range(N_PLACES)), *(random_places(n, run + 1) for n in BUDGETS)]
]


def test_the_browser_finds_the_winner_that_python_finds(same_in_browser) -> None:
    same_in_browser("search.js", winner, [*CASES, ([0.5, 0.7, 0.7], [0, 2, 1])])


def test_the_browser_says_how_far_the_grid_is_moved(same_in_browser) -> None:
    same_in_browser("search.js", moved, [(shift,) for shift in SHIFTS])


def test_the_browser_names_each_setting_as_python_does(same_in_browser) -> None:
    same_in_browser("search.js", setting, [(place,) for place in range(N_PLACES)])

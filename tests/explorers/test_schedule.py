"""The schedule explorer: the same rates as in the browser, and as in Keras where it has them."""

from itertools import product

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_schedule
from course_utils.explorers.schedule import N_STEPS, rate_at

SCHEDULES = ["constant", "step decay", "cosine", "one-cycle"]
STEPS = [0, 1, 10, 124, 125, 249, 250, 333, 499, 500, 501, 750, 999, 1000]


@pytest.fixture(scope="module")
def keras_schedules():
    import keras

    return keras.optimizers.schedules


def close_to_keras(keras_schedule, schedule: str, warm_up: int, steps: list[int]) -> bool:
    ours = [rate_at(schedule, 0.01, warm_up, step) for step in steps]
    return np.allclose(ours, [float(keras_schedule(step)) for step in steps], atol=1e-8, rtol=1e-4)


def test_the_cosine_is_that_of_keras(keras_schedules) -> None:
    assert close_to_keras(keras_schedules.CosineDecay(0.01, N_STEPS), "cosine", 0, STEPS)


@pytest.mark.parametrize("warm_up", [5, 20, 50])
def test_the_cosine_with_warm_up_is_that_of_keras(keras_schedules, warm_up: int) -> None:
    rising = warm_up * N_STEPS // 100
    warm = keras_schedules.CosineDecay(
        0.0, N_STEPS - rising, warmup_target=0.01, warmup_steps=rising
    )
    assert close_to_keras(warm, "cosine", warm_up, STEPS)


def test_the_step_decay_is_that_of_keras(keras_schedules) -> None:
    halving = keras_schedules.ExponentialDecay(0.01, N_STEPS // 4, 0.5, staircase=True)
    assert close_to_keras(halving, "step decay", 0, STEPS)


def test_one_cycle_falls_in_the_straight_line_of_keras(keras_schedules) -> None:
    line = keras_schedules.PolynomialDecay(0.01, N_STEPS, 0.0, power=1.0)
    assert close_to_keras(line, "one-cycle", 0, STEPS)


def test_the_browser_finds_the_same_rates_as_python(same_in_browser) -> None:
    cases = list(product(SCHEDULES, [0.03], [0, 5, 35, 50], STEPS))
    same_in_browser("schedule.js", rate_at, cases, atol=1e-15)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_no_rate_is_above_the_base_rate_or_below_zero(schedule: str) -> None:
    rates = [rate_at(schedule, 0.1, 25, step) for step in range(N_STEPS + 1)]
    assert 0 <= min(rates) <= max(rates) <= 0.1


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_the_warm_up_ends_at_the_base_rate(schedule: str) -> None:
    assert rate_at(schedule, 0.1, 30, 300) == 0.1


def test_one_cycle_begins_at_a_tenth_and_the_others_at_zero() -> None:
    assert [rate_at(name, 0.1, 30, 0) for name in SCHEDULES] == [0, 0, 0, pytest.approx(0.01)]


def test_the_sentence_says_that_the_gradient_stays() -> None:
    assert explore_schedule("step decay", 0.1, 0, 500).sentence() == (
        "The step decay schedule with base rate 0.1 and no warm-up gives the rate 0.025000 at "
        "step 500 of 1000. A gradient of 2 stays 2, but SGD then moves the weight by 0.050000."
    )


def test_the_still_twin_marks_the_step() -> None:
    figure = Figure()
    explore_schedule("cosine", 0.01, 10, 550).draw(figure)
    step, rate = figure.axes[0].lines[1].get_data()
    assert (list(step), list(rate)) == ([550], [pytest.approx(0.005)])

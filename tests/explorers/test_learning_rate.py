"""The learning-rate explorer: one weight, its loss, and where three optimisers take it."""

import itertools

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_learning_rate
from course_utils.explorers.learning_rate import loss_at, slope_at, verdict, walk

OPTIMISERS = ["SGD", "SGD with momentum", "Adam"]
RATES = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3]
STARTS = [-1.2, -0.5, 0.0, 0.3, 2.0, 3.0, 4.4]
WEIGHTS = [float(w) for w in np.random.default_rng(0).uniform(-6, 9, 300)]
WALKS = [
    (optimiser, rate, steps, start)
    for optimiser, rate, start in itertools.product(OPTIMISERS, RATES, STARTS)
    for steps in (0, 1, 7, 100)
]


@pytest.mark.parametrize("w", [-3.0, -0.4, 0.2, 1.0, 2.5, 3.9, 4.6])
def test_the_slope_is_that_of_a_small_difference(w: float) -> None:
    small = (loss_at(w + 1e-6) - loss_at(w - 1e-6)) / 2e-6
    assert slope_at(w) == pytest.approx(small, rel=1e-4)


def test_the_loss_has_no_jump_where_its_pieces_meet() -> None:
    for border in (0.0, 4.0):
        assert loss_at(border - 1e-9) == pytest.approx(loss_at(border + 1e-9), abs=1e-7)
        assert slope_at(border - 1e-9) == pytest.approx(slope_at(border + 1e-9), abs=1e-7)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize(("rate", "start"), [(0.01, -1.0), (0.1, 2.0), (0.1, -1.0), (0.03, 3.0)])
def test_each_step_is_that_of_keras(optimiser: str, rate: float, start: float) -> None:
    import keras

    theirs = {
        "SGD": lambda: keras.optimizers.SGD(rate),
        "SGD with momentum": lambda: keras.optimizers.SGD(rate, momentum=0.9),
        "Adam": lambda: keras.optimizers.Adam(rate),
    }[optimiser]()
    weight = keras.Variable(start, dtype="float64")
    theirs.build([weight])
    path = [start]
    for _ in range(40):
        slope = keras.ops.convert_to_tensor(slope_at(float(weight.numpy())), dtype="float64")
        theirs.apply([slope])
        path.append(float(weight.numpy()))
    np.testing.assert_allclose(walk(optimiser, rate, 40, start), path, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("rate", "start", "said"),
    [
        (0.001, 2.0, "It is still on its way"),
        (0.3, 2.0, "It converges: from step 28"),
        (1, 2.0, "It oscillates across the bottom."),
        (3, -1.0, "It diverges: step 4 takes w beyond ±1000."),
    ],
)
def test_a_walk_is_judged_by_its_end(rate: float, start: float, said: str) -> None:
    assert verdict(walk("SGD", rate, 100, start)).startswith(said)


def test_adam_crosses_the_shelf_where_sgd_crawls() -> None:
    assert walk("Adam", 0.1, 100, 3.0)[-1] < 0.1
    assert walk("SGD", 0.1, 100, 3.0)[-1] > 2.8


def test_sgd_is_faster_than_adam_on_the_steep_wall() -> None:
    arrivals = [verdict(walk(optimiser, 0.1, 100, -1.0)) for optimiser in ("SGD", "Adam")]
    assert "from step 8 on" in arrivals[0]
    assert "from step 64 on" in arrivals[1]


def test_no_weight_falls_out_of_the_sentence_however_far_it_flies() -> None:
    for optimiser, rate, start in itertools.product(OPTIMISERS, RATES, STARTS):
        sentence = explore_learning_rate(optimiser, rate, 100, start).sentence()
        assert "nan" not in sentence
        assert "inf" not in sentence


def test_the_sentence_says_optimiser_rate_start_and_end() -> None:
    assert explore_learning_rate("SGD", 0.1, 0, -1.0).sentence() == (
        "With SGD and learning rate 0.1, w starts at −1.0. At step 0 of 0 w is −1.00 and the loss "
        "is 2.000. No step has been taken yet."
    )


def test_the_still_twin_draws_every_step() -> None:
    figure = Figure()
    explore_learning_rate("SGD", 0.1, 7, 2.0).draw(figure)
    land, curve = figure.axes
    assert len(land.lines[1].get_xdata()) == len(curve.lines[0].get_xdata()) == 8


COMPARED = {
    loss_at: [(w,) for w in WEIGHTS],
    slope_at: [(w,) for w in WEIGHTS],
    walk: WALKS,
    verdict: [(walk(*case),) for case in WALKS],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("learning_rate.js", function, COMPARED[function])

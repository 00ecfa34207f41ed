"""The explorer of recorded runs: curves, the gap, and where early stopping stops."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.explorers import explore_training_runs
from course_utils.explorers.base.numbers import decimals
from course_utils.explorers.training_runs import gap_in_words, stop_early
from course_utils.pretrained.runs import load_runs

RECORDS = load_runs()
CURVES = ["loss", "accuracy", "val_loss", "val_accuracy"]
MADE_UP = [
    [round(float(loss), 2) for loss in np.random.default_rng(seed).uniform(0.4, 0.9, 5 + seed)]
    for seed in range(60)
]
STOPS = [(losses, patience) for losses in MADE_UP for patience in (1, 2, 3, 5, 25)]
STOPS += [
    (run["val_loss"][:n], patience)
    for run in RECORDS
    for n in (1, 30, 60)
    for patience in range(1, 26, 4)
]


def test_a_thousand_images_are_overfitted_in_every_recorded_run() -> None:
    few = [run for run in RECORDS if run["images"] == 1_000 and not run["dropout"]]
    assert all(run["accuracy"][-1] > 0.99 for run in few)
    assert all(run["val_loss"][-1] > 1.2 * min(run["val_loss"]) for run in few)


def test_more_images_close_the_gap_in_validation() -> None:
    lowest = {
        n: max(min(run["val_loss"]) for run in RECORDS if run["images"] == n and not run["dropout"])
        for n in (1_000, 3_000, 10_000)
    }
    assert lowest[1_000] > lowest[3_000] > lowest[10_000]


@pytest.mark.parametrize(
    ("losses", "patience", "expected"),
    [
        ([0.9, 0.6, 0.7, 0.8, 0.5], 2, [2, 4]),
        ([0.9, 0.6, 0.7], 2, [2, 0]),
        ([0.9, 0.6, 0.6, 0.6], 2, [2, 4]),
        ([0.5], 1, [1, 0]),
    ],
)
def test_it_stops_when_the_patience_is_used_up(losses, patience, expected) -> None:
    assert stop_early(losses, patience) == expected


def test_it_stops_where_keras_stops() -> None:
    import keras

    class Network:
        stop_training = False

        def get_weights(self) -> list:
            return []

        def set_weights(self, weights: list) -> None:
            """Take the best weights back."""

    for losses, patience in STOPS:
        stop = keras.callbacks.EarlyStopping(patience=patience, restore_best_weights=True)
        network, last = Network(), 0
        stop.set_model(network)
        stop.on_train_begin()
        for epoch, loss in enumerate(losses):
            stop.on_epoch_end(epoch, {"val_loss": loss})
            if network.stop_training:
                last = epoch + 1
                break
        assert stop_early(losses, patience) == [stop.best_epoch + 1, last]


def test_curves_end_at_the_epoch() -> None:
    curves = explore_training_runs(epoch=7).curves
    assert {name: len(values) for name, values in curves.items()} == dict.fromkeys(CURVES, 7)


def test_early_stopping_knows_nothing_of_later_epochs() -> None:
    assert "has not stopped" in explore_training_runs(epoch=3, patience=5).sentence()


def test_the_sentence_says_losses_gap_and_stop() -> None:
    run = next(r for r in RECORDS if (r["images"], r["dropout"], r["seed"]) == (1_000, 0, 0))
    best, stopped = stop_early(run["val_loss"], 5)
    loss, right, val_loss, val_right = (decimals(run[name][59], 2) for name in CURVES)
    assert explore_training_runs().sentence() == (
        f"With 1,000 images and no dropout, run 1 reaches epoch 60 with a training loss of {loss} "
        f"and a validation loss of {val_loss}, a gap of "
        f"{gap_in_words(run['loss'][59], run['val_loss'][59])}. The accuracies are {right} and "
        f"{val_right}. Early stopping with patience 5 stops after epoch {stopped} and restores "
        f"epoch {best} (validation loss {decimals(run['val_loss'][best - 1], 2)})."
    )


def test_the_still_twin_tells_curves_apart_by_their_line() -> None:
    figure = Figure()
    explore_training_runs(epoch=20).draw(figure)
    assert [line.get_linestyle() for line in figure.axes[0].lines][:2] == ["-", "--"]


COMPARED = {
    stop_early: STOPS,
    gap_in_words: [
        pair for run in RECORDS for pair in zip(run["loss"], run["val_loss"], strict=True)
    ],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("training_runs.js", function, COMPARED[function])


def test_the_gap_is_the_difference_of_the_two_losses_as_they_are_shown() -> None:
    assert gap_in_words(0.1789, 0.5746) == "0.39"  # 0.57 - 0.18

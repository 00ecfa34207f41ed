"""What the checks on training say where answers.py does not reach."""

from dataclasses import replace
from typing import Any

import pytest

from course_utils.checks import CheckError
from course_utils.checks.asking import Answer, Foreign
from course_utils.checks.networks import Network
from course_utils.checks.training import (
    Training,
    check_early_stop_best,
    check_early_stop_stopped,
    check_train_with_early_stopping,
)

LOSSES = [0.9, 0.7, 0.6, 0.65, 0.62]
#: A training as it should be with a patience of 2: the third epoch was the best.
RIGHT = Training(
    history={
        "loss": [0.9, 0.8, 0.7, 0.6, 0.5],
        "val_accuracy": [0.5, 0.6, 0.7, 0.8, 0.9],
        "val_loss": LOSSES,
    },
    network=Network(
        (28, 28),
        ("Flatten", "Dense(32, relu)", "Dense(10, softmax)"),
        loss="CategoricalCrossentropy",
        metrics=("accuracy",),
        optimizer="Adam(learning_rate=0.01)",
    ),
    n_updates=5 * 4,
    losses={"training": 0.11, "validation": 0.6, "test": 0.99},
)


def message(check: Any, function: Any) -> str:
    """What a learner reads."""
    with pytest.raises(CheckError) as caught:
        check(function)
    return str(caught.value)


def test_a_slip_is_named_only_if_it_explains_every_visible_answer() -> None:
    def late_in_long_lists_only(losses, patience):
        return (3, 7) if len(losses) == 8 else (1, 1)

    told = message(check_early_stop_stopped, late_in_long_lists_only)
    assert "expected: 2\n  received: 1" in told
    assert "stays the same when only `patience` changes" in told


def test_a_right_best_epoch_earns_its_part_alone() -> None:
    asked = [*check_early_stop_best.cases, *check_early_stop_best.further.cases]
    best_of = {(*case[0], case[1]): case[2] for case in asked}
    check_early_stop_best(lambda losses, patience: (best_of[*losses, patience], 0))


def told_of(returned: Any) -> str:
    """What a learner reads whose function left this behind."""
    return check_train_with_early_stopping.examine(lambda _: Answer(returned)).message


def with_losses(*losses: float, **curves: list[float]) -> Training:
    """A training with these validation losses, whose best weights were restored."""
    history = {**RIGHT.history, "val_loss": list(losses), **curves}
    restored = {**RIGHT.losses, "validation": min(losses)}
    return replace(RIGHT, history=history, n_updates=4 * len(losses), losses=restored)


def test_a_training_that_stopped_in_time_is_right() -> None:
    assert told_of(RIGHT) == ""


def test_a_training_that_was_never_bad_enough_to_stop_is_right() -> None:
    falling = [1 - epoch / 100 for epoch in range(20)]
    assert told_of(with_losses(*falling)) == ""


@pytest.mark.parametrize(
    ("left_behind", "says"),
    [
        (with_losses(0.9, 0.7, *[0.8] * 18), "went on for 20 epochs"),
        (with_losses(0.9, 0.7, 0.6, 0.65), "1 without a new lowest one. The patience is 2"),
        (
            with_losses(0.9, 0.7, 0.6, 0.5, val_accuracy=[0.5, 0.6, 0.4, 0.3]),
            "where val_accuracy asks for it",
        ),
        (replace(RIGHT, n_updates=15), "made 15 updates in 5 epochs. With all 100 training images"),
        (replace(RIGHT, losses={**RIGHT.losses, "validation": 0.64}), "loss on the validation"),
        (replace(RIGHT, network=replace(RIGHT.network, loss="")), "has learnt nothing"),
        (
            replace(RIGHT, network=replace(RIGHT.network, loss="MeanSquaredError")),
            "received: MeanSquaredError",
        ),
        (
            replace(RIGHT, network=replace(RIGHT.network, optimizer="SGD(learning_rate=0.01)")),
            "received: SGD(learning_rate=0.01)",
        ),
        (replace(RIGHT, network=replace(RIGHT.network, metrics=())), "has no accuracy"),
        (LOSSES, "That is one curve"),
        (Foreign("EarlyStopping", "<EarlyStopping>"), "received: the callback"),
    ],
)
def test_what_went_wrong_in_a_training_is_named(left_behind: Any, says: str) -> None:
    assert says in told_of(left_behind)

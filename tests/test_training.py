"""Faster training learns the same, and shows how far it is."""

import numpy as np
import pytest
from tqdm.notebook import tqdm_notebook

from course_utils.training import STEPS_PER_EXECUTION, progress

N_IMAGES, BATCH_SIZE = 1_000, 32
N_UPDATES = 32  # in an epoch, the last of them on 8 images


def losses(**settings: int) -> list[float]:
    """Train a small network for two epochs from the same start."""
    import keras

    keras.utils.set_random_seed(0)
    images = np.random.default_rng(0).normal(size=(N_IMAGES, 20)).astype(np.float32)
    labels = (images[:, 0] > 0).astype(np.int64)
    network = keras.Sequential([keras.layers.Input((20,)), keras.layers.Dense(2)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, **settings)
    return network.fit(images, labels, BATCH_SIZE, epochs=2, verbose=0).history["loss"]


def test_many_steps_in_one_execution_learn_bit_for_bit_the_same() -> None:
    assert losses(steps_per_execution=STEPS_PER_EXECUTION) == losses()


def test_the_test_above_can_tell_losses_apart() -> None:
    assert len(set(losses())) == 2


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> str:
    """What a learner sees of two epochs in three reports each."""
    import keras

    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile("sgd", "mse", metrics=["mae"], steps_per_execution=11)
    zeros = np.zeros((N_IMAGES, 4), np.float32)
    network.fit(zeros, zeros[:, 0], BATCH_SIZE, 2, verbose=0, callbacks=[progress(disable=False)])
    return capsys.readouterr().err


def test_progress_names_the_epoch(shown: str) -> None:
    assert "Epoch 2 of 2" in shown


def test_progress_ends_with_all_updates_done(shown: str) -> None:
    assert f"{2 * N_UPDATES}/{2 * N_UPDATES}" in shown


def test_progress_shows_loss_and_metrics(shown: str) -> None:
    assert "loss=0.000" in shown
    assert "mae=0.000" in shown


def test_progress_calls_an_early_end_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    import keras

    monkeypatch.setattr("tqdm.auto.tqdm", tqdm_notebook)
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile("sgd", "mse")
    zeros = np.zeros((N_IMAGES, 4), np.float32)
    shown = progress(disable=False)
    stop = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: setattr(network, "stop_training", True)
    )
    network.fit(zeros, zeros[:, 0], BATCH_SIZE, 8, verbose=0, callbacks=[shown, stop])
    words, bar, _ = shown.bar.container.children
    assert (bar.bar_style, bar.value, bar.max) == ("success", N_UPDATES, N_UPDATES)
    assert words.value.replace("\u2007", " ").startswith("Ended in epoch 1 of 8")


def test_progress_can_be_silent(capsys: pytest.CaptureFixture[str]) -> None:
    import keras

    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile("sgd", "mse")
    zeros = np.zeros((8, 4), np.float32)
    network.fit(zeros, zeros[:, 0], verbose=0, callbacks=[progress(disable=True)])
    assert capsys.readouterr().err == ""

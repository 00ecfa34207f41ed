"""Seeded runs repeat and shuffle; faster ones learn the same; all show how far they are."""

import numpy as np
import pytest
from tqdm.notebook import tqdm_notebook

from course_utils.training import STEPS_PER_EXECUTION, progress, seeded_batches

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


def weights(seed: int, **settings: int) -> np.ndarray:
    """Train a small network with dropout for two epochs of a seeded run."""
    import keras

    images = np.random.default_rng(0).normal(size=(N_IMAGES, 20)).astype(np.float32)
    batches = seeded_batches(images, (images[:, 0] > 0).astype(int), BATCH_SIZE, seed=seed)
    layers = [keras.layers.Input((20,)), keras.layers.Dropout(0.2), keras.layers.Dense(2)]
    network = keras.Sequential(layers)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile("adam", loss, **settings)
    network.fit(batches, epochs=2, verbose=0)
    return np.concatenate([array.ravel() for array in network.get_weights()])


def test_the_same_seed_gives_the_same_weights_and_another_gives_others() -> None:
    assert np.array_equal(weights(3), weights(3))
    assert not np.array_equal(weights(3), weights(4))


def test_seeded_batches_learn_the_same_with_many_steps_in_one_execution() -> None:
    assert np.array_equal(weights(3), weights(3, steps_per_execution=STEPS_PER_EXECUTION))


def orders_in_fit(*data: object, **how: object) -> list[list[int]]:
    """Train a network that does nothing; return the order of the images in each of three epochs."""
    import keras

    seen: list[int] = []

    class Watch(keras.Model):
        def train_step(self, data):
            seen.extend(data[0].numpy().ravel().astype(int).tolist())
            return {"loss": 0.0}

    network = Watch()
    network.compile(run_eagerly=True)
    network.fit(*data, epochs=3, verbose=0, **how)
    n = len(seen) // 3
    return [seen[i * n : (i + 1) * n] for i in range(3)]


def test_every_epoch_has_all_images_in_an_order_of_its_own() -> None:
    numbers = np.arange(100, dtype=np.float32)[:, np.newaxis]
    orders = orders_in_fit(seeded_batches(numbers, numbers, 8, seed=0))
    assert all(sorted(order) == list(range(100)) for order in orders)
    assert len(set(map(tuple, orders))) == 3


def test_keras_alone_repeats_one_order_once_it_is_seeded() -> None:
    """If this fails, Keras has learnt it, and the helper can go."""
    import keras

    numbers = np.arange(100, dtype=np.float32)[:, np.newaxis]
    keras.utils.set_random_seed(0)
    assert len(set(map(tuple, orders_in_fit(numbers, numbers, batch_size=8)))) == 1


def test_each_image_keeps_its_label() -> None:
    images = np.arange(50)
    batches = seeded_batches(images, images * 2, 16, seed=0)
    for i in range(len(batches)):
        some, labels = batches[i]
        assert np.array_equal(labels, some * 2)

"""The recorded checkpoints: what is shipped, and how it is made."""

import json

import numpy as np
import pytest

from course_utils.pretrained import checkpoints, describe_pretrained, load_weights, rebuilding
from course_utils.pretrained import registry as settings


def test_there_is_a_checkpoint_of_80_numbers_at_each_step() -> None:
    found = checkpoints.load_checkpoints()
    assert [one["step"] for one in found] == list(checkpoints.STEPS)
    assert {(len(one["weights"]), len(one["biases"])) for one in found} == {(72, 8)}


def test_the_last_are_the_weights_and_the_accuracy_of_the_shipped_network() -> None:
    last, shipped = checkpoints.load_checkpoints()[-1], load_weights(checkpoints.NETWORK)
    for name in ("weights", "biases"):
        np.testing.assert_array_equal(
            np.array(last[name], np.float32), shipped[f"conv_1_{name}"].ravel()
        )
    assert last["accuracy"] == describe_pretrained(checkpoints.NETWORK).validation_accuracy


def test_the_numbers_are_float32_and_the_accuracies_have_four_digits() -> None:
    for one in checkpoints.load_checkpoints():
        numbers = one["weights"] + one["biases"]
        assert [float(str(np.float32(number))) for number in numbers] == numbers
        assert one["accuracy"] == round(one["accuracy"], 4)


def test_the_first_is_how_keras_draws_a_layers_weights() -> None:
    first = checkpoints.load_checkpoints()[0]
    limit = np.sqrt(6 / (9 + 9 * 8))  # Glorot's, of nine inputs and nine times eight outputs
    assert np.abs(first["weights"]).max() <= limit
    assert not np.any(first["biases"])


@pytest.mark.slow
def test_what_was_rebuilt_has_the_form_of_what_is_shipped(tmp_path, monkeypatch) -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (400, 28, 28), np.uint8), np.arange(400) % 10
    few = (images, labels.astype(np.uint8))
    monkeypatch.setattr(rebuilding, "load_dataset", lambda name: (few, few))
    monkeypatch.setattr(settings, "MOST_EPOCHS", 2)
    monkeypatch.setattr(settings, "VALIDATION_FRACTION", 0.5)
    path = checkpoints.rebuild(tmp_path, steps=(0, 1, 2, 5, 8))
    rebuilt = json.loads(path.read_text(encoding="utf-8"))
    assert [one["step"] for one in rebuilt] == [0, 1, 2, 5, 8]  # two epochs of four batches
    shipped = checkpoints.load_checkpoints()[0]
    assert {tuple(one) for one in rebuilt} == {tuple(shipped)}
    assert {len(one["weights"]) for one in rebuilt} == {72}
    assert len({tuple(one["weights"]) for one in rebuilt}) == 5


def test_a_missing_folder_is_refused_before_anything_is_trained(tmp_path) -> None:
    with pytest.raises(FileNotFoundError, match="`folder` must be an existing folder"):
        checkpoints.rebuild(tmp_path / "nowhere")

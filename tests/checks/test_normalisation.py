"""What the checks on normalisation say where answers.py does not reach."""

from typing import Any

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.normalisation import (
    check_build_normalised_layers,
    check_build_normalised_scale,
    check_prepare_train,
)


def built(*layers: Any) -> Any:
    """Make a network of layers."""
    import keras

    return keras.Sequential(layers)


def test_a_right_float64_prepare_hears_of_its_memory_not_of_a_slip() -> None:
    def prepare(train: Any, test: Any) -> Any:
        return tuple((x - train.mean()) / (train.std() + 1e-10) for x in (train, test))

    with pytest.raises(CheckError, match=r"The values are right.* float64 takes twice the memory"):
        check_prepare_train(prepare)


def test_a_scale_that_is_off_for_no_known_reason_shows_expected_and_received_alone() -> None:
    from keras import layers

    def build(images: Any, n_train: int, n_classes: int) -> Any:
        scaler = layers.Normalization(axis=None, mean=51.5, variance=2500.0)
        return built(layers.Input(images.shape[1:]), scaler)

    with pytest.raises(CheckError) as caught:
        check_build_normalised_scale(build)
    *_, received, differ = str(caught.value).splitlines()
    assert received == "  received: [51.5, 50.]"
    assert "They first differ at index [0]" in differ


def test_layers_and_scale_are_judged_apart() -> None:
    from keras import layers

    def build(images: Any, n_train: int, n_classes: int) -> Any:
        scaler = layers.Normalization(axis=None)
        scaler.adapt(images[:n_train])
        return built(layers.Input(images.shape[1:]), scaler)

    check_build_normalised_scale(build)
    with pytest.raises(CheckError, match="Flatten is still to come"):
        check_build_normalised_layers(build)


def test_means_of_columns_that_were_given_are_no_single_mean() -> None:
    from keras import layers

    def build(images: Any, n_train: int, n_classes: int) -> Any:
        means = images[:n_train].mean(axis=(0, 1))
        scaler = layers.Normalization(mean=means, variance=np.ones_like(means))
        outputs = layers.Dense(n_classes, "softmax")
        return built(layers.Input(images.shape[1:]), scaler, layers.Flatten(), outputs)

    with pytest.raises(CheckError, match="a mean for each column"):
        check_build_normalised_layers(build)


def test_a_network_without_a_scale_is_told_so_in_both_parts() -> None:
    from keras import layers

    def build(images: Any, n_train: int, n_classes: int) -> Any:
        outputs = layers.Dense(n_classes, "softmax")
        return built(layers.Input(images.shape[1:]), layers.Flatten(), outputs)

    for check in (check_build_normalised_layers, check_build_normalised_scale):
        with pytest.raises(CheckError, match="no Normalization layer"):
            check(build)

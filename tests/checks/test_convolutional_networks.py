"""What the checks on convolutional networks say where answers.py does not reach."""

import numpy as np
import pytest

from course_utils.checks import CheckError
from course_utils.checks.convolutional_networks import (
    check_build_cnn,
    check_build_cnn_learns,
    check_classify_photo_batch,
    check_classify_photo_class,
    trained_network,
)
from course_utils.checks.networks import Network
from course_utils.pretrained import load_weights

CNN = ("Conv2D(8, (3, 3), relu)", "MaxPooling2D", "Flatten", "Dense(10, softmax)")


def objection(*layers: str, n_parameters: int = 15_000, output_shape: tuple = (10,)) -> str:
    """What the check says of a described network."""
    demand = check_build_cnn.demand
    assert demand is not None
    network = Network((28, 28, 1), layers, n_parameters=n_parameters)
    return demand((network, output_shape), 20_000, 10_000)


def test_a_network_that_keeps_the_contract_is_accepted() -> None:
    assert objection(*CNN) == ""


@pytest.mark.parametrize("activation", ["relu", "LeakyReLU", "PReLU", "swish"])
def test_an_activation_may_come_after_other_layers(activation: str) -> None:
    bare = ("Conv2D(8, (3, 3), padding='same')", "BatchNormalization", "MaxPooling2D(2)")
    assert objection(*bare, activation, *CNN) == ""
    assert "has no activation" in objection(*bare, *CNN)


def test_what_is_told_to_a_layer_is_no_activation() -> None:
    assert "has no activation" in objection("Conv2D(8, (3, 3), strides=(2, 2))", *CNN)


def test_a_softmax_may_come_as_a_layer_of_its_own() -> None:
    last = ("Conv2D(10, (3, 3))", "GlobalAveragePooling2D", "softmax")
    assert objection("Conv2D(8, (3, 3), relu)", *last) == ""


@pytest.mark.parametrize(("n_parameters", "said"), [
    (20_000, ""), (20_001, "The budget is 20,000"), (10_000, ""), (9_999, "less than half"),
])  # fmt: skip
def test_the_budget_has_sharp_ends(n_parameters: int, said: str) -> None:
    found = objection(*CNN, n_parameters=n_parameters)
    assert said in found
    assert bool(said) == bool(found)


def test_a_network_that_is_not_right_is_not_trained() -> None:
    def mlp(max_parameters: int) -> object:
        from keras import Sequential, layers

        network = Sequential([layers.Input((28, 28, 1)), layers.Flatten()])
        network.add(layers.Dense(10, activation="softmax"))
        network.fit = lambda *_: pytest.fail("it was trained")
        return network

    with pytest.raises(CheckError, match="is trained only when it passes"):
        check_build_cnn_learns(mlp)


def test_a_list_of_layers_is_no_network() -> None:
    def layers_alone(max_parameters: int) -> object:
        from keras import layers

        return [layers.Flatten()]

    with pytest.raises(CheckError, match=r"Give it to keras\.Sequential"):
        check_build_cnn(layers_alone)


def test_the_networks_that_are_given_hold_the_shipped_weights() -> None:
    for given, shipped in zip(
        trained_network("digits_cnn").get_weights(),
        load_weights("digits_cnn").values(),
        strict=True,
    ):
        np.testing.assert_array_equal(given, shipped)


def test_the_networks_are_wrong_about_a_photo_that_is_not_inverted() -> None:
    for _, name, batch, answer in check_classify_photo_batch.cases:
        network = trained_network(name)
        answers = [int(np.asarray(network(b)).argmax()) for b in (batch, 1 - batch)]
        assert answers[0] == answer != answers[1]


def test_a_class_that_follows_from_a_wrong_batch_is_not_blamed_on_argmax() -> None:
    with pytest.raises(CheckError, match="The class depends on the batch"):
        check_classify_photo_class(lambda photo, network: (photo, 5))


def test_a_batch_of_whole_numbers_is_not_scaled() -> None:
    def whole(photo: np.ndarray, network: object) -> tuple[np.ndarray, int]:
        return 255 - photo[::3, ::3, :1][None], 9

    with pytest.raises(
        CheckError, match=r"values go up to 2\d\d\. The network was trained on values from 0 to 1"
    ):
        check_classify_photo_batch(whole)

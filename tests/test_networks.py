"""The tutorials' networks: shapes, sizes and ends as the tutorials have them."""

import pytest

from course_utils.networks import build_network, network_names

SIZES = {
    "mnist_mlp": [100_480, 16_512, 1_290],
    "fashion_mlp_350": [0, 274_750, 3_510],
    "fashion_mlp_logits": [0, 100_480, 1_290],
    "fashion_mlp_dropout": [0, 100_480, 0, 1_290],
    "fashion_cnn_32": [320, 0, 0, 540_900, 1_010],
    "fashion_cnn_32_64": [320, 0, 18_496, 0, 0, 401_536, 1_290],
}


@pytest.mark.parametrize(("name", "parameters"), SIZES.items())
def test_each_layer_has_the_tutorials_parameters(name: str, parameters: list[int]) -> None:
    assert [layer.count_params() for layer in build_network(name).layers] == parameters


@pytest.mark.parametrize(
    ("name", "shape"),
    [("mnist_mlp", (784,)), ("fashion_mlp_350", (28, 28)), ("fashion_cnn_32", (28, 28, 1))],
)
def test_an_image_comes_unrolled_as_a_square_or_with_its_channel(
    name: str, shape: tuple[int, ...]
) -> None:
    assert build_network(name).input_shape == (None, *shape)


@pytest.mark.parametrize("name", network_names())
def test_every_network_gives_ten_numbers_for_an_image(name: str) -> None:
    assert build_network(name).output_shape == (None, 10)


@pytest.mark.parametrize("name", network_names())
def test_every_network_comes_uncompiled(name: str) -> None:
    assert not build_network(name).compiled


@pytest.mark.parametrize("name", network_names())
def test_a_network_bears_its_name(name: str) -> None:
    assert build_network(name).name == name


def test_only_logits_end_without_softmax() -> None:
    ends = {name: build_network(name).layers[-1].activation.__name__ for name in SIZES}
    assert [name for name, end in ends.items() if end == "linear"] == ["fashion_mlp_logits"]


def test_the_dropout_network_drops_a_fifth() -> None:
    assert [x.rate for x in build_network("fashion_mlp_dropout").layers if hasattr(x, "rate")] == [
        0.2
    ]


def test_the_same_seed_gives_the_same_weights() -> None:
    import keras
    import numpy as np

    built = []
    for _ in range(2):
        keras.utils.set_random_seed(7)
        built.append(build_network("mnist_mlp").get_weights()[0])
    np.testing.assert_array_equal(*built)


def test_a_misspelt_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match='got "MNIST-mpl". Did you mean "mnist_mlp"?'):
        build_network("MNIST-mpl")

"""Class evidence: the cells of a picture add up to the logit, as TensorFlow calculates it."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from course_utils.datasets import load_dataset
from course_utils.evaluation import class_evidence

RNG = np.random.default_rng(0)
MAPS, WEIGHTS = RNG.normal(size=(5, 3, 4, 2)), RNG.normal(size=(24, 6))
IMAGES = load_dataset("fashion_mnist")[0][0][:50]


def parts_of_a_network(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Let Keras calculate the last maps and the logits of a shipped network."""
    import keras

    from course_utils.pretrained.rebuilding import build_trained

    network = build_trained(name)
    weights, biases = network.layers[-1].get_weights()
    network.layers[-1].activation = keras.activations.linear
    inside = keras.Model(network.inputs, [network.get_layer("pool_2").output, network.outputs[0]])
    maps, logits = inside.predict(IMAGES[..., np.newaxis] / np.float32(255), verbose=0)
    return maps, weights, biases, logits


@pytest.mark.parametrize("name", ["clothes_cnn", "digits_cnn"])
def test_evidence_and_bias_add_up_to_the_logits_of_keras(name: str) -> None:
    maps, weights, biases, logits = parts_of_a_network(name)
    assert np.ptp(logits) > 10  # no probabilities
    evidence = class_evidence(maps, weights)
    assert_allclose(evidence.sum(axis=(1, 2)) + biases, logits, atol=2e-5)


def test_the_gradient_times_the_maps_is_the_evidence_to_the_bit() -> None:
    import tensorflow as tf

    maps, weights, _, _ = parts_of_a_network("clothes_cnn")
    given = tf.constant(maps)
    for k in range(10):
        with tf.GradientTape() as tape:
            tape.watch(given)
            logit = (tf.reshape(given, (len(maps), -1)) @ weights)[:, k]
        gradient = tape.gradient(logit, given).numpy().astype(np.float64)
        product = np.zeros(maps.shape[:3])
        for channel in range(maps.shape[3]):
            product += maps[..., channel] * gradient[..., channel]
        assert_array_equal(product, class_evidence(maps, weights)[..., k])


def test_it_is_the_sum_over_maps_of_value_times_weight() -> None:
    own = WEIGHTS.reshape(3, 4, 2, 6)
    expected = np.einsum("nijm,ijmk->nijk", MAPS, own)
    assert_allclose(class_evidence(MAPS, WEIGHTS), expected, atol=1e-12)


def test_one_image_gives_what_it_gives_among_others() -> None:
    assert_array_equal(class_evidence(MAPS[2], WEIGHTS), class_evidence(MAPS, WEIGHTS)[2])


def test_what_is_given_stays_as_it_was() -> None:
    maps, weights = MAPS.astype(np.float32), WEIGHTS.astype(np.float32)
    before = maps.copy(), weights.copy()
    class_evidence(maps, weights)
    assert_array_equal(maps, before[0])
    assert_array_equal(weights, before[1])

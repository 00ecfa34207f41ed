"""Class evidence and the square that covers: the same in the browser as in Python."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from course_utils.datasets import load_dataset
from course_utils.evaluation import class_evidence
from course_utils.explorers.mathematics.class_evidence import (
    cover,
    logit,
    logits_of,
    logits_under,
    reading,
)
from course_utils.explorers.mathematics.network import as_floats, layer_outputs, packed

RNG = np.random.default_rng(0)
IMAGES = load_dataset("fashion_mnist")[0][0][:6]
SQUARES = [(0, 0, 16, 128), (10, 10, 8, 0), (24, 3, 8, 255), (27, 27, 16, 9), (5, 5, 0, 200)]


def test_the_browser_divides_logits_to_the_bit_as_python_does(in_browser) -> None:
    for _ in range(20):
        height, width, n_maps, n_classes = RNG.integers(1, 6, 4)
        maps = RNG.normal(size=(height, width, n_maps))
        weights = RNG.normal(size=(maps.size, n_classes))
        case = (maps.ravel(), maps.shape, weights.ravel())
        [seen] = in_browser("class_evidence.js", "classEvidence", [case])
        assert_array_equal(seen, class_evidence(maps, weights).ravel())


def test_the_browser_covers_the_same_pixels(in_browser) -> None:
    cases = [(image.ravel(), *square) for image in IMAGES for square in SQUARES]
    seen = in_browser("class_evidence.js", "cover", cases)
    expected = [cover(image, *square).ravel() for image in IMAGES for square in SQUARES]
    assert_array_equal(seen, expected)


def test_a_square_covers_its_pixels_and_leaves_the_others_and_the_picture_alone() -> None:
    image = IMAGES[0].copy()
    covered = cover(image, 24, 3, 8, 255)
    assert (covered[24:, 3:11] == 255).all()
    covered[24:, 3:11] = image[24:, 3:11]
    assert_array_equal(covered, image)
    assert_array_equal(image, IMAGES[0])


@pytest.mark.parametrize("name", ["clothes_cnn", "digits_cnn"])
def test_the_browser_reads_a_picture_as_python_does(name: str, in_browser) -> None:
    layers, weights = packed(name)
    numbers = as_floats(weights)
    for image in (*IMAGES[:3], *RNG.integers(0, 256, (3, 28, 28), np.uint8)):
        [seen] = in_browser("evidence.js", "reading", [(layers, numbers, image.ravel())])
        read = reading(layers, numbers, image)
        for part, values in read._asdict().items():
            assert_allclose(seen[part], values.ravel(), rtol=1e-12, atol=1e-12)


def test_the_browser_adds_up_to_the_bit_as_python_does(in_browser) -> None:
    cases = [(RNG.normal(size=49), float(RNG.normal())) for _ in range(50)]
    assert in_browser("class_evidence.js", "logit", cases) == [logit(*case) for case in cases]


def test_the_browser_adds_up_all_logits_to_the_bit_as_python_does(in_browser) -> None:
    layers, weights = packed("clothes_cnn")
    reads = [reading(layers, as_floats(weights), image) for image in IMAGES]
    cases = [
        ({"evidence": r.evidence.ravel().tolist(), "biases": r.biases.tolist()},) for r in reads
    ]
    seen = in_browser("class_evidence.js", "logitsOf", cases)
    assert_array_equal(seen, [logits_of(read) for read in reads])
    each = [[logit(read.evidence[..., k], read.biases[k]) for k in range(10)] for read in reads]
    assert_array_equal(seen, each)


def test_the_browser_sees_under_a_square_to_the_bit_what_python_sees(in_browser) -> None:
    layers, weights = packed("clothes_cnn")
    numbers = as_floats(weights)
    for image in (*IMAGES[:2], RNG.integers(0, 256, (28, 28), np.uint8)):
        side = int(RNG.integers(1, 17))
        square = (*RNG.integers(0, 29 - side, 2).tolist(), side, int(RNG.integers(256)))
        case = (layers, numbers, image.ravel(), *square)
        [seen] = in_browser("evidence.js", "logitsUnder", [case])
        assert_array_equal(seen, logits_under(layers, numbers, image, *square))


def test_the_cells_and_the_bias_add_up_to_the_confidences() -> None:
    layers, weights = packed("clothes_cnn")
    for image in IMAGES:
        read = reading(layers, as_floats(weights), image)
        logits = [logit(read.evidence[..., k], read.biases[k]) for k in range(10)]
        powers = np.exp(logits)
        assert_allclose(powers / powers.sum(), read.probabilities, rtol=1e-9)
        last = layer_outputs(layers, as_floats(weights), image)[-1].values
        assert_array_equal(read.probabilities, last)

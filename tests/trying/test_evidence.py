"""The evidence map equals what is known otherwise, and is refused where it would mean nothing."""

import numpy as np
import pytest
from trying.networks import grey_cnn, network

from course_utils.evaluation import class_evidence
from course_utils.trying.evidence import EvidenceMap

RNG = np.random.default_rng(0)
PICTURE = RNG.integers(0, 256, (1, 8, 12, 1)).astype(np.float32)
BLANK = np.zeros_like(PICTURE)


def test_it_is_the_class_evidence_less_a_blank_pictures() -> None:
    made = grey_cnn()
    found = EvidenceMap(made)
    weights = np.asarray(made.layers[-1].kernel)
    seen, blank = (class_evidence(found.maps(batch), weights)[0] for batch in (PICTURE, BLANK))
    for k in range(3):
        np.testing.assert_allclose(
            found.evidence(PICTURE, BLANK, k), (seen - blank)[..., k], atol=1e-4
        )


@pytest.mark.parametrize("flatten", [True, False], ids=["flatten", "average"])
@pytest.mark.parametrize("end", ["softmax", None])
def test_its_cells_add_up_to_what_a_picture_adds_to_the_logit(
    end: str | None, flatten: bool
) -> None:
    made = grey_cnn(end=end, flatten=flatten)
    logits = (
        np.log(made(np.concatenate([PICTURE, BLANK])))
        if end
        else made(np.concatenate([PICTURE, BLANK]))
    )
    logits = np.asarray(logits)
    added = logits[0] - logits[1]  # a softmax's logits are known up to a number for all classes
    sums = np.array([EvidenceMap(made).evidence(PICTURE, BLANK, k).sum() for k in range(3)])
    np.testing.assert_allclose(sums - sums.mean(), added - added.mean(), atol=1e-3)


def test_a_network_inside_a_network_is_opened() -> None:
    import keras

    layers = keras.layers
    picture = layers.Input((8, 12, 1))
    one = layers.Conv2D(4, 3, padding="same")(picture)
    maps = layers.Add()([one, layers.Conv2D(4, 1)(picture)])  # a branch
    part = keras.Model(picture, layers.GlobalAveragePooling2D()(maps))
    made = network(layers.Input((8, 12, 1)), layers.Rescaling(1 / 255), part, layers.Dense(3))
    logits = np.asarray(made(np.concatenate([PICTURE, BLANK])))
    found = EvidenceMap(made).evidence(PICTURE, BLANK, 1)
    assert found.shape == (8, 12)
    np.testing.assert_allclose(found.sum(), logits[0, 1] - logits[1, 1], rtol=1e-3, atol=1e-4)


def test_what_speaks_for_the_second_of_two_classes_speaks_against_the_first() -> None:
    found = EvidenceMap(grey_cnn(n_classes=1, end="sigmoid"))
    first, second = (found.evidence(PICTURE, BLANK, k) for k in (0, 1))
    assert np.abs(second).max() > 0
    assert np.array_equal(first, -second)


@pytest.mark.parametrize("kind", ["dense", "hidden", "vector"])
def test_where_maps_do_not_lead_straight_to_the_answers_there_is_none(kind: str) -> None:
    from keras import layers

    between = {
        "dense": [],
        "hidden": [layers.Conv2D(2, 3), layers.Flatten(), layers.Dense(5, activation="relu")],
        "vector": [layers.Conv2D(2, (8, 12)), layers.Flatten()],
    }[kind]
    shape = (96,) if kind == "dense" else (8, 12, 1)
    with pytest.raises(ValueError, match="There is no evidence map"):
        EvidenceMap(network(layers.Input(shape), *between, layers.Dense(3)))

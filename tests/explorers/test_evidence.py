"""The explorer of class evidence: which cells speak for which class, and what a square changes."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.datasets import class_names, load_dataset
from course_utils.explorers import explore_evidence

CLOTHES = load_dataset("fashion_mnist")[0][0][:60]
NAMES = class_names("fashion_mnist")
BOOT = "Ankle boot"


def keras_logits(image: np.ndarray) -> np.ndarray:
    """Ask Keras for the ten logits of one picture."""
    import keras

    from course_utils.pretrained.rebuilding import build_trained

    network = build_trained("clothes_cnn")
    network.layers[-1].activation = keras.activations.linear
    return network(image[np.newaxis, ..., np.newaxis] / np.float32(255)).numpy()[0]


@pytest.mark.parametrize("side", [0, 8])
def test_the_evidence_is_what_a_picture_adds_to_the_logits_of_a_blank_one(side: int) -> None:
    explorer = explore_evidence(CLOTHES, side=side)
    added = keras_logits(explorer.covered()) - keras_logits(np.zeros((28, 28), np.uint8))
    np.testing.assert_allclose(explorer.evidence().sum(axis=(0, 1)), added, atol=1e-4)


def test_a_blank_picture_has_no_evidence_for_anything() -> None:
    explorer = explore_evidence(np.zeros((2, 28, 28), np.uint8), side=0)
    assert not explorer.evidence().any()
    assert "No cell adds to it." in explorer.sentence()
    assert explorer.picture().png.startswith(b"\x89PNG")


def test_a_cell_far_from_the_square_keeps_its_evidence() -> None:
    # Cell 6 sees pixels 21 to 27, and a square over 0 to 7 does not reach them.
    open_, covered = (explore_evidence(CLOTHES, side=side, row=0, column=0) for side in (0, 8))
    changed = (open_.evidence() != covered.evidence()).any(axis=2)
    assert changed[:2, :2].any()
    assert not changed[3:].any()
    assert not changed[:, 3:].any()


def test_without_a_square_the_picture_is_the_one_that_was_given() -> None:
    explorer = explore_evidence(CLOTHES, side=0, image=5)
    np.testing.assert_array_equal(explorer.covered(), CLOTHES[5])
    assert "over rows" not in explorer.sentence()


def test_the_sentence_says_what_is_covered_and_what_the_answer_becomes() -> None:
    words = explore_evidence(CLOTHES, side=16, row=20, column=6, grey=0).sentence()
    assert words.startswith("The network classifies picture 0 as Ankle boot with 100 % confidence.")
    assert "With grey 0 over rows 20 to 27 and columns 6 to 21, it answers " in words


def test_the_sentence_gives_the_logits_that_keras_gives() -> None:
    words = explore_evidence(CLOTHES, side=0, first=BOOT, second="Bag").sentence()
    for name in (BOOT, "Bag"):
        k = NAMES.index(name)
        blank, own = keras_logits(np.zeros((28, 28), np.uint8))[k], keras_logits(CLOTHES[0])[k]
        stated = f"The logit of {name} is {blank:.2f} for a blank picture and {own:.2f} for what"
        assert stated.replace("-", "−") in words


def test_one_class_twice_is_described_once() -> None:
    words = explore_evidence(CLOTHES, first=BOOT, second=BOOT).sentence()
    assert words.count("The logit of Ankle boot") == 1


def test_no_more_than_50_pictures_are_sent() -> None:
    assert len(explore_evidence(CLOTHES).pixels) == 50 * 784


def test_the_falls_are_those_of_keras_at_each_position() -> None:
    explorer = explore_evidence(CLOTHES, image=3, side=15, grey=200)
    falls = explorer.falls()
    assert falls.shape == (14, 14, 10)
    for row, column in [(0, 0), (13, 13), (4, 9)]:
        covered = CLOTHES[3].copy()
        covered[row : row + 15, column : column + 15] = 200
        expected = keras_logits(CLOTHES[3]) - keras_logits(covered)
        np.testing.assert_allclose(falls[row, column], expected, atol=1e-4)


def test_a_black_square_takes_nothing_where_the_picture_is_black() -> None:
    falls = explore_evidence(CLOTHES, side=4, grey=0).falls()
    black = [[not CLOTHES[0][r : r + 4, c : c + 4].any() for c in range(25)] for r in range(25)]
    assert np.any(black)
    assert not falls[np.array(black)].any()


def test_the_sentence_says_where_a_logit_falls_most_and_how_often_the_answer_changes() -> None:
    explorer = explore_evidence(CLOTHES, side=14, grey=0, first=BOOT, second="Bag", occlusion=True)
    falls = explorer.falls()
    words = explorer.sentence()
    before = keras_logits(CLOTHES[0])
    others = ((before - falls).argmax(axis=2) != before.argmax()).sum()
    assert 0 < others < 225
    assert f"With the square at each of 225 positions, the answer changes at {others}." in words
    row, column = np.unravel_index(falls[..., NAMES.index(BOOT)].argmax(), (15, 15))
    assert (
        f"The logit of Ankle boot, {before[9]:.2f} without it, falls most with the square over "
        f"rows {row} to {row + 13} and columns {column} to {column + 13}, "
        f"by {falls[..., 9].max():.2f}."
    ) in words
    assert "for a blank picture" not in words


def test_a_black_square_on_a_blank_picture_lowers_no_logit() -> None:
    explorer = explore_evidence(
        np.zeros((2, 28, 28), np.uint8), side=16, grey=0, second=BOOT, occlusion=True
    )
    assert explorer.sentence().endswith(
        "the answer changes at 0. The logit of Ankle boot falls nowhere."
    )


def test_without_a_square_there_is_nothing_to_move_over_the_picture() -> None:
    explorer = explore_evidence(CLOTHES, side=0, occlusion=True)
    assert explorer.falls().size == 0
    assert explorer.sentence().endswith("There is no square to move over the picture.")
    assert explorer.picture().png.startswith(b"\x89PNG")


def test_the_still_twin_of_occlusion_has_a_square_for_each_position() -> None:
    explorer, figure = explore_evidence(CLOTHES, side=16, occlusion=True), Figure()
    explorer.draw(figure)
    for axes, name in zip(figure.subfigs[0].axes[1:], (BOOT, "Sneaker"), strict=True):
        filled = [patch.get_facecolor()[3] > 0 for patch in axes.patches]
        assert filled == (explorer.falls()[..., NAMES.index(name)].ravel() > 0).tolist()


def test_the_still_twin_has_a_square_for_each_cell_of_both_maps() -> None:
    figure = Figure()
    explore_evidence(CLOTHES).draw(figure)
    whole, first, second = figure.subfigs[0].axes
    assert len(first.patches) == len(second.patches) == 49
    assert len(whole.patches) == 2  # the frame of the square, on white


def test_the_still_twin_fills_what_speaks_for_a_class_and_leaves_the_rest_hollow() -> None:
    explorer, figure = explore_evidence(CLOTHES), Figure()
    explorer.draw(figure)
    first = figure.subfigs[0].axes[1]
    filled = [patch.get_facecolor()[3] > 0 for patch in first.patches]
    assert filled == (explorer.evidence()[..., NAMES.index(BOOT)].ravel() > 0).tolist()

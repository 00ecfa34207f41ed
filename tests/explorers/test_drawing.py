"""The drawing explorer: what two networks say to one's own ink."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_utils.datasets import class_names, load_dataset
from course_utils.explorers import explore_drawing
from course_utils.explorers.drawing import ranking, shift_in_words
from course_utils.explorers.mathematics.class_evidence import reading
from course_utils.explorers.mathematics.network import as_floats, layer_outputs
from course_utils.explorers.mathematics.sheet import DOTS
from course_utils.pretrained.rebuilding import build_trained

RNG = np.random.default_rng(0)
every_data = pytest.mark.parametrize("data", ["mnist", "fashion_mnist"])


@pytest.mark.parametrize(("data", "meant"), [("mnist", "7"), ("fashion_mnist", "Trouser")])
def test_both_networks_know_the_example(data: str, meant: str) -> None:
    answers = explore_drawing(data).probabilities()
    assert [class_names(data)[answer.argmax()] for answer in answers] == [meant, meant]


@every_data
def test_keras_answers_alike(data: str) -> None:
    explorer = explore_drawing(data, down=2)
    scaled = (explorer.image() / np.float32(255))[np.newaxis, ..., np.newaxis]
    names = {"mnist": "digits", "fashion_mnist": "clothes"}
    for kind, answer in zip(("mlp", "cnn"), explorer.probabilities(), strict=True):
        network = build_trained(f"{names[data]}_{kind}")
        np.testing.assert_allclose(network.predict(scaled, verbose=0)[0], answer, atol=1e-4)


@every_data
def test_a_picture_left_in_its_place_is_what_the_networks_get(data: str) -> None:
    image = load_dataset(data)[1][0][5]
    np.testing.assert_array_equal(explore_drawing(data, image, centred=False).image(), image)


def test_the_sentence_says_what_was_done_and_what_each_network_answers() -> None:
    words = explore_drawing("mnist", down=-1).sentence()
    assert words.startswith("The ink is scaled into 20 × 20 and centred by its mass, as MNIST's")
    assert ", and moved 1 up. The MLP predicts 7 (" in words


def test_the_sentence_says_whether_the_networks_agree() -> None:
    for down in range(-8, 9):
        explorer = explore_drawing("mnist", down=down)
        mlp, cnn = (answer.argmax() for answer in explorer.probabilities())
        verdict = "so they agree." if mlp == cnn else "so they disagree."
        assert explorer.sentence().endswith(verdict)


def test_on_an_empty_sheet_the_networks_choose_all_the_same() -> None:
    explorer = explore_drawing("mnist")
    explorer.drawing = bytes(DOTS * DOTS)
    assert explorer.sentence().startswith(
        "The picture is empty, but each network still picks a class."
    )
    assert all(answer.sum() == pytest.approx(1) for answer in explorer.probabilities())


@pytest.mark.parametrize("data", ["mnist", "fashion_mnist"])
def test_the_evidence_is_what_leads_from_a_blank_picture_to_the_answer(data: str) -> None:
    explorer = explore_drawing(data, down=2, right=-1)
    layers, weights = explorer.networks[1], as_floats(explorer.cnn)
    best = int(explorer.probabilities()[1].argmax())
    own, blank = (
        np.log(layer_outputs(layers, weights, pixels)[-1].values)
        for pixels in (explorer.image(), np.zeros((28, 28), np.uint8))
    )
    other = (best + 1) % 10  # softmax keeps differences between logits
    added = explorer.added().sum() - (own - blank)[best]
    whole = reading(layers, weights, explorer.image()).evidence
    empty = reading(layers, weights, np.zeros((28, 28), np.uint8)).evidence
    rest = (whole - empty)[..., other].sum() - (own - blank)[other]
    assert added == pytest.approx(rest, abs=1e-6)


def test_the_sentence_names_the_cell_that_speaks_most_when_it_is_asked_for() -> None:
    explorer = explore_drawing()
    assert "What speaks most" not in explorer.sentence()
    explorer.evidence = True
    row, column = divmod(int(explorer.added().argmax()), 7)
    most = f"for 7 is the cell in row {row} and column {column}, {explorer.added().max():.2f}."
    assert explorer.sentence().endswith(f" What speaks most {most}")
    assert explorer.picture().png.startswith(b"\x89PNG")


def test_a_drawing_that_the_browser_sends_is_kept_as_bytes() -> None:
    explorer = explore_drawing("mnist")
    explorer.set_state({"drawing": memoryview(b"\xff" * DOTS * DOTS)})
    assert explorer.drawing == b"\xff" * DOTS * DOTS


@pytest.mark.parametrize(("down", "right", "words"), [
    (0, 0, "not moved"), (-2, 0, "moved 2 up"), (0, 3, "moved 3 right"),
    (8, -8, "moved 8 down and 8 left"),
])  # fmt: skip
def test_a_shift_is_said_in_words(down: int, right: int, words: str) -> None:
    assert shift_in_words(down, right) == words


def test_the_still_twin_writes_every_probability() -> None:
    figure = Figure()
    explore_drawing("mnist").draw(figure)
    assert [len(axes.texts) for axes in figure.subfigs[1].axes] == [10, 10]


COMPARED = {
    shift_in_words: [(down, right) for down in (-8, 0, 1) for right in (-1, 0, 8)],
    ranking: [(row,) for row in (*RNG.dirichlet(np.ones(10), 50), np.full(10, 0.1))],
}


@pytest.mark.parametrize("function", COMPARED)
def test_the_browser_calculates_as_python_does(same_in_browser, function) -> None:
    same_in_browser("drawing.js", function, COMPARED[function])


def test_the_two_most_probable_classes_are_ranked() -> None:
    assert ranking(np.array([0.2, 0.5, 0.3])) == (1, 2)
